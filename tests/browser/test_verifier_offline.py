"""A verifier without a link: takes the queue along, decides, is killed at each step; all arrives once."""

import json
import os
import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import DESK, PATIENCE, PHONE, SLOWEST
from tests.browser.people import open_windows, with_profile
from tests.browser.test_access import violations
from tests.browser.test_offline import IS_CONTROLLED
from tests.browser.test_offline_story import kill
from tests.browser.test_pin import at_gate, lying, set_pin
from tests.browser.test_pin import opened as unlocked
from tests.serving import DICTIONARY, REGIONS, free_port, made, served, workers
from tests.waiting import FORM, PERIOD

VILLAGES = ("62.01.02.2016", "62.01.02.2017", "62.01.02.2018")
PEOPLE = ("adi=verifikator-kecamatan@62.01.02", "budi=verifikator-kecamatan@62.01.02")
EVENTS = """
    SELECT r.code, e.act, e.reason, count(l.sequence) FROM verification_event e
    JOIN collection_submission s ON s.uid = e.submission_id JOIN regions_region r ON r.id = s.region_id
    LEFT JOIN verification_celllevel l ON l.event_id = e.sequence AND l.variable <> '*'
        AND (e.act = 'accept' OR l.reason <> '')
    WHERE e.step = 'district' GROUP BY e.sequence ORDER BY e.sequence
"""


def page_of(village: str) -> str:
    return f"/periksa/{FORM}/{village}/{PERIOD}?langkah=district"


@dataclass
class Office:
    """A kecamatan whose server can be killed, and started again on its port."""

    home: Path
    states: dict[str, dict]
    port: int
    stack: ExitStack = field(default_factory=ExitStack)
    process: int = 0

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def serve(self) -> None:
        self.process = self.stack.enter_context(served(self.home, port=self.port)).process

    def kill(self) -> None:
        """Kill the server and all that answers for it."""
        for one in (*workers(self.process), self.process):
            os.kill(one, signal.SIGKILL)

    def events(self, *, with_link: int = 0) -> list[tuple[str, str, int]]:
        """What the kecamatan did, in order: village, act, how many cells; all but some say that it waited."""
        with closing(sqlite3.connect(self.home / "records.sqlite3")) as records:
            rows = records.execute(EVENTS).fetchall()
        assert sum(not reason.startswith("diputuskan di perangkat") for _, _, reason, _ in rows) == with_link
        return [(village, act, cells) for village, act, _, cells in rows]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    home = made(
        tmp_path / "home",
        REGIONS,
        DICTIONARY,
        open_windows("SEMESTERAN"),
        ("-m", "tests.waiting", *VILLAGES),
        ("-m", "tests.office", *PEOPLE),
    )
    states = dict(json.loads((home / "office.json").read_text("utf-8")))
    with ExitStack() as stack:
        one = Office(home, states, free_port(), stack)
        one.serve()
        yield one


def taken_along(context: BrowserContext, office: Office) -> Page:
    """Open the queue and bring it onto the device."""
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{office.address}/periksa")
    page.wait_for_function(IS_CONTROLLED)
    page.get_by_role("button", name="Bawa antrean ini ke perangkat").click()
    expect(page.locator("#antrean-perangkat")).to_contain_text(
        "Dapat diperiksa tanpa sambungan: 3 dari 3 kiriman", timeout=PATIENCE
    )
    return page


def opened(page: Page, office: Office, village: str) -> None:
    page.goto(f"{office.address}{page_of(village)}")
    page.locator("html[data-siap]").wait_for()


def give_back(page: Page, office: Office, village: str) -> None:
    """Return the cell that is not known."""
    opened(page, office, village)
    page.get_by_label("Pesan untuk operator").fill("Tanyakan kepada ketua RT dusun seberang.")
    page.locator('input[value="|KEP_008|_T"]').check()
    page.get_by_role("button", name="Kembalikan yang dicentang").click()
    expect(page.locator("#putusan")).to_contain_text("Kembalikan 1 isian: menunggu dikirim")


def accept_quiet(page: Page, office: Office, village: str) -> None:
    opened(page, office, village)
    page.get_by_role("button", name="Terima 4 isian yang tenang").click()
    expect(page.locator("#putusan")).to_contain_text("Terima 4 isian: menunggu dikirim")


def all_decided(page: Page, office: Office) -> None:
    """Decide about each village: four acts; one is taken back."""
    accept_quiet(page, office, VILLAGES[0])
    give_back(page, office, VILLAGES[0])
    accept_quiet(page, office, VILLAGES[1])
    page.get_by_role("button", name="Batalkan keputusan ini").click()
    expect(page.locator("#putusan")).not_to_contain_text("menunggu dikirim")
    accept_quiet(page, office, VILLAGES[1])
    opened(page, office, VILLAGES[2])
    page.get_by_label("Pesan untuk operator").fill("Formulir ini milik desa lain.")
    page.get_by_role("button", name="Kembalikan seluruh formulir").click()
    expect(page.locator("#putusan")).to_contain_text("Kembalikan seluruh formulir: menunggu dikirim")


DECIDED = [
    (VILLAGES[0], "accept", 4),
    (VILLAGES[0], "return", 1),
    (VILLAGES[1], "accept", 4),
    (VILLAGES[2], "return", 0),
]


def test_what_was_decided_without_a_link_arrives_once_in_its_order(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "profil"
    context = with_profile(browser, folder, office.states["adi"])
    page = taken_along(context, office)
    context.set_offline(True)
    all_decided(page, office)
    kill(page, folder)
    context = with_profile(browser, folder, office.states["adi"])
    context.set_default_timeout(PATIENCE)
    context.set_offline(True)
    page = context.new_page()
    page.goto(f"{office.address}/periksa")
    expect(page.locator("#antrean-perangkat")).to_contain_text("4 keputusan di perangkat ini belum terkirim")
    opened(page, office, VILLAGES[0])
    expect(page.locator("#putusan")).to_contain_text("Terima 4 isian: menunggu dikirim")
    expect(page.locator("form[data-putusan] input[name=sel]:enabled")).to_have_count(0)
    assert office.events() == []

    # Four answers are lost: the server is killed before it is asked, or after it answered, or it lives on.
    lost: list[str] = []

    def lose(route: Route) -> None:
        number = len(lost) + 1
        if number == 1:
            office.kill()
        else:
            route.fetch()
        if number == 3:
            office.kill()
        lost.append(route.request.url)
        route.abort("connectionreset")

    context.route("**/antrean", lose, times=4)
    page.goto(f"{office.address}/periksa")
    for served_anew in (True, False, True, False):
        at = len(lost)
        with page.expect_event("requestfailed", lambda asked: asked.url.endswith("/antrean")):
            context.set_offline(False)
        assert len(lost) == at + 1
        context.set_offline(True)
        if served_anew:
            office.serve()
    context.set_offline(False)
    page.reload()
    for _ in range(SLOWEST // 50):
        if len(office.events()) == len(DECIDED):
            break
        page.wait_for_timeout(50)
    assert office.events() == DECIDED
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 kiriman menunggu Anda")
    assert office.events() == DECIDED
    context.close()


def test_what_moved_meanwhile_is_told_and_not_decided(office: Office, browser: Browser) -> None:
    mine, theirs = (browser.new_context(storage_state=office.states[one]) for one in ("adi", "budi"))
    page = taken_along(mine, office)
    mine.set_offline(True)
    all_decided(page, office)
    other = theirs.new_page()
    opened(other, office, VILLAGES[1])
    other.get_by_role("button", name="Terima 4 isian yang tenang").click()
    other.get_by_text("Tidak ada isian").or_(other.get_by_text("1 isian perlu Anda lihat")).first.wait_for()
    page.goto(f"{office.address}/periksa")
    mine.set_offline(False)
    told = page.locator("#antrean-perangkat")
    expect(told).to_contain_text("Belum dapat dilakukan", timeout=PATIENCE)
    expect(told).to_contain_text("4 sel tidak sedang menunggu kecamatan.")
    expect(told).to_contain_text("3 keputusan terkirim")
    assert len(office.events(with_link=1)) == len(DECIDED), "three of his, one of the other"
    told.get_by_role("link", name=re.compile("^Buka ")).click()
    page.locator("html[data-siap]").wait_for()
    expect(page.locator("#putusan")).to_contain_text("Keputusan ini tidak dijalankan.")
    expect(page.locator("form[data-putusan] input[name=sel]:enabled")).to_have_count(1)
    page.get_by_role("button", name="Tutup pemberitahuan ini").click()
    expect(page.locator("#putusan")).not_to_contain_text("Keputusan ini tidak dijalankan.")
    mine.close()
    theirs.close()


def test_another_account_on_the_device_sends_nothing_of_it(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    context = with_profile(browser, tmp_path / "profil", office.states["adi"])
    page = taken_along(context, office)
    context.set_offline(True)
    accept_quiet(page, office, VILLAGES[0])
    context.clear_cookies()
    context.add_cookies(office.states["budi"]["cookies"])
    context.set_offline(False)
    page.goto(f"{office.address}/periksa")
    told = page.locator("#antrean-perangkat")
    expect(told).to_contain_text("1 keputusan dari Contoh Adi belum terkirim", timeout=PATIENCE)
    expect(told).to_contain_text("Hanya Contoh Adi yang dapat mengirimnya")
    opened(page, office, VILLAGES[0])
    expect(page.locator("#putusan")).not_to_contain_text("menunggu dikirim")
    assert office.events() == []
    context.clear_cookies()
    context.add_cookies(office.states["adi"]["cookies"])
    page.goto(f"{office.address}/periksa")
    expect(told).to_contain_text("1 keputusan terkirim", timeout=PATIENCE)
    assert office.events() == DECIDED[:1]
    context.close()


def test_under_a_pin_queue_and_decisions_lie_sealed(office: Office, browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "profil"
    context = with_profile(browser, folder, office.states["adi"])
    page = taken_along(context, office)
    assert lying(page, "dusun seberang.") == {"cache"}, "else looking finds nothing"
    set_pin(page)
    context.set_offline(True)
    give_back(page, office, VILLAGES[0])
    assert lying(page, "dusun seberang.") == set()
    kill(page, folder)
    context = with_profile(browser, folder, office.states["adi"])
    context.set_default_timeout(PATIENCE)
    context.set_offline(True)
    page = context.new_page()
    page.goto(f"{office.address}{page_of(VILLAGES[0])}")
    at_gate(page)
    expect(page.locator("#putusan")).to_have_count(0)
    unlocked(page)
    expect(page.locator("#putusan")).to_contain_text("Kembalikan 1 isian: menunggu dikirim")
    page.goto(f"{office.address}/periksa")
    context.set_offline(False)
    expect(page.locator("#antrean-perangkat")).to_contain_text("1 keputusan terkirim", timeout=PATIENCE)
    assert office.events() == [DECIDED[1]]
    context.close()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_pages_without_a_link_are_those_with_one(office: Office, browser: Browser, width: int) -> None:
    context = browser.new_context(
        storage_state=office.states["adi"], viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page = taken_along(context, office)
    opened(page, office, VILLAGES[0])
    online = page.locator("main > .container").inner_text()
    assert violations(page) == []
    context.set_offline(True)
    opened(page, office, VILLAGES[0])
    expect(page.locator("#putusan")).to_contain_text("Tidak ada sambungan")
    offline = page.locator("main > .container").inner_text()
    for line in ("4 dari 5 isian tenang", "Belum didata dusun seberang.", "Kembalikan yang dicentang"):
        assert line in online, line
        assert line in offline, line
    accept_quiet(page, office, VILLAGES[0])
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Antrean").first.click()
    expect(page.locator("#antrean-perangkat")).to_contain_text("1 keputusan di perangkat ini belum terkirim")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{office.address}/periksa/KEU_TRIWULAN/{VILLAGES[0]}/2020-Q1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("belum dibawa ke perangkat")
    context.close()
