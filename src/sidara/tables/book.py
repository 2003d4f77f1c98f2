"""A whole workbook as it lies: all its sheets with their cells, for forms that know their own places.

Looked over as `xlsx_file` does (measured as a zip, no macros, nothing far outside) and without document
types, so that nothing in it is ever resolved. Values stay typed: text, number, truth, day. Formulas and
error values are marked by place, whatever value was kept beside them.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from sidara.kernel.finding import Finding
from sidara.tables import xlsx_file
from sidara.tables.looks import PLAIN, Looks, looks_of, percent_styles
from sidara.tables.reader import content_of
from sidara.tables.table import Bounds, fault

type Value = str | float | int | bool | date | datetime | time | timedelta
FORMULA, ERROR = "rumus", "nilai galat"
ALL = Bounds()
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class BookSheet:
    """A sheet: its cells by (row, column) from 1, what is marked, whether it is hidden, its merged areas.

    `looks` says what else can be seen of it, where that was asked for.
    """

    name: str
    cells: Mapping[tuple[int, int], Value]
    marks: Mapping[tuple[int, int], str]
    is_hidden: bool = False
    merged: tuple[str, ...] = ()
    looks: Looks = PLAIN


def read_book(
    source: Path | BinaryIO, *, suffix: str = ".xlsx", bounds: Bounds = ALL, with_looks: bool = False
) -> tuple[tuple[BookSheet, ...], Finding | None]:
    """Read all sheets of a workbook; with a finding there is nothing. Limits as in `tables.read`.

    `with_looks`: also which rows and columns are hidden, and which cells are shown as percent.
    """
    content, problem = content_of(source)
    if problem is None:
        given = source.suffix.lower() if isinstance(source, Path) else suffix
        sheets, problem = _sheets(content, given, bounds, with_looks=with_looks)
    if problem is None:
        return sheets, None
    if isinstance(source, Path):
        problem = replace(problem, place=replace(problem.place, file=source.name))
    return (), problem


def _sheets(
    content: bytes, suffix: str, bounds: Bounds, *, with_looks: bool
) -> tuple[tuple[BookSheet, ...], Finding | None]:
    problem = xlsx_file.not_a_workbook(content, suffix)
    if problem is not None:
        return (), problem
    try:
        parts, problem = xlsx_file.parts_of(content, bounds)
        problem = problem or _doctype(content, parts)
        return ((), problem) if problem else _read(content, parts, bounds, with_looks=with_looks)
    except PasswordError:
        return (), xlsx_file.locked()
    except xlsx_file.BREAKAGES:
        return (), xlsx_file.BROKEN
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # what a fault inside calamine's Rust raises
            raise
    return (), xlsx_file.BROKEN


def _doctype(content: bytes, parts: Mapping[str, zipfile.ZipInfo]) -> Finding | None:
    """Refuse a part that declares a document type or entities: no office program writes one."""
    for name, info in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        tail = b""
        for piece in xlsx_file.unpack(content, info):
            if _DOCTYPE.search(tail + piece) or (b"\x00" in piece[:4] and b"<\x00!" in piece):
                return fault(
                    "XLSX_DOCTYPE",
                    "Buku kerja memuat deklarasi dokumen (DOCTYPE) yang tidak boleh ada.",
                    "Unduh formulir lagi, salin isian Anda ke dalamnya, lalu kirim berkas itu.",
                )
            tail = piece[-16:]
    return None


def _read(
    content: bytes, parts: dict[str, zipfile.ZipInfo], bounds: Bounds, *, with_looks: bool
) -> tuple[tuple[BookSheet, ...], Finding | None]:
    places = xlsx_file.sheet_parts(content, parts)
    codes = {
        name: b"".join(xlsx_file.unpack(content, parts[part.lower()]))
        for name, part in places.items()
        if part.lower() in parts
    }
    if problem := xlsx_file.too_full(content, parts, codes, bounds):
        return (), problem
    sheets: list[BookSheet] = []
    styles = parts.get("xl/styles.xml") if with_looks else None
    percents = percent_styles(b"".join(xlsx_file.unpack(content, styles))) if styles else frozenset()
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for one in book.sheets_metadata:
            if one.typ == SheetTypeEnum.WorkSheet:
                is_hidden = one.visible != SheetVisibleEnum.Visible
                code = codes.get(one.name, b"")
                sheet = _sheet(book, one.name, code, is_hidden=is_hidden)
                sheets.append(replace(sheet, looks=looks_of(code, percents)) if with_looks else sheet)
    return tuple(sheets), None


def _sheet(book: CalamineWorkbook, name: str, code: bytes, *, is_hidden: bool) -> BookSheet:
    sheet = book.get_sheet_by_name(name)
    top, left = sheet.start or (0, 0)
    cells = {
        (row, column): value
        for row, line in enumerate(sheet.to_python(skip_empty_area=True), top + 1)
        for column, value in enumerate(line, left + 1)
        if value != ""
    }
    marks = dict.fromkeys(xlsx_file.places(xlsx_file.FORMULA, code), FORMULA)
    marks |= dict.fromkeys(xlsx_file.places(xlsx_file.ERROR, code), ERROR)
    merged = tuple(xlsx_file.area(*one) for one in sheet.merged_cell_ranges or ())
    return BookSheet(name, cells, marks, is_hidden, merged)
