"""Levels of roll-ups of lists: as far as the rows behind them are."""

from collections.abc import Mapping, Sequence

import polars as pl

from sidara.warehouse.core.facts import LEVELS

_EVENT = ("dataset", "measure", "region_id", "period", "after", "revision", "changed_at")
"""What the levels of one event have in common."""


def rolled_levels(levels: pl.DataFrame, rollups: Mapping[str, Sequence[tuple[str, str]]]) -> pl.DataFrame:
    """Give the levels (`LEVELS`) that events about cells of lists make of the roll-ups of these.

    `rollups` by the cells of a list (see `collection.queries.rollups`). A roll-up is as far as the lowest of
    the cells that an event is about, and stands where the last of them stands.
    """
    cells = pl.DataFrame(
        [(name, *cell) for name, own in rollups.items() for cell in own],
        schema={"variable": pl.String, "own": pl.String, "part": pl.String},
        orient="row",
    )
    return (
        levels.join(cells, on="variable", how="inner")
        .group_by(*_EVENT, "own", "part")
        .agg(pl.col("sequence").max(), pl.col("level").min())
        .with_columns(row=pl.lit(""))
        .rename({"own": "variable", "part": "breakdown"})
        .select(pl.col(name).cast(kind) for name, kind in LEVELS.items())
        .sort("sequence", "variable", "breakdown")
    )
