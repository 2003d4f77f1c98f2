"""The page of equity: figures as a count by hand gives them, coverage said, poverty without proxies."""

import csv
import io
import json
import math
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from tests.serving import SIDARA, Site, environment


def table(site: Site, path: str) -> list[dict[str, str]]:
    answer = site.get(path)
    assert answer.status == 200, path
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))


def published(shared: Path, column: str) -> dict[str, list[float]]:
    """The figures of each kabupaten, straight from the published file."""
    groups: dict[str, list[float]] = defaultdict(list)
    with (shared / "data/idm/idm_2024_kalimantan_tengah.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row[column]:
                groups[row["kode"][:4]].append(float(row[column]))
    return groups


def theil(values: list[float]) -> float:
    mean = sum(values) / len(values)
    return sum(value / mean * math.log(value / mean) for value in values) / len(values)


@pytest.mark.parametrize(("measure", "column"), [("", "idm"), ("IKE", "ike")])
def test_the_parts_are_those_of_a_count_by_hand(site, shared, measure, column) -> None:
    groups = published(shared, column)
    every = [value for values in groups.values() for value in values]
    mean = sum(every) / len(every)
    whole = theil(every)
    share = {code: sum(values) / sum(every) for code, values in groups.items()}
    within = {code: share[code] * theil(values) for code, values in groups.items()}
    between = {
        code: share[code] * math.log(sum(values) / len(values) / mean) for code, values in groups.items()
    }
    years = table(site, f"/pemerataan/tahun.csv?ukuran={measure}")
    (year,) = [row for row in years if row["periode"] == "2024"]
    assert int(year["desa"]) == len(every) == 1410
    assert float(year["theil"]) == round(whole, 4)
    assert float(year["dalam"]) == pytest.approx(sum(within.values()) / whole * 100, abs=0.05)
    assert float(year["dalam"]) + float(year["antar"]) == pytest.approx(100, abs=0.11)
    areas = table(site, f"/pemerataan/sebaran.csv?ukuran={measure}")
    told = {row["kode"].replace(".", ""): row for row in areas if row["kode"] and row["wilayah"] != "Semua"}
    assert told.keys() >= groups.keys()
    for code, values in groups.items():
        assert int(told[code]["desa"]) == len(values)
        assert float(told[code]["rata_rata"]) == pytest.approx(sum(values) / len(values), abs=6e-5)
        assert float(told[code]["andil_dalam"]) == pytest.approx(within[code] / whole * 100, abs=0.06)
        assert float(told[code]["andil_antar"]) == pytest.approx(between[code] / whole * 100, abs=0.06)


def test_years_with_few_villages_say_so_and_no_year_of_the_other_index_joins_them(site) -> None:
    years = {row["periode"]: row for row in table(site, "/pemerataan/tahun.csv")}
    assert set(years) == {"2021", "2022", "2023", "2024"}
    assert years["2021"]["theil"] == ""
    assert "Hanya 22 dari 1.432 desa" in years["2021"]["keterangan"]
    other = {row["periode"]: row for row in table(site, "/pemerataan/tahun.csv?indeks=indeks-desa")}
    assert set(other) == {"2025", "2026"}
    assert {row["simulasi"] for row in other.values()} == {"SIMULASI"}
    page = site.get("/pemerataan").text
    assert "Angka kedua indeks tidak boleh disambung" in page
    assert "di dalam kabupaten" in page


def test_who_moved_is_told_within_one_index(site) -> None:
    page = site.get("/pemerataan?indeks=indeks-desa&wilayah=62.07").text
    assert "SIMULASI" in page
    assert "sejak 2025" in page
    moved = table(site, "/pemerataan/bergerak.csv?indeks=indeks-desa&wilayah=62.07")
    assert 0 < len(moved) <= 20
    for row in moved:
        assert float(row["kini"]) - float(row["sebelum"]) == pytest.approx(float(row["ubah"]), abs=0.011)
    assert all(row["kode"].startswith("62.07.") for row in moved)


def test_nothing_is_called_poverty_that_is_none(site) -> None:
    page = site.get("/pemerataan").text
    assert "Belum ada data kemiskinan menurut desa" in page
    rows = {row["kode"]: row for row in table(site, "/pemerataan/kemiskinan.csv")}
    assert rows["SOS_016"]["arti"] == "kemiskinan"
    assert {row["arti"] for code, row in rows.items() if code != "SOS_016"} == {"bukan kemiskinan"}
    assert {row["jumlah"] for row in rows.values()} <= {"", "belum ada data"}
    made_up = site.get("/pemerataan?himpunan=contoh").text
    assert "SIMULASI" in made_up


@pytest.mark.parametrize("area", ["62.01.02.2016", "99", "62.01.02%00"])
def test_only_areas_above_villages_have_the_page(site, area) -> None:
    assert site.get(f"/pemerataan?wilayah={area}").status == 404


def test_the_command_gives_parts_that_are_the_whole(site) -> None:
    words = ("equity", "show", "external:idm-2024", "IDM.IKS", "--under", "62", "--json")
    done = subprocess.run(
        [SIDARA, *words], env=environment(site.home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (period,) = json.loads(done.stdout)["periods"]
    parts = sum(part["within"] + part["between"] for part in period["parts"])
    assert parts == pytest.approx(period["theil"], abs=1e-9)
    assert sum(part["missing"] for part in period["parts"]) == period["missing"] == 22
