"""A workbook that came back: what it says of itself, its cells by key, and what is wrong with it.

The keys stand in the sheets (`formats.workbook.plan`), so rows and columns may have moved; what has no key,
or one of another workbook, is not guessed.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sidara.collection.core.answering import CLEARED, PRESENT, REMOVED, Asking, Given
from sidara.collection.core.shown import COPY, copy_of, understood
from sidara.dictionary.core import Column, Type, Variable
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Place
from sidara.tables import text_of

type Cell = tuple[str, str, str, str]
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
    counted in `left` by the code of the finding that it would have. `offers`: what the workbook offered for a
    cell (village, row, variable, breakdown), by number of the source: state, value, reference of the source.
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
    offers: Mapping[Cell, Mapping[int, tuple[str, str, str]]] = field(default_factory=dict)


_DAY_ZERO = date(1899, 12, 30)
"""The day that workbooks count from."""
_LIKELY_DAYS = range(20_000, 80_000)
"""Numbers that are most likely days: 1954 to 2119."""


def given_cells(asking: Asking, returned: Returned) -> Iterator[tuple[str, Given] | Finding]:
    """Give each cell with its village as the form reads it, or a finding where its kind cannot be meant.

    The word `salin` takes over what the workbook offered for its box, in the own box of a row of a list what
    it offered for all boxes of that row that are empty.
    """
    read = _reading(asking)
    filled = {(one.region, one.row, one.variable, one.breakdown) for one in returned.cells}
    for one in returned.cells:
        asked = asking.variables.get(one.variable) or asking.columns.get(one.variable)
        fault = _kind_fault(asked, one)
        if fault is not None:
            yield fault
            continue
        text = text_of(one.value) or ""
        is_figure = isinstance(one.value, float | int) and asked is not None and asked.is_number
        state, value = ("", text) if is_figure else read(one.variable, text)
        number = None if is_figure or state == State.VALUE.value else copy_of(text)
        if number is not None:
            yield from _copies(asking, returned, one, number, filled)
            continue
        if asked is None and one.variable in asking.lists:
            state, value = _own(text) if one.row else (state, value)
        yield (
            one.region,
            Given(one.variable, value, state, one.breakdown, one.row, one.explanation, one.place),
        )


def _copies(
    asking: Asking, returned: Returned, one: ReturnedCell, number: int, filled: Container[Cell]
) -> Iterator[tuple[str, Given] | Finding]:
    """Give what is taken over by the word in a box."""
    own = (one.region, one.row, one.variable, one.breakdown)
    wanted = [own] if own in returned.offers else []
    if one.row and one.variable in asking.lists:
        columns = [column.code for column in asking.lists[one.variable].columns]
        cells = ((one.region, one.row, code, one.breakdown) for code in columns)
        wanted = [cell for cell in cells if cell in returned.offers and cell not in filled]
    if not wanted:
        yield _copy_fault(
            one, "COPY_NOTHING", "tidak ada yang dapat disalin ke sana", "Tulis jawabannya sendiri."
        )
    for cell in wanted:
        offers = returned.offers[cell]
        contents = {(state, value) for state, value, _ in offers.values()}
        if not number and len(contents) > 1:
            words = " atau ".join(f"{COPY} {at}" for at in sorted(offers))
            yield _copy_fault(
                one, "COPY_WHICH", "sumbernya berbeda", f"Tulis {words}, atau jawabannya sendiri."
            )
        elif number and number not in offers:
            words = " atau ".join(f"{COPY} {at}" for at in sorted(offers))
            yield _copy_fault(one, "COPY_NOTHING", "sumber itu tidak menawarkan apa pun", f"Tulis {words}.")
        else:
            state, value, origin = offers[number or min(offers)]
            region, row, variable, breakdown = cell
            yield region, Given(variable, value, state, breakdown, row, one.explanation, one.place, origin)


def _copy_fault(one: ReturnedCell, code: str, why: str, remedy: str) -> Finding:
    text = text_of(one.value) or ""
    say = f"Sel {one.place.column}{one.place.line} berisi {text}, tetapi {why}."
    return Finding(code, say, remedy, place=one.place, value=text)


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
