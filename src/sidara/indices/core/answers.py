"""From answers to item scores: the first rule that holds, and the span of what is still possible.

A missing answer leaves some rules undecided (null). Every undecided rule before the first one that holds
is possible, and so is that one: the lowest and the highest possible score follow for all rows at once.
"""

from collections.abc import Mapping
from fractions import Fraction

import polars as pl

from sidara import expressions
from sidara.expressions import Expression
from sidara.expressions.nodes import Constant, Name, Node, Operation, Operator
from sidara.indices.core import numbers
from sidara.indices.core.definition import Derived, Input, InputType, Item, Version

YES, NO = ("ya", "true"), ("tidak", "false")
DIGITS = 12


def readable(one: Input, column: pl.Expr) -> pl.Expr:
    """Whether the text is an answer that the input can have; null where it is empty."""
    match one.type:
        case InputType.YES_NO:
            return column.str.to_lowercase().is_in([*YES, *NO])
        case InputType.CHOICE:
            return column.is_in(list(one.options))
        case _:
            number = numbers.scaled(column, one.decimals)
            fits = number.is_not_null() & (number.abs() < 10**DIGITS)
            for limit, is_low in ((one.minimum, True), (one.maximum, False)):
                if limit is not None:
                    edge = int(limit * 10**one.decimals)
                    fits = fits & (number >= edge if is_low else number <= edge)
            return pl.when(column.is_not_null()).then(fits)


def typed(one: Input, column: pl.Expr) -> pl.Expr:
    """Give the answer as Boolean, String, or whole number of `10**-decimals`."""
    match one.type:
        case InputType.YES_NO:
            lower = column.str.to_lowercase()
            return (
                pl.when(lower.is_in(list(YES)))
                .then(pl.lit(value=True))
                .when(lower.is_in(list(NO)))
                .then(pl.lit(value=False))
            )
        case InputType.CHOICE:
            return column
        case _:
            return numbers.scaled(column, one.decimals)


def scales(version: Version) -> dict[str, int]:
    """Give the decimals of each numeric input, by name."""
    kinds = (InputType.INTEGER, InputType.NUMBER)
    return {one.name: one.decimals for one in version.inputs if one.type in kinds}


def resolved(item: Item, when: Expression) -> Expression:
    """Give the expression with derived names written out, so that it reads inputs only."""
    derived = {one.name: one for one in item.derived}
    root = _substituted(when.root, derived)
    kinds = dict(when.kinds) | {name: kind for one in item.derived for name, kind in one.expression.kinds}
    return Expression(when.text, root, when.kind, tuple(kinds.items()))


def _substituted(node: Node, derived: Mapping[str, Derived]) -> Node:
    match node:
        case Name(name) if name in derived:
            return _written_out(derived[name], derived)
        case Operation(operator, operands):
            return Operation(operator, tuple(_substituted(operand, derived) for operand in operands))
        case _:
            return node


def _written_out(one: Derived, derived: Mapping[str, Derived]) -> Node:
    """Give the derived expression; where all inputs are known and it is still null, its `when_absent`."""
    root = _substituted(one.expression.root, derived)
    if one.when_absent is None:
        return root
    known: Node = Constant(value=True)
    for name in one.expression.names:
        is_known = Operation(Operator.NOT, (Operation(Operator.IS_NULL, (Name(name),)),))
        known = Operation(Operator.AND, (known, is_known))
    absent = Operation(Operator.AND, (known, Operation(Operator.IS_NULL, (root,))))
    return Operation(Operator.CASE, (absent, Constant(Fraction(one.when_absent)), root))


def points(
    version: Version, frame: pl.DataFrame, year: int
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Scores of each item (null where undecided), the lowest and the highest possible ones.

    `frame` holds the typed inputs; all rows lie in years with the rules of `year`. Three frames of Int64
    columns named by item.
    """
    frame = frame.with_columns(pl.lit(year, dtype=pl.Int64).alias(expressions.PERIOD_YEAR))
    known = scales(version)
    low: dict[str, pl.Expr] = {}
    high: dict[str, pl.Expr] = {}
    for item in version.items:
        if item.measure is not None:
            low[item.code], high[item.code] = _measured(item)
        else:
            low[item.code], high[item.code] = _possible(item, year, known)
    lowest = frame.select(**low)
    highest = frame.select(**high)
    both = pl.concat([lowest, highest.rename(lambda name: f"high {name}")], how="horizontal")
    sure = both.select(
        pl.when(pl.col(item.code) == pl.col(f"high {item.code}")).then(pl.col(item.code)).alias(item.code)
        for item in version.items
    )
    return sure, lowest, highest


def _possible(item: Item, year: int, known: Mapping[str, int]) -> tuple[pl.Expr, pl.Expr]:
    is_done: pl.Expr | None = None
    possible = []
    for rule in item.rules_in(year):
        holds = expressions.to_polars(resolved(item, rule.when), known, digits=DIGITS)
        may_hold = holds.fill_null(value=True)
        still = may_hold if is_done is None else may_hold & ~is_done
        possible.append(pl.when(still).then(pl.lit(rule.score, dtype=pl.Int64)))
        does_hold = holds.fill_null(value=False)
        is_done = does_hold if is_done is None else does_hold | is_done
    return pl.min_horizontal(*possible), pl.max_horizontal(*possible)


def _measured(item: Item) -> tuple[pl.Expr, pl.Expr]:
    """Give a figure cut off at its ends; anything between them when it is not known."""
    if item.measure is None:
        raise TypeError(f"{item.code} has rules")
    scale = 10**item.decimals
    low, high = int(item.measure.minimum * scale), int(item.measure.maximum * scale)
    value = pl.col(item.inputs[0].name).clip(low, high)
    return value.fill_null(low), value.fill_null(high)
