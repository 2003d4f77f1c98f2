"""From points to figures, for all villages at once and exactly.

A figure is a whole number over a constant denominator (IDM: n/6300) as long as only sums, means and
min-max stand below it; a geometric mean makes it a double. Nulls pass upwards: no figure without all
of its points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import ceil, floor, lcm

import polars as pl

from sidara.indices.core.definition import Aggregation, Item, Level, Version

NARROWEST = 2**7
NARROW = 2**30
WIDE = 2**60
"""Figures below `NARROW` are added in 32 bits, below `WIDE` in 64, else in 128."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of every row: `value` / `denominator`, or a double where there is no denominator."""

    value: pl.Expr
    denominator: int | None

    def as_float(self, common: int = 1) -> pl.Expr:
        """Give the nearest double. `common` is a factor that most numerators share with the denominator."""
        if self.denominator is None:
            return self.value
        plain = _quotient(self.value, self.denominator)
        if common == 1:
            return plain
        short = _quotient(self.value // _lit(common), self.denominator // common)
        return pl.when(self.value % _lit(common) == 0).then(short).otherwise(plain)

    def rounded(self, decimals: int) -> pl.Expr:
        """Give the figure in units of `10**-decimals`, rounded half up, a whole number."""
        scale = 10**decimals
        if self.denominator is None:
            nearest: pl.Expr = (self.value * scale + 0.5).floor()
            return nearest.cast(pl.Int64)
        twice = self.value.cast(pl.Int128) * (2 * scale) + _lit(self.denominator)
        whole: pl.Expr = twice // _lit(2 * self.denominator)
        return whole.cast(pl.Int64)


def _quotient(value: pl.Expr, denominator: int) -> pl.Expr:
    """Divide with one rounding; by a constant Polars multiplies with its reciprocal, which rounds twice."""
    number = value.cast(pl.Float64)
    divisor: pl.Expr = number * 0.0 + float(denominator)
    return number / divisor


def _lit(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.Int128)


def score_type(item: Item) -> type[pl.DataType]:
    """Give the type of the column that holds an item's score: eight bits where every score fits in them."""
    if item.measure is not None:
        return pl.Int64
    scores = [score for rule in item.rules for score in rule.possible]
    return pl.Int8 if min(scores) >= -NARROWEST and max(scores) < NARROWEST else pl.Int64


def highest(version: Version, level: Level) -> Fraction:
    """Give the highest figure that a level can reach."""
    if level.max is not None:
        return level.max
    return natural_highest(version, level) if level.aggregation is Aggregation.SUM else Fraction(1)


def natural_highest(version: Version, level: Level) -> Fraction:
    """Give the weighted sum of the highest of all that hangs on a level."""
    return sum((child.weight * _highest(version, child) for child in _children(version, level)), Fraction(0))


def _highest(version: Version, child: Item | Level) -> Fraction:
    return child.maximum if isinstance(child, Item) else highest(version, child)


def _children(version: Version, level: Level) -> tuple[Item | Level, ...]:
    return (*version.items_of(level.code), *version.levels_of(level.code))


def figure(version: Version, level: Level, given: Mapping[str, Figure] | None = None) -> Figure:
    """Give the figure of a level from point columns (named by item, whole numbers of `10**-decimals`).

    `given` replaces levels by figures that are known themselves, by code.
    """
    if given and level.code in given:
        return given[level.code]
    children = _children(version, level)
    figures = [_child_figure(version, child, given) for child in children]
    tops = [_highest(version, child) for child in children]
    weights = [child.weight for child in children]
    top = highest(version, level)
    if level.aggregation is Aggregation.GEOMETRIC:
        return _geometric(figures, tops, weights, top)
    constant = Fraction(0)
    match level.aggregation:
        case Aggregation.SUM:
            whole = sum((weight * one for weight, one in zip(weights, tops, strict=True)), Fraction(0))
            factors = [weight * top / whole for weight in weights]
        case Aggregation.MEAN:
            factors = [weight * top / (sum(weights) * one) for weight, one in zip(weights, tops, strict=True)]
        case _:
            low, high = level.goalposts or (Fraction(0), tops[0])
            factors = [top / (high - low)]
            constant = -low * top / (high - low)
    return _linear(figures, factors, constant, top)


def _child_figure(version: Version, child: Item | Level, given: Mapping[str, Figure] | None) -> Figure:
    if isinstance(child, Item):
        return Figure(pl.col(child.code), 10**child.decimals)
    return figure(version, child, given)


def _linear(figures: list[Figure], factors: list[Fraction], constant: Fraction, top: Fraction) -> Figure:
    """Add figures with exact factors over one denominator; doubles once one of them is a double."""
    if any(one.denominator is None for one in figures):
        parts = (one.as_float() * float(factor) for one, factor in zip(figures, factors, strict=True))
        return Figure(reduce(lambda left, right: left + right, parts) + float(constant), None)
    shares = [factor / (one.denominator or 1) for one, factor in zip(figures, factors, strict=True)]
    denominator = lcm(constant.denominator, *(share.denominator for share in shares))
    dtype = whole_type((abs(top) + abs(constant) + 1) * denominator)
    grouped: dict[int, list[pl.Expr]] = {}
    for one, share in zip(figures, shares, strict=True):
        grouped.setdefault(int(share * denominator), []).append(one.value.cast(dtype))
    sums = [
        reduce(lambda left, right: left + right, values) * pl.lit(factor, dtype=dtype)
        for factor, values in grouped.items()
    ]
    total = reduce(lambda left, right: left + right, sums)
    return Figure(
        total + pl.lit(int(constant * denominator), dtype=dtype) if constant else total, denominator
    )


def whole_type(bound: Fraction) -> type[pl.DataType]:
    """Give the narrowest type in which whole numbers up to `bound` are added without loss."""
    if bound < NARROW:
        return pl.Int32
    return pl.Int64 if bound < WIDE else pl.Int128


def _geometric(figures: list[Figure], tops: list[Fraction], weights: list[Fraction], top: Fraction) -> Figure:
    """Give the weighted geometric mean of shares of the highest, a double."""
    parts = (
        (one.as_float() / float(highest_one)) ** float(weight / sum(weights))
        for one, highest_one, weight in zip(figures, tops, weights, strict=True)
    )
    return Figure(reduce(lambda left, right: left * right, parts) * float(top), None)


def class_position(version: Version, index: Figure) -> pl.Expr:
    """Give the place of the status (0 = lowest) after rounding, null without a figure."""
    limits = [_least_units(version, at) for at in range(1, len(version.thresholds.classes))]
    decimals = version.thresholds.decimals
    if index.denominator is None:
        rounded = index.rounded(decimals)
        above = [rounded >= units for units in limits]
    else:
        least = [_least_value(units, index.denominator, 10**decimals) for units in limits]
        above = [index.value >= pl.lit(value, dtype=whole_type(Fraction(value))) for value in least]
    return reduce(lambda left, right: left + right, (one.cast(pl.Int64) for one in above))


def _least_units(version: Version, position: int) -> int:
    """Give the least rounded figure, in units of the last decimal, of the class at `position` (above 0)."""
    lower, upper = version.thresholds.classes[position - 1 : position + 1]
    scale: int = 10**version.thresholds.decimals
    if version.thresholds.is_upper_closed:
        return floor((lower.maximum or Fraction(0)) * scale) + 1
    return ceil((upper.minimum or Fraction(0)) * scale)


def _least_value(units: int, denominator: int, scale: int) -> int:
    """Give the least whole number over `denominator` that rounds, half up, to `units` or more."""
    return -((denominator - 2 * units * denominator) // (2 * scale))


def bounds(version: Version, year: int) -> tuple[dict[str, int], dict[str, int]]:
    """Give the lowest and the highest points of each item under the rules of `year`, by item."""
    low: dict[str, int] = {}
    high: dict[str, int] = {}
    for item in version.items:
        if item.measure is not None:
            scale = 10**item.decimals
            low[item.code] = int(item.measure.minimum * scale)
            high[item.code] = int(item.measure.maximum * scale)
        else:
            scores = item.scores_in(year)
            low[item.code], high[item.code] = scores[0], scores[-1]
    return low, high


def shares(version: Version) -> dict[str, Fraction] | None:
    """Give what a point of each item adds to the index; `None` where that depends on the other items."""
    index = figure(version, version.top)
    if index.denominator is None:
        return None
    zeros = {item.code: 0 for item in version.items}
    frame = pl.DataFrame([zeros, *(zeros | {item.code: 10**item.decimals} for item in version.items)])
    before, *after = frame.select(index.value).to_series()
    return {
        item.code: Fraction(value - before, index.denominator)
        for item, value in zip(version.items, after, strict=True)
    }
