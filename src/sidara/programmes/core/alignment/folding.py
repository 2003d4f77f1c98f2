"""Findings as they are kept: what is one thing to a person is one, with a key that stays from run to run."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sidara.collection.core.chain import digest
from sidara.kernel.finding import Severity
from sidara.programmes.core.alignment.content import CheckCode
from sidara.programmes.core.alignment.found import Found, Value
from sidara.programmes.core.alignment.matching import grouped

ITEMS = (CheckCode.LOCATIONS, "item_unserved")
"""A village is one finding, whatever number of its items nobody serves."""


SHORT = 16
"""Signs of a key by which runs name a finding."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A finding with its key; `value` as one text."""

    key: str
    found: Found
    value: str


def folded(findings: Iterable[Found]) -> list[Folded]:
    """Join weak items of a village, and all that is not evaluated for one reason in one area."""
    made = grouped(findings, _own)
    return [_fold(rows) for rows in made.values()]


def _own(found: Found) -> tuple[object, ...]:
    if (found.code, found.cause) == ITEMS:
        return found.code, found.rows, found.area
    if found.severity is Severity.NOT_EVALUATED:
        return found.code, found.message, found.value if not found.rows else None
    return found.code, found.rows, found.value if found.code is CheckCode.VILLAGE_FUNDS else found.cause


def _fold(rows: list[Found]) -> Folded:
    first = rows[0]
    if len(rows) == 1:
        return Folded(key_of(first), first, text_of(first.value))
    values = ", ".join(text_of(one.value) for one in rows)
    ids = tuple(dict.fromkeys(row for one in rows for row in one.rows))
    villages = tuple(dict.fromkeys(code for one in rows for code in one.villages))
    message = first.message
    if (first.code, first.cause) == ITEMS:
        message = first.message.replace(f"Butir {text_of(first.value)} ", f"Butir {values} ", 1)
    owners = {one.owner for one in rows}
    areas = {one.area for one in rows}
    joined = replace(
        first,
        message=message,
        rows=ids,
        villages=villages,
        owner=first.owner if len(owners) == 1 else "",
        area=first.area if len(areas) == 1 else "",
    )
    return Folded(key_of(joined), joined, values if (first.code, first.cause) == ITEMS else "")


def key_of(found: Found) -> str:
    """Give the key by which a finding is known in the next run: check, cause, area, and its rows.

    What is not evaluated is known by its reason alone: its rows come and go.
    """
    rows = [] if found.severity is Severity.NOT_EVALUATED else sorted(found.rows)
    part = text_of(found.value).split(" ", 1)[0] if found.code is CheckCode.VILLAGE_FUNDS else ""
    quarter = text_of(found.value)[:4] if found.code is CheckCode.REALISED else ""
    reason = found.message if found.severity is Severity.NOT_EVALUATED else ""
    return digest([found.code.value, found.cause, found.area, rows, part, quarter, reason])


def text_of(value: Value) -> str:
    """Write a value as one text."""
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, tuple) else str(value)
