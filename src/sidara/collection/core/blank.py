"""A form to be filled in outside: a workbook, a table of cells, paper. What it holds, how it is laid out.

A *blank* is one village's copy of a form for a period, with what is stored now (`cells`, on revision `base`)
and what stood there the period before (`last`). Blanks of several villages make one *issue*. `Sheet`, `Line`:
the layout that every such door shares, so that a workbook and a paper look alike.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby
from uuid import UUID

from sidara.collection.core.answering import Asking
from sidara.collection.core.dataset import COLLECTION, is_simulated
from sidara.collection.core.prefill import Offer, Origin
from sidara.collection.core.submission import Content, Key
from sidara.collection.core.village import rows_there
from sidara.dictionary.core import Column, Dictionary, ListOfRows, Type, Variable
from sidara.kernel.breakdown import TOTAL, parts_of
from sidara.kernel.period import Period, format_period
from sidara.regions.core import DESA, Region

WIDEST_GRID = 6
"""The most columns of a grid; a longer breakdown stands down the page."""
TOTAL_WORD = "Jumlah"
"""The words of the total beside its parts."""


@dataclass(frozen=True)
class Blank:
    """One village's copy: the region, the names above it (top first), the stored revision and contents.

    `offers`: what sources offer for cells that nobody filled in yet (`core.prefill`).
    """

    region: Region
    within: tuple[Region, ...] = ()
    base: int = 0
    cells: Mapping[Key, Content] = field(default_factory=dict)
    last: Mapping[Key, Content] = field(default_factory=dict)
    offers: Mapping[Key, tuple[Offer, ...]] = field(default_factory=dict)

    def rows(self, one: ListOfRows) -> tuple[str, ...]:
        """Give the rows of a list that are there, in the order of their ids."""
        return rows_there(self.cells, one)

    def rows_offered(self, one: ListOfRows) -> tuple[str, ...]:
        """Give the rows of a list that sources offer and that nobody filled in here, by their ids."""
        codes = {column.code for column in one.columns}
        there = set(self.rows(one))
        return tuple(sorted({key.row for key in self.offers if key.variable in codes} - there))

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """The sources that offer something, in the order of the form: `salin 2` takes from the second one."""
        found = {one.origin.reference: one.origin for offers in self.offers.values() for one in offers}
        return tuple(found.values())

    def number(self, origin: Origin) -> int:
        """Give the number of a source, from 1."""
        return [one.reference for one in self.origins].index(origin.reference) + 1

    def asks(self, variable: Variable | ListOfRows) -> bool:
        """Whether a variable or a list is asked of this village: some only apply to desa."""
        return self.region.kind in DESA or variable.applies_to.value != "desa"


@dataclass(frozen=True)
class Issue:
    """A form as it was handed out once: `uid` names it, `asking` is the form at its version."""

    uid: UUID
    asking: Asking
    period: Period
    made_at: datetime
    blanks: tuple[Blank, ...]
    under: Region
    dataset: str = COLLECTION

    @property
    def title(self) -> str:
        """What it is called: form, period, region."""
        return f"{self.asking.questionnaire.form.topic}, {self.period_words}, {self.under.full_name}"

    @property
    def period_words(self) -> str:
        """The period in words."""
        return format_period(self.period)

    @property
    def last_period_words(self) -> str:
        """The period of which the contents before are shown, in words."""
        return format_period(self.period.preceding)

    @property
    def is_simulated(self) -> bool:
        """Whether it is about example villages."""
        return is_simulated(self.dataset)

    @property
    def is_joint(self) -> bool:
        """Whether several villages share it."""
        return len(self.blanks) != 1 or self.under != self.blanks[0].region

    @cached_property
    def sheets(self) -> tuple["Sheet", ...]:
        """The layout of all that is asked outside lists."""
        return tuple(sheets_of(self.asking))

    def fresh_rows(self, blank: Blank, list_code: str, count: int) -> Iterator[str]:
        """Make ids for rows that are still empty: UUIDv7 (RFC 9562) that follow from the issue alone."""
        milliseconds = int(self.made_at.timestamp() * 1000) & ((1 << 48) - 1)
        for number in range(count):
            seed = f"{self.uid}|{blank.region.uid}|{list_code}|{number}".encode()
            noise = int.from_bytes(hashlib.sha256(seed).digest()[:8])
            made = milliseconds << 80 | 7 << 76 | (number & 0xFFF) << 64 | 2 << 62 | noise >> 2
            yield str(UUID(int=made))


@dataclass(frozen=True)
class Line:
    """A line of a sheet: what is asked, and one key for each column; without keys it is a heading."""

    label: str
    asked: Variable
    keys: tuple[tuple[str, str], ...] = ()
    is_part: bool = False


@dataclass(frozen=True)
class Sheet:
    """A section, or a grid of it: `columns` are the words above the cells (empty = one plain column)."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def width(self) -> int:
        """How many cells a line has."""
        return max(len(self.columns), 1)


def sheets_of(asking: Asking) -> Iterator[Sheet]:
    """Lay out the sections: plain questions on one sheet, a grid for a run of questions broken down alike."""
    for name, variables in asking.questionnaire.sections:
        plain: list[Line] = []
        grids: list[Sheet] = []
        asked_here = (one for one in variables if one.is_asked and one.type is not Type.FILE)
        for classes, run in groupby(asked_here, lambda one: tuple(sorted(one.classifications))):
            asked = tuple(run)
            grid = _grid(asking, name, asked) if classes and len(asked) > 1 else None
            if grid is not None:
                grids.append(grid)
            else:
                plain += [line for one in asked for line in _lines(asking, one)]
        if plain:
            yield Sheet(name, (), tuple(plain))
        yield from grids


def _lines(asking: Asking, asked: Variable) -> Iterator[Line]:
    """Write a question down the page: one line, or a heading with a line for each category."""
    breakdowns = asking.breakdowns[asked.code]
    if breakdowns == (TOTAL,):
        yield Line(asked.question, asked, ((asked.code, TOTAL),))
        return
    yield Line(asked.question, asked)
    for one in breakdowns:
        yield Line(category(asking.dictionary, one) or TOTAL_WORD, asked, ((asked.code, one),), is_part=True)


def _grid(asking: Asking, name: str, asked: Sequence[Variable]) -> Sheet | None:
    """Put questions of one breakdown side by side: categories across, or down where there are many."""
    breakdowns = asking.breakdowns[asked[0].code]
    if any(asking.breakdowns[one.code] != breakdowns for one in asked):
        return None
    if len(breakdowns) <= WIDEST_GRID:
        columns = tuple(category(asking.dictionary, one) or TOTAL_WORD for one in breakdowns)
        lines = tuple(
            Line(one.question, one, tuple((one.code, part) for part in breakdowns)) for one in asked
        )
        return Sheet(name, columns, lines)
    if len(asked) > WIDEST_GRID:
        return None
    lines = tuple(
        Line(
            category(asking.dictionary, part) or TOTAL_WORD,
            asked[0],
            tuple((one.code, part) for one in asked),
        )
        for part in breakdowns
    )
    return Sheet(name, tuple(one.question for one in asked), lines)


def category(dictionary: Dictionary, breakdown: str) -> str:
    """Give the words of a breakdown: the labels of its categories."""
    if breakdown == TOTAL:
        return ""
    words: list[str] = []
    for name, code in parts_of(breakdown):
        known = dictionary.classifications.get(name)
        labels = {one.code: one.label for one in known.categories} if known else {}
        words.append(labels.get(code, code))
    return ", ".join(words)


def asked_columns(one: ListOfRows) -> tuple[Column, ...]:
    """Give the columns of a list that somebody fills in here; files are handed in on screen only."""
    return tuple(column for column in one.columns if column.is_asked and column.type is not Type.FILE)
