"""The table of cells of an issue as CSV: a line a cell, keys and codes, what is stored filled in already."""

import io
from collections.abc import Iterator

import polars as pl

from sidara import tables
from sidara.collection.core.blank import Blank, Issue, asked_columns
from sidara.collection.core.submission import EMPTY, Key
from sidara.dictionary.core import Type
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State

COLUMNS = ("form", "region", "period", "row", "variable", "breakdown", "state", "value", "explanation")
SIMULATION = "simulasi"
"""A further column of an issue about example villages: SIMULASI in each line. Passed over when read."""
EMPTY_ROWS = 3
"""Empty rows that a list offers."""


def write(issue: Issue) -> bytes:
    """Give the table of an issue; the same issue gives the same bytes."""
    lines = [line for blank in issue.blanks for line in _lines(issue, blank)]
    frame = pl.DataFrame(lines, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    if issue.is_simulated:
        frame = frame.with_columns(pl.lit("SIMULASI").alias(SIMULATION))
    buffer = io.BytesIO()
    tables.write(frame, buffer, format="csv")
    return buffer.getvalue()


def _lines(issue: Issue, blank: Blank) -> Iterator[tuple[str, ...]]:
    asking = issue.asking
    for code, one in asking.variables.items():
        if one.is_asked and one.type is not Type.FILE and blank.asks(one):
            for breakdown in asking.breakdowns[code]:
                yield _line(issue, blank, Key("", code, breakdown))
    for made in asking.questionnaire.lists:
        if not blank.asks(made):
            continue
        yield _line(issue, blank, Key("", made.code, TOTAL))
        for row in blank.rows(made):
            yield _line(issue, blank, Key(row, made.code, TOTAL))
            for column in asked_columns(made):
                yield _line(issue, blank, Key(row, column.code, TOTAL))
        for row in issue.fresh_rows(blank, made.code, EMPTY_ROWS):
            for code in (made.code, *(column.code for column in asked_columns(made))):
                yield _line(issue, blank, Key(row, code, TOTAL))


def _line(issue: Issue, blank: Blank, key: Key) -> tuple[str, ...]:
    content = blank.cells.get(key, EMPTY)
    is_empty = content.state is State.EMPTY
    return (
        issue.asking.questionnaire.form.code,
        blank.region.code,
        str(issue.period),
        key.row,
        key.variable,
        key.breakdown,
        "" if is_empty else content.state.value,
        content.value or "",
        "" if is_empty else content.explanation,
    )
