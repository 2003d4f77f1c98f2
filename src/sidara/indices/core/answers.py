"""Answers as they are read: text to truth, word or whole number, and the conditions that read them."""

from collections.abc import Mapping
from fractions import Fraction

import polars as pl

from sidara.expressions import Expression
from sidara.expressions.nodes import Constant, Name, Node, Operation, Operator
from sidara.indices.core import numbers
from sidara.indices.core.definition import Derived, Input, InputType, Item, Version

YES, NO = ("ya", "ada", "true"), ("tidak", "false")
NOT_SAID = ""
"""What an optional choice is where it stays empty: none of its options."""
DIGITS = 12


def readable(one: Input, column: pl.Expr) -> pl.Expr:
    """Whether the text is an answer that the input can have; null where it is empty."""
    match one.type:
        case InputType.YES_NO:
            return column.str.to_lowercase().is_in([*YES, *NO])
        case InputType.CHOICE:
            return column.is_in(list(one.choices))
        case _:
            number = _number(one, column)
            fits = number.is_not_null() & (number.abs() < 10**DIGITS)
            for limit, is_low in ((one.minimum, True), (one.maximum, False)):
                if limit is not None:
                    edge = int(limit * 10**one.decimals)
                    fits = fits & (number >= edge if is_low else number <= edge)
            return pl.when(column.is_not_null()).then(fits)


def typed(one: Input, column: pl.Expr) -> pl.Expr:
    """Give the answer as Boolean, String, or whole number of `10**-decimals`; null where it is missing."""
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
            return column.fill_null(NOT_SAID) if one.is_optional else column
        case _:
            return _number(one, column)


def _number(one: Input, column: pl.Expr) -> pl.Expr:
    """Give whole numbers of `10**-decimals`; a sign is read where the input can lie below zero."""
    if one.minimum is not None and one.minimum >= 0:
        return numbers.scaled(column, one.decimals)
    size = numbers.scaled(column.str.strip_prefix("-"), one.decimals)
    return pl.when(column.str.starts_with("-")).then(-size).otherwise(size)


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
