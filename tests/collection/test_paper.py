"""Forms on paper: every form fits, each page carries its code, a decoder that is not ours reads it back."""

import io
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
import typer
import zxingcpp
from PIL import Image

from sidara.collection import queries, services
from sidara.collection.cli.forms import export
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.blank import asked_columns
from sidara.collection.core.paper import PageCode, page_code
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.formats import paper
from sidara.dictionary import queries as dictionary
from sidara.dictionary import services as loading
from sidara.kernel.actor import OPERATOR
from sidara.ui.paper import printable
from tests.collection.conftest import register as register_62

register = register_62
VILLAGE, DISTRICT = "62.01.02.2016", "62.01.02"
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
PERIODS = {"semesteran": "2026-S1", "triwulanan": "2026-Q1", "bulanan": "2026-03"}
"""By frequency; all others are of a year."""
pytestmark = pytest.mark.django_db


def issued(form: str, period: str, *, region: str = VILLAGE):
    made, findings = queries.issue(
        OPERATOR, form=form, region=region, period=period, uid=UUID(int=5), now=NOW
    )
    assert made is not None, findings
    return made


def codes(issue) -> list[PageCode | None]:
    found = []
    for picture in paper.pictures(issue):
        (one,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
        found.append(page_code(one.text))
    return found


def test_each_page_says_form_village_period_version_and_page(register) -> None:
    issue = issued("KEU_TRIWULAN", "2026-Q1")
    found = codes(issue)
    assert found == [
        PageCode("KEU_TRIWULAN", VILLAGE, "2026-Q1", issue.asking.number, page, len(found))
        for page in range(1, len(found) + 1)
    ]
    assert len(found) > 1


def test_villages_of_a_kecamatan_have_pages_of_their_own(register) -> None:
    issue = issued("KEP_TRIWULAN", "2026-Q1", region=DISTRICT)
    found = codes(issue)
    assert [one.region for one in found if one.page == 1] == [one.region.code for one in issue.blanks]
    assert all(one.page <= one.pages for one in found)
    assert len(found) == sum(one.pages for one in found if one.page == 1)


def test_every_form_is_laid_out_as_accessible_pdf_the_same_bytes_each_time(register) -> None:
    loading.load(OPERATOR, clock=lambda: NOW)
    forms = dictionary.dictionary(OPERATOR).forms
    assert len(forms) > 30
    for form in forms.values():
        issue = issued(form.code, PERIODS.get(form.frequency.value, "2025"))
        made = paper.write(issue)
        assert made.startswith(b"%PDF-1.7"), form.code
        assert b"pdfuaid:part" in made, form.code
        assert b"pdfaid:part" in made, form.code
    assert paper.write(issue) == made


def test_what_is_stored_is_printed_and_no_text_becomes_markup(register) -> None:
    key = SubmissionKey("PEM_TAHUNAN", VILLAGE, "2025")
    blank = paper.write(issued("PEM_TAHUNAN", "2025"))
    text = '#panic("x") $x$ *tebal* <ends> @ref'
    row = "01900000-0000-7000-8000-000000000001"
    column = next(
        one.code
        for one in issued("PEM_TAHUNAN", "2025").asking.questionnaire.lists[0].columns
        if one.type.value == "teks"
    )
    cells = [Given(column, text, row=row)]
    done = services.save_cells(OPERATOR, save=services.Save(key, 0, uuid4(), Source.WEB, cells), now=NOW)
    assert done.account.created == 1
    made = paper.write(issued("PEM_TAHUNAN", "2025"))
    assert made != blank
    assert all(codes(issued("PEM_TAHUNAN", "2025")))


def test_a_sign_that_no_font_has_stops_no_paper_neither_of_the_village_nor_of_its_kecamatan(register) -> None:
    key = SubmissionKey("PEM_TAHUNAN", VILLAGE, "2025")
    text = "Jalan \U0001f642 rusak \u6f22 \ue000 air\u00e9 \u2026"
    cells = [Given("USL_001", text, row="01900000-0000-7000-8000-000000000001")]
    done = services.save_cells(OPERATOR, save=services.Save(key, 0, uuid4(), Source.WEB, cells), now=NOW)
    assert done.account.created == 1
    issue = issued("PEM_TAHUNAN", "2025")
    assert paper.write(issue).startswith(b"%PDF-1.7")
    assert paper.write(issued("PEM_TAHUNAN", "2025", region=DISTRICT)).startswith(b"%PDF-1.7")
    assert printable({"text": text}) == {"text": "Jalan □ rusak □ □ airé …"}
    assert all(codes(issue))


def test_what_must_be_filled_in_is_marked(register) -> None:
    issue = issued("KEU_TRIWULAN", "2026-Q1")
    marked = {
        row["label"]: row["required"]
        for sheet in paper.laid_out(issue, issue.blanks[0])["sheets"]
        for row in sheet["rows"]
    }
    asked = {one.question: one.is_required for one in issue.asking.questionnaire.variables if one.is_asked}
    assert set(asked.values()) == {True, False}
    assert {label: said for label, said in marked.items() if label in asked} == {
        label: said for label, said in asked.items() if label in marked
    }
    issue = issued("PEM_TAHUNAN", "2025")
    (own,) = paper.laid_out(issue, issue.blanks[0])["lists"]
    columns = asked_columns(issue.asking.questionnaire.lists[0])
    assert [name.endswith("(wajib)") for name in own["columns"]] == [one.is_required for one in columns]


def test_the_command_writes_it(register, tmp_path) -> None:
    output = tmp_path / "keu.pdf"
    with pytest.raises(typer.Exit) as ended:
        export("KEU_TRIWULAN", output=output, region=VILLAGE, period="2026-Q1", format="pdf")
    assert ended.value.exit_code == 0
    assert output.read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "text", ["", "SIDARA1", "SIDARA1|KEU|62|2026|1|1", "SIDARA2|KEU|62|2026|1|1|1", "https://x"]
)
def test_another_code_is_none_of_ours(text: str) -> None:
    assert page_code(text) is None
