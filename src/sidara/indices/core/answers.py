"""Answers as they are read: text to truth, word or whole number, and the conditions that read them."""

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from operator import or_

import polars as pl

from sidara.expressions import Expression
from sidara.expressions.nodes import Constant, Name, Node, Operation, Operator
from sidara.indices.core import numbers
from sidara.indices.core.definition import NUMERIC, Derived, Input, InputType, Item, Version

YES, NO = ("ya", "ada", "true"), ("tidak", "false")
NOT_SAID = ""
"""What an optional choice is where it stays empty: none of its options."""
DIGITS = 12


def fits(one: Input, answer: pl.Expr) -> pl.Expr:
    """Whether a typed answer (see `typed`) is one that the input can have; null where there is none."""
    match one.type:
        case InputType.YES_NO:
            return answer.is_not_null()
        case InputType.CHOICE:
            known: pl.Expr = reduce(or_, (answer == option for option in one.choices))
            return known
        case _:
            inside: pl.Expr = answer.abs() < 10**DIGITS
            for limit, is_low in ((one.minimum, True), (one.maximum, False)):
                if limit is not None:
                    edge = int(limit * 10**one.decimals)
                    inside = inside & (answer >= edge if is_low else answer <= edge)
            return inside


def typed(one: Input, column: pl.Expr) -> pl.Expr:
    """Give the answer as Boolean, String, or whole number of `10**-decimals`; null where it is missing.

    A column that is typed already (truths, whole numbers) is taken as it is.
    """
    match one.type:
        case InputType.YES_NO:
            return column.map_batches(_truth, return_dtype=pl.Boolean)
        case InputType.CHOICE:
            return column.fill_null(NOT_SAID) if one.is_optional else column
        case _:
            return _number(one, column)


def _truth(series: pl.Series) -> pl.Series:
    """Read the words as they are mostly written, and only where some are left in any case."""
    if series.dtype == pl.Boolean:
        return series
    truth = _said(series)
    return truth if truth.null_count() == series.null_count() else _said(series.str.to_lowercase())


def _said(series: pl.Series) -> pl.Series:
    yes, no = (reduce(or_, (series == word for word in words)) for words in (YES, NO))
    return yes.set(~(yes | no), None)


def _number(one: Input, column: pl.Expr) -> pl.Expr:
    """Give whole numbers of `10**-decimals`; a sign is read where the input can lie below zero."""
    if one.minimum is not None and one.minimum >= 0:
        return numbers.scaled(column, one.decimals)
    text = column.cast(pl.String)
    size = numbers.scaled(text.str.strip_prefix("-"), one.decimals)
    return pl.when(text.str.starts_with("-")).then(-size).otherwise(size)


def scales(version: Version) -> dict[str, int]:
    """Give the decimals of each numeric input, by name."""
    return {one.name: one.decimals for one in version.inputs if one.type in NUMERIC}


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
