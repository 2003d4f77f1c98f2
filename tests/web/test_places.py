"""Addresses and search with codes that are old, or mean two places; the page of a place's history."""

import csv
import io
import re
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from pytest_django import Settings

from sidara.kernel.actor import OPERATOR
from sidara.regions import queries as regions
from sidara.regions import services as registering
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import EVERY, TODAY, Operation, Query, Vintage, of_year
from tests import split_world
from tests.copied import registered
from tests.split_world import CODE, clock

FILE = "data/regions/bps_kemendagri_desa_62.csv"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_warehouse(settings: Settings, tmp_path: Path) -> None:
    settings.SIDARA_WAREHOUSE = tmp_path / "warehouse"


@pytest.fixture
def register() -> None:
    registered(clock)


@pytest.fixture
def twins(register: None, shared: Path) -> pl.DataFrame:
    registering.import_codes(OPERATOR, source=shared / FILE, scheme="bps:2023", clock=clock)
    table = pl.read_csv(shared / FILE, infer_schema_length=0)
    return table.filter(pl.col("kode_bps_adalah_kode_kemendagri_desa_lain") == "ya")


@pytest.fixture
def split(register: None) -> None:
    """Villages that were split, re-coded and merged, with simulated figures before and after."""
    split_world.fill()


def test_all_73_codes_are_asked_back_at_the_search_and_in_addresses(twins, client: Client) -> None:
    assert twins.height == 73
    for code, other in twins.select("kode_bps", "kode_kemendagri").iter_rows():
        here = regions.resolve(OPERATOR, code, scheme="kemendagri")
        for answer, status in ((client.get(f"/cari?q={code}"), 200), (client.get(f"/desa/{code}"), 300)):
            text = answer.content.decode()
            assert answer.status_code == status
            assert f'href="/desa/{here.code}"' in text
            assert f'href="/desa/{other}"' in text
            assert "dapat berarti 2 wilayah" in text
            assert f"kode BPS 2023 {code}" in text
    assert client.get(f"/desa/{here.code}").status_code == 200
    assert "Tanpa titik, kode ini juga berarti" in client.get(f"/desa/{here.code}").content.decode()


def test_an_old_code_leads_on(split, client: Client) -> None:
    answer = client.get("/desa/62.01.02.2017")
    assert (answer.status_code, answer["Location"]) == (302, "/desa/62.01.02.2991")
    ended = client.get("/desa/6201022018")
    assert (ended.status_code, ended["Location"]) == (302, "/desa/62.01.02.2018/riwayat?pada=2025-12-31")
    page = client.get(ended["Location"]).content.decode()
    assert "berakhir 31 Desember 2025" in page
    assert 'href="/desa/62.01.02.2019/riwayat"' in page
    assert client.get("/desa/62.01.02.2777").status_code == 404
    assert client.get("/desa/62.01.02.2777/riwayat").status_code == 404
    assert "kode lama, sampai 30 Juni 2025" in client.get("/cari?q=62.01.02.2017").content.decode()


def test_the_history_of_a_split_village_in_three_vintages(split, client: Client) -> None:
    text = client.get("/desa/62.01.02.2016/riwayat").content.decode()
    assert "1 Juli 2024: dimekarkan, sebagian menjadi Contoh Baru (40,0" in text
    assert "61 (perkiraan)" in text
    assert "SIMULASI" in text
    young = client.get("/desa/62.01.02.2990/riwayat").content.decode()
    assert "dibentuk dari" in young
    assert "40 (perkiraan)" in young
    merged = client.get("/desa/62.01.02.2019/riwayat").content.decode()
    assert "Campuran" in merged
    assert "tidak dapat dihitung" in merged
    brief = client.get("/desa/62.01.02.2990").content.decode()
    assert 'href="/desa/62.01.02.2990/riwayat"' in brief
    assert client.get("/wilayah/62.01.02/riwayat").status_code == 200


def test_files_of_the_history_hold_the_figures_of_the_page(split, client: Client) -> None:
    page = client.get("/desa/62.01.02.2016/riwayat?tahun=2024").content.decode()
    assert 'href="/desa/62.01.02.2016/riwayat/angka-1.csv?tahun=2024"' in page
    answer = client.get("/desa/62.01.02.2016/riwayat/angka-1.csv?tahun=2024")
    assert "62.01.02.2016-riwayat-angka-1-SIMULASI.csv" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = {(row["variabel"], row["periode"], row["susunan"]): row for row in rows}
    asked = (("dilaporkan", "101", "tidak"), ("kini", "61", "ya"), ("2024", "61", "ya"))
    for vintage, value, estimate in asked:
        row = told["PDK.ORANG", "2023", vintage]
        assert (float(row["nilai"]), row["perkiraan"]) == (float(value), estimate)
        assert f">{value}{' (perkiraan)' if estimate == 'ya' else ''}<" in page
    assert told["PDK.STATUS", "2025", "kini"]["kategori"] == "Maju"
    merged = client.get("/desa/62.01.02.2019/riwayat/angka-1.csv").content.decode("utf-8-sig")
    assert "tidak dapat dihitung" in merged
    assert "Campuran" in merged
    for name in ("angka-1.xlsx", "kode.csv", "perubahan.csv", "perubahan.xlsx"):
        assert client.get(f"/desa/62.01.02.2016/riwayat/{name}").status_code == 200, name
    ended = client.get("/desa/62.01.02.2018/riwayat?pada=2025-12-31").content.decode()
    address = re.search(r'href="([^"]+kode[.]csv[^"]*)"', ended)
    assert address is not None
    assert client.get(address[1].replace("&amp;", "&")).status_code == 200
    assert client.get("/desa/62.01.02.2016/riwayat/angka-9.csv").status_code == 404
    assert client.get("/wilayah/62.01.02/riwayat/kode.csv").status_code == 200


E = "perkiraan"
VINTAGES = (Vintage(), TODAY, of_year(2023), of_year(2025))


@pytest.mark.parametrize("vintage", VINTAGES, ids=str)
def test_totals_are_the_same_in_each_vintage(split, vintage: Vintage) -> None:
    for code, period, total in (("62", "2023", 201), ("62.01.02", "2025", 110), ("62.01", "2023", 201)):
        level = regions.resolve(OPERATOR, code).level
        query = Query(CODE, ("PDK.ORANG",), Operation.SUM, level, code, periods=(period,), vintage=vintage)
        (figure,) = [one for one in warehouse.ask(OPERATOR, query, clock=clock).figures if one.region == code]
        assert (figure.value, figure.is_estimate) == (total, False)


@pytest.mark.parametrize(
    ("vintage", "found"),
    [
        (Vintage(), {"2016": (101, None), "2018": (30, None), "2019": (70, None)}),
        (TODAY, {"2016": (61, E), "2990": (40, E), "2019": (100, None)}),
        (of_year(2024), {"2016": (61, E), "2990": (40, E), "2018": (30, None), "2019": (70, None)}),
        (of_year(2010), {"2016": (101, None), "2018": (30, None), "2019": (70, None)}),
    ],
    ids=str,
)  # fmt: skip
def test_villages_in_each_vintage(split, vintage: Vintage, found: dict) -> None:
    query = Query(CODE, ("PDK.ORANG",), under="62.01.02", periods=("2023",), vintage=vintage)
    answer = warehouse.ask(OPERATOR, query, clock=clock)
    told = {one.region[-4:]: (int(one.value), one.flag) for one in answer.figures if one.value is not None}
    assert told == found
    assert {one.obs_status for one in answer.figures if one.flag} <= {"E"}
    assert "2990" in {one.region[-4:] for one in answer.figures} or vintage in {Vintage(), of_year(2010)}
    frame = answer.to_frame()
    assert frame["wilayah_menurut"].unique().to_list() == [str(vintage)]


def test_figures_after_a_merge_go_back_and_all_years_stand_together(split) -> None:
    query = Query(
        CODE, ("PDK.ORANG", "PDK.STATUS"), codes=("62.01.02.2016",), periods=EVERY, vintage=of_year(2023)
    )
    answer = warehouse.ask(OPERATOR, query, clock=clock)
    assert [(one.variable, one.period, one.shown) for one in answer.figures] == [
        ("PDK.ORANG", "2023", 101),
        ("PDK.ORANG", "2025", 110),
        ("PDK.STATUS", "2023", "MAJU"),
        ("PDK.STATUS", "2025", "CAMPURAN"),
    ]
    reported = warehouse.ask(
        OPERATOR, Query(CODE, ("PDK.ORANG",), codes=("62.01.02.2990",), periods=EVERY), clock=clock
    )
    assert [(one.period, one.value) for one in reported.figures] == [("2025", 44)]
