"""Evaluates an expression on one record: exact fractions, Kleene logic, null for what is not known."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from sidara.expressions.nodes import Constant, Expression, Name, Node, Operation, Operator

type Value = Fraction | str | bool | None
type Given = int | Decimal | Fraction | str | bool | None
type Evaluator = Callable[[Mapping[str, Given]], Value]


def to_python(expression: Expression) -> Evaluator:
    """Give a function from a record (name -> int, Decimal, Fraction, text, bool or None) to the value.

    Numbers come out as `Fraction`. Every name of the expression must be a key of the record; binary
    floats are refused (`TypeError`): they are not what was written.
    """
    return evaluator(expression.root)


def _exact(value: Given) -> Value:
    if isinstance(value, float):
        raise TypeError("a binary float is not an exact value")
    if isinstance(value, bool | str) or value is None:
        return value
    return Fraction(value)


def evaluator(node: Node) -> Evaluator:
    """Give the function of one node of the tree; see `to_python`."""
    match node:
        case Constant(value):
            return lambda _: value
        case Name(name):
            return lambda record: _exact(record[name])
        case Operation(Operator.CASE, operands):
            return _case([evaluator(operand) for operand in operands])
        case Operation(operator, operands):
            parts = [evaluator(operand) for operand in operands]
            if operator in _LOOSE:
                loose = _LOOSE[operator]
                return lambda record: loose([part(record) for part in parts])
            strict = STRICT[operator]

            def value_of(record: Mapping[str, Given]) -> Value:
                values = [part(record) for part in parts]
                return None if None in values else strict(*values)

            return value_of


def _case(parts: list[Evaluator]) -> Evaluator:
    branches = list(zip(parts[:-1:2], parts[1::2], strict=True))

    def value_of(record: Mapping[str, Given]) -> Value:
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
    Operator.MIN_OF: min,
    Operator.MAX_OF: max,
    Operator.NEAR: _near,
}
"""Operations in which one null makes the whole null."""
