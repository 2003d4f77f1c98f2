"""A query as an Ibis expression, from an allowed list of operations; the same for every engine.

The expressions stand over two facts tables and the table `units` (region_id, group_id), and give the rows
that `core.figures` understands. In a vintage the table `moves` (the lineage: region_id, period, target_id) is
joined: the facts of regions that it names are read by `moving`, told in other areas by `core.moving`, and
stand in their place as the table `moved`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

import ibis
import polars as pl
from ibis import _
from ibis.expr.types import Table, Value

from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.warehouse.core import EVERY, Flag, Operation, Query
from sidara.warehouse.core.facts import FACTS
from sidara.warehouse.core.moving import MOVED as MOVED_FACTS
from sidara.warehouse.core.vintage import MOVES as LINEAGE


def _table(schema: pl.Schema, name: str) -> Table:
    """Give a table of the core's columns as the engines know it."""
    return ibis.table(ibis.Schema.from_polars(schema), name=name)


CURRENT, HISTORY = _table(FACTS, "current"), _table(FACTS, "history")
UNITS = ibis.table({"region_id": "int64", "group_id": "int64"}, name="units")
MOVES, MOVED = _table(LINEAGE, "moves"), _table(MOVED_FACTS, "moved")

_POINT = ("group_id", "period", "variable", "breakdown")
_NO_NUMBER = ibis.literal(None, type="decimal(18, 4)")
_NO_LEVEL = ibis.literal(None, type="int8")
_NO_TEXT = ibis.literal(None, type="string")


def _known(instant: datetime | None) -> Table:
    """Give the facts as they were known before `instant` (UTC), or now."""
    if instant is None:
        return CURRENT
    moment = ibis.literal(instant.replace(tzinfo=None), type='timestamp("UTC")')
    return ibis.union(
        CURRENT.filter(_.recorded_from < moment),
        HISTORY.filter(_.recorded_from < moment, _.recorded_to >= moment),
    )


def _named(query: Query, measure: str, instant: datetime | None) -> Table:
    """Give the facts that the query names."""
    facts = _known(instant)
    conditions: list[Value] = [
        facts.dataset == query.dataset,
        facts.measure == measure,
        facts.variable.isin(sorted(set(query.variables))),
    ]
    if query.least_level is not None:
        conditions.append(facts.level >= query.least_level)
    if query.periods is not None and query.periods != EVERY:
        conditions.append(facts.period.isin(sorted(set(query.periods))))
    if query.breakdown == TOTAL or ":" in query.breakdown:
        conditions.append(facts.breakdown == query.breakdown)
    else:
        conditions.append(facts.breakdown.startswith(f"{query.breakdown}:") & ~facts.breakdown.contains("|"))
    return facts.filter(conditions)


def _asked(query: Query, measure: str, instant: datetime | None, *, is_moved: bool) -> Table:
    """Give the facts that the query is about, each with the region for which it counts."""
    named = _named(query, measure, instant)
    facts = named.select(
        *("region_id", "period", "variable", "breakdown", "value", "code", "state"),
        flag=_NO_TEXT,
        oldest=named.recorded_from,
        newest=named.recorded_from,
        definition=named.definition,
        definition_last=named.definition,
        level=named.level,
    )
    if is_moved:
        told = MOVED.mutate(level=_NO_LEVEL)
        facts = ibis.union(facts.anti_join(MOVES, ["region_id", "period"]), told)
    return facts.join(UNITS, "region_id")


def _behind() -> dict[str, Value]:
    """Say what is told about the facts behind a gathered figure."""
    return {
        "oldest": _.oldest.min(),
        "newest": _.newest.max(),
        "definition": _.definition.min(),
        "definition_last": _.definition_last.max(),
        "level": _.level.min(),
        # Only facts with a value or a code are gathered, so that a flag says at most that one is an estimate.
        "flag": ibis.ifelse((_.flag == Flag.ESTIMATE.value).any(), Flag.ESTIMATE.value, _NO_TEXT),
    }


def _latest(query: Query, facts: Table) -> Table:
    rows = facts.filter(facts.state != State.EMPTY.value)
    if query.periods is None:
        newest = rows.group_by("group_id", "variable", "breakdown").aggregate(period=_.period.max())
        rows = rows.semi_join(newest, ["group_id", "variable", "breakdown", "period"])
    is_value = rows.value.notnull() | rows.code.notnull()
    return rows.select(
        *_POINT,
        "code",
        "state",
        "value",
        reporting=is_value.cast("int64"),
        oldest=rows.oldest,
        newest=rows.newest,
        definition=rows.definition,
        definition_last=rows.definition_last,
        flag=rows.flag,
        level=rows.level,
    )


def _total(query: Query, facts: Table) -> Table:  # noqa: ARG001 - one signature for all operations
    return (
        facts.filter(facts.value.notnull())
        .group_by(*_POINT)
        .aggregate(value=_.value.sum(), reporting=_.count(), **_behind())
        .mutate(code=_NO_TEXT, state=_NO_TEXT)
    )


def _count(query: Query, facts: Table) -> Table:  # noqa: ARG001 - one signature for all operations
    return (
        facts.filter(facts.value.notnull() | facts.code.notnull())
        .group_by(*_POINT)
        .aggregate(reporting=_.count(), **_behind())
        .mutate(code=_NO_TEXT, state=_NO_TEXT, value=_NO_NUMBER)
    )


def _count_by_code(query: Query, facts: Table) -> Table:  # noqa: ARG001 - one signature for all operations
    return (
        facts.filter(facts.code.notnull())
        .group_by(*_POINT, "code")
        .aggregate(reporting=_.count(), **_behind())
        .mutate(state=_NO_TEXT, value=_NO_NUMBER)
    )


OPERATIONS: Mapping[Operation, Callable[[Query, Table], Table]] = {
    Operation.LATEST: _latest,
    Operation.SUM: _total,
    Operation.MEAN: _total,
    Operation.COUNT: _count,
    Operation.COUNT_BY_CODE: _count_by_code,
}
"""All that a query can make an engine do."""


def rows(query: Query, measure: str, instant: datetime | None, *, is_moved: bool = False) -> Table:
    """Build the expression of a query. `instant`: first moment (UTC) no longer known; `None` = now.

    `is_moved`: the tables `moves` and `moved` take the place of the facts of regions that split or merged.
    """
    return OPERATIONS[query.operation](query, _asked(query, measure, instant, is_moved=is_moved))


def moving_rows(query: Query, measure: str, instant: datetime | None) -> Table:
    """Build the expression of the facts that a vintage moves: those of regions in `moves`, each once."""
    facts = _named(query, measure, instant)
    columns = ("region_id", "period", "variable", "breakdown", "value", "code", "state", "definition")
    return facts.semi_join(MOVES, ["region_id", "period"]).select(*columns, "recorded_from")


@lru_cache(maxsize=1024)
def statement(query: Query, measure: str, instant: datetime | None, *, is_moved: bool = False) -> str:
    """Write it as SQL for DuckDB; queries that differ only in their areas should be given without them."""
    return str(ibis.to_sql(rows(query, measure, instant, is_moved=is_moved), dialect="duckdb"))


@lru_cache(maxsize=256)
def moving(query: Query, measure: str, instant: datetime | None) -> str:
    """Write SQL for the facts that a vintage moves."""
    return str(ibis.to_sql(moving_rows(query, measure, instant), dialect="duckdb"))


@lru_cache(maxsize=256)
def periods(dataset: str, variable: str | None) -> str:
    """Write SQL for the periods with facts of a data set, or of one of its variables, sorted."""
    facts = CURRENT.filter(_.dataset == dataset, _.state != State.EMPTY.value)
    if variable is not None:
        facts = facts.filter(_.variable == variable)
    return str(ibis.to_sql(facts.select("period").distinct().order_by("period"), dialect="duckdb"))


@lru_cache(maxsize=1)
def datasets() -> str:
    """Write SQL for the data sets with facts, sorted."""
    return str(ibis.to_sql(CURRENT.select("dataset").distinct().order_by("dataset"), dialect="duckdb"))


@lru_cache(maxsize=1)
def overview() -> str:
    """Write SQL for how many open facts there are, and when the newest was recorded."""
    return str(
        ibis.to_sql(CURRENT.aggregate(facts=_.count(), newest=_.recorded_from.max()), dialect="duckdb")
    )


@lru_cache(maxsize=1)
def superseded() -> str:
    """Write SQL for how many closed facts there are."""
    return str(ibis.to_sql(HISTORY.aggregate(facts=_.count()), dialect="duckdb"))
