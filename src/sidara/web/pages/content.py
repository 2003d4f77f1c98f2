"""What the pages are told by content: indices with their data sets, short names, terms."""

from functools import cache
from typing import Any

from sidara.kernel import content
from sidara.kernel.number import Language
from sidara.ui.language import active, say

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


def actors() -> dict[str, str]:
    """Name who may act, from the centre down, by the keys of the published tables."""
    return {key: say(word) for key, word in pages()["actors"].items()}


@cache
def abbreviations() -> tuple[str, ...]:
    """Give the abbreviations that labels write in capitals."""
    return tuple(pages()["abbreviations"])


@cache
def glossary() -> dict[str, Any]:
    """Read the glossary: terms, and the classes of indices, with their English."""
    read: dict[str, Any] = content.load(ROOM, "terms")
    return read


def terms() -> list[tuple[str, str]]:
    """Give the terms of the glossary page with their meaning, in the alphabet of the active language."""
    keys = ("screen", "explained") if active() is Language.ENGLISH else ("term", "meaning")
    told = [(entry[keys[0]], entry[keys[1]]) for entry in glossary()["terms"]]
    return sorted(told, key=lambda entry: entry[0].lower())
