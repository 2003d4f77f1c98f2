"""What is filled in for example villages is kept apart from what is real, at every door."""

import io
import re
from uuid import uuid4

import polars as pl
import pytest
from openpyxl import load_workbook
from PIL import Image
from typer.testing import CliRunner

from sidara.cli import build
from sidara.collection import queries, services
from sidara.collection.core import COLLECTION, EXAMPLES, Source, dataset_of
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.formats import cells_file, paper, takeaway, workbook
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.regions import queries as regions
from sidara.regions import services as registering
from tests.collection.conftest import register as register_62
from tests.collection.test_filing import counts, imported, lines
from tests.collection.workbooks import boxes, fill, opened
from tests.verification.conftest import NOW

REAL, EXAMPLE = "62.01.02.2016", "62.01.02.9019"
FORM, PERIOD = "KEP_SEMESTER", "2026-S1"

register_real = register_62


@pytest.fixture
def register(register_real):
    registering.add_examples(OPERATOR, province="62", clock=lambda: NOW)


@pytest.mark.parametrize(
    ("region", "dataset"),
    [
        (REAL, COLLECTION),
        (EXAMPLE, EXAMPLES),
        ("6201029019", EXAMPLES),
        ("6201022016", COLLECTION),
        ("62.01.02", COLLECTION),
        ("", COLLECTION),
        ("tidak ada", COLLECTION),
    ],
)
def test_the_data_set_follows_from_the_code(region, dataset):
    assert dataset_of(region) == dataset
    assert SubmissionKey(FORM, region, PERIOD).dataset == dataset


def save(region, dataset=""):
    key = SubmissionKey(FORM, region, PERIOD, dataset)
    one = services.Save(key, 0, uuid4(), Source.WEB, [Given("KEP_007", "4", "")])
    return services.save_cells(OPERATOR, save=one, now=NOW)


@pytest.mark.django_db
def test_a_save_goes_where_its_village_belongs(register):
    assert save(REAL).account.created == save(EXAMPLE).account.created == 1
    assert [one.region for one in queries.listed(OPERATOR)] == [REAL]
    assert [one.region for one in queries.listed(OPERATOR, under=EXAMPLE)] == [EXAMPLE]
    assert queries.dataset(OPERATOR, EXAMPLES).is_simulated


@pytest.mark.django_db
@pytest.mark.parametrize(("region", "dataset"), [(REAL, EXAMPLES), (EXAMPLE, COLLECTION)])
def test_nobody_can_put_one_kind_with_the_other(register, region, dataset):
    (one,) = save(region, dataset).account.findings
    assert (one.code, one.value) == ("REGION_EXAMPLE", region)
    assert queries.listed(OPERATOR) == queries.listed(OPERATOR, under=EXAMPLE) == []


@pytest.mark.django_db
def test_a_file_is_about_one_kind(register):
    def row(region):
        return f"{FORM},{region},{PERIOD},,KEP_007,,,4,"

    both = imported(lines(row(EXAMPLE), row(REAL)))
    assert counts(both.account) == (1, 0, 0, 0, 1)
    assert [one.code for one in both.account.findings if one.value == REAL] == ["REGION_EXAMPLE"]
    assert queries.listed(OPERATOR) == []
    assert counts(imported(lines(row(REAL)), minute=1).account) == (1, 0, 0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("dataset", "is_example"), [("", False), (EXAMPLES, True)])
def test_a_form_for_a_kecamatan_is_for_one_kind(register, dataset, is_example):
    made, findings = queries.issue(
        OPERATOR, form=FORM, region="62.01.02", period=PERIOD, uid=uuid4(), now=NOW, dataset=dataset
    )
    assert not findings
    assert {one.region.is_example for one in made.blanks} == {is_example}
    asked = regions.villages(OPERATOR, "62.01.02", examples=is_example)
    assert [one.region for one in made.blanks] == asked


@pytest.mark.django_db
def test_one_workbook_for_all_example_villages_of_a_kecamatan_comes_back_in(register, tmp_path):
    output = tmp_path / "contoh.xlsx"
    asked = ["form", "export", FORM, "--region", "62.01.02", "--period", PERIOD, "--dataset", EXAMPLES]
    done = CliRunner().invoke(build(), [*asked, "--output", str(output)])
    assert done.exit_code == Exit.GOOD, done.stderr
    examples = {one.code for one in regions.villages(OPERATOR, "62.01.02", examples=True)}
    assert {region for region, *_ in boxes(opened(output.read_bytes()))[0]} == examples
    filled = fill(output.read_bytes(), {"KEP_001@_T": "4"}, region=min(examples))
    account = services.import_cells(
        OPERATOR, incoming=queries.read_cells_file(OPERATOR, io.BytesIO(filled), format="xlsx"), now=NOW
    ).account
    assert account.is_clean
    assert account.created == 1
    assert queries.listed(OPERATOR) == []
    assert {one.region for one in queries.listed(OPERATOR, dataset=EXAMPLES)} <= examples
    wrong = CliRunner().invoke(build(), [*asked[:-1], "external:idm-2024", "--output", str(output)])
    assert wrong.exit_code == Exit.USAGE


@pytest.mark.django_db
def test_a_form_is_not_given_out_for_the_other_kind(register):
    asked = {"form": FORM, "period": PERIOD, "uid": uuid4(), "now": NOW}
    for region, dataset in ((REAL, EXAMPLES), (EXAMPLE, COLLECTION)):
        made, findings = queries.issue(OPERATOR, region=region, dataset=dataset, **asked)
        assert (made, [one.code for one in findings]) == (None, ["REGION_EXAMPLE"])


BAND = "Desa contoh: desa ini dan semua isiannya rekaan."
both = pytest.mark.parametrize("region", [REAL, EXAMPLE])


def issued(region):
    made, findings = queries.issue(OPERATOR, form=FORM, region=region, period=PERIOD, uid=uuid4(), now=NOW)
    assert not findings
    return made


@both
@pytest.mark.django_db
def test_the_file_to_take_away_says_it_above_everything(register, region):
    content, findings = queries.form_takeaway(
        OPERATOR, form=FORM, region=region, period=PERIOD, uid=uuid4(), now=NOW
    )
    assert not findings
    assert len(content) <= takeaway.LARGEST
    head = content.decode().partition('<header class="kepala">')[0]
    assert (BAND in head and "<b>SIMULASI</b>" in head) == (region == EXAMPLE)


@both
@pytest.mark.django_db
def test_each_line_of_the_table_says_it_and_comes_back_in(register, region):
    content = cells_file.write(issued(region))
    frame = pl.read_csv(content, infer_schema=False)
    assert frame.columns[: len(cells_file.COLUMNS)] == list(cells_file.COLUMNS)
    marks = frame["simulasi"].unique().to_list() if "simulasi" in frame.columns else None
    assert marks == (["SIMULASI"] if region == EXAMPLE else None)
    filled = frame.with_columns(value=pl.when(variable="KEP_007").then(pl.lit("4")).otherwise("value"))
    account = imported(filled.filter(variable="KEP_007").write_csv()).account
    assert (account.created, account.findings) == (1, ())


@both
@pytest.mark.django_db
def test_each_sheet_to_fill_in_says_it(register, region):
    book = load_workbook(io.BytesIO(workbook.write(issued(region))))
    sheets = [one for one in book.worksheets if one.sheet_state == "visible"]
    filled = [one for one in sheets if re.match("SIMULASI. ", str(one.cell(3, 2).value))]
    printed = [one for one in sheets if "SIMULASI. " in one.oddFooter.left.text]
    assert bool(filled) == (region == EXAMPLE)
    assert len(printed) == (len(sheets) if region == EXAMPLE else 0)


@both
@pytest.mark.django_db
def test_the_paper_has_a_band_on_top(register, region):
    """A dark stripe across the first page, above the name of the form."""
    page = Image.open(io.BytesIO(paper.pictures(issued(region), ppi=50)[0])).convert("L")
    rows = (
        [page.getpixel((x, y)) for x in range(page.width // 4, page.width * 3 // 4)]
        for y in range(page.height // 8)
    )
    assert any(sum(one < 80 for one in row) > len(row) * 0.8 for row in rows) == (region == EXAMPLE)


@both
@pytest.mark.django_db
def test_the_bundle_names_the_data_set(register, region):
    found = queries.entry(OPERATOR, SubmissionKey(FORM, region, PERIOD), today=NOW.date())
    assert found.held["dataset"] == dataset_of(region)


@pytest.mark.parametrize(("region", "scheme"), [(REAL, "kemendagri"), (EXAMPLE, "contoh")])
@pytest.mark.django_db
def test_programs_are_told_whose_a_code_is(register, client, region, scheme):
    assert client.get(f"/api/v1/regions/{region}").json()["scheme"] == scheme
