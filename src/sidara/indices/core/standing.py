"""Where villages stand: the score of each item, and how the index is made of scores, in whole numbers."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import polars as pl

from sidara.indices.core import keys, reading, spans, targets
from sidara.indices.core.definition import Definition, Item, Missing, Thresholds, Version
from sidara.indices.core.evaluate import Depth, depth_of, sides
from sidara.indices.core.lint import LAST_YEAR
from sidara.indices.core.scoring import figure
from sidara.tables import LINE


@dataclass(frozen=True, slots=True)
class Standing:
    """Rows of one version and one span of years, as they were written, and their scores by item.

    `sure` is null where a score is not known; `low` and `high` are what it can be at least and at most by
    itself; `worst` and `best` are scores that occur together in the lowest and the highest completion
    (whole numbers of `10**-decimals`). `reach`: what each item can be raised to (see `targets`). At the
    depth of sub-indices these have no columns.
    """

    version: Version
    year: int
    depth: Depth
    rows: pl.DataFrame
    sure: pl.DataFrame
    low: pl.DataFrame
    high: pl.DataFrame
    worst: pl.DataFrame
    best: pl.DataFrame
    reach: pl.DataFrame


def standings(definition: Definition, frame: pl.DataFrame, lines: Collection[int]) -> tuple[Standing, ...]:
    """Give the rows of a table (see `compute`) that were computed, by version and span of years."""
    frame = keys.with_keys(keys.with_codes(definition, frame)).filter(pl.col(LINE).is_in(list(lines)))
    found = []
    for version in definition.versions:
        depth = depth_of(version, frame.columns)
        for first, last in version.segments(LAST_YEAR):
            rows = frame.filter(pl.col(keys.YEAR_NUMBER).is_between(first, last))
            if depth is None or rows.is_empty():
                continue
            found.append(Standing(version, first, depth, rows, *_scores(version, depth, rows, first)))
    return tuple(found)


def _scores(version: Version, depth: Depth, rows: pl.DataFrame, year: int) -> tuple[pl.DataFrame, ...]:
    """Give the frames of a `Standing`, in its order."""
    if depth is Depth.SUB_INDICES:
        return (pl.DataFrame(),) * 6
    if depth is Depth.ITEMS:
        sure, low, high = sides(version, depth, rows, year)
        return sure, low, high, low, high, targets.of_scores(version, rows.height)
    given = reading.typed(version, rows)
    found = spans.points(version, given, year)
    reach = targets.of_answers(version, given, found.sure, year)
    if version.missing is Missing.ZERO:
        return (*(found.least,) * 5, reach)
    return found.sure, found.least, found.most, found.low, found.high, reach


@dataclass(frozen=True, slots=True)
class Linear:
    """An index that is a sum: (`constant` + `factors` x points) / `denominator`, items in their order."""

    factors: tuple[int, ...]
    constant: int
    denominator: int

    def total(self, points: Collection[int]) -> int:
        """Give the whole number over `denominator` for points in the order of the items."""
        return self.constant + sum(
            factor * number for factor, number in zip(self.factors, points, strict=True)
        )


def linear(version: Version) -> Linear | None:
    """Give the sum that the index is; `None` when a geometric mean stands in it."""
    index = figure(version, version.top)
    if index.denominator is None:
        return None
    codes = list(version.by_code)
    basis = pl.DataFrame(
        {code: [0, *(int(code == other) for other in codes)] for code in codes},
        schema=dict.fromkeys(codes, pl.Int64),
    )
    constant, *ones = (int(number) for number in basis.select(index.value).to_series())
    return Linear(tuple(one - constant for one in ones), constant, index.denominator)


def rounded_units(total: int, denominator: int, decimals: int) -> int:
    """Round half up as the classes do: whole numbers of `10**-decimals`."""
    scale: int = 10**decimals
    return (2 * total * scale + denominator) // (2 * denominator)


def least_total(units: int, denominator: int, decimals: int) -> int:
    """Give the least whole number over `denominator` that rounds to `units` of `10**-decimals` or more."""
    scale: int = 10**decimals
    return -((denominator - 2 * units * denominator) // (2 * scale))


def least_units(thresholds: Thresholds, position: int) -> int:
    """Give the least rounded figure, in units of its decimals, that has the class at `position` or higher."""
    scale: int = 10**thresholds.decimals
    if position == 0:
        return 0
    if thresholds.is_upper_closed:
        return floor((thresholds.classes[position - 1].maximum or Fraction(0)) * scale) + 1
    return ceil((thresholds.classes[position].minimum or Fraction(0)) * scale)


def steps(item: Item, year: int) -> tuple[int, ...]:
    """Give the scores between which an item is raised in `year`, lowest first; none for a measure."""
    return () if item.measure else item.scores_in(year)
