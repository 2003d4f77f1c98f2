"""Sent cells of many submissions beside the stored ones: a verdict for each, by column.

For submissions whose file was made on their last revision and that hold no conflict; the others are merged
one by one (`core.submission.merge_cells`). The ends are the same.
"""

from collections.abc import Iterable, Sequence

import polars as pl
import rfc8785

from sidara.collection.core.account import Verdict
from sidara.collection.core.bulk.typing import CONTENT
from sidara.collection.core.submission import Content, Held, Key, Merged, Sent, Submission, merge_cells
from sidara.kernel.cell import State

KEY = ("sub", "row", "variable", "breakdown")
"""A cell: the number of its submission within an import, and its key there."""
SAID = ("state", "value", "explanation")
STORED = {
    "sub": pl.Int64,
    "cell": pl.Int64,
    "row": pl.String,
    "variable": pl.String,
    "breakdown": pl.String,
    **{f"old_{name}": pl.String for name in SAID},
    "revision": pl.Int64,
}
TWICE = "twice"
"""Not a verdict yet: the cell stands in the file with different contents, and is rejected."""


def merge_frame(sent: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """Give `sent` (`sub` and `CONTENT`) with `cell`, `old_…` (what is stored) and `verdict`."""
    joined = sent.join(stored.drop("revision"), on=list(KEY), how="left", maintain_order="left")
    is_new = pl.col("old_state").is_null() | (pl.col("old_state") == State.EMPTY.value)
    old = pl.col("old_state").fill_null(State.EMPTY.value)
    is_same = (
        (pl.col("state") == old)
        & pl.col("value").eq_missing(pl.col("old_value"))
        & (pl.col("explanation") == pl.col("old_explanation").fill_null(""))
    )
    verdict = (
        pl.when("is_twice")
        .then(pl.lit(TWICE))
        .when(is_same)
        .then(pl.lit(Verdict.UNCHANGED.value))
        .when(is_new)
        .then(pl.lit(Verdict.CREATED.value))
        .otherwise(pl.lit(Verdict.UPDATED.value))
    )
    return joined.with_columns(is_twice=_is_twice(sent)).with_columns(verdict=verdict).drop("is_twice")


def _is_twice(sent: pl.DataFrame) -> pl.Series:
    """Say for each cell whether it is sent with different contents."""
    again = sent.select(KEY).is_duplicated()
    if not again.any():
        return again
    contents = sent.select(pl.struct(SAID).n_unique().over(KEY) > 1).to_series()
    return again & contents


def merge_one(submission: Submission, base: int | None, sent: Sequence[Sent]) -> Merged:
    """Merge the cells of one submission; without a base as of now, but that decides no conflict."""
    if base is not None:
        return merge_cells(submission, base, sent)
    open_ = [one for one in sent if one.key in submission.conflicts]
    free = [one for one in sent if one.key not in submission.conflicts]
    first, second = merge_cells(submission, submission.revision, free), merge_cells(submission, 0, open_)
    verdicts = {id(one): verdict for one, verdict in zip(free, first.verdicts, strict=True)}
    verdicts |= {id(one): verdict for one, verdict in zip(open_, second.verdicts, strict=True)}
    return Merged(
        tuple(verdicts[id(one)] for one in sent),
        (*first.deltas, *second.deltas),
        (*first.kept, *second.kept),
        (*first.closed, *second.closed),
        (*first.findings, *second.findings),
    )


def each_once(cells: pl.DataFrame) -> pl.DataFrame:
    """Give the first cell of each key, in the order of keys."""
    ordered = cells.sort(KEY, maintain_order=True)
    is_first = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in KEY)
    return ordered.filter(is_first)


def contents_after(stored: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """Give the present contents (`sub`, key, `SAID`) once `changed` cells, each there once, are stored."""
    columns = [*KEY, *SAID]
    old = stored.rename({f"old_{name}": name for name in SAID}).select(columns)
    new = changed.select(columns)
    return pl.concat([old.join(new, on=list(KEY), how="anti"), new])


def content_rows(contents: pl.DataFrame) -> dict[int, str]:
    """Write the cells of each submission as canonical JSON, as `chain.content_hash` has them."""
    said = contents.filter(~((pl.col("state") == State.EMPTY.value) & (pl.col("explanation") == "")))
    texts = [*KEY[1:], *SAID]
    parts = [_json(said, name) for name in texts]
    rows = said.sort(KEY).select("sub", json=pl.format("[{},{},{},{},{},{}]", *parts))
    joined = rows.group_by("sub", maintain_order=True).agg(pl.col("json").str.join(","))
    return dict(joined.iter_rows())


def _json(said: pl.DataFrame, name: str) -> pl.Expr:
    """Write the texts of a column as canonical JSON; what is plain stands between marks as it is."""
    plain = pl.format('"{}"', name)
    odd = said.filter(~_is_simple(name))[name].unique().drop_nulls()
    if len(odd):
        written = [rfc8785.dumps(text).decode() for text in odd]
        plain = pl.col(name).replace_strict(odd, written, default=plain, return_dtype=pl.String)
    return plain.fill_null("null")


def _is_simple(name: str) -> pl.Expr:
    return pl.col(name).str.contains(r"^[ !#-\[\]-~]*$").fill_null(value=True)


def held_of(stored: pl.DataFrame) -> dict[Key, Held]:
    """Give stored cells of one submission as the aggregate has them."""
    names = ("row", "variable", "breakdown", "old_state", "old_value", "old_explanation", "revision")
    return {
        Key(row, variable, breakdown): Held(Content(State(state), value, explanation), revision)
        for row, variable, breakdown, state, value, explanation, revision in stored.select(names).iter_rows()
    }


def frame_of(rows: Iterable[tuple[object, ...]]) -> pl.DataFrame:
    """Make a frame of merged cells out of rows."""
    schema = {
        "sub": pl.Int64,
        **CONTENT,
        "cell": pl.Int64,
        **{f"old_{name}": pl.String for name in SAID},
        "verdict": pl.String,
    }
    return pl.DataFrame(list(rows), schema=schema, orient="row")
