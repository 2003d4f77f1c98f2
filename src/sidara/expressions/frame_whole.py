"""Whole numbers in the columns of a table in Polars: 64 bits where that is enough, else 128, else refused.

A constant always stands to the right of a column: left of a `when` that is true (or false) for all rows
Polars 2.1 takes it for the whole column and gives one row.
"""

from dataclasses import dataclass

import polars as pl

from sidara.expressions.width import NARROW, WIDE, too_wide


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number: a column or a constant, and the largest absolute value it can take."""

    value: pl.Expr | int
    bound: int

    @property
    def expr(self) -> pl.Expr:
        """The number as a column."""
        if isinstance(self.value, int):
            return pl.lit(self.value, dtype=pl.Int128 if self.bound >= NARROW else pl.Int64)
        return self.value

    def is_constant(self, number: int | None = None) -> bool:
        """Whether this is a constant (and that very number)."""
        return isinstance(self.value, int) and (number is None or self.value == number)


def same(one: Whole, other: Whole) -> bool:
    """Whether both are the same constant."""
    return isinstance(one.value, int) and other.is_constant(one.value)


def wide(value: pl.Expr, bound: int) -> pl.Expr:
    """Give a column in the width that its bound needs."""
    return value.cast(pl.Int128) if bound >= NARROW else value


def checked(bound: int) -> int:
    """Refuse what 128 bits might not hold."""
    if bound >= WIDE:
        raise too_wide()
    return bound


def times(left: Whole, right: Whole) -> Whole:
    """Multiply."""
    if left.is_constant() and not right.is_constant():
        left, right = right, left
    bound = checked(left.bound * right.bound)
    if isinstance(left.value, int) and isinstance(right.value, int):
        return Whole(left.value * right.value, bound)
    for one, other in ((left, right), (right, left)):
        if one.is_constant(1):
            return other
    return Whole(wide(left.expr, bound) * wide(right.expr, bound), bound)


def plus(left: Whole, right: Whole) -> Whole:
    """Add."""
    if left.is_constant() and not right.is_constant():
        left, right = right, left
    bound = checked(left.bound + right.bound)
    if isinstance(left.value, int) and isinstance(right.value, int):
        return Whole(left.value + right.value, bound)
    return Whole(wide(left.expr, bound) + wide(right.expr, bound), bound)


def negated(whole: Whole) -> Whole:
    """Change the sign; Polars 2.1 has no minus for 128 bits."""
    is_wide = whole.bound >= NARROW and not whole.is_constant()
    return Whole(whole.value * -1 if is_wide else -whole.value, whole.bound)


def absolute(whole: Whole) -> Whole:
    """Give the size."""
    return Whole(abs(whole.value) if isinstance(whole.value, int) else whole.value.abs(), whole.bound)


def known(number: int) -> Whole:
    """Give a constant."""
    return Whole(number, checked(abs(number)))


def widened(whole: Whole, bound: int) -> Whole:
    """Give the number in the width of another."""
    return Whole(whole.value if whole.is_constant() else wide(whole.expr, bound), bound)


def anchored(whole: Whole, column: Whole, bound: int) -> pl.Expr:
    """Give a whole number of that width as a column, as long as `column` where it is a constant."""
    if whole.is_constant() and not column.is_constant():
        return widened(column, bound).expr * 0 + Whole(whole.value, bound).expr
    return widened(whole, bound).expr


def sign(whole: Whole) -> Whole:
    """Give -1, 0 or 1."""
    value = whole.value
    return Whole((value > 0) - (value < 0) if isinstance(value, int) else value.sign(), 1)
