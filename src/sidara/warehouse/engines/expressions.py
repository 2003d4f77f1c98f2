"""The fourth evaluator of expressions: Ibis on DuckDB, exact as the others.

Numbers are ratios of whole numbers of 128 bits (`HUGEINT` in DuckDB; Ibis knows no such type and takes them
for int64, which changes nothing in the SQL). Their sizes are followed while the expression is built; what
could overflow is refused. Columns get plain names, for DuckDB does not tell `a` from `A`.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache

import duckdb
import ibis
import polars as pl
from ibis.expr.types import Table

from sidara.expressions.binding import Bound, Slot
from sidara.expressions.nodes import Kind, Node
from sidara.expressions.record import Value, exact
from sidara.expressions.sheet import RECORD, Aggregate, Sheet, sheet, split
from sidara.expressions.subject import Subject, Tables
from sidara.kernel.cell import State
from sidara.warehouse.engines.columns import ONE, Columns

_TYPES = {
    Kind.NUMBER: "int64",
    Kind.TEXT: "string",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
    None: "string",
}


def evaluate(bound: Bound, subjects: Sequence[Subject], tables: Tables) -> list[Value]:
    """Evaluate a bound expression on a table of subjects in the warehouse.

    Refuses (`ExpressionFault`) what could overflow 128 bits.
    """
    root, aggregates = split(bound)
    given = sheet(bound, subjects, tables)
    keys = [*given.kinds, *given.rows, *(aggregate.key for aggregate in aggregates)]
    names = {key: f"c{number}" for number, key in enumerate(keys)} | {RECORD: RECORD}
    statement = str(ibis.to_sql(_plan(bound, root, aggregates, given, names), dialect="duckdb"))
    with _database().cursor() as cursor:
        for name, frame in {"subjects": given.subjects, **given.rows}.items():
            _register(cursor, names.get(name, name), frame.rename(lambda key: names[key]), given, names)
        rows = cursor.execute(statement).fetchall()
    if bound.kind is Kind.NUMBER:
        return [None if above is None else Fraction(above, below) for _, above, below in rows]
    return [exact(value) for _, value in rows]


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:", config={"threads": 1})


def _register(
    cursor: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, given: Sheet, names: Mapping[str, str]
) -> None:
    """Put a frame of a sheet before DuckDB, its numbers in 128 bits."""
    wide = {names[key] for key in given.scales}
    columns = [f"{column}::HUGEINT AS {column}" if column in wide else column for column in frame.columns]
    cursor.register(f"given_{name}", frame.to_arrow())
    cursor.execute(
        f"CREATE OR REPLACE TEMP VIEW view_{name} AS "  # noqa: S608 - names are our own
        f"SELECT {', '.join(columns)}, 1::HUGEINT AS {ONE} FROM given_{name}"
    )


def _table(name: str, frame: pl.DataFrame, given: Sheet, names: Mapping[str, str]) -> Table:
    """Say to Ibis what stands in a view."""
    types = {
        names[key]: "int64" if key == RECORD else "boolean" if key in given.rows else _TYPES[given.kinds[key]]
        for key in frame.columns
    }
    return ibis.table({**types, ONE: "int64"}, name=f"view_{name}")


def _plan(
    bound: Bound, root: Node, aggregates: tuple[Aggregate, ...], given: Sheet, names: Mapping[str, str]
) -> Table:
    table = _read(_table("subjects", given.subjects, given, names), bound.cells, names)
    sizes: dict[str, tuple[int, int]] = {}
    for aggregate in aggregates:
        frame = given.rows[aggregate.own_list]
        rows = _read(
            _table(names[aggregate.own_list], frame, given, names), bound.columns(aggregate.own_list), names
        )
        columns = Columns(rows.drop(ONE).join(table, RECORD), names, given, {})
        most, divisor = columns.size(aggregate.summand)
        sizes[aggregate.key] = (most * max(1, len(frame)), divisor)
        table = _with_sum(table, columns, aggregate, names)
    columns = Columns(table, names, given, sizes)
    if bound.kind is Kind.NUMBER:
        above, below = columns.ratio(root)
        return table.select(table[RECORD], above=above, below=below).order_by(RECORD)
    return table.select(table[RECORD], value=columns.plain(root)).order_by(RECORD)


def _read(table: Table, slots: Sequence[Slot], names: Mapping[str, str]) -> Table:
    """Read cells by their state: what does not exist is 0 where it adds up, else null without a value."""
    made = {}
    for slot in slots:
        state, value = table[names[slot.state_key]], table[names[slot.key]]
        branches = [(state == State.VALUE.value, value)]
        if slot.reads_zero:
            branches.append((state == State.NONE.value, ibis.literal(0, "int64")))
        made[names[slot.key]] = ibis.cases(*branches)
    return table.mutate(**made) if made else table


def _with_sum(table: Table, columns: Columns, aggregate: Aggregate, names: Mapping[str, str]) -> Table:
    """Add the sum over rows: 0 where none counts, null where a summand is null or the list is not filled."""
    above, _ = columns.ratio(aggregate.summand)
    counted = columns.table.select(
        columns.table[RECORD], summand=above, holds=columns.plain(aggregate.condition).cast("boolean")
    )
    counted = counted.filter(counted.holds)
    sums = counted.group_by(RECORD).aggregate(
        total=counted.summand.sum(), known=counted.summand.count(), counted=counted.count()
    )
    joined = table.left_join(sums.rename(owner=RECORD), table[RECORD] == sums[RECORD])
    is_filled = joined[names[aggregate.own_list]]
    total = ibis.cases(
        (~is_filled, ibis.null("int64")),
        (joined.counted.isnull(), ibis.literal(0, "int64")),
        (joined.known == joined.counted, joined.total),
    )
    kept = [joined[name] for name in table.columns]
    return joined.select(*kept, **{names[aggregate.key]: total})
