"""The one door for writing: CSV, XLSX, Parquet, JSON by the suffix of the file's name.

Numbers are written in full digits with a decimal point; texts cannot turn into formulas.
"""

import io
import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import polars as pl
import xlsxwriter

from sidara.tables.escape import GUARDED, NUMBER, escaped
from sidara.tables.reader import FORMATS, format_of
from sidara.tables.table import NOTES_SHEET
from sidara.tables.words import text_of

_SHEET = "Data"
_MAX_SHEET_ROWS = 1_048_575
_MAX_CELL_TEXT = 32_767
_EXACT_WHOLE = 2**53
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes for the same content, so no clock


def write(
    frame: pl.DataFrame,
    target: Path | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
    notes: Mapping[str, str] | None = None,
) -> None:
    """Write a table; the same frame gives the same bytes.

    `format` (one of `FORMATS`) is needed for an open file and goes before the suffix of a path.
    CSV: UTF-8, LF, comma, decimal point; a text that a sheet would compute is set behind an
    apostrophe, numbers stay numbers; `read` takes the apostrophe away. XLSX: one sheet `Data`, and
    `notes` (words -> text) on a second sheet `Keterangan`; the other formats carry no notes.
    Refuses (`ValueError`, our own fault) an unknown format, nested columns, and for XLSX more rows or
    longer texts than a sheet holds. A path is written whole or not at all.
    """
    chosen = format or (format_of(target) if isinstance(target, Path) else None)
    if chosen not in FORMATS:
        raise ValueError(f"unknown format: {chosen!r}")
    if any(kind.is_nested() or kind == pl.Binary for kind in frame.dtypes):
        raise ValueError("a table holds single values only")
    content = io.BytesIO()
    match chosen:
        case "csv":
            _csv(frame, content)
        case "xlsx":
            _xlsx(frame, content, notes or {})
        case "parquet":
            frame.write_parquet(content, compression="zstd")
        case _:
            _json(frame, content)
    if isinstance(target, Path):
        target = target.resolve()
        part = target.with_name(target.name + ".part")
        part.write_bytes(content.getvalue())
        part.replace(target)
    else:
        target.write(content.getvalue())


def _csv(frame: pl.DataFrame, content: io.BytesIO) -> None:
    """Write CSV with the guard against formulas."""
    text = pl.col(pl.String, pl.Categorical, pl.Enum).cast(pl.String)
    guarded = text.str.contains(GUARDED) & ~text.str.contains(NUMBER)
    frame.with_columns(pl.when(guarded).then(text.str.replace("^", "'")).otherwise(text)).rename(
        escaped
    ).write_csv(content, line_terminator="\n", quote_style="necessary")


class _Number(float):
    """A number that XlsxWriter, which formats with 16 digits, writes in the digits it needs."""

    def __format__(self, spec: str) -> str:
        """Give the shortest digits that read back as the same number."""
        return text_of(float(self)) or ""


def _xlsx(frame: pl.DataFrame, content: io.BytesIO, notes: Mapping[str, str]) -> None:
    """Write a workbook; texts stay texts."""
    if frame.height > _MAX_SHEET_ROWS:
        raise ValueError(f"a sheet holds {_MAX_SHEET_ROWS} rows, not {frame.height}")
    book = xlsxwriter.Workbook(
        content,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": _MADE})
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_SHEET)
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(frame.columns):
        _put(sheet, 0, at, name, bold)
        for row, value in enumerate(frame[name].to_list(), 1):
            _put(sheet, row, at, value)
    if notes:
        page = book.add_worksheet(NOTES_SHEET)
        page.set_column(0, 0, 28)
        page.set_column(1, 1, 90)
        for row, (word, text) in enumerate(notes.items()):
            _put(page, row, 0, word, bold)
            _put(page, row, 1, text, wrap)
    book.close()


def _put(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: object,
    style: object = None,
) -> None:
    """Write one cell: numbers as numbers, all else as text, nothing for null."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, int) and abs(value) < _EXACT_WHOLE:
        sheet.write_number(row, column, value, style)
    elif isinstance(value, float) and math.isfinite(value):
        sheet.write_number(row, column, _Number(value), style)
    else:
        text = text_of(value) or ""
        if len(text) > _MAX_CELL_TEXT:
            raise ValueError(f"a cell of a sheet holds {_MAX_CELL_TEXT} characters, not {len(text)}")
        sheet.write_string(row, column, text, style)


def _json(frame: pl.DataFrame, content: io.BytesIO) -> None:
    """Write an array of flat objects; what JSON has no number for is written as text."""
    odd = [
        pl.Series(name, [text_of(one) for one in frame[name].to_list()], pl.String)
        for name, kind in frame.schema.items()
        if kind.is_decimal() or (kind.is_float() and not frame[name].is_finite().all())
    ]
    (frame.with_columns(odd) if odd else frame).write_json(content)
