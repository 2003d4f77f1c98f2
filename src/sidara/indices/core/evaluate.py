"""One version on rows of one span of years: figures, spans, statuses, in exact whole numbers.

`Evaluated` keeps the exact figures (for comparing with what was published) beside the columns that go out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from math import lcm

import polars as pl

from sidara.indices.core import numbers, readback, reading, spans
from sidara.indices.core.definition import Item, Level, Missing, Result, Version
from sidara.indices.core.scoring import Figure, bounds, class_position, figure, highest, whole_type

STATUS = "status"
BETWEEN = "antara"
KEPT = 16
"""Of how many versions and years a process keeps the rules ready."""


class Depth(StrEnum):
    """The level that a table holds, deepest first."""

    ANSWERS = "answers"
    ITEMS = "items"
    SUB_INDICES = "sub_indices"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of the rows, row by row as they were given.

    `results`: the columns that go out. `exact`: whole numbers of each level, by code, over `denominators`
    (`None` = doubles). `points`: the scores, by item (no columns at the depth of sub-indices).
    `least`, `most`: what each score can be, by item (no columns at the depth of sub-indices).
    `span`: for each row the lowest and highest index and statuses (`|` between them), whole or not.
    `levels`: the lowest and highest figure of each level below the index, as `low CODE`, `high CODE`.
    `off_grid`: for each sub-index, by column, whether its figure lies on no step of the grid.
    """

    results: pl.DataFrame
    exact: pl.DataFrame
    denominators: Mapping[str, int | None]
    points: pl.DataFrame
    off_grid: pl.DataFrame
    least: pl.DataFrame
    most: pl.DataFrame
    span: pl.DataFrame
    levels: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is sure (null where it is not), and what together gives the lowest and the highest index."""

    sure: pl.DataFrame
    low: pl.DataFrame
    high: pl.DataFrame


def depth_of(version: Version, columns: list[str]) -> Depth | None:
    """Give the deepest level whose columns are all there."""
    needed = columns_of(version)
    return next((depth for depth in Depth if set(needed[depth]) <= set(columns)), None)


def columns_of(version: Version) -> dict[Depth, tuple[str, ...]]:
    """Give the columns that each depth needs, beside village and year."""
    return {
        Depth.ANSWERS: tuple(one.name for one in version.inputs if one.is_asked),
        Depth.ITEMS: tuple(item.code for item in version.items),
        Depth.SUB_INDICES: tuple(level.column for level in version.sub_indices),
    }


def result_columns(version: Version) -> tuple[str, ...]:
    """Give the columns that a computation adds, in their order."""
    subs = (level.column for level in version.sub_indices)
    return (*subs, version.top.column, *(column for _, column in version.results.columns))


def evaluate(version: Version, depth: Depth, rows: pl.DataFrame, year: int) -> Evaluated:
    """Compute rows (already judged) that lie in years with the rules of `year`."""
    return Evaluation(version, depth, year).of(rows)


@dataclass(frozen=True)
class Evaluation:
    """How rows of one version, depth and span of years are computed; made ready once for many tables."""

    version: Version
    depth: Depth
    year: int

    def read(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Read the columns of the depth (see `reading`); of sub-indices nothing is read beforehand."""
        match self.depth:
            case Depth.ANSWERS:
                return reading.typed(self.version, rows)
            case Depth.ITEMS:
                return reading.scores(self.version, rows)
            case Depth.SUB_INDICES:
                return pl.DataFrame()

    def of(self, rows: pl.DataFrame, read: pl.DataFrame | None = None) -> Evaluated:
        """Compute rows (already judged); `read` holds them as `read` gave them, where that is done."""
        if self.depth is Depth.SUB_INDICES:
            return _from_sub_indices(self.version, rows, self.year)
        found = self.points(self.read(rows) if read is None else read)
        items = _with_missing(self.version, found)
        sides = _Sides(*(side.select(self._levels) for side in (items.sure, items.low, items.high)))
        none = [pl.repeat(value=False, n=rows.height, eager=True).alias(one.column) for one in self._below]
        made = _finished(self.version, self._figures, sides, pl.DataFrame(none))
        return replace(made, points=items.sure, least=found.least, most=found.most)

    def points(self, read: pl.DataFrame) -> spans.Points:
        """Give what the scores can be, from rows as `read` gave them. Not for `Depth.SUB_INDICES`."""
        return self._spans.points(read) if self.depth is Depth.ANSWERS else self._from_scores(read)

    @property
    def _spans(self) -> spans.Spans:
        return _spans_of(self.version, self.year)

    @property
    def _below(self) -> tuple[Level, ...]:
        return self.version.sub_indices

    @cached_property
    def _levels(self) -> list[pl.Expr]:
        """The exact figures right below the index, from scores, and the scores of items that hang on it."""
        figures = [figure(self.version, level).value.alias(level.code) for level in self._below]
        return figures + [pl.col(item.code) for item in self.version.items_of(self.version.top.code)]

    @cached_property
    def _figures(self) -> dict[str, Figure]:
        """The figures of `_levels` and of the index, which is made from them."""
        known = {
            level.code: Figure(pl.col(level.code), figure(self.version, level).denominator)
            for level in self._below
        }
        top = self.version.top
        return {**known, top.code: figure(self.version, top, known)}

    def _from_scores(self, read: pl.DataFrame) -> spans.Points:
        columns = {item.code: _cut(item) for item in self.version.items}
        for quirk in self.version.replaced_scores():
            if quirk.column in read.columns:
                columns[quirk.item] = pl.coalesce(quirk.column, columns[quirk.item])
        sure = read.select(**columns)
        ends = [
            sure.select(pl.col(code).fill_null(side[code]) for code in columns)
            for side in bounds(self.version, self.year)
        ]
        return spans.Points(sure, *ends, *ends)


@lru_cache(maxsize=KEPT)
def _spans_of(version: Version, year: int) -> spans.Spans:
    """Make the rules of a year ready: for a single village that takes as long as its scores."""
    return spans.Spans(version, year)


def _cut(item: Item) -> pl.Expr:
    if item.measure is None:
        return pl.col(item.code)
    scale = 10**item.decimals
    return pl.col(item.code).clip(int(item.measure.minimum * scale), int(item.measure.maximum * scale))


def _with_missing(version: Version, found: spans.Points) -> _Sides:
    """Give an official zero the lowest score for what is missing; else nothing is filled in."""
    if version.missing is Missing.ZERO:
        return _Sides(found.least, found.least, found.least)
    return _Sides(found.sure, found.low, found.high)


def _from_sub_indices(version: Version, rows: pl.DataFrame, year: int) -> Evaluated:
    top = version.top.column
    row_digits = readback.digits(
        [level.column for level in version.sub_indices if level.column in rows.columns]
    )
    if top in rows.columns:
        row_digits = pl.max_horizontal(row_digits, readback.digits([top]))
    grids = readback.grids(version)
    values = {grid.level.code: readback.value(grid, row_digits) for grid in grids}
    sure = rows.select(**{code: value for code, (value, _) in values.items()})
    off_grid = rows.select(
        (~values[grid.level.code][1]).fill_null(value=False).alias(grid.level.column) for grid in grids
    )
    ends = readback.ends(version, year)
    filled = [
        sure.with_columns(
            pl.col(grid.level.code).fill_null(
                pl.lit(int(ends[grid.level.code][side] * grid.denominator), dtype=pl.Int128)
            )
            for grid in grids
        )
        for side in (0, 1)
    ]
    known = readback.given(version)
    index = _published_where_off_grid(version, figure(version, version.top, known), rows, off_grid)
    figures = {**known, version.top.code: index}
    extra = pl.DataFrame({"published": rows[top] if top in rows.columns else [None] * rows.height}).cast(
        pl.String
    )
    extra = extra.with_columns(off=off_grid.select(pl.any_horizontal(pl.all())).to_series())
    sides = _Sides(*(pl.concat([side, extra], how="horizontal") for side in (sure, *filled)))
    return _finished(version, figures, sides, off_grid)


def is_usable(version: Version, published: pl.Expr) -> pl.Expr:
    """Whether a published index can stand in for one that its sub-indices do not give; null where empty.

    It cannot when it is no plain number, or lies above the highest figure that the index can have.
    """
    most = pl.lit(int(highest(version, version.top) * numbers.UNIT), dtype=pl.Int128)
    number = numbers.units(published)
    return pl.when(published.is_not_null()).then(number.is_not_null() & (number <= most))


def _published_where_off_grid(
    version: Version, index: Figure, rows: pl.DataFrame, off_grid: pl.DataFrame
) -> Figure:
    """Off the grid the index is what was published, where the row has one that can be."""
    top = version.top.column
    if top not in rows.columns or not off_grid.width:
        return index
    published = numbers.units(pl.col("published"))
    use = pl.col("off") & is_usable(version, pl.col("published")).fill_null(value=False)
    if index.denominator is None:
        value = published.cast(pl.Float64) / float(numbers.UNIT)
        return Figure(pl.when(use).then(value).otherwise(index.value), None)
    common = lcm(index.denominator, numbers.UNIT)
    own = index.value.cast(pl.Int128) * pl.lit(common // index.denominator, dtype=pl.Int128)
    other = published * pl.lit(common // numbers.UNIT, dtype=pl.Int128)
    return Figure(pl.when(use).then(other).otherwise(own), common)


def _finished(
    version: Version, figures: Mapping[str, Figure], sides: _Sides, off_grid: pl.DataFrame
) -> Evaluated:
    """Turn the exact figures below the index into it, and all of them into the columns that go out."""
    top = version.top.code
    levels = (*version.sub_indices, version.top)
    exact, low, high = (
        side.select(figures[level.code].value.alias(level.code) for level in levels)
        for side in (sides.sure, sides.low, sides.high)
    )
    made = {code: Figure(pl.col(code), one.denominator) for code, one in figures.items()}
    shown = {level.code: made[level.code].as_float(_common(made[level.code])) for level in levels}
    span = _span(version, made[top], _Sides(exact, low, high))
    parts = _parts(version, span)
    if version.results.named(Result.ADDED):
        parts[Result.ADDED] = _added(version, made[top], exact)
    results = exact.select(shown[level.code].alias(level.column) for level in levels)
    ends = [
        side.select(shown[level.code].alias(f"{name} {level.code}") for level in version.sub_indices)
        for name, side in (("low", low), ("high", high))
    ]
    none = pl.DataFrame()
    return Evaluated(
        results=results.with_columns(parts[result].alias(name) for result, name in version.results.columns),
        exact=exact,
        denominators={code: one.denominator for code, one in figures.items()},
        points=none,
        off_grid=off_grid,
        least=none,
        most=none,
        span=span.select("least", "most", "statuses"),
        levels=pl.concat(ends, how="horizontal"),
    )


def _span(version: Version, index: Figure, exact: _Sides) -> pl.DataFrame:
    """Give the places of the lowest and highest status, the lowest and highest index, and the statuses."""
    classes = version.thresholds.classes
    position, shown = class_position(version, index), index.as_float(_common(index))
    span = pl.concat(
        [
            exact.low.select(low=position, least=shown),
            exact.high.select(high=position, most=shown),
            exact.sure.select(complete=pl.col(version.top.code).is_not_null()),
        ],
        how="horizontal",
    )
    if version.missing is Missing.WITHHOLD:
        span = span.with_columns(pl.when("complete").then(pl.exclude("complete")).name.keep())
    sets = {
        low * len(classes) + high: "|".join(one.status for one in classes[low : high + 1])
        for low in range(len(classes))
        for high in range(low, len(classes))
    }
    place = pl.col("low") * len(classes) + pl.col("high")
    return span.with_columns(statuses=place.replace_strict(sets, return_dtype=pl.String))


def _parts(version: Version, span: pl.DataFrame) -> dict[Result, pl.Series]:
    """Give what follows from the span, which is shown always or beside figures that are not sure."""
    thresholds = version.thresholds
    classes = thresholds.classes
    statuses = {at: one.status for at, one in enumerate(classes)}
    targets = {at: thresholds.target(at) for at in statuses}
    minima = {at: float(one.minimum or 0) for at, one in enumerate(classes)}
    single = pl.when(pl.col("low") == pl.col("high")).then(pl.col("low"))
    aimed = single.replace_strict(targets, return_dtype=pl.Int64)
    status = single.replace_strict(statuses, return_dtype=pl.String).fill_null(BETWEEN)
    shows = pl.lit(value=True) if version.results.is_span_always else ~pl.col("complete")
    made = span.select(
        pl.when(pl.col("low").is_not_null()).then(status).alias(Result.STATUS),
        aimed.replace_strict(statuses, return_dtype=pl.String).alias(Result.TARGET),
        aimed.replace_strict(minima, return_dtype=pl.Float64).alias(Result.TARGET_MINIMUM),
        pl.when(shows).then("least").alias(Result.LOW),
        pl.when(shows).then("most").alias(Result.HIGH),
        pl.when(shows).then("statuses").alias(Result.STATUSES),
    )
    return {Result(name): made[name] for name in made.columns}


def _common(one: Figure) -> int:
    """Figures read back from decimals carry a factor that most of them share with the denominator."""
    return numbers.UNIT if one.denominator and one.denominator % numbers.UNIT == 0 else 1


def _added(version: Version, index: Figure, exact: pl.DataFrame) -> pl.Series:
    """Say what the index lacks to the lowest figure of the class to aim at; below zero when it is passed."""
    classes = version.thresholds.classes
    position = class_position(version, index)
    limits = {at: classes[version.thresholds.target(at)].minimum or 0 for at in range(len(classes))}
    if index.denominator is None:
        limit = position.replace_strict(
            {at: float(one) for at, one in limits.items()}, return_dtype=pl.Float64
        )
        return exact.select(limit - index.value).to_series()
    scale = 10**version.thresholds.decimals
    denominator = lcm(index.denominator, scale)
    dtype = whole_type((highest(version, version.top) + max(limits.values())) * denominator)
    limit = position.replace_strict({at: int(one * scale) for at, one in limits.items()}, return_dtype=dtype)
    own = index.value.cast(dtype) * pl.lit(denominator // index.denominator, dtype=dtype)
    made = Figure(limit * pl.lit(denominator // scale, dtype=dtype) - own, denominator)
    return exact.select(made.as_float(_common(made))).to_series()


def sides(
    version: Version, depth: Depth, rows: pl.DataFrame, year: int
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Give each item's score where it is sure, its lowest and its highest by itself, row by row.

    Three frames of whole numbers of `10**-decimals`, a column an item. Not for `Depth.SUB_INDICES`, where
    nothing is known of items.
    """
    evaluation = Evaluation(version, depth, year)
    found = evaluation.points(evaluation.read(rows))
    three = (found.sure, found.least, found.most)
    if version.missing is Missing.ZERO:
        three = (found.least, found.least, found.least)
    low, middle, high = (side.cast(pl.Int64) for side in three)
    return low, middle, high
