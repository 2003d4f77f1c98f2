"""What the pages are told by content: indices with their data sets, short names, terms."""

from functools import cache
from typing import Any

from sidara.kernel import content

ROOM = "sidara.web"


@cache
def pages() -> dict[str, Any]:
    """Read which indices the pages show, and from which data sets."""
    read: dict[str, Any] = content.load(ROOM, "pages")
    return read


@cache
def datasets() -> dict[str, dict[str, list[str]]]:
    """Give the data sets of each index, by its code in addresses, in the order of the pages."""
    return {one["code"]: one["datasets"] for one in pages()["indices"]}


@cache
def abbreviations() -> tuple[str, ...]:
    """Give the abbreviations that labels write in capitals."""
    return tuple(pages()["abbreviations"])


@cache
def terms() -> list[dict[str, str]]:
    """Read the terms of the glossary page, in alphabetical order of the Indonesian word."""
    return sorted(content.load(ROOM, "terms")["terms"], key=lambda entry: entry["term"].lower())
