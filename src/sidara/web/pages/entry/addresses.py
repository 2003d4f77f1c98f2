"""Addresses of the pages beside a form and of what stands in them, and how its pages name a person."""

from urllib.parse import urlencode

from django.urls import reverse

from sidara.collection.core.answering import Given
from sidara.collection.core.submission import Key, SubmissionKey

WEB_DOOR, PAPER_DOOR = "entry", "paper-entry"
FILLER = "pengisi"


def page_of(name: str, key: SubmissionKey, *more: object) -> str:
    """Give the address of a page of a submission; `name` and `more` as in the table of addresses."""
    return reverse(name, args=[key.form, key.region, key.period, *more])


def section_of(door: str, key: SubmissionKey, section: int | str, filler: str = "") -> str:
    """Give the address of a section of a form; `filler` is who filled in the paper that is typed."""
    given = {"bagian": section} | ({FILLER: filler} if filler else {})
    return f"{page_of(door, key)}?{urlencode(given)}"


def field_name(cell: Key | Given) -> str:
    """Name the field of a cell: `row/variable/breakdown`, as the script does."""
    return f"{cell.row}/{cell.variable}/{cell.breakdown}"


def field_id(name: str) -> str:
    """Give the id on the page of a field by its name."""
    return "sel-" + name.replace("/", "-").replace(":", "-")


def who(name: str, function: str) -> str:
    """Name a person with the function that he had; either may be unknown."""
    return ", ".join(part for part in (name, function) if part)
