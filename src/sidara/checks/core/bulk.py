"""Judging many villages at once: each task on a table with Polars, words only for what fails.

The same tasks, the same ends as `judge` village by village.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from sidara.checks.core.cell_table import CellTable
from sidara.checks.core.judge import CellFinding, Context, Stand, finding, judge_at, stands
from sidara.checks.core.programme import Part, Task, programme
from sidara.expressions import ExpressionFault, Slot, record
from sidara.expressions.sheet import RECORD, evaluate_sheet, truths_together
from sidara.kernel.cell import State

type Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Tally:
    """How the tasks of many villages ended; the four add up to all of them."""

    passed: int = 0
    failed: int = 0
    not_evaluated: int = 0
    not_concerned: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Add two tallies."""
        return Tally(
            self.passed + other.passed,
            self.failed + other.failed,
            self.not_evaluated + other.not_evaluated,
            self.not_concerned + other.not_concerned,
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in a table; `version` is that of the rule book."""

    findings: tuple[CellFinding, ...]
    tally: Tally
    version: str


def judge_table(table: CellTable, context: Context, *, says_open: bool = False) -> Judged:
    """Judge all villages of a table at one period; `context.region` and its lists are not read.

    Findings stand in the order of villages, then of rules. `says_open`: also what could not be evaluated is
    told, one finding each; else it is only counted.
    """
    found: dict[str, list[tuple[int, int, CellFinding]]] = {}
    tally = Tally()
    subjects = _Subjects(table, context)
    tasks = programme(table.book, context.period, context.form)
    truths = _Truths(table, context, tasks, subjects)
    for number, task in enumerate(tasks):
        ends = _ends(task, table, context, truths)
        tally += ends.tally
        for at in np.flatnonzero(ends.failed | ends.open if says_open else ends.failed):
            stand = subjects.stand(task, int(at))
            told = (
                (finding(task, stand, table.book),)
                if ends.failed[at]
                else judge_at(task, stand, table.book).findings
            )
            found.setdefault(stand.context.region, []).extend((number, stand.row, one) for one in told)
    ordered = [
        one for region in sorted(found) for _, _, one in sorted(found[region], key=lambda entry: entry[:2])
    ]
    return Judged(tuple(ordered), tally, table.book.version)


@dataclass(frozen=True, slots=True)
class _Ends:
    failed: Flags
    open: Flags
    tally: Tally


def _ends(task: Task, table: CellTable, context: Context, truths: "_Truths") -> _Ends:
    """Say for each village (or row) how a task ended."""
    count = (
        len(table.rows(task.rule.own_list, context.period).owners)
        if task.rule.own_list
        else len(table.regions)
    )
    asked, unasked = np.ones(count, bool), np.zeros(count, bool)
    if task.when is not None and count:
        truth, falsehood = truths.of(task.when, task)
        asked, unasked = truth, falsehood
    holds = fails = np.zeros(count, bool)
    if asked.any():
        holds, fails = truths.of(task.holds, task)
    passed, failed = asked & holds, asked & fails
    open_ = ~(passed | failed | unasked)
    silent = open_ & _is_not_applicable(task, table, context, count) if open_.any() else open_
    left = open_ & ~silent
    return _Ends(
        failed,
        left,
        Tally(int(passed.sum()), int(failed.sum()), int(left.sum()), int((unasked | silent).sum())),
    )


class _Truths:
    """Where the parts of tasks are true and where they are false; elsewhere they are null.

    Parts that read no list are evaluated together, so that each column is laid out once.
    """

    def __init__(
        self, table: CellTable, context: Context, tasks: Sequence[Task], subjects: "_Subjects"
    ) -> None:
        self.table, self.context, self.subjects = table, context, subjects
        self._found: dict[int, tuple[Flags, Flags]] = {}
        if not table.regions:
            return
        village = [task for task in tasks if not task.rule.own_list]
        self._take(task.when for task in village)
        self._take(task.holds for task in village if self._is_asked(task))

    def _is_asked(self, task: Task) -> bool:
        """Whether a village may be asked: what nobody is asked is not made ready."""
        found = self._found.get(id(task.when))
        return found is None or bool(found[0].any())

    def _take(self, parts: Iterable[Part | None]) -> None:
        """Evaluate parts together: those without lists whose slots of one key are the same."""
        slots: dict[str, Slot] = {}
        together = [
            part
            for part in parts
            if part is not None
            and not part.bound.lists
            and not self.table.is_wide(part.bound)
            and all(slots.setdefault(slot.key, slot) == slot for slot in part.bound.cells)
        ]
        bounds = [part.bound for part in together]
        found = truths_together(bounds, self.table.laid(bounds, self.context))
        told = [(part, truth) for part, truth in zip(together, found, strict=True) if truth is not None]
        flags = _flags([truth for _, truth in told])
        self._found |= {id(part): one for (part, _), one in zip(told, flags, strict=True)}

    def of(self, part: Part, task: Task) -> tuple[Flags, Flags]:
        """Give where a part is true and where it is false, by village or row."""
        found = self._found.get(id(part))
        return found if found is not None else _flags([self._alone(part, task)])[0]

    def _alone(self, part: Part, task: Task) -> pl.Series:
        """Evaluate one part; where a table is too narrow for its figures, each record by itself."""
        try:
            sheet = self.table.sheet(part.bound, self.context, task.rule.own_list)
            return evaluate_sheet(part.bound, sheet).sort(RECORD)["value"].cast(pl.Boolean)
        except ExpressionFault:
            tables = self.context.tables
            made = [part.value_of(record(part.bound, one.subject, tables)) for one in self.subjects.all(task)]
            return pl.Series(made, dtype=pl.Boolean)


def _flags(truths: Sequence[pl.Series]) -> list[tuple[Flags, Flags]]:
    """Give where each is true and where it is false, all in one question to Polars."""
    if not truths:
        return []
    frame = pl.DataFrame([one.alias(str(number)) for number, one in enumerate(truths)])
    known = frame.select(
        pl.all().fill_null(value=False).name.suffix("+"), (~pl.all()).fill_null(value=False).name.suffix("-")
    )
    return [(known[f"{number}+"].to_numpy(), known[f"{number}-"].to_numpy()) for number in range(len(truths))]


def _is_not_applicable(task: Task, table: CellTable, context: Context, count: int) -> Flags:
    """Say where the cell of a task does not concern the village."""
    states = table.states(task.rule.variable, task.breakdown, context.period, task.rule.own_list)
    flags = np.zeros(count, bool)
    if states is not None:
        places, own = states
        flags[places[(own == State.NOT_APPLICABLE.value).to_numpy()]] = True
    return flags


class _Subjects:
    """The villages and rows that words are written for, made once each."""

    def __init__(self, table: CellTable, context: Context) -> None:
        self.table, self.context = table, context
        self._stands: dict[tuple[str, str], Sequence[Stand]] = {}

    def stand(self, task: Task, at: int) -> Stand:
        """Give where a task was judged: of the village at a place, or of the row at a place."""
        own_list = task.rule.own_list
        if not own_list:
            return self._of(self.table.regions[at], task)[0]
        owners = self.table.rows(own_list, self.context.period).owners
        first = int(np.searchsorted(owners, owners[at]))
        return self._of(self.table.regions[owners[at]], task)[at - first]

    def all(self, task: Task) -> Iterator[Stand]:
        """Give where a task is judged, in the order of villages and rows."""
        for region in self.table.regions:
            yield from self._of(region, task)

    def _of(self, region: str, task: Task) -> Sequence[Stand]:
        key = region, task.rule.own_list
        if key not in self._stands:
            cells = self.table.cells_of(region)
            self._stands[key] = list(stands(task, cells, self.table.context_of(region, self.context)))
        return self._stands[key]
