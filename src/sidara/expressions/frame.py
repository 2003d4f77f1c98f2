"""Evaluates an expression on a table in memory with Polars, exactly as `record` does on one record.

A number is carried as a ratio of whole numbers with a positive denominator; comparisons cross-multiply,
so no decimal is ever turned into a binary float. Sizes are followed while the expression is built: it
stays in 64 bits where that is enough, goes to 128 where needed, and is refused where 128 could overflow.
A constant always stands to the right of a column: left of a `when` that is true (or false) for all rows
Polars 2.1 takes it for the whole column and gives one row.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import reduce

import polars as pl

from sidara.expressions import frame_days as days
from sidara.expressions.folding import folded
from sidara.expressions.frame_whole import (
    Whole,
    absolute,
    anchored,
    checked,
    known,
    negated,
    plus,
    same,
    sign,
    times,
    wide,
    widened,
)
from sidara.expressions.nodes import (
    Constant,
    Expression,
    Kind,
    Name,
    Node,
    Operation,
    Operator,
)
from sidara.expressions.width import NARROW

MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class _Ratio:
    """An exact number. The numerator is null exactly where the number is null."""

    numerator: Whole
    denominator: Whole


type _Value = _Ratio | pl.Expr


def to_polars(
    expression: Expression, scales: Mapping[str, int] | None = None, *, digits: int = MOST_DIGITS
) -> pl.Expr:
    """Give a Polars expression: Boolean, String, or for numbers the nearest Float64 (for showing).

    Number columns hold whole numbers of at most `digits` digits; `scales` says for a name how many of
    them stand behind the decimal point (`{"jarak_km": 2}`: 1250 means 12.50). Comparisons inside are
    exact. Refuses with `ExpressionFault` where 128 bits could overflow.
    """
    builder = Builder(dict(expression.kinds), scales or {}, digits)
    root = folded(expression.root)
    return _nearest(builder.number(root)) if expression.kind is Kind.NUMBER else builder.plain(root)


def _nearest(value: _Ratio) -> pl.Expr:
    """Divide with one rounding; by a constant Polars multiplies with its reciprocal, which rounds twice."""
    number, divisor = value.numerator.expr.cast(pl.Float64), value.denominator.expr.cast(pl.Float64)
    column = divisor if value.numerator.is_constant() else number
    zero: pl.Expr = column * 0.0
    return (zero + number) / (zero + divisor)


def to_ratio(
    expression: Expression, scales: Mapping[str, int] | None = None, *, digits: int = MOST_DIGITS
) -> tuple[pl.Expr, pl.Expr]:
    """Give numerator and (positive) denominator of a number, exactly; see `to_polars`.

    Refuses (`TypeError`) an expression that gives no number.
    """
    if expression.kind is not Kind.NUMBER:
        raise TypeError(f"not a number: {expression.text}")
    return Builder(dict(expression.kinds), scales or {}, digits).ratio(folded(expression.root))


def _constant(number: Fraction) -> _Ratio:
    return _Ratio(known(number.numerator), known(number.denominator))


def _crossed(left: _Ratio, right: _Ratio) -> tuple[Whole, Whole]:
    """Give two whole numbers in the same order as the two ratios, of one width."""
    one, other = left.numerator, right.numerator
    if not same(left.denominator, right.denominator):
        one, other = times(one, right.denominator), times(other, left.denominator)
    bound = max(one.bound, other.bound)
    return widened(one, bound), widened(other, bound)


def _ratios_compared(operator: Operator, left: _Ratio, right: _Ratio) -> pl.Expr:
    one, other = _crossed(left, right)
    if one.is_constant() and not other.is_constant():
        return _COMPARISONS[_TURNED[operator]](other.expr, one.expr)
    return _COMPARISONS[operator](one.expr, other.expr)


def _add(left: _Ratio, right: _Ratio) -> _Ratio:
    if same(left.denominator, right.denominator):
        return _Ratio(plus(left.numerator, right.numerator), left.denominator)
    crossed = plus(times(left.numerator, right.denominator), times(right.numerator, left.denominator))
    return _Ratio(crossed, times(left.denominator, right.denominator))


def _subtract(left: _Ratio, right: _Ratio) -> _Ratio:
    return _add(left, _Ratio(negated(right.numerator), right.denominator))


def _multiply(left: _Ratio, right: _Ratio) -> _Ratio:
    return _Ratio(times(left.numerator, right.numerator), times(left.denominator, right.denominator))


def _divide(left: _Ratio, right: _Ratio) -> _Ratio:
    divisor = right.numerator
    if isinstance(divisor.value, int):
        if divisor.value == 0:
            return _Ratio(Whole(pl.lit(None, dtype=pl.Int64), 0), known(1))
        return _multiply(left, _turned(right))
    product = times(times(left.numerator, right.denominator), sign(divisor))
    numerator = Whole(pl.when(divisor.value != 0).then(product.expr), product.bound)
    return _Ratio(numerator, times(left.denominator, absolute(divisor)))


def _turned(ratio: _Ratio) -> _Ratio:
    """One divided by a ratio with a constant numerator other than 0."""
    whole = ratio.numerator.value
    upper = ratio.denominator if isinstance(whole, int) and whole > 0 else negated(ratio.denominator)
    return _Ratio(upper, absolute(ratio.numerator))


def _round(value: _Ratio, places: _Ratio) -> _Ratio:
    """Round half away from zero; `places` is a constant (the reader saw to that)."""
    scale = 10 ** int(places.numerator.value)  # type: ignore[arg-type]  # the parser lets constants through only
    twice = plus(times(absolute(value.numerator), known(2 * scale)), value.denominator)
    double = times(value.denominator, known(2))
    bound = max(twice.bound, double.bound)
    size: pl.Expr = anchored(twice, double, bound) // widened(double, bound).expr
    return _Ratio(times(Whole(size, twice.bound), sign(value.numerator)), known(scale))


def _mod(left: _Ratio, right: _Ratio) -> _Ratio:
    """Give what is left over, with the sign of the first; null for a divisor of 0."""
    one, other = times(left.numerator, right.denominator), times(right.numerator, left.denominator)
    bound = checked(max(one.bound, other.bound))
    dividend, divisor = anchored(one, other, bound), other.expr
    rest = pl.when(divisor != 0).then(dividend.sign() * (dividend.abs() % divisor.abs()))
    return _Ratio(Whole(rest, bound), times(left.denominator, right.denominator))


def _chosen(condition: pl.Expr, then: _Value, otherwise: _Value) -> _Value:
    """`then` where the condition is true, else (also where it is null) `otherwise`."""
    if isinstance(then, _Ratio) and isinstance(otherwise, _Ratio):
        then, otherwise = _alike(then, otherwise)
        parts = []
        for one, other in ((then.numerator, otherwise.numerator), (then.denominator, otherwise.denominator)):
            bound = max(one.bound, other.bound)
            picked = pl.when(condition).then(wide(one.expr, bound)).otherwise(wide(other.expr, bound))
            parts.append(one if same(one, other) else Whole(picked, bound))
        return _Ratio(*parts)
    return pl.when(condition).then(_plain(then)).otherwise(_plain(otherwise))


def _alike(left: _Ratio, right: _Ratio) -> tuple[_Ratio, _Ratio]:
    """Bring two numbers with constant denominators to one, so that a choice between them keeps it."""
    one, other = left.denominator.value, right.denominator.value
    if not isinstance(one, int) or not isinstance(other, int) or one == other:
        return left, right
    common = math.lcm(one, other)
    return _over(left, one, common), _over(right, other, common)


def _over(ratio: _Ratio, own: int, common: int) -> _Ratio:
    return _Ratio(times(ratio.numerator, known(common // own)), known(common))


def _plain(value: _Value) -> pl.Expr:
    """Give the column of a value that takes part in no arithmetic."""
    return value.numerator.expr if isinstance(value, _Ratio) else value


def _is_null(value: _Value) -> pl.Expr:
    return _plain(value).is_null()


def _least(left: _Ratio, right: _Ratio, *, greatest: bool) -> _Ratio:
    """Give the smaller (greater) of two; null when one is null."""
    takes_left = _ratios_compared(
        Operator.GREATER_OR_EQUAL if greatest else Operator.LESS_OR_EQUAL, left, right
    )
    chosen = _chosen(takes_left, left, right)
    if not isinstance(chosen, _Ratio):
        raise TypeError("a ratio is chosen among ratios")
    known = pl.when(takes_left.is_not_null()).then(chosen.numerator.expr)
    return _Ratio(Whole(known, chosen.numerator.bound), chosen.denominator)


def _near(left: _Ratio, right: _Ratio, most: _Ratio, percent: _Ratio) -> pl.Expr:
    difference = _subtract(left, right)
    distance = _Ratio(absolute(difference.numerator), difference.denominator)
    size = _Ratio(absolute(right.numerator), right.denominator)
    hundredfold = _multiply(distance, _constant(Fraction(100)))
    within = _ratios_compared(Operator.LESS_OR_EQUAL, distance, most)
    share = _ratios_compared(Operator.LESS_OR_EQUAL, hundredfold, _multiply(percent, size))
    return pl.when(within.is_not_null() & share.is_not_null()).then(within | share)


_COMPARISONS: Mapping[Operator, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    Operator.EQUAL: lambda left, right: left == right,
    Operator.UNEQUAL: lambda left, right: left != right,
    Operator.LESS: lambda left, right: left < right,
    Operator.LESS_OR_EQUAL: lambda left, right: left <= right,
    Operator.GREATER: lambda left, right: left > right,
    Operator.GREATER_OR_EQUAL: lambda left, right: left >= right,
}
_TURNED = {
    Operator.EQUAL: Operator.EQUAL,
    Operator.UNEQUAL: Operator.UNEQUAL,
    Operator.LESS: Operator.GREATER,
    Operator.LESS_OR_EQUAL: Operator.GREATER_OR_EQUAL,
    Operator.GREATER: Operator.LESS,
    Operator.GREATER_OR_EQUAL: Operator.LESS_OR_EQUAL,
}
"""The comparison that says the same with its sides exchanged."""
_ARITHMETIC: Mapping[Operator, Callable[..., _Value]] = {
    Operator.ADD: _add,
    Operator.SUBTRACT: _subtract,
    Operator.MULTIPLY: _multiply,
    Operator.DIVIDE: _divide,
    Operator.NEGATE: lambda value: _Ratio(negated(value.numerator), value.denominator),
    Operator.ABS: lambda value: _Ratio(absolute(value.numerator), value.denominator),
    Operator.ROUND: _round,
    Operator.MOD: _mod,
    Operator.NEAR: _near,
}


_DAYS = {Operator.DATE, Operator.ADD_MONTHS, Operator.ADD_YEARS}


def _value_of(node: Node) -> object:
    """Give the value of a constant, `None` for anything else."""
    return node.value if isinstance(node, Constant) else None


def _integer(value: _Ratio) -> pl.Expr | int | None:
    """Give a whole number; null where it is none."""
    number, divisor = value.numerator, value.denominator
    if isinstance(number.value, int) and isinstance(divisor.value, int):
        return number.value // divisor.value if number.value % divisor.value == 0 else None
    if divisor.is_constant(1):
        return number.expr
    bound = max(number.bound, divisor.bound)
    above, below = anchored(number, divisor, bound), widened(divisor, bound).expr
    return pl.when(above % below == 0).then(above // below)


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds the value of each node from the kinds of names, the scales and the size of columns.

    `sizes` gives largest absolute value and denominator of columns that are known better than by `digits`
    and `scales`; `tables` the look-up tables.
    """

    kinds: Mapping[str, Kind | None]
    scales: Mapping[str, int]
    digits: int
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)

    def plain(self, node: Node) -> pl.Expr:
        """Give the column of a value that is no number."""
        return _plain(self.value(node))

    def ratio(self, node: Node) -> tuple[pl.Expr, pl.Expr]:
        """Give numerator and denominator of a number."""
        value = self.number(node)
        return value.numerator.expr, value.denominator.expr

    def size(self, node: Node) -> tuple[int, int]:
        """Give the largest numerator and the denominator of a number; the reader saw that it is constant."""
        value = self.number(node)
        return value.numerator.bound, value.denominator.value  # type: ignore[return-value]  # constant

    def value(self, node: Node) -> _Value:
        """Give the value of a node."""
        match node:
            case Constant():
                return self._constant(node)
            case Name(name):
                return self._name(name)
            case Operation(operator, operands):
                return self._operation(operator, operands)

    def _constant(self, node: Constant) -> _Value:
        if isinstance(node.value, Fraction):
            return _constant(node.value)
        return pl.lit(node.value, dtype=pl.Null if node.value is None else None)

    def _name(self, name: str) -> _Value:
        if name in self.sizes:
            bound, denominator = self.sizes[name]
            return _Ratio(Whole(pl.col(name), bound), known(denominator))
        if self.kinds[name] is Kind.NUMBER or name in self.scales:
            column = pl.col(name).cast(pl.Int64)
            return _Ratio(Whole(column, 10**self.digits), known(10 ** self.scales.get(name, 0)))
        return pl.col(name)

    def number(self, node: Node) -> _Ratio:
        """Give the value where a number is needed: a bare null is a number that is not known."""
        value = self.value(node)
        return value if isinstance(value, _Ratio) else _Ratio(Whole(value.cast(pl.Int64), 0), known(1))

    def _truth(self, node: Node) -> pl.Expr:
        return _plain(self.value(node)).cast(pl.Boolean)

    def _truths(self, operands: tuple[Node, ...]) -> list[pl.Expr]:
        """Give the truths, constants last."""
        ordered = sorted(operands, key=lambda operand: isinstance(operand, Constant))
        return [self._truth(operand) for operand in ordered]

    def _operation(self, operator: Operator, operands: tuple[Node, ...]) -> _Value:  # noqa: C901, PLR0911 - one for each kind of operation
        if operator in _ARITHMETIC:
            return _ARITHMETIC[operator](*(self.number(operand) for operand in operands))
        if operator in _COMPARISONS:
            return self._compared(operator, operands[0], operands[1])
        if operator in _DAYS:
            return self._day(operator, operands)
        match operator:
            case Operator.HAS:
                return days.has(self.plain(operands[0]), str(_value_of(operands[1])))
            case Operator.LOOKUP:
                return self._lookup(self.tables[str(_value_of(operands[0]))], operands[1])
            case Operator.MIN_OF | Operator.MAX_OF:
                numbers = [self.number(operand) for operand in operands]
                greatest = operator is Operator.MAX_OF
                return reduce(lambda left, right: _least(left, right, greatest=greatest), numbers)
            case Operator.NOT:
                return ~self._truth(operands[0])
            case Operator.IS_NULL:
                return _is_null(self.value(operands[0]))
            case Operator.CASE:
                return self._case(operands)
            case Operator.COALESCE:
                values = self._alike(operands)
                return reduce(lambda rest, value: _chosen(_is_null(value), rest, value), reversed(values))
            case Operator.AND:
                return reduce(lambda left, right: left & right, self._truths(operands))
            case _:
                return reduce(lambda left, right: left | right, self._truths(operands))

    def _day(self, operator: Operator, operands: tuple[Node, ...]) -> pl.Expr:
        if operator is Operator.DATE:
            return days.day_of(*(_integer(self.number(operand)) for operand in operands))
        months = self.number(operands[1])
        if operator is Operator.ADD_YEARS:
            months = _multiply(months, _constant(Fraction(12)))
        day = _value_of(operands[0])
        return days.later(day if isinstance(day, date) else self.plain(operands[0]), _integer(months))

    def _lookup(self, table: Mapping[str, Fraction], key: Node) -> _Value:
        found = [table[name] for name in table]
        denominator = math.lcm(*(number.denominator for number in found))
        wholes = [int(number * denominator) for number in found]
        bound = max(map(abs, wholes), default=0)
        if isinstance(key, Constant) or not table:
            number = table.get(str(_value_of(key)))
            return self._constant(Constant(number))
        width = pl.Int128 if checked(bound) >= NARROW else pl.Int64
        figures = pl.Series(wholes, dtype=width)
        column = self.plain(key).replace_strict(list(table), figures, default=None, return_dtype=width)
        return _Ratio(Whole(column, bound), known(denominator))

    def _case(self, operands: tuple[Node, ...]) -> _Value:
        conditions = [self._truth(operand) for operand in operands[:-1:2]]
        *values, otherwise = self._alike((*operands[1::2], operands[-1]))
        pairs = zip(reversed(conditions), reversed(values), strict=True)
        return reduce(lambda rest, pair: _chosen(pair[0], pair[1], rest), pairs, otherwise)

    def _alike(self, operands: tuple[Node, ...]) -> list[_Value]:
        """Give the values as numbers when one of them is a number, else as they are."""
        values = [self.value(operand) for operand in operands]
        if any(isinstance(value, _Ratio) for value in values):
            return [self.number(operand) for operand in operands]
        return values

    def _compared(self, operator: Operator, left: Node, right: Node) -> pl.Expr:
        values = self._alike((left, right))
        match values:
            case [_Ratio() as one, _Ratio() as other]:
                return _ratios_compared(operator, one, other)
            case _:
                left_value, right_value = _plain(values[0]), _plain(values[1])
                if isinstance(left, Constant):
                    return _COMPARISONS[_TURNED[operator]](right_value, left_value)
                return _COMPARISONS[operator](left_value, right_value)
