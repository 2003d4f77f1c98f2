"""`sidara alignment check` with input of every kind: a clear fault each, good cases are still judged."""

import json

import pytest

from tests.commands import called
from tests.programmes.aligning import cases_file

ROW = {"id": "r1", "plan": "Renja", "owner": "DPMD", "owner_kind": "kabupaten_kota", "year": 2026}
ROW |= {"code": "2.13.04.2.01.0099", "name": "Pembinaan Desa Hebat"}
GOOD = {"id": "baik", "uji": "S04", "tabel": {"plan_lines": [ROW]}}
FOUND = {"id": "baik", "harapan": [{"tingkat": "galat", "baris": ["r1"]}]}


def handed_in(db, tmp_path, content: bytes):
    file = tmp_path / "kasus.json"
    file.write_bytes(content)
    return called("alignment", "check", "--input", str(file))


@pytest.mark.parametrize(
    "content",
    [
        cases_file(GOOD),
        json.dumps({"kasus": [GOOD]}).encode(),
        json.dumps(GOOD).encode(),
        b"\xef\xbb\xbf" + cases_file(GOOD),
    ],
    ids=["list", "kasus", "one", "bom"],
)
def test_a_list_a_file_of_cases_and_one_case(db, tmp_path, content):
    done = handed_in(db, tmp_path, content)
    assert (done.returncode, json.loads(done.stdout)) == (0, [FOUND])


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 20_000, b"[NaN]", b'{"a": 1}', b"3"], ids=str
)
def test_what_is_no_list_of_cases_is_refused(db, tmp_path, content):
    done = handed_in(db, tmp_path, content)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"ALIGNMENT_N" in done.stderr


def changed(**more) -> dict:
    return {"id": "buruk", "uji": "S04", "tabel": {"plan_lines": [ROW | more]}}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (3, "Kasus ke-1: diharapkan sekumpulan medan"),
        ({"uji": "S04"}, "Kasus ke-1, id: diharapkan teks (tertulis kosong)"),
        ({"id": "buruk", "uji": "S16"}, "Kasus buruk, uji: diharapkan salah satu dari S01, S02"),
        ({"id": "buruk", "tabel": {"plan_lines": {}}}, "Kasus buruk, plan_lines: diharapkan daftar"),
        (
            {"id": "buruk", "tabel": {"plan_lines": [ROW, ROW]}},
            "plan_lines baris 2, id: diharapkan id yang belum dipakai",
        ),
        (
            {"id": "buruk", "tabel": {"goals": [{"id": "g"}]}},
            "goals baris 1, plan: diharapkan medan ini terisi",
        ),
        (changed(year="2026"), "plan_lines baris 1, year: diharapkan tahun 1945 sampai 2200 (tertulis 2026)"),
        (changed(year=True), "year: diharapkan tahun"),
        (changed(plan="RENJA"), "plan: diharapkan salah satu dari RPJMN, RPJMD"),
        (changed(ceiling_original=1.5), "ceiling_original: diharapkan rupiah utuh"),
        (changed(ceiling_original=-1), "ceiling_original: diharapkan rupiah utuh"),
        (changed(ceiling_original="Rp1"), "ceiling_original: diharapkan angka (tertulis Rp1)"),
        (changed(target=10**19), "target: diharapkan angka di bawah"),
        (changed(tags="blt"), "tags: diharapkan daftar"),
        (
            GOOD | {"id": "buruk", "konteks": {"tanggal": "16-07-2026"}},
            "konteks tanggal: diharapkan tanggal seperti",
        ),
        (GOOD | {"id": "buruk", "konteks": {"rpjmd": [2029, 2025]}}, "konteks rpjmd: diharapkan dua tahun"),
        (
            GOOD | {"id": "buruk", "konteks": {"data_pusat": "tidak"}},
            "data_pusat: diharapkan true atau false",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_bad_case_is_named_and_the_good_one_is_judged(db, tmp_path, bad, words):
    done = handed_in(db, tmp_path, cases_file(bad, GOOD))
    assert (done.returncode, json.loads(done.stdout)) == (2, [FOUND])
    assert words in done.stderr.decode()
    assert "ALIGNMENT_CASE_INVALID" in done.stderr.decode()


def test_a_field_that_nobody_knows_is_told_and_the_case_is_judged(db, tmp_path):
    done = handed_in(db, tmp_path, cases_file(changed(celing=1)))
    assert (done.returncode, len(json.loads(done.stdout))) == (0, 1)
    assert "plan_lines baris 1, celing: medan ini tidak dikenal" in done.stderr.decode()


def test_a_case_without_a_check_is_judged_by_all_and_names_them(db, tmp_path):
    done = handed_in(db, tmp_path, cases_file({"id": "semua", "tabel": {"plan_lines": [ROW]}}))
    assert {"uji": "S04", "tingkat": "galat", "baris": ["r1"]} in json.loads(done.stdout)[0]["harapan"]


def test_a_file_that_is_not_there(db, tmp_path):
    done = called("alignment", "check", "--input", str(tmp_path / "tidak-ada.json"))
    assert (done.returncode, done.stdout) == (64, b"")
