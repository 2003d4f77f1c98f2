"""Cells of one form at one version read by column: what is already canonical passes as it stands.

The plain ones are found with Polars; a cell that needs any reading goes through `answering.read_cells`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sidara.collection.core.answering import CLEARED, LONGEST_TEXT, Asking, Given, read_cells
from sidara.collection.core.bulk.telling import MOST_KEPT
from sidara.dictionary.core import Type
from sidara.kernel.breakdown import canonical
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Place

NUMBER = r"^(?:0|-?[1-9][0-9]*|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9])$"
PLAIN = r"^(?:[!-~](?:[ -~]*[!-~])?)?$"
"""A text that is canonical as it stands: printable ASCII without blanks around."""
MOST_LETTERS = 18
WORDS = sorted({one.value for one in State} | {one.words for one in State} | {CLEARED})
CONTENT = {
    "at": pl.Int64,
    "row": pl.String,
    "variable": pl.String,
    "breakdown": pl.String,
    "state": pl.String,
    "value": pl.String,
    "explanation": pl.String,
}


@dataclass(frozen=True)
class Typed:
    """Contents as they can be stored (`CONTENT`), and a finding for each cell that cannot, by its number.

    `left` counts the findings that were not made, by code.
    """

    cells: pl.DataFrame
    findings: tuple[tuple[int, Finding], ...]
    left: Mapping[str, int]

    @property
    def rejected(self) -> int:
        """How many cells cannot be stored."""
        return len(self.findings) + sum(self.left.values())


def read_frame(asking: Asking, frame: pl.DataFrame, room: int = MOST_KEPT) -> Typed:
    """Read sent cells (`Incoming.sent`) of one form; `room` faults are told, those beyond are counted."""
    questions, choices = _questions(asking), _choices(asking)
    known = (
        frame.lazy()
        .join(questions.lazy(), on=["variable", "breakdown"], how="left")
        .join(choices.lazy(), on=["variable", "value"], how="left")
        .with_columns(is_plain=_is_plain())
        .collect()
    )
    plain = known.filter(pl.col("is_plain")).select(
        "at",
        "row",
        "variable",
        "breakdown",
        pl.when(pl.col("state") == "").then(pl.lit(State.VALUE.value)).otherwise("state").alias("state"),
        pl.when(pl.col("value") != "").then("value").alias("value"),
        "explanation",
    )
    read, findings, left = _one_by_one(asking, known.filter(~pl.col("is_plain")), room)
    return Typed(pl.concat([plain, read]).sort("at"), tuple(findings), left)


def _is_plain() -> pl.Expr:
    value, kind = pl.col("value"), pl.col("kind")
    is_number = (
        value.str.contains(NUMBER)
        & (value.str.len_bytes() <= MOST_LETTERS)
        & (value.str.extract(r"\.([0-9]+)$").str.len_bytes().fill_null(0) <= pl.col("decimals"))
    )
    is_day = (
        value.str.contains(r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$")
        & value.str.to_date("%Y-%m-%d", strict=False).is_not_null()
    )
    is_text = (
        value.str.contains(PLAIN)
        & ~value.str.to_lowercase().is_in(WORDS)
        & (value.str.len_bytes() <= LONGEST_TEXT)
    )
    fits = (
        ((kind == "number") & is_number)
        | ((kind == "truth") & value.is_in(["true", "false"]))
        | ((kind == "day") & is_day)
        | ((kind == "choice") & pl.col("is_option").fill_null(value=False))
        | ((kind == "text") & is_text)
    )
    says_value = pl.col("state").is_in(["", State.VALUE.value]) & (value != "") & fits
    states = [one.value for one in State if one is not State.VALUE]
    says_state = pl.col("state").is_in(states) & (value == "") & kind.is_not_null()
    is_said = pl.col("explanation").str.contains(PLAIN) & (
        pl.col("explanation").str.len_bytes() <= LONGEST_TEXT
    )
    return ((pl.col("row") == "") & is_said & (says_value | says_state)).fill_null(value=False)


def _one_by_one(
    asking: Asking, frame: pl.DataFrame, room: int
) -> tuple[pl.DataFrame, list[tuple[int, Finding]], Mapping[str, int]]:
    """Read what is not plain as one save reads it."""
    rows: list[tuple[object, ...]] = []
    findings: list[tuple[int, Finding]] = []
    left: Counter[str] = Counter()
    names = ("at", "variable", "value", "state", "breakdown", "row", "explanation", "line", "column", "sheet")
    for at, variable, value, state, breakdown, row, explanation, line, column, sheet in frame.select(
        names
    ).iter_rows():
        place = Place(line, column or "value", sheet)
        given = Given(
            variable.strip(), value, state, canonical(breakdown.strip()), row.strip(), explanation, place
        )
        sent, found = read_cells(asking, [given])
        for fault in found:
            if len(findings) < room:
                findings.append((at, fault))
            else:
                left[fault.code] += 1
        for one in sent:
            key, said = one.key, one.content
            rows.append(
                (at, key.row, key.variable, key.breakdown, said.state.value, said.value, said.explanation)
            )
    return pl.DataFrame(rows, schema=CONTENT, orient="row"), findings, left


_KINDS = {
    Type.YES_NO: "truth",
    Type.DATE: "day",
    Type.CHOICE: "choice",
    Type.TEXT: "text",
}


def _questions(asking: Asking) -> pl.DataFrame:
    """Give the cells that the form asks outside of lists, the total also under an empty breakdown."""
    rows = [
        (code, breakdown, "number" if one.is_number else _KINDS.get(one.type, "other"), one.decimals or 0)
        for code, one in asking.variables.items()
        if one.is_asked
        for breakdown in asking.breakdowns[code]
    ]
    schema = {"variable": pl.String, "breakdown": pl.String, "kind": pl.String, "decimals": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _choices(asking: Asking) -> pl.DataFrame:
    rows = [
        (code, option.code, True)
        for code, one in asking.variables.items()
        if one.type is Type.CHOICE
        for option in asking.dictionary.options_of(one)
    ]
    schema = {"variable": pl.String, "value": pl.String, "is_option": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")
