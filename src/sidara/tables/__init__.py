"""Tabular files in and out: CSV, XLSX, Parquet, JSON to one shape, and back.

`read` gives every value as the text that was written, beside the number of its line, and says as
findings what a person can mend; it never raises for what a file holds. A file is refused as a whole
(`Reading.table` is `None`), or single rows are (`Reading.rejected_lines`), never a part of a row.
Words: table, line (header = 1), reading, rejected line.
"""

from sidara.tables.book import BookSheet, read_book
from sidara.tables.reader import FORMATS, format_of, read
from sidara.tables.table import (
    LINE,
    MAX_BYTES,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED,
    NOTES_SHEET,
    Bounds,
    Reading,
    Table,
)
from sidara.tables.words import text_of
from sidara.tables.writer import write

__all__ = [
    "FORMATS",
    "LINE",
    "MAX_BYTES",
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "MAX_UNPACKED",
    "NOTES_SHEET",
    "BookSheet",
    "Bounds",
    "Reading",
    "Table",
    "format_of",
    "read",
    "read_book",
    "text_of",
    "write",
]
