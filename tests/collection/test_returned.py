"""Workbooks that come back: cells are found wherever they were moved, each bad file has its own fault."""

import io
import re
import zipfile
from datetime import date
from uuid import UUID

import pytest
import xlsxwriter

from sidara.collection.core.returned import Returned
from sidara.collection.formats import workbook
from tests.collection.workbooks import DISTRICT, VILLAGE, boxes, closed, fill, given_out, opened

pytestmark = pytest.mark.usefixtures("register")
UID = UUID("018f0000-0000-7000-8000-000000000002")
OTHER = UUID("018f0000-0000-7000-8000-000000000003")
SHEET = "1 Pendapatan desa"


@pytest.fixture
def finance():
    return given_out("KEU_TRIWULAN", "2026-Q2", uid=UID)


def returned(content, suffix=".xlsx"):
    sheets, fault = workbook.open_book(io.BytesIO(content), suffix)
    if fault is not None:
        return (fault,)
    assert workbook.is_ours(sheets)
    return workbook.read(sheets)


def read(content):
    found = returned(content)
    assert isinstance(found, Returned), found
    return found


def refusal(content, suffix=".xlsx"):
    found = returned(content, suffix)
    assert isinstance(found, tuple), "the file was taken"
    assert all(one.remedy for one in found)
    return [one.code for one in found]


def told(content):
    return [one.code for one in read(content).findings]


def sent(content):
    return {
        (one.row, f"{one.variable}@{one.breakdown}"): (one.value, one.explanation)
        for one in read(content).cells
    }


def test_an_untouched_workbook_sends_nothing_and_says_what_it_is(finance) -> None:
    found = read(finance)
    assert (found.form, found.version, found.period, found.bases) == (
        "KEU_TRIWULAN", 1, "2026-Q2", {VILLAGE: 0},
    )  # fmt: skip
    assert (found.uid, found.cells, found.findings, found.rejected) == (str(UID), (), (), 0)


def test_filled_cells_come_with_key_explanation_and_place(finance) -> None:
    content = fill(
        finance,
        {"KEU_001@ANGGARAN:A": 1_450_000_000, "KEU_001@ANGGARAN:R": "tidak tahu", "KEU_026@_T": 35},
        {"KEU_001@ANGGARAN:R": "belum tutup buku"},
    )
    assert sent(content) == {
        ("", "KEU_001@ANGGARAN:A"): (1_450_000_000, ""),
        ("", "KEU_001@ANGGARAN:R"): ("tidak tahu", "belum tutup buku"),
        ("", "KEU_026@_T"): (35, ""),
    }
    place = next(one.place for one in read(content).cells if one.variable == "KEU_026")
    assert (place.sheet, place.column) == ("5 Keuangan dan aset desa", "E")


def test_rows_and_columns_that_moved_are_found_by_their_keys(finance) -> None:
    before = fill(finance, {"KEU_001@ANGGARAN:A": 11, "KEU_004@ANGGARAN:R": 22})
    book = opened(before)
    sheet = book[SHEET]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=7, max_row=15)]
    for at, row in enumerate(reversed(rows), 7):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value
    sheet.insert_cols(4)
    sheet.insert_rows(3)
    assert sent(closed(book)) == sent(before)


def test_a_kecamatan_workbook_gives_each_cell_to_its_village() -> None:
    content = given_out("KEU_TRIWULAN", "2026-Q2", uid=UID, region=DISTRICT)
    content = fill(content, {"KEU_026@_T": 5})
    content = fill(content, {"KEU_026@_T": 7}, region="62.01.02.2017")
    assert [(one.region, one.value) for one in read(content).cells] == [(VILLAGE, 5), ("62.01.02.2017", 7)]


def test_deleted_rows_columns_and_sheets_are_told_and_the_rest_is_read(finance) -> None:
    book = opened(fill(finance, {"KEU_004@ANGGARAN:A": 11, "KEU_026@_T": 3}))
    book[SHEET].delete_rows(7)
    book[SHEET].delete_cols(6)
    del book["3 Belanja desa"]
    found = read(closed(book))
    assert [one.code for one in found.findings] == ["ROWS_GONE", "SHEET_GONE", "COLUMNS_GONE"]
    assert "KEU_001" in found.findings[0].message
    assert [one.value for one in found.cells] == [11, 3]


def test_rows_without_key_or_of_another_village_are_rejected(finance) -> None:
    book = opened(fill(finance, {"KEU_026@_T": 3}))
    sheet = book[SHEET]
    sheet["E40"], sheet["F40"] = 5, 6
    sheet["A8"], sheet["E8"] = "62.01.02.2017;;KEU_002@ANGGARAN:A,KEU_002@ANGGARAN:R", 9
    found = read(closed(book))
    assert sorted(one.code for one in found.findings) == ["ROWS_GONE", "ROW_FOREIGN", "ROW_KEYLESS"]
    assert found.rejected == 3
    assert [one.value for one in found.cells] == [3]


def test_a_sheet_of_another_workbook_refuses_the_file(finance) -> None:
    book = opened(finance)
    book[SHEET]["A1"] = f"sidara:{OTHER}"
    assert refusal(closed(book)) == ["SHEET_FOREIGN"]


def test_lost_keys_refuse_the_file(finance) -> None:
    book = opened(finance)
    book[SHEET].delete_cols(1)
    assert refusal(closed(book)) == ["SHEET_KEYS_LOST"]
    book = opened(finance)
    book[SHEET].delete_rows(1)
    assert refusal(closed(book)) == ["SHEET_KEYS_LOST"]
    book = opened(finance)
    del book["_sidara"]
    assert refusal(closed(book)) == ["WORKBOOK_UNREADABLE"]
    book = opened(finance)
    book["_sidara"]["B4"] = "tujuh"
    assert refusal(closed(book)) == ["WORKBOOK_UNREADABLE"]


def test_merged_cells_refuse_the_file_with_their_place(finance) -> None:
    book = opened(finance)
    book[SHEET].merge_cells("E7:F8")
    sheets, _ = workbook.open_book(io.BytesIO(closed(book)), ".xlsx")
    found = workbook.read(sheets)
    assert [(one.code, one.value, one.place.sheet) for one in found] == [("CELLS_MERGED", "E7:F8", SHEET)]


def test_hidden_and_foreign_sheets_are_told(finance) -> None:
    book = opened(fill(finance, {"KEU_026@_T": 3}))
    book["5 Keuangan dan aset desa"].sheet_state = "hidden"
    book.create_sheet("Catatan saya")["A1"] = "x"
    secret = book.create_sheet("Rahasia")
    secret["A1"], secret.sheet_state = "x", "hidden"
    found = read(closed(book))
    assert [one.code for one in found.findings] == ["SHEET_HIDDEN", "SHEET_EXTRA", "SHEET_EXTRA"]
    assert "tersembunyi Rahasia" in found.findings[2].message
    assert [one.value for one in found.cells] == [3]


def test_formulas_and_error_values_reject_their_cells_only(finance) -> None:
    book = opened(fill(finance, {"KEU_026@_T": 3, "KEU_002@ANGGARAN:A": "=text, no formula"}))
    found, whys = boxes(book)
    found[VILLAGE, "", "KEU_001@ANGGARAN:A"].value = '=HYPERLINK("http://x","y")'
    found[VILLAGE, "", "KEU_001@ANGGARAN:R"].value = "#N/A"
    found[VILLAGE, "", "KEU_004@ANGGARAN:A"].value = 1
    whys[VILLAGE, "", "KEU_004@ANGGARAN:A"].value = "=1+1"
    read_back = read(closed(book))
    assert [(one.code, one.value) for one in read_back.findings] == [
        ("CELL_FORMULA", "E7"), ("CELL_ERROR", "F7"), ("CELL_FORMULA", "E9"),
    ]  # fmt: skip
    assert read_back.rejected == 3
    assert {one.value for one in read_back.cells} == {3, "=text, no formula"}


def test_an_explanation_without_a_value_is_told_and_not_sent(finance) -> None:
    content = fill(finance, {}, {"KEU_026@_T": "belum ada"})
    assert (told(content), sent(content)) == (["EXPLANATION_ALONE"], {})


def test_days_and_texts_stay_what_they_are() -> None:
    content = given_out("PEM_TAHUNAN", "2026", uid=UID)
    row = next(row for (_, row, name) in boxes(opened(content))[0] if name == "USL_015@_T" and row)
    found = sent(fill(content, {(row, "USL_015@_T"): date(2026, 3, 4), (row, "USL_001@_T"): " １２３ 0012 "}))
    assert found[row, "USL_015@_T"][0] == date(2026, 3, 4)
    assert found[row, "USL_001@_T"][0] == " １２３ 0012 "


def repacked(content, change):
    """Change the parts of a workbook by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def with_part(content, name, data):
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def doctype(name, data):
    if not name.endswith("sheet3.xml"):
        return data
    return re.sub(rb"(<worksheet)", rb'<!DOCTYPE x [<!ENTITY a "aaaa">]>\1', data, count=1)


def ods():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
    return out.getvalue()


BAD = {
    "zip bomb": (lambda c: with_part(c, "xl/media/big.bin", b"\0" * (600 * 1024 * 1024)), "XLSX_TOO_LARGE"),
    "macros": (lambda c: with_part(c, "xl/vbaProject.bin", b"x"), "XLSX_MACROS"),
    "document type": (lambda c: repacked(c, doctype), "XLSX_DOCTYPE"),
    "truncated": (lambda c: c[: len(c) // 2], "XLSX_BROKEN"),
    "a CSV under another name": (lambda _: b"form,region\nKEU_TRIWULAN,62.01.02.2016\n", "XLSX_BROKEN"),
    "LibreOffice": (lambda _: ods(), "ODS_FILE"),
    "old Excel": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048, "XLS_OLD"),
    "locked": (
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "XLSX_LOCKED",
    ),
    "empty": (lambda _: b"", "FILE_EMPTY"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_with_its_own_fault(finance, kind: str) -> None:
    made, code = BAD[kind]
    assert refusal(made(finance)) == [code]


def test_a_workbook_with_macros_by_its_name_is_refused(finance) -> None:
    assert refusal(finance, ".xlsm") == ["XLSX_MACROS"]


def test_a_plain_table_is_not_ours() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_string(0, 0, "form")
    sheets, fault = workbook.open_book(io.BytesIO(out.getvalue()), ".xlsx")
    assert fault is None
    assert not workbook.is_ours(sheets)


@pytest.mark.parametrize(
    ("word", "column", "said"),
    [("version", 2, "9" * 30), ("version", 2, "9" * 5_000), ("region", 3, "9" * 30), ("region", 3, "\u0661")],
)
def test_a_number_that_no_workbook_of_ours_says_is_unreadable(
    finance, word: str, column: int, said: str
) -> None:
    book = opened(finance)
    for line in book["_sidara"].iter_rows():
        if line[0].value == word:
            line[column - 1].value = said
    assert refusal(closed(book)) == ["WORKBOOK_UNREADABLE"]


def test_a_place_among_the_keys_of_a_row_that_is_too_large_is_no_box(finance) -> None:
    book = opened(finance)
    sheet = book[SHEET]
    at = next(cell.column for cell in sheet[1] if str(cell.value).startswith("in:"))
    sheet.cell(1, at, "in:#" + "9" * 5_000)
    row = next(line[0].row for line in sheet.iter_rows(min_row=2) if ";" in str(line[0].value))
    sheet.cell(row, at, "4")
    assert "CELL_PLACE" in told(closed(book))


def test_signs_that_nobody_sees_are_not_repeated_in_findings(finance) -> None:
    book = opened(finance)
    sheet = book[SHEET]
    marks = {str(cell.value)[:3]: cell.column for cell in sheet[1] if cell.value}
    rows = [line[0].row for line in sheet.iter_rows(min_row=2) if ";" in str(line[0].value)]
    sheet.cell(rows[0], marks["why"], "a_x0001_b")
    sheet.cell(rows[1], 1, "62_x0000_;;")
    sheet.cell(rows[1], marks["in:"], "4")
    said = {one.code: one for one in read(closed(book)).findings}
    assert said["EXPLANATION_ALONE"].value == "a\ufffdb"
    assert "(62\ufffd)" in said["ROW_FOREIGN"].message
