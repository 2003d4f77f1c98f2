"""Prefill: what a form may take over from the period before, other forms of the village, and data sets.

Nothing is taken by itself: each source offers a content for a cell with its origin, sources that disagree
stand side by side, and a person takes one. What was taken keeps where it came from.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sidara.collection.core.answering import REMOVED, Asking, Given, read_cells, shown
from sidara.collection.core.handwriting import plain_number
from sidara.collection.core.redaction import REMOVED as TAKEN_OUT
from sidara.collection.core.submission import EMPTY, Content, Key, Submission
from sidara.collection.core.village import rows_there
from sidara.dictionary.core import Column as ListColumn
from sidara.dictionary.core import ListOfRows, Type, Variable
from sidara.dictionary.core.words import Nature, RowSpan
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.period import Period
from sidara.kernel.personal import looks_like

OFFERED = frozenset({State.VALUE, State.NONE})
"""States that a source offers; what it does not know it does not offer."""

STANDING = frozenset({Nature.STOCK, Nature.STATUS})
"""What still stands the period after; a flow begins anew."""
LONGEST_REASON = 500
YEAR = "tahun"
"""The unit of what names a year."""


class Kind(StrEnum):
    """What kind of source an origin is."""

    PERIOD = "period"
    FORM = "form"
    DATASET = "dataset"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an offer comes from: kind, code of the form or data set, period there, its words for people."""

    kind: Kind
    code: str
    period: str
    words: str

    @property
    def reference(self) -> str:
        """The origin as one text, by which it is chosen and kept."""
        return f"{self.kind.value}:{self.code}@{self.period}"


@dataclass(frozen=True, slots=True)
class Offer:
    """What one source offers for a cell."""

    key: Key
    content: Content
    origin: Origin


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A cell with what is stored and what its sources offer."""

    key: Key
    held: Content
    offers: tuple[Offer, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether all sources say the same."""
        return len({(one.content.state, one.content.value) for one in self.offers}) == 1

    @property
    def is_empty(self) -> bool:
        """Whether nobody filled the cell in."""
        return self.held.state is State.EMPTY

    def offer(self, reference: str) -> Offer | None:
        """Give the offer of an origin."""
        return next((one for one in self.offers if one.origin.reference == reference), None)


@dataclass(frozen=True, slots=True)
class Column:
    """One line of a mapping: cell of the form, cell of the source, and by what its number is multiplied."""

    variable: str
    breakdown: str
    source: str
    source_breakdown: str
    times: Decimal


@dataclass(frozen=True, slots=True)
class Prefill:
    """Which cells of a source go into which cells of forms; a declaration in content."""

    name: str
    title: str
    kind: Kind
    code: str
    columns: tuple[Column, ...]


def mapping_of(declared: Mapping[str, Any]) -> Prefill:
    """Read a declaration that passed its schema."""
    kind = Kind.DATASET if "dataset" in declared["from"] else Kind.FORM
    columns = tuple(
        Column(
            one["to"],
            one.get("breakdown", TOTAL),
            one["from"],
            one.get("from_breakdown", TOTAL),
            Decimal(one.get("times", "1")),
        )
        for one in declared["columns"]
    )
    return Prefill(declared["name"], declared["title"], kind, declared["from"][kind.value], columns)


def mapped(
    mapping: Prefill, cells: Mapping[tuple[str, str], Content], origin: Origin
) -> Iterator[tuple[Key, Content, Origin]]:
    """Give what a source offers by a mapping; `cells`: its contents by variable and breakdown."""
    for column in mapping.columns:
        content = cells.get((column.source, column.source_breakdown))
        if content is None:
            continue
        if content.state is State.VALUE and column.times != 1:
            number = plain_number(content.value or "")
            if number is None:
                continue
            content = Content(State.VALUE, format(Decimal(number) * column.times, "f"))
        yield Key("", column.variable, column.breakdown), content, origin


def of_period_before(
    asking: Asking, before: Mapping[Key, Content], origin: Origin, period: Period
) -> Iterator[tuple[Key, Content, Origin]]:
    """Give what stood there the period before `period`: stocks and states, for a flow begins anew.

    Of a list whose rows are carried on the rows that were there, under the ids that they have: whoever takes
    one over by two doors has one row, not two. A text that looks personal, or of which something was taken
    out, does not go on.
    """
    for key, content in before.items():
        asked = asking.variables.get(key.variable)
        if asked is not None and not key.row and asked.nature in STANDING and _goes_on(asked, content):
            yield key, content, origin
    for one in asking.lists.values():
        if not is_carried(one, period):
            continue
        columns = {column.code: column for column in one.columns if _stands(one, column)}
        rows = frozenset(rows_there(before, one))
        for key, content in before.items():
            column = columns.get(key.variable)
            if key.row in rows and column is not None and _goes_on(column, content):
                yield key, content, origin


def is_carried(one: ListOfRows, period: Period) -> bool:
    """Whether the rows of a list go on from the period before, as the dictionary says (`rows`).

    A state does; what counts since January, and what is planned for a year, as long as it is that year.
    """
    return one.rows is RowSpan.STATE or period.preceding.year == period.year


def _stands(one: ListOfRows, column: ListColumn) -> bool:
    """Whether a column of a row that goes on may go on, too.

    What happened since January has happened. Of a state the dictionary does not say which figures and days
    tell of the period (meetings held), so of those only years go on.
    """
    tells_of_period = column.type is Type.DATE or (column.is_number and column.unit != YEAR)
    return column.is_asked and (one.rows is not RowSpan.STATE or not tells_of_period)


def _goes_on(asked: Variable | ListColumn, content: Content) -> bool:
    if asked.type is Type.FILE:
        return False
    text = content.value or ""
    return asked.type is not Type.TEXT or not (looks_like(text) or TAKEN_OUT in text)


def suggest(
    asking: Asking, submission: Submission, offered: Iterable[tuple[Key, Content, Origin]]
) -> tuple[Suggestion, ...]:
    """Put what sources offer beside what is stored, in the order of the form, then row by row.

    Left out is what the form does not ask or cannot read, what is locked, and what says what is stored; of
    lists a row that was taken out here, and every row where the list was declared empty.
    """
    found = offers_of(asking, offered)
    order = [Key("", code, breakdown) for code, known in asking.breakdowns.items() for breakdown in known]
    for one in asking.lists.values():
        if submission.content(Key("", one.code, TOTAL)).state is State.NONE:
            continue
        columns = [column.code for column in one.columns]
        rows = sorted({key.row for key in found if key.row and key.variable in columns})
        there = [row for row in rows if submission.content(Key(row, one.code, TOTAL)).value != REMOVED]
        order += [Key(row, code, TOTAL) for row in there for code in columns]
    made = (
        Suggestion(key, submission.content(key), found[key])
        for key in order
        if key in found and submission.takes(key)
    )
    return tuple(one for one in made if any(_differs(one.held, offer.content) for offer in one.offers))


def offers_of(asking: Asking, offered: Iterable[tuple[Key, Content, Origin]]) -> dict[Key, tuple[Offer, ...]]:
    """Give what sources offer for each cell, as far as the form asks it and can read it."""
    found: dict[Key, list[Offer]] = {}
    for key, content, origin in offered:
        if content.state not in OFFERED:
            continue
        sent, _ = read_cells(asking, [given_of(key, content, "")])
        for one in sent:
            made = Offer(key, Content(one.content.state, one.content.value), origin)
            found.setdefault(one.key, []).append(made)
    return {key: tuple(offers) for key, offers in found.items()}


def carried(suggestions: Sequence[Suggestion]) -> dict[str, Any]:
    """Give what is offered as a device carries it.

    `origins`: reference and words of each source; `cells`: row, variable, breakdown, and what is offered for
    it: number of the origin, state, value.
    """
    origins = {one.origin.reference: one.origin for each in suggestions for one in each.offers}
    numbers = {reference: at for at, reference in enumerate(origins)}
    return {
        "origins": [[reference, one.words] for reference, one in origins.items()],
        "cells": [
            [
                *(each.key.row, each.key.variable, each.key.breakdown),
                [
                    [numbers[one.origin.reference], one.content.state.value, one.content.value]
                    for one in each.offers
                ],
            ]
            for each in suggestions
        ],
    }


def confirmed(
    claims: Mapping[Key, tuple[str, Content]], offered: Mapping[Key, Sequence[Offer]]
) -> dict[Key, Origin]:
    """Give the origins that are claimed rightly: the source still offers just that content for the cell."""
    found: dict[Key, Origin] = {}
    for key, (reference, content) in claims.items():
        for one in offered.get(key, ()):
            if one.origin.reference == reference and not _differs(one.content, content):
                found[key] = one.origin
    return found


def reason_of(origins: Collection[Origin], changed: int) -> str:
    """Say where the cells of a revision came from, for its reason; empty where none was taken over."""
    if not origins:
        return ""
    words = "; ".join(sorted({one.words for one in origins}))
    return (words if len(origins) == changed else f"sebagian {words}")[:LONGEST_REASON]


def origin_gone(asking: Asking, key: Key, place: Place) -> Finding:
    """Say of a cell that is stored that its origin is not kept: the source does not say so any more."""
    return Finding(
        "ORIGIN_GONE",
        f"{_named(asking, key)} disimpan, tetapi asalnya tidak dicatat: sumbernya sekarang menawarkan "
        "isi lain atau tidak menawarkannya lagi.",
        "Periksa apakah isinya masih benar.",
        Severity.WARNING,
        place,
    )


def offer_gone(asking: Asking, key: Key) -> Finding:
    """Say of a cell that was chosen that its source does not offer it any more: nothing is stored of it."""
    return Finding(
        "OFFER_GONE",
        f"{_named(asking, key)} tidak disalin: sumber yang dipilih tidak menawarkannya lagi.",
        "Muat ulang halaman ini, lihat yang ditawarkan sekarang, lalu pilih lagi atau isi sendiri.",
    )


def _named(asking: Asking, key: Key) -> str:
    asked = asking.variables.get(key.variable) or asking.columns.get(key.variable)
    named = key.variable if asked is None else f"{asked.name} ({asked.code})"
    return shown(", ".join(part for part in (named, "" if key.breakdown == TOTAL else key.breakdown) if part))


def _differs(held: Content, offered: Content) -> bool:
    return (held.state, held.value) != (offered.state, offered.value)


def given_of(key: Key, content: Content, explanation: str, origin: str = "") -> Given:
    """Write a content as a door would send it; the explanation that is there stays."""
    return Given(
        key.variable,
        content.value or "",
        content.state.value,
        key.breakdown,
        key.row,
        explanation,
        origin=origin,
    )


def agreed(suggestions: Sequence[Suggestion]) -> list[tuple[Key, str]]:
    """Choose for every empty cell what its sources say alike."""
    return [
        (one.key, one.offers[0].origin.reference)
        for one in suggestions
        if one.is_empty and one.is_agreed and one.held == EMPTY
    ]
