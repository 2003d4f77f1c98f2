"""One version on rows of one span of years: figures, spans, statuses, in exact whole numbers.

`Evaluated` keeps the exact figures (for comparing with what was published) beside the columns that go out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import lcm

import polars as pl

from sidara.indices.core import answers, numbers, readback, spans
from sidara.indices.core.definition import Missing, Result, Version
from sidara.indices.core.scoring import Figure, bounds, class_position, figure, highest

STATUS = "status"
BETWEEN = "antara"


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
    """Compute rows (text columns, already judged) that lie in years with the rules of `year`."""
    if depth is Depth.SUB_INDICES:
        return _from_sub_indices(version, rows, year)
    found = (
        _from_answers(version, rows, year) if depth is Depth.ANSWERS else _from_scores(version, rows, year)
    )
    figures = {level.code: figure(version, level) for level in (*version.sub_indices, version.top)}
    none = pl.DataFrame({level.column: [False] * rows.height for level in version.sub_indices})
    return _finished(version, figures, _with_missing(version, found), found, none)


def _from_scores(version: Version, rows: pl.DataFrame, year: int) -> spans.Points:
    columns = {item.code: numbers.scaled(pl.col(item.code), item.decimals) for item in version.items}
    for quirk in version.replaced_scores():
        if quirk.column in rows.columns:
            replacing = numbers.scaled(pl.col(quirk.column), 0)
            columns[quirk.item] = pl.coalesce(replacing, columns[quirk.item])
    sure = rows.select(**columns)
    cut = {item.code: _cut(version, item.code) for item in version.items if item.measure}
    sure = sure.with_columns(**cut)
    low, high = bounds(version, year)
    ends = [sure.with_columns(pl.col(code).fill_null(side[code]) for code in side) for side in (low, high)]
    return spans.Points(sure, *ends, *ends)


def _cut(version: Version, code: str) -> pl.Expr:
    item = version.by_code[code]
    if item.measure is None:
        return pl.col(code)
    scale = 10**item.decimals
    return pl.col(code).clip(int(item.measure.minimum * scale), int(item.measure.maximum * scale))


def _from_answers(version: Version, rows: pl.DataFrame, year: int) -> spans.Points:
    return spans.points(version, typed(version, rows), year)


def typed(version: Version, rows: pl.DataFrame) -> pl.DataFrame:
    """Give the answers of a version by name (see `answers.typed`); a column that is not there is empty."""
    absent = [one.name for one in version.inputs if one.name not in rows.columns]
    whole = rows.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)
    return whole.select(answers.typed(one, pl.col(one.name)).alias(one.name) for one in version.inputs)


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
    return _finished(version, figures, sides, None, off_grid)


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
    version: Version,
    figures: Mapping[str, Figure],
    sides: _Sides,
    found: spans.Points | None,
    off_grid: pl.DataFrame,
) -> Evaluated:
    """Turn exact figures into the columns that go out."""
    index = figures[version.top.code]
    exact = sides.sure.select(**{code: one.value for code, one in figures.items()})
    levels = (*version.sub_indices, version.top)
    shown = sides.sure.select(
        figures[level.code].as_float(_common(figures[level.code])).alias(level.column) for level in levels
    )
    is_complete = exact[version.top.code].is_not_null()
    span = _span(version, index, sides, is_complete)
    parts = _parts(version, span)
    if version.results.named(Result.ADDED):
        parts[Result.ADDED] = _added(version, index, sides.sure)
    results = shown.with_columns(parts[result].alias(column) for result, column in version.results.columns)
    ends = [
        side.select(figures[level.code].as_float(_common(figures[level.code]))).to_series().alias(name)
        for level in version.sub_indices
        for side, name in ((sides.low, f"low {level.code}"), (sides.high, f"high {level.code}"))
    ]
    none = pl.DataFrame()
    return Evaluated(
        results=results,
        exact=exact,
        denominators={code: one.denominator for code, one in figures.items()},
        points=sides.sure if found else none,
        off_grid=off_grid,
        least=found.least if found else none,
        most=found.most if found else none,
        span=span.select("least", "most", "statuses"),
        levels=pl.DataFrame(ends),
    )


def _span(version: Version, index: Figure, sides: _Sides, is_complete: pl.Series) -> pl.DataFrame:
    """Give the places of the lowest and highest status, the lowest and highest index, and the statuses."""
    classes = version.thresholds.classes
    span = pl.DataFrame(
        {
            "low": sides.low.select(class_position(version, index)).to_series(),
            "high": sides.high.select(class_position(version, index)).to_series(),
            "least": sides.low.select(index.as_float(_common(index))).to_series(),
            "most": sides.high.select(index.as_float(_common(index))).to_series(),
            "complete": is_complete,
        }
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


def _added(version: Version, index: Figure, sure: pl.DataFrame) -> pl.Series:
    """Say what the index lacks to the lowest figure of the class to aim at; below zero when it is passed."""
    classes = version.thresholds.classes
    position = class_position(version, index)
    limits = {at: classes[version.thresholds.target(at)].minimum or 0 for at in range(len(classes))}
    if index.denominator is None:
        limit = position.replace_strict(
            {at: float(one) for at, one in limits.items()}, return_dtype=pl.Float64
        )
        return sure.select(limit - index.value).to_series()
    scale = 10**version.thresholds.decimals
    denominator = lcm(index.denominator, scale)
    limit = position.replace_strict(
        {at: int(one * scale) for at, one in limits.items()}, return_dtype=pl.Int64
    )
    lacking = limit.cast(pl.Int128) * pl.lit(denominator // scale, dtype=pl.Int128) - index.value.cast(
        pl.Int128
    ) * pl.lit(denominator // index.denominator, dtype=pl.Int128)
    made = Figure(lacking, denominator)
    return sure.select(made.as_float(_common(made))).to_series()


def sides(
    version: Version, depth: Depth, rows: pl.DataFrame, year: int
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Give each item's score where it is sure, its lowest and its highest by itself, row by row.

    Three frames of whole numbers of `10**-decimals`, a column an item. Not for `Depth.SUB_INDICES`, where
    nothing is known of items.
    """
    read = _from_answers if depth is Depth.ANSWERS else _from_scores
    found = read(version, rows, year)
    if version.missing is Missing.ZERO:
        return found.least, found.least, found.least
    return found.sure, found.least, found.most
