"""The workbook that is given back: faults at their cells and listed, readable again, clean when mended."""

from uuid import UUID

import pytest

from sidara.collection import queries
from sidara.collection.formats.workbook.annotate import annotate
from sidara.kernel.actor import OPERATOR
from sidara.kernel.finding import Finding, Place, Severity
from tests.collection.test_returned import read, sent
from tests.collection.workbooks import closed, fill, given_out, opened

pytestmark = pytest.mark.usefixtures("register")
UID = UUID("018f0000-0000-7000-8000-000000000004")
SHEET = "5 Keuangan dan aset desa"
WRONG = Finding(
    "VALUE_TYPE", "=KEU_026 berisi empat.", "Tulis angka.", place=Place(10, "E", SHEET), value="=1+1"
)
DOUBT = Finding("JUMP", "Naik sepuluh kali.", "Periksa.", Severity.WARNING, Place(10, "E", SHEET))
WHOLE = Finding("SHEET_EXTRA", "Lembar lain tidak dibaca.", "", Severity.INFO, Place(sheet="Lain"))


@pytest.fixture
def filled():
    return fill(given_out("KEU_TRIWULAN", "2026-Q2", uid=UID), {"KEU_026@_T": "empat"})


def test_faults_stand_at_their_cells_and_on_a_sheet_of_their_own(filled) -> None:
    book = opened(annotate(filled, [WRONG, DOUBT, WHOLE], account="41 sel dikirim"))
    cell = book[SHEET]["E10"]
    assert cell.value == "empat"
    assert "Salah: =KEU_026 berisi empat. Tulis angka." in cell.comment.text
    assert "Periksa: Naik sepuluh kali." in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("F4B8AE"), "the gravest colour stays"
    faults = book["Temuan"]
    assert book.sheetnames[0] == "Temuan"
    assert faults["A2"].value == "3 temuan, 1 di antaranya harus diperbaiki."
    assert faults["A3"].value == "41 sel dikirim"
    assert [faults.cell(6, at).value for at in (2, 3, 4, 7)] == ["Salah", SHEET, "E10", "=1+1"]
    assert (faults["G6"].data_type, faults["H6"].data_type) == ("s", "s"), "never a formula"
    assert faults["D6"].hyperlink.location or faults["D6"].hyperlink.target
    assert faults["D8"].hyperlink is None


def test_it_can_be_handed_in_again_and_comes_back_clean(filled) -> None:
    marked = annotate(filled, [WRONG])
    assert sent(marked) == sent(filled)
    assert read(marked).findings == ()
    mended = opened(annotate(marked, []))
    assert mended[SHEET]["E10"].comment is None
    assert mended[SHEET]["E10"].fill.fgColor.rgb.endswith("FFF8DC")
    assert mended["Temuan"]["A2"].value == "Tidak ada temuan."
    assert mended[SHEET].protection.sheet
    assert mended["_sidara"].sheet_state == "veryHidden"
    assert len(mended[SHEET].data_validations.dataValidation) == len(
        opened(filled)[SHEET].data_validations.dataValidation
    )


@pytest.mark.parametrize("part", ["period", "region", "version"])
def test_a_finding_about_a_part_of_the_form_is_listed_and_marks_no_cell(filled, part: str) -> None:
    """A workbook of an older version of its form is refused so: whoever brings it in still gets it marked."""
    stale = Finding("VERSION_STALE", "Berkas ini untuk v1.", "Unduh lagi.", place=Place(20, part, SHEET))
    faults = opened(annotate(filled, [stale]))["Temuan"]
    assert [faults.cell(6, at).value for at in (3, 4, 8)] == [SHEET, "20", "Berkas ini untuk v1."]
    assert faults["D6"].hyperlink is None


def test_a_workbook_that_our_writer_cannot_mark_is_told_and_ends_nothing() -> None:
    book = opened(given_out("KEU_TRIWULAN", "2026-Q2", uid=UID))
    book.create_chartsheet("Grafik")
    assert queries.annotated(OPERATOR, closed(book), (WHOLE,), account="") is None
