"""Files of plan tables as sheets: XLSX, the older XLS and ODS, CSV; refused as every door refuses them."""

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sidara.kernel.finding import Finding, Place, Severity
from sidara.programmes.core.importing import Grid
from sidara.tables import Bounds, read_book
from sidara.tables.book import ERROR, FORMULA, BookSheet

LARGEST = 20_000_000
"""The largest file that is taken, in bytes."""
BOUNDS = Bounds(
    rows=100_000,
    cells=2_000_000,
    unpacked=128 * 1024 * 1024,
    remedy="Bagi berkas menjadi beberapa bagian, atau hapus baris dan kolom kosong yang berformat.",
)
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv")
_AREA = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SECONDS = 60


def read_sheets(content: bytes, name: str) -> tuple[tuple[Grid, ...], Finding | None]:
    """Read all sheets of a file; with a finding there is nothing. `name` tells the format by its suffix."""
    suffix = Path(name).suffix.casefold()
    grids, problem = _read(content, suffix)
    if problem is None:
        return grids, None
    return (), replace(problem, place=replace(problem.place, file=Path(name).name))


def _read(content: bytes, suffix: str) -> tuple[tuple[Grid, ...], Finding | None]:
    if len(content) > LARGEST:
        return (), _fault(
            "FILE_TOO_LARGE", f"Berkas lebih besar dari {LARGEST // 1_000_000} MB.", BOUNDS.remedy
        )
    if not content.strip():
        return (), _fault("FILE_EMPTY", "Berkas kosong.", "Pilih berkas yang berisi tabel.")
    if suffix in (".xlsx", ".xlsm"):
        sheets, problem = read_book(io.BytesIO(content), suffix=suffix, bounds=BOUNDS, with_looks=True)
        return tuple(map(_grid, sheets)), problem
    if suffix in (".xls", ".ods"):
        return _apart(content, suffix)
    if suffix == ".csv":
        return _csv(content)
    return (), _fault(
        "FORMAT_UNKNOWN",
        f"Jenis berkas {suffix or 'tanpa akhiran'} tidak dikenal.",
        "Pakai buku kerja .xlsx (juga .xls atau .ods) atau tabel .csv.",
    )


def _fault(code: str, message: str, remedy: str) -> Finding:
    return Finding(code, message, remedy, Severity.ERROR, Place())


def _grid(sheet: BookSheet) -> Grid:
    marks = sheet.marks
    return Grid(
        name=sheet.name,
        cells={place: value for place, value in sheet.cells.items() if marks.get(place) != ERROR},
        percents=sheet.looks.percents,
        empty_formulas=frozenset(
            place for place, mark in marks.items() if mark == FORMULA and place not in sheet.cells
        ),
        errors=frozenset(place for place, mark in marks.items() if mark == ERROR),
        merged=tuple(_area(area) for area in sheet.merged),
        hidden_rows=sheet.looks.hidden_rows,
        hidden_columns=sheet.looks.hidden_columns,
        is_hidden=sheet.is_hidden,
    )


def _area(text: str) -> tuple[int, int, int, int]:
    found = _AREA.fullmatch(text)
    assert found is not None  # noqa: S101 - `tables` writes areas in this form
    return int(found[2]), _column(found[1]), int(found[4]), _column(found[3])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _csv(content: bytes) -> tuple[tuple[Grid, ...], Finding | None]:
    """Read a table of texts: UTF-8; comma, semicolon or tab, whichever parts most lines alike."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (), _fault(
            "ENCODING_NOT_UTF8",
            "Berkas CSV tidak berkode UTF-8.",
            "Simpan sebagai CSV UTF-8, atau sebagai .xlsx.",
        )
    sign = max(",;\t", key=lambda one: _parted(text, one))
    cells: dict[tuple[int, int], str] = {}
    try:
        for row, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), 1):
            cells |= {(row, at): value.strip() for at, value in enumerate(line, 1) if value.strip()}
            if row > BOUNDS.rows or len(cells) > BOUNDS.cells:
                return (), BOUNDS.too_many(row, len(line))
    except csv.Error:
        return (), _fault(
            "PLAN_CSV_BROKEN", "Berkas CSV tidak dapat dibaca.", "Simpan ulang sebagai CSV UTF-8 atau .xlsx."
        )
    return (Grid("CSV", cells),), None


def _parted(text: str, sign: str) -> int:
    """Count how often a sign parts the first lines, outside of quotes."""
    bare = _QUOTED.sub("", text[:100_000])
    return sum(min(line.count(sign), 40) for line in bare.splitlines()[:60])


def _apart(content: bytes, suffix: str) -> tuple[tuple[Grid, ...], Finding | None]:
    """Read an older workbook in a process of its own with bounded memory and time.

    Such files cannot be measured before they are opened, as XLSX are.
    """
    broken = _fault(
        "PLAN_BOOK_UNREADABLE",
        f"Buku kerja {suffix} rusak, terkunci, atau terlalu besar setelah dibuka.",
        "Buka di Excel atau LibreOffice dan simpan sebagai .xlsx.",
    )
    try:
        done = subprocess.run(
            [sys.executable, "-m", "sidara.programmes.formats.old_book"],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return (), broken
    if done.returncode != 0:
        return (), broken
    sheets = json.loads(done.stdout)
    return tuple(
        Grid(
            name=sheet["name"],
            cells={(row, at): _typed(kind, value) for row, at, kind, value in sheet["cells"]},
            errors=frozenset((row, at) for row, at in sheet["errors"]),
            merged=tuple((one[0], one[1], one[2], one[3]) for one in sheet["merged"]),
            is_hidden=sheet["is_hidden"],
        )
        for sheet in sheets
    ), None


def _typed(kind: str, value: str | float) -> str | float | date:
    return datetime.fromisoformat(str(value)) if kind == "day" else value
