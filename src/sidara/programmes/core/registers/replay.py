"""The past of a list of a submission: what stood in it at the end of each day, and how far it had come.

Revisions change cells, acts of verification bring cells to levels. A list has the level of the lowest of its
cells, as its roll-ups have. Days are whole numbers (`date.toordinal`) of Asia/Jakarta.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sidara.collection.core.answering import REMOVED
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date
from sidara.programmes.core.registers.rows import Row
from sidara.programmes.core.words import Fate

DRAFT = -1
"""The level of a cell with which nobody did anything."""
type Cell = tuple[str, str]
"""Row and variable."""


@dataclass(frozen=True, slots=True)
class Save:
    """A revision: number, moment, the cells of the list that it changed with their state and value."""

    number: int
    at: datetime
    cells: Mapping[Cell, tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Act:
    """An act brought cells of revision `number` to levels; the cell `None` stands for all of them."""

    number: int
    at: datetime
    levels: Sequence[tuple[Cell | None, int]]


@dataclass(frozen=True, slots=True)
class Version:
    """What stood in a list from a day on, until before another one (`None` = still).

    `levels`: from which day it had which level, the first one on `from_day`. `is_declared`: nothing but the
    word that there is none.
    """

    from_day: int
    until_day: int | None
    rows: tuple[Row, ...]
    levels: tuple[tuple[int, int], ...]
    is_declared: bool = False


@dataclass
class _List:
    """A list while its past is told."""

    code: str
    cells: dict[Cell, tuple[str, str | None]] = field(default_factory=dict)
    first: dict[Cell, int] = field(default_factory=dict)
    levels: dict[Cell, int] = field(default_factory=dict)

    def take(self, one: Save | Act) -> None:
        if isinstance(one, Save):
            for cell, content in one.cells.items():
                self.cells[cell] = content
                self.first.setdefault(cell, one.number)
            return
        for named, level in one.levels:
            if named is not None:
                self.levels[named] = level
            else:
                self.levels |= {each: level for each, at in self.first.items() if at <= one.number}

    def stands(self) -> tuple[tuple[Row, ...], bool, int] | None:
        """Give rows, whether it was declared empty, and its level; `None` where it is not filled."""
        empty = State.EMPTY.value
        held = {cell: content for cell, content in self.cells.items() if content[0] != empty}
        own_rows = {row: text for (row, code), (_, text) in held.items() if row and code == self.code}
        gone = {row for row, text in own_rows.items() if text == REMOVED}
        there = sorted({row for row, _ in held if row} - gone)
        own = [cell for cell in held if cell[0] not in gone]
        if not there and self.cells.get(("", self.code), ("", None))[0] != State.NONE.value:
            return None
        rows = tuple(self._row(row, held) for row in there)
        return rows, not rows, min((self.levels.get(cell, DRAFT) for cell in own), default=DRAFT)

    def _row(self, row: str, held: Mapping[Cell, tuple[str, str | None]]) -> Row:
        own = {code: said for (at, code), said in sorted(held.items()) if at == row and code != self.code}
        values = {code: text for code, (_, text) in own.items() if text is not None}
        return Row(row, values, {code: state for code, (state, text) in own.items() if text is None})


def in_order(saves: Iterable[Save], acts: Iterable[Act]) -> list[Save | Act]:
    """Lay revisions and acts in the order in which they happened; of one moment revisions first."""
    told: list[Save | Act] = [*saves, *acts]
    return sorted(told, key=lambda one: (one.at, isinstance(one, Act), one.number))


def replayed(code: str, saves: Iterable[Save], acts: Iterable[Act]) -> list[Version]:
    """Give the versions of a list by its code, the oldest first; days on which it is not filled are none."""
    made: list[Version] = []
    told = _List(code)
    steps = in_order(saves, acts)
    for at, one in enumerate(steps):
        told.take(one)
        day = local_date(one.at).toordinal()
        if at + 1 < len(steps) and local_date(steps[at + 1].at).toordinal() == day:
            continue
        _close(made, told.stands(), day)
    return made


def _close(made: list[Version], stands: tuple[tuple[Row, ...], bool, int] | None, day: int) -> None:
    """Write how a list stands at the end of a day behind its versions."""
    last = made[-1] if made and made[-1].until_day is None else None
    if last is not None and stands is not None and (last.rows, last.is_declared) == stands[:2]:
        if last.levels[-1][1] != stands[2]:
            levels = (*last.levels, (day, stands[2]))
            made[-1] = Version(last.from_day, None, last.rows, levels, last.is_declared)
        return
    if last is not None:
        made[-1] = Version(last.from_day, day, last.rows, last.levels, last.is_declared)
    if stands is not None:
        rows, is_declared, level = stands
        made.append(Version(day, None, rows, ((day, level),), is_declared))


@dataclass(frozen=True, slots=True)
class Fated:
    """A fate that was recorded for a row of the list of proposals on a day."""

    row: str
    fate: Fate
    day: int


def fates(saves: Iterable[Save], column: str, known: Collection[str] = frozenset(Fate)) -> list[Fated]:
    """Give each fate that revisions recorded in `column`, in their order; what is no fate is left out."""
    found: list[Fated] = []
    held: dict[str, str] = {}
    for one in sorted(saves, key=lambda each: (each.at, each.number)):
        for (row, code), (_, text) in sorted(one.cells.items()):
            if code == column and row and text and text in known and held.get(row) != text:
                held[row] = text
                found.append(Fated(row, Fate(text), local_date(one.at).toordinal()))
    return found
