"""Reading: what a person can mend comes as a finding with its place, and nothing is raised."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara import tables
from sidara.kernel.finding import Severity
from sidara.tables import csv_file

HEADER = b"kode,nilai\n"


def read(content: bytes, kind: str = "csv", **options) -> tables.Reading:
    options.setdefault("required", ["kode", "nilai"])
    return tables.read(io.BytesIO(content), format=kind, **options)


def workbook(rows=(("kode", "nilai"), ("6201022016", 5)), change=None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rows(reading: tables.Reading) -> list[tuple]:
    assert reading.table is not None, reading.findings
    return reading.table.frame.rows()


REFUSED = {
    "empty": (b"", "FILE_EMPTY"),
    "blank": (b" \n\r\n ", "FILE_EMPTY"),
    "only the header": (HEADER, "NO_ROWS"),
    "utf-16 with a mark": ("kode,nilai\na,1\n".encode("utf-16"), "ENCODING_UTF16"),
    "utf-16 without a mark": ("kode,nilai\na,1\n".encode("utf-16-le"), "ENCODING_UTF16"),
    "latin-1": ("kode,nilai\na,1\nb,é\n".encode("latin-1"), "ENCODING_NOT_UTF8"),
    "a NUL": (HEADER + b"a,1\nb,\x002\n", "NUL_BYTE"),
    "a column twice": (b"kode,nilai,kode\na,1,b\n", "COLUMN_DUPLICATE"),
    "a column missing": (b"kode,nilaii\na,1\n", "COLUMN_MISSING"),
    "a separator that does not help": (b"kode;angka\na;1\n", "SEPARATOR"),
    "a quote never closed": (HEADER + b'a,1\nb,"2\nc,3\n', "QUOTE_OPEN"),
    "a quote not doubled": (HEADER + b'a,"1"2\n', "QUOTE_OPEN"),
    "a million columns": (b"kode,nilai," + b"x," * 1_000_000 + b"\na,1\n", "TOO_MANY_COLUMNS"),
    "a workbook by content": (workbook(), "FORMAT_MISMATCH"),
    "a reserved name": (b"kode,nilai,__line\na,1,2\n", "COLUMN_RESERVED"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refuses_a_bad_file_with_one_clear_fault(case):
    content, code = REFUSED[case]
    reading = read(content)
    assert reading.table is None
    assert reading.findings[0].code == code
    assert reading.findings[0].severity is Severity.ERROR
    assert reading.findings[0].remedy


@pytest.mark.parametrize(
    ("case", "line"),
    [("latin-1", 3), ("a NUL", 3), ("a quote never closed", 3), ("only the header", 1)],
)
def test_names_the_line_of_a_refusal(case, line):
    assert read(REFUSED[case][0]).findings[0].place.line == line


def test_gives_text_as_written_with_its_line():
    reading = read(HEADER + b" 62 , 0.65714285714286\n\n x,\n,\n")
    assert rows(reading) == [("62", "0.65714285714286", 2), ("x", None, 4)]
    assert reading.findings == ()


def test_the_line_is_where_the_record_starts():
    reading = read(b'kode,nilai\na,"satu\ndua"\n\nb,2\n')
    assert rows(reading) == [("a", "satu\ndua", 2), ("b", "2", 5)]


def test_a_byte_order_mark_is_told_and_passed():
    reading = read(b"\xef\xbb\xbf" + HEADER + b"a,1\n")
    assert rows(reading) == [("a", "1", 2)]
    assert [one.code for one in reading.findings] == ["ENCODING_MARK"]
    assert reading.findings[0].severity is Severity.INFO


@pytest.mark.parametrize("separator", [";", "\t"])
def test_another_separator_is_read_when_the_header_fits(separator):
    reading = read(f"kode{separator}nilai\na{separator}0,5\n".encode())
    assert rows(reading) == [("a", "0,5", 2)]
    assert [one.code for one in reading.findings] == ["SEPARATOR_OTHER"]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_row_of_another_width_is_rejected_alone(quote):
    content = f"kode,nilai\na,{quote}1{quote}\nb\nc,3,4\nd,5\n".encode()
    reading = read(content)
    assert [row[0] for row in rows(reading)] == ["a", "d"]
    assert reading.rejected_lines == (3, 4)
    assert [(one.code, one.place.line) for one in reading.findings] == [("ROW_WIDTH", 3), ("ROW_WIDTH", 4)]


def test_a_repeated_header_is_rejected_alone():
    reading = read(HEADER + b"a,1\nkode,nilai\nb,2\n")
    assert [row[0] for row in rows(reading)] == ["a", "b"]
    assert reading.rejected_lines == (3,)
    assert reading.findings[0].code == "HEADER_REPEATED"
    assert reading.findings[0].place.line == 3


def test_names_all_missing_columns_and_the_nearest():
    reading = read(b"kodee,x\na,1\n")
    (fault,) = reading.findings
    assert "kode, nilai" in fault.message
    assert "kodee mungkin maksudnya kode" in fault.remedy


def test_one_of_several_groups_of_columns_is_enough():
    groups = [["a", "b"], ["c"]]
    assert read(b"kode,c\nx,1\n", required=["kode"], one_of=groups).table
    reading = read(b"kode,a\nx,1\n", required=["kode"], one_of=groups)
    assert reading.table is None
    assert "ditemukan: b." in reading.findings[0].message


def test_unknown_columns_are_told_and_kept():
    reading = read(b"kode,nilai,catatan\na,1,x\n", known={"kode", "nilai"})
    assert rows(reading) == [("a", "1", "x", 2)]
    assert reading.findings[0].severity is Severity.INFO
    assert reading.findings[0].place.column == "catatan"


def test_many_faults_of_one_kind_are_counted():
    reading = read(HEADER + b"a,1\n" + b"x\n" * 1000)
    assert len(reading.rejected_lines) == 1000
    assert len(reading.findings) == tables.table.MAX_NAMED + 1
    assert "800 baris lain" in reading.findings[-1].message


def test_full_width_digits_stay_text():
    assert rows(read(HEADER + "a,５\n".encode())) == [("a", "５", 2)]


def test_a_path_names_the_file_and_a_missing_one_is_a_finding(tmp_path: Path):
    file = tmp_path / "nilai.csv"
    file.write_bytes(HEADER)
    assert tables.read(file).findings[0].place.file == "nilai.csv"
    assert tables.read(tmp_path / "tidak_ada.csv").findings[0].code == "FILE_UNREADABLE"
    assert tables.read(tmp_path / "nilai.doc").findings[0].code == "FORMAT_UNKNOWN"
    assert tables.read(io.BytesIO(HEADER)).findings[0].code == "FORMAT_UNKNOWN"


# --- workbooks


def test_a_workbook_gives_shortest_text_and_sheet_rows():
    content = workbook([("kode", "nilai"), ("6201022016", 5), (), (6201022017, 0.92), ("x", True)])
    assert rows(read(content, "xlsx")) == [
        ("6201022016", "5", 2),
        ("6201022017", "0.92", 4),
        ("x", "true", 5),
    ]


def _second(book):
    book.create_sheet("Lain").append(["kode", "nilai"])


def _merged(book):
    book.active["A3"] = "x"
    book.active.merge_cells("A3:B4")


def _hidden_only(book):
    book.create_sheet("Kosong")
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1


BAD_BOOKS = {
    "two sheets": (workbook(change=_second), "SHEETS_SEVERAL", "Lain"),
    "merged cells": (workbook(change=_merged), "CELLS_MERGED", "A3:B4"),
    "a hidden sheet only": (workbook(change=_hidden_only), "FILE_EMPTY", ""),
    "a formula in the header": (
        workbook([("kode", "nilai"), ("a", 1)], lambda b: b.active.__setitem__("B1", "=1+1")),
        "CELL_FORMULA",
        "B1",
    ),
    "a far cell": (workbook(change=lambda b: b.active.__setitem__("XFD1048576", 1)), "TOO_MANY_COLUMNS", ""),
    "the old format": (b"\xd0\xcf\x11\xe0" + b"x" * 600, "XLS_OLD", ""),
    "a locked one": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "XLSX_LOCKED", ""),
    "a torn one": (workbook()[:900], "XLSX_BROKEN", ""),
    "no workbook": (b"kode,nilai\n", "XLSX_BROKEN", ""),
}


@pytest.mark.parametrize("case", BAD_BOOKS)
def test_refuses_a_bad_workbook(case):
    content, code, word = BAD_BOOKS[case]
    reading = read(content, "xlsx")
    assert reading.table is None
    assert reading.findings[0].code == code
    assert word in reading.findings[0].message
    assert reading.findings[0].remedy


def test_a_sheet_can_be_chosen():
    content = workbook(change=lambda book: book.create_sheet("Lain").append(["a", "b"]))
    assert read(content, "xlsx", sheet="Sheet").table.sheet == "Sheet"
    assert read(content, "xlsx", sheet="Nama").findings[0].code == "SHEET_MISSING"


def test_a_formula_or_an_error_value_rejects_its_row():
    content = workbook([("kode", "nilai"), ("a", 1), ("b", "=1+1"), ("c", "#DIV/0!")])
    reading = read(content, "xlsx")
    assert rows(reading) == [("a", "1", 2)]
    assert reading.rejected_lines == (3, 4)
    assert [(one.code, one.value, one.place.column) for one in reading.findings] == [
        ("CELL_FORMULA", "B3", "nilai"),
        ("CELL_ERROR", "B4", "nilai"),
    ]


def test_a_formula_in_a_column_without_meaning_does_not_matter():
    content = workbook([("kode", "nilai", "jumlah"), ("a", 1, "=B2")])
    assert read(content, "xlsx", known={"kode", "nilai"}).rejected_lines == ()
    assert read(content, "xlsx").rejected_lines == (2,)


def test_a_hidden_sheet_is_told():
    def change(book):
        sheet = book.create_sheet("Rahasia")
        sheet["A1"] = 1
        sheet.sheet_state = "hidden"

    reading = read(workbook(change=change), "xlsx")
    assert rows(reading) == [("6201022016", "5", 2)]
    assert [one.code for one in reading.findings] == ["SHEET_HIDDEN"]


def test_a_macro_workbook_is_refused(tmp_path: Path):
    file = tmp_path / "a.xlsm"
    file.write_bytes(workbook())
    assert tables.read(file).findings[0].code == "XLSX_MACROS"
    content = io.BytesIO(workbook())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert read(content.getvalue(), "xlsx").findings[0].code == "XLSX_MACROS"


def _bomb(size: int, claimed: int | None = None) -> bytes:
    content = io.BytesIO(workbook())
    with (
        zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/b.xml", "w", force_zip64=True) as out,
    ):
        for _ in range(size // 2**20):
            out.write(b" " * 2**20)
    content = content.getvalue()
    if claimed is None:
        return content
    # the directory's record of the last part: its size field lies 24 bytes in
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 24] + claimed.to_bytes(4, "little") + content[at + 28 :]


@pytest.mark.parametrize("claimed", [None, 10])
def test_a_zip_bomb_is_refused_by_claim_and_by_measure(claimed):
    content = _bomb(tables.MAX_UNPACKED + 2**20, claimed)
    assert len(content) < 2**20
    assert read(content, "xlsx").findings[0].code == "XLSX_TOO_LARGE"


# --- JSON and Parquet


def test_json_gives_record_numbers_and_words():
    content = b'[{"kode":"a","nilai":0.92},{"kode":"b","nilai":NaN},{"kode":"c","nilai":5.0,"x":true}]'
    assert rows(read(content, "json")) == [
        ("a", "0.92", None, 1),
        ("b", "NaN", None, 2),
        ("c", "5", "true", 3),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"data":[]}', "JSON_SHAPE"),
        (b"[]", "NO_ROWS"),
        (b"[1]", "JSON_SHAPE"),
        (b"[{}, {}]", "NO_ROWS"),
        (b'[{"kode":"\\ud800","nilai":1}]', "TEXT_BROKEN"),
        (b'[{"\\udc00":"a","nilai":1}]', "TEXT_BROKEN"),
        (b'[{"kode":1,', "JSON_BROKEN"),
        (b"[" * 200_000, "JSON_BROKEN"),
        (json.dumps([{str(n): 1 for n in range(2001)}]).encode(), "TOO_MANY_COLUMNS"),
    ],
)
def test_refuses_bad_json(content, code):
    assert read(content, "json").findings[0].code == code


def test_half_a_letter_rejects_its_record_alone():
    content = b'[{"kode":"a","nilai":1},{"kode":"b\\ud83d","nilai":1},{"kode":"\\ud83d\\ude00","nilai":1}]'
    reading = read(content, "json")
    assert rows(reading) == [("a", "1", 1), ("\N{GRINNING FACE}", "1", 3)]
    assert reading.rejected_lines == (2,)


def test_a_bad_record_is_rejected_alone():
    content = b'[{"kode":"a","nilai":1},{"kode":"b","kode":"c","nilai":1},{"kode":"d","nilai":[1]}]'
    reading = read(content, "json")
    assert rows(reading) == [("a", "1", 1)]
    assert reading.rejected_lines == (2, 3)
    assert [one.code for one in reading.findings] == ["KEY_TWICE", "VALUE_NESTED"]


def _parquet(frame: pl.DataFrame) -> bytes:
    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


def test_parquet_gives_shortest_text():
    frame = pl.DataFrame({"kode": ["a", "b", None], "nilai": [5.0, float("nan"), 0.1], "n": [1, 2, None]})
    assert rows(read(_parquet(frame), "parquet")) == [
        ("a", "5", "1", 1),
        ("b", "NaN", "2", 2),
        (None, "0.1", None, 3),
    ]


@pytest.mark.parametrize("is_dictionary", [False, True])
def test_parquet_with_texts_that_are_no_utf8_is_refused_before_they_are_read(is_dictionary: bool) -> None:
    """Such a text would break Polars, and with it the process and all that it answers."""
    ends = pa.py_buffer(b"".join(at.to_bytes(4, "little") for at in (0, 2, 4)))
    texts = pa.StringArray.from_buffers(2, ends, pa.py_buffer(b"\xff\xfeok"))
    held, content = texts.dictionary_encode() if is_dictionary else texts, io.BytesIO()
    pq.write_table(pa.table({"kode": held, "nilai": ["1", "2"]}), content)
    found = read(content.getvalue(), "parquet")
    assert found.table is None
    assert found.findings[0].code == "PARQUET_BROKEN"


def test_nested_parquet_is_refused():
    reading = read(_parquet(pl.DataFrame({"kode": ["a"], "nilai": [[1, 2]]})), "parquet")
    assert reading.findings[0].code == "COLUMN_TYPE"
    assert read(b"PAR1" + b"x" * 100 + b"PAR1", "parquet").findings[0].code == "PARQUET_BROKEN"


# --- whatever comes


def judged(content: bytes, kind: str) -> None:
    reading = read(content, kind)
    assert reading.table is not None or any(one.severity is Severity.ERROR for one in reading.findings)
    if reading.table is not None:
        kinds = set(reading.table.frame.drop(tables.LINE).dtypes)
        assert kinds <= {pl.String}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(tables.FORMATS))
def test_random_bytes_never_raise(content, kind):
    judged(content, kind)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="kodenilai,;\t\"\n\r'=1 ５", max_size=200))
def test_random_csv_never_raises_and_counts_every_row(text):
    judged(HEADER + text.encode(), "csv")


_GOOD = {
    "xlsx": workbook(),
    "parquet": _parquet(pl.DataFrame({"kode": ["a", "b"], "nilai": [1.5, None]})),
    "json": b'[{"kode":"a","nilai":1.5}]',
}


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(_GOOD)), st.data())
def test_a_damaged_file_never_raises(kind, data):
    content = bytearray(_GOOD[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    judged(bytes(content), kind)


_FIELDS = st.sampled_from(
    ["", '""', "a", "1.5", '"a,b"', '"""q"""', '"x\ny"', 'a"b', '"', " ", '" "', "é", '""""']
)
_LINES = st.lists(st.lists(_FIELDS, min_size=1, max_size=4).map(",".join), min_size=1, max_size=8)


@given(_LINES)
def test_lines_split_at_once_are_the_records_that_are_read_one_by_one(lines):
    text = "\n".join(lines)
    quick = csv_file._quick(text, ",", tables.Bounds())
    if quick is None or not text.strip():
        return
    (one, fault), (other, expected) = quick, csv_file._parse(text, ",", tables.Bounds())
    assert fault == expected
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (one.header, one.header_line) == (other.header, other.header_line)
        assert one.frame.rows() == other.frame.rows()
        assert one.findings == other.findings
        assert one.rejected == other.rejected
