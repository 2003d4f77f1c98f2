"""What the pages are told by content: data sets, the index, short names, terms."""

from functools import cache
from typing import Any

from sidara.kernel import content

ROOM = "sidara.web"


@cache
def pages() -> dict[str, Any]:
    """Read which data sets and which index the pages show."""
    read: dict[str, Any] = content.load(ROOM, "pages")
    return read


@cache
def terms() -> list[dict[str, str]]:
    """Read the terms of the glossary page, in alphabetical order of the Indonesian word."""
    return sorted(content.load(ROOM, "terms")["terms"], key=lambda entry: entry["term"].lower())
