"""Workbooks through the import: untouched is all unchanged, the same values as by CSV, faults marked."""

import io
import json
from datetime import date
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from sidara.collection import models, queries, services
from sidara.collection.cli import APPS
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from tests.collection.conftest import NOW
from tests.collection.workbooks import DISTRICT, VILLAGE, boxes, closed, fill, given_out, opened

pytestmark = pytest.mark.usefixtures("register")
UID = UUID("018f0000-0000-7000-8000-000000000005")
FINANCE = SubmissionKey("KEU_TRIWULAN", VILLAGE, "2026-Q2")
YEARLY = SubmissionKey("PEM_TAHUNAN", VILLAGE, "2026")
ROW = "018f0000-0000-7000-8000-0000000000aa"


def imported(content, **options):
    incoming = queries.read_cells_file(OPERATOR, io.BytesIO(content), format="xlsx")
    return services.import_cells(OPERATOR, incoming=incoming, now=NOW, **options).account


def counts(account):
    names = ("created", "updated", "unchanged", "conflicting", "rejected")
    return tuple(getattr(account, name) for name in names)


def codes(account):
    return sorted({one.code for one in account.findings if one.severity == "error"})


def save(key, cells, base=0):
    given = [one if isinstance(one, Given) else Given(*one) for one in cells]
    done = services.save_cells(OPERATOR, save=services.Save(key, base, uuid4(), Source.WEB, given), now=NOW)
    assert not done.account.rejected, done.account.findings


def contents(key):
    found = queries.filled(OPERATOR, key)
    return {} if found is None else {cell: held.content for cell, held in found.state.cells.items()}


def test_a_filled_workbook_is_stored_once_and_the_same_file_again_changes_nothing() -> None:
    content = fill(
        given_out("KEU_TRIWULAN", "2026-Q2", uid=UID),
        {"KEU_001@ANGGARAN:A": 1_450_000_000, "KEU_001@ANGGARAN:R": "tidak tahu", "KEU_026@_T": 35},
        {"KEU_001@ANGGARAN:R": "=belum tutup buku"},
    )
    dry = imported(content, is_dry=True)
    assert models.Submission.objects.count() == 0
    assert counts(dry) == counts(imported(content)) == (3, 0, 0, 0, 0)
    held = {(one.variable, one.breakdown): content for one, content in contents(FINANCE).items()}
    assert held["KEU_001", "ANGGARAN:A"].value == "1450000000"
    assert (held["KEU_001", "ANGGARAN:R"].state, held["KEU_001", "ANGGARAN:R"].explanation) == (
        "tidak_tahu", "=belum tutup buku",
    )  # fmt: skip
    assert counts(imported(content)) == (0, 0, 3, 0, 0)
    assert models.Revision.objects.get().source == "excel"


def test_a_workbook_that_nobody_touched_is_all_unchanged() -> None:
    save(
        FINANCE,
        [("KEU_026", "12"), Given("KEU_003", state="tidak_ada", breakdown="ANGGARAN:A", explanation="x")],
    )
    save(
        YEARLY,
        [
            ("PEM_007", "3"),
            Given("usulan", "ada", row=ROW),
            Given("USL_001", "nilai: tidak ada", row=ROW),
            Given("USL_006", "12.5", row=ROW),
            Given("USL_015", "2026-03-04", row=ROW),
            Given("USL_015", "hapus", row="018f0000-0000-7000-8000-0000000000ab"),
        ],
    )
    for key, cells in ((FINANCE, 2), (YEARLY, 5)):
        account = imported(given_out(key.form, key.period, uid=UID))
        assert counts(account) == (0, 0, cells, 0, 0), account.findings


def test_words_clear_and_take_rows_out_and_a_list_is_said_to_be_empty() -> None:
    save(FINANCE, [("KEU_026", "12")])
    assert counts(imported(fill(given_out("KEU_TRIWULAN", "2026-Q2", uid=UID), {"KEU_026@_T": "Hapus"}))) == (
        0, 1, 0, 0, 0,
    )  # fmt: skip
    save(YEARLY, [Given("USL_001", "Jalan", row=ROW)])
    account = imported(fill(given_out("PEM_TAHUNAN", "2026", uid=UID), {(ROW, "usulan@_T"): "hapus"}))
    assert counts(account) == (1, 0, 1, 0, 0)
    held = {(one.row, one.variable): content for one, content in contents(YEARLY).items()}
    assert held[ROW, "usulan"].value == "dihapus"
    nothing = imported(fill(given_out("PEM_TAHUNAN", "2027", uid=UID), {"usulan@_T": "tidak ada"}))
    assert counts(nothing) == (1, 0, 0, 0, 0)


BAD_VALUES = {
    "1e308": (1e308, "VALUE_TYPE"),
    "NaN": ("NaN", "VALUE_TYPE"),
    "full-width digits": ("１２", "VALUE_TYPE"),
    "thousands": ("1.250.000", "VALUE_TYPE"),
    "a day": (date(2026, 2, 1), "NUMBER_AS_DATE"),
    "half a person": (1.5, "VALUE_TYPE"),
}


@pytest.mark.parametrize("kind", BAD_VALUES)
def test_a_bad_value_is_rejected_at_its_cell_and_the_rest_is_stored(kind: str) -> None:
    value, code = BAD_VALUES[kind]
    content = fill(
        given_out("KEU_TRIWULAN", "2026-Q2", uid=UID), {"KEU_026@_T": value, "KEU_020@ANGGARAN:A": 4}
    )
    account = imported(content)
    assert (counts(account), codes(account)) == ((1, 0, 0, 0, 1), [code])
    found = next(one for one in account.findings if one.code == code)
    assert (found.place.sheet, found.place.column, found.place.line) == ("5 Keuangan dan aset desa", "E", 10)
    assert found.remedy


def test_a_figure_where_a_day_is_asked_names_the_day_it_may_be() -> None:
    content = given_out("PEM_TAHUNAN", "2026", uid=UID)
    row = next(row for (_, row, name) in boxes(opened(content))[0] if name == "USL_015@_T" and row)
    book = opened(fill(content, {(row, "USL_001@_T"): "Jalan"}))
    day = boxes(book)[0][VILLAGE, row, "USL_015@_T"]
    day.value, day.number_format = 46350, "General"
    account = imported(closed(book))
    found = next(one for one in account.findings if one.code == "DATE_AS_NUMBER")
    assert "2026-11-24" in found.message


def test_an_older_base_keeps_both_sides_and_an_unknown_version_is_refused() -> None:
    content = given_out("KEU_TRIWULAN", "2026-Q2", uid=UID)
    save(FINANCE, [("KEU_026", "12")])
    assert counts(imported(fill(content, {"KEU_026@_T": 13}))) == (0, 0, 0, 1, 0)
    book = opened(content)
    book["_sidara"]["B4"] = "7"
    assert codes(imported(closed(book))) == ["VERSION_STALE"]
    book = opened(content)
    book["_sidara"]["B5"] = "0" * 64
    refused = imported(closed(book))
    assert (refused.is_refused, codes(refused)) == (True, ["WORKBOOK_ELSEWHERE"])
    book = opened(content)
    book["_sidara"]["B3"] = "KEU_HARIAN"
    assert codes(imported(closed(book))) == ["FORM_UNKNOWN"]


def test_a_kecamatan_workbook_fills_many_villages_in_one_import() -> None:
    content = given_out("KEU_TRIWULAN", "2026-Q2", uid=UID, region=DISTRICT)
    content = fill(content, {"KEU_026@_T": 5})
    content = fill(content, {"KEU_026@_T": 7}, region="62.01.02.2017")
    assert counts(imported(content)) == (2, 0, 0, 0, 0)
    assert {one.region.code for one in models.Submission.objects.all()} == {VILLAGE, "62.01.02.2017"}


def run(*words):
    return CliRunner().invoke(APPS["submission"], ["import", *words])


def test_the_command_marks_faults_in_the_same_workbook(tmp_path) -> None:
    file, out = tmp_path / "keu.xlsx", tmp_path / "temuan.xlsx"
    file.write_bytes(
        fill(given_out("KEU_TRIWULAN", "2026-Q2", uid=UID), {"KEU_026@_T": "empat", "KEU_020@ANGGARAN:A": 5})
    )
    done = run(str(file), "--annotate", str(out), "--json")
    assert done.exit_code == Exit.PARTIAL
    said = json.loads(done.stdout)
    assert (said["sent"], said["created"], said["rejected"]) == (2, 1, 1)
    book = opened(out.read_bytes())
    assert "Salah" in book["5 Keuangan dan aset desa"]["E10"].comment.text
    assert "1 ditolak" in book["Temuan"]["A3"].value
    assert counts(imported(out.read_bytes())) == (0, 0, 1, 0, 1)


def test_paper_that_somebody_types_names_both_persons(tmp_path) -> None:
    file = tmp_path / "keu.xlsx"
    file.write_bytes(fill(given_out("KEU_TRIWULAN", "2026-Q2", uid=UID), {"KEU_026@_T": 5}))
    assert run(str(file), "--paper").exit_code == Exit.USAGE
    assert run(str(file), "--paper", "--filler", "Siti, kaur keuangan").exit_code == Exit.GOOD
    one = queries.cell_history(OPERATOR, FINANCE)[0]
    assert (one.source, one.filler_name, one.author_name) == (
        Source.PAPER, "Siti, kaur keuangan", OPERATOR.name,
    )  # fmt: skip


def test_a_file_that_cannot_be_used_leaves_no_trace(tmp_path) -> None:
    file, out = tmp_path / "keu.xlsx", tmp_path / "temuan.xlsx"
    file.write_bytes(given_out("KEU_TRIWULAN", "2026-Q2", uid=UID)[:4000])
    done = run(str(file), "--annotate", str(out))
    assert done.exit_code == Exit.REFUSED
    assert "XLSX_BROKEN" in done.stderr
    assert not out.exists()
    assert models.Submission.objects.count() == models.Message.objects.count() == 0
