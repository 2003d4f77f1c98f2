"""A planner's job by keyboard alone: change an answer, read what it does, open the path, take it away."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.test_access import violations
from tests.browser.test_story import tab_to
from tests.serving import Site

VILLAGE = "/desa/62.01.02.2016"
WHATIF = f"{VILLAGE}/andai?indeks=idm"
PAGES = [
    WHATIF,
    f"{WHATIF}&jumlah_dokter=3&ada_konflik=",
    f"{WHATIF}&waktu_sarkes_menit=abc&nihil=1",
    f"{VILLAGE}/jalur?indeks=idm",
    f"{VILLAGE}/jalur?indeks=idm&ke=skor&skor=x&tetap=S02&biaya=S99,1",
    "/wilayah/62.01.02/andai?indeks=idm&jumlah_dokter=3",
    "/wilayah/62.01.02/jalur?indeks=idm&anggaran=5",
]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_answer_is_changed_and_the_path_taken_away(
    simulated: Site, open_page: Open, width: int, tmp_path: Path
) -> None:
    page = open_page(f"{simulated.address}{VILLAGE}/andai", width, accept_downloads=True)
    expect(page.get_by_text("SIMULASI", exact=True).first).to_be_visible()

    tab_to(page, "Indeks Ketahanan Lingkungan")
    page.keyboard.press("Enter")
    tab_to(page, "b-jumlah_fasilitas_mitigasi")
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    tab_to(page, "Hitung ulang")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("#hasil figure").first.wait_for()
    result = page.locator("#hasil")
    title = result.locator("h2").first.inner_text()
    assert re.search(r"Indeks Desa Membangun (naik|turun) [\d,]+ menjadi [\d,]+, status", title)
    ranks = result.locator("#perbandingan tbody tr", has_text="Urutan di Kotawaringin Barat").locator("td")
    assert all(re.search(r"\d+ dari \d+", cell) for cell in ranks.all_inner_texts()[:2])
    expect(result).to_contain_text("Urutan di Kotawaringin Barat")
    expect(result).to_contain_text("desa lain")

    tab_to(page, "Jalur termurah")
    page.keyboard.press("Enter")
    page.get_by_role(
        "heading", level=1, name=re.compile("Natai Raya mencapai .+ dengan menaikkan")
    ).wait_for()
    steps = page.locator("#langkah tbody tr")
    shown = [row.locator("th").inner_text() for row in steps.all()]
    assert shown
    tab_to(page, "CSV")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    assert "SIMULASI" in started.value.suggested_filename
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
    assert [row["butir"] for row in rows] == shown

    tab_to(page, "Coba langkah ini")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Bagaimana jika: Natai Raya").wait_for()
    expect(page.locator("#hasil h2").first).to_contain_text("status dari")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_result_follows_a_change_and_the_address_can_be_shared(simulated: Site, open_page: Open) -> None:
    page = open_page(f"{simulated.address}{WHATIF}")
    tab_to(page, "Indeks Ketahanan Sosial")
    page.keyboard.press("Enter")
    tab_to(page, "Kesehatan")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("500")
    page.keyboard.press("Tab")
    page.locator("#hasil figure").first.wait_for()
    page.wait_for_url("**/andai?indeks=idm&*=500")
    page.reload()
    expect(page.locator("#hasil figure").first).to_be_visible()


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_pages_of_planning(
    simulated: Site, open_page: Open, path: str, width: int
) -> None:
    page = open_page(f"{simulated.address}{path}", width, bypass_csp=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
