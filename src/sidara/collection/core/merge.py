"""Merge: what becomes of each cell beside what is stored. No clock decides, the retrieval day does."""

from datetime import date

import polars as pl

from sidara.collection.core.account import Verdict

KEY = ("region_id", "period", "variable", "breakdown")


def merge(cells: pl.DataFrame, stored: pl.DataFrame, retrieved_date: date) -> pl.DataFrame:
    """Give each sent cell its verdict: created, updated, unchanged or conflicting.

    `cells`: KEY, state, value, one row a key; `stored`: KEY, cell_id, old_state, old_value, revision,
    stored_date (the retrieval day of the copy that the stored value came from). A differing cell of an
    older copy is conflicting: the stored value stays. Adds `verdict` and the columns of `stored`.
    """
    both = cells.join(stored, on=KEY, how="left", maintain_order="left")
    same = pl.col("state").eq_missing(pl.col("old_state")) & pl.col("value").eq_missing(pl.col("old_value"))
    verdict = (
        pl.when(pl.col("cell_id").is_null())
        .then(pl.lit(Verdict.CREATED.value))
        .when(same)
        .then(pl.lit(Verdict.UNCHANGED.value))
        .when(pl.col("stored_date") > pl.lit(retrieved_date))
        .then(pl.lit(Verdict.CONFLICTING.value))
        .otherwise(pl.lit(Verdict.UPDATED.value))
    )
    return both.with_columns(verdict.alias("verdict"))
