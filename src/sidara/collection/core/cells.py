"""From a table to cells: keys read, values typed, everything that cannot be stored said.

Vectorised: the number of Polars steps depends on columns and kinds of faults, not on rows. Findings are
written row by row only for what is at fault, the first `MAX_NAMED` of each kind, then a count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from sidara.collection.core.dataset import ValueType, Variable
from sidara.collection.core.declaration import Declaration
from sidara.collection.core.wording import row_findings, said, skipped_finding, value_findings
from sidara.kernel import period as periods
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding
from sidara.regions.core import Level, dotted_column
from sidara.tables import LINE

CELLS = pl.Schema(
    {
        "line": pl.Int64,
        "column": pl.String,
        "place": pl.String,
        "period": pl.String,
        "variable": pl.String,
        "breakdown": pl.String,
        "state": pl.String,
        "value": pl.String,
    }
)
"""Cells as sent: `place` is the dotted code of the region, `value` the published text or choice code."""

_NUMBER = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$"
_LIMIT = 1e14
"""Figures are DECIMAL(18,4): 14 digits before the point."""


@dataclass(frozen=True, eq=False)
class Melted:
    """`cells` (see `CELLS`) can be stored as far as they go; `rejected` cells cannot, `findings` say why."""

    cells: pl.DataFrame
    rejected: int
    findings: tuple[Finding, ...]


def melt(frame: pl.DataFrame, declaration: Declaration, *, unread: int = 0) -> Melted:
    """Read the cells of a table (columns as text, `LINE`) by its declaration.

    `unread` rows could not be read at all and count with all value columns. Rejects rows without a
    well-formed region or period or with the same key as another row, and values that are none.
    """
    columns = [one for one in declaration.columns if one.column in frame.columns]
    rows, skipped = _keys(frame, declaration)
    rows = rows.with_columns(
        pl.when(pl.col("fault").is_null() & pl.struct("place", "period").is_duplicated())
        .then(pl.lit("KEY_DUPLICATE"))
        .otherwise("fault")
        .alias("fault")
    )
    meaning = pl.DataFrame(
        [(one.column, one.variable, one.breakdown) for one in columns],
        schema=["column", "variable", "breakdown"],
        orient="row",
    )
    long = (
        frame.select(LINE, *(one.column for one in columns))
        .unpivot(index=LINE, variable_name="column", value_name="value")
        .filter(pl.col("value").is_not_null())
        .join(rows, on=LINE)
        .join(meaning, on="column", maintain_order="left")
    )
    sound = long.filter(pl.col("fault").is_null())
    typed = pl.concat(
        _typed(
            sound,
            variable,
            {one.published.upper(): one.code for one in variable.choices if one.published},
        )
        for variable in declaration.variables
    )
    bad = typed.filter(pl.col("fault").is_not_null())
    cells = typed.filter(pl.col("fault").is_null()).select(
        pl.col(LINE).alias("line"),
        *("column", "place", "period", "variable", "breakdown"),
        pl.lit(State.VALUE.value).alias("state"),
        "value",
    )
    findings = [
        *row_findings(long.filter(pl.col("fault").is_not_null()), rows, declaration),
        *value_findings(bad, declaration),
        *skipped_finding(skipped, declaration),
    ]
    rejected = long.height - sound.height + bad.height + unread * len(columns)
    return Melted(cells.cast(CELLS), rejected, tuple(findings))


def within(frame: pl.DataFrame, declaration: Declaration, under: str | None) -> tuple[pl.DataFrame, int]:
    """Leave out the rows of regions that do not lie in `under` (dotted code); and say how many they are.

    A row whose region cannot be read stays, so that it is rejected and not lost.
    """
    if under is None:
        return frame, 0
    place = place_of(declaration)
    kept = frame.filter(
        place.is_null() | (place == under) | place.str.starts_with(f"{under}.").fill_null(value=False)
    )
    return kept, frame.height - kept.height


def place_of(declaration: Declaration) -> pl.Expr:
    """Read the dotted code of each row's region; null where it is none."""
    region = declaration.region
    text = pl.col(region.column)
    if region.is_name:
        return text.str.to_uppercase().replace_strict(
            dict(region.names), default=None, return_dtype=pl.String
        )
    return dotted_column(text, Level(region.level))


def _keys(frame: pl.DataFrame, declaration: Declaration) -> tuple[pl.DataFrame, int]:
    """Give line, place, period and the first fault of each row; and how many rows are skipped."""
    region = declaration.region
    text = pl.col(region.column)
    text = text.str.to_uppercase() if region.is_name else text
    place = place_of(declaration)
    rows = frame.select(
        pl.col(LINE),
        text.alias("region"),
        place.alias("place"),
        _period(frame, declaration),
        pl.col(declaration.period_column or region.column).alias("period_text"),
    )
    kept = rows.filter(~pl.col("region").is_in(sorted(region.skipped)).fill_null(value=False))
    fault = (
        pl.when(pl.col("place").is_null())
        .then(pl.lit("NAME_UNKNOWN" if region.is_name else "CODE_MALFORMED"))
        .when(pl.col("period").is_null())
        .then(pl.lit("PERIOD_MALFORMED"))
    )
    return kept.with_columns(fault.alias("fault")), rows.height - kept.height


def _period(frame: pl.DataFrame, declaration: Declaration) -> pl.Expr:
    """Read the period of each row; null where it is none."""
    if declaration.period_column is None:
        return pl.lit(declaration.period).alias("period")
    written = frame[declaration.period_column].unique().drop_nulls()
    known = {text: text for text in written if periods.parse(text) is not None}
    return (
        pl.col(declaration.period_column)
        .replace_strict(known, default=None, return_dtype=pl.String)
        .alias("period")
    )


def _typed(cells: pl.DataFrame, variable: Variable, codes: Mapping[str, str]) -> pl.DataFrame:
    """Judge the values of one variable: choices become codes, the fault names what is no value."""
    own = cells.filter(pl.col("variable") == variable.code)
    value = pl.col("value")
    if variable.type is ValueType.CHOICE:
        code = value.str.to_uppercase().replace_strict(dict(codes), default=None, return_dtype=pl.String)
        return own.with_columns(
            pl.when(code.is_null()).then(pl.lit("CHOICE_UNKNOWN")).alias("fault"),
            pl.coalesce(code, value).alias("value"),
        )
    if variable.type is ValueType.TEXT:
        return own
    number = value.cast(pl.Float64, strict=False)
    outside = pl.lit(value=False)
    if variable.minimum is not None:
        outside |= number < float(variable.minimum)
    if variable.maximum is not None:
        outside |= number > float(variable.maximum)
    if variable.is_whole:
        outside |= number != number.round(0)
    return own.with_columns(
        pl.when(~value.str.contains(_NUMBER) | number.is_null())
        .then(pl.lit("VALUE_NOT_NUMBER"))
        .when(number.abs() >= _LIMIT)
        .then(pl.lit("VALUE_TOO_LARGE"))
        .when(outside)
        .then(pl.lit("VALUE_OUTSIDE"))
        .alias("fault")
    )


def judge(cells: pl.DataFrame, variables: Sequence[Variable]) -> Melted:
    """Judge cells that a program sends: region_id, period, variable, breakdown, state, value.

    Choices are sent as codes. Rejects unknown variables, values that are none, and a key sent twice;
    one finding a variable and kind of fault.
    """
    known = {one.code for one in variables}
    key = pl.struct("region_id", "period", "variable", "breakdown")
    valued = pl.col("state") == State.VALUE.value
    cells = cells.with_columns(
        pl.when(~pl.col("variable").is_in(sorted(known)))
        .then(pl.lit("VARIABLE_UNKNOWN"))
        .when(key.is_duplicated())
        .then(pl.lit("KEY_DUPLICATE"))
        .when(valued != pl.col("value").is_not_null())
        .then(pl.lit("STATE_VALUE"))
        .alias("fault")
    )
    sound = cells.filter(pl.col("fault").is_null() & valued)
    parts = [
        _typed(sound, one, {choice.code.upper(): choice.code for choice in one.choices}) for one in variables
    ]
    judged = pl.concat([cells.filter(pl.col("fault").is_not_null() | ~valued), *parts])
    bad = judged.filter(pl.col("fault").is_not_null())
    findings = tuple(
        Finding(
            fault,
            f"{count} nilai {variable} tidak dapat disimpan (misalnya {said(value)}).",
            "Perbaiki program yang mengirimnya.",
            value=value,
        )
        for fault, variable, count, value in bad.group_by("fault", "variable")
        .agg(pl.len(), pl.col("value").first())
        .sort("fault", "variable")
        .iter_rows()
    )
    return Melted(judged.filter(pl.col("fault").is_null()).drop("fault"), bad.height, findings)
