"""The board of leaders: fields and aims as a count by hand gives them, honest about what is missing."""

import csv
import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.serving import SIDARA, Site, environment
from tests.web.test_equity import table


def rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "data/idm/idm_2024_kalimantan_tengah.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["idm"]]


def test_fields_by_levels_are_the_means_of_a_count_by_hand(site: Site, shared: Path) -> None:
    known = rows(shared)
    told = {row["bidang"]: row for row in table(site, "/papan/bidang.csv")}
    for name, column in (("Ekonomi", "ike"), ("Sosial", "iks"), ("Lingkungan", "ikl")):
        mean = sum(float(row[column]) for row in known) / len(known)
        assert float(told[name]["persen_poin"]) == pytest.approx(mean * 100, abs=0.051)
        assert int(told[name]["desa"]) == len(known) == 1410
        assert "dari subindeks" in told[name]["keterangan"]
    # Items are published for 22 desa: a field that no sub-index comes near to is not made up.
    assert told["Infrastruktur"]["persen_poin"] == ""
    assert "belum dapat dihitung" in told["Infrastruktur"]["keterangan"]
    assert told["Infrastruktur"]["terlemah"]


def test_aims_are_counted_by_hand_and_open_to_their_parts(site: Site, shared: Path) -> None:
    known = rows(shared)
    told = {(row["tujuan"], row["bagian"]): row for row in table(site, "/papan/tujuan.csv")}
    economy = sum(float(row["ike"]) >= 0.6 for row in known)
    assert int(told["Mandiri", "semua bagian"]["tercapai"]) == economy
    both = sum(float(row["iks"]) >= 0.7 and float(row["ikl"]) >= 0.6 for row in known)
    assert int(told["Sejahtera", "semua bagian"]["tercapai"]) == both
    assert int(told["Sejahtera", "Lingkungan terjaga"]["tercapai"]) == sum(
        float(row["ikl"]) >= 0.6 for row in known
    )
    assert {row["status"] for row in told.values()} == {"usulan"}
    page = site.get("/papan").text
    assert "usulan" in page
    assert "tidak diukur indeks ini" in page


def test_the_board_of_an_index_with_two_years_says_what_changed(site: Site) -> None:
    page = site.get("/papan?indeks=indeks-desa").text
    assert "SIMULASI" in page
    assert re.search(r"Desa maju dan mandiri (bertambah|berkurang|tetap)", page)
    told = {row["bidang"]: row for row in table(site, "/papan/bidang.csv?indeks=indeks-desa")}
    assert {row["simulasi"] for row in told.values()} == {"SIMULASI"}
    assert told["Ekonomi"]["sejak"] == told["Lingkungan"]["sejak"] == "2025"
    # Half of what is social is known of last year only: no change is told.
    assert told["Sosial"]["perubahan"] == ""
    assert 'style="' not in page


def test_areas_lead_down_to_villages(site: Site) -> None:
    province = site.get("/papan").text
    assert province.count('class="ubin__') >= 14
    assert "/papan?wilayah=62.07" in province
    regency = site.get("/papan?wilayah=62.07").text
    assert "/papan?wilayah=62.07.02" in regency
    assert 'class="ubin__' not in regency
    assert "/desa/62.07.02." in site.get("/papan?wilayah=62.07.02").text
    assert site.get("/papan?wilayah=62.01.02.2016").status == 404


def test_without_plans_it_says_so_and_made_up_priorities_say_simulasi(site: Site) -> None:
    page = site.get("/papan/rencana").text
    assert "Belum ada rencana kegiatan" in page
    assert "Rencana 20" not in site.get("/papan").text
    assert site.get("/papan/rencana?himpunan=nyata&tahun=2027").status == 200


def test_the_command_tells_the_same(site: Site) -> None:
    words = ("board", "show", "idm", "external:idm-2024", "--items", "external:idm-items", "--json")
    done = subprocess.run(
        [SIDARA, *words], env=environment(site.home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    (economy,) = [one for one in told["fields"] if one["code"] == "ekonomi"]
    (row,) = [one for one in table(site, "/papan/bidang.csv") if one["bidang"] == "Ekonomi"]
    assert float(economy["share"]) * 100 == pytest.approx(float(row["persen_poin"]), abs=0.051)
    assert [one["code"] for one in told["aims"]] == ["mandiri", "sejahtera", "berdaya_saing"]
