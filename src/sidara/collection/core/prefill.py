"""Prefill: what a form may take over from the period before, other forms of the village, and data sets.

Nothing is taken by itself: each source offers a content for a cell with its origin, sources that disagree
stand side by side, and a person takes one. What was taken keeps where it came from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sidara.collection.core.answering import Asking, Given, read_cells
from sidara.collection.core.handwriting import plain_number
from sidara.collection.core.submission import EMPTY, Content, Key, Submission
from sidara.dictionary.core import Type
from sidara.dictionary.core.words import Nature
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State

OFFERED = frozenset({State.VALUE, State.NONE})
"""States that a source offers; what it does not know it does not offer."""

STANDING = frozenset({Nature.STOCK, Nature.STATUS})
"""What still stands the period after; a flow begins anew."""


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
    asking: Asking, before: Submission, origin: Origin
) -> Iterator[tuple[Key, Content, Origin]]:
    """Give what stood there the period before: stocks only, for a flow begins anew; no texts, no lists."""
    for key, held in before.cells.items():
        asked = asking.variables.get(key.variable)
        if asked is not None and not key.row and asked.nature in STANDING and asked.type is not Type.TEXT:
            yield key, held.content, origin


def suggest(
    asking: Asking, submission: Submission, offered: Iterable[tuple[Key, Content, Origin]]
) -> tuple[Suggestion, ...]:
    """Put what sources offer beside what is stored, in the order of the form.

    Left out is what the form does not ask or cannot read, what is locked, and what says what is stored.
    """
    found: dict[Key, list[Offer]] = {}
    for key, content, origin in offered:
        if content.state not in OFFERED or key.variable not in asking.variables or not submission.takes(key):
            continue
        sent, _ = read_cells(asking, [given_of(key, content, "")])
        for one in sent:
            found.setdefault(key, []).append(
                Offer(key, Content(one.content.state, one.content.value), origin)
            )
    order = [Key("", code, breakdown) for code, known in asking.breakdowns.items() for breakdown in known]
    made = (Suggestion(key, submission.content(key), tuple(found[key])) for key in order if key in found)
    return tuple(one for one in made if any(_differs(one.held, offer.content) for offer in one.offers))


def _differs(held: Content, offered: Content) -> bool:
    return (held.state, held.value) != (offered.state, offered.value)


def given_of(key: Key, content: Content, explanation: str) -> Given:
    """Write a content as a door would send it; the explanation that is there stays."""
    state = "" if content.state is State.VALUE else content.state.words
    return Given(key.variable, content.value or "", state, key.breakdown, key.row, explanation)


def agreed(suggestions: Sequence[Suggestion]) -> list[tuple[Key, str]]:
    """Choose for every empty cell what its sources say alike."""
    return [
        (one.key, one.offers[0].origin.reference)
        for one in suggestions
        if one.is_empty and one.is_agreed and one.held == EMPTY
    ]
