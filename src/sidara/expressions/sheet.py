"""Bound expressions on a table in memory: what is read as a sheet, and its evaluation with Polars.

A sheet has one row a subject, with value and state of each slot in columns of their own (numbers as whole
numbers with a scale), and a table of rows for each list. Polars and the warehouse read the same sheets.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl

from sidara.expressions.binding import Bound, Slot
from sidara.expressions.folding import folded
from sidara.expressions.frame import Builder
from sidara.expressions.nodes import CONTEXT, LISTS, Constant, ExpressionFault, Kind, Name, Node, Operation
from sidara.expressions.record import Value, exact
from sidara.expressions.subject import Subject, Tables, cell_of
from sidara.expressions.width import MOST_DIGITS, NARROW, too_wide
from sidara.kernel.cell import Cell, State

RECORD = "record"
"""The column that ties rows of lists to their subject."""
_TYPES = {
    Kind.NUMBER: pl.Int64,
    Kind.TEXT: pl.String,
    Kind.BOOLEAN: pl.Boolean,
    Kind.DATE: pl.Date,
    None: pl.String,
}


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A sum over the rows of a list for which the condition holds; it stands as `key` in the tree."""

    key: str
    own_list: str
    summand: Node
    condition: Node


@dataclass(frozen=True, eq=False, slots=True)
class Sheet:
    """The frames of some subjects. `scales` and `digits` as `to_polars` takes them."""

    subjects: pl.DataFrame
    rows: Mapping[str, pl.DataFrame]
    kinds: Mapping[str, Kind | None]
    scales: Mapping[str, int]
    digits: int
    tables: Tables


def split(bound: Bound) -> tuple[Node, tuple[Aggregate, ...]]:
    """Take the sums over lists out of the tree; names stand for them. Constants are worked out."""
    found: list[Aggregate] = []

    def without(node: Node) -> Node:
        if not isinstance(node, Operation):
            return node
        if node.operator not in LISTS:
            return Operation(node.operator, tuple(without(operand) for operand in node.operands))
        name, *summand, condition = node.operands
        key = f"rows {len(found)}"
        made = summand[0] if summand else Constant(Fraction(1))
        own_list = str(name.value) if isinstance(name, Constant) else ""
        found.append(Aggregate(key, own_list, folded(made), folded(condition)))
        return Name(key)

    return folded(without(bound.root)), tuple(found)


def sheet(bound: Bound, subjects: Sequence[Subject], tables: Tables) -> Sheet:
    """Lay subjects out; refuses (`ExpressionFault`) figures of more digits than tables hold."""
    kinds: dict[str, Kind | None] = dict(CONTEXT)
    scales: dict[str, int] = {}
    columns = _columns(bound.cells, [[s.cell(slot) for s in subjects] for slot in bound.cells], kinds, scales)
    for name, kind in CONTEXT.items():
        given = [subject.context.get(name) for subject in subjects]
        columns.append(pl.Series(name, given, dtype=_TYPES[kind]))
    columns.append(pl.Series(RECORD, range(len(subjects)), dtype=pl.Int64))
    columns += [
        pl.Series(name, [subject.lists.get(name) is not None for subject in subjects], dtype=pl.Boolean)
        for name in bound.lists
    ]
    rows = {}
    for name in bound.lists:
        owned = [(at, row) for at, subject in enumerate(subjects) for row in subject.lists.get(name) or ()]
        slots = bound.columns(name)
        cells = [[cell_of(row, slot) for _, row in owned] for slot in slots]
        own = pl.Series(RECORD, [at for at, _ in owned], dtype=pl.Int64)
        rows[name] = pl.DataFrame([own, *_columns(slots, cells, kinds, scales)])
    frames = [pl.DataFrame(columns), *rows.values()]
    digits = max((digits_of(frame[name]) for frame in frames for name in scales if name in frame), default=1)
    if digits > MOST_DIGITS:
        raise too_wide()
    read = {name: tables.get(name, {}) for name in bound.tables}
    return Sheet(frames[0], rows, kinds, scales, digits, read)


def _columns(
    slots: Sequence[Slot], cells: list[list[Cell]], kinds: dict[str, Kind | None], scales: dict[str, int]
) -> list[pl.Series]:
    made = []
    for slot, given in zip(slots, cells, strict=True):
        values = [cell.value if cell.state is State.VALUE else None for cell in given]
        kind = slot.kind or next((_KINDS[type(value)] for value in values if value is not None), None)
        kinds |= {slot.key: kind, slot.state_key: Kind.TEXT}
        if kind is Kind.NUMBER:
            numbers = [exact(value) for value in values]
            scales[slot.key] = _scale(number for number in numbers if isinstance(number, Fraction))
            made.append(_scaled(slot.key, numbers, scales[slot.key]))
        else:
            made.append(pl.Series(slot.key, values, dtype=_TYPES[kind]))
        made.append(pl.Series(slot.state_key, [cell.state.value for cell in given], dtype=pl.String))
    return made


_KINDS = {bool: Kind.BOOLEAN, str: Kind.TEXT, Decimal: Kind.NUMBER, int: Kind.NUMBER, date: Kind.DATE}


def _scale(numbers: Iterable[Fraction]) -> int:
    """Give the decimals of the longest number; refuses what has more than tables hold."""
    most = 0
    for number in numbers:
        while (number * 10**most).denominator != 1:
            most += 1
            if most > MOST_DIGITS:
                raise too_wide()
    return most


def _scaled(name: str, numbers: Sequence[Value], scale: int) -> pl.Series:
    wholes = [int(number * 10**scale) if isinstance(number, Fraction) else None for number in numbers]
    if max((abs(whole) for whole in wholes if whole is not None), default=0) >= 10**MOST_DIGITS:
        raise too_wide()
    return pl.Series(name, wholes, dtype=pl.Int64)


def digits_of(column: pl.Series) -> int:
    """Give how many digits the largest whole number of a column has."""
    largest = max(abs(int(column.max() or 0)), abs(int(column.min() or 0)))  # type: ignore[arg-type]  # Int64
    return len(str(largest))


def evaluate(bound: Bound, subjects: Sequence[Subject], tables: Tables) -> list[Value]:
    """Evaluate a bound expression on a table of subjects with Polars.

    Refuses (`ExpressionFault`) what could overflow 128 bits.
    """
    return values_of(evaluate_sheet(bound, sheet(bound, subjects, tables)), bound.kind)


def values_of(found: pl.DataFrame, kind: Kind | None) -> list[Value]:
    """Give the values that `evaluate_sheet` found, numbers as ratios."""
    if kind is not Kind.NUMBER:
        return [exact(one) for one in found["value"]]
    pairs = zip(found["numerator"], found["denominator"], strict=True)
    return [None if above is None else Fraction(above, below) for above, below in pairs]


def evaluate_sheet(bound: Bound, given: Sheet) -> pl.DataFrame:
    """Evaluate a bound expression on a sheet: `RECORD` and `value`, of a number `numerator`, `denominator`.

    Refuses (`ExpressionFault`) what could overflow 128 bits.
    """
    root, aggregates = split(bound)
    frame = given.subjects.with_columns(_readings(bound.cells))
    sizes: dict[str, tuple[int, int]] = {}
    for aggregate in aggregates:
        rows = given.rows[aggregate.own_list].with_columns(_readings(bound.columns(aggregate.own_list)))
        rows = rows.join(frame, on=RECORD, how="left")
        builder = _builder(given, {})
        bound_of_one, denominator = builder.size(aggregate.summand)
        sizes[aggregate.key] = (bound_of_one * max(1, len(rows)), denominator)
        summed = _summed(rows, aggregate, builder)
        width = pl.Int128 if sizes[aggregate.key][0] >= NARROW else pl.Int64
        filled = _filled(aggregate).cast(width)
        frame = frame.join(summed, on=RECORD, how="left", maintain_order="left").with_columns(filled)
    builder = _builder(given, sizes)
    if bound.kind is Kind.NUMBER:
        numerator, denominator_column = builder.ratio(root)
        return frame.select(RECORD, numerator=numerator, denominator=denominator_column)
    return frame.select(RECORD, value=builder.plain(root))


@dataclass(frozen=True, eq=False, slots=True)
class Laid:
    """Columns that many expressions read together: the frame, and of each number its scale and digits."""

    subjects: pl.DataFrame
    kinds: Mapping[str, Kind | None]
    scales: Mapping[str, int]
    digits: Mapping[str, int]
    tables: Tables


def truths_together(bounds: Sequence[Bound], given: Laid) -> list[pl.Series | None]:
    """Evaluate truths over the same subjects at once, as `evaluate_sheet` does one by one; without lists.

    Slots of the same key are the same. `None` where 128 bits could overflow: `evaluate_sheet` refuses it.
    """
    slots = {slot.key: slot for bound in bounds for slot in bound.cells}
    made: dict[str, pl.Expr] = {}
    for number, bound in enumerate(bounds):
        digits = max((given.digits[one.key] for one in bound.cells if one.key in given.digits), default=1)
        try:
            value = Builder(given.kinds, given.scales, digits, {}, given.tables).plain(folded(bound.root))
        except ExpressionFault:
            continue
        made[f"value {number}"] = value.cast(pl.Boolean)
    frame = given.subjects.with_columns(_readings(tuple(slots.values())))
    found = frame.select(RECORD, **made)
    return [found[name] if (name := f"value {number}") in made else None for number in range(len(bounds))]


def _builder(given: Sheet, sizes: Mapping[str, tuple[int, int]]) -> Builder:
    kinds = {**given.kinds, **dict.fromkeys(sizes, Kind.NUMBER)}
    return Builder(kinds, given.scales, given.digits, sizes, given.tables)


def _readings(slots: Sequence[Slot]) -> list[pl.Expr]:
    """Read cells by their state: what does not exist is 0 where it adds up, else null without a value."""
    made = []
    for slot in slots:
        state, value = pl.col(slot.state_key), pl.col(slot.key)
        reading: pl.Expr = pl.when(state == State.VALUE.value).then(value)
        if slot.reads_zero:
            reading = pl.when(state != State.NONE.value).then(reading).otherwise(pl.lit(0, dtype=pl.Int64))
        made.append(reading.alias(slot.key))
    return made


def _summed(rows: pl.DataFrame, aggregate: Aggregate, builder: Builder) -> pl.DataFrame:
    """Sum what the condition holds for, by subject; null where a summand is null."""
    condition = builder.plain(aggregate.condition).cast(pl.Boolean)
    summand, _ = builder.ratio(aggregate.summand)
    column = pl.col(RECORD) * 0
    counted = rows.select(RECORD, holds=(column == 0) & condition, summand=column + summand)
    counted = counted.filter(pl.col("holds"))
    total = pl.col("summand").cast(pl.Int128).sum()
    return (
        counted.group_by(RECORD)
        .agg(pl.when(pl.col("summand").null_count() == 0).then(total).alias(aggregate.key), found=pl.lit(1))
        .select(RECORD, aggregate.key, pl.lit(1).alias(f"{aggregate.key} found"))
    )


def _filled(aggregate: Aggregate) -> pl.Expr:
    """Give 0 where no row counts, null where the list is not filled."""
    key = pl.col(aggregate.key)
    none = pl.col(f"{aggregate.key} found").is_null()
    value = pl.when(none).then(pl.lit(0, dtype=pl.Int128)).otherwise(key)
    return pl.when(pl.col(aggregate.own_list)).then(value).alias(aggregate.key)
