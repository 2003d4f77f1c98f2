"""From the rows that an engine gives to the figures of an answer: the grid, the coverage, the mean.

Every engine gives the same rows (`ROWS`), so that what they mean is decided once, here.
"""

from collections.abc import Mapping

import polars as pl

from sidara.collection.core import Variable
from sidara.kernel.breakdown import TOTAL
from sidara.warehouse.core.answer import FIGURES
from sidara.warehouse.core.areas import Areas
from sidara.warehouse.core.query import EVERY, Operation, Query

ROWS = pl.Schema(
    {
        "group_id": pl.Int64(),
        "period": pl.String(),
        "variable": pl.String(),
        "breakdown": pl.String(),
        "code": pl.String(),
        "state": pl.String(),
        "value": pl.Decimal(38, 4),
        "reporting": pl.Int64(),
        "oldest": pl.Datetime("us", "UTC"),
        "newest": pl.Datetime("us", "UTC"),
        "definition": pl.String(),
        "definition_last": pl.String(),
        "flag": pl.String(),
        "level": pl.Int8(),
    }
)
"""What an engine gives: for SUM and MEAN `value` is the sum, for the counts it is empty."""

_POINT = ("period", "variable", "breakdown")


def _codes(rows: pl.DataFrame, variables: Mapping[str, Variable]) -> pl.DataFrame:
    """List the codes of each choice: those declared, in their order, then others that occur."""
    declared = pl.DataFrame(
        [
            (code, choice.code, place)
            for code, variable in variables.items()
            for place, choice in enumerate(variable.choices)
        ],
        schema={"variable": pl.String, "code": pl.String, "place": pl.Int64},
        orient="row",
    )
    found = rows.select("variable", "code").unique().join(declared, on=["variable", "code"], how="anti")
    return pl.concat([declared, found.with_columns(place=pl.lit(1_000, pl.Int64))])


def _points(query: Query, rows: pl.DataFrame) -> pl.DataFrame:
    """Lay out the columns of the grid: which period, variable, breakdown (and code) each region must show."""
    found = rows.select(_POINT).unique()
    if query.periods is None:
        periods = pl.DataFrame({"period": [None]}, schema={"period": pl.String})
    elif query.periods == EVERY:
        periods = found.select("period").unique()
    else:
        periods = pl.DataFrame({"period": query.periods}, schema={"period": pl.String}).unique()
    variables = pl.DataFrame({"variable": query.variables}, schema={"variable": pl.String}).unique()
    if query.breakdown == TOTAL or ":" in query.breakdown:
        variables = variables.with_columns(breakdown=pl.lit(query.breakdown))
    else:
        variables = variables.join(found.select("variable", "breakdown").unique(), on="variable")
    return periods.join(variables, how="cross")


def _mean(rows: pl.DataFrame) -> pl.Series:
    """Sum over count at 4 decimals, half away from zero, in whole ten-thousandths (128 bits)."""
    total = (pl.col("value") * 10_000).cast(pl.Int128)
    count = pl.col("reporting").cast(pl.Int128)
    rounded = (2 * total.abs() + count) // (2 * count)
    return rows.select(
        pl.when(count > 0)
        .then(rounded * total.sign())
        .cast(pl.Decimal(38, 0))
        .cast(pl.Decimal(38, 4))
        .alias("value")
        / pl.lit(10_000, pl.Decimal(38, 0))
    ).to_series()


def figures(
    query: Query, areas: Areas, rows: pl.DataFrame, variables: Mapping[str, Variable]
) -> pl.DataFrame:
    """Lay the rows on the grid regions x periods x variables x breakdowns (x codes).

    A region without facts has a figure with value `None` and reporting 0 (COUNT and COUNT_BY_CODE: 0).
    With periods `None` the grid has one place a variable, filled with the newest period of the region.
    Codes are those that the variable declares, in its order. Returns the columns `FIGURES`, sorted.
    """
    points = _points(query, rows)
    on = ["group_id", *_POINT]
    match query.operation:
        case Operation.COUNT_BY_CODE:
            sums = rows.group_by(on).agg(units=pl.col("reporting").sum())
            rows = rows.join(sums, on=on).with_columns(
                value=pl.col("reporting").cast(ROWS["value"]), reporting=pl.col("units")
            )
            points = points.join(_codes(rows, variables), on="variable")
            on.append("code")
        case Operation.COUNT:
            rows = rows.with_columns(value=pl.col("reporting").cast(ROWS["value"]))
        case Operation.MEAN:
            rows = rows.with_columns(_mean(rows).alias("value"), total=pl.col("value"))
        case _:
            pass
    if "total" not in rows.columns:
        rows = rows.with_columns(total=pl.lit(None, ROWS["value"]))
    if "place" not in points.columns:
        points = points.with_columns(place=pl.lit(0, pl.Int64))
    grid = areas.groups.rename({"region_id": "group_id", "code": "region"}).join(points, how="cross")
    if query.periods is None:
        on.remove("period")
        grid = grid.drop("period")
    laid = grid.join(rows, on=on, how="left")
    if query.operation is Operation.COUNT_BY_CODE:
        laid = _shared_coverage(laid)
    zero = pl.lit(0, ROWS["value"])
    is_count = query.operation in {Operation.COUNT, Operation.COUNT_BY_CODE}
    return (
        laid.with_columns(
            pl.col("reporting").fill_null(0),
            pl.col("value").fill_null(zero) if is_count else pl.col("value"),
            definition=pl.when(pl.col("definition") == pl.col("definition_last")).then("definition"),
        )
        .sort("region", "variable", "period", "breakdown", "place", "code")
        .select(pl.col(name).cast(dtype) for name, dtype in FIGURES.items())
    )


def _shared_coverage(laid: pl.DataFrame) -> pl.DataFrame:
    """Give the code that nobody chose the same number of reporting units as its neighbours."""
    place = ["group_id", *_POINT]
    return laid.with_columns(pl.col("reporting").max().over(place))
