"""What every format ends in: the table, its header judged, its rows cleaned.

A format hands over a `Raw` (header as written, columns by position); `finish` makes the reading.
"""

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import polars as pl

from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number

NOTES_SHEET = "Keterangan"
"""The sheet of notes that `write` adds to a workbook; it is never taken for data."""

LINE = "__line"
"""The Int64 column with the line of each row: file line of a CSV, sheet row, record number."""

MAX_BYTES = 256 * 1024 * 1024
"""The largest file that is read, in bytes."""
MAX_UNPACKED = 512 * 1024 * 1024
"""The most bytes that a workbook may unpack to."""
MAX_COLUMNS = 2_000
"""The most columns of a table."""
MAX_ROWS = 2_000_000
"""The most rows of a table, the header not counted."""
MAX_CELLS = 60_000_000
"""The most cells (rows x columns) of a table."""
MAX_NAMED = 200
"""Rows of one kind of fault that get a finding of their own; the others are counted in one more."""
_SHOWN = 12
"""Names that one message lists."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that a file may hold, looked at before memory is taken for it; `remedy` says how to split it.

    `rows` of a table, the header not counted; `cells` (rows x columns) of a table, or of all sheets of a
    workbook together; `unpacked`: bytes of a workbook's parts, or of all texts.
    """

    rows: int = MAX_ROWS
    cells: int = MAX_CELLS
    unpacked: int = MAX_UNPACKED
    remedy: str = "Bagi berkas menjadi beberapa bagian, atau hapus baris dan kolom kosong yang berformat."

    def too_many(self, rows: int, columns: int) -> Finding:
        """Refuse a table, with its size and the bounds."""
        return fault(
            "TOO_MANY_ROWS",
            f"Berkas terlalu besar: {format_number(rows)} baris x {format_number(columns)} kolom "
            f"(batas {format_number(self.rows)} baris dan {format_number(self.cells)} sel).",
            self.remedy,
        )

    def too_long(self) -> Finding:
        """Refuse a file whose texts take too much."""
        limit = self.unpacked // (1024 * 1024)
        return fault("TEXTS_TOO_LARGE", f"Teks dalam berkas melebihi {limit} MB setelah dibuka.", self.remedy)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as text. `frame`: String columns (stripped, empty = null) and `LINE` (Int64)."""

    frame: pl.DataFrame
    sheet: str | None
    format: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file.

    `table` is `None` when the file is refused (then `findings` hold at least one error). Rows that
    could not be read are not in `table`; their lines stand in `rejected_lines`, ascending, and
    rows read = `table.frame.height + len(rejected_lines)`.
    """

    table: Table | None
    findings: tuple[Finding, ...] = ()
    rejected_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What the caller needs of a header.

    All of `required`, one whole group of `one_of`; `known` names the columns with a meaning (`None`:
    all of them), others are told and stay in the table.
    """

    required: Sequence[str] = ()
    one_of: Sequence[Sequence[str]] = ()
    known: Collection[str] | None = None
    bounds: Bounds = Bounds()

    def is_met(self, header: Collection[str]) -> bool:
        """Whether `header` holds all that is needed; false when nothing is asked for."""
        if not self.required and not self.one_of:
            return False
        return set(self.required) <= set(header) and (
            not self.one_of or any(set(group) <= set(header) for group in self.one_of)
        )

    def ignores(self, name: str) -> bool:
        """Whether a column is one without a meaning."""
        return self.known is not None and name not in self.known


@dataclass(slots=True)
class Raw:
    """A table before its header is judged: `frame` has String columns `0`, `1` … and `LINE`."""

    header: list[str]
    frame: pl.DataFrame
    format: str
    header_line: int = 1
    sheet: str | None = None
    findings: list[Finding] = field(default_factory=list)
    rejected: set[int] = field(default_factory=set)
    first_column: int = 1


def refused(*findings: Finding) -> Reading:
    """Give the reading of a file that is refused."""
    return Reading(None, findings)


def fault(code: str, message: str, remedy: str, *, value: str | None = None, **place: object) -> Finding:
    """Make an error finding; `place` takes `line`, `column`, `sheet`."""
    return Finding(code, message, remedy, Severity.ERROR, Place(**place), value)  # type: ignore[arg-type]  # the names of a place


def listed(names: Sequence[str]) -> str:
    """List names for a message, the long list cut and counted."""
    shown = ", ".join(_short(name) for name in names[:_SHOWN])
    rest = len(names) - _SHOWN
    return f"{shown} dan {rest} lainnya" if rest > 0 else shown


def named(findings: list[Finding], rows: Iterable[Finding], count: int, words: str) -> None:
    """Add the findings of single rows, at most `MAX_NAMED` of all `count`, the others as one count."""
    first = list(islice(rows, MAX_NAMED))
    findings.extend(first)
    if count > len(first) > 0:
        rest = format_number(count - len(first))
        findings.append(
            fault(first[0].code, f"{rest} baris lain juga {words}.", "Perbaiki dengan cara yang sama.")
        )


def size_fault(rows: int, columns: int, bounds: Bounds) -> Finding | None:
    """Judge the size of a table before it is built."""
    if columns > MAX_COLUMNS:
        return fault(
            "TOO_MANY_COLUMNS",
            f"Berkas memuat lebih dari {MAX_COLUMNS} kolom ({columns}).",
            "Hapus kolom kosong atau kolom yang tidak diperlukan, lalu simpan ulang.",
        )
    return bounds.too_many(rows, columns) if rows > bounds.rows or rows * columns > bounds.cells else None


def finish(raw: Raw, expected: Expected) -> Reading:
    """Judge the header, clean the cells, take out repeated headers; the last step of every format."""
    frame = raw.frame.with_columns(
        pl.col(pl.String).str.strip_chars().replace("", None)  # an empty cell is null
    )
    header, faults, notes = _judge_header(raw, frame, expected)
    findings = [*raw.findings, *notes]
    if faults:
        return Reading(None, tuple(_placed(faults + findings, raw.sheet)))
    frame = frame.select(pl.col(str(at)).alias(name) for at, name in header.items()).with_columns(
        frame[LINE].cast(pl.Int64)
    )
    names = list(header.values())
    filled = pl.any_horizontal(pl.col(name).is_not_null() for name in names)
    frame = frame.filter(filled)
    repeated = frame.filter(pl.col(names[0]) == names[0]).filter(
        pl.all_horizontal(pl.col(name) == name for name in names)
    )
    if repeated.height:
        lines: list[int] = repeated[LINE].to_list()
        named(
            findings,
            (
                fault(
                    "HEADER_REPEATED",
                    f"Baris {line} mengulang baris judul.",
                    "Hapus baris judul yang terulang; baris judul cukup satu kali, di baris pertama.",
                    line=line,
                )
                for line in lines
            ),
            len(lines),
            "mengulang baris judul",
        )
        raw.rejected.update(lines)
    if raw.rejected:
        frame = frame.filter(~pl.col(LINE).is_in(sorted(raw.rejected)))
    if not frame.height and not raw.rejected:
        findings.insert(
            0,
            fault(
                "NO_ROWS",
                "Berkas hanya berisi baris judul, tanpa baris data.",
                "Isi paling sedikit satu baris di bawah baris judul.",
                line=raw.header_line,
            ),
        )
        return Reading(None, tuple(_placed(findings, raw.sheet)))
    return Reading(
        Table(frame, raw.sheet, raw.format),
        tuple(_placed(findings, raw.sheet)),
        tuple(sorted(raw.rejected)),
    )


def _placed(findings: list[Finding], sheet: str | None) -> list[Finding]:
    """Give the findings of a workbook their sheet."""
    if sheet is None:
        return findings
    return [replace(finding, place=replace(finding.place, sheet=sheet)) for finding in findings]


def _short(text: str) -> str:
    """Cut a long name."""
    return text if len(text) <= 60 else text[:57] + "..."


def _judge_header(
    raw: Raw, frame: pl.DataFrame, expected: Expected
) -> tuple[dict[int, str], list[Finding], list[Finding]]:
    """Give position -> name of the columns to keep, the faults that refuse, and what is only told."""
    line = raw.header_line
    faults: list[Finding] = []
    notes: list[Finding] = []
    places: dict[str, list[int]] = {}
    for at, name in enumerate(raw.header):
        if name:
            places.setdefault(name, []).append(at)
        elif frame[str(at)].null_count() < frame.height:
            notes.append(
                Finding(
                    "COLUMN_UNNAMED",
                    f"Kolom ke-{at + 1} tidak bernama; isinya tidak dibaca.",
                    "Beri nama kolom itu di baris judul bila isinya diperlukan.",
                    Severity.WARNING,
                    Place(line=line),
                )
            )
    for name, positions in places.items():
        if len(positions) > 1:
            order = " dan ".join(f"ke-{at + 1}" for at in positions[:_SHOWN])
            faults.append(
                fault(
                    "COLUMN_DUPLICATE",
                    f"Nama kolom {_short(name)} dipakai lebih dari satu kali: kolom {order}.",
                    "Sisakan satu kolom dengan nama itu, atau ganti nama yang lain.",
                    line=line,
                    column=name,
                )
            )
    if LINE in places:
        faults.append(
            fault(
                "COLUMN_RESERVED",
                f"Nama kolom {LINE} dipakai oleh sistem.",
                "Ganti nama kolom itu.",
                line=line,
            )
        )
    if not places:
        faults.append(
            fault("HEADER_EMPTY", "Baris judul kosong.", "Tulis nama kolom di baris pertama.", line=line)
        )
    faults.extend(missing_columns(list(places), expected, line))
    if unknown := [name for name in places if expected.ignores(name)]:
        notes.append(
            Finding(
                "COLUMN_UNKNOWN",
                f"Kolom yang tidak dikenal dan tidak dipakai: {listed(unknown)}.",
                "Tidak perlu tindakan bila kolom itu memang tidak diperlukan.",
                Severity.INFO,
                Place(line=line, column=unknown[0] if len(unknown) == 1 else None),
            )
        )
    return {positions[0]: name for name, positions in places.items()}, faults, notes


def missing_columns(header: list[str], expected: Expected, line: int = 1) -> list[Finding]:
    """Name all columns that are not there, each with the nearest name that is."""
    missing = [name for name in expected.required if name not in header]
    choice = ""
    if expected.one_of and not any(set(group) <= set(header) for group in expected.one_of):
        group = max(expected.one_of, key=lambda names: sum(name in header for name in names) / len(names))
        missing += [name for name in group if name not in header and name not in missing]
        if len(expected.one_of) > 1:
            groups = " atau ".join(f"({_range(names)})" for names in expected.one_of)
            choice = f" Berkas memerlukan salah satu kelompok kolom: {groups}."
    if not missing:
        return []
    folded = {name.casefold(): name for name in header[:MAX_COLUMNS]}
    hints = []
    for name in missing[:_SHOWN]:
        near = difflib.get_close_matches(name.casefold(), folded, 1, 0.7)
        if near and folded[near[0]] not in expected.required:
            hints.append(f"{_short(folded[near[0]])} mungkin maksudnya {name}")
    remedy = (
        f"Ubah nama kolom: {'; '.join(hints)}."
        if hints
        else "Tambahkan kolom itu di baris judul (baris pertama)."
    )
    return [
        fault(
            "COLUMN_MISSING",
            f"Kolom yang harus ada tetapi tidak ditemukan: {listed(missing)}.{choice}",
            remedy,
            line=line,
            column=missing[0] if len(missing) == 1 else None,
        )
    ]


def _range(names: Sequence[str]) -> str:
    """Name a group of columns shortly."""
    return ", ".join(names) if len(names) <= 4 else f"{names[0]}, {names[1]} … {names[-1]}"
