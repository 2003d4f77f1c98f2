"""Breakdowns as text: `KLAS:code|KLAS:code`, classifications in order, or `_T` for the total.

A breakdown is part of the key of a cell, so one breakdown has one text. The code of the total is that of
SDMX (code list CL_TOTAL, `_T`).
"""

from collections.abc import Iterable

TOTAL = "_T"
"""The breakdown of a cell that is not broken down."""
type Part = tuple[str, str]
"""Classification and the code of one of its categories."""


def breakdown_of(parts: Iterable[Part]) -> str:
    """Write a breakdown; without parts it is the total."""
    return "|".join(f"{classification}:{code}" for classification, code in sorted(parts)) or TOTAL


def parts_of(text: str) -> tuple[Part, ...]:
    """Read a breakdown as its parts, in the order of the text; the total has none.

    What is no `KLAS:code` is no part, so of a text that is no breakdown less remains.
    """
    pairs = (one.partition(":") for one in text.split("|"))
    return tuple((classification, code) for classification, colon, code in pairs if colon)


def canonical(text: str | None) -> str:
    """Put a breakdown as somebody wrote it into its one text; nothing at all is the total.

    What is no breakdown stays what it is, but for the order: the caller holds it against the known ones.
    """
    return "|".join(sorted((text or TOTAL).split("|"), key=lambda one: one.partition(":")))
