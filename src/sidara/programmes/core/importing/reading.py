"""A workbook as rows of one table: sheets chosen, table recognised, what money is written in asked for."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import shorten

from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number
from sidara.programmes.core.importing.cells import Reader
from sidara.programmes.core.importing.definition import (
    Column,
    Multiplier,
    Need,
    PlanTable,
    PlanTables,
    Type,
    Words,
    plain,
)
from sidara.programmes.core.importing.grid import Grid, letters, words_of
from sidara.programmes.core.importing.headings import Heading, find_heading
from sidara.programmes.core.importing.rows import Draft, Skipped, read_rows

CLOSE = 0.4
"""Tables whose scores differ by less are not told apart by their headings."""
MOST_ROWS = 50_000
"""Data rows of one file."""
SHOWN_SIGNS = 60
"""Signs of a skipped row that its finding quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was said about how a file is to be read; empty words are not said.

    `table`: key of the table. `year`: that of the plan, `first_year` of its period. `unit`: what money is
    written in (key of a multiplier). `percent`: what cells of percent style mean.
    """

    table: str = ""
    year: int | None = None
    first_year: int | None = None
    unit: str = ""
    percent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """What a file holds: the table, its data rows, what was skipped, which column was taken for what.

    `table` is `None` when the file is refused. `columns`: sheet, heading as written, label of the column
    (empty: kept as a further column).
    """

    table: PlanTable | None
    drafts: tuple[Draft, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    findings: tuple[Finding, ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()
    keys: frozenset[str] = frozenset()

    @property
    def is_refused(self) -> bool:
        """Whether nothing of the file can be used."""
        return self.table is None


def refuse(*findings: Finding) -> PlanFile:
    """Give a file of which nothing is used."""
    return PlanFile(table=None, findings=findings)


def _fault(code: str, message: str, remedy: str, **place: object) -> Finding:
    return Finding(code, message, remedy, Severity.ERROR, Place(**place))  # type: ignore[arg-type]  # the names of a place


def read_plan(grids: Sequence[Grid], tables: PlanTables, asked: Reading) -> PlanFile:
    """Read all sheets that hold the table; the others are told."""
    if asked.table and tables.table(asked.table) is None:
        names = ", ".join(one.key for one in tables.tables)
        return refuse(
            _fault("PLAN_TABLE_UNKNOWN", f"Tabel {asked.table} tidak dikenal.", f"Pilih salah satu: {names}.")
        )
    told = [_hidden_sheet(grid) for grid in grids if grid.is_hidden and grid.cells]
    found = [
        (
            grid,
            find_heading(grid, tables, table=asked.table, year=asked.year, first_year=asked.first_year),
        )
        for grid in grids
        if not grid.is_hidden and grid.cells
    ]
    if not any(headings for _, headings in found):
        return refuse(_none_found(tables, asked), *told)
    table, doubt = _table(headings for _, headings in found)
    if table is None or doubt is not None:
        return refuse(*([doubt] if doubt else []), *told)
    gathered = _Gathered(table, tables.words, asked)
    for grid, headings in found:
        gathered.take(grid, next((one for one in headings if one.table is table), None))
    return gathered.file(told)


class _Gathered:
    """What all sheets of a file gave."""

    def __init__(self, table: PlanTable, words: Words, asked: Reading) -> None:
        self.table, self.words, self.asked = table, words, asked
        self.drafts: list[Draft] = []
        self.skipped: list[Skipped] = []
        self.columns: list[tuple[str, str, str]] = []
        self.keys: set[str] = set()
        self.told: list[Finding] = []
        self.faults: list[Finding] = []

    def take(self, grid: Grid, heading: Heading | None) -> None:
        """Read a sheet, or say why it is passed over or cannot be read."""
        if heading is None:
            self.told.append(_passed(grid, self.table))
            return
        factors, question = _factors(grid, heading, self.words, self.asked.unit)
        if heading.missing or question is not None:
            self.faults += _missing(grid, heading) + ([question] if question else [])
            return
        self.told += _about(grid, heading)
        self.columns += _columns(grid, heading)
        self.keys |= {fit.column.key for fit in heading.fits.values()}
        reader = Reader(self.words, factors, self.asked.percent, self.asked.first_year)
        rows = read_rows(grid, heading, reader)
        self.drafts += rows.drafts
        self.skipped += rows.skipped

    def file(self, told: list[Finding]) -> PlanFile:
        """Give the file; refused where a sheet of the table cannot be read, or none has a row."""
        if not self.faults and not self.drafts:
            say = f"Tabel {self.table.name} dikenali, tetapi tidak ada baris data di bawah judulnya."
            remedy = "Isi paling sedikit satu baris dengan kode dan isinya."
            self.faults.append(_fault("PLAN_NO_ROWS", say, remedy))
        if len(self.drafts) > MOST_ROWS:
            say = f"Berkas memuat {format_number(len(self.drafts))} baris data, lebih dari 50.000."
            self.faults.append(_fault("PLAN_TOO_MANY_ROWS", say, "Bagi berkas menjadi beberapa bagian."))
        if self.faults:
            return refuse(*self.faults, *told, *self.told)
        return PlanFile(
            table=self.table,
            drafts=tuple(self.drafts),
            skipped=tuple(self.skipped),
            findings=(*told, *self.told, *_skips(self.skipped)),
            columns=tuple(self.columns),
            keys=frozenset(self.keys),
        )


def _table(found: Iterable[tuple[Heading, ...]]) -> tuple[PlanTable | None, Finding | None]:
    """Choose the table that fits best over all sheets; two that fit alike are asked about."""
    best: dict[str, Heading] = {}
    for headings in found:
        for one in headings:
            if one.table.key not in best or best[one.table.key].score < one.score:
                best[one.table.key] = one
    ranked = sorted(best.values(), key=lambda one: (bool(one.missing), -one.score))
    if len(ranked) > 1 and not ranked[1].missing and ranked[0].score - ranked[1].score < CLOSE:
        pair = f"{ranked[0].table.name} atau {ranked[1].table.name}"
        return None, _fault(
            "PLAN_TABLE_UNSURE",
            f"Judul kolom cocok untuk lebih dari satu tabel: {pair}.",
            "Pilih tabelnya.",
        )
    return ranked[0].table, None


def _none_found(tables: PlanTables, asked: Reading) -> Finding:
    table = tables.table(asked.table)
    if table is None:
        return _fault(
            "PLAN_TABLE_NOT_FOUND",
            "Tidak ada lembar dengan judul kolom yang dikenal.",
            "Pakai judul dari tabel kosong yang dapat diunduh, atau pilih tabelnya sendiri.",
        )
    needed = ", ".join(one.label for one in table.columns if one.need is Need.REQUIRED)
    return _fault(
        "PLAN_TABLE_NOT_FOUND",
        f"Tidak ada lembar dengan judul kolom {table.name}.",
        f"Kolom wajibnya: {needed}. Tabel kosong yang dapat diunduh memuat semuanya.",
    )


def _missing(grid: Grid, heading: Heading) -> list[Finding]:
    return [
        Finding(
            "PLAN_COLUMN_MISSING",
            f"Kolom wajib “{label}” tidak ada pada lembar {grid.name}.",
            f"Tambahkan kolom itu; ejaan yang dikenal: {', '.join(_spelled(column))}.",
            Severity.ERROR,
            Place(line=heading.bottom, sheet=grid.name, column=label),
        )
        for column, label in heading.missing
    ]


def _spelled(column: Column) -> list[str]:
    """Give some headings of a column as people may write them."""
    return [one.replace("{n}", "1").replace("{y}", "2027") for one in column.spellings[:4]]


def _factors(grid: Grid, heading: Heading, words: Words, unit: str) -> tuple[dict[int, int], Finding | None]:
    """Give by what money is multiplied, by column; asks where a heading or title says ribu or juta."""
    given = next((one for one in words.multipliers if one.key == unit), None)
    money = [at for at, fit in heading.fits.items() if fit.column.type is Type.MONEY]
    marked = {at: one for at in money if (one := _named(plain(heading.names[at]), words))}
    title = plain(" ".join(words_of(value) for (row, _), value in grid.cells.items() if row < heading.top))
    whole = _titled(title, words)
    if not marked and whole is None:
        return {0: given.factor if given else 1}, None
    said = next(iter(marked.values()), whole)
    if given is None:
        at = min(marked, default=0)
        where = f"kolom {heading.names[at]}" if at else "judul tabel"
        return {}, Finding(
            "PLAN_UNIT_UNSURE",
            f"Uang pada {where} tampaknya ditulis dalam {said.label.lower() if said else ''}.",
            "Pilih satuan uangnya: rupiah utuh, ribu, juta atau miliar.",
            Severity.ERROR,
            Place(line=heading.top, sheet=grid.name, column=heading.names.get(at)),
            heading.names.get(at),
        )
    if whole is not None:
        return {0: given.factor}, None
    return {0: 1} | dict.fromkeys(marked, given.factor), None


def _named(text: str, words: Words) -> Multiplier | None:
    found = (one for one in words.multipliers for word in one.words if re.search(rf"\b{word}\b", text))
    return next(found, None)


def _titled(text: str, words: Words) -> Multiplier | None:
    """Find what a title says of money: a multiplier right beside `dalam`, `rp` or `rupiah`."""
    for one in words.multipliers:
        for word in one.words:
            if re.search(rf"\b(?:dalam|rp|rupiah) {word}\b|\b{word} rupiah\b", text):
                return one
    return None


def _columns(grid: Grid, heading: Heading) -> list[tuple[str, str, str]]:
    found = []
    for at, name in sorted(heading.names.items()):
        fit = heading.fits.get(at)
        label = "" if fit is None else fit.column.label.replace("{n}", str(fit.number or ""))
        found.append((grid.name, name, label))
    return found


def _about(grid: Grid, heading: Heading) -> list[Finding]:
    """Tell hidden rows and columns, further columns, and conditional columns that are not there."""
    told: list[Finding] = []
    columns = sorted(at for at in grid.hidden_columns if at in heading.names)
    if columns:
        names = ", ".join(f"{heading.names[at]} ({letters(at)})" for at in columns)
        told.append(
            _info(grid, "PLAN_HIDDEN_COLUMNS", f"Kolom tersembunyi ikut dibaca: {names}.", "Periksa isinya.")
        )
    rows = sorted(row for row in grid.hidden_rows if row in grid.rows and row > heading.bottom)
    if rows:
        some = ", ".join(map(str, rows[:12])) + (" …" if len(rows) > 12 else "")
        say = f"{len(rows)} baris tersembunyi ikut dibaca: {some}."
        told.append(_info(grid, "PLAN_HIDDEN_ROWS", say, "Periksa apakah baris itu memang berlaku."))
    for at in heading.unknown:
        say = f"Kolom “{heading.names[at]}” tidak dikenal; isinya disimpan sebagai kolom tambahan."
        told.append(
            _info(
                grid,
                "PLAN_COLUMN_UNKNOWN",
                say,
                "Ganti judulnya bila itu kolom yang dikenal.",
                heading.names[at],
            )
        )
    there = {fit.column.key for fit in heading.fits.values()}
    for column in heading.table.columns:
        if column.need is Need.CONDITIONAL and column.key not in there:
            say = f"Kolom “{column.label}” tidak ada; pemeriksaan yang memerlukannya tidak dapat menilai."
            told.append(
                _info(grid, "PLAN_COLUMN_ABSENT", say, column.note or "Tambahkan bila ada.", column.label)
            )
    return told


def _info(grid: Grid, code: str, message: str, remedy: str, column: str | None = None) -> Finding:
    return Finding(code, message, remedy, Severity.INFO, Place(sheet=grid.name, column=column))


def _hidden_sheet(grid: Grid) -> Finding:
    say = f"Lembar tersembunyi {grid.name} tidak dibaca."
    return _info(grid, "PLAN_SHEET_HIDDEN", say, "Tampilkan lembar itu bila isinya diperlukan.")


def _passed(grid: Grid, table: PlanTable) -> Finding:
    say = f"Lembar {grid.name} tidak memuat judul kolom {table.name} dan dilewati."
    return _info(grid, "PLAN_SHEET_PASSED", say, "Samakan judulnya bila lembar itu bagian tabel ini.")


def _quoted(one: Skipped) -> str:
    return shorten(one.words, SHOWN_SIGNS, placeholder=" …")


def _skips(skipped: Sequence[Skipped]) -> list[Finding]:
    """Name the rows that are no data, one finding for each reason and sheet."""
    counts = Counter((one.sheet, one.skip) for one in skipped)
    told = []
    for (sheet, skip), count in counts.items():
        some = [one for one in skipped if one.sheet == sheet and one.skip is skip]
        named = "; ".join(
            f"baris {one.line}: {shorten(one.words, SHOWN_SIGNS, placeholder=' …')}" for one in some[:5]
        )
        rest = f"; dan {count - 5} lainnya" if count > 5 else ""
        say = f"{count} baris dilewati ({skip.value}): {named}{rest}."
        told.append(
            Finding(
                "PLAN_ROWS_SKIPPED",
                say,
                "Bukan baris data, jadi tidak dihitung sebagai terkirim. Periksa bila ada yang keliru.",
                Severity.INFO,
                Place(sheet=sheet, line=some[0].line),
                str(count),
            )
        )
    return told
