"""What is counted of one submission, from its verdict, its cells and how it stands."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sidara.checks.core import RuleBook
from sidara.checks.core.copies import LAST_YEAR
from sidara.collection.core.judged import Judged, Told
from sidara.collection.core.submission import Held, Key
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date
from sidara.kernel.finding import CellPlace
from sidara.verification.core import WHOLE, Level, Step

DIGITS = 32
"""Digits of a fingerprint that are kept."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Where a submission lies: level, who it waits for since when, when it came and was due, returns.

    `given_back` are cells that were ever returned (`WHOLE` = all), `being_mended` those that are not sent
    again yet, `returned_now` how many.
    `received` is the day on which its file was handed over at the kecamatan.
    """

    level: Level = Level.DRAFT
    waiting: frozenset[Step] = frozenset()
    since: datetime | None = None
    sent_at: datetime | None = None
    due_date: date | None = None
    returned_now: int = 0
    returns: int = 0
    given_back: frozenset[Key] = frozenset()
    being_mended: frozenset[Key] = frozenset()
    acts: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """What is kept of a submission: the fields of `models.Tally` of the same names.

    `due_day` is that of its sending, `None` while it was not sent: then that of the window counts.
    """

    revision: int
    acts: int
    asked: int
    required: int
    filled: int
    unknown: int
    not_applicable: int
    cells: int
    returned: int
    returned_now: int
    returns: int
    errors: int
    explained_warnings: int
    open_warnings: int
    doubted: int
    unexplained: int
    unsound: int
    numbers: int
    fingerprint: str
    numbers_at: datetime | None
    is_copy_of_year: bool
    copied: int
    poor_apart: int
    poor_copied: int
    poor: int
    recorded_days: int
    level: int
    waiting: str
    since_day: int | None
    sent_day: int | None
    due_day: int | None


def measure(
    judged: Judged,
    cells: Mapping[Key, Held],
    hands: Hands,
    moments: Mapping[int, datetime],
    book: RuleBook,
) -> Measured:
    """Count a submission; `moments` say when each of its revisions was recorded (UTC), by number."""
    held = {key: one for key, one in cells.items() if one.content.state is not State.EMPTY}
    warnings = [one for one in judged.told if one.finding.needs_explanation]
    doubted = _named(warnings, judged, book, held)
    bare = _named((one for one in warnings if not one.is_explained), judged, book, held)
    back, mending = _of(hands.given_back, held), _of(hands.being_mended, held)
    numbers = {key: one for key, one in held.items() if _is_number(key, one, book)}
    is_copy = any(one.finding.code == LAST_YEAR for one in judged.told)
    apart, together = len(back | bare), len(back | bare | numbers.keys())
    sent = _day(hands.sent_at)
    counts = judged.counts
    return Measured(
        revision=judged.revision,
        acts=hands.acts,
        asked=counts.asked,
        required=counts.required,
        filled=counts.filled,
        unknown=counts.unknown,
        not_applicable=counts.not_applicable,
        cells=len(held),
        returned=len(back),
        returned_now=hands.returned_now,
        returns=hands.returns,
        errors=sum(one.finding.is_blocking for one in judged.told),
        explained_warnings=sum(one.is_explained for one in warnings),
        open_warnings=sum(not one.is_explained for one in warnings),
        doubted=len(doubted),
        unexplained=len(bare),
        unsound=len(mending | bare),
        numbers=len(numbers),
        fingerprint=_fingerprint(numbers),
        numbers_at=max((moments[one.revision] for one in numbers.values()), default=None),
        is_copy_of_year=is_copy,
        copied=len(numbers) if is_copy else 0,
        poor_apart=apart,
        poor_copied=together,
        poor=together if is_copy else apart,
        recorded_days=sum(local_date(moments[one.revision]).toordinal() for one in held.values()),
        level=int(hands.level),
        waiting=f" {' '.join(sorted(hands.waiting))} " if hands.waiting else "",
        since_day=_day(hands.since),
        sent_day=sent,
        due_day=hands.due_date.toordinal() if sent is not None and hands.due_date else None,
    )


def _of(named: frozenset[Key], held: Mapping[Key, Held]) -> frozenset[Key]:
    """Give those of the filled cells that are named."""
    return frozenset(held) if WHOLE in named else named & held.keys()


def _day(moment: datetime | None) -> int | None:
    return None if moment is None else local_date(moment).toordinal()


def _named(
    found: Iterator[Told] | list[Told], judged: Judged, book: RuleBook, held: Collection[Key]
) -> frozenset[Key]:
    """Give the filled cells of the submission that findings name."""
    keys = {
        _key(one, place, book)
        for one in found
        for place in (one.finding.place, *one.finding.cells)
        if isinstance(place, CellPlace) and place.variable and place.period == judged.key.period
    }
    return frozenset(keys & set(held))


def _key(one: Told, place: CellPlace, book: RuleBook) -> Key:
    item = book.items.get(place.variable)
    row = one.key.row if one.key and item is not None and item.own_list else ""
    return Key(row, place.variable, place.breakdown)


def _is_number(key: Key, one: Held, book: RuleBook) -> bool:
    """Whether a cell holds a number other than 0 that a copy is known by (`checks.core.copies`)."""
    item = book.items.get(key.variable)
    return (
        not key.row
        and item is not None
        and item.type.is_number
        and not (item.own_list or item.is_derived)
        and one.content.state is State.VALUE
        and one.content.value != "0"
    )


def _fingerprint(numbers: Mapping[Key, Held]) -> str:
    """Give what is equal exactly where all numbers are; empty where there are none."""
    if not numbers:
        return ""
    lines = sorted(f"{key.variable}|{key.breakdown}|{one.content.value}" for key, one in numbers.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:DIGITS]
