"""`sidara form export`: the file is of the kind that its ending and its options say, or none is written."""

import io
import json

import openpyxl
import pytest
from typer.testing import CliRunner

from sidara.cli import build
from sidara.collection import queries
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from tests.collection.test_workbook_import import run as bring
from tests.collection.workbooks import VILLAGE

pytestmark = pytest.mark.usefixtures("register")
FORM, PERIOD = "KEU_TRIWULAN", "2026-Q2"
PLACE = ("--region", VILLAGE, "--period", PERIOD)


def export(output, *options):
    return CliRunner().invoke(build(), ["form", "export", FORM, "--output", str(output), *options])


SIGNS = {"xlsx": b"PK\x03\x04", "csv": b"form,region", "pdf": b"%PDF", "html": b"<!doctype html"}


@pytest.mark.parametrize("ending", SIGNS)
def test_the_ending_of_the_file_says_its_kind(tmp_path, ending) -> None:
    file = tmp_path / f"keu.{ending}"
    done = export(file, *PLACE, "--json")
    assert done.exit_code == Exit.GOOD, done.stderr
    assert file.read_bytes().lower().lstrip(b"\xef\xbb\xbf").startswith(SIGNS[ending].lower())
    assert json.loads(done.stdout)["format"] == ending
    assert f"untuk {VILLAGE}, periode {PERIOD}" in done.stderr


def test_a_workbook_for_a_village_is_one_that_can_be_filled_in(tmp_path) -> None:
    file = tmp_path / "keu.xlsx"
    assert export(file, *PLACE).exit_code == Exit.GOOD
    assert "_sidara" in openpyxl.load_workbook(io.BytesIO(file.read_bytes())).sheetnames
    assert bring(str(file)).exit_code == Exit.GOOD


def test_a_workbook_for_nobody_is_an_xlsform_and_says_so(tmp_path) -> None:
    file = tmp_path / "keu.xlsx"
    done = export(file)
    assert done.exit_code == Exit.GOOD
    assert "yang kosong (XLSForm)" in done.stderr
    assert "survey" in openpyxl.load_workbook(io.BytesIO(file.read_bytes())).sheetnames


@pytest.mark.parametrize(
    ("name", "options", "word"),
    [
        ("keu.xlsx", (*PLACE, "--format", "xlsform"), "kosong bagi semua desa"),
        ("keu.xlsx", ("--region", VILLAGE), "Isi --period"),
        ("keu.pdf", (), "Isi --region dan --period"),
        ("keu.docx", PLACE, "Bentuk docx tidak dikenal; pilih --format"),
        ("keu", PLACE, "tidak disebut; pilih --format"),
        ("keu.xlsx", (*PLACE, "--version", "1"), "--version hanya berlaku"),
    ],
)
def test_options_that_do_not_go_together_write_nothing(tmp_path, name, options, word) -> None:
    done = export(tmp_path / name, *options)
    assert done.exit_code == Exit.USAGE
    assert word in done.stderr.replace("\n", " ")
    assert list(tmp_path.iterdir()) == []


def test_an_xlsform_that_comes_back_is_called_one(tmp_path) -> None:
    file = tmp_path / "keu.xlsx"
    export(file)
    incoming = queries.read_cells_file(OPERATOR, file)
    assert [one.code for one in incoming.findings] == ["WORKBOOK_XLSFORM"]
    done = bring(str(file))
    assert done.exit_code == Exit.REFUSED
    assert "--format xlsx" in done.stderr


def test_several_sheets_are_not_chosen_among_by_an_option_that_is_not_there(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["form", "region", "period", "variable", "value"])
    book.create_sheet("Lain").append(["catatan"])
    file = tmp_path / "dua.xlsx"
    book.save(file)
    done = bring(str(file))
    assert done.exit_code == Exit.REFUSED
    assert "SHEETS_SEVERAL" in done.stderr
    assert "Sisakan satu lembar yang berisi sel" in done.stderr
