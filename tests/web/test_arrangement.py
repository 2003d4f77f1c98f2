"""The switch of the areas in which pages tell their figures: as reported, today's, those of a year."""

import csv
import io
import re
from itertools import product
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests import split_world
from tests.copied import registered
from tests.language import untranslated
from tests.split_world import clock

pytestmark = pytest.mark.django_db
OLD, YOUNG, MERGED, RECODED = (
    "/desa/62.01.02.2016",
    "/desa/62.01.02.2990",
    "/desa/62.01.02.2019",
    "/desa/62.01.02.2991",
)
DISTRICT = "/wilayah/62.01.02"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of this module: its map of the province is another one than that of the other tests."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def split(settings: Settings, home: Path, tmp_path: Path) -> None:
    """Villages that were split, re-coded and merged after the newest year of the index."""
    settings.SIDARA_HOME = home
    settings.SIDARA_WAREHOUSE = tmp_path / "warehouse"
    registered(clock)
    split_world.fill()
    split_world.fill_index()


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", answer.content.decode())


def rows(client: Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def by_code(client: Client, path: str) -> dict[str, dict[str, str]]:
    return {row["kode"][-4:]: row for row in rows(client, path) if row["status"] not in {"Belum ada data"}}


def test_a_kecamatan_in_each_vintage(client: Client) -> None:
    told = by_code(client, f"{DISTRICT}/desa.csv")
    assert {"2016", "2018", "2019", "2991"} <= told.keys()
    assert "2990" not in told
    assert told["2016"]["susunan"] == "dilaporkan"
    now = by_code(client, f"{DISTRICT}/desa.csv?susunan=kini")
    assert (now["2990"]["idm"], now["2990"]["status"], now["2990"]["perkiraan"]) == (
        "0.72",
        "Maju",
        "perkiraan",
    )
    assert (now["2019"]["idm"], now["2019"]["status"]) == ("", "Campuran")
    assert (now["2991"]["perkiraan"], now["2991"]["susunan"]) == ("", "kini")
    assert "2018" not in now
    then = by_code(client, f"{DISTRICT}/desa.csv?susunan=2022")
    assert {"2016", "2017", "2018", "2019"} <= then.keys()
    assert "2990" not in then
    assert "2991" not in then


def test_the_switch_leads_where_figures_differ_and_links_keep_the_vintage(client: Client) -> None:
    page = text(client, DISTRICT)
    assert f'href="{DISTRICT}?susunan=kini"' in page
    assert f'href="{DISTRICT}" aria-current="true">Seperti dilaporkan' in page
    now = text(client, f"{DISTRICT}?susunan=kini")
    assert 'aria-current="true">Wilayah kini' in now
    assert 'href="/desa/62.01.02.2990?susunan=kini"' in now
    assert f'href="{DISTRICT}/desa.csv?susunan=kini"' in now
    assert "Menurut wilayah kini" in now
    assert "Angka 2 desa perkiraan" in now
    assert "Contoh Baru: Maju (perkiraan)" in now
    then = text(client, f"{DISTRICT}?susunan=2023")
    assert 'href="/desa/62.01.02.2991?susunan=2023"' in then
    assert 'href="/desa/62.01.02.2018/riwayat?pada=2025-12-31"' in then
    assert "Contoh Baru: Maju, 2023 bagian dari Natai Raya" in then


def test_a_place_without_changes_says_so_in_a_line(client: Client) -> None:
    page = text(client, "/wilayah/62.01.03")
    assert "tidak ada perubahan yang tercatat di sini" in page
    assert 'aria-label="Susunan wilayah"' not in page
    same = text(client, f"{RECODED}?susunan=kini")
    assert "tidak ada perubahan yang tercatat di sini" in same


def test_every_page_stands_in_every_vintage(client: Client) -> None:
    vintages = ("", "kini", "2023", "2024", "2010", "2099", "entah")
    for path, vintage in product(("/", "/wilayah/62.01", DISTRICT, OLD), vintages):
        page = text(client, f"{path}?susunan={vintage}")
        is_switched = page.count('aria-label="Susunan wilayah"') == 1
        assert ("Seperti dilaporkan" in page) == is_switched, (path, vintage)
        hexagons = client.get(f"{path}?susunan={vintage}&peta=heksagon")
        assert hexagons.status_code == 200, (path, vintage)


def test_totals_of_desa_follow_the_vintage(client: Client) -> None:
    counts = {
        vintage: next(
            row
            for row in rows(client, f"/wilayah/62.01/status.csv?susunan={vintage}")
            if row["kode"] == "62.01.02"
        )
        for vintage in ("dilaporkan", "kini", "2023")
    }
    assert [counts[one]["maju"] for one in counts] == ["1", "2", "1"]
    assert [counts[one]["dinilai"] for one in counts] == ["4", "3", "4"]
    assert counts["kini"]["belum_pasti"] == "1"
    assert counts["kini"]["perkiraan"] == "2"


def test_a_young_village(client: Client) -> None:
    page = text(client, YOUNG)
    assert "Contoh Baru belum ada dalam wilayah 2023" in page
    assert f'href="{YOUNG}?susunan=kini"' in page
    now = text(client, f"{YOUNG}?susunan=kini")
    assert "perkiraan" in now
    assert [
        (row["tahun"], row["idm"], row["perkiraan"])
        for row in rows(client, f"{YOUNG}/indeks.csv?susunan=kini")
    ] == [
        ("2022", "0.7", "perkiraan"),
        ("2023", "0.72", "perkiraan"),
    ]
    then = text(client, f"{YOUNG}?susunan=2023")
    assert "Contoh Baru belum ada dalam wilayah akhir 2023" in then
    assert client.get(f"{YOUNG}/indeks.csv?susunan=2023").status_code == 404


def test_a_merged_village_is_not_given_a_figure(client: Client) -> None:
    page = text(client, f"{MERGED}?susunan=kini")
    assert "tidak dapat dihitung" in page
    assert "0,8500" not in page
    assert "0,8500" in text(client, MERGED)


def test_files_name_their_vintage(client: Client) -> None:
    answer = client.get(f"{OLD}/indeks.xlsx?susunan=kini")
    assert "indeks-susunan-kini-SIMULASI.xlsx" in answer["Content-Disposition"]


def test_every_vintage_is_told_in_english(client: Client) -> None:
    pages = ("/", "/wilayah/62.01", DISTRICT, OLD, YOUNG, f"{OLD}/riwayat", f"{DISTRICT}/riwayat")
    for path, vintage in product(pages, ("", "kini", "2023", "2015")):
        answer = client.get(f"/en{path}?susunan={vintage}", follow=True)
        assert answer.status_code == 200, (path, vintage)
        assert untranslated(answer.content.decode(), {}) == [], (path, vintage)
