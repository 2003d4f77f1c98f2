"""What a file may hold at most: looked at before memory is taken, in every format, with bound and remedy."""

import io
import json
import zipfile

import openpyxl
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from sidara import tables

SPLIT = "Kirim per kecamatan."
FEW = tables.Bounds(rows=100, cells=1_000, unpacked=2_000_000, remedy=SPLIT)


def read(content: bytes, kind: str, bounds: tables.Bounds = FEW) -> tables.Reading:
    return tables.read(io.BytesIO(content), format=kind, required=("kode", "nilai"), bounds=bounds)


def table(rows: int) -> pl.DataFrame:
    return pl.DataFrame({"kode": ["a"] * rows, "nilai": ["x"] * rows})


def written(frame: pl.DataFrame, kind: str) -> bytes:
    buffer = io.BytesIO()
    tables.write(frame, buffer, format=kind)
    return buffer.getvalue()


def parquet(**columns: pa.Array) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, compression="zstd")
    return buffer.getvalue()


def workbook(*sheets: dict[str, object]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, cells in enumerate(sheets):
        sheet = book.create_sheet(f"L{number}")
        for at, value in cells.items():
            sheet[at] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def shared(rows: list[tuple[str, str]]) -> bytes:
    """A workbook in which each text stands once, and cells name it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([("kode", "nilai"), *rows]):
            sheet.write_row(at, 0, row)
    return content.getvalue()


@pytest.mark.parametrize("kind", tables.FORMATS)
def test_a_table_at_its_bound_is_read_and_one_beyond_is_refused_with_bound_and_remedy(kind: str) -> None:
    assert read(written(table(100), kind), kind).table is not None
    (fault,) = read(written(table(101), kind), kind).findings
    assert fault.code == "TOO_MANY_ROWS"
    assert "100 baris" in fault.message
    assert fault.remedy == SPLIT


def test_a_million_rows_in_a_small_file_are_refused_by_what_it_says_of_itself() -> None:
    content = parquet(kode=pa.array(["a"] * 1_000_000), nilai=pa.array(["x"] * 1_000_000))
    assert len(content) < 20_000
    before = pa.total_allocated_bytes()
    (fault,) = read(content, "parquet", tables.Bounds(rows=250_000)).findings
    assert (fault.code, pa.total_allocated_bytes() - before) == ("TOO_MANY_ROWS", 0)
    assert "1.000.000 baris" in fault.message


@pytest.mark.parametrize("is_dictionary", [False, True])
def test_a_long_text_that_many_rows_repeat_is_measured_before_it_is_written_out(is_dictionary: bool) -> None:
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 90, pa.int32()), pa.array(["x" * 100_000]))
    column = long if is_dictionary else long.cast(pa.string())
    content = parquet(kode=pa.array(["a"] * 90), nilai=column)
    assert len(content) < 10_000
    assert read(content, "parquet").findings[0].code == "TEXTS_TOO_LARGE"
    (row, *_) = read(content, "parquet", tables.Bounds()).table.frame.rows()
    assert len(row[1]) == 100_000


def test_lines_of_csv_are_counted_before_they_are_split_though_they_are_empty() -> None:
    head = b"kode,nilai\na,1\n"
    assert read(head + b"\n" * 300, "csv").table is not None
    assert read(head + b"\n" * 500, "csv").findings[0].code == "TOO_MANY_ROWS"
    assert read(head + b'b,"' + b"\n" * 500 + b'"\n', "csv").findings[0].code == "TOO_MANY_ROWS"


def test_a_workbook_is_bounded_over_all_its_sheets_by_cells_and_by_what_they_span() -> None:
    two = {"A1": "kode", "B1": "nilai", "A2": "a", "B2": 1}
    wide = {"A1": "kode", "AX12": "x"}
    assert read(workbook(two), "xlsx").table is not None
    (fault,) = read(workbook(two, wide, wide), "xlsx").findings
    assert fault.code == "TOO_MANY_CELLS"
    assert "1.204 sel" in fault.message
    assert fault.remedy == SPLIT
    sheets, problem = tables.read_book(io.BytesIO(workbook(two, wide, wide)), bounds=FEW)
    assert (sheets, problem.code) == ((), "TOO_MANY_CELLS")


def test_a_long_text_that_many_cells_of_a_workbook_share_is_measured_before_it_is_read() -> None:
    content = shared([("x" * 30_000, "y")] * 88)
    assert len(content) < 20_000
    assert read(content, "xlsx").findings[0].code == "TEXTS_TOO_LARGE"
    assert read(content, "xlsx", tables.Bounds()).table.frame.height == 88
    once = shared([("x" * 30_000, "y"), *[("z", "y")] * 87])
    assert read(once, "xlsx").table is not None, "one long text is none too many"


def rewritten(content: bytes, part: str, **changes: tuple[bytes, bytes]) -> bytes:
    """A workbook with other words in a part of it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            for old, new in changes.values() if name == part else ():
                assert old in text
                text = text.replace(old, new)
            after.writestr(name, text)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "place",
    [
        b"r='XFD1048576'",
        b'r = "XFD1048576"',
        b'r\n=\n"XFD1048576"',
        b'r="xfd1048576"',
        b'r="AAAAAAAAAAAA3"',
        b'r="B999999999999999999"',
    ],
)
def test_a_far_cell_is_refused_however_its_place_is_written(place: bytes) -> None:
    content = rewritten(shared([("a", "b"), ("c", "d")]), SHEET, far=(b'r="B3"', place))
    assert read(content, "xlsx").findings[0].code in {"TOO_MANY_COLUMNS", "TOO_MANY_ROWS"}


def test_cells_that_do_not_say_where_they_are_span_as_far_as_their_rows() -> None:
    bare = rewritten(shared([("a", "b"), ("c", "d")]), SHEET, cells=(b"<c r=", b"<c x="))
    assert read(bare, "xlsx").table.frame.height == 2
    far = rewritten(bare, SHEET, row=(b'<row r="3"', b"<row r='1048576'"))
    assert read(far, "xlsx").findings[0].code == "TOO_MANY_ROWS"


@pytest.mark.parametrize("kind", [b't = "s"', b"t='s'", b't\n="s"'])
def test_shared_texts_are_measured_however_a_cell_names_them(kind: bytes) -> None:
    content = rewritten(shared([("x" * 30_000, "y")] * 88), SHEET, kind=(b't="s"', kind))
    assert read(content, "xlsx").findings[0].code == "TEXTS_TOO_LARGE"


def test_faults_of_records_are_counted_and_not_kept_one_by_one() -> None:
    content = json.dumps([{"kode": "a", "nilai": 1}, *[[]] * 5_000]).encode()
    reading = read(content, "json", tables.Bounds())
    assert len(reading.rejected_lines) == 5_000
    assert len(reading.findings) == tables.table.MAX_NAMED + 1
    assert "4.800 baris lain" in reading.findings[-1].message
