"""Reads an XLS or ODS workbook from standard input and writes its sheets as JSON: run apart, bounded.

`python -m sidara.programmes.formats.old_book < FILE`. Leaves with 1 for what cannot be read, is locked, or
needs more memory or cells than allowed.
"""

import io
import json
import resource
import sys
from datetime import date, datetime

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEMORY = 1024 * 1024 * 1024
SECONDS = 50
MOST_CELLS = 500_000
LONGEST = 1_000
"""Signs of one text that are passed on: no column takes more."""


def main() -> int:
    """Read, lay out, write; 0 where all was read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        sys.stdout.write(json.dumps(_sheets(sys.stdin.buffer.read())))
    except BaseException:  # noqa: BLE001 - whatever a broken file does, the answer is the same
        return 1
    return 0


def _sheets(content: bytes) -> list[dict[str, object]]:
    found = []
    left = MOST_CELLS
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for one in book.sheets_metadata:
            if one.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(one.name)
            top, left_most = sheet.start or (0, 0)
            cells: list[tuple[int, int, str, object]] = []
            errors: list[tuple[int, int]] = []
            for row, line in enumerate(sheet.iter_rows(), 1):
                for column, value in enumerate(line, 1):
                    if value == "" or value is None:
                        continue
                    place = (row + top, column + left_most) if sheet.start else (row, column)
                    if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A")):
                        errors.append(place)
                    else:
                        cells.append((*place, *_plain(value)))
            left -= len(cells)
            if left < 0:
                raise ValueError("too many cells")
            merged = [
                (first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
                for first, last in sheet.merged_cell_ranges or ()
            ]
            found.append(
                {
                    "name": one.name,
                    "cells": cells,
                    "errors": errors,
                    "merged": merged,
                    "is_hidden": one.visible != SheetVisibleEnum.Visible,
                }
            )
    return found


def _plain(value: object) -> tuple[str, object]:
    if isinstance(value, (datetime, date)):
        return "day", value.isoformat()
    if isinstance(value, (bool, int, float)):
        return "value", value
    return "value", str(value)[:LONGEST]


if __name__ == "__main__":
    sys.exit(main())
