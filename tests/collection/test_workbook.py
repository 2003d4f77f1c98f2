"""Workbooks and tables that are handed out: what they hold, what is locked, what cannot become a formula."""

import csv
import io
from datetime import UTC, datetime
from uuid import UUID, uuid4

import openpyxl
import pytest
from typer.testing import CliRunner

from sidara.collection import queries, services
from sidara.collection.cli import APPS
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.formats.workbook.plan import NO_KEY
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.kernel.exits import Exit
from tests.collection.conftest import NOW

pytestmark = pytest.mark.usefixtures("register")
VILLAGE, DISTRICT = "62.01.02.2016", "62.01.02"
UID = UUID("018f0000-0000-7000-8000-000000000001")
ROW = "018f0000-0000-7000-8000-0000000000aa"


def save(form, period, cells, region=VILLAGE, base=0):
    given = [one if isinstance(one, Given) else Given(*one) for one in cells]
    key = SubmissionKey(form, region, period)
    done = services.save_cells(OPERATOR, save=services.Save(key, base, uuid4(), Source.WEB, given), now=NOW)
    assert not done.account.rejected, done.account.findings
    return done


def workbook(form, period, region=VILLAGE):
    content, findings = queries.form_workbook(
        OPERATOR, form=form, region=region, period=period, uid=UID, now=NOW
    )
    assert findings == ()
    assert content is not None
    return content


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def cells_of(form, period, region=VILLAGE):
    """Where the cells of a workbook are, by variable and breakdown, read from its hidden marks."""
    found = {}
    for sheet in opened(workbook(form, period, region)):
        if not str(sheet["A1"].value).startswith("sidara:"):
            continue
        marks = {cell.column: cell.value for cell in sheet[1] if str(cell.value).startswith("in:")}
        for line in sheet.iter_rows(min_row=2):
            if line[0].value not in (None, NO_KEY):
                where, row, keys = line[0].value.split(";")
                for column, mark in marks.items():
                    name = mark.removeprefix("in:")
                    if name.startswith("#") and int(name[1:]) < len(keys.split(",")):
                        name = keys.split(",")[int(name[1:])]
                    found[where, row, name] = line[column - 1]
    return found


def test_every_asked_cell_of_a_form_has_one_box_with_its_key() -> None:
    found = cells_of("KEU_TRIWULAN", "2026-Q2")
    assert len(found) == 41
    assert (VILLAGE, "", "KEU_001@ANGGARAN:A") in found
    assert all(not cell.protection.locked for cell in found.values())
    book = opened(workbook("KEU_TRIWULAN", "2026-Q2"))
    assert book.sheetnames[:3] == ["Petunjuk", "Definisi", "1 Pendapatan desa"]
    assert {sheet.title for sheet in book if sheet.sheet_state == "veryHidden"} == {"_pilihan", "_sidara"}
    assert all(sheet.protection.sheet for sheet in book)
    assert not any(sheet.merged_cells.ranges for sheet in book)


@pytest.mark.parametrize("form", ["EKO_TAHUNAN", "KEP_TAHUNAN", "DIK_INDEKS_TAHUNAN", "SOS_TAHUNAN"])
def test_a_long_breakdown_stands_down_the_page_and_all_cells_are_there(form: str) -> None:
    made, _ = queries.issue(OPERATOR, form=form, region=VILLAGE, period="2026", uid=UID, now=NOW)
    assert made is not None
    asked = {
        f"{code}@{part}"
        for code, one in made.asking.variables.items()
        if one.is_asked
        for part in made.asking.breakdowns[code]
    }
    found = {name for (_, row, name) in cells_of(form, "2026") if not row and name != "lembaga@_T"}
    assert {name for name in found if not name.startswith("LBG_")} == asked


def test_what_is_stored_and_what_stood_before_are_shown() -> None:
    save("KEU_TRIWULAN", "2026-Q1", [("KEU_026", "12"), ("KEU_003", "1500000", "", "ANGGARAN:A")])
    save(
        "KEU_TRIWULAN",
        "2026-Q2",
        [("KEU_026", "35"), Given("KEU_003", state="tidak_tahu", breakdown="ANGGARAN:A", explanation="=1+1")],
    )
    found = cells_of("KEU_TRIWULAN", "2026-Q2")
    box = found[VILLAGE, "", "KEU_026@_T"]
    assert box.value == 35
    assert box.offset(0, 1).value == "12"
    unknown = found[VILLAGE, "", "KEU_003@ANGGARAN:A"]
    assert unknown.value == "tidak tahu"
    assert unknown.offset(0, 2).value == "=1+1"
    assert unknown.offset(0, 2).data_type == "s", "a text stays a text"
    hidden = list(opened(workbook("KEU_TRIWULAN", "2026-Q2"))["_sidara"].values)
    assert ("region", VILLAGE, "1") in hidden
    assert ("version", "1", None) in hidden


def test_choices_are_shown_by_label_with_a_drop_down_and_an_option_wins_over_a_state() -> None:
    save("PEM_TAHUNAN", "2026", [("PEM_007", "3")])
    book = opened(workbook("PEM_TAHUNAN", "2026"))
    found = {name: cell for (_, _, name), cell in cells_of("PEM_TAHUNAN", "2026").items()}
    assert found["PEM_007@_T"].value == "Tidak ada"
    lists = [list(column) for column in zip(*book["_pilihan"].values, strict=True)]
    offered = next(one for one in lists if "Tidak ada" in one)
    assert "tidak ada" not in offered
    assert "tidak tahu" in offered


def test_a_list_has_its_rows_and_empty_ones_with_ids_of_their_own() -> None:
    save("PEM_TAHUNAN", "2026", [Given("usulan", "ada", row=ROW), Given("USL_001", "=cmd|calc", row=ROW)])
    found = cells_of("PEM_TAHUNAN", "2026")
    rows = {row for (_, row, name) in found if name == "USL_001@_T" and row}
    assert ROW in rows
    assert len(rows) == 31
    assert all(UUID(row).version == 7 for row in rows)
    assert (found[VILLAGE, ROW, "usulan@_T"].value, found[VILLAGE, ROW, "USL_001@_T"].value) == (
        "ada",
        "=cmd|calc",
    )
    assert found[VILLAGE, ROW, "USL_001@_T"].data_type == "s"
    assert not found[VILLAGE, "", "usulan@_T"].protection.locked, "the list can be said to be empty"


def test_a_kecamatan_gets_one_workbook_with_a_row_a_village() -> None:
    save("KEU_TRIWULAN", "2026-Q1", [("KEU_026", "12")])
    save("KEU_TRIWULAN", "2026-Q2", [("KEU_026", "7")], region="62.01.02.2017")
    found = cells_of("KEU_TRIWULAN", "2026-Q2", DISTRICT)
    places = {where for where, _, _ in found}
    assert VILLAGE in places
    assert not any(place.split(".")[3].startswith("1") for place in places), "kelurahan have no such form"
    assert len(found) == 41 * len(places)
    assert found["62.01.02.2017", "", "KEU_026@_T"].value == 7
    here = found[VILLAGE, "", "KEU_026@_T"]
    assert (here.value, here.offset(1, 0).value) == (None, "12")
    assert here.offset(1, 0).protection.locked


def test_the_guide_says_the_period_in_words_and_counts_desa_and_kelurahan_apart() -> None:
    book = opened(workbook("KEP_TRIWULAN", "2026-Q3", DISTRICT))
    told = {row[0]: row[1] for row in book["Petunjuk"].iter_rows(min_row=2, max_row=8, values_only=True)}
    places = {where for where, _, _ in cells_of("KEP_TRIWULAN", "2026-Q3", DISTRICT)}
    kelurahan = sum(where.split(".")[3].startswith("1") for where in places)
    assert 0 < kelurahan < len(places)
    assert told["Wilayah"].endswith(f"), {len(places) - kelurahan} desa dan {kelurahan} kelurahan")
    assert told["Periode"] == "triwulan 3 2026 (2026-Q3)"
    yearly = opened(workbook("PEM_TAHUNAN", "2026"))["Petunjuk"]
    assert ("Periode", "2026") in list(yearly.iter_rows(max_col=2, values_only=True))


def test_the_same_issue_gives_the_same_bytes() -> None:
    assert workbook("PEM_TAHUNAN", "2026") == workbook("PEM_TAHUNAN", "2026")


def test_a_table_of_cells_has_all_keys_and_what_is_stored() -> None:
    save("PEM_TAHUNAN", "2026", [("PEM_007", "3"), Given("usulan", "ada", row=ROW)])
    content, findings = queries.form_cells(
        OPERATOR, form="PEM_TAHUNAN", region=VILLAGE, period="2026", uid=UID, now=NOW
    )
    assert content is not None
    assert findings == ()
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    filled = [(one["variable"], one["row"], one["state"], one["value"]) for one in rows if one["state"]]
    assert filled == [("PEM_007", "", "nilai", "3"), ("usulan", ROW, "nilai", "ada")]
    assert len({one["row"] for one in rows}) == 1 + 1 + 3


def test_who_may_not_read_a_village_gets_no_form() -> None:
    with pytest.raises(NotAllowed):
        queries.form_workbook(PUBLIC, form="KEU_TRIWULAN", region=VILLAGE, period="2026-Q2", uid=UID, now=NOW)


@pytest.mark.parametrize(
    ("form", "region", "period", "code"),
    [
        ("KEU_TRIWULAN", "62.01.02.9999", "2026-Q2", "REGION_UNKNOWN"),
        ("KEU_HARIAN", VILLAGE, "2026-Q2", "FORM_UNKNOWN"),
        ("KEU_TRIWULAN", VILLAGE, "2026", "PERIOD_FORM"),
    ],
)
def test_what_cannot_be_handed_out_is_said(form: str, region: str, period: str, code: str) -> None:
    content, findings = queries.form_workbook(
        OPERATOR, form=form, region=region, period=period, uid=UID, now=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert content is None
    assert [one.code for one in findings] == [code]


def run(*words):
    return CliRunner().invoke(APPS["form"], list(words))


def test_the_command_writes_a_file_or_says_why_not(tmp_path) -> None:
    file = tmp_path / "keu.xlsx"
    asked = ("KEU_TRIWULAN", "--region", VILLAGE, "--period", "2026-Q2")
    assert run(*asked, "--format", "xlsx", "--output", str(file)).exit_code == Exit.GOOD
    assert "1 Pendapatan desa" in openpyxl.load_workbook(file).sheetnames
    table = tmp_path / "keu.csv"
    assert run(*asked, "--format", "csv", "--output", str(table)).exit_code == Exit.GOOD
    assert len(table.read_text(encoding="utf-8").splitlines()) == 42
    assert run("KEU_TRIWULAN", "--format", "xlsx", "--output", str(file)).exit_code == Exit.USAGE
    assert run(*asked, "--format", "docx", "--output", str(file)).exit_code == Exit.USAGE
    gone = run("KEU_HARIAN", *asked[1:], "--format", "xlsx", "--output", str(tmp_path / "tiada.xlsx"))
    assert gone.exit_code == Exit.REFUSED
    assert not (tmp_path / "tiada.xlsx").exists()
    survey = tmp_path / "odk.xlsx"
    assert run("KEP_TRIWULAN", "--output", str(survey)).exit_code == Exit.GOOD
    assert openpyxl.load_workbook(survey).sheetnames == ["survey", "choices", "settings"]
