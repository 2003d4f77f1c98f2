"""The commands of submissions and of the audit, as a program reads them."""

import json
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from sidara.cli import build
from sidara.collection import models, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from tests.collection.conftest import NOW
from tests.collection.test_filing import OTHER, PEOPLE, VILLAGE, lines

pytestmark = pytest.mark.usefixtures("register")


def run(noun, *arguments):
    done = CliRunner().invoke(build(), [noun, *arguments, "--json"])
    return done.exit_code, json.loads(done.stdout) if done.stdout.strip() else None


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "sel.csv"
    made.write_text(lines(*PEOPLE, f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_006,,,empat,"), encoding="utf-8")
    return str(made)


def test_import_accounts_for_every_cell_and_says_by_its_code_what_became_of_them(file, tmp_path) -> None:
    code, dry = run("submission", "import", file, "--dry-run")
    assert (code, dry["stored"], dry["dry_run"]) == (2, False, True)
    code, strict = run("submission", "import", file, "--all-or-nothing")
    assert (code, strict["stored"], models.Cell.objects.count()) == (2, False, 0)
    code, made = run("submission", "import", file)
    assert (code, made["stored"]) == (2, True)
    names = ("sent", "created", "updated", "unchanged", "conflicting", "rejected")
    assert [made[name] for name in names] == [9, 8, 0, 0, 0, 1]
    (said,) = made["findings"]
    assert dry["findings"] == strict["findings"] == made["findings"]
    assert (said["code"], said["region"], said["period"]) == ("VALUE_TYPE", VILLAGE, "2026-S1")
    assert (said["variable"], said["line"], said["value"]) == ("KEP_006", 10, "empat")
    assert {"severity", "place", "message", "remedy"} <= said.keys()
    good = tmp_path / "baik.csv"
    good.write_text(lines(*PEOPLE), encoding="utf-8")
    code, again = run("submission", "import", str(good))
    assert (code, again["unchanged"], again["stored"]) == (0, 8, False)
    code, refused = run("submission", "import", str(tmp_path / "tidak-ada.csv"))
    assert (code, refused["refused"], refused["sent"]) == (1, True, 0)


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("formulir.html", b"<!doctype html>", "FILE_IS_FORM", "Simpan berkas hasil"),
        ("formulir.pdf", b"%PDF-1.7", "FILE_IS_FORM", ".txt"),
        ("surat.doc", b"isi", "FORMAT_UNKNOWN", "berkas hasil formulir HTML (.txt)"),
    ],
)
def test_a_file_that_holds_no_cells_says_which_one_does(tmp_path, name, content, code, words) -> None:
    (tmp_path / name).write_bytes(content)
    done, told = run("submission", "import", str(tmp_path / name))
    assert (done, [one["code"] for one in told["findings"]]) == (1, [code])
    assert words in told["findings"][0]["remedy"]


def test_show_tells_values_verdict_and_history(file) -> None:
    run("submission", "import", file)
    where = ("KEP_SEMESTER", "--region", VILLAGE, "--period", "2026-S1")
    code, shown = run("submission", "show", *where)
    assert (code, shown["revision"], shown["ready"], "history" in shown) == (0, 1, True, False)
    assert {cell["variable"]: cell["value"] for cell in shown["cells"]}["KEP_001"] == "100"
    assert (shown["counts"]["required"], shown["counts"]["filled"]) == (4, 4)
    _, told = run("submission", "show", *where, "--history")
    assert {one["new"]["value"] for one in told["history"]} == {"100", "60", "40", "30"}
    assert run("submission", "show", "KEP_SEMESTER", "--region", VILLAGE, "--period", "2026-S2")[0] == 1
    assert run("submission", "show", "XXX", "--region", VILLAGE, "--period", "2026-S2")[0] == 1


def test_a_kecamatan_fills_in_nothing(tmp_path) -> None:
    where = ["KEP_SEMESTER", "--region", "62.01.02", "--period", "2026-S1"]
    done = CliRunner().invoke(build(), ["submission", "show", *where])
    assert done.exit_code == 1
    said = " ".join(done.stderr.split())
    assert "62.01.02 adalah Kecamatan" in said
    assert "[REGION_NOT_VILLAGE]" in said
    made = tmp_path / "kecamatan.csv"
    made.write_text(lines("KEP_SEMESTER,62.01.02,2026-S1,,KEP_001,,,100,"), encoding="utf-8")
    code, account = run("submission", "import", str(made))
    assert (code, account["rejected"], models.Submission.objects.count()) == (2, 1, 0)
    assert [one["code"] for one in account["findings"]] == ["REGION_NOT_VILLAGE"]
    key = SubmissionKey("KEP_SEMESTER", "62.01.02", "2026-S1")
    save = services.Save(key, 0, uuid4(), Source.API, [Given("KEP_001", "100")])
    refused = services.save_cells(OPERATOR, save=save, now=NOW).account
    assert [one.code for one in refused.findings] == ["REGION_NOT_VILLAGE"]


def test_list_gives_what_was_begun(file) -> None:
    run("submission", "import", file)
    code, found = run("submission", "list", "--region", "62.01.02")
    assert code == 0
    assert [(one["region"], one["cells"], one["revision"]) for one in found] == [
        (VILLAGE, 4, 1),
        (OTHER, 4, 1),
    ]
    assert run("submission", "list", "--region", OTHER)[1] == [found[1]]
    assert run("submission", "list", "--period", "2026-S2")[1] == []


def test_the_root_of_a_day_is_made_once(file) -> None:
    run("submission", "import", file)
    code, made = run("audit", "root", "--day", "2026-11-24")
    assert (code, len(made["root"])) == (0, 64)
    assert run("audit", "root", "--day", "2026-11-24")[1] == made
