"""Every kind of bad file that villages have sent or may send: one clear fault each, and nothing half done.

Each file goes through the import as a whole: reading, placing, typing, merging, judging. `REFUSED` files
bring nothing; of `REJECTED` ones the bad cell is not stored and the good one beside it is; `TOLD` ones are
stored with a warning, exactly as they were typed.
"""

import io
import json
import zipfile
from uuid import UUID

import polars as pl
import pytest

from sidara import tables
from sidara.collection import models, queries, services
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import OPERATOR, Actor, Area, Grant
from sidara.kernel.finding import Severity
from tests.collection.conftest import NOW
from tests.collection.test_filing import HEADER, OTHER, VILLAGE, counts, lines
from tests.collection.workbooks import boxes, closed, fill, given_out, opened
from tests.tables.test_read import _bomb

pytestmark = pytest.mark.usefixtures("register")
UID = UUID("018f0000-0000-7000-8000-000000000005")
GOOD, BAD = "KEU_020@ANGGARAN:A", "KEU_026@_T"
FINANCE = SubmissionKey("KEU_TRIWULAN", VILLAGE, "2026-Q2")
NEIGHBOUR = Actor(
    UUID(int=5),
    "Contoh tetangga",
    "operator desa",
    frozenset({"regions.read", "dictionary.read"}),
    (Grant("g", "operator-desa", frozenset({"collection.fill", "collection.read"}), Area((OTHER,))),),
)


def book(change=None, **values):
    """A finance form that was given out and filled in, changed by a person or a program."""
    content = fill(given_out("KEU_TRIWULAN", "2026-Q2", uid=UID), {GOOD: 4, **values})
    if change is None:
        return content
    made = opened(content)
    change(made)
    return closed(made)


def page(made):
    return next(sheet for sheet in made if str(sheet["A1"].value).startswith("sidara:"))


def box(made, name):
    return boxes(made)[0][VILLAGE, "", name]


def bomb():
    return _bomb(tables.MAX_UNPACKED + 2**20)


def macros():
    content = io.BytesIO(book())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return content.getvalue()


def merged(made):
    page(made).merge_cells("D9:E9")


def other_book(made):
    page(made)["A1"] = "sidara:018f0000-0000-7000-8000-000000000006"


def computed(made):
    box(made, BAD).value = "=1+1"


def keys_lost(made):
    page(made)["A1"] = None


def mark_lost(made):
    del made["_sidara"]


def newer_version(made):
    made["_sidara"]["B4"] = "7"


def other_content(made):
    made["_sidara"]["B5"] = "0" * 64


def cell(value, *, form="KEP_SEMESTER", region=VILLAGE, period="2026-S1", code="KEP_001", said=""):
    return f"{form},{region},{period},,{code},,,{value},{said}"


FINE = cell(60, code="KEP_002")


def csv(*rows, header=HEADER):
    return lines(*rows, header=header).encode()


def parquet(*, cut):
    frame = io.BytesIO()
    tables_frame().write_parquet(frame)
    return frame.getvalue()[:cut]


def tables_frame():
    return pl.DataFrame(
        {"form": ["KEP_SEMESTER"], "region": [VILLAGE], "period": ["2026-S1"], "variable": ["KEP_001"]}
    ).with_columns(value=pl.lit("5"))


REFUSED = {
    "zip bomb": ("xlsx", bomb, "XLSX_TOO_LARGE"),
    "macro workbook": ("xlsx", macros, "XLSX_MACROS"),
    "merged cells": ("xlsx", lambda: book(merged), "CELLS_MERGED"),
    "a sheet of another workbook": ("xlsx", lambda: book(other_book), "SHEET_FOREIGN"),
    "a sheet without its keys": ("xlsx", lambda: book(keys_lost), "SHEET_KEYS_LOST"),
    "truncated workbook": ("xlsx", lambda: book()[:4000], "XLSX_BROKEN"),
    "locked workbook": (
        "xlsx",
        lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "XLSX_LOCKED",
    ),
    "unknown version": ("xlsx", lambda: book(newer_version), "VERSION_STALE"),
    "another form of that version": ("xlsx", lambda: book(other_content), "WORKBOOK_ELSEWHERE"),
    "UTF-16": ("csv", lambda: lines(FINE).encode("utf-16"), "ENCODING_UTF16"),
    "Latin-1": ("csv", lambda: csv(FINE) + "Kahayan é".encode("latin-1"), "ENCODING_NOT_UTF8"),
    "NUL bytes": ("csv", lambda: csv(FINE, FINE, "a\0b"), "NUL_BYTE"),
    "an open quotation mark": ("csv", lambda: csv(FINE, cell('"60')), "QUOTE_OPEN"),
    "truncated before its columns": ("csv", lambda: b"form,region,per", "COLUMN_MISSING"),
    "truncated Parquet": ("parquet", lambda: parquet(cut=200), "PARQUET_BROKEN"),
    "a workbook that says it is CSV": ("csv", book, "FORMAT_MISMATCH"),
    "an empty file": ("csv", lambda: b"", "FILE_EMPTY"),
}
"""Nothing of the file can be used."""

REJECTED = {
    "1e308 in a workbook": ("xlsx", lambda: book(**{BAD: 1e308}), "VALUE_TYPE"),
    "NaN in a workbook": ("xlsx", lambda: book(**{BAD: "NaN"}), "VALUE_TYPE"),
    "full-width digits in a workbook": ("xlsx", lambda: book(**{BAD: "１２"}), "VALUE_TYPE"),
    "a formula typed as text": ("xlsx", lambda: book(**{BAD: "=1+1"}), "VALUE_TYPE"),
    "a formula that is computed": ("xlsx", lambda: book(computed), "CELL_FORMULA"),
    "1e308": ("csv", lambda: csv(FINE, cell("1e308")), "VALUE_TYPE"),
    "a number of 309 digits": ("csv", lambda: csv(FINE, cell("9" * 309)), "VALUE_TYPE"),
    "NaN": ("csv", lambda: csv(FINE, cell("NaN")), "VALUE_TYPE"),
    "infinity": ("csv", lambda: csv(FINE, cell("inf")), "VALUE_TYPE"),
    "full-width digits": ("csv", lambda: csv(FINE, cell("１２")), "VALUE_TYPE"),
    "Arabic digits": ("csv", lambda: csv(FINE, cell("١٢")), "VALUE_TYPE"),
    "a formula": ("csv", lambda: csv(FINE, cell("=1+1")), "VALUE_TYPE"),
    "points of thousands": ("csv", lambda: csv(FINE, cell("1.250.000")), "VALUE_TYPE"),
    "a control sign": ("csv", lambda: csv(FINE, cell("5", said="a\x07b")), "TEXT_CONTROL"),
    "a text of 4,001 letters": ("csv", lambda: csv(FINE, cell("5", said="a" * 4001)), "TEXT_TOO_LONG"),
    "a line with too few fields": ("csv", lambda: csv(FINE, "KEP_SEMESTER,62.01"), "ROW_WIDTH"),
    "a village that does not exist": (
        "csv",
        lambda: csv(FINE, cell(5, region="62.99.01.2001")),
        "REGION_UNKNOWN",
    ),
    "a form that does not exist": ("csv", lambda: csv(FINE, cell(5, form="KEP_HARIAN")), "FORM_UNKNOWN"),
    "a period of another kind": ("csv", lambda: csv(FINE, cell(5, period="2026-Q1")), "PERIOD_FORM"),
    "a question that does not exist": ("csv", lambda: csv(FINE, cell(5, code="KEP_999")), "CELL_UNKNOWN"),
    "a question of another form": ("csv", lambda: csv(FINE, cell(5, code="KEU_026")), "CELL_UNKNOWN"),
    "a cell twice": ("csv", lambda: csv(FINE, cell(5), cell(6)), "CELL_TWICE"),
}
"""The bad cell is not stored; the good one beside it is."""

TOLD = {
    "a page is hidden": (
        "xlsx",
        lambda: book(lambda made: setattr(page_of(made), "sheet_state", "hidden"), **{BAD: 5}),
        "SHEET_HIDDEN",
    ),
    "a hidden sheet that is none of ours": (
        "xlsx",
        lambda: book(lambda made: setattr(made.create_sheet("X"), "sheet_state", "hidden"), **{BAD: 5}),
        "",
    ),
    "a sheet beside": (
        "xlsx",
        lambda: book(lambda made: made.create_sheet("X").append(["a"])),
        "SHEET_EXTRA",
    ),
    "rows that were deleted": ("xlsx", lambda: book(lambda made: page(made).delete_rows(12, 3)), "ROWS_GONE"),
    "a remark like an NIK": ("csv", lambda: csv(cell(5, said="NIK 6201021203900001")), "TEXT_PERSONAL"),
    "a remark like a telephone number": (
        "csv",
        lambda: csv(cell(5, said="hubungi 081234567890")),
        "TEXT_PERSONAL",
    ),
}
"""It is stored as it was typed, and said."""


def page_of(made):
    return box(made, BAD).parent


def imported(kind, content, actor=OPERATOR):
    incoming = queries.read_cells_file(actor, io.BytesIO(content), format=kind)
    return services.import_cells(actor, incoming=incoming, now=NOW).account


def stored():
    names = ("row", "variable__code", "breakdown", "state", "value", "explanation")
    return list(models.Cell.objects.order_by("variable__code").values_list(*names))


def said(account, code):
    found = [one for one in account.findings if one.code == code]
    assert found, [one.code for one in account.findings]
    assert all(one.message and one.remedy for one in found)
    return found


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_as_a_whole(case: str) -> None:
    kind, content, code = REFUSED[case]
    account = imported(kind, content())
    assert said(account, code)[0].severity is Severity.ERROR
    assert account.is_refused or (account.rejected == account.sent > 0)
    assert not account.is_stored
    assert not stored()
    assert not models.Submission.objects.exists()
    assert not models.Revision.objects.exists()


@pytest.mark.parametrize("case", REJECTED)
def test_a_bad_cell_is_rejected_alone(case: str) -> None:
    kind, content, code = REJECTED[case]
    account = imported(kind, content())
    found = said(account, code)
    assert all(one.severity is Severity.ERROR for one in found)
    assert any(one.place.line for one in found), "the line of the file is named"
    assert account.rejected == account.sent - 1 > 0
    assert len(stored()) == account.created == 1
    assert not list(queries.audit(OPERATOR))


ZERO = ("form", "region", "period", "row", "variable", "breakdown", "state", "value", "explanation")


@pytest.mark.parametrize("column", ZERO)
def test_a_zero_sign_of_a_file_is_told_without_it(column: str) -> None:
    """One of the databases cannot hold it, not even in what is said of the file."""
    fine = ("KEP_SEMESTER", VILLAGE, "2026-S1", "", "KEP_002", "_T", "", "60", "")
    odd = dict(zip(ZERO, ("KEP_SEMESTER", VILLAGE, "2026-S1", "", "KEP_001", "_T", "", "5", ""), strict=True))
    odd[column] += "\x00"
    content = io.BytesIO()
    pl.DataFrame(
        [fine, tuple(odd.values())], schema=dict.fromkeys(ZERO, pl.String), orient="row"
    ).write_parquet(content)
    account = imported("parquet", content.getvalue())
    assert (account.created, account.rejected) == (1, 1)
    assert "\\u0000" not in json.dumps(account.flat())
    assert len(stored()) == 1


@pytest.mark.parametrize("case", TOLD)
def test_what_is_only_doubtful_is_stored_and_said(case: str) -> None:
    kind, content, code = TOLD[case]
    account = imported(kind, content())
    if code:
        assert all(one.severity is not Severity.ERROR for one in said(account, code))
    assert account.rejected == 0
    assert len(stored()) == account.created == account.sent > 0


def test_another_villages_file_is_rejected_whole() -> None:
    for kind, content in (("xlsx", book()), ("csv", csv(FINE))):
        account = imported(kind, content, NEIGHBOUR)
        assert said(account, "REGION_NOT_ALLOWED")[0].value == VILLAGE
        assert (account.created, account.rejected) == (0, 1)
    assert not models.Submission.objects.exists()


def test_a_workbook_made_for_an_older_version_is_told_from_one_that_is_new() -> None:
    made = queries.read_cells_file(OPERATOR, io.BytesIO(book()), format="xlsx")
    stale = made.cells.with_columns(version=made.cells["version"] + 1)
    account = services.import_cells(OPERATOR, incoming=type(made)(stale, made.source), now=NOW).account
    assert said(account, "VERSION_STALE")[0].value
    assert counts(account) == (0, 0, 0, 0, 1)
    assert not models.Submission.objects.exists()


def test_moved_rows_and_columns_are_found_by_their_hidden_keys() -> None:
    def move(made):
        sheet = page_of(made)
        rows = [[one.value for one in line] for line in sheet.iter_rows()]
        for range_ in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(range_))
        head, body = rows[:8], rows[8:]
        for at, line in enumerate([*head, *reversed(body)], 1):
            for column, value in enumerate(line, 1):
                sheet.cell(at, column).value = value

    assert counts(imported("xlsx", book(move, **{BAD: 35})))[0] == 2
    held = queries.filled(OPERATOR, FINANCE)
    assert held is not None
    assert held.state.cells[Key("", "KEU_026", "_T")].content.value == "35"


def test_a_formula_in_a_text_stays_a_text_that_no_sheet_computes() -> None:
    typed = "=HYPERLINK(A1)"
    assert imported("csv", csv(cell(5, said=typed))).created == 1
    assert stored()[0][-1] == typed
    content = given_out("KEP_SEMESTER", "2026-S1", uid=UID)
    whys = boxes(opened(content))[1]
    given = whys[VILLAGE, "", "KEP_001@_T"]
    assert (given.value, given.data_type) == (typed, "s")
    pages = [sheet for sheet in opened(content) if str(sheet["A1"].value).startswith("sidara:")]
    assert not [one for sheet in pages for line in sheet for one in line if one.data_type == "f"]
