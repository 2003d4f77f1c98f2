"""The columns of a table as they are computed with: read once, then judged, computed and shown.

Scores become whole numbers of `10**-decimals`, answers truths, words or such numbers. What cannot be read
is null; `values` tells it from what is empty.
"""

import polars as pl

from sidara.indices.core import answers, numbers
from sidara.indices.core.definition import Version
from sidara.indices.core.scoring import score_type


def scores(version: Version, rows: pl.DataFrame) -> pl.DataFrame:
    """Give the scores by item, and those that replace a published one by their column, where it is there."""
    columns = {item.code: item for item in version.items}
    columns |= {
        quirk.column: version.by_code[quirk.item]
        for quirk in version.replaced_scores()
        if quirk.column in rows.columns
    }
    return rows.select(
        numbers.scaled(pl.col(name), item.decimals, score_type(item)).alias(name)
        for name, item in columns.items()
    )


def typed(version: Version, rows: pl.DataFrame) -> pl.DataFrame:
    """Give the answers of a version by name (see `answers.typed`); a column that is not there is empty."""
    absent = [one.name for one in version.inputs if one.name not in rows.columns]
    whole = rows.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)
    return whole.select(answers.typed(one, pl.col(one.name)).alias(one.name) for one in version.inputs)
