"""From a gap in Seruyan to a plan: activity, payer, twelve villages, an overlap closed, a usulan answered.

Villages, answers and plans are those of the demo (SIMULASI), written through the services of everybody.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from sidara.kernel.clock import local_date, now
from tests.browser.conftest import DESK
from tests.browser.people import Office
from tests.browser.test_access import violations
from tests.serving import DICTIONARY, REGIONS, made, served

YEAR = local_date(now()).year + 1
REGENCY, DISTRICTS = "62.07", ("62.07.01", "62.07.02")
VILLAGE = "62.07.01.9001"
ITEM, KIND = "I12.1", "JK-AIR-01"
OF_PROVINCE, OF_REGENCY = "1.03.03.1.01.0017", "1.03.03.2.01.0022"
TWELVE = 12
NAME = "Sumur bor dua belas desa"
TOGETHER = "KB-SERUYAN-1"
HERE = f"data=simulasi&tahun={YEAR}&wilayah={REGENCY}"
ALIGNED = f"himpunan=contoh&tahun={YEAR}&wilayah={REGENCY}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Seruyan's first two kecamatan with answers and plans, its planner, and people of one village."""
    home = tmp_path_factory.mktemp("seruyan")
    people = (f"perencana=perencana@{REGENCY}", f"operator=operator-desa@{VILLAGE}")
    planned = ("-m", "tests.planned", *DISTRICTS)
    made(home, REGIONS, ("-m", "tests.examples"), DICTIONARY, planned, ("-m", "tests.office", *people))
    states = dict(json.loads((home / "office.json").read_text("utf-8")))
    with served(home) as site:
        yield Office(site.address.replace("127.0.0.1", "localhost"), states)


@pytest.fixture
def planner(office: Office, browser: Browser) -> Iterator[Page]:
    context = office.context(browser, "perencana", viewport={"width": DESK, "height": 900})
    yield context.new_page()
    context.close()


def opened(page: Page, office: Office, path: str) -> Page:
    page.goto(f"{office.address}{path}")
    return page


def findings(page: Page, office: Office) -> list[str]:
    """The overlaps that stand open, by their address; after the checks ran again."""
    opened(page, office, f"/sinkronisasi?{ALIGNED}")
    with page.expect_navigation():
        page.get_by_role("button", name="Periksa sekarang").click()
    expect(page.get_by_text(re.compile("^Pemeriksaan terakhir"))).to_be_visible()
    opened(page, office, f"/sinkronisasi?{ALIGNED}&uji=SIN_S10")
    return [one.get_attribute("href") or "" for one in page.locator('a[href*="/sinkronisasi/temuan/"]').all()]


def test_a_gap_becomes_an_activity_and_its_overlap_is_closed(planner: Page, office: Office) -> None:
    # A gap found in Seruyan, the activities that close it, and the governments that may pay.
    page = opened(
        planner, office, f"/sasaran?data=simulasi&wilayah={REGENCY}&indeks=indeks-desa&butir={ITEM}"
    )
    expect(page.get_by_text("SIMULASI", exact=True).first).to_be_visible()
    opened(page, office, f"/sasaran/celah/{REGENCY}?data=simulasi&indeks=indeks-desa&buka={ITEM}")
    gap = page.locator("details[open]").filter(has_text=ITEM)
    expect(gap).to_contain_text(KIND)
    expect(gap).to_contain_text(OF_REGENCY)
    for level in ("Desa", "Kabupaten", "Provinsi", "Pusat"):
        expect(gap.locator("dt").filter(has_text=re.compile(level)).first).to_be_visible()
    assert violations(page) == []
    gap.locator(f'a[href*="jenis={KIND}"]').first.click()

    # An activity of the right government for twelve villages chosen on the map; its wrong code is refused.
    opened(page, office, f"/program/baru?{HERE}&jenis={KIND}&butir=indeks_desa:{ITEM}&peta={DISTRICTS[0]}")
    page.fill("#nama", NAME)
    page.fill("#pelaksana", "Dinas Pekerjaan Umum Seruyan")
    page.fill("#kode", OF_PROVINCE)
    page.select_option("#dana", "APBDK")
    page.fill("#anggaran", "1.200.000.000")
    page.get_by_label("pembangunan", exact=True).check()
    choose(page, TWELVE)
    expect(page.locator("[data-terpilih]")).to_have_text(str(TWELVE))
    page.get_by_role("button", name="Rencanakan").click()
    expect(page.locator("#kode-salah")).to_contain_text(OF_REGENCY)
    page.get_by_role("button", name=re.compile(OF_REGENCY)).first.click()
    page.get_by_role("button", name="Rencanakan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.locator("#desa")).to_contain_text(f"{TWELVE} desa sasaran")
    activity = page.url

    # Overlaps with other levels are found; one is explained.
    found = findings(page, office)
    assert found
    told = {one: opened(page, office, one).locator("main").inner_text() for one in found}
    own = [one for one, text in told.items() if NAME in text and "(provinsi)" in text]
    assert own, "the new activity doubles what the province plans"
    opened(page, office, own[0])
    page.fill(
        "#alasan", "Provinsi membiayai tandon, kabupaten pengeborannya; disepakati di forum perangkat daerah."
    )
    page.get_by_role("button", name="Simpan penjelasan").click()
    expect(page.locator("main")).to_contain_text("Dijelaskan")
    assert violations(page) == []

    # The activity is cancelled in favour of the other level: what doubled is solved, and closed.
    opened(page, office, activity.replace(office.address, ""))
    page.locator("summary").filter(has_text="Batalkan").click()
    page.fill("#alasan", "Desa-desa ini sudah dilayani provinsi.")
    page.get_by_role("button", name=re.compile("^Batalkan")).click()
    expect(page.get_by_text("Kegiatan ini dibatalkan")).to_be_visible()
    findings(page, office)
    for one in own:
        expect(opened(page, office, one).locator("p.lead")).to_contain_text("Selesai")


def choose(page: Page, count: int) -> None:
    """Tick villages on the map until so many are chosen; the next kecamatan where one has no more."""
    left = count
    for district in DISTRICTS:
        with page.expect_navigation():
            page.locator(f'button[name=peta][value="{district}"]').click()
        boxes = page.locator("input.heks")
        expect(boxes.first).to_be_visible()
        here = min(left, boxes.count())
        for number in range(here):
            boxes.nth(number).check()
        left -= here


def test_a_proposal_is_followed_from_the_meeting_to_the_plan(planner: Page, office: Office) -> None:
    page = opened(planner, office, f"/usulan?himpunan=contoh&wilayah={REGENCY}")
    links = [one.get_attribute("href") or "" for one in page.locator('a[href^="/usulan/"]').all()]
    ways = {
        path: opened(page, office, path).locator("main").inner_text()
        for path in links[:40]
        if re.fullmatch(r"/usulan/[0-9a-f-]{36}", path)
    }
    carried = [text for text in ways.values() if "Disepakati dalam musyawarah" in text and "RKP" in text]
    assert carried, "one proposal came from its meeting into the plan"


def test_the_sheet_for_the_meeting_is_a_paper_of_two_pages(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    with office.context(browser, "operator") as context:
        page = opened(context.new_page(), office, f"/desa/{VILLAGE}/untuk-desa-kami")
        expect(page.get_by_role("heading", level=1)).to_have_text("Untuk desa kami")
        link = page.get_by_role("link", name=re.compile("Lembar musdes"))
        paper_of = context.request.get(f"{office.address}{link.get_attribute('href')}")
        path = tmp_path / "lembar.pdf"
        path.write_bytes(paper_of.body())
    with pypdfium2.PdfDocument(path) as paper:
        assert len(paper) == 2
        text = " ".join(" ".join(one.get_textpage().get_text_bounded().split()) for one in paper)
        pictures = [one.render(scale=3).to_pil() for one in paper]
    assert "SIMULASI" in text
    assert "usulan" in text.casefold()
    codes = [one.text for picture in pictures for one in zxingcpp.read_barcodes(picture)]
    assert any(one.endswith(f"/desa/{VILLAGE}/untuk-desa-kami") for one in codes)
