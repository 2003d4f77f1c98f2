"""A workbook that came back: what it says of itself, its cells by key, and what is wrong with it.

The keys stand in the sheets (`formats.workbook.plan`), so rows and columns may have moved; what has no key,
or one of another workbook, is not guessed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sidara.collection.core.answering import CLEARED, PRESENT, REMOVED, Asking, Given
from sidara.collection.core.shown import understood
from sidara.dictionary.core import Column, Type, Variable
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Place
from sidara.tables import text_of

type Written = str | float | int | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class ReturnedCell:
    """A cell that holds something: whose it is, what stands there, where."""

    region: str
    row: str
    variable: str
    breakdown: str
    value: Written | None
    explanation: str
    place: Place


@dataclass(frozen=True)
class Returned:
    """What a workbook brings: which issue, form, version and period, villages with base revision, cells.

    `rejected` counts cells that are not in `cells` because they cannot be read; each has a finding, or is
    counted in `left` by the code of the finding that it would have.
    """

    uid: str
    form: str
    version: int
    digest: str
    period: str
    dataset: str
    bases: Mapping[str, int]
    cells: tuple[ReturnedCell, ...] = ()
    findings: tuple[Finding, ...] = ()
    rejected: int = 0
    left: Mapping[str, int] = field(default_factory=dict)


_DAY_ZERO = date(1899, 12, 30)
"""The day that workbooks count from."""
_LIKELY_DAYS = range(20_000, 80_000)
"""Numbers that are most likely days: 1954 to 2119."""


def given_cells(asking: Asking, returned: Returned) -> Iterator[tuple[str, Given] | Finding]:
    """Give each cell with its village as the form reads it, or a finding where its kind cannot be meant."""
    read = _reading(asking)
    for one in returned.cells:
        asked = asking.variables.get(one.variable) or asking.columns.get(one.variable)
        fault = _kind_fault(asked, one)
        if fault is not None:
            yield fault
            continue
        text = text_of(one.value) or ""
        is_figure = isinstance(one.value, float | int) and asked is not None and asked.is_number
        state, value = ("", text) if is_figure else read(one.variable, text)
        if asked is None and one.variable in asking.lists:
            state, value = _own(text) if one.row else (state, value)
        yield (
            one.region,
            Given(one.variable, value, state, one.breakdown, one.row, one.explanation, one.place),
        )


def _reading(asking: Asking) -> Callable[[str, str], tuple[str, str]]:
    @lru_cache(maxsize=65_536)
    def read(variable: str, text: str) -> tuple[str, str]:
        asked = asking.variables.get(variable) or asking.columns.get(variable)
        return understood(asking.dictionary, asked, text)

    return read


def _own(text: str) -> tuple[str, str]:
    """Read the own cell of a row of a list: it is there, or it is taken out."""
    word = text.strip().casefold()
    return State.VALUE.value, {PRESENT: PRESENT, CLEARED: REMOVED, REMOVED: REMOVED}.get(word, text)


def _kind_fault(asked: Variable | Column | None, one: ReturnedCell) -> Finding | None:
    """Refuse a day where a figure is asked, and a figure where a day is: the office program changed it."""
    if asked is None:
        return None
    at = f"{one.place.column}{one.place.line}"
    if asked.is_number and isinstance(one.value, date | datetime | time | timedelta):
        return Finding(
            "NUMBER_AS_DATE",
            f"Sel {at} berisi tanggal atau jam {text_of(one.value)}, padahal yang ditanyakan angka.",
            "Hapus isi sel, pilih bentuk Angka (Number), lalu ketik ulang angkanya.",
            place=one.place,
            value=text_of(one.value),
        )
    is_number = isinstance(one.value, float | int) and not isinstance(one.value, bool)
    if asked.type is Type.DATE and is_number:
        number = int(one.value) if isinstance(one.value, float | int) else 0
        likely = f" (mungkin {_DAY_ZERO + timedelta(number)})" if number in _LIKELY_DAYS else ""
        return Finding(
            "DATE_AS_NUMBER",
            f"Sel {at} berisi angka {text_of(one.value)}, padahal yang ditanyakan tanggal{likely}.",
            "Tulis tanggalnya seperti 2026-11-24.",
            place=one.place,
            value=text_of(one.value),
        )
    return None
