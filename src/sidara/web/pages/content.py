"""What the pages are told by content: data sets, the index, short names, terms."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[1] / "content"


@cache
def pages() -> dict[str, Any]:
    """Read which data sets and which index the pages show."""
    read: dict[str, Any] = yaml.safe_load((FOLDER / "pages.yaml").read_text(encoding="utf-8"))
    return read


@cache
def terms() -> list[dict[str, str]]:
    """Read the terms of the glossary page, in alphabetical order of the Indonesian word."""
    content = yaml.safe_load((FOLDER / "terms.yaml").read_text(encoding="utf-8"))
    return sorted(content["terms"], key=lambda entry: entry["term"].lower())
