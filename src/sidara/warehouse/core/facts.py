"""Facts: what one row holds, how a published text becomes a value, and how changes become facts.

A fact is valid for its period (valid time) and known from `recorded_from` until `recorded_to`
(transaction time, UTC). *Current* facts are open (`recorded_to` is null), one row a cell; *superseded*
ones are closed and never change again. Everything here is vectorised and deterministic: the same log,
cut into batches anywhere, gives the same facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import polars as pl

from sidara.collection.core import ValueType, Variable
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Severity

VALUE = pl.Decimal(18, 4)
MOMENT = pl.Datetime("us", "UTC")

FACTS = pl.Schema(
    {
        "dataset": pl.String(),
        "measure": pl.String(),
        "region_id": pl.Int64(),
        "period": pl.String(),
        "row": pl.String(),
        "variable": pl.String(),
        "breakdown": pl.String(),
        "value": VALUE,
        "code": pl.String(),
        "state": pl.String(),
        "level": pl.Int8(),
        "revision": pl.Int64(),
        "definition": pl.String(),
        "recorded_from": MOMENT,
        "recorded_to": MOMENT,
    }
)
"""The columns of both tables. `row` is `_T`: a list's rows are rolled up before they become facts."""

KEY = ("dataset", "measure", "region_id", "period", "row", "variable", "breakdown")
"""What makes a cell one cell."""

_PAYLOAD = ("value", "code", "state", "level", "definition")
"""A change in any of these closes one row and opens the next."""

ORDER = ("period", "variable", "region_id", "dataset", "measure", "breakdown", "recorded_from")
"""How rows lie in the files: a query of few variables then reads few row groups."""

LEVELS = pl.Schema(
    {
        "sequence": pl.Int64(),
        "after": pl.Int64(),
        "dataset": pl.String(),
        "measure": pl.String(),
        "region_id": pl.Int64(),
        "period": pl.String(),
        "row": pl.String(),
        "variable": pl.String(),
        "breakdown": pl.String(),
        "level": pl.Int8(),
        "revision": pl.Int64(),
        "changed_at": MOMENT,
    }
)
"""Levels of cells in the order of commit; `after` is the newest change of the log that they are about."""

DRAFT = -1
"""The level of what nobody sent (`verification.core.Level`)."""

_PLAIN_NUMBER = r"^[+-]?(?:\d+\.?\d*|\.\d+)$"
_FIVE_DECIMALS = r"^([+-]?\d*(?:\.\d{0,5})?)"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the facts are: `epoch` names the records they came from, `cursor` the last change read.

    `levels` is the last level read of `verification`; `None` in facts of a time that knew none. `seal` says
    which change and level these were: the same numbers stand for others in records that were restored from a
    backup and lived on. `None` in facts of a time that kept no seal. `shape` names what else than cells
    becomes facts: facts of another shape, or of a time that knew none (`None`), are made again.
    """

    epoch: str
    cursor: int
    levels: int | None = 0
    seal: str | None = ""
    shape: str | None = ""


OTHER_RECORDS = Finding(
    "FACTS_OF_OTHER_RECORDS",
    "Gudang data ini berasal dari catatan yang lain (misalnya dari cadangan yang berbeda).",
    "Susun ulang dari catatan yang ada: sidara warehouse rebuild",
)
AHEAD = Finding(
    "CURSOR_AHEAD",
    "Gudang data memuat perubahan yang tidak ada lagi dalam catatan (misalnya setelah pemulihan cadangan).",
    "Susun ulang dari catatan yang ada: sidara warehouse rebuild",
)


def misfit(mark: Mark, epoch: str, seal: str) -> Finding | None:
    """Why facts up to a mark are not of these records: `seal` is theirs at the cursors of the mark.

    `None` where they are, or where the facts are too old to tell.
    """
    if mark.epoch != epoch:
        return OTHER_RECORDS
    return AHEAD if mark.seal is not None and mark.seal != seal else None


class Step(StrEnum):
    """The steps of a refresh in their order, announced as each is done."""

    READ = "read"
    FOLDED = "folded"
    HISTORY_WRITTEN = "history_written"
    CURRENT_WRITTEN = "current_written"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did. `before` and `after` are equal and all counts 0 when there was nothing new.

    `read` = changes of the log, roll-ups of lists and levels, `opened` = facts opened, `closed` = facts
    closed, `left_out` = texts, rows of lists and unknown variables, which never become facts; `is_recovery`:
    an interrupted refresh was finished first.
    """

    before: Mark | None
    after: Mark | None
    read: int = 0
    opened: int = 0
    closed: int = 0
    left_out: int = 0
    is_recovery: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the warehouse. `newest_change` is the latest moment (UTC) a current fact was recorded.

    All but `findings` is empty or 0 while there is no warehouse yet.
    """

    mark: Mark | None
    facts: int = 0
    superseded: int = 0
    newest_change: datetime | None = None
    datasets: tuple[str, ...] = ()
    version_current: int | None = None
    version_history: int | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, eq=False)
class Folded:
    """`current`: the open facts of the touched periods; `superseded`: rows closed by this batch.

    `opened` counts the facts that the batch opened, whether or not it closed them again.
    """

    current: pl.DataFrame
    superseded: pl.DataFrame
    periods: tuple[str, ...]
    opened: int


def _exact(text: str) -> str | None:
    """Write a number in another notation (`1e-05`) in plain digits; `None` when it is no number."""
    try:
        number = Decimal(text)
        return f"{number:f}" if number.is_finite() and abs(number.adjusted()) < 40 else None
    except InvalidOperation:
        return None


def decimals(text: pl.Series) -> pl.Series:
    """Read numbers as DECIMAL(18,4), half away from zero; null for what is none or does not fit.

    The fifth decimal alone decides that rounding, so that digits after it are cut off first.
    """
    frame = pl.DataFrame({"text": text}).with_columns(plain=pl.col("text").str.contains(_PLAIN_NUMBER))
    others = frame.filter(~pl.col("plain") & pl.col("text").is_not_null())["text"].unique()
    if others.len():
        written = {word: _exact(word) for word in others}
        frame = frame.with_columns(
            pl.when("plain")
            .then("text")
            .otherwise(pl.col("text").replace_strict(written, default=None, return_dtype=pl.String))
            .alias("text")
        )
    return frame.select(
        pl.col("text")
        .str.extract(_FIVE_DECIMALS)
        .cast(pl.Decimal(38, 5), strict=False)
        .round(4, mode="half_away_from_zero")
        .cast(VALUE, strict=False)
        .alias(text.name)
    ).to_series()


def _kind(variable: Variable) -> str:
    """Name what a variable becomes: what is chosen is a code, several options, too."""
    return ValueType.CHOICE.value if variable.holds_several else variable.type.value


def facts_of(
    changes: pl.DataFrame, variables: Mapping[tuple[str, str], Variable]
) -> tuple[pl.DataFrame, int, tuple[Finding, ...]]:
    """Turn changes of the log into fact rows plus `sequence` and `is_level`; nothing is folded yet.

    `changes`: sequence, dataset, measure, region_id, period, row, variable, breakdown, state, value (text),
    revision, definition, level, changed_at, is_level (see `together`). `variables` by data set and code.
    Numbers and truths (1 = yes) become `value`, choices `code` (of several options all their codes, apart by
    a blank); only state `nilai` holds either. Texts, rows of lists and unknown variables are left out and
    counted. A number that cannot be read or does not fit
    DECIMAL(18,4) leaves `value` empty and is a finding, one a variable.
    """
    types = pl.DataFrame(
        [(*key, _kind(variable)) for key, variable in variables.items()],
        schema={"dataset": pl.String, "variable": pl.String, "type": pl.String},
        orient="row",
    )
    typed = changes.join(types, on=["dataset", "variable"], how="left", maintain_order="left")
    unknown = sorted(typed.filter(pl.col("type").is_null())["variable"].unique())
    kept = typed.filter(pl.col("type").is_in(["number", "choice"]) & (pl.col("row") == ""))
    is_value = pl.col("state") == State.VALUE.value
    truths = pl.col("value").replace({"true": "1", "false": "0"})
    numbers = kept.select(pl.when(is_value & (pl.col("type") == "number")).then(truths).alias("value"))
    rows = kept.with_columns(
        decimals(numbers.to_series()).alias("number"),
        code=pl.when(is_value & (pl.col("type") == "choice")).then("value"),
        row=pl.lit(TOTAL),
        recorded_from=pl.col("changed_at").cast(MOMENT),
        recorded_to=pl.lit(None, MOMENT),
    )
    unreadable = (
        rows.filter(is_value & (pl.col("type") == "number") & pl.col("number").is_null())
        .group_by("variable")
        .agg(count=pl.len(), sample=pl.col("value").first())
        .sort("variable")
    )
    findings = [
        Finding(
            "VARIABLE_UNKNOWN",
            f"Variabel {code} tidak dikenal sehingga nilainya tidak masuk gudang data.",
            "Daftarkan variabel itu pada himpunan datanya, lalu jalankan: sidara warehouse rebuild",
            Severity.WARNING,
            value=code,
        )
        for code in unknown
    ] + [
        Finding(
            "VALUE_NOT_NUMBER",
            f"{count} nilai {variable} bukan angka yang dapat disimpan (misalnya {sample!r}).",
            "Perbaiki nilai pada sumbernya, lalu impor kembali.",
            Severity.WARNING,
            value=sample,
        )
        for variable, count, sample in unreadable.iter_rows()
    ]
    rows = rows.drop("value").rename({"number": "value"})
    return (
        rows.select("sequence", "is_level", *(pl.col(name).cast(dtype) for name, dtype in FACTS.items())),
        changes.height - kept.height,
        tuple(findings),
    )


def together(changes: pl.DataFrame, levels: pl.DataFrame) -> pl.DataFrame:
    """Put changes (of the log) and levels into one order and number it anew.

    `levels` has the columns `LEVELS`. A level stands behind the change that it names
    (`after`) and before every later change of its cell, as both were committed.
    """
    marked = changes.with_columns(place=pl.col("sequence"), is_level=pl.lit(value=False))
    if levels.is_empty():
        return marked.drop("place")
    risen = levels.with_columns(place=pl.col("after"), is_level=pl.lit(value=True)).drop("after")
    return (
        pl.concat([marked, risen], how="diagonal_relaxed")
        .sort("place", "is_level", "sequence")
        .with_columns(sequence=pl.int_range(pl.len(), dtype=pl.Int64))
        .drop("place")
    )


def _completed(rows: pl.DataFrame) -> pl.DataFrame:
    """Sort rows by cell and sequence; give each level the content, and each change the level, before it.

    The same content said again keeps the revision that said it first, as the facts do.
    """
    place = pl.when(~pl.col("is_level")).then("place").forward_fill().over(KEY)
    ordered = rows.sort(*KEY, "sequence", maintain_order=True).with_row_index("place")
    filled = ordered.with_columns(place=place)
    content = ("value", "code", "state", "definition")
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(1)) for name in (*KEY, *content))
    return (
        filled.with_columns(pl.col(name).gather(pl.col("place")) for name in (*content, "revision"))
        .filter(pl.col("place").is_not_null())
        .drop("place")
        .with_row_index("place")
        .with_columns(place=pl.when(~same.fill_null(value=False)).then("place").forward_fill())
        .with_columns(
            pl.col("revision").gather(pl.col("place")),
            pl.col("level").forward_fill().over(KEY).fill_null(DRAFT).cast(pl.Int8),
        )
        .drop("place")
    )


def fold(current: pl.DataFrame, changes: pl.DataFrame) -> Folded:
    """Lay changes (rows of `facts_of`) in the order of their sequence over the current facts.

    `current` must hold all open facts of the periods that the changes touch. A level (`is_level`) keeps the
    content of its cell, a change without level keeps the level (a draft's at first). A change that alters
    neither value, state, level nor definition opens nothing. A moment before that of the row it
    replaces (a clock set back) counts as the same moment: intervals never overlap.
    """
    before = current.with_columns(sequence=pl.lit(-1, pl.Int64), is_level=pl.lit(value=False))
    both = _completed(pl.concat([before.select(changes.columns), changes]))
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(1)) for name in (*KEY, *_PAYLOAD))
    kept = (
        both.filter(~same.fill_null(value=False))
        .with_columns(pl.col("recorded_from").cum_max().over(KEY))
        .with_columns(recorded_to=pl.col("recorded_from").shift(-1).over(KEY))
    )
    columns = list(FACTS)
    is_open = pl.col("recorded_to").is_null()
    return Folded(
        current=kept.filter(is_open).select(columns).sort(ORDER),
        superseded=kept.filter(~is_open).select(columns).sort(ORDER),
        periods=tuple(sorted(changes["period"].unique())),
        opened=kept.filter(pl.col("sequence") >= 0).height,
    )
