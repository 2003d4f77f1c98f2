"""Sub-indices read back to the points behind them: `0.7429` is 130/175, because nothing else rounds to it.

A published figure is read with half a unit of its last written digit as tolerance, where the digits are
the most that the row writes anywhere (a trailing zero is often dropped). It is read back when exactly
one step of the grid lies within; else it is off the grid, named, and used as it was published.
"""

from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from sidara.indices.core import numbers
from sidara.indices.core.definition import Level, Version
from sidara.indices.core.scoring import Figure, bounds, figure, highest

UNIT = pl.lit(numbers.UNIT, dtype=pl.Int128)


@dataclass(frozen=True, slots=True)
class Grid:
    """The steps that a level's figure can take: whole numbers over `steps`; `None` when there are none."""

    level: Level
    steps: int | None
    highest: Fraction

    @property
    def denominator(self) -> int:
        """The denominator of the figure that `value` gives."""
        return (self.steps or 1) * numbers.UNIT


def grids(version: Version) -> tuple[Grid, ...]:
    """Give the grid of each level below the index: whole scores give whole steps, measures give none."""
    found = []
    for level in version.sub_indices:
        has_measure = any(item.measure for item in version.items_below(level.code))
        steps = None if has_measure else figure(version, level).denominator
        found.append(Grid(level, steps, highest(version, level)))
    return tuple(found)


def digits(columns: list[str]) -> pl.Expr:
    """Give the most decimals that a row writes in these columns."""
    return pl.max_horizontal(*(numbers.written_digits(pl.col(name)) for name in columns)).fill_null(0)


def value(grid: Grid, row_digits: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Give the figure in units of `1 / grid.denominator`, and whether it is on the grid (null when empty)."""
    number = numbers.units(pl.col(grid.level.column))
    if grid.steps is None:
        return number, pl.when(number.is_not_null()).then(pl.lit(value=True))
    steps = pl.lit(grid.steps, dtype=pl.Int128)
    step = (number * 2 * steps + UNIT) // (UNIT * 2)
    distance = (number * steps - step * UNIT).abs()
    tenfold = power(row_digits)
    within = (distance * 2 * tenfold <= steps * UNIT) & (tenfold > steps)
    on_grid = (distance == 0) | within
    return pl.when(on_grid).then(step * UNIT).otherwise(number * steps), on_grid


def power(exponent: pl.Expr) -> pl.Expr:
    """Ten to the `exponent` (0 to 16), exactly."""
    table = {at: 10**at for at in range(numbers.DIGITS + 1)}
    return exponent.replace_strict(table, return_dtype=pl.Int64).cast(pl.Int128)


def ends(version: Version, year: int) -> dict[str, tuple[Fraction, Fraction]]:
    """Give the lowest and highest figure of each level below the index under the rules of `year`, by code."""
    found = {}
    frames = [
        pl.DataFrame({code: [number] for code, number in side.items()}) for side in bounds(version, year)
    ]
    for level in version.sub_indices:
        made = figure(version, level)
        low, high = (frame.select(made.value).item() for frame in frames)
        found[level.code] = (
            (Fraction(low, made.denominator), Fraction(high, made.denominator))
            if made.denominator
            else (Fraction(low), Fraction(high))
        )
    return found


def given(version: Version) -> dict[str, Figure]:
    """Figures of the levels below the index from columns named by their code (see `value`)."""
    return {grid.level.code: Figure(pl.col(grid.level.code), grid.denominator) for grid in grids(version)}
