"""The one question: `ask`; `open_datasets`, `periods`, `years`, `status`; `evaluate` judges cases.

Rights live here, not in templates: `ask` itself decides what the actor may see.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

import polars as pl
import pyarrow as pa

from sidara.checks import queries as checks
from sidara.checks.core import Case, Verdict
from sidara.collection import queries as collection
from sidara.collection.core import EXAMPLES, DataSet, Variable
from sidara.kernel import period as calendar
from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.finding import Finding, Severity
from sidara.regions import queries as regions
from sidara.regions.core import Level, dotted
from sidara.warehouse import engines
from sidara.warehouse.core import (
    AS_REPORTED,
    EVERY,
    Answer,
    Areas,
    Moves,
    Operation,
    Query,
    Status,
    check,
    check_variables,
    choose,
    end_of_day,
    figures,
    is_open,
    move,
    moves,
    needed,
    stretches,
)
from sidara.warehouse.core.answer import FIGURES
from sidara.warehouse.core.figures import ROWS
from sidara.warehouse.engines import delta

ASK = "warehouse.ask"
ASK_ALL = "warehouse.ask_all"
"""The right to see data sets that are not open to the public."""

PROVINCE_DIGITS = 2

EMPTY = Finding(
    "WAREHOUSE_EMPTY",
    "Gudang data belum berisi apa pun.",
    "Jalankan: sidara warehouse refresh",
    Severity.WARNING,
)

NO_NODE = Finding(
    "ENGINE_MISSING",
    "Mesin javascript memerlukan Node, dan Node tidak ditemukan.",
    "Pasang Node 18 atau lebih baru, atau pilih mesin lain.",
)


class Engine(StrEnum):
    """The evaluators of expressions; all give the same answers."""

    PYTHON = "python"
    POLARS = "polars"
    JAVASCRIPT = "javascript"
    WAREHOUSE = "warehouse"


def ask(actor: Actor, query: Query, *, clock: Clock = now) -> Answer:
    """Answer a query. Never raises for what is asked: faults stand in `Answer.findings`.

    Refuses (`NotAllowed`) an actor without `warehouse.ask`. Without `warehouse.ask_all` in every region
    asked about (`codes`, else `under`) only external data sets with a licence (`tidak dinyatakan` is one) and
    simulated ones are seen; any other looks as if it did not exist. A figure stands for every region of the
    asked level; see `Query` and `Figure`.
    """
    require(actor, ASK)
    today = local_date(clock())
    dataset = visible(actor, query.dataset, query)
    variables = variables_of(actor, dataset, query.variables) if dataset else {}
    register = regions.register_version(actor)
    reader = engines.duckdb.reader(delta.folder())
    mark = reader.mark if reader else None
    asked = {code: variables[code] for code in query.variables if code in variables}
    as_of = query.as_of or today
    faults = (
        *check(query, today=today),
        *check_variables(query, dataset, variables),
        *_ambiguities(actor, query),
    )
    scopes = _scopes(actor, query, register, today) if not faults else _now(register, query)
    findings = (*faults, *_area_faults(scopes))
    if dataset is None or findings:
        empty = pl.DataFrame(schema=FIGURES)
        return Answer(query, empty, None, asked, as_of, register, mark, findings)
    parts = []
    for scope in scopes:
        if scope.areas.findings:
            continue
        rows, said = (
            (pl.DataFrame(schema=ROWS), (EMPTY,))
            if reader is None
            else _rows(reader, scope, dataset, variables)
        )
        findings = (*findings, *(one for one in said if one not in findings))
        parts.append(figures(scope.query, scope.areas, rows, asked))
    frame = parts[0] if len(parts) == 1 else _in_order(parts)
    return Answer(query, frame, dataset, asked, as_of, register, mark, findings)


def _ambiguities(actor: Actor, query: Query) -> tuple[Finding, ...]:
    """Ask back about codes of areas without dots that mean two places; those of provinces mean one."""
    told = (*(query.codes or ()), *((query.under,) if query.under else ()))
    bare = [code for code in told if "." not in code and len(code) > PROVINCE_DIGITS]
    return tuple(found for code in bare if (found := regions.ambiguity(actor, code)) is not None)


@dataclass(frozen=True, eq=False)
class _Scope:
    """A part of a query whose periods share their areas, and the moves into them, if any."""

    query: Query
    areas: Areas
    units: pa.Table
    moves: Moves | None = None


def _now(register: str, query: Query) -> tuple[_Scope, ...]:
    """Ask in today's areas, without moves."""
    return (_Scope(query, *_areas(register, _areas_of(query))),)


def _scopes(actor: Actor, query: Query, register: str, today: date) -> tuple[_Scope, ...]:
    """Lay out a query in the areas of its vintage; where no area ever changed, all vintages are today's.

    Example villages stand where they stand: they never split or moved.
    """
    days = regions.change_days(actor)
    if not days or query.dataset == EXAMPLES:
        return _now(register, query)
    known = _instant(query)
    texts = query.periods
    if texts is None or texts == EVERY:
        texts = periods(actor, query.dataset)
    if query.vintage == AS_REPORTED:
        if query.periods is None or not texts:
            return (_Scope(query, *_areas(register, _areas_of(query), today, as_today=True, known=known)),)
        found = stretches(texts, days)
        return tuple(
            _Scope(
                replace(query, periods=members),
                *_areas(register, _areas_of(query), day or today, as_today=True, known=known),
            )
            for day, members in found.items()
        )
    at = query.vintage.day(today)
    areas, units = _areas(register, _areas_of(query), at, known=known)
    return (_Scope(query, areas, units, moves(regions.lineage(actor, known_before=known), texts, at=at)),)


def _area_faults(scopes: Sequence[_Scope]) -> tuple[Finding, ...]:
    """Give what is wrong with the areas of a query; periods before an area existed are no fault."""
    faults = [scope.areas.findings for scope in scopes]
    return faults[0] if all(faults) else ()


def _in_order(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put the figures of several stretches together in the order of an answer."""
    return pl.concat(parts).sort("region", "variable", "period", maintain_order=True)


def _rows(
    reader: "engines.duckdb.Reader", scope: _Scope, dataset: DataSet, variables: Mapping[str, Variable]
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Read the rows of a scope; facts of regions that split or merged are moved first."""
    query, found = scope.query, scope.moves
    measure = query.measure or dataset.measure
    if found is None or found.frame.is_empty():
        return reader.rows(_statement(query, measure), scope.units), ()
    wide = (*query.variables, *needed(variables[code] for code in query.variables))
    lines = found.frame.to_arrow()
    asked = _shared(replace(query, variables=tuple(dict.fromkeys(wide))))
    facts = reader.table(engines.plan.moving(asked, measure, _instant(query)), moves=lines)
    is_sum = query.operation is Operation.SUM
    above = dict(scope.areas.units.iter_rows())
    moved = move(
        facts,
        found,
        variables,
        query.variables,
        (lambda area: above.get(area, (area,))) if is_sum else (lambda area: area),
    )
    statement = engines.plan.statement(_shared(query), measure, _instant(query), is_moved=True)
    rows = reader.rows(statement, scope.units, moves=lines, moved=moved.facts.to_arrow())
    return rows, moved.findings


def open_datasets(actor: Actor) -> tuple[DataSet, ...]:
    """List the data sets that the actor may ask about, in the order of collection."""
    require(actor, ASK)
    return tuple(dataset for dataset in collection.datasets(actor) if _may_see(actor, dataset))


def periods(actor: Actor, dataset: str, variable: str | None = None) -> tuple[str, ...]:
    """List, sorted, the periods with facts of a data set that the actor may see, or of one variable."""
    require(actor, ASK)
    reader = engines.duckdb.reader(delta.folder())
    if reader is None or visible(actor, dataset) is None:
        return ()
    return tuple(reader.table(engines.plan.periods(dataset, variable))["period"])


def years(actor: Actor, dataset: str) -> tuple[str, ...]:
    """List, sorted, the calendar years among the periods of a data set that the actor may see."""
    told = ((one, calendar.parse(one)) for one in periods(actor, dataset))
    return tuple(one for one, at in told if at is not None and at.frequency is calendar.Frequency.YEAR)


def status(actor: Actor) -> Status:
    """How far the facts are: mark, counts, newest change, the data sets that the actor may see.

    Counts are over all facts; they tell nothing about any one.
    """
    require(actor, ASK)
    reader = engines.duckdb.reader(delta.folder())
    if reader is None:
        return Status(None, findings=(EMPTY,))
    facts, newest = reader.table(engines.plan.overview()).row(0)
    (superseded,) = reader.table(engines.plan.superseded()).row(0)
    visible = {dataset.code for dataset in open_datasets(actor)}
    return Status(
        mark=reader.mark,
        facts=facts,
        superseded=superseded,
        newest_change=newest,
        datasets=tuple(code for code in reader.table(engines.plan.datasets())["dataset"] if code in visible),
        version_current=reader.version,
        version_history=reader.version_history,
    )


def _may_see(actor: Actor, dataset: DataSet, query: Query | None = None) -> bool:
    """Whether the actor may see a data set at all, or, with a query, in every region that it asks about."""
    if is_open(dataset) or actor.may(ASK_ALL, dataset=dataset.code):
        return True
    if query is None:
        return any(not grant.datasets or dataset.code in grant.datasets for grant in actor.holding(ASK_ALL))
    asked = query.codes or (query.under or "",)
    return all(actor.may(ASK_ALL, region=dotted(code), dataset=dataset.code) for code in asked)


def visible(actor: Actor, code: str, query: Query | None = None) -> DataSet | None:
    """Give a data set that the actor may see at all, or, with a query, wherever it asks."""
    dataset = collection.dataset(actor, code)
    return dataset if dataset is not None and _may_see(actor, dataset, query) else None


def variables_of(actor: Actor, dataset: DataSet, codes: Iterable[str]) -> Mapping[str, Variable]:
    """Give variables of a data set by code, and those from which they are recomputed."""
    found = {one.code: one for one in collection.variables(actor, dataset.code, set(codes))}
    more = set(needed(found.values())) - found.keys()
    own = collection.variables(actor, dataset.code, more) if more else ()
    return found | {one.code: one for one in own}


def _instant(query: Query) -> datetime | None:
    """Give the first moment (UTC) that the answer does not know."""
    return end_of_day(query.as_of) if query.as_of else None


def _shared(query: Query) -> Query:
    """Leave out what names the areas of a query, so that all areas share one statement."""
    return replace(
        query,
        under=None,
        codes=None,
        level=Level.VILLAGE,
        unit=Level.VILLAGE,
        kinds=(),
        as_of=None,
        measure=None,
        vintage=AS_REPORTED,
    )


def _statement(query: Query, measure: str) -> str:
    """Write the SQL of the query."""
    return engines.plan.statement(_shared(query), measure, _instant(query))


def areas_asked(actor: Actor, query: Query) -> Areas:
    """Give the areas of a query in today's register, and who reports for them."""
    return _areas(regions.register_version(actor), _areas_of(query))[0]


def _areas_of(query: Query) -> Query:
    """Keep the part of the query that chooses its areas: queries about other variables share it.

    Of the data set it is kept whether it is that of example villages, which then stand for the real ones.
    """
    return replace(
        query,
        dataset=EXAMPLES if query.dataset == EXAMPLES else "",
        variables=(),
        periods=None,
        breakdown=TOTAL,
        measure=None,
        as_of=None,
        vintage=AS_REPORTED,
        least_level=None,
    )


@lru_cache(maxsize=512)
def _areas(
    register: str,  # noqa: ARG001 - part of the cache's key
    query: Query,
    day: date | None = None,
    *,
    as_today: bool = False,
    known: datetime | None = None,
) -> tuple[Areas, pa.Table]:
    """Choose the areas of a query in one version of the register, and its units as Arrow.

    `day`: the areas of a day, `None` = today's; `as_today`: under the codes of today; `known`: as they were
    known before a moment. Codes of the query are today's public codes; where an area had another one then,
    that is looked up.
    Read once for everybody: who may read the register was decided when its version was asked for.
    """
    today = regions.dimension(OPERATOR, examples=query.dataset == EXAMPLES)
    if day is None:
        areas = choose(today, query)
        return areas, areas.units.to_arrow()
    frame = regions.dimension_on(OPERATOR, day, as_today=as_today, known_before=known)
    then = dict(
        today.select("code", "region_id")
        .join(frame.select("region_id", then="code"), on="region_id")
        .select("code", "then")
        .iter_rows()
    )
    codes = None if query.codes is None else tuple(_then(code, then) for code in query.codes)
    under = None if query.under is None else _then(query.under, then)
    areas = choose(frame, replace(query, codes=codes, under=under))
    return areas, areas.units.to_arrow()


def _then(code: str, codes: Mapping[str, str]) -> str:
    """Give the code that an area had, by its code of today; one that means nothing today stays as it is."""
    return codes.get(dotted(code) or code, code)


def evaluate(
    actor: Actor, cases: Sequence[Case], engine: Engine
) -> tuple[list[Verdict], tuple[Finding, ...]]:
    """Judge cases of `checks` with any of the evaluators; the room that knows the engines lends its own."""
    match engine:
        case Engine.WAREHOUSE:
            return checks.evaluate(actor, cases, engines.expressions.evaluate), ()
        case Engine.JAVASCRIPT:
            try:
                with engines.device.Device() as node:
                    return checks.evaluate(actor, cases, node.evaluate), ()
            except engines.device.NoNode:
                return [], (NO_NODE,)
        case _:
            return checks.evaluate(actor, cases, checks.Pure(engine.value)), ()
