"""Twelve villages chosen on hexagons: by keyboard at a desk, by tapping on a phone, without script."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.people import Office
from tests.browser.test_access import violations
from tests.serving import DICTIONARY, REGIONS, made, served

NEW = "/program/baru?data=simulasi&tahun=2027&jenis=JK-TKD-11&wilayah=62.07"
RIGHT, WRONG = "2.13.04.2.01.0005", "2.13.04.1.01.0010"
TWELVE = 12
A_WHILE = 500
"""Milliseconds in which a second question would have gone out."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A served SIDARA with example villages and planners of Seruyan, a phone and a desk each their own."""
    home = tmp_path_factory.mktemp("planners")
    people = ("meja=perencana@62.07", "telepon=perencana@62.07", "polos=perencana@62.07")
    made(home, REGIONS, ("-m", "tests.examples"), DICTIONARY, ("-m", "tests.office", *people))
    states = dict(json.loads((home / "office.json").read_text("utf-8")))
    with served(home) as site:
        yield Office(site.address.replace("127.0.0.1", "localhost"), states)


def opened(office: Office, browser: Browser, login: str, width: int, **options: object) -> Page:
    context = office.context(browser, login, viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    page.goto(f"{office.address}{NEW}")
    return page


def fill(page: Page, code: str) -> None:
    page.fill("#nama", "Pelatihan perangkat desa")
    page.fill("#pelaksana", "Dinas PMD")
    page.fill("#kode", code)
    page.select_option("#dana", "APBDK")
    page.fill("#anggaran", "250.000.000")


def test_by_keyboard_at_a_desk_a_wrong_code_refused_and_the_right_one_taken(
    office: Office, browser: Browser
) -> None:
    page = opened(office, browser, "meja", DESK)
    assert violations(page) == []
    fill(page, WRONG)
    boxes = page.locator("input.heks")
    assert boxes.count() > 90
    boxes.first.focus()
    for _ in range(TWELVE):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    expect(page.locator("[data-terpilih]")).to_have_text(str(TWELVE))
    here = page.evaluate("document.activeElement.value")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") != here
    page.get_by_role("button", name="Rencanakan").click()
    expect(page.locator("#kode-salah")).to_contain_text(RIGHT)
    expect(page.locator("input.heks:checked")).to_have_count(TWELVE)
    page.get_by_role("button", name=re.compile(RIGHT)).first.click()
    expect(page.locator("#kode")).to_have_value(RIGHT)
    page.get_by_role("button", name="Rencanakan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pelatihan perangkat desa")
    expect(page.locator("#desa")).to_contain_text("12 desa sasaran")
    expect(page.get_by_text("SIMULASI", exact=True).first).to_be_visible()
    assert violations(page) == []
    page.context.close()


def test_by_tapping_on_a_phone(office: Office, browser: Browser) -> None:
    page = opened(office, browser, "telepon", PHONE, has_touch=True)
    fill(page, RIGHT)
    boxes = page.locator("input.heks")
    size = boxes.first.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 20
    page.get_by_role("button", name="Hanau").click()
    boxes = page.locator("input.heks")
    expect(boxes.first).to_be_visible()
    large = boxes.first.bounding_box()
    assert large is not None
    assert min(large["width"], large["height"]) >= 24, "a kecamatan has targets large enough for a finger"
    for number in range(3):
        boxes.nth(number).tap()
    expect(page.locator("[data-terpilih]")).to_have_text("3")
    boxes.nth(0).tap()
    expect(page.locator("[data-terpilih]")).to_have_text("2")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.get_by_role("button", name="Simpan rancangan").click()
    expect(page.locator("#desa")).to_contain_text("2 desa sasaran")
    page.context.close()


def test_without_script_the_map_and_its_buttons_work(office: Office, browser: Browser) -> None:
    page = opened(office, browser, "polos", DESK, java_script_enabled=False)
    fill(page, RIGHT)
    boxes = page.locator("input.heks")
    boxes.nth(0).check()
    boxes.nth(5).check()
    page.get_by_role("button", name="Hanau").click()
    expect(page.locator("#nama")).to_have_value("Pelatihan perangkat desa")
    page.get_by_role("button", name="Rencanakan").click()
    expect(page.locator("#desa")).to_contain_text("2 desa sasaran")
    page.context.close()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_who_waits_for_a_plan_is_told_so_and_asks_once(office: Office, browser: Browser, width: int) -> None:
    page = opened(office, browser, "meja", width)
    page.goto(f"{office.address}/sasaran/anggaran?wilayah=62.07")
    asked: list[str] = []

    def unanswered(route: Route) -> None:
        """Answer without a page, so that the reader stays where he waits."""
        asked.append(route.request.url)
        route.fulfill(status=204)

    page.route("**/sasaran/anggaran?*", unanswered)
    page.get_by_label(re.compile("^Pagu")).fill("12")
    button, told = page.get_by_role("button", name="Cari rencana terbaik"), page.locator("[data-menunggu]")
    expect(told).to_be_empty()
    button.click()
    expect(told).to_have_text(re.compile(r"^Sedang dikerjakan\. .+ selesai\. [1-9]\d* detik$"))
    button.click()
    page.wait_for_timeout(A_WHILE)
    assert len(asked) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.unroute("**/sasaran/anggaran?*")
    page.get_by_label(re.compile("^Pagu")).fill("13")
    with page.expect_navigation():
        button.click()
    expect(page).to_have_url(re.compile("pagu=13"))
    expect(told).to_be_empty()
    page.context.close()
