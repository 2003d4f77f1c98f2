"""Tables of plans as workbooks: empty ones to fill in, and a plan in the columns of its table."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from sidara.programmes.core.importing.definition import Need, PlanTable, Type
from sidara.programmes.core.importing.exporting import Cell, columns_of

_WIDE, _NARROW = 32, 16
_NEEDS = {
    Need.REQUIRED: "wajib",
    Need.CONDITIONAL: "bila ada, agar pemeriksaan dapat menilai",
    Need.OPTIONAL: "boleh kosong",
}
_TEXTS = (Type.TEXT, Type.LOCATION)
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no zone; the same file has the same bytes
MARK = "SIMULASI: angka karangan untuk peragaan"


def empty_table(table: PlanTable) -> bytes:
    """Give an empty workbook of a table: headings, and a sheet that says what each column holds."""
    return _book(table, (), f"{table.name}: tabel kosong")


def plan_sheet(
    table: PlanTable, rows: Sequence[Mapping[Cell, Any]], title: str, *, is_simulated: bool
) -> bytes:
    """Give a plan as a workbook in the columns of its table; what is made up says so."""
    return _book(table, rows, f"{table.name}: {title}" + (f" ({MARK})" if is_simulated else ""))


def _book(table: PlanTable, rows: Sequence[Mapping[Cell, Any]], title: str) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": _MADE, "title": title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet(table.key[:31])
        columns = columns_of(table)
        further = sorted({cell for row in rows for cell in row if cell[0].startswith("+")})
        columns += [(cell, cell[0].removeprefix("+")) for cell in further]
        sheet.write_string(0, 0, title)
        for at, (cell, words) in enumerate(columns):
            sheet.write_string(2, at, words, bold)
            column = table.column(cell[0])
            sheet.set_column(at, at, _WIDE if column is not None and column.type in _TEXTS else _NARROW)
        sheet.freeze_panes(3, 0)
        for line, row in enumerate(rows, 3):
            for at, (cell, _) in enumerate(columns):
                _write(sheet, (line, at), row.get(cell), day)
        _notes(book, table, bold)
    return made.getvalue()


def _write(sheet: Any, place: tuple[int, int], value: Any, day: Any) -> None:
    match value:
        case None:
            return
        case date():
            sheet.write_datetime(*place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day
        case Decimal() | int():
            sheet.write_number(*place, float(value))
        case _:
            sheet.write_string(*place, str(value))


def _notes(book: Any, table: PlanTable, bold: Any) -> None:
    """Add the sheet that says what each column holds."""
    sheet = book.add_worksheet("Petunjuk")
    for at, words in enumerate(("Kolom", "Wajib", "Isi")):
        sheet.write_string(0, at, words, bold)
    sheet.set_column(0, 2, _WIDE)
    for line, column in enumerate((one for one in table.columns if one.type is not Type.IGNORED), 1):
        sheet.write_string(line, 0, column.label.replace("{n}", "1, 2, …"))
        sheet.write_string(line, 1, _NEEDS[column.need])
        choices = (
            "Pilihan: " + ", ".join(names[0] for names in column.choices.values()) if column.choices else ""
        )
        sheet.write_string(line, 2, " ".join(part for part in (column.note, choices) if part))
