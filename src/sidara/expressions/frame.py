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
from sidara.expressions.nodes import (
    Constant,
    Expression,
    Kind,
    Name,
    Node,
    Operation,
    Operator,
)
from sidara.expressions.width import NARROW, WIDE, too_wide

MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class _Whole:
    """A whole number: a column or a constant, and the largest absolute value it can take."""

    value: pl.Expr | int
    bound: int

    @property
    def expr(self) -> pl.Expr:
        if isinstance(self.value, int):
            return pl.lit(self.value, dtype=pl.Int128 if self.bound >= NARROW else pl.Int64)
        return self.value

    def is_constant(self, number: int | None = None) -> bool:
        """Whether this is a constant (and that very number)."""
        return isinstance(self.value, int) and (number is None or self.value == number)


def _same(one: _Whole, other: _Whole) -> bool:
    """Whether both are the same constant."""
    return isinstance(one.value, int) and other.is_constant(one.value)


@dataclass(frozen=True, slots=True)
class _Ratio:
    """An exact number. The numerator is null exactly where the number is null."""

    numerator: _Whole
    denominator: _Whole


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


def _wide(value: pl.Expr, bound: int) -> pl.Expr:
    return value.cast(pl.Int128) if bound >= NARROW else value


def _checked(bound: int) -> int:
    if bound >= WIDE:
        raise too_wide()
    return bound


def _times(left: _Whole, right: _Whole) -> _Whole:
    if left.is_constant() and not right.is_constant():
        left, right = right, left
    bound = _checked(left.bound * right.bound)
    if isinstance(left.value, int) and isinstance(right.value, int):
        return _Whole(left.value * right.value, bound)
    for one, other in ((left, right), (right, left)):
        if one.is_constant(1):
            return other
    return _Whole(_wide(left.expr, bound) * _wide(right.expr, bound), bound)


def _sum(left: _Whole, right: _Whole) -> _Whole:
    if left.is_constant() and not right.is_constant():
        left, right = right, left
    bound = _checked(left.bound + right.bound)
    if isinstance(left.value, int) and isinstance(right.value, int):
        return _Whole(left.value + right.value, bound)
    return _Whole(_wide(left.expr, bound) + _wide(right.expr, bound), bound)


def _negated(whole: _Whole) -> _Whole:
    """Change the sign; Polars 2.1 has no minus for 128 bits."""
    is_wide = whole.bound >= NARROW and not whole.is_constant()
    return _Whole(whole.value * -1 if is_wide else -whole.value, whole.bound)


def _absolute(whole: _Whole) -> _Whole:
    return _Whole(abs(whole.value) if isinstance(whole.value, int) else whole.value.abs(), whole.bound)


def _constant(number: Fraction) -> _Ratio:
    return _Ratio(_whole(number.numerator), _whole(number.denominator))


def _whole(number: int) -> _Whole:
    return _Whole(number, abs(number))


def _crossed(left: _Ratio, right: _Ratio) -> tuple[_Whole, _Whole]:
    """Give two whole numbers in the same order as the two ratios, of one width."""
    one, other = _times(left.numerator, right.denominator), _times(right.numerator, left.denominator)
    bound = max(one.bound, other.bound)
    return _widened(one, bound), _widened(other, bound)


def _widened(whole: _Whole, bound: int) -> _Whole:
    return _Whole(whole.value if whole.is_constant() else _wide(whole.expr, bound), bound)


def _ratios_compared(operator: Operator, left: _Ratio, right: _Ratio) -> pl.Expr:
    one, other = _crossed(left, right)
    if one.is_constant() and not other.is_constant():
        return _COMPARISONS[_TURNED[operator]](other.expr, one.expr)
    return _COMPARISONS[operator](one.expr, other.expr)


def _add(left: _Ratio, right: _Ratio) -> _Ratio:
    if _same(left.denominator, right.denominator):
        return _Ratio(_sum(left.numerator, right.numerator), left.denominator)
    crossed = _sum(_times(left.numerator, right.denominator), _times(right.numerator, left.denominator))
    return _Ratio(crossed, _times(left.denominator, right.denominator))


def _subtract(left: _Ratio, right: _Ratio) -> _Ratio:
    return _add(left, _Ratio(_negated(right.numerator), right.denominator))


def _multiply(left: _Ratio, right: _Ratio) -> _Ratio:
    return _Ratio(_times(left.numerator, right.numerator), _times(left.denominator, right.denominator))


def _divide(left: _Ratio, right: _Ratio) -> _Ratio:
    divisor = right.numerator
    if isinstance(divisor.value, int):
        if divisor.value == 0:
            return _Ratio(_Whole(pl.lit(None, dtype=pl.Int64), 0), _whole(1))
        return _multiply(left, _turned(right))
    product = _times(_times(left.numerator, right.denominator), _sign(divisor))
    numerator = _Whole(pl.when(divisor.value != 0).then(product.expr), product.bound)
    return _Ratio(numerator, _times(left.denominator, _absolute(divisor)))


def _turned(ratio: _Ratio) -> _Ratio:
    """One divided by a ratio with a constant numerator other than 0."""
    whole = ratio.numerator.value
    upper = ratio.denominator if isinstance(whole, int) and whole > 0 else _negated(ratio.denominator)
    return _Ratio(upper, _absolute(ratio.numerator))


def _round(value: _Ratio, places: _Ratio) -> _Ratio:
    """Round half away from zero; `places` is a constant (the reader saw to that)."""
    scale = 10 ** int(places.numerator.value)  # type: ignore[arg-type]  # the parser lets constants through only
    twice = _sum(_times(_absolute(value.numerator), _whole(2 * scale)), value.denominator)
    double = _times(value.denominator, _whole(2))
    bound = max(twice.bound, double.bound)
    size: pl.Expr = _anchored(twice, double, bound) // _widened(double, bound).expr
    return _Ratio(_times(_Whole(size, twice.bound), _sign(value.numerator)), _whole(scale))


def _anchored(whole: _Whole, column: _Whole, bound: int) -> pl.Expr:
    """Give a whole number of that width as a column, as long as `column` where it is a constant."""
    if whole.is_constant() and not column.is_constant():
        return _widened(column, bound).expr * 0 + _Whole(whole.value, bound).expr
    return _widened(whole, bound).expr


def _sign(whole: _Whole) -> _Whole:
    value = whole.value
    return _Whole((value > 0) - (value < 0) if isinstance(value, int) else value.sign(), 1)


def _mod(left: _Ratio, right: _Ratio) -> _Ratio:
    """Give what is left over, with the sign of the first; null for a divisor of 0."""
    one, other = _crossed(left, right)
    bound = _checked(one.bound)
    dividend, divisor = _anchored(one, other, bound), other.expr
    rest = pl.when(divisor != 0).then(dividend.sign() * (dividend.abs() % divisor.abs()))
    return _Ratio(_Whole(rest, bound), _times(left.denominator, right.denominator))


def _chosen(condition: pl.Expr, then: _Value, otherwise: _Value) -> _Value:
    """`then` where the condition is true, else (also where it is null) `otherwise`."""
    if isinstance(then, _Ratio) and isinstance(otherwise, _Ratio):
        then, otherwise = _alike(then, otherwise)
        parts = []
        for one, other in ((then.numerator, otherwise.numerator), (then.denominator, otherwise.denominator)):
            bound = max(one.bound, other.bound)
            picked = pl.when(condition).then(_wide(one.expr, bound)).otherwise(_wide(other.expr, bound))
            parts.append(one if _same(one, other) else _Whole(picked, bound))
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
    return _Ratio(_times(ratio.numerator, _whole(common // own)), _whole(common))


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
    return _Ratio(_Whole(known, chosen.numerator.bound), chosen.denominator)


def _near(left: _Ratio, right: _Ratio, absolute: _Ratio, percent: _Ratio) -> pl.Expr:
    difference = _subtract(left, right)
    distance = _Ratio(_absolute(difference.numerator), difference.denominator)
    size = _Ratio(_absolute(right.numerator), right.denominator)
    hundredfold = _multiply(distance, _constant(Fraction(100)))
    within = _ratios_compared(Operator.LESS_OR_EQUAL, distance, absolute)
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
    Operator.NEGATE: lambda value: _Ratio(_negated(value.numerator), value.denominator),
    Operator.ABS: lambda value: _Ratio(_absolute(value.numerator), value.denominator),
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
    above, below = _anchored(number, divisor, bound), _widened(divisor, bound).expr
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
            return _Ratio(_Whole(pl.col(name), bound), _whole(denominator))
        if self.kinds[name] is Kind.NUMBER or name in self.scales:
            column = pl.col(name).cast(pl.Int64)
            return _Ratio(_Whole(column, 10**self.digits), _whole(10 ** self.scales.get(name, 0)))
        return pl.col(name)

    def number(self, node: Node) -> _Ratio:
        """Give the value where a number is needed: a bare null is a number that is not known."""
        value = self.value(node)
        return value if isinstance(value, _Ratio) else _Ratio(_Whole(value.cast(pl.Int64), 0), _whole(1))

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
        if bound >= NARROW:
            raise too_wide()
        column = self.plain(key).replace_strict(list(table), wholes, default=None, return_dtype=pl.Int64)
        return _Ratio(_Whole(column, bound), _whole(denominator))

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
