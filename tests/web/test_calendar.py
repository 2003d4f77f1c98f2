"""The calendar page: windows beside planning, for all or for a region, on the page and in its files."""

import csv
import io

import pytest
from django.test import Client

from sidara.dictionary import services
from sidara.kernel.actor import OPERATOR
from tests.collection.conftest import register as register_62
from tests.copied import shipped
from tests.dictionary.conftest import clock

pytestmark = pytest.mark.django_db
register = register_62
GROUP = {
    "code": "SEMESTER_BARAT",
    "name": "Semesteran, kelompok barat",
    "forms": ["KEP_SEMESTER"],
    "opens": {"months": 1, "day": 1},
    "due": {"months": 2, "day": 15},
    "late_until": {"months": 3, "day": 15},
    "regions": ["62.01"],
    "serves": ["MUSDES_RKP_DESA"],
    "source": "uji",
    "confidence": "inferred",
}


def get(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def rows(path: str) -> list[dict[str, str]]:
    answer = Client().get(path)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def with_group(register):
    shipped(clock)
    made = services.save(
        OPERATOR, changes={("window", "SEMESTER_BARAT"): GROUP}, reason="uji", base_revision=1, clock=clock
    )
    assert made.is_stored, made.findings


def test_the_finding_counts_the_days_between_the_last_due_day_and_the_musdes():
    """31 March to 1 June 2026 are 62 days: 30 of April, 31 of May, one more."""
    text = get("/kalender?tahun=2026")
    assert "jatuh tempo paling lambat 31 Maret 2026, 62 hari sebelum 1 Juni 2026" in text
    assert "Usulan, belum ditetapkan: 8 dari 8 jendela" in text
    assert text.count("<h1") == 1
    assert " style=" not in text


def test_a_step_without_days_says_so_and_stands_in_the_table():
    text = get("/kalender?tahun=2026")
    assert "RKPD kabupaten/kota dan provinsi ditetapkan" in text
    assert "hari belum ditemukan pada sumber yang dibaca" in text


def test_the_picture_has_a_lane_for_the_data_and_for_each_level():
    text = get("/kalender?tahun=2026")
    for lane in ("Data desa", "Perencanaan desa", "Perencanaan kabupaten", "Perencanaan provinsi"):
        assert f">{lane}</text>" in text, lane
    assert "Perencanaan pusat" not in text, "a level without a step with days has no lane"
    both = "Evaluasi RKPD dan Renja triwulan yang lalu</text>"
    assert text.count(both) == 4, "kabupaten and province, on desk and phone"


def test_files_hold_a_line_for_each_form_and_period():
    found = rows("/kalender/jendela.csv?tahun=2026")
    one = next(row for row in found if row["formulir"] == "KEP_SEMESTER" and row["periode"] == "2025-S2")
    assert (one["dibuka"], one["jatuh_tempo"], one["terlambat_sampai"]) == (
        "2026-01-01", "2026-01-31", "2026-03-31"
    )  # fmt: skip
    assert one["bagi"].startswith("Musdes perencanaan RKP Desa, 1 Juni 2026; ")
    assert (one["keyakinan"], "belum ditetapkan" in one["sumber"]) == ("usulan", True)
    assert len({(row["formulir"], row["periode"]) for row in found}) == len(found)
    steps = rows("/kalender/perencanaan.csv?tahun=2026")
    assert len(steps) == 14
    ready = {one["tonggak"]: one["data_siap"] for one in steps}
    assert ready["Musdes perencanaan RKP Desa"] == "2026-03-31"
    assert ready["Evaluasi RKPD dan Renja triwulan yang lalu"].count(";") == 3, "four times a year"
    assert ready["Profil desa: publikasi"] == "", "no window serves it"
    assert Client().get("/kalender/jendela.xlsx?tahun=2026").content.startswith(b"PK")


def test_a_group_has_its_own_days_and_the_others_keep_theirs(with_group):
    def due(place):
        found = rows(f"/kalender/jendela.csv?tahun=2026{place}")
        return {
            row["jatuh_tempo"]
            for row in found
            if (row["formulir"], row["periode"]) == ("KEP_SEMESTER", "2025-S2")
        }

    assert due("") == {"2026-01-31", "2026-02-15"}
    assert due("&wilayah=62.01.02.2016") == {"2026-02-15"}
    assert due("&wilayah=62.02") == {"2026-01-31"}
    text = get("/kalender?tahun=2026")
    assert "Semesteran, kelompok barat" in text
    assert "Kotawaringin Barat" in text
    assert "Bagi Kabupaten Kotawaringin Barat." in get("/kalender?wilayah=62.01")


def test_odd_questions_are_answered():
    for year in ("abcd", "1", "99999", "²⁰²⁶"):
        assert "Kalender data dan perencanaan 20" in get(f"/kalender?tahun={year}")
    get("/kalender?wilayah=62.99", 404)
    get("/kalender/tiada.csv", 404)
    assert "Jendela formulir" in get("/kalender?tahun=2015")


def test_the_page_is_english_on_request():
    text = get("/en/kalender?tahun=2026")
    assert "are due by 31 March 2026, 62 days before 1 June 2026" in text
    assert "Proposed, not decided: 8 of 8 windows" in text
