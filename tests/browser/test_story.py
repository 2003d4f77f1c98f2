"""The main job by keyboard alone: from a misspelt name to an item's actors and the same figures in a file."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, Open
from tests.serving import Site

MOST_TABS = 120


SAID = """
(() => {
  const one = document.activeElement;
  const words = one.getAttribute("aria-label") || one.textContent || one.id || "";
  return (words.trim() || one.id).replace(/\\s+/g, " ").replace(" :", ":");
})()
"""
SHOWN = """
(() => {
  const one = document.activeElement;
  const drawn = one.querySelector("path");
  if (one.closest("svg") && drawn) return getComputedStyle(drawn).stroke !== "none";
  return getComputedStyle(one).outlineStyle === "solid";
})()
"""


def tab_to(page: Page, text: str) -> None:
    """Press Tab until what has the focus says `text`; the focus must be visible there."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(SAID).startswith(text):
            assert page.evaluate(SHOWN), f"the focus on {text!r} cannot be seen"
            return
    raise AssertionError(f"{text!r} was not reached within {MOST_TABS} tab stops")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_a_misspelt_name_to_an_item_and_its_file(
    site: Site, open_page: Open, width: int, tmp_path: Path
) -> None:
    page = open_page(f"{site.address}/", width, accept_downloads=True)
    tab_to(page, "q")
    page.keyboard.type("natay raia")
    page.get_by_role("link", name="Natai Raya").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Natai Raya sudah mandiri").wait_for()

    tab_to(page, "Ketersediaan pusat keterampilan/kursus")
    page.keyboard.press("Enter")
    item = page.locator("details[open] > .lipat__isi").filter(has_text="S13").last
    item.get_by_text("Pengadaan Tempat Kursus/Pelatihan").wait_for()
    read = dict(zip(item.locator("dt").all_inner_texts(), item.locator("dd").all_inner_texts(), strict=True))
    assert read["Kegiatan"] == "Pengadaan Tempat Kursus/Pelatihan"
    assert read["Lainnya"] == "Swasta, Perorangan"
    assert read["Tambahan nilai"] == "+0,0076"

    tab_to(page, "CSV: Skor 50 butir IDM Natai Raya")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    rows = {row["kode_butir"]: row for row in csv.DictReader(io.StringIO(file.read_text("utf-8")))}
    row = rows[read["Kode butir"]]
    assert row["kegiatan"] == read["Kegiatan"]
    assert row["lainnya"] == read["Lainnya"]
    assert row["arti"] == read["Arti skor"]
    assert f"+{row['tambahan']}".replace(".", ",") == read["Tambahan nilai"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_zooming_from_the_province_to_a_village_by_links(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.address}/")
    tab_to(page, "Kotawaringin Barat:")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Kotawaringin Barat").wait_for()
    tab_to(page, "Arut Selatan:")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Arut Selatan").wait_for()
    tab_to(page, "Natai Raya:")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Natai Raya").wait_for()


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.address}/istilah", PHONE)
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    assert page.locator("details.menu").get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert page.locator("details.menu").get_attribute("open") is None
    page.keyboard.press("Enter")
    tab_to(page, "Tentang")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Tentang SIDARA").wait_for()


def test_the_first_tab_stop_leads_past_the_header(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.address}/wilayah/62.01")
    tab_to(page, "Langsung ke isi")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
