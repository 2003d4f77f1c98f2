"""Writing: what is written reads back as the same text, and no text becomes a formula."""

import io

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara import tables


def written(frame: pl.DataFrame, kind: str, **options) -> bytes:
    content = io.BytesIO()
    tables.write(frame, content, format=kind, **options)
    return content.getvalue()


def back(frame: pl.DataFrame, kind: str) -> pl.DataFrame:
    reading = tables.read(io.BytesIO(written(frame, kind)), format=kind)
    assert reading.table is not None, reading.findings
    assert reading.rejected_lines == ()
    return reading.table.frame.drop(tables.LINE)


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"])
    | st.sampled_from("=+-@'\",;\n"),
    max_size=12,
).map(str.strip)


@settings(max_examples=150, deadline=None)
@given(st.lists(_TEXT, min_size=1, max_size=6), st.sampled_from(tables.FORMATS))
def test_text_reads_back(values, kind):
    frame = pl.DataFrame({"kode": [f"k{at}" for at in range(len(values))], "teks": values})
    expected = frame.with_columns(pl.col("teks").replace("", None))
    if expected["teks"].null_count() == len(values) and kind == "json":
        expected = expected.with_columns(pl.lit(None, pl.String).alias("teks"))
    assert back(frame, kind).rows() == expected.rows()


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=6),
    st.sampled_from(tables.FORMATS),
)
def test_numbers_read_back_exactly(values, kind):
    texts = back(pl.DataFrame({"nilai": values}), kind)["nilai"].to_list()
    assert [float(text) for text in texts] == values


@pytest.mark.parametrize("kind", tables.FORMATS)
def test_not_a_number_is_a_word(kind):
    assert back(pl.DataFrame({"nilai": [float("nan"), 1.0]}), kind)["nilai"][0] == "NaN"


@pytest.mark.parametrize("text", ["=1+1", "+a", "-a", "@x", "＝1", "'=1", "-1+cmd|' /C calc'!A0"])
def test_csv_guards_what_a_sheet_would_compute(text):
    frame = pl.DataFrame({text: [text], "b": [1]})
    lines = written(frame, "csv").decode().splitlines()
    assert all(line.startswith(("'", "\"'")) for line in lines)
    assert back(frame, "csv").rows() == [(text, "1")]
    assert back(frame, "csv").columns == [text, "b"]


def test_csv_leaves_numbers_alone():
    content = written(pl.DataFrame({"a": ["-0.5", "+3", "1e5"], "b": [-1, 0, 2]}), "csv")
    assert content == b"a,b\n-0.5,-1\n+3,0\n1e5,2\n"


def test_a_workbook_holds_texts_as_texts_and_notes_apart():
    frame = pl.DataFrame({"kode": ["0012", "=1+1", "https://x.id"], "nilai": [1, 2, None]})
    content = written(frame, "xlsx", notes={"Sumber": "=SUM(A1)"})
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Data", "Keterangan"]
    cells = list(book["Data"].iter_rows(min_row=2))
    assert [(row[0].value, row[0].data_type, row[1].value) for row in cells] == [
        ("0012", "s", 1),
        ("=1+1", "s", 2),
        ("https://x.id", "s", None),
    ]
    assert book["Keterangan"]["B1"].data_type == "s"
    assert back(frame, "xlsx")["kode"].to_list() == frame["kode"].to_list()


def test_the_same_frame_gives_the_same_bytes():
    frame = pl.DataFrame({"kode": ["a"], "nilai": [0.1]})
    for kind in tables.FORMATS:
        assert written(frame, kind) == written(frame, kind)


def test_a_path_chooses_the_format_and_an_unknown_one_is_our_fault(tmp_path):
    frame = pl.DataFrame({"kode": ["a"]})
    tables.write(frame, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b"kode\na\n"
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]
    with pytest.raises(ValueError, match="unknown format"):
        tables.write(frame, tmp_path / "a.doc")
    with pytest.raises(ValueError, match="single values"):
        tables.write(pl.DataFrame({"a": [[1]]}), tmp_path / "a.csv")


def test_writing_through_a_link_keeps_the_link(tmp_path):
    real, link = tmp_path / "nyata.csv", tmp_path / "tautan.csv"
    real.write_text("lama")
    link.symlink_to(real)
    tables.write(pl.DataFrame({"kode": ["a"]}), link)
    assert link.is_symlink()
    assert real.read_text() == "kode\na\n"
