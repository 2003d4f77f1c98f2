"""Builds the columns of an expression in Ibis: ratios of whole numbers, truths, texts and days.

The counterpart of `expressions.frame`, on an engine with one width: 128 bits.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

import ibis
from ibis.expr.types import Table

from sidara.expressions.nodes import Constant, Kind, Name, Node, Operation, Operator
from sidara.expressions.record import FIRST_YEAR, LAST_YEAR
from sidara.expressions.sheet import Sheet
from sidara.expressions.width import WIDE, too_wide

ONE = "one"
"""A column that holds 1 in 128 bits; constants beyond 64 bits are made from it."""
_PIECE = 2**62


@ibis.udf.scalar.builtin(name="divide", signature=((int, int), int))  # type: ignore[untyped-decorator]  # Ibis
def _divide(above: int, below: int) -> int:  # type: ignore[empty-body]  # DuckDB has it
    """Divide whole numbers without a detour over binary floats."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """A whole number, a column or a constant, and the largest absolute value it can take."""

    value: Any
    most: int

    def __post_init__(self) -> None:
        """Refuse what could overflow."""
        if self.most >= WIDE:
            raise too_wide()

    @property
    def is_constant(self) -> bool:
        """Whether the number is known."""
        return isinstance(self.value, int)


@dataclass(frozen=True, slots=True)
class _Ratio:
    """An exact number; the numerator is null where the number is null, the denominator is positive."""

    above: _Whole
    below: _Whole


def _constant(number: Fraction) -> _Ratio:
    return _Ratio(_known(number.numerator), _known(number.denominator))


def _known(number: int) -> _Whole:
    return _Whole(number, abs(number))


def _same(one: _Whole, other: _Whole) -> bool:
    """Whether both are the same constant."""
    return one.is_constant and other.is_constant and bool(one.value == other.value)


_NO_NUMBER = _Ratio(_Whole(ibis.literal(1, "int64").nullif(1), 0), _known(1))
"""A number that is not known. No null literal: Ibis takes `x = null` for `x is null`."""
_COMPARISONS: Mapping[Operator, Callable[[Any, Any], Any]] = {
    Operator.EQUAL: lambda left, right: left == right,
    Operator.UNEQUAL: lambda left, right: left != right,
    Operator.LESS: lambda left, right: left < right,
    Operator.LESS_OR_EQUAL: lambda left, right: left <= right,
    Operator.GREATER: lambda left, right: left > right,
    Operator.GREATER_OR_EQUAL: lambda left, right: left >= right,
}
_DAYS = {Operator.DATE, Operator.ADD_MONTHS, Operator.ADD_YEARS}


class Columns:
    """Gives the column of each node over one table; `sizes` as in `expressions.frame.Builder`."""

    def __init__(
        self, table: Table, names: Mapping[str, str], given: Sheet, sizes: Mapping[str, tuple[int, int]]
    ) -> None:
        """Build over `table`, whose columns are called by `names`."""
        self.table = table
        self._names = names
        self._given = given
        self._sizes = sizes

    def ratio(self, node: Node) -> tuple[Any, Any]:
        """Give numerator and denominator of a number as columns."""
        value = self._number(node)
        return self._column(value.above), self._column(value.below)

    def size(self, node: Node) -> tuple[int, int]:
        """Give the largest numerator and the denominator of a number; the reader saw that it is constant."""
        value = self._number(node)
        return value.above.most, int(value.below.value)

    def plain(self, node: Node) -> Any:
        """Give the column of a truth, a text or a day; of a number its numerator, null where it is null."""
        value = self._value(node)
        return self._column(value.above) if isinstance(value, _Ratio) else value

    def _column(self, whole: _Whole) -> Any:
        return self._literal(whole.value) if whole.is_constant else whole.value

    def _literal(self, number: int) -> Any:
        """Write a constant; beyond 64 bits as a product with the wide 1."""
        if abs(number) < _PIECE:
            return ibis.literal(number, "int64")
        sign = 1 if number > 0 else -1
        upper, lower = divmod(abs(number), _PIECE)
        product = self.table[ONE] * self._literal(upper) * ibis.literal(_PIECE, "int64")
        return (product + ibis.literal(lower, "int64")) * ibis.literal(sign, "int64")

    def wide(self, whole: _Whole) -> Any:
        """Give a whole number as a column of 128 bits: what is made of constants alone would have 64."""
        if whole.is_constant and abs(whole.value) < _PIECE:
            return self.table[ONE] * self._literal(whole.value)
        return self._column(whole)

    def sign(self, whole: _Whole) -> _Whole:
        """Give -1, 0 or 1."""
        value = whole.value
        return _Whole((value > 0) - (value < 0) if whole.is_constant else self.table[ONE] * value.sign(), 1)

    def _value(self, node: Node) -> Any:
        match node:
            case Constant(value):
                if isinstance(value, Fraction):
                    return _constant(value)
                return ibis.null() if value is None else ibis.literal(value)
            case Name(name):
                return self._name(name)
            case Operation(operator, operands):
                return self._operation(operator, operands)

    def _name(self, name: str) -> Any:
        column = self.table[self._names[name]]
        if name in self._sizes:
            most, divisor = self._sizes[name]
            return _Ratio(_Whole(column, most), _known(divisor))
        if self._given.kinds[name] is Kind.NUMBER:
            return _Ratio(_Whole(column, 10**self._given.digits), _known(10 ** self._given.scales[name]))
        return column

    def _number(self, node: Node) -> _Ratio:
        value = self._value(node)
        return value if isinstance(value, _Ratio) else _NO_NUMBER

    def _truth(self, node: Node) -> Any:
        return self.plain(node).cast("boolean")

    def _operation(self, operator: Operator, operands: tuple[Node, ...]) -> Any:  # noqa: C901, PLR0911 - one for each kind of operation
        if operator in _ARITHMETIC:
            return _ARITHMETIC[operator](self, *(self._number(operand) for operand in operands))
        if operator in _COMPARISONS:
            return self._compared(operator, operands)
        if operator in _DAYS:
            return self._day(operator, operands)
        match operator:
            case Operator.MIN_OF | Operator.MAX_OF:
                takes = Operator.LESS_OR_EQUAL if operator is Operator.MIN_OF else Operator.GREATER_OR_EQUAL
                numbers = (self._number(operand) for operand in operands)
                return reduce(lambda left, right: self._extreme(takes, left, right), numbers)
            case Operator.NOT:
                return self._truth(operands[0]) == ibis.literal(
                    value=False
                )  # Ibis writes `NOT x IS NULL` bare
            case Operator.IS_NULL:
                return self.plain(operands[0]).isnull()
            case Operator.HAS:
                option = operands[1].value if isinstance(operands[1], Constant) else ""
                return (ibis.literal(" ") + self.plain(operands[0]) + " ").contains(f" {option} ")
            case Operator.LOOKUP:
                return self._lookup(operands)
            case Operator.CASE:
                *values, otherwise = self._alike((*operands[1::2], operands[-1]))
                pairs = zip(reversed(operands[:-1:2]), reversed(values), strict=True)
                return reduce(
                    lambda rest, pair: self._chosen(self._truth(pair[0]), pair[1], rest), pairs, otherwise
                )
            case Operator.COALESCE:
                values = self._alike(operands)
                return reduce(
                    lambda rest, value: self._chosen(self._is_null(value), rest, value), reversed(values)
                )
            case Operator.AND:
                return reduce(lambda left, right: left & right, map(self._truth, operands))
            case _:
                return reduce(lambda left, right: left | right, map(self._truth, operands))

    def _is_null(self, value: Any) -> Any:
        return (self._column(value.above) if isinstance(value, _Ratio) else value).isnull()

    def _alike(self, operands: tuple[Node, ...]) -> list[Any]:
        """Give the values as numbers when one of them is a number, else as they are."""
        values = [self._value(operand) for operand in operands]
        if any(isinstance(value, _Ratio) for value in values):
            return [value if isinstance(value, _Ratio) else _NO_NUMBER for value in values]
        return values

    def _chosen(self, condition: Any, then: Any, otherwise: Any) -> Any:
        """Give `then` where the condition is true, else (also where it is null) `otherwise`."""
        if not isinstance(then, _Ratio):
            return ibis.cases((condition, then), else_=otherwise)
        then, otherwise = self._over_one(then, otherwise)
        parts = []
        for one, other in ((then.above, otherwise.above), (then.below, otherwise.below)):
            if _same(one, other):
                parts.append(one)
            else:
                picked = ibis.cases((condition, self.wide(one)), else_=self.wide(other))
                parts.append(_Whole(picked, max(one.most, other.most)))
        return _Ratio(*parts)

    def _over_one(self, left: _Ratio, right: _Ratio) -> tuple[_Ratio, _Ratio]:
        """Bring two numbers with constant denominators to one, so that a choice between them keeps it."""
        if not (left.below.is_constant and right.below.is_constant) or _same(left.below, right.below):
            return left, right
        common = math.lcm(left.below.value, right.below.value)
        parts = (self.times(one.above, _known(common // one.below.value)) for one in (left, right))
        one, other = (_Ratio(above, _known(common)) for above in parts)
        return one, other

    def _compared(self, operator: Operator, operands: tuple[Node, ...]) -> Any:
        left, right = self._alike((operands[0], operands[1]))
        if not isinstance(left, _Ratio):
            return _COMPARISONS[operator](left, right)
        one, other = self.crossed(left, right)
        return _COMPARISONS[operator](self._column(one), self._column(other))

    def _extreme(self, takes_left: Operator, left: _Ratio, right: _Ratio) -> _Ratio:
        """Give one of two by a comparison; null when one is null."""
        one, other = (self._column(whole) for whole in self.crossed(left, right))
        is_left = _COMPARISONS[takes_left](one, other)
        chosen: _Ratio = self._chosen(is_left, left, right)
        known = ibis.cases((is_left.notnull(), self.wide(chosen.above)))
        return _Ratio(_Whole(known, chosen.above.most), chosen.below)

    def _lookup(self, operands: tuple[Node, ...]) -> _Ratio:
        table = self._given.tables[str(operands[0].value)] if isinstance(operands[0], Constant) else {}
        if not table:
            return _NO_NUMBER
        divisor = math.lcm(*(number.denominator for number in table.values()))
        wholes = {key: int(number * divisor) for key, number in table.items()}
        key = self.plain(operands[1]).cast("string")
        found = ibis.cases(*((key == name, self.wide(_known(whole))) for name, whole in wholes.items()))
        return _Ratio(_Whole(found, max(map(abs, wholes.values()))), _known(divisor))

    def _day(self, operator: Operator, operands: tuple[Node, ...]) -> Any:
        if operator is Operator.DATE:
            return _day_of(*(self._integer(self._number(operand)) for operand in operands))
        months = self._number(operands[1])
        if operator is Operator.ADD_YEARS:
            months = multiply(self, months, _constant(Fraction(12)))
        day = self.plain(operands[0]).cast("date")
        total = self._integer(months) + (day.year() * 12 + day.month() - 1)
        is_inside = (total >= FIRST_YEAR * 12) & (total <= LAST_YEAR * 12 + 11)
        total = ibis.cases((is_inside, total), else_=FIRST_YEAR * 12)
        year, month = _divide(total, 12), total % 12 + 1
        last = _last_day(year, month)
        kept = ibis.cases((day.day() <= last, day.day()), else_=last)
        return ibis.cases((is_inside, _day_of(year, month, kept)))

    def _integer(self, value: _Ratio) -> Any:
        """Give a whole number; null where it is none."""
        above, below = self._column(value.above), self._column(value.below)
        return ibis.cases((above % below == 0, _divide(above, below)))

    def times(self, left: _Whole, right: _Whole) -> _Whole:
        """Multiply whole numbers."""
        most = left.most * right.most
        if left.is_constant and right.is_constant:
            return _Whole(left.value * right.value, most)
        for one, other in ((left, right), (right, left)):
            if one.is_constant and one.value == 1:
                return other
        return _Whole(self._column(left) * self._column(right), most)

    def plus(self, left: _Whole, right: _Whole) -> _Whole:
        """Add whole numbers."""
        if left.is_constant and right.is_constant:
            return _Whole(left.value + right.value, left.most + right.most)
        return _Whole(self._column(left) + self._column(right), left.most + right.most)

    def crossed(self, left: _Ratio, right: _Ratio) -> tuple[_Whole, _Whole]:
        """Give two whole numbers in the same order as the two ratios."""
        if _same(left.below, right.below):
            return left.above, right.above
        return self.times(left.above, right.below), self.times(right.above, left.below)

    def quotient(self, above: _Whole, below: _Whole) -> Any:
        """Divide two whole numbers that are not negative, without the rest."""
        return _divide(self.wide(above), self._column(below))

    def column(self, whole: _Whole) -> Any:
        """Give a whole number as a column."""
        return self._column(whole)


def _absolute(whole: _Whole) -> _Whole:
    return _Whole(abs(whole.value) if whole.is_constant else whole.value.abs(), whole.most)


def _negated(whole: _Whole) -> _Whole:
    return _Whole(-whole.value, whole.most)


def add(columns: Columns, left: _Ratio, right: _Ratio) -> _Ratio:
    """Add."""
    if _same(left.below, right.below):
        return _Ratio(columns.plus(left.above, right.above), left.below)
    one, other = columns.crossed(left, right)
    return _Ratio(columns.plus(one, other), columns.times(left.below, right.below))


def _subtract(columns: Columns, left: _Ratio, right: _Ratio) -> _Ratio:
    return add(columns, left, _Ratio(_negated(right.above), right.below))


def multiply(columns: Columns, left: _Ratio, right: _Ratio) -> _Ratio:
    """Multiply."""
    return _Ratio(columns.times(left.above, right.above), columns.times(left.below, right.below))


def _quotient(columns: Columns, left: _Ratio, right: _Ratio) -> _Ratio:
    """Divide; null for a divisor of 0."""
    divisor = right.above
    if divisor.is_constant and divisor.value == 0:
        return _NO_NUMBER
    product = columns.times(columns.times(left.above, right.below), columns.sign(divisor))
    if not divisor.is_constant:
        product = _Whole(ibis.cases((divisor.value != 0, columns.column(product))), product.most)
    return _Ratio(product, columns.times(left.below, _absolute(divisor)))


def _round(columns: Columns, value: _Ratio, places: _Ratio) -> _Ratio:
    """Round half away from zero; `places` is a constant."""
    scale = 10 ** int(places.above.value)
    twice = columns.plus(columns.times(_absolute(value.above), _known(2 * scale)), value.below)
    size = columns.quotient(twice, columns.times(value.below, _known(2)))
    return _Ratio(columns.times(_Whole(size, twice.most), columns.sign(value.above)), _known(scale))


def _mod(columns: Columns, left: _Ratio, right: _Ratio) -> _Ratio:
    """Give what is left over, with the sign of the first; null for a divisor of 0."""
    one, other = columns.times(left.above, right.below), columns.times(right.above, left.below)
    dividend, divisor = columns.wide(one), columns.column(other)
    rest = ibis.cases((divisor != 0, dividend.sign() * (dividend.abs() % divisor.abs())))
    return _Ratio(_Whole(rest, max(one.most, other.most)), columns.times(left.below, right.below))


def _near(columns: Columns, left: _Ratio, right: _Ratio, most: _Ratio, percent: _Ratio) -> Any:
    difference = _subtract(columns, left, right)
    distance = _Ratio(_absolute(difference.above), difference.below)
    share = multiply(columns, percent, _Ratio(_absolute(right.above), right.below))
    hundredfold = multiply(columns, distance, _constant(Fraction(100)))
    parts = []
    for one, other in ((distance, most), (hundredfold, share)):
        left_part, right_part = columns.crossed(one, other)
        parts.append(columns.column(left_part) <= columns.column(right_part))
    within, inside = parts
    return ibis.cases((within.notnull() & inside.notnull(), within | inside))


_ARITHMETIC: Mapping[Operator, Callable[..., Any]] = {
    Operator.ADD: add,
    Operator.SUBTRACT: _subtract,
    Operator.MULTIPLY: multiply,
    Operator.DIVIDE: _quotient,
    Operator.NEGATE: lambda _, value: _Ratio(_negated(value.above), value.below),
    Operator.ABS: lambda _, value: _Ratio(_absolute(value.above), value.below),
    Operator.ROUND: _round,
    Operator.MOD: _mod,
    Operator.NEAR: _near,
}


def _last_day(year: Any, month: Any) -> Any:
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return ibis.cases(
        (month == 2, ibis.cases((is_leap, 29), else_=28)), (month.isin([4, 6, 9, 11]), 30), else_=31
    )


def _day_of(year: Any, month: Any, day: Any) -> Any:
    """Give the day; null where the calendar has none."""
    is_day = (
        (year >= FIRST_YEAR)
        & (year <= LAST_YEAR)
        & (month >= 1)
        & (month <= 12)
        & (day >= 1)
        & (day <= _last_day(year, month))
    )
    safe = (ibis.cases((is_day, part), else_=1).cast("int32") for part in (year, month, day))
    return ibis.cases((is_day, ibis.date(*safe)))
