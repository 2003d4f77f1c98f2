"""The same workbook with its faults marked: a colour and a note at each cell, a sheet that lists them all.

What an earlier answer marked is taken away first, so a mended workbook comes back clean. The sheet of
faults is not read when the workbook is handed in again.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from sidara.collection.core.handed import cell_named
from sidara.collection.formats.workbook.looks import ACCENT, FAULT, INPUT, LINE
from sidara.collection.formats.workbook.plan import ANCHOR, FAULTS_SHEET
from sidara.kernel.finding import CellPlace, Finding, Severity
from sidara.kernel.number import format_number

AUTHOR = "SIDARA"
"""The author of our notes; notes of others stay."""
LONGEST_NOTE, MOST_MARKED = 1_500, 5_000
_COLOURS = {Severity.ERROR: "F4B8AE", Severity.WARNING: "FFD58A", Severity.INFO: "CFE0F2"}
_WORDS = {
    Severity.ERROR: "Salah",
    Severity.WARNING: "Periksa",
    Severity.INFO: "Catatan",
    Severity.NOT_EVALUATED: "Belum dinilai",
}
_HEADS = (("No", 6), ("Tingkat", 11), ("Lembar", 26), ("Sel", 8), ("Desa", 24), ("Pertanyaan", 34),
          ("Isi", 22), ("Temuan", 60), ("Cara memperbaiki", 50))  # fmt: skip
_SIDE = Side(style="thin", color=LINE.removeprefix("#"))


def annotate(
    content: bytes,
    findings: Sequence[Finding],
    *,
    account: str = "",
    villages: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Give a workbook with the findings of its import; `account` is one line on what became of its cells.

    `villages` are the names of villages by code.
    """
    book = load_workbook(io.BytesIO(content))
    _clean(book)
    for finding in findings[:MOST_MARKED]:
        for cell in _cell(book, finding):
            _mark(cell, finding)
    _list(book, findings, account, villages)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _clean(book: Workbook) -> None:
    """Take away what an earlier answer marked."""
    if FAULTS_SHEET in book.sheetnames:
        book.remove(book[FAULTS_SHEET])
    for sheet in book.worksheets:
        if not str(sheet["A1"].value).startswith(ANCHOR):
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
                    cell.fill = PatternFill("solid", fgColor=INPUT.removeprefix("#"))


def _cell(book: Workbook, finding: Finding) -> Iterator[Cell]:
    """Find the cell that a finding is about; nothing where it is about a row, a sheet or the file."""
    name, at = finding.place.sheet or "", cell_named(finding.place.column, finding.place.line)
    if at and name in book.sheetnames:
        yield book[name][at]


def _mark(cell: Cell, finding: Finding) -> None:
    """Colour a cell and add the finding to its note; the gravest colour stays."""
    said = f"{_WORDS[finding.severity]}: {finding.message} {finding.remedy}".strip()
    before = cell.comment.text if cell.comment is not None and cell.comment.author == AUTHOR else ""
    text = f"{before}\n\n{said}" if before else said
    cell.comment = Comment(text[:LONGEST_NOTE], AUTHOR, height=60 + 18 * (len(text) // 40), width=320)
    if not before or finding.severity is Severity.ERROR:
        cell.fill = PatternFill("solid", fgColor=_COLOURS.get(finding.severity, "CFE0F2"))


def _list(book: Workbook, findings: Sequence[Finding], account: str, villages: Mapping[str, str]) -> None:
    """Add the sheet that lists all findings, first in the workbook."""
    sheet = book.create_sheet(FAULTS_SHEET, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    errors = sum(one.severity is Severity.ERROR for one in findings)
    said = f"{format_number(len(findings))} temuan, {format_number(errors)} di antaranya harus diperbaiki."
    _put(sheet, 1, 1, "Temuan", Font(bold=True, size=16, color=ACCENT.removeprefix("#")))
    _put(sheet, 2, 1, said if findings else "Tidak ada temuan.")
    _put(sheet, 3, 1, account)
    for at, (words, width) in enumerate(_HEADS, 1):
        cell = _put(sheet, 5, at, words, Font(bold=True, color="FFFFFF"))
        cell.fill = PatternFill("solid", fgColor=ACCENT.removeprefix("#"))
        sheet.column_dimensions[cell.column_letter].width = width
    for number, finding in enumerate(findings, 1):
        row = number + 5
        place = finding.place
        label = place.label or place.variable if isinstance(place, CellPlace) else ""
        village = place.region if isinstance(place, CellPlace) else ""
        cell_at = cell_named(place.column, place.line)
        at_cell = cell_at or str(place.line or "")
        texts = (
            str(number), _WORDS[finding.severity], place.sheet or "", at_cell, villages.get(village, village),
            label, finding.value or "", finding.message, finding.remedy,
        )  # fmt: skip
        for at, text in enumerate(texts, 1):
            cell = _put(sheet, row, at, text)
            cell.border = Border(_SIDE, _SIDE, _SIDE, _SIDE)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        if finding.severity is Severity.ERROR:
            sheet.cell(row, 2).font = Font(bold=True, color=FAULT.removeprefix("#"))
        if place.sheet in book.sheetnames and cell_at:
            quoted = (place.sheet or "").replace("'", "''")
            sheet.cell(row, 4).hyperlink = f"#'{quoted}'!{cell_at}"
            sheet.cell(row, 4).font = Font(underline="single", color=ACCENT.removeprefix("#"))
    sheet.freeze_panes = "A6"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "5:5"
    sheet.protection.sheet = True


def _put(sheet: Worksheet, row: int, column: int, text: str, font: Font | None = None) -> Cell:
    """Write a text that can never become a formula."""
    cell: Cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell
