"""Levels of roll-ups of lists: as far as the cells that they count are."""

from collections.abc import Mapping, Sequence

import polars as pl

from sidara.warehouse.core.facts import LEVELS

_LIST = ("dataset", "measure", "region_id", "period", "list")
_CELL = (*_LIST, "row", "variable", "breakdown")
_EVENT = (*_LIST, "event")


def rolled_levels(
    levels: pl.DataFrame, beside: pl.DataFrame, rollups: Mapping[str, Sequence[tuple[str, str]]]
) -> pl.DataFrame:
    """Give the levels (`LEVELS`) that events about cells of lists make of the roll-ups of these.

    `levels` has an `event` beside `LEVELS`, and whole events only. `beside` are the levels, of the same
    columns, of cells of these lists before. `rollups` by the cells of a list (see
    `collection.queries.rollups`). A roll-up is as far as the lowest cell of its list, those that an event
    does not move included; it stands where the last one stands that the event moves.
    """
    lists: dict[tuple[tuple[str, str], ...], int] = {}
    names = [(name, lists.setdefault(tuple(own), len(lists))) for name, own in rollups.items()]
    of_list = pl.DataFrame(names, schema={"variable": pl.String, "list": pl.Int64}, orient="row")
    parts = pl.DataFrame(
        [(number, *cell) for own, number in lists.items() for cell in own],
        schema={"list": pl.Int64, "own": pl.String, "part": pl.String},
        orient="row",
    )
    moved = levels.join(of_list, on="variable", how="inner")
    events = moved.group_by(_EVENT).agg(
        pl.col("sequence").max(), *(pl.col(name).first() for name in ("after", "revision", "changed_at"))
    )
    known = pl.concat([beside.join(of_list, on="variable", how="inner"), moved]).sort("sequence")
    return (
        events.join(known.select(_CELL).unique(), on=_LIST)
        .sort("sequence")
        .join_asof(known.select(*_CELL, "sequence", "level"), on="sequence", by=_CELL, check_sortedness=False)
        .group_by(*_EVENT, "sequence", "after", "revision", "changed_at")
        .agg(pl.col("level").min())
        .join(parts, on="list")
        .with_columns(row=pl.lit(""))
        .rename({"own": "variable", "part": "breakdown"})
        .select(pl.col(name).cast(kind) for name, kind in LEVELS.items())
        .sort("sequence", "variable", "breakdown")
    )
