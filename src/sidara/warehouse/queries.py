"""Reads of the warehouse: `ask` (the one question), `open_datasets`, `periods`, `status`.

Rights live here, not in templates: `ask` itself decides what the actor may see.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

import polars as pl
import pyarrow as pa

from sidara.collection import queries as collection
from sidara.collection.core import DataSet, Variable
from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.finding import Finding, Severity
from sidara.regions import queries as regions
from sidara.regions.core import Level
from sidara.warehouse.core import (
    TOTAL,
    Answer,
    Areas,
    Query,
    Status,
    check,
    check_variables,
    choose,
    end_of_day,
    figures,
    is_open,
)
from sidara.warehouse.core.answer import FIGURES
from sidara.warehouse.core.figures import ROWS
from sidara.warehouse.engines import delta, duckdb, plan

ASK = "warehouse.ask"
ASK_ALL = "warehouse.ask_all"
"""The right to see data sets that are not open to the public."""

EMPTY = Finding(
    "WAREHOUSE_EMPTY",
    "Gudang data belum berisi apa pun.",
    "Jalankan: sidara warehouse refresh",
    Severity.WARNING,
)


def ask(actor: Actor, query: Query, *, clock: Clock = now) -> Answer:
    """Answer a query. Never raises for what is asked: faults stand in `Answer.findings`.

    Refuses (`NotAllowed`) an actor without `warehouse.ask`. Without `warehouse.ask_all` only external
    data sets with a licence (`tidak dinyatakan` is one) and simulated ones are seen; any other looks as if
    it did not exist. A figure stands for every region of the asked level; see `Query` and `Figure`.
    """
    require(actor, ASK)
    today = local_date(clock())
    dataset = _visible(actor, query.dataset)
    variables = _variables(actor, dataset) if dataset else {}
    register = regions.register_version(actor)
    areas, units = _areas(register, _areas_of(query))
    findings = (*check(query, today=today), *check_variables(query, dataset, variables), *areas.findings)
    reader = duckdb.reader(delta.folder())
    mark = reader.mark if reader else None
    asked = {code: variables[code] for code in query.variables if code in variables}
    as_of = query.as_of or today
    if dataset is None or findings:
        empty = pl.DataFrame(schema=FIGURES)
        return Answer(query, empty, None, asked, as_of, register, mark, findings)
    if reader is None:
        rows, findings = pl.DataFrame(schema=ROWS), (EMPTY,)
    else:
        rows = reader.rows(_statement(query, dataset.measure), units)
    return Answer(query, figures(query, areas, rows, asked), dataset, asked, as_of, register, mark, findings)


def open_datasets(actor: Actor) -> tuple[DataSet, ...]:
    """List the data sets that the actor may ask about, in the order of collection."""
    require(actor, ASK)
    return tuple(dataset for dataset in collection.datasets(actor) if _may_see(actor, dataset))


def periods(actor: Actor, dataset: str, variable: str | None = None) -> tuple[str, ...]:
    """List, sorted, the periods with facts of a data set that the actor may see, or of one variable."""
    require(actor, ASK)
    reader = duckdb.reader(delta.folder())
    if reader is None or _visible(actor, dataset) is None:
        return ()
    return tuple(reader.table(plan.periods(dataset, variable))["period"])


def status(actor: Actor) -> Status:
    """How far the facts are: mark, counts, newest change, the data sets that the actor may see.

    Counts are over all facts; they tell nothing about any one.
    """
    require(actor, ASK)
    reader = duckdb.reader(delta.folder())
    if reader is None:
        return Status(None, findings=(EMPTY,))
    facts, newest = reader.table(plan.overview()).row(0)
    (superseded,) = reader.table(plan.superseded()).row(0)
    visible = {dataset.code for dataset in open_datasets(actor)}
    return Status(
        mark=reader.mark,
        facts=facts,
        superseded=superseded,
        newest_change=newest,
        datasets=tuple(code for code in reader.table(plan.datasets())["dataset"] if code in visible),
        version_current=reader.version,
        version_history=reader.version_history,
    )


def _may_see(actor: Actor, dataset: DataSet) -> bool:
    return actor.may(ASK_ALL) or is_open(dataset)


def _visible(actor: Actor, code: str) -> DataSet | None:
    dataset = collection.dataset(actor, code)
    return dataset if dataset is not None and _may_see(actor, dataset) else None


def _variables(actor: Actor, dataset: DataSet) -> Mapping[str, Variable]:
    return {variable.code: variable for variable in collection.variables(actor, dataset.code)}


def _statement(query: Query, measure: str) -> str:
    """Write the SQL of the query: what names its areas is left out, so that all areas share one statement."""
    instant: date | datetime | None = end_of_day(query.as_of) if query.as_of else None
    shared = replace(
        query,
        under=None,
        codes=None,
        level=Level.VILLAGE,
        unit=Level.VILLAGE,
        kinds=(),
        as_of=None,
        measure=None,
    )
    return plan.statement(shared, query.measure or measure, instant)


def _areas_of(query: Query) -> Query:
    """Keep the part of the query that chooses its areas: queries about other variables share it."""
    return replace(query, dataset="", variables=(), periods=None, breakdown=TOTAL, measure=None, as_of=None)


@lru_cache(maxsize=512)
def _areas(register: str, query: Query) -> tuple[Areas, pa.Table]:  # noqa: ARG001 - part of the cache's key
    """Choose the areas of a query in one version of the register, and its units as Arrow.

    Read once for everybody: who may read the register was decided when its version was asked for.
    """
    areas = choose(pl.DataFrame(regions.dimension(OPERATOR)), query)
    return areas, areas.units.to_arrow()
