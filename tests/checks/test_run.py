"""`sidara check run`: a file of cells judged; each fault of a row in its own words; exit codes."""

import io
import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from sidara import tables
from sidara.checks import queries
from sidara.checks.core import KNOWN, REQUIRED
from sidara.collection.cli import check as cli
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from tests.checks import world

pytestmark = pytest.mark.django_db
HEADER = "form,region,period,row,variable,breakdown,state,value,explanation"
GOOD = [
    "PEM_TAHUNAN,62.99.01.2001,2025,,PEM_005,,,2,",
    "PEM_TAHUNAN,62.99.01.2001,2025,,PEM_006,,,4,",
]


def run(tmp_path, lines, *options, header=HEADER):
    file = tmp_path / "sel.csv"
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return CliRunner().invoke(cli.app, ["run", "--input", str(file), *options])


def answer(tmp_path, lines, *options):
    made = run(tmp_path, lines, "--json", *options)
    return json.loads(made.stdout), made


def test_a_failed_rule_is_told_with_place_figures_and_cells(tmp_path):
    lines = [GOOD[0].replace(",2,", ",7,"), GOOD[1]]
    said, made = answer(tmp_path, lines, "--form", "PEM_TAHUNAN")
    assert made.exit_code == Exit.PARTIAL
    one = next(one for one in said["findings"] if one["rule"] == "PEM_006_a")
    assert one["message"] == "Jumlah RT (4) lebih kecil dari jumlah RW (7)."
    assert one["remedy"] == "Periksa keduanya."
    assert (one["severity"], one["variable"], one["value"]) == ("error", "PEM_006", "4")
    assert [(cell["variable"], cell["value"]) for cell in one["cells"]] == [
        ("PEM_006", "4"),
        ("PEM_005", "7"),
    ]
    assert said["judged"] == [{"form": "PEM_TAHUNAN", "period": "2025"}]
    assert said["tasks"]["failed"] == len([f for f in said["findings"] if f["severity"] != "not_evaluated"])
    assert len(said["version"]) == 64


def test_a_clean_form_leaves_with_0(tmp_path):
    cells = world.cells(("KEP_SEMESTER",)).filter(pl.col("region") == world.REGIONS[0])
    lines = [
        f"KEP_SEMESTER,{region},{period},{row},{variable},{breakdown},{state},{value},"
        for region, period, row, variable, breakdown, state, value in cells.iter_rows()
    ]
    said, made = answer(tmp_path, lines)
    assert [one for one in said["findings"] if one["severity"] == "error"] == []
    assert (made.exit_code, said["rejected"], said["compared"]) == (Exit.GOOD, 0, False)


def test_what_could_not_be_judged_is_told_when_asked_for(tmp_path):
    said, _ = answer(tmp_path, GOOD, "--open")
    open_ = [one for one in said["findings"] if one["severity"] == "not_evaluated"]
    assert len(open_) == said["tasks"]["not_evaluated"] > 0
    assert all(one["message"].startswith("Tidak dinilai: ") for one in open_)


def test_rows_of_a_list_are_judged_by_row(tmp_path):
    lines = [
        f"PEM_TAHUNAN,62.99.01.2001,2025,{row},{variable},,,{value},"
        for row, variable, value in (("a", "USL_001", "Jalan"), ("a", "USL_006", "0"), ("b", "USL_006", "3"))
    ]
    said, _ = answer(tmp_path, lines)
    found = [one for one in said["findings"] if one["rule"] == "USL_006_a"]
    assert [(one["row"], one["variable"]) for one in found] == [("baris 1 daftar usulan (Jalan)", "USL_006")]


def test_plain_words_name_form_question_and_rule(tmp_path):
    made = run(tmp_path, [GOOD[0].replace(",2,", ",7,"), GOOD[1]])
    assert (
        "galat (62.99.01.2001, formulir Pemerintahan dan aparatur desa: tahunan, bagian Wilayah desa, "
        "Jumlah RT (PEM_006), periode 2025): Jumlah RT (4) lebih kecil dari jumlah RW (7). "
        "Periksa keduanya. [PEM_006_a]"
    ) in made.stdout
    assert "2 sel dari 1 desa, 0 ditolak" in made.stderr


BAD = [
    tuple(part.strip() for part in line.split(" | "))
    for line in (Path(__file__).parent / "cases" / "bad_rows.txt").read_text("utf-8").splitlines()[1:]
]


@pytest.mark.parametrize(("line", "code", "words"), BAD)
def test_a_row_that_cannot_be_read_is_rejected_with_its_place(line, code, words):
    made = read([*GOOD, line])
    assert (made.rejected, made.sent, made.cells.height) == (1, 3, 2)
    (one,) = made.findings
    assert (one.code, one.place.line) == (code, 4)
    assert words in one.message
    assert one.place.column
    assert one.remedy


def read(lines):
    reading = tables.read(
        io.BytesIO("\n".join([HEADER, *lines]).encode()), format="csv", required=REQUIRED, known=KNOWN
    )
    return queries.read_cells(OPERATOR, reading, world.book())


def test_a_cell_that_stands_twice_is_rejected_with_both_lines():
    made = read([*GOOD, GOOD[0]])
    (one,) = made.findings
    assert (one.code, made.rejected, made.cells.height) == ("CELL_TWICE", 2, 1)
    assert "(baris 2, 4)" in one.message


def test_an_empty_cell_is_not_sent_and_words_become_states():
    made = read(
        [
            *GOOD,
            "PEM_TAHUNAN,62.99.01.2001,2025,,PEM_004,,,,",
            "PEM_TAHUNAN,62.99.01.2001,2025,,PEM_032,,tidak tahu,,",
        ],
    )
    assert (made.sent, made.rejected) == (3, 0)
    assert made.cells["state"].to_list() == ["nilai", "nilai", "tidak_tahu"]


def test_rejected_rows_leave_with_2_and_stand_in_the_answer(tmp_path):
    said, made = answer(tmp_path, [*GOOD, BAD[0][0]], "--form", "PEM_TAHUNAN")
    assert made.exit_code == Exit.PARTIAL
    assert [(one["code"], one["line"]) for one in said["rows"]] == [("CELL_VARIABLE", 4)]
    assert (said["rejected"], said["sent"]) == (1, 3)


def test_a_list_that_is_declared_empty_is_filled(tmp_path):
    lines = [*GOOD, "PEM_TAHUNAN,62.99.01.2001,2025,,usulan,,tidak ada,,"]
    said, _ = answer(tmp_path, lines)
    assert said["rejected"] == 0


def test_a_file_without_its_columns_is_refused(tmp_path):
    made = run(tmp_path, ["a,b"], header="x,y")
    assert made.exit_code == Exit.REFUSED
    assert "COLUMN" in made.stderr


@pytest.mark.parametrize(
    "options",
    [["--period", "2025-Q9"], ["--today", "kemarin"], ["--form", "TIDAK_ADA"], ["--input", "/tidak/ada.csv"]],
)
def test_wrong_usage_is_said(tmp_path, options):
    made = run(tmp_path, GOOD, *options)
    assert made.exit_code not in {Exit.GOOD, Exit.PARTIAL} or made.exit_code == 2
    assert "tidak" in made.stderr or "bukan" in made.stderr


def test_villages_are_compared_from_thirty_on(tmp_path):
    cells = world.table({(world.REGIONS[0], "KEP_004", "_T", "2025-S2"): "9999"}).cells
    forms = {item.code: item.form for item in world.book().items.values()}
    lines = [
        f"{forms[variable]},{region},{period},{row},{variable},{breakdown},,{value},"
        for region, period, row, variable, breakdown, state, value in cells.iter_rows()
        if forms[variable] == "KEP_SEMESTER"
    ]
    said, _ = answer(tmp_path, lines)
    assert said["compared"]
    own = [
        one for one in said["findings"] if one["region"] == world.REGIONS[0] and one["variable"] == "KEP_004"
    ]
    assert "KEP_004_a" in {one["rule"] for one in own}
    assert "VALUE_JUMPED" not in {one["code"] for one in own}
