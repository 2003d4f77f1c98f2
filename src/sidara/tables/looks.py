"""What can be seen of a sheet beside its values: hidden rows and columns, cells that are shown as percent.

Source: ECMA-376 part 1, SpreadsheetML (18.3.1.13 col, 18.3.1.73 row, 18.8.10 cellXfs, 18.8.30 numFmt).
"""

import re
from dataclasses import dataclass

_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*>")
_XFS = re.compile(rb"<(?:\w+:)?cellXfs[^>]*>(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_XF = re.compile(rb"<(?:\w+:)?xf[\s>][^>]*>")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_PERCENTS = frozenset({9, 10})
"""Formats of the standard that show percent: `0%` and `0.00%`."""
_MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class Looks:
    """Rows and columns (from 1) that are hidden, and cells (row, column) that are shown as percent."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    percents: frozenset[tuple[int, int]] = frozenset()


PLAIN = Looks()


def percent_styles(styles: bytes) -> frozenset[int]:
    """Give the numbers of the cell styles that show percent, out of `xl/styles.xml`."""
    percents = set(_PERCENTS)
    for tag in _FORMAT.findall(styles):
        number, code = _number(tag, b"numFmtId"), re.search(rb"\sformatCode\s*=\s*[\"']([^\"']*)", tag)
        if number is not None and code is not None and b"%" in code[1]:
            percents.add(number)
    found = _XFS.search(styles)
    if found is None:
        return frozenset()
    return frozenset(
        at for at, tag in enumerate(_XF.findall(found[1])) if _number(tag, b"numFmtId") in percents
    )


def looks_of(code: bytes, percents: frozenset[int]) -> Looks:
    """Look over the XML of a sheet."""
    rows = {_number(tag, b"r") for tag in _ROW.findall(code) if _HIDDEN.search(tag)}
    columns: set[int] = set()
    for tag in _COLUMN.findall(code):
        first, last = _number(tag, b"min"), _number(tag, b"max")
        if _HIDDEN.search(tag) and first and last:
            columns.update(range(first, min(last, _MOST_COLUMNS) + 1))
    cells: set[tuple[int, int]] = set()
    for tag in _CELL.findall(code) if percents else ():
        place = _REFERENCE.search(tag)
        if place is not None and _number(tag, b"s") in percents:
            cells.add((int(place[2]), _column(place[1])))
    return Looks(frozenset(row for row in rows if row), frozenset(columns), frozenset(cells))


def _number(tag: bytes, name: bytes) -> int | None:
    found = re.search(rb"\s" + name + rb"\s*=\s*[\"'](\d{1,9})[\"']", tag)
    return int(found[1]) if found else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
