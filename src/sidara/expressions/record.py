"""Evaluates an expression on one record: exact fractions, Kleene logic, null for what is not known.

A record holds the value of each name; of a bound expression also the rows of its lists (`None` for a list
that is not filled) and its look-up tables, under their names.
"""

import calendar
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sidara.expressions.nodes import Constant, Name, Node, Operation, Operator, Rooted

type Value = Fraction | str | bool | date | None
type Given = int | Decimal | Fraction | str | bool | date | None
type Record = Mapping[str, Any]
"""Name -> `Given`; list -> its rows (records) or `None`; table -> key -> figure."""
type Evaluator = Callable[[Record], Value]


def to_python(expression: Rooted) -> Evaluator:
    """Give a function from a record (name -> int, Decimal, Fraction, text, bool, day or None) to the value.

    Numbers come out as `Fraction`. Every name of the expression must be a key of the record; binary
    floats are refused (`TypeError`): they are not what was written.
    """
    return evaluator(expression.root)


def exact(value: object) -> Value:
    """Give a value as evaluators carry it: every number as a `Fraction`."""
    if isinstance(value, bool | str | date) or value is None:
        return value
    if isinstance(value, int | Decimal | Fraction):
        return Fraction(value)
    raise TypeError(f"{type(value).__name__} is not an exact value")


def evaluator(node: Node) -> Evaluator:  # noqa: PLR0911 - one case for each form of the language
    """Give the function of one node of the tree; see `to_python`."""
    match node:
        case Constant(value):
            return lambda _: value
        case Name(name):
            return lambda record: exact(record[name])
        case Operation(Operator.CASE, operands):
            return _case([evaluator(operand) for operand in operands])
        case Operation(Operator.LOOKUP, (Constant(str(table)), key)):
            return _lookup(table, evaluator(key))
        case Operation(Operator.COUNT_ROWS, (Constant(str(own)), condition)):
            return _sum_rows(own, lambda _: Fraction(1), evaluator(condition))
        case Operation(Operator.SUM_ROWS, (Constant(str(own)), summand, condition)):
            return _sum_rows(own, evaluator(summand), evaluator(condition))
        case Operation(operator, operands):
            parts = [evaluator(operand) for operand in operands]
            if operator in _LOOSE:
                loose = _LOOSE[operator]
                return lambda record: loose([part(record) for part in parts])
            strict = STRICT[operator]

            def value_of(record: Record) -> Value:
                values = [part(record) for part in parts]
                return None if None in values else strict(*values)

            return value_of


def _lookup(table: str, key: Evaluator) -> Evaluator:
    def value_of(record: Record) -> Value:
        wanted = key(record)
        return None if wanted is None else exact(record[table].get(wanted))

    return value_of


def _sum_rows(name: str, summand: Evaluator, condition: Evaluator) -> Evaluator:
    """Sum over the rows for which the condition is true; null where one of them is not known."""

    def value_of(record: Record) -> Value:
        rows: Sequence[Record] | None = record[name]
        if rows is None:
            return None
        inside = ({**record, **row} for row in rows)
        total = Fraction(0)
        for value in [summand(row) for row in inside if condition(row) is True]:
            if not isinstance(value, Fraction):
                return None
            total += value
        return total

    return value_of


def _case(parts: list[Evaluator]) -> Evaluator:
    branches = list(zip(parts[:-1:2], parts[1::2], strict=True))

    def value_of(record: Record) -> Value:
        chosen = next((value for condition, value in branches if condition(record) is True), parts[-1])
        return chosen(record)

    return value_of


def _and(values: list[Value]) -> Value:
    return False if False in values else None if None in values else True


def _or(values: list[Value]) -> Value:
    return True if True in values else None if None in values else False


def _in(values: list[Value]) -> Value:
    return _or([_equal(values[0], value) for value in values[1:]])


def _equal(left: Value, right: Value) -> Value:
    return None if left is None or right is None else left == right


_LOOSE: Mapping[Operator, Callable[[list[Value]], Value]] = {
    Operator.AND: _and,
    Operator.OR: _or,
    Operator.IN: _in,
    Operator.IS_NULL: lambda values: values[0] is None,
    Operator.COALESCE: lambda values: next((value for value in values if value is not None), None),
}
"""Operations that look at nulls themselves; in all others one null makes the whole null."""


def round_half_away(value: Fraction, places: Fraction) -> Fraction:
    """Round half away from zero to `places` decimals."""
    scale = 10 ** int(places)
    whole = (2 * abs(value) * scale + 1) // 2
    return Fraction(whole if value >= 0 else -whole, scale)


def _mod(left: Fraction, right: Fraction) -> Value:
    if right == 0:
        return None
    rest = abs(left) % abs(right)
    return rest if left >= 0 else -rest


def _near(left: Fraction, right: Fraction, absolute: Fraction, percent: Fraction) -> bool:
    distance = abs(left - right)
    return distance <= absolute or 100 * distance <= percent * abs(right)


FIRST_YEAR, LAST_YEAR = 1, 9999
"""The years of days; outside there is none."""


def _date(year: Fraction, month: Fraction, day: Fraction) -> Value:
    """Give the day; null where the calendar has none."""
    if any(part.denominator != 1 for part in (year, month, day)):
        return None
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    last = calendar.monthrange(int(year), int(month))[1]
    return date(int(year), int(month), int(day)) if 1 <= day <= last else None


def _add_months(day: date, months: Fraction) -> Value:
    """Go on by months; a day that the month lacks becomes its last. Null outside the calendar."""
    if months.denominator != 1:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + int(months), 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _has(chosen: str, option: str) -> bool:
    return f" {option} " in f" {chosen} "


STRICT: Mapping[Operator, Callable[..., Value]] = {
    Operator.ADD: lambda left, right: left + right,
    Operator.SUBTRACT: lambda left, right: left - right,
    Operator.MULTIPLY: lambda left, right: left * right,
    Operator.DIVIDE: lambda left, right: None if right == 0 else left / right,
    Operator.NEGATE: lambda value: -value,
    Operator.EQUAL: lambda left, right: left == right,
    Operator.UNEQUAL: lambda left, right: left != right,
    Operator.LESS: lambda left, right: left < right,
    Operator.LESS_OR_EQUAL: lambda left, right: left <= right,
    Operator.GREATER: lambda left, right: left > right,
    Operator.GREATER_OR_EQUAL: lambda left, right: left >= right,
    Operator.NOT: lambda value: not value,
    Operator.ABS: abs,
    Operator.ROUND: round_half_away,
    Operator.MOD: _mod,
    Operator.MIN_OF: lambda *values: min(values),
    Operator.MAX_OF: lambda *values: max(values),
    Operator.NEAR: _near,
    Operator.DATE: _date,
    Operator.ADD_MONTHS: _add_months,
    Operator.ADD_YEARS: lambda day, years: _add_months(day, 12 * years),
    Operator.HAS: _has,
}
"""Operations in which one null makes the whole null."""
