"""Reads a workbook that came back: finds every cell by the hidden keys of its row and column.

The file is refused as a whole where keys are lost, sheets are of another workbook, or cells are merged; a
formula, an error value, a row without key reject their cells; what was deleted or hidden is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from sidara import tables
from sidara.collection.core.answering import shown
from sidara.collection.core.bulk.telling import Telling
from sidara.collection.core.returned import Cell, Returned, ReturnedCell, Written
from sidara.collection.formats.workbook.plan import (
    ANCHOR,
    CHOICES_SHEET,
    DEFINITIONS_SHEET,
    FAULTS_SHEET,
    GUIDE_SHEET,
    HIDDEN_SHEET,
    IN,
    NO_KEY,
    NTH,
    OFFER_TEXTS,
    WHY,
)
from sidara.kernel.finding import CellPlace, Finding, Place, Severity
from sidara.tables import BookSheet, Bounds
from sidara.tables.book import ERROR
from sidara.tables.xlsx_file import column_letters

ALL = Bounds()
OURS = frozenset({GUIDE_SHEET, DEFINITIONS_SHEET, FAULTS_SHEET, CHOICES_SHEET, HIDDEN_SHEET})
_AGAIN = "Unduh formulir lagi, salin isian Anda ke dalamnya, lalu kirim berkas itu."
_NAMED = 5
_DIGITS = 9
"""The most digits of a number that a workbook says of itself."""


def is_ours(sheets: Sequence[BookSheet]) -> bool:
    """Whether a workbook was given out as a form; else it may be a plain table."""
    return any(
        one.name == HIDDEN_SHEET or str(one.cells.get((1, 1), "")).startswith(ANCHOR) for one in sheets
    )


def is_xlsform(sheets: Sequence[BookSheet]) -> bool:
    """Whether a workbook is a form for other programs (XLSForm), which has no boxes to fill in."""
    names = {one.name.lower() for one in sheets}
    return "survey" in names and not names.isdisjoint({"choices", "settings"})


def xlsform_given() -> Finding:
    """Say that such a workbook brings no answers, and which one does."""
    return _fault(
        "WORKBOOK_XLSFORM",
        "Buku kerja ini XLSForm: formulir kosong untuk aplikasi lain, tanpa kotak isian.",
        "Ambil formulirnya sebagai Excel dari halaman formulir, atau dengan sidara form export … --format "
        "xlsx --region … --period …; isi, lalu kirim berkas itu.",
    )


def open_book(
    source: Path | BinaryIO, suffix: str, bounds: Bounds = ALL
) -> tuple[tuple[BookSheet, ...], Finding | None]:
    """Open a workbook; with a finding it is refused."""
    return tables.read_book(source, suffix=suffix, bounds=bounds)


def read(sheets: Sequence[BookSheet]) -> Returned | tuple[Finding, ...]:
    """Read a workbook that was given out as a form; findings alone refuse it as a whole."""
    hidden = next((one for one in sheets if one.name == HIDDEN_SHEET), None)
    said = _Said(hidden.cells if hidden is not None else {})
    returned = said.returned()
    if returned is None:
        return (
            _fault("WORKBOOK_UNREADABLE", "Lembar tersembunyi buku kerja ini hilang atau rusak.", _AGAIN),
        )
    anchor = f"{ANCHOR}{returned.uid}"
    refusing = [found for one in sheets if one.name not in OURS for found in _refusing(one, anchor, said)]
    if refusing:
        return tuple(refusing)
    work = _Work(returned.bases)
    pages = [one for one in sheets if one.cells.get((1, 1)) == anchor]
    for page in pages:
        work.page(page)
    work.telling.take((*said.gone(work.seen), *_others(sheets, anchor)))
    return replace(
        returned,
        cells=tuple(work.cells),
        findings=tuple(work.telling.kept),
        rejected=work.rejected,
        left=work.telling.left,
    )


@dataclass
class _Said:
    """What the hidden sheet says."""

    cells: Mapping[tuple[int, int], Written]
    words: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    marks: dict[str, list[str]] = field(default_factory=dict)
    offers: dict[Cell, dict[int, tuple[str, str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows: dict[int, dict[int, str]] = {}
        for (row, column), value in self.cells.items():
            rows.setdefault(row, {})[column] = _told(value)
        for texts in rows.values():
            word, second, third = (texts.get(at, "") for at in (1, 2, 3))
            match word:
                case "region":
                    self.bases[second] = third
                case "key":
                    self.keys.setdefault(second, []).append(third)
                case "offer":
                    self._offer([texts.get(at, "") for at in range(2, OFFER_TEXTS + 2)])
                case "mark":
                    self.marks.setdefault(second, []).append(third)
                case _:
                    self.words[word] = second

    def _offer(self, texts: Sequence[str]) -> None:
        """Take what was offered for a cell; what is damaged is as if nothing had been offered."""
        region, row, cell, number, state, value, reference = texts
        variable, _, breakdown = cell.partition("@")
        if _is_number(number):
            offers = self.offers.setdefault((region, row, variable, breakdown), {})
            offers[int(number)] = state, value, reference

    def returned(self) -> Returned | None:
        """Give the head of what came back; `None` where it cannot be read."""
        words = self.words
        named = ("uid", "form", "version", "digest", "period", "dataset")
        is_whole = all(words.get(name) for name in named) and _is_number(words["version"])
        if not is_whole or not self.bases or not all(map(_is_number, self.bases.values())):
            return None
        return Returned(
            words["uid"],
            words["form"],
            int(words["version"]),
            words["digest"],
            words["period"],
            words["dataset"],
            {code: int(base) for code, base in self.bases.items()},
            offers=self.offers,
        )

    def gone(self, seen: Mapping[str, tuple[set[str], set[str]]]) -> Iterator[Finding]:
        """Tell which sheets, rows and columns are not there any more: their cells are not sent."""
        there = {key for keys, _ in seen.values() for key in keys}
        for name, keys in self.keys.items():
            lost = [key for key in keys if key not in there]
            if len(lost) == len(keys):
                say = f"Lembar {name} tidak ada lagi; isinya tidak dikirim dan yang tersimpan tetap."
                yield _fault("SHEET_GONE", say, _AGAIN, Severity.WARNING, sheet=name)
            elif lost:
                some = ", ".join(_named_key(key) for key in lost[:_NAMED])
                more = f" dan {len(lost) - _NAMED} lainnya" if len(lost) > _NAMED else ""
                say = f"{len(lost)} baris lembar {name} tidak ada lagi ({some}{more}); isinya tidak dikirim."
                yield _fault("ROWS_GONE", say, _AGAIN, Severity.WARNING, sheet=name)
        for name, marks in self.marks.items():
            lost = [mark for mark in marks if name in seen and mark not in seen[name][1]]
            if lost:
                say = f"{len(lost)} kolom lembar {name} tidak ada lagi; isinya tidak dikirim."
                yield _fault("COLUMNS_GONE", say, _AGAIN, Severity.WARNING, sheet=name)


def _refusing(one: BookSheet, anchor: str, said: _Said) -> Iterator[Finding]:
    """Give what refuses the whole workbook because of one sheet."""
    first = str(one.cells.get((1, 1), ""))
    if first != anchor and first.startswith(ANCHOR):
        say = f"Lembar {one.name} berasal dari buku kerja lain."
        how = "Isi dan kirim buku kerja itu sendiri; jangan memindahkan lembar antarbuku kerja."
        yield _fault("SHEET_FOREIGN", say, how, sheet=one.name)
    elif first != anchor and one.name in said.keys:
        say = f"Kolom atau baris tersembunyi pada lembar {one.name} hilang, sehingga selnya tidak dikenali."
        yield _fault("SHEET_KEYS_LOST", say, _AGAIN, sheet=one.name)
    elif first == anchor and one.merged:
        say = f"Lembar {one.name} memuat sel gabungan ({one.merged[0]})."
        how = "Pisahkan sel gabungan (Unmerge), isi tiap sel, lalu kirim lagi."
        yield _fault("CELLS_MERGED", say, how, sheet=one.name, value=one.merged[0])


def _others(sheets: Sequence[BookSheet], anchor: str) -> Iterator[Finding]:
    """Tell of sheets that are hidden, and of sheets that are not ours and are not read."""
    for one in sheets:
        is_page = one.cells.get((1, 1)) == anchor
        if is_page and one.is_hidden:
            say = f"Lembar {one.name} disembunyikan; isinya tetap dibaca."
            how = "Tampilkan lembar itu (Unhide) dan periksa isinya."
            yield _fault("SHEET_HIDDEN", say, how, Severity.WARNING, sheet=one.name)
        elif not is_page and one.name not in OURS and one.cells:
            hidden = "tersembunyi " if one.is_hidden else ""
            say = f"Lembar {hidden}{one.name} bukan bagian formulir; isinya tidak dibaca."
            how = "Tidak perlu tindakan bila lembar itu catatan Anda sendiri."
            yield _fault("SHEET_EXTRA", say, how, Severity.INFO, sheet=one.name)


class _Work:
    """Takes the cells of one page after the other."""

    def __init__(self, bases: Mapping[str, int]) -> None:
        self.bases = bases
        self.cells: list[ReturnedCell] = []
        self.telling = Telling()
        self.rejected = 0
        self.seen: dict[str, tuple[set[str], set[str]]] = {}

    def page(self, sheet: BookSheet) -> None:
        """Take the cells of a page."""
        marks: dict[int, str] = {}
        keys: dict[int, str] = {}
        rows: dict[int, list[int]] = {}
        for row, column in sheet.cells.keys() | sheet.marks.keys():
            value = _told(sheet.cells.get((row, column)))
            if row == 1 and value.startswith((IN, WHY)):
                marks[column] = value
            elif column == 1 and row > 1:
                keys[row] = value
            elif row > 1:
                rows.setdefault(row, []).append(column)
        self.seen[sheet.name] = (set(keys.values()) - {NO_KEY}, set(marks.values()))
        whys = {mark.removeprefix(WHY): column for column, mark in marks.items() if mark.startswith(WHY)}
        for row in sorted(rows):
            key = keys.get(row, "")
            if key != NO_KEY:
                self._row(sheet, row, key, sorted(rows[row]), marks, whys)

    def _row(  # noqa: PLR0913, PLR0917 - a row and what is needed to read it
        self,
        sheet: BookSheet,
        row: int,
        key: str,
        columns: Sequence[int],
        marks: Mapping[int, str],
        whys: Mapping[str, int],
    ) -> None:
        filled = [at for at in columns if marks.get(at, "").startswith(IN)]
        region, _, rest = key.partition(";")
        list_row, _, nth = rest.partition(";")
        if filled and region not in self.bases:
            self._reject_row(sheet, row, key, filled)
            return
        told: set[int] = set()
        for at in filled:
            mark = marks[at].removeprefix(IN)
            where = _of(mark, nth)
            why = whys.get(mark, 0)
            told.add(why)
            place = CellPlace(row, column_letters(at), sheet.name, region=region)
            bad = sheet.marks.get((row, at)) or sheet.marks.get((row, why))
            if where is None or bad:
                self.rejected += 1
                self.telling.add(_bad_cell(place, bad))
                continue
            explanation = text_of(sheet.cells.get((row, why)))
            value = sheet.cells.get((row, at))
            self.cells.append(ReturnedCell(region, list_row, *where, value, explanation, place))
        alone = [at for at in columns if marks.get(at, "").startswith(WHY) and at not in told]
        for at in alone:
            say = "Penjelasan tanpa isian tidak dikirim."
            how = "Isi juga kotaknya, atau kosongkan penjelasannya."
            where_at = CellPlace(row, column_letters(at), sheet.name, region=region)
            text = _told(sheet.cells.get((row, at)))[:60] or None
            self.telling.add(Finding("EXPLANATION_ALONE", say, how, Severity.WARNING, where_at, text))

    def _reject_row(self, sheet: BookSheet, row: int, key: str, filled: Sequence[int]) -> None:
        self.rejected += len(filled)
        where = Place(row, column_letters(filled[0]), sheet.name)
        count = f"{len(filled)} sel ditolak"
        if key:
            say = f"Baris {row} milik desa lain ({key.partition(';')[0] or 'tanpa kode'}); {count}."
            how = "Isi buku kerja desa itu sendiri; jangan menyalin baris antarbuku kerja."
            self.telling.add(Finding("ROW_FOREIGN", say, how, place=where))
        else:
            say = f"Baris {row} bukan baris formulir (kodenya tidak ada); {count}."
            how = "Pindahkan isinya ke baris kosong yang tersedia."
            self.telling.add(Finding("ROW_KEYLESS", say, how, place=where))


def _of(mark: str, nth: str) -> tuple[str, str] | None:
    """Find whose a cell is by the mark of its column and the keys of its row."""
    name = mark
    if mark.startswith(NTH):
        names = nth.split(",")
        at = int(mark[1:]) if _is_number(mark[1:]) else len(names)
        name = names[at] if at < len(names) else ""
    variable, _, breakdown = name.partition("@")
    return (variable, breakdown) if variable and breakdown else None


def _bad_cell(place: Place, kind: str | None) -> Finding:
    how = "Salin sel itu dan tempel sebagai nilai (Paste Special, Values), atau ketik nilainya."
    at = f"{place.column}{place.line}"
    if kind is None:
        return replace(
            _fault("CELL_PLACE", f"Sel {at} bukan kotak isian.", "Kosongkan sel itu."), place=place, value=at
        )
    code = "CELL_ERROR" if kind == ERROR else "CELL_FORMULA"
    return replace(_fault(code, f"Sel {at} berisi {kind}, bukan nilai.", how), place=place, value=at)


def text_of(value: Written | None) -> str:
    """Write what stands in a cell as text."""
    return tables.text_of(value) or ""


def _told(value: Written | None) -> str:
    """Write what stands in a cell as a finding may repeat it: without signs that nobody sees."""
    return shown(text_of(value))


def _is_number(text: str) -> bool:
    """Whether a text is a number as we write them into a workbook: of a version, a revision, a place."""
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS


def _named_key(key: str) -> str:
    region, row, cells = (*key.split(";"), "", "")[:3]
    return cells.split(",")[0].partition("@")[0] if not row and cells else region


def _fault(  # noqa: PLR0913 - the parts of a finding
    code: str,
    message: str,
    remedy: str,
    severity: Severity = Severity.ERROR,
    *,
    line: int | None = None,
    column: str | None = None,
    sheet: str | None = None,
    value: str | None = None,
) -> Finding:
    return Finding(code, message, remedy, severity, Place(line, column, sheet), value)
