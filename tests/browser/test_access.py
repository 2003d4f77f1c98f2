"""Every page at both widths: axe finds nothing, nothing is wider than the screen; no script is needed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Open
from tests.serving import Site

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    "/",
    "/cari",
    "/cari?q=tumbang",
    "/cari?q=qqqqqqqqqq",
    "/wilayah/62.01",
    "/wilayah/62.03?urut=idm",
    "/wilayah/62.71",
    "/wilayah/62.01.02",
    "/desa/62.01.02.2016",
    "/desa/62.01.02.2016/untuk-desa-kami",
    "/desa/62.13.06.2003",
    "/desa/62.01.02.1005",
    "/desa/62.07.02.2008",
    "/?indeks=indeks-desa",
    "/wilayah/62.07?indeks=indeks-desa",
    "/wilayah/62.07.02?indeks=indeks-desa",
    "/?peta=heksagon",
    "/peta",
    "/peta?di=62.01.02",
    "/kamus",
    "/kamus?q=stunting&bidang=KES",
    "/kamus?q=xyzzy",
    "/kamus/KES_028",
    "/kamus/KEU_001",
    "/kamus/peta",
    "/kamus/satu-data",
    "/kalender?tahun=2026",
    "/nomenklatur?q=2.13.04.1.01.0010&pemerintah=kabupaten_kota&tahun=2027",
    "/jenis-kegiatan/JK-AIR-01",
    "/formulir",
    "/formulir/PEM_TAHUNAN",
    "/istilah",
    "/tentang",
    "/api",
]


RUN = """
async () => {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await axe.run(document, { runOnly: rules });
  return violations.map(({ id, nodes }) =>
    `${id}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
}
"""


def violations(page: Page) -> list[str]:
    """What axe finds with every fold opened (the menu excepted), once the page is there."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(part => { part.open = true })")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RUN)
    return list(found)


def judge(page: Page, width: int) -> None:
    assert violations(page) == [], width
    assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def judge_on_both(page: Page) -> None:
    """Judge a page that was opened on a desk, and again as a phone opens it."""
    judge(page, DESK)
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.reload()
    judge(page, PHONE)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(site: Site, open_page: Open, path: str) -> None:
    judge_on_both(open_page(f"{site.address}{path}", bypass_csp=True))


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_page_of_a_fault_is_as_accessible(site: Site, open_page: Open, width: int) -> None:
    page = open_page(f"{site.address}/tentang", width, bypass_csp=True)
    page.set_content(site.get("/nihil").text.replace("/static/", f"{site.address}/static/"))
    judge(page, width)


@pytest.mark.parametrize("path", ["/", "/wilayah/62.01", "/desa/62.01.02.2016"])
def test_simulated_pages_are_as_accessible(simulated: Site, open_page: Open, path: str) -> None:
    page = open_page(f"{simulated.address}{path}", bypass_csp=True)
    is_told = page.get_by_text("SIMULASI", exact=True).first
    expect(is_told).to_be_visible()
    judge_on_both(page)
    expect(is_told).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/wilayah/62.03?urut=idm", "/desa/62.01.02.2016"])
def test_nothing_scrolls_sideways_in_between(site: Site, open_page: Open, path: str) -> None:
    page = open_page(f"{site.address}{path}")
    for width in (320, 768, 1000, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_the_pages_work_without_script(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.address}/", PHONE, java_script_enabled=False)
    page.get_by_label("Cari desa atau kelurahan").fill("natay raya")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Natai Raya").first.click()
    page.get_by_text("Ketersediaan pusat keterampilan/kursus").first.click()
    expect(page.get_by_text("Pengadaan Tempat Kursus/Pelatihan").first).to_be_visible()


def test_the_map_of_the_province_has_one_tab_stop_a_kabupaten(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.address}/")
    links = page.locator("svg.peta a")
    expect(links).to_have_count(14)
    assert all(links.nth(place).get_attribute("aria-label") for place in range(14))


def test_paper_shows_what_the_screen_folds(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.address}/desa/62.01.02.2016")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.get_by_text("Pengadaan Tempat Kursus/Pelatihan").first).to_be_visible()
    expect(page.get_by_role("search")).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("details:not(.menu)[open]")).to_have_count(1)
