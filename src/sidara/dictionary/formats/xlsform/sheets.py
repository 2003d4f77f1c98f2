"""Reads the sheets of an XLSForm workbook as lines, and refuses those that no form could need."""

import io
from collections.abc import Sequence
from dataclasses import replace

from sidara import tables
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number
from sidara.tables import LINE

type Lines = list[tuple[int, dict[str, str]]]
MOST_LINES = {"survey": 2_000, "choices": 20_000, "settings": 20}
"""How many lines a sheet may have; our longest form has a few hundred."""
BOUNDS = tables.Bounds(
    rows=100_000,
    cells=2_000_000,
    unpacked=64 * 1024 * 1024,
    remedy="Kirim lembar survey, choices dan settings saja, tanpa baris dan kolom kosong yang berformat.",
)
"""What is read at all of such a workbook, whatever its other sheets hold."""


def read_sheet(
    content: bytes, file: str, name: str, required: Sequence[str], *, is_needed: bool
) -> tuple[Lines | None, list[Finding]]:
    """Give the lines of a sheet with their numbers; `None` where it is not there or cannot be taken."""
    reading = tables.read(io.BytesIO(content), format="xlsx", required=required, sheet=name, bounds=BOUNDS)
    if reading.table is None:
        wrong = [one for one in reading.findings if one.severity is Severity.ERROR] if is_needed else []
        return None, [replace(one, place=replace(one.place, file=file, sheet=name)) for one in wrong]
    frame = reading.table.frame
    if frame.height > MOST_LINES[name]:
        return None, [_too_long(file, name, frame.height)]
    return [
        (int(row.pop(LINE)), {key: str(value) for key, value in row.items() if value not in {None, ""}})
        for row in frame.iter_rows(named=True)
    ], []


def _too_long(file: str, name: str, count: int) -> Finding:
    most = MOST_LINES[name]
    return Finding(
        "FORM_TOO_LONG",
        f"Lembar {name} berisi {format_number(count)} baris; paling banyak {format_number(most)}.",
        "Periksa apakah berkas ini formulir; formulir yang panjang dibagi menjadi beberapa.",
        Severity.ERROR,
        Place(most + 2, None, name, file),
    )
