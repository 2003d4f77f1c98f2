"""The switch of the language, by keyboard, at both widths; English pages are as accessible as the others."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.test_access import violations
from tests.serving import Site

VILLAGE = "/desa/62.01.02.2016"
PAGES = [
    "/en/",
    "/en/cari?q=tumbang",
    "/en/wilayah/62.07?indeks=indeks-desa",
    "/en/wilayah/62.01.02",
    f"/en{VILLAGE}",
    f"/en{VILLAGE}/riwayat",
    f"/en{VILLAGE}/andai?indeks=idm&S02=0",
    "/en/desa/62.07.01.2009/jalur?indeks=idm",
    "/en/wilayah/62.07.02/jalur?indeks=indeks-desa&anggaran=20&ambang=1",
    "/en/peta",
    "/en/istilah",
    "/en/tentang",
    "/en/api",
]


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_english_and_nothing_scrolls_sideways(
    site: Site, open_page: Open, path: str, width: int
) -> None:
    page = open_page(f"{site.address}{path}", width, bypass_csp=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def press_link(page: Page, name: str) -> None:
    """Go by Tab to a link and follow it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way by Tab to {name}")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_switch_is_reached_by_keyboard_and_keeps_the_page(
    site: Site, open_page: Open, width: int
) -> None:
    page = open_page(f"{site.address}{VILLAGE}/andai?indeks=idm&S02=0", width)
    drawing = page.locator(".gambar__svg:visible").first
    assert re.search(r"0,\d{4}", page.locator("main").inner_text())
    assert re.search(r"0,\d{4}", drawing.inner_html())
    if width == PHONE:
        page.locator("details.menu summary").focus()
        page.keyboard.press("Enter")
    press_link(page, "English")
    expect(page).to_have_url(f"{site.address}/en{VILLAGE}/andai?indeks=idm&S02=0")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    text = page.locator("main").inner_text()
    assert re.search(r"0\.\d{4}", text)
    assert not re.search(r"\d,\d{4}", text)
    assert re.search(r"0\.\d{4}", page.locator(".gambar__svg:visible").first.inner_html())
    assert re.search(
        r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October"
        r"|November|December) \d{4}",
        text,
    )
    if width == PHONE:
        page.locator("details.menu summary").focus()
        page.keyboard.press("Enter")
    press_link(page, "Bahasa Indonesia")
    expect(page).to_have_url(f"{site.address}{VILLAGE}/andai?indeks=idm&S02=0")


def test_what_is_asked_while_filling_answers_in_english(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.address}/en{VILLAGE}/andai?indeks=idm")
    page.evaluate("document.querySelectorAll('form.andai details').forEach(part => { part.open = true })")
    page.locator("select[name=S02]").select_option("0")
    expect(page.locator("[data-hasil] h2").first).to_contain_text("Village Development Index")
    assert "/en/" in page.url


def test_candidates_and_counts_speak_english(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.address}/en/")
    expect(page.locator("main")).to_contain_text("1,432")
    page.locator("#q").type("natai raya")
    expect(page.locator("[data-calon] a").first).to_contain_text("Village")
    assert (page.locator("[data-calon] a").first.get_attribute("href") or "").startswith("/en/desa/")
