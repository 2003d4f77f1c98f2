"""The columns of a table as they are computed with: read once, then judged, computed and shown.

Scores become whole numbers of `10**-decimals`, answers truths, words or such numbers. What cannot be read
is null; `values` tells it from what is empty. What was read lies in one piece: columns in pieces of different
lengths would be copied, all of them, each time one is asked for.
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
    read = rows.select(
        numbers.scaled(pl.col(name), item.decimals, score_type(item)).alias(name)
        for name, item in columns.items()
    )
    return read.rechunk()


def typed(version: Version, rows: pl.DataFrame) -> pl.DataFrame:
    """Give the answers of a version by name (see `answers.typed`); a column that is not there is empty."""
    text: dict[str, pl.Expr] = {
        one.name: pl.col(one.name) if one.name in rows.columns else pl.repeat(None, pl.len(), dtype=pl.String)
        for one in version.inputs
    }
    read = rows.select(answers.typed(one, text[one.name]).alias(one.name) for one in version.inputs)
    return read.rechunk()
