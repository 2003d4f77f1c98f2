"""The parts of an address as a page asks with them: read as text, and written again."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from sidara.collection.core import COLLECTION, EXAMPLES

REAL, EXAMPLE = "nyata", "contoh"
"""Which villages are meant, as `himpunan` says it."""
LONGEST = 40
YEAR_DIGITS = 4


def read(query: Mapping[str, str], names: Iterable[str], *, longest: int = LONGEST) -> dict[str, str]:
    """Read the parts by name; what no record holds (NUL among it), and villages that are none, are empty."""
    told = {name: query.get(name, "")[:longest] for name in names}
    told = {name: text if text.isprintable() else "" for name, text in told.items()}
    if "himpunan" in told and told["himpunan"] not in {REAL, EXAMPLE}:
        told["himpunan"] = ""
    return told


def year(text: str) -> str:
    """Give a year of four digits; what is none is empty."""
    return text if text.isascii() and text.isdigit() and len(text) == YEAR_DIGITS else ""


def dataset(villages: str) -> str:
    """Give the data set of what villages filled in, that of example villages or of real ones."""
    return EXAMPLES if villages == EXAMPLE else COLLECTION


def written(page: str, told: Mapping[str, str]) -> str:
    """Write the address of a page; empty parts are left out."""
    kept = {name: text for name, text in told.items() if text}
    return f"{page}?{urlencode(kept)}" if kept else page
