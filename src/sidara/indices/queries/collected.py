"""Indices of villages out of what they answered in SIDARA, from the facts of the warehouse.

The same feeds and definitions as for a file of cells (`compute_cells`): what changes is where the cells come
from, and that it is told who stands for them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

import polars as pl

from sidara.collection import queries as collection
from sidara.collection.core import DataSet
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Answers, Reader, Variable, computed
from sidara.dictionary.core.words import Type
from sidara.indices import core
from sidara.indices.core import feeding, keys
from sidara.indices.core.collected import FINAL, CollectedIndex, Known, read_row
from sidara.indices.core.needs import Key, Needs, needs
from sidara.indices.queries.definitions import READ, definition
from sidara.indices.queries.feeding import feed_of, scored
from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.kernel.breakdown import TOTAL, parts_of
from sidara.kernel.cell import Cell, State
from sidara.kernel.clock import Clock, now
from sidara.kernel.finding import Finding, Severity
from sidara.regions.core import DESA, bare
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Mark, Query

YEAR_DIGITS = 4
KEPT = 128
"""How many computed questions a process keeps."""


@dataclass(frozen=True)
class CollectedQuery:
    """Which villages, from which data set of answers; `year` = `None`: the newest with a yearly answer.

    `under`, `codes`, `as_of` as in `warehouse.core.Query`. `least_level`: only cells for which so many
    governments stand (4 final, 0 sent); `None` = drafts, too.
    """

    dataset: str
    year: int | None = None
    under: str | None = None
    codes: tuple[str, ...] | None = None
    as_of: date | None = None
    least_level: int | None = int(FINAL)

    def ask(self, variables: tuple[str, ...], periods: tuple[str, ...], breakdown: str = TOTAL) -> Query:
        """Give the question for some cells of these villages."""
        return Query(
            self.dataset,
            variables,
            under=self.under,
            codes=self.codes,
            periods=periods,
            breakdown=breakdown,
            as_of=self.as_of,
            least_level=self.least_level,
        )


@dataclass(frozen=True)
class Collected:
    """Indices by village code, of those that answered anything; `expected` counts the desa asked about.

    `frame`: what `compute` gave, a row a village. `year` is `None` where nobody answered anything.
    """

    query: CollectedQuery
    year: int | None = None
    villages: tuple[CollectedIndex, ...] = ()
    expected: int = 0
    frame: pl.DataFrame | None = None
    dataset: DataSet | None = None
    as_of: date | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the question could not be answered."""
        return any(one.severity is Severity.ERROR for one in self.findings)

    @property
    def is_simulated(self) -> bool:
        """Whether every figure must carry the mark SIMULASI."""
        return self.dataset is not None and self.dataset.is_simulated


def collected(
    actor: Actor, index: core.Definition, query: CollectedQuery, *, clock: Clock = now
) -> Collected:
    """Compute an index of villages from what they answered; rights and data sets are those of `ask`.

    Missing answers make a span. Refuses an index without feed, and what `ask` refuses.
    """
    require(actor, READ)
    feed = feed_of(actor, index)
    if feed is None:
        return Collected(query, findings=(feeding.missing(index),))
    held = [one.code for one in collection.variables(OPERATOR, query.dataset)]
    probe = warehouse.ask(actor, query.ask(tuple(held[:1] or "-"), ("2000",)), clock=clock)
    faults = tuple(one for one in probe.findings if one.severity is Severity.ERROR)
    if not held and probe.dataset is not None:
        faults = tuple(one for one in faults if one.code != "VARIABLE_UNKNOWN")
    empty = Collected(query, dataset=probe.dataset, as_of=probe.as_of, findings=faults)
    if faults or not held:
        return empty
    known_by = probe.mark, probe.register, dictionary.dictionary(actor).revision
    answer = empty
    for year in (query.year,) if query.year else _years(actor, query.dataset):
        found = _in_year(index.code, replace(query, year=year), known_by, clock, query.year is None)
        answer = replace(found, query=query, dataset=probe.dataset, as_of=probe.as_of)
        if answer.villages:
            break
    return replace(answer, expected=probe.frame.filter(pl.col("kind").is_in(list(DESA))).height)


def _years(actor: Actor, dataset: str) -> tuple[int, ...]:
    """Give the years with yearly answers, the newest first."""
    found = warehouse.periods(actor, dataset)
    return tuple(sorted((int(text) for text in found if len(text) == YEAR_DIGITS), reverse=True))


@lru_cache(maxsize=KEPT)
def _in_year(
    code: str,
    query: CollectedQuery,
    known_by: tuple[Mark | None, str, int],  # noqa: ARG001 - part of the cache's key
    clock: Clock,
    is_guessed: bool,  # noqa: FBT001 - a cache takes no keywords apart
) -> Collected:
    """Compute once for everybody: what may be seen was decided when the warehouse was asked.

    A year that is guessed counts only with a yearly answer: months of this year are no index yet.
    """
    index, year = definition(OPERATOR, code), query.year
    feed = feed_of(OPERATOR, index) if index is not None else None
    if index is None or feed is None or year is None:
        raise LookupError(f"no index {code} with a feed in {year}")
    made = dictionary.dictionary(OPERATOR)
    reader = collection.reader_of(OPERATOR, made)
    version = feeding.version_of(index, year)
    wanted = needs(version, feed, reader, year)
    read = _read(query, wanted, made.variables, clock)
    periods = {period for cells in read.cells.values() for _, _, period in cells}
    if not periods or (is_guessed and str(year) not in periods):
        return Collected(query)
    whole = [_summed(reader, wanted, region, cells) for region, cells in sorted(read.cells.items())]
    done = scored(OPERATOR, index, feed, reader, whole, year)
    codes = {bare(region): region for region in read.cells}
    rows = done.frame.iter_rows(named=True) if done.frame is not None else ()
    villages = []
    for row in rows:
        region = codes[bare(row[keys.CODE])]
        villages.append(read_row(version, wanted, (region, read.names[region]), row, read.cells[region]))
    findings = (*(_rows_unread(name) for name in wanted.rows), *done.findings)
    return Collected(query, year, tuple(villages), frame=done.frame, findings=findings)


@dataclass(frozen=True)
class _Read:
    """The cells of villages as the warehouse told them, and their names, by code."""

    cells: dict[str, dict[Key, Known]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def _read(query: CollectedQuery, wanted: Needs, made: Mapping[str, Variable], clock: Clock) -> _Read:
    """Read the cells that are wanted, a question for those that share classification and periods."""
    held = {one.code for one in collection.variables(OPERATOR, query.dataset)}
    found = _Read()
    names = (
        "region",
        "name",
        "kind",
        "variable",
        "breakdown",
        "period",
        "value",
        "code",
        "state",
        "level",
        "newest",
    )
    for (part, periods), variables in _questions(wanted, held):
        frame = warehouse.ask(OPERATOR, query.ask(variables, periods, part), clock=clock).frame
        rows = frame.drop_nulls("state").filter(pl.col("kind").is_in(list(DESA))).select(names)
        for (
            region,
            name,
            _,
            variable,
            breakdown,
            period,
            value,
            code,
            state,
            level,
            newest,
        ) in rows.iter_rows():
            key = variable, breakdown, period
            if key in wanted.cells:
                cell = _cell(made[variable], State(state), value, code)
                found.cells.setdefault(region, {})[key] = Known(cell, level, newest)
                found.names[region] = name
    return found


def _questions(
    wanted: Needs, held: set[str]
) -> Iterator[tuple[tuple[str, tuple[str, ...]], tuple[str, ...]]]:
    """Put cells together that one question asks for: ((classification, periods), variables)."""
    spans: dict[tuple[str, str], set[str]] = {}
    for variable, breakdown, period in wanted.cells:
        if variable in held:
            spans.setdefault((_part(breakdown), variable), set()).add(period)
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (part, variable), periods in spans.items():
        groups.setdefault((part, tuple(sorted(periods))), []).append(variable)
    for key in sorted(groups):
        yield key, tuple(sorted(groups[key]))


def _part(breakdown: str) -> str:
    """Give what a question says to get a breakdown: its classification, where it has one only."""
    parts = parts_of(breakdown)
    return parts[0][0] if len(parts) == 1 else breakdown


def _summed(reader: Reader, wanted: Needs, region: str, cells: Mapping[Key, Known]) -> Answers:
    """Give what a village answered, with what is computed of it."""
    given = Answers(region, cells={key: one.cell for key, one in cells.items()})
    sums = computed(reader, given, wanted.sums)
    return replace(
        given, cells={**given.cells, **{(code, TOTAL, at): cell for (code, at), cell in sums.items()}}
    )


def _cell(variable: Variable, state: State, value: Decimal | None, code: str | None) -> Cell:
    """Give a fact as the cell that it was: truths are numbers among facts."""
    if value is not None and variable.type is Type.YES_NO:
        return Cell(state, value == 1)
    return Cell(state, code if value is None else value)


def _rows_unread(name: str) -> Finding:
    """Say that an input reads rows of a list themselves, which are no facts."""
    return Finding(
        "INDEX_NOT_STORED",
        f"Masukan {name} membaca baris daftar, yang tidak masuk gudang data.",
        "Butir yang memakainya menjadi selang; hitung dari berkas sel bila perlu.",
        Severity.WARNING,
        value=name,
    )
