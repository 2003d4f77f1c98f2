"""How computed rows go out: the columns that came, in their order, and behind them those that were computed.

Published figures that would be taken for computed ones get a name of their own.
"""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from sidara.indices.core import keys, numbers, values
from sidara.indices.core.definition import Version
from sidara.indices.core.evaluate import Depth, Evaluated, result_columns
from sidara.tables import LINE

PUBLISHED = "_terbit"
INTERNAL = (LINE, keys.BARE, keys.YEAR_NUMBER)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that came: their order, those given as they came, those as they were read.

    Settled on all rows of a version and span of years; then rows can be laid out part by part.
    """

    order: tuple[str, ...]
    given: tuple[pl.Expr, ...]
    read: tuple[pl.Expr, ...]
    points: tuple[pl.Expr, ...]

    def lay(self, rows: pl.DataFrame, read: pl.DataFrame, made: Evaluated) -> pl.DataFrame:
        """Set the columns of some rows beside those that were computed."""
        came = rows.select(LINE, *self.given)
        if self.read:
            came = came.hstack(read.select(self.read)).select(LINE, *self.order)
        points = made.points.select(self.points) if self.points else pl.DataFrame()
        return came.hstack(points).hstack(made.results)


def layout(version: Version, depth: Depth, rows: pl.DataFrame) -> Layout:
    """Settle how rows go out, from all of them."""
    added = {*result_columns(version), *(version.by_code if depth is Depth.ANSWERS else ())}
    whole = {quirk.column for quirk in version.replaced_scores()}
    if depth is Depth.ITEMS:
        whole |= {item.code for item in version.items if item.measure is None}
    order, given, read = [], [], []
    for name in rows.columns:
        if name in INTERNAL:
            continue
        shown = name
        if name in added:
            shown = _free_name(name + PUBLISHED, rows.columns)
            given.append(_as_numbers(rows[name]).alias(shown))
        elif name == keys.YEAR:
            given.append(pl.col(keys.YEAR_NUMBER).alias(name))
        elif name in whole and depth is Depth.ITEMS:
            read.append(pl.col(name).cast(pl.Int64))
        elif name in whole:
            given.append(numbers.scaled(pl.col(name), 0))
        elif depth is Depth.ITEMS and name in version.by_code:
            given.append(pl.col(name).cast(pl.Float64))
        else:
            given.append(pl.col(name))
        order.append(shown)
    points = [
        pl.col(item.code) / 10**item.decimals if item.measure else pl.col(item.code).cast(pl.Int64)
        for item in (version.items if depth is Depth.ANSWERS else ())
    ]
    return Layout(tuple(order), tuple(given), tuple(read), tuple(points))


def _free_name(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _as_numbers(column: pl.Series) -> pl.Expr:
    """Give published figures as doubles when every one of them is a number, else as they were written."""
    if column.drop_nulls().str.contains(values.NUMBER_FORM).all():
        return pl.col(column.name).cast(pl.Float64, strict=False)
    return pl.col(column.name)
