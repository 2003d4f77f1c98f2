"""The built files that the browser gets, by the names of their sources."""

import json
from functools import cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

STATIC = Path(__file__).parent / "static" / "ui"


@cache
def manifest() -> dict[str, str]:
    """Read which hashed name belongs to which source; refuse to start without the build."""
    try:
        names: dict[str, str] = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
        return names
    except FileNotFoundError as fault:
        raise ImproperlyConfigured("Tampilan belum dibangun. Jalankan script/setup.") from fault


@cache
def sprite() -> str:
    """Read what drawings of a page refer to: the icons in use as symbols, the patterns as definitions."""
    return (STATIC / manifest()["ikon.svg"]).read_text(encoding="utf-8")


@cache
def brand() -> str:
    """Read the mark of SIDARA."""
    return (STATIC / manifest()["merek.svg"]).read_text(encoding="utf-8")


@cache
def text(name: str) -> str:
    """Read a built style or script whole, for files that stand alone."""
    return (STATIC / manifest()[name]).read_text(encoding="utf-8")
