"""Sending without a link in a real browser: decided on the device, carried out once when the link comes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sidara.kernel.clock import local_date, now
from sidara.kernel.period import Frequency, containing
from tests.browser.conftest import DESK, PATIENCE, PHONE, Open
from tests.browser.people import VILLAGE, Office, office_in, open_windows, with_profile
from tests.browser.test_access import violations
from tests.browser.test_entry import form_page, stored
from tests.browser.test_offline import ready
from tests.browser.test_sending import FORM, GOOD, PAGE, level
from tests.serving import DICTIONARY, REGIONS

WAITS = "Menunggu dikirim"
SEND = "Kirim untuk disahkan"
UNBOUND = f"/isi/KES_BULANAN/{VILLAGE}/{containing(Frequency.MONTH, local_date(now())).preceding}"
"""A form in which nothing must be filled in."""


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    home = tmp_path_factory.mktemp("queue")
    with office_in(home, REGIONS, DICTIONARY, open_windows("SEMESTERAN")) as made_ready:
        yield made_ready


def filled(page: Page, office: Office) -> None:
    """Fill the form in, without a link."""
    page.goto(f"{office.address}/tugas")
    ready(page)
    page.context.set_offline(True)
    page.goto(f"{office.address}{FORM}")
    page.locator("#isian[data-siap]").wait_for()
    for code, text in GOOD.items():
        field = page.locator(f'input[id*="{code}"]').first
        field.fill(text)
        field.blur()
    expect(page.locator(".palang [role=status]")).to_have_text(f"{len(GOOD)} isian di perangkat ini")


def look_over(page: Page) -> None:
    """Go to the last section, and look the form over."""
    page.locator(".hanya-l .bab a").last.click()
    page.locator(".kaki-aksi").get_by_role("link", name="Periksa dan kirim").click()
    page.get_by_role("heading", level=1, name="Periksa dan kirim").wait_for()


def events(page: Page, office: Office) -> int:
    """How often the form was sent, as its history tells."""
    page.goto(f"{office.address}{PAGE}")
    return (
        page.locator("section[aria-labelledby=riwayat] li").filter(has_text="diputuskan di perangkat").count()
    )


def test_what_was_decided_without_a_link_is_sent_once(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "profil"
    context = with_profile(browser, folder, office.states["operator"])
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    filled(page, office)
    look_over(page)
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("heading", name=WAITS).wait_for()
    page.get_by_role("button", name="Batalkan pengiriman").click()
    expect(page.get_by_role("heading", name=WAITS)).to_have_count(0)
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("heading", name=WAITS).wait_for()
    page.goto(f"{office.address}{FORM}#bagian-1")
    page.locator("#isian[data-siap]").wait_for()
    expect(page.locator("#isian input:enabled"), "what waits to be sent is locked").to_have_count(0)
    context.close()

    context = with_profile(browser, folder, office.states["operator"])
    context.set_default_timeout(PATIENCE)
    context.set_offline(True)
    page = context.new_page()
    page.goto(f"{office.address}{PAGE}")
    page.get_by_role("heading", level=1, name="Periksa dan kirim").wait_for()
    expect(page.get_by_role("heading", name=WAITS)).to_be_visible()
    page.goto(f"{office.address}/tugas")
    row = page.locator(f'[data-formulir="{FORM}"]')
    expect(row).to_contain_text(WAITS)
    go_on = page.locator(f'[data-lanjut="{FORM}"]')
    expect(row.locator("[data-peladen]")).to_be_hidden()
    expect(go_on).to_be_hidden()
    context.set_offline(False)
    expect(row).to_contain_text("Formulir sudah terkirim", timeout=PATIENCE)
    expect(row.locator("[data-peladen]")).to_be_hidden()
    expect(go_on).to_be_hidden()
    assert events(page, office) == 1
    assert level(page) == "terkirim, menunggu pengesahan kepala desa"
    assert {key[0]: cell[1] for key, cell in stored(page, f"{office.address}{FORM}").items()} == GOOD
    page.goto(f"{office.address}/tugas")
    ready(page)
    assert events(page, office) == 1
    context.close()


def decided(office: Office, browser: Browser) -> tuple[BrowserContext, Page]:
    """Fill the form in, look it over and send it, all without a link: the act waits."""
    context = office.context(browser)
    page = context.new_page()
    filled(page, office)
    look_over(page)
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("heading", name=WAITS).wait_for()
    return context, page


def test_an_answer_that_got_lost_sends_nothing_twice(office: Office, browser: Browser) -> None:
    context, page = decided(office, browser)
    lost: list[int] = []

    def lose(route) -> None:  # type: ignore[no-untyped-def]  # playwright's route
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    context.route("**/antrean", lose, times=1)
    context.set_offline(False)
    page.get_by_text("Pengiriman sudah dimulai").wait_for()
    assert lost == [200]
    expect(page.get_by_role("button", name="Batalkan pengiriman"), "it may have arrived").to_have_count(0)
    page.reload()
    page.get_by_role("heading", name="Formulir sudah terkirim").wait_for()
    assert events(page, office) == 1
    context.close()


def test_a_refusal_says_why_and_loses_nothing(office: Office, browser: Browser) -> None:
    context, page = decided(office, browser)
    other = office.context(browser, "pendamping")
    theirs = form_page(other, f"{office.address}{FORM}")
    cell = theirs.locator('input[id*="KEP_006"]').first
    with theirs.expect_response("**/simpan"):
        cell.fill("5")
        cell.blur()
    other.close()
    page.goto(f"{office.address}/tugas")
    context.set_offline(False)
    page.get_by_role("heading", name="Belum dapat dikirim").wait_for()
    expect(page.locator("#perangkat")).to_contain_text("Isian di peladen berbeda dari yang Anda periksa.")
    page.get_by_role("link", name="Periksa lagi").click()
    page.get_by_role("heading", level=1, name="Periksa dan kirim").wait_for()
    expect(page.locator("#isian")).to_contain_text("Isian di peladen berbeda dari yang Anda periksa.")
    held = {key[0]: cell[1] for key, cell in stored(page, f"{office.address}{FORM}").items()}
    assert held == GOOD | {"KEP_006": "5"}
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("heading", name="Formulir sudah terkirim").wait_for()
    assert events(page, office) == 1
    context.close()


def test_a_form_that_nobody_began_is_not_ready(office: Office, browser: Browser) -> None:
    """One without anything that must be filled in: what holds sending back is that nobody did anything."""
    context = office.context(browser)
    page = context.new_page()
    page.goto(f"{office.address}{UNBOUND}#periksa")
    page.get_by_role("heading", level=1, name="Periksa dan kirim").wait_for()
    expect(page.locator("#isian")).to_contain_text("Formulir ini belum diisi.")
    expect(page.get_by_role("button", name=SEND)).to_have_count(0)
    page.goto(f"{office.address}{UNBOUND}")
    page.locator("#isian[data-siap]").wait_for()
    cell = page.locator("#isian .isian input.form-control").first
    with page.expect_response("**/simpan"):
        cell.fill("3")
        cell.blur()
    page.get_by_role("link", name="Periksa dan kirim").last.click()
    page.get_by_role("button", name=SEND).wait_for()
    context.close()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_while_a_form_is_looked_over(office: Office, open_page: Open, width: int) -> None:
    page = open_page(
        f"{office.address}/tugas", width, bypass_csp=True, storage_state=office.states["operator"]
    )
    ready(page)
    page.goto(f"{office.address}{FORM}#periksa")
    page.locator("#isian[data-siap]").wait_for()
    expect(page.get_by_role("heading", name="Yang kurang (4)")).to_be_visible()
    expect(page.get_by_role("button", name=SEND), "what holds it back comes first").to_have_count(0)
    assert violations(page) == []
    page.get_by_role("link").filter(has_text="belum diisi").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bagian 1")
    assert page.evaluate("document.activeElement.matches('input')")
    for code, text in GOOD.items():
        field = page.locator(f'input[id*="{code}"]').first
        field.fill(text)
        field.blur()
    page.goto(f"{office.address}{FORM}#periksa")
    page.get_by_role("button", name=SEND).wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
