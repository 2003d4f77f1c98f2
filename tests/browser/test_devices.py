"""A device is named, and revoked while its link is cut: told so, emptied, nothing lost; in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESK, PATIENCE, PHONE
from tests.browser.people import VILLAGE, Office, office_in
from tests.browser.test_access import violations
from tests.browser.test_accounts import log_in
from tests.browser.test_entry import all_sent, stored
from tests.browser.test_offline import ready
from tests.browser.test_pin import EVERYTHING, field, opened, set_pin, type_in
from tests.serving import REGIONS


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("devices"), REGIONS) as made_ready:
        yield made_ready


def entered(browser: Browser, office: Office, login: str, **options: object) -> tuple[BrowserContext, Page]:
    """Log in from a browser of its own: another device than all others."""
    context = browser.new_context(**options)  # type: ignore[arg-type]  # passed on
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{office.address}/masuk")
    log_in(page, login)
    page.get_by_role("heading", level=1, name="Tugas saya").wait_for()
    return context, page


def named(page: Page, name: str) -> None:
    page.get_by_text("Beri nama perangkat ini").click()
    page.get_by_label("Nama perangkat").fill(name)
    page.get_by_role("button", name="Simpan nama").click()
    page.get_by_text(f"Tercatat sebagai {name}.").wait_for()


def revoke(page: Page, office: Office, name: str, reason: str) -> None:
    page.goto(f"{office.address}/akun/perangkat")
    item = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))
    item.locator("summary", has_text="Cabut").click()
    item.get_by_label("Alasan").fill(reason)
    item.get_by_role("button", name="Cabut perangkat").click()
    page.get_by_text(f"Perangkat {name} sudah dicabut.").wait_for()


def lies_here(page: Page) -> str:
    return "\n".join(f"{where} {text}" for where, text in page.evaluate(EVERYTHING))


@pytest.mark.parametrize(
    ("login", "period", "sent", "unsent", "is_sealed"),
    [("operator", "2024-Q1", "4711", "8642", False), ("siti", "2024-Q2", "5822", "9753", True)],
    ids=["clear", "sealed"],
)
def test_a_device_revoked_without_a_link_is_told_emptied_and_loses_nothing(
    office: Office, browser: Browser, login: str, period: str, sent: str, unsent: str, is_sealed: bool
) -> None:
    context, tasks = entered(browser, office, login)
    named(tasks, "HP Bu Siti")
    if is_sealed:
        set_pin(tasks)
    ready(tasks)
    address = f"{office.address}/isi/KEP_TRIWULAN/{VILLAGE}/{period}"
    form = context.new_page()
    form.goto(address)
    if is_sealed:
        opened(form)
    form.locator("#isian[data-siap]").wait_for()
    field(form, 0).fill(sent)
    field(form, 0).blur()
    all_sent(form)
    context.set_offline(True)
    type_in(form, 1, unsent, 1)
    if not is_sealed:
        assert sent in lies_here(form)
    _, desk = entered(browser, office, login)
    revoke(desk, office, "HP Bu Siti", "HP hilang di pasar")
    context.set_offline(False)
    form.get_by_role("heading", name="Perangkat ini sudah dicabut").wait_for()
    form.get_by_text("HP hilang di pasar").wait_for()
    said = "Halaman dan formulir di perangkat ini sudah dihapus. 1 isian belum terkirim tetap tersimpan"
    expect(form.locator("#dicabut [role=status]")).to_contain_text(said, timeout=PATIENCE)
    form.locator("#dicabut[data-siap]").wait_for()
    tasks.get_by_role("heading", name="Perangkat ini sudah dicabut").wait_for()
    tasks.locator("#dicabut[data-siap]").wait_for()
    left = lies_here(form)
    assert "cache" not in left, "pages and bundles are taken off"
    assert sent not in left, "what was sent is taken off"
    assert (unsent in left) != is_sealed, "what was not sent stays, sealed where a PIN is set"
    assert unsent not in [one[1] for one in stored(desk, address).values()]
    desk.reload()
    desk.get_by_text("1 isian belum terkirim masih di sana").wait_for()
    log_in(form, login)
    if is_sealed:
        opened(form)
    form.locator("#isian[data-siap]").wait_for()
    all_sent(form)
    assert unsent in [one[1] for one in stored(desk, address).values()]
    form.goto(f"{office.address}/akun/perangkat")
    form.get_by_role("heading", name="Perangkat yang dicabut").wait_for()
    expect(form.get_by_text("Perangkat ini", exact=True)).to_have_count(1)
    desk.context.close()
    context.close()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_on_the_pages_of_devices(office: Office, browser: Browser, width: int) -> None:
    context, page = entered(browser, office, "operator", viewport={"width": width, "height": 800})
    long = f"Laptop kantor desa {width} " + "di ruang pelayanan bersama"
    named(page, long)
    assert violations(page) == []
    page.goto(f"{office.address}/akun/perangkat")
    for one in page.locator("main summary").all():
        one.click()
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    revoke(page, office, long, "dijual")
    page.get_by_role("heading", name="Perangkat ini sudah dicabut").wait_for()
    page.locator("#dicabut[data-siap]").wait_for()
    assert violations(page) == []
    context.close()
