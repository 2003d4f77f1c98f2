"""Where a condition can change: the values of one answer at which a comparison turns, given the others.

A comparison of sums, products and quotients is the sign of a polynomial that is linear in each answer,
so in one answer it turns at one point only: `n / kk >= 0.004` turns at kk = n / 0.004.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import reduce

import polars as pl

from sidara.expressions.nodes import Constant, Name, Node, Operation, Operator
from sidara.indices.core.definition import NUMERIC, Input, InputType, Item

type Polynomial = Mapping[frozenset[str], Fraction]
type Quotient = tuple[Polynomial, Polynomial]

ONE: Polynomial = {frozenset(): Fraction(1)}
MOST = 10**12 - 1
"""The highest answer, in units of its last decimal (`answers.DIGITS` digits)."""

_LOGICAL = {Operator.AND, Operator.OR, Operator.NOT}
_COMPARING = {
    Operator.EQUAL,
    Operator.UNEQUAL,
    Operator.LESS,
    Operator.LESS_OR_EQUAL,
    Operator.GREATER,
    Operator.GREATER_OR_EQUAL,
    Operator.IN,
}


class NotLinear(ValueError):  # noqa: N818 - reads as the sentence it is
    """A condition of another form: where it turns is not known."""


def polynomials(item: Item, year: int) -> tuple[Polynomial, ...]:
    """Give the polynomials at whose zeros the item's rules of `year` can turn.

    Raises `NotLinear` for forms other than comparisons of sums, products and quotients in which no
    answer meets itself.
    """
    inputs = {one.name: one for one in item.inputs}
    derived = {one.name: one.expression.root for one in item.derived}
    found = [one for rule in item.rules_in(year) for one in _turning(rule.when.root, inputs, derived)]
    different = {frozenset(one.items()): one for one in found if _names(one)}
    return tuple(different.values())


def _names(polynomial: Polynomial) -> set[str]:
    return {name for names, factor in polynomial.items() if factor for name in names}


def _turning(node: Node, inputs: Mapping[str, Input], derived: Mapping[str, Node]) -> Iterator[Polynomial]:
    match node:
        case Constant() | Name():
            return
        case Operation(operator, operands) if operator in _LOGICAL:
            for operand in operands:
                yield from _turning(operand, inputs, derived)
        case Operation(operator, operands) if operator in _COMPARING:
            if any(_is_word(operand, inputs) for operand in operands):
                if not all(isinstance(operand, Constant | Name) for operand in operands):
                    raise NotLinear
                return
            first, *others = (_quotient(operand, derived) for operand in operands)
            for other in others:
                yield _added(_times(first[0], other[1]), _times(other[0], first[1]), Fraction(-1))
                yield first[1]
                yield other[1]
        case _:
            raise NotLinear


def _is_word(node: Node, inputs: Mapping[str, Input]) -> bool:
    match node:
        case Constant(value):
            return not isinstance(value, Fraction)
        case Name(name) if name in inputs:
            return inputs[name].type not in NUMERIC
        case _:
            return False


def _quotient(node: Node, derived: Mapping[str, Node]) -> Quotient:
    """Give a number as one polynomial over another."""
    match node:
        case Constant(value) if isinstance(value, Fraction):
            return {frozenset(): value}, ONE
        case Name(name) if name in derived:
            return _quotient(derived[name], derived)
        case Name(name):
            return {frozenset({name}): Fraction(1)}, ONE
        case Operation(Operator.NEGATE, (operand,)):
            above, below = _quotient(operand, derived)
            return _added({}, above, Fraction(-1)), below
        case Operation(operator, (left, right)) if operator in _ARITHMETIC:
            combine = _ARITHMETIC[operator]
            return combine(_quotient(left, derived), _quotient(right, derived))
        case _:
            raise NotLinear


def _sum(left: Quotient, right: Quotient, sign: int) -> Quotient:
    above = _added(_times(left[0], right[1]), _times(right[0], left[1]), Fraction(sign))
    return above, _times(left[1], right[1])


_ARITHMETIC: Mapping[Operator, Callable[[Quotient, Quotient], Quotient]] = {
    Operator.ADD: lambda left, right: _sum(left, right, 1),
    Operator.SUBTRACT: lambda left, right: _sum(left, right, -1),
    Operator.MULTIPLY: lambda left, right: (_times(left[0], right[0]), _times(left[1], right[1])),
    Operator.DIVIDE: lambda left, right: (_times(left[0], right[1]), _times(left[1], right[0])),
}


def _added(left: Polynomial, right: Polynomial, factor: Fraction) -> Polynomial:
    keys = dict.fromkeys((*left, *right))
    made = {key: left.get(key, Fraction(0)) + factor * right.get(key, Fraction(0)) for key in keys}
    return {key: value for key, value in made.items() if value}


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    made: dict[frozenset[str], Fraction] = {}
    for one, factor in left.items():
        for other, second in right.items():
            if one & other:
                raise NotLinear
            made[one | other] = made.get(one | other, Fraction(0)) + factor * second
    return made


def ends(one: Input) -> tuple[int, int]:
    """Give the lowest and highest answer of a number, in units of its last decimal."""
    scale = 10**one.decimals
    low = -MOST if one.minimum is None else int(one.minimum * scale)
    high = MOST if one.maximum is None else int(one.maximum * scale)
    return low, high


def extremes(one: Input) -> list[int]:
    """Give the ends of a number and what lies next to them."""
    low, high = ends(one)
    return sorted({low, min(low + 1, high), max(high - 1, low), high})


def candidates(
    one: Input, others: Iterable[Polynomial], pending: Mapping[str, Input], decimals: Mapping[str, int]
) -> pl.Expr:
    """Give, for each row that lacks `one`, answers among which every case of the rules occurs.

    `others` are the polynomials of the rules. The other answers stand in columns; where one of the
    `pending` is empty, too, it is tried at its extremes. A list column in the type of the answer's own
    column; where the answer is known, the list holds that alone.
    """
    own = pl.col(one.name)
    return pl.when(own.is_null()).then(_tried(one, others, pending, decimals)).otherwise(pl.concat_list(own))


def _tried(
    one: Input, others: Iterable[Polynomial], pending: Mapping[str, Input], decimals: Mapping[str, int]
) -> pl.Expr:
    match one.type:
        case InputType.YES_NO:
            return pl.concat_list(pl.lit(value=True), pl.lit(value=False))
        case InputType.CHOICE:
            return pl.concat_list(*(pl.lit(option) for option in one.choices))
    low, high = ends(one)
    scale = float(10**one.decimals)
    found = [pl.lit(value, dtype=pl.Int64) for value in extremes(one)]
    for polynomial in others:
        for known in _settings(_names(polynomial) - {one.name}, pending, decimals):
            slope = _value({k - {one.name}: v for k, v in polynomial.items() if one.name in k}, known)
            rest = _value({k: v for k, v in polynomial.items() if one.name not in k}, known)
            if slope is None:
                continue
            turn = (-rest if rest is not None else pl.lit(0.0)) / slope * scale
            near = pl.when(turn.is_finite()).then(turn.floor().clip(low, high)).cast(pl.Int64)
            found += [(near + step).clip(low, high) for step in (-1, 0, 1, 2)]
    return pl.concat_list(*found).list.drop_nulls().list.unique()


def _settings(
    names: Iterable[str], pending: Mapping[str, Input], decimals: Mapping[str, int]
) -> Iterator[dict[str, pl.Expr]]:
    """Every way to set the pending names, where they are empty, to their extremes; as doubles."""
    settings: list[dict[str, pl.Expr]] = [{}]
    for name in sorted(names):
        scale = float(10 ** decimals.get(name, 0))
        column = pl.col(name).cast(pl.Float64) / scale
        values = [column]
        if name in pending:
            values = [column.fill_null(value / scale) for value in extremes(pending[name])]
        settings = [setting | {name: value} for setting in settings for value in values]
    yield from settings


def _value(polynomial: Polynomial, known: Mapping[str, pl.Expr]) -> pl.Expr | None:
    parts = [
        reduce(lambda left, right: left * right, [pl.lit(float(factor)), *(known[name] for name in names)])
        for names, factor in polynomial.items()
    ]
    return reduce(lambda left, right: left + right, parts) if parts else None
