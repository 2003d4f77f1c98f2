"""Files of cells (`form, region, period, row, variable, breakdown, state, value, explanation`) and answers.

One line is one cell; a line with a `row` is a cell of a list's row. A line whose variable is the code of a
list and that has no row says that the list is declared empty (`tidak ada`). Every line is taken or rejected
with its reason; rejected + taken = read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import polars as pl

from sidara import tables
from sidara.dictionary.core.answers import Answers, typed
from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.things import Column, Variable
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL, canonical
from sidara.kernel.cell import Cell, State
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.period import Frequency
from sidara.regions.core import DESA, dotted, kind_of
from sidara.tables import LINE

COLUMNS = ("form", "region", "period", "row", "variable", "breakdown", "state", "value", "explanation")
REQUIRED = ("region", "period", "variable", "value")
MOST_NAMED = 200
"""Rejected lines that get a finding of their own."""
_STATES = {state.words: state for state in State} | {state.value: state for state in State}


@dataclass(frozen=True)
class Read:
    """What a file holds: answers by region, and the account of its lines."""

    answers: tuple[Answers, ...] = ()
    read: int = 0
    rejected: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass
class _Region:
    cells: dict[tuple[str, str, str], Cell] = field(default_factory=dict)
    rows: dict[tuple[str, str], dict[str, dict[str, Cell]]] = field(default_factory=dict)
    declared: set[tuple[str, str]] = field(default_factory=set)


def read(source: Path | BinaryIO, dictionary: Dictionary, format: str | None = None) -> Read:  # noqa: A002 - the word of the command line
    """Read a table of cells (CSV, XLSX, Parquet, JSON) with a dictionary."""
    reading = tables.read(source, format=format, required=REQUIRED, known=COLUMNS)
    if reading.table is None:
        return Read(findings=reading.findings)
    frame = reading.table.frame
    missing = [name for name in COLUMNS if name not in frame.columns]
    frame = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)
    reader = _Reader(dictionary)
    for line, *cell in frame.select(LINE, *COLUMNS).iter_rows():
        reader.take(line, dict(zip(COLUMNS, cell, strict=True)))
    rejected = len(reader.rejected) + len(reading.rejected_lines)
    findings = (*reading.findings, *_limited(reader.rejected))
    return Read(tuple(reader.answers()), frame.height + len(reading.rejected_lines), rejected, findings)


class _Reader:
    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.regions: dict[str, _Region] = {}
        self.rejected: list[Finding] = []
        self.breakdowns = {
            code: {TOTAL, *dictionary.breakdowns(one)} for code, one in dictionary.variables.items()
        }
        self.spans: dict[str, Frequency] = {}
        for code in (*dictionary.variables, *dictionary.columns):
            frequency = dictionary.frequency(code)
            if frequency is not None:
                self.spans[code] = frequency.span

    def take(self, line: int, given: Mapping[str, str | None]) -> None:
        found = self._taken(line, given)
        if found is not None:
            self.rejected.append(found)

    def _taken(self, line: int, given: Mapping[str, str | None]) -> Finding | None:  # noqa: PLR0911 - one refusal each
        code, period, region = given["variable"] or "", given["period"] or "", given["region"] or ""
        if not region:
            return _fault("CELL_REGION", "Sel tanpa kode wilayah.", "Isi kode desa.", line, "region")
        at = periods.parse(period)
        if at is None:
            remedy = "Tulis seperti 2026, 2026-S1, 2026-Q1 atau 2026-03."
            return _fault(
                "CELL_PERIOD", f"Periode {period} tidak dapat dibaca.", remedy, line, "period", period
            )
        state = _STATES.get(given["state"] or State.VALUE.value)
        if state is None:
            remedy = f"Pilih salah satu: {', '.join(one.words for one in State)}."
            say = f"Keadaan {given['state']} tidak dikenal."
            return _fault("CELL_STATE", say, remedy, line, "state", given["state"])
        held = self.regions.setdefault(region, _Region())
        if code in self.dictionary.lists:
            held.declared.add((code, period))
            return None
        asked = self.dictionary.asked(code)
        if asked is None:
            remedy = "Periksa kodenya dengan sidara dictionary list."
            return _fault("CELL_VARIABLE", f"Elemen {code} tidak ada.", remedy, line, "variable", code)
        if self.spans.get(code) is not at.frequency:
            say = f"{code} tidak diisi pada periode {period}."
            remedy = f"{code} diisi {self.dictionary.frequency(code)}."
            return _fault("CELL_PERIOD", say, remedy, line, "period", period)
        cell = self._cell(asked, state, given["value"], line)
        if isinstance(cell, Finding):
            return cell
        if isinstance(asked, Column):
            return self._row(held, code, period, given["row"] or "", cell, line)
        return self._put(held, asked, period, given["breakdown"] or TOTAL, cell, line)

    def _cell(self, asked: Variable | Column, state: State, text: str | None, line: int) -> Cell | Finding:
        if state is not State.VALUE:
            return Cell(state)
        value = typed(self.dictionary, asked, text or "")
        if value is None:
            say = f"Nilai {text or 'kosong'} bukan {asked.type.words} bagi {asked.code}."
            remedy = "Betulkan nilainya, atau tulis keadaannya pada kolom state."
            return _fault("CELL_VALUE", say, remedy, line, "value", text)
        if isinstance(value, Decimal) and asked.range is not None and not asked.range.holds(value):
            say = f"Nilai {text} bagi {asked.code} di luar rentangnya."
            return _fault("CELL_RANGE", say, "Betulkan nilainya.", line, "value", text)
        return Cell(State.VALUE, value)

    def _put(  # noqa: PLR0913, PLR0917 - the parts of a key
        self, held: _Region, asked: Variable, period: str, breakdown: str, cell: Cell, line: int
    ) -> Finding | None:
        text = canonical(breakdown)
        if text not in self.breakdowns[asked.code]:
            say = f"{asked.code} tidak mempunyai rincian {breakdown}."
            known = "; ".join(sorted(self.breakdowns[asked.code] - {TOTAL})) or "tidak ada"
            return _fault("CELL_BREAKDOWN", say, f"Rinciannya: {known}.", line, "breakdown", breakdown)
        key = asked.code, text, period
        if key in held.cells:
            return _twice(asked.code, line)
        held.cells[key] = cell
        return None

    def _row(  # noqa: PLR0913, PLR0917 - the parts of a key
        self, held: _Region, code: str, period: str, row: str, cell: Cell, line: int
    ) -> Finding | None:
        if not row:
            say = f"{code} adalah kolom daftar, tetapi barisnya tidak disebut."
            return _fault("CELL_ROW", say, "Isi kolom row dengan kode barisnya.", line, "row")
        name = self.dictionary.columns[code][0].code
        cells = held.rows.setdefault((name, period), {}).setdefault(row, {})
        if code in cells:
            return _twice(code, line)
        cells[code] = cell
        return None

    def answers(self) -> Iterator[Answers]:
        for code, held in sorted(self.regions.items()):
            lists: dict[tuple[str, str], list[dict[str, Cell]] | None] = {key: [] for key in held.declared}
            lists |= {key: list(rows.values()) for key, rows in held.rows.items()}
            village = dotted(code)
            kind = kind_of(village) if village else DESA
            yield Answers(code, str(kind), held.cells, lists)


def _twice(code: str, line: int) -> Finding:
    return _fault(
        "CELL_TWICE", f"Sel {code} ini sudah ada di atas.", "Hapus salah satunya.", line, "variable", code
    )


def _fault(  # noqa: PLR0913, PLR0917 - the parts of a finding
    code: str, message: str, remedy: str, line: int, column: str, value: str | None = None
) -> Finding:
    return Finding(code, message, remedy, Severity.ERROR, Place(line, column), value)


def _limited(found: list[Finding]) -> Iterable[Finding]:
    if len(found) <= MOST_NAMED:
        return found
    rest = len(found) - MOST_NAMED
    more = Finding("CELLS_REJECTED", f"{rest} sel lain juga ditolak.", "Betulkan dengan cara yang sama.")
    return [*found[:MOST_NAMED], more]


def rows(answers: Answers, dictionary: Dictionary) -> Iterator[dict[str, str]]:
    """Write answers as lines of a file of cells; derived cells are left out, they are computed."""
    for (code, breakdown, period), cell in answers.cells.items():
        variable = dictionary.variables.get(code)
        if variable is not None and variable.is_asked:
            yield _line(answers, variable.form, period, "", code, breakdown, cell)
    for (name, period), made in answers.lists.items():
        form = dictionary.lists[name].form
        if made is None:
            continue
        if not made:
            yield _line(answers, form, period, "", name, "", Cell(State.NONE))
        for number, row in enumerate(made, 1):
            for code, cell in row.items():
                if dictionary.columns[code][1].is_asked:
                    yield _line(answers, form, period, f"{name}-{number}", code, "", cell)


def _line(  # noqa: PLR0913, PLR0917 - the columns of a line
    answers: Answers, form: str, period: str, row: str, code: str, breakdown: str, cell: Cell
) -> dict[str, str]:
    return {
        "form": form,
        "region": answers.region,
        "period": period,
        "row": row,
        "variable": code,
        "breakdown": breakdown,
        "state": cell.state.value,
        "value": written(cell),
        "explanation": "",
    }


def written(cell: Cell) -> str:
    """Write a value as files have it: `true`, `12.5`, `2026-11-24`; empty where there is none."""
    value = cell.value
    if cell.state is not State.VALUE or value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
