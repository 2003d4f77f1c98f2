"""`sidara dictionary …` and `sidara form …`: what they print, write, refuse."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from sidara.dictionary import queries
from sidara.dictionary.cli import APPS
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit

pytestmark = pytest.mark.django_db


def run(*words, noun="dictionary"):
    return CliRunner().invoke(APPS[noun], list(words))


def data(*words, noun="dictionary"):
    done = run(*words, "--json", noun=noun)
    assert done.exit_code == Exit.GOOD, done.output
    return json.loads(done.stdout)


def test_variables_are_searched_and_filtered():
    assert [one["code"] for one in data("list", "stunting", "--sector", "KES")][:2] == ["KES_012", "KES_020"]
    assert {one["agency"] for one in data("list", "--agency", "DINSOS")} == {"DINSOS"}
    assert len(data("list")) == 323
    assert "KES_012" in {one["code"] for one in data("list", "stuntng")}, "a misspelt word"
    assert len(data("list", "--kind", "form")) == 33
    assert run("list", "--kind", "hewan").exit_code == Exit.USAGE
    assert "323 elemen" in run("list").stderr


def test_one_entry_is_shown_with_who_reads_it():
    shown = data("show", "KEP_001")
    assert (shown["frequency"], shown["indicators"]) == ("semesteran", ["KEPADATAN_PENDUDUK", "PESERTA_JKN"])
    assert "index:idm jumlah_penduduk" in shown["inputs"]
    assert "Definisi:" in run("show", "KEP_001").stdout
    assert data("show", "JENIS_PASAR", "--kind", "classification")["code"] == "JENIS_PASAR"
    assert run("show", "KEP_999").exit_code == Exit.REFUSED


def test_a_load_tells_its_account_and_is_idempotent():
    trial = data("load", "--dry-run")
    assert (trial["created"], trial["sent"], trial["is_stored"]) == (535, 535, False)
    assert data("load")["revision"] == 1
    again = data("load")
    assert (again["unchanged"], again["is_stored"]) == (535, False)
    assert data("diff", "0", "1") == []


def test_a_file_is_validated_with_line_and_remedy(tmp_path):
    file = tmp_path / "kamus.yaml"
    file.write_text("source: uji\nsectors:\n  - code: KE\n    name: Kesehatan\n", encoding="utf-8")
    done = run("validate", str(file), "--json")
    assert done.exit_code == Exit.REFUSED
    finding = json.loads(done.stdout)["findings"][0]
    assert (finding["code"], finding["file"], finding["line"]) == ("CODE_FORM", "kamus.yaml", 3)
    assert data("validate")["findings"] == []
    assert run("validate", str(tmp_path / "tiada.yaml")).exit_code == Exit.USAGE


def test_a_mistyped_code_is_told_its_neighbours():
    done = run("show", "KES_12")
    assert done.exit_code == Exit.REFUSED
    told = " ".join(done.output.split())
    assert "KES_12 tidak ada dalam kamus. Mungkin yang dimaksud: " in told
    assert "KES_012" in told
    assert "KES_012" not in run("show", "KES_12", "--kind", "form").output, "only what is of the kind"
    assert "Periksa kembali ejaan namanya." in " ".join(run("show", "%%%").output.split())


def test_forms_are_listed_shown_and_imported(tmp_path):
    assert sum(one["variables"] for one in data("list", noun="form")) == 323
    shown = data("show", "KEP_TRIWULAN", noun="form")
    assert (shown["version"], shown["sections"][0]["variables"][0]) == (1, "KEP_010")
    assert "Berapa" in run("show", "PEM_SEMESTER", noun="form").stdout
    file = tmp_path / "kep.xlsx"
    file.write_bytes(queries.xlsform(OPERATOR, "KEP_TRIWULAN") or b"")
    assert openpyxl.load_workbook(file).sheetnames == ["survey", "choices", "settings"]
    back = data("import", str(file), "--format", "xlsform", noun="form")
    assert (back["updated"], back["created"], back["is_stored"]) == (0, 0, False)
    assert run("show", "KEP_HARIAN", noun="form").exit_code == Exit.REFUSED


def test_windows_of_forms_are_told_for_a_period_a_region_and_today():
    found = data("windows", "--period", "2025", "--form", "KEP_SEMESTER", noun="form")
    assert [(one["period"], one["due_date"]) for one in found] == [
        ("2025-S1", "2025-07-31"),
        ("2025-S2", "2026-01-31"),
    ]
    assert found[1]["needs"][0] == {
        "milestone": "MUSDES_RKP_DESA",
        "name": "Musdes perencanaan RKP Desa",
        "starts_date": "2026-06-01",
        "ends_date": "2026-06-30",
    }
    assert {one["standing"] for one in data("windows", noun="form")} <= {"open", "late"}
    told = run("windows", "--period", "2026-Q1", noun="form")
    assert "usulan, belum ditetapkan" in told.stderr
    assert "EVALUASI" not in told.stdout
    assert "Evaluasi RKPD" in told.stdout
    assert run("windows", "--period", "2026-Q9", noun="form").exit_code == Exit.USAGE
    assert run("windows", "--region", "62.99", noun="form").exit_code == Exit.REFUSED
