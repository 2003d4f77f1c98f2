"""Maps in a browser: the switch between shapes and hexagons, the large map by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.test_access import violations
from tests.serving import Site

COLOURS = """
() => {
  const seen = new Set();
  for (const canvas of document.querySelectorAll("#atlas canvas")) {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] === 255) seen.add([data[at], data[at + 1], data[at + 2]].join(","));
  }
  return [...seen];
}
"""
MANDIRI = "14,74,80"
KELURAHAN = "196,189,174"


def drawn(page: Page) -> Page:
    """Wait until the first tiles are there."""
    expect(page.locator("#atlas[data-drawn]")).to_be_visible()
    return page


def test_the_switch_leads_to_hexagons_and_stays_there_on_the_way_down(site: Site, open_page: Open) -> None:
    page = open_page(site.address)
    expect(page.locator("svg.peta--batas")).to_be_visible()
    page.get_by_role("link", name="Segi enam").click()
    expect(page.locator("svg.peta--batas")).to_have_count(0)
    page.locator('svg.peta a[aria-label^="Kapuas"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/wilayah/62.03?peta=heksagon")
    expect(page.locator("svg.peta--batas")).to_have_count(0)
    page.get_by_role("link", name="Batas wilayah").click()
    expect(page.locator("svg.peta--batas")).to_be_visible()


def test_a_shape_leads_down_to_the_village_by_keyboard(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.address}/wilayah/62.01.02")
    page.locator('svg.peta--batas a[aria-label^="Natai Raya"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desa/62.01.02.2016")
    expect(page.locator("svg.peta--batas .peta__ini")).to_have_count(1)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_small_place_is_opened_from_its_tile_by_keyboard(site: Site, open_page: Open, width: int) -> None:
    page = open_page(f"{site.address}/wilayah/62.03.09", width, bypass_csp=True)
    tile = page.locator(".ubin a").first
    box = tile.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    address = tile.get_attribute("href")
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_the_large_map_is_coloured_by_another_index(site: Site, open_page: Open) -> None:
    page = drawn(open_page(f"{site.address}/peta?di=62.03"))
    before = set(page.evaluate(COLOURS))
    page.get_by_role("link", name=re.compile("Indeks Desa")).first.click()
    page.wait_for_url("**/peta?di=62.03&indeks=indeks-desa")
    drawn(page)
    assert set(page.evaluate(COLOURS)) != before
    expect(page.get_by_role("list", name="Arti warna dan pola")).to_contain_text("Belum pasti")


def test_the_large_map_draws_classes_and_names_and_leads_to_the_village(site: Site, open_page: Open) -> None:
    page = drawn(open_page(f"{site.address}/peta"))
    colours = set(page.evaluate(COLOURS))
    assert {MANDIRI, KELURAHAN} <= colours
    expect(page.locator(".atlas__nama", has_text="Kapuas").first).to_be_visible()
    page.goto(f"{site.address}/peta?di=62.71.01")
    drawn(page)
    box = page.locator("#atlas").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    expect(page.locator("[data-kata]")).to_have_text(re.compile("Kelurahan, tidak dinilai"))
    name = str(page.locator("[data-kata]").text_content()).partition(":")[0]
    page.mouse.click(*middle)
    page.wait_for_url("**/desa/62.71.01.*")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_the_list_beside_it_does_the_same_by_keyboard(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.address}/peta", PHONE)
    for name in ("Kotawaringin Barat", "Arut Selatan", "Natai Raya"):
        page.get_by_role("link", name=name, exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    assert page.url.endswith("/desa/62.01.02.2016")


def test_the_map_is_moved_and_enlarged_by_keyboard(site: Site, open_page: Open) -> None:
    page = drawn(open_page(f"{site.address}/peta", DESK))
    scale = page.locator(".leaflet-control-scale-line")
    before = scale.text_content()
    page.locator("#atlas").focus()
    page.keyboard.press("+")
    expect(scale).not_to_have_text(str(before))


def test_without_script_the_list_leads_on(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.address}/peta", java_script_enabled=False)
    expect(page.get_by_text("memerlukan skrip")).to_be_visible()
    page.get_by_role("link", name="Kapuas", exact=True).click()
    expect(page).to_have_url(re.compile(r"di=62\.03$"))
