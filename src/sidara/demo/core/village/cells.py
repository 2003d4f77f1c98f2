"""A simulated village as cells of a file: texts, a line a cell, keys as every door writes them."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from sidara.collection.core.answering import PRESENT, Given, breakdowns_asked, canonical_value
from sidara.collection.core.bulk import GivenCell
from sidara.collection.core.submission import SubmissionKey
from sidara.dictionary.core import Answers, Column, Dictionary, ListOfRows, Type, Variable
from sidara.dictionary.core.words import RowSpan
from sidara.expressions import Row
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import Cell, State
from sidara.kernel.period import Period

REASON = "SIMULASI: angka rekaan"
"""Why a simulated village does not know an answer."""


def cells_of(dictionary: Dictionary, answers: Answers, dataset: str, *, seed: int) -> Iterator[GivenCell]:
    """Give every cell that a form asks of a village, in a fixed order; rows of lists get ids by the seed."""
    for (code, breakdown, when), cell in sorted(answers.cells.items(), key=lambda one: one[0]):
        asked = dictionary.variables[code]
        if (
            asked.is_asked
            and asked.type is not Type.FILE
            and breakdown in breakdowns_asked(dictionary, asked)
        ):
            key = SubmissionKey(asked.form, answers.region, when, dataset)
            yield GivenCell(key, _given(dictionary, asked, cell, "", breakdown))
    for (code, when), rows in sorted(answers.lists.items()):
        made, at = dictionary.lists[code], periods.parse(when)
        key = SubmissionKey(made.form, answers.region, when, dataset)
        if at is None:
            continue
        if not rows:
            yield GivenCell(key, Given(code, "", State.NONE.value, TOTAL, ""))
        for number, row in enumerate(rows or ()):
            own = _own_id(made, row, f"{seed}|{answers.region}|{code}", at, number)
            yield GivenCell(key, Given(code, PRESENT, "", TOTAL, own))
            for column in made.columns:
                if column.is_asked and column.type is not Type.FILE and column.code in row:
                    yield GivenCell(key, _given(dictionary, column, row[column.code], own, TOTAL))


def _given(dictionary: Dictionary, asked: Variable | Column, cell: Cell, row: str, breakdown: str) -> Given:
    if cell.state is State.VALUE and cell.value is not None:
        text = canonical_value(dictionary, asked, cell.value)
        return Given(asked.code, text, State.VALUE.value, breakdown, row)
    return Given(
        asked.code, "", cell.state.value, breakdown, row, REASON if cell.state is State.UNKNOWN else ""
    )


def _own_id(made: ListOfRows, row: Row, name: str, at: Period, number: int) -> str:
    """Give the id of a row; one that is planned keeps it in later years, by its words and first year."""
    planned = row.get(made.label) if made.rows is RowSpan.PLANNED_YEAR else None
    days = [row[one.code].value for one in made.columns if one.type is Type.DATE and one.code in row]
    if planned is None or not days or not isinstance(days[0], date):
        return row_id(f"{name}|{at}|{number}", at, number)
    return row_id(f"{name}|{planned.value}", periods.year(days[0].year), 0)


def row_id(name: str, at: Period, number: int) -> str:
    """Make the id of a row, a UUIDv7 (RFC 9562) of the first day of its period that follows from a name."""
    day = datetime(at.first_day.year, at.first_day.month, at.first_day.day, tzinfo=UTC)
    noise = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
    made = int(day.timestamp() * 1000) << 80 | 7 << 76 | (number & 0xFFF) << 64 | 2 << 62 | noise >> 2
    return str(UUID(int=made))
