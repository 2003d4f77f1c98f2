"""A PIN on a device in a real browser: nothing lies in the clear under it, nothing is lost by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESK, PATIENCE, PHONE, Open
from tests.browser.people import VILLAGE, Office, office_in, with_profile
from tests.browser.test_access import violations
from tests.browser.test_accounts import log_in
from tests.browser.test_entry import all_sent, form_page, stored
from tests.browser.test_offline import DRAFTS, draft, ready
from tests.serving import REGIONS

PIN, OTHER = "620102", "135790"
FORM = f"/isi/KEP_TRIWULAN/{VILLAGE}/"
GATE = "Buka dengan PIN"
EVERYTHING = """
async () => {
  const done = (ask) => new Promise((take, fail) => {
    ask.onsuccess = () => take(ask.result);
    ask.onerror = () => fail(ask.error);
  });
  const latin = new TextDecoder("latin1");
  const plain = (_, one) => (ArrayBuffer.isView(one) ? latin.decode(one) : one);
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const base = await done(indexedDB.open(name));
    for (const store of base.objectStoreNames)
      for (const one of await done(base.transaction(store).objectStore(store).getAll()))
        found.push([`${name}/${store}`, JSON.stringify(one, plain)]);
    base.close();
  }
  const pages = await caches.open("sidara-halaman");
  for (const request of await pages.keys())
    found.push(["cache", latin.decode(await (await pages.match(request)).arrayBuffer())]);
  return found;
}
"""
"""All that lies on the device, and where."""
HIDE = """
() => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
  document.dispatchEvent(new Event("visibilitychange"));
}
"""
TRIED = """
async ([wrong, after]) => {
  const done = (ask) => new Promise((take) => { ask.onsuccess = () => take(ask.result); });
  const base = await done(indexedDB.open("sidara-tersegel"));
  const locks = base.transaction("kunci", "readwrite").objectStore("kunci");
  const [lock] = await done(locks.getAll());
  await done(locks.put({ ...lock, wrong, nextAt: Date.now() + after }));
  base.close();
}
"""
"""As if so many tries had failed, and the next one were allowed after so many milliseconds."""
STOP = """
([base, store, call]) => {
  const real = IDBObjectStore.prototype[call];
  IDBObjectStore.prototype[call] = function (...given) {
    if (this.name !== store || this.transaction.db.name !== base) return real.apply(this, given);
    document.documentElement.dataset.berhenti = "ya";
    return new Promise(() => undefined);
  };
}
"""
"""Lets the device get no further than to a writing: what the moment of a kill leaves."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("pin"), REGIONS) as made_ready:
        yield made_ready


def tasks(context: BrowserContext, office: Office) -> Page:
    page = context.new_page()
    page.goto(f"{office.address}/tugas")
    return page


def field(page: Page, at: int):  # type: ignore[no-untyped-def]  # playwright's locator
    return page.locator("#isian .isian input.form-control").nth(at)


def type_in(page: Page, at: int, text: str, waiting: int) -> None:
    field(page, at).fill(text)
    field(page, at).blur()
    expect(page.locator(".palang [role=status]")).to_have_text(f"{waiting} isian di perangkat ini")


def set_pin(
    page: Page, pin: str = PIN, said: str = "PIN terpasang. Isian di perangkat ini tersegel."
) -> None:
    page.get_by_role("button", name="Pasang PIN").click()
    page.get_by_label("PIN baru", exact=True).fill(pin)
    page.get_by_label("Ulangi PIN baru").fill(pin)
    page.get_by_role("button", name="Pasang PIN").click()
    expect(page.locator("#pin [role=status]")).to_have_text(said)


def at_gate(page: Page) -> None:
    page.get_by_role("heading", level=1, name=GATE).wait_for()


def enter(page: Page, pin: str = PIN) -> None:
    at_gate(page)
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Buka").click()


def opened(page: Page, pin: str = PIN) -> None:
    enter(page, pin)
    expect(page.get_by_role("heading", name=GATE)).to_have_count(0)


def lying(page: Page, text: str) -> set[str]:
    """Where a text lies in the clear on the device."""
    return {place for place, content in page.evaluate(EVERYTHING) if text in content}


def kept(page: Page, place: str) -> int:
    return [one for one, _ in page.evaluate(EVERYTHING)].count(place)


def left_here(context: BrowserContext, office: Office, period: str, text: str) -> Page:
    """Type one answer without a link, and go to the tasks."""
    page = tasks(context, office)
    ready(page)
    page.goto(f"{office.address}{FORM}{period}")
    page.locator("#isian[data-siap]").wait_for()
    context.set_offline(True)
    type_in(page, 0, text, 1)
    page.goto(f"{office.address}/tugas")
    page.get_by_role("heading", name="1 isian di perangkat ini belum terkirim").wait_for()
    return page


def test_what_lies_here_is_sealed_filled_in_without_a_link_and_sent_once(
    office: Office, browser: Browser
) -> None:
    address = f"{office.address}{FORM}2024-Q1"
    context = office.context(browser)
    page = form_page(context, address)
    field(page, 0).fill("83117")
    field(page, 0).blur()
    all_sent(page)
    page.goto(f"{office.address}/tugas")
    ready(page)
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    context.set_offline(True)
    type_in(page, 1, "79131", 1)
    page.goto(f"{office.address}/tugas")
    assert lying(page, "79131") == {"sidara-isian/draf"}
    assert lying(page, "83117") == {"sidara-isian/draf", "cache"}
    set_pin(page)
    assert lying(page, "79131") == lying(page, "83117") == set()
    assert (kept(page, "sidara-isian/draf"), kept(page, "sidara-tersegel/draf")) == (0, 1)
    page.close()

    page = tasks(context, office)
    at_gate(page)
    expect(page.get_by_role("heading", name="Tugas saya")).to_have_count(0)
    enter(page, OTHER)
    page.get_by_text("PIN salah. Periksa, lalu coba lagi.").wait_for()
    opened(page)
    page.get_by_role("heading", name="1 isian di perangkat ini belum terkirim").wait_for()
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    assert [field(page, at).input_value() for at in range(2)] == ["83.117", "79.131"]
    type_in(page, 2, "61001", 2)
    assert lying(page, "61001") == set()
    page.close()

    page = context.new_page()
    page.goto(address)
    at_gate(page)
    expect(page.locator("main")).not_to_contain_text("83.117")
    opened(page)
    page.locator("#isian[data-siap]").wait_for()
    expect(field(page, 2)).to_have_value("61.001")
    page.goto(f"{office.address}/tugas")
    page.get_by_role("heading", name="2 isian di perangkat ini belum terkirim").wait_for()
    context.set_offline(False)
    expect(page.get_by_text("belum terkirim")).to_have_count(0, timeout=PATIENCE)
    held = page.request.get(f"{address}/paket.json").json()["held"]
    assert sorted(one[4] for one in held["own"]) == ["61001", "79131", "83117"]
    assert held["revision"] == 3, "three messages, each stored once"
    ready(page)
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    for text in ("79131", "83117", "61001"):
        assert lying(page, text) == set(), "what the server gives lies sealed, too"
    context.close()


def test_with_a_link_the_page_of_the_server_is_not_seen_before_the_pin(
    office: Office, browser: Browser
) -> None:
    address = f"{office.address}{FORM}2023-Q1"
    context = office.context(browser)
    page = form_page(context, address)
    field(page, 0).fill("52177")
    field(page, 0).blur()
    all_sent(page)
    page.goto(f"{office.address}/tugas")
    ready(page)
    set_pin(page)
    other = context.new_page()
    for place in ("", "#periksa"):
        other.goto("about:blank")
        other.goto(f"{address}{place}")
        at_gate(other)
        expect(other.locator("#tanpa-skrip")).to_be_hidden()
        expect(other.locator("#isian")).to_have_text("")
    opened(other)
    other.get_by_role("heading", level=1, name="Periksa dan kirim").wait_for()
    context.close()


def test_wrong_tries_wait_and_a_reload_makes_nobody_faster(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    page = tasks(context, office)
    ready(page)
    set_pin(page)
    page.get_by_role("button", name="Kunci sekarang").click()
    other = tasks(context, office)
    at_gate(other)
    for _ in range(2):
        enter(page, OTHER)
        page.get_by_text("PIN salah. Periksa, lalu coba lagi.").wait_for()
    enter(page, OTHER)
    page.get_by_text("PIN salah. Tunggu 5 detik, lalu coba lagi.").wait_for()
    page.get_by_text("Silakan coba lagi.").wait_for()
    enter(page, OTHER)
    page.get_by_text("PIN salah. Tunggu 30 detik, lalu coba lagi.").wait_for()
    page.evaluate(TRIED, [6, 3_600_000])
    page.reload()
    page.get_by_text("PIN salah. Tunggu 300 detik, lalu coba lagi.").wait_for()
    expect(page.get_by_role("button", name="Buka")).to_be_disabled()
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.keyboard.press("Enter")
    page.reload()
    page.get_by_text("PIN salah. Tunggu 300 detik, lalu coba lagi.").wait_for()
    enter(other)
    other.get_by_text("PIN salah. Tunggu 300 detik, lalu coba lagi.").wait_for()
    page.evaluate(TRIED, [6, -1])
    page.reload()
    opened(page)
    page.get_by_role("heading", name="Tugas saya").wait_for()
    page.get_by_role("button", name="Kunci sekarang").click()
    enter(page, OTHER)
    page.get_by_text("PIN salah. Periksa, lalu coba lagi.").wait_for()
    context.close()


def test_a_page_out_of_sight_is_locked_and_keeps_what_was_being_typed(
    office: Office, browser: Browser
) -> None:
    context = office.context(browser)
    context.clock.install()
    page = left_here(context, office, "2023-Q2", "11")
    set_pin(page)
    page.goto(f"{office.address}{FORM}2023-Q2")
    page.locator("#isian[data-siap]").wait_for()
    field(page, 1).fill("46")
    page.evaluate(HIDE)
    context.clock.fast_forward(9 * 60_000)
    assert page.evaluate("Boolean(sessionStorage.getItem('sidara-kunci'))")
    context.clock.fast_forward(61_000)
    at_gate(page)
    assert not page.evaluate("Boolean(sessionStorage.getItem('sidara-kunci'))")
    opened(page)
    page.locator("#isian[data-siap]").wait_for()
    assert [field(page, at).input_value() for at in range(2)] == ["11", "46"]
    context.close()


def test_one_tab_locks_all(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    page = left_here(context, office, "2023-Q3", "12")
    set_pin(page)
    form = context.new_page()
    form.goto(f"{office.address}{FORM}2023-Q3")
    opened(form)
    form.locator("#isian[data-siap]").wait_for()
    page.get_by_role("button", name="Kunci sekarang").click()
    at_gate(page)
    at_gate(form)
    context.close()


def test_a_form_that_is_open_in_another_tab_while_the_pin_is_set(office: Office, browser: Browser) -> None:
    address = f"{office.address}{FORM}2023-Q4"
    context = office.context(browser)
    page = tasks(context, office)
    ready(page)
    form = form_page(context, address)
    context.set_offline(True)
    type_in(form, 0, "64321", 1)
    set_pin(page)
    assert lying(page, "64321") == set()
    opened(form)
    form.locator("#isian[data-siap]").wait_for()
    expect(field(form, 0)).to_have_value("64.321")
    context.set_offline(False)
    all_sent(form)
    assert [one[1] for one in stored(form, address).values()] == ["64321"]
    context.close()


def test_a_form_that_hears_nothing_of_the_pin_is_sealed_later(office: Office, browser: Browser) -> None:
    """As in a tab with an older version of the app: what it writes in the clear is taken along."""
    address = f"{office.address}{FORM}2021-Q4"
    context = office.context(browser)
    page = tasks(context, office)
    ready(page)
    deaf = context.new_page()
    deaf.add_init_script("window.BroadcastChannel = class { postMessage() {} }")
    deaf.goto(address)
    deaf.locator("#isian[data-siap]").wait_for()
    context.set_offline(True)
    type_in(deaf, 0, "64321", 1)
    said = (
        "PIN terpasang. 1 formulir belum tersegel karena terbuka di jendela lain atau perangkat penuh; "
        "formulir itu tersegel sendiri sesudah jendelanya ditutup."
    )
    set_pin(page, said=said)
    type_in(deaf, 1, "64322", 2)
    assert lying(page, "64322") == {"sidara-isian/draf"}
    deaf.close()
    page.reload()
    page.get_by_role("heading", name="2 isian di perangkat ini belum terkirim").wait_for()
    assert lying(page, "64321") == lying(page, "64322") == set()
    context.close()


def test_another_pin_opens_and_the_old_one_does_not(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    page = left_here(context, office, "2022-Q1", "13")
    set_pin(page)
    page.get_by_role("button", name="Ganti PIN").click()
    page.get_by_label("PIN sekarang").fill(OTHER)
    page.get_by_label("PIN baru", exact=True).fill("123456")
    page.get_by_role("button", name="Ganti PIN").click()
    page.get_by_text("PIN ini terlalu pendek atau mudah ditebak. Pilih yang lain.").wait_for()
    page.get_by_label("PIN baru", exact=True).fill(OTHER)
    page.get_by_role("button", name="Ganti PIN").click()
    page.get_by_text("Kedua PIN tidak sama. Tulis lagi.").wait_for()
    page.get_by_label("Ulangi PIN baru").fill(OTHER)
    page.get_by_role("button", name="Ganti PIN").click()
    page.get_by_text("PIN salah. Periksa, lalu coba lagi.").wait_for()
    page.get_by_label("PIN sekarang").fill(PIN)
    page.get_by_role("button", name="Ganti PIN").click()
    page.get_by_text("PIN sudah diganti.").wait_for()
    page.get_by_role("button", name="Kunci sekarang").click()
    enter(page, PIN)
    page.get_by_text("PIN salah. Periksa, lalu coba lagi.").wait_for()
    opened(page, OTHER)
    page.get_by_role("heading", name="1 isian di perangkat ini belum terkirim").wait_for()
    context.close()


def take_off(page: Page) -> None:
    page.get_by_role("button", name="Lepas PIN").click()
    page.get_by_label("PIN sekarang").fill(PIN)
    page.get_by_role("button", name="Lepas PIN").click()


def test_taken_off_everything_is_there_again(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    page = left_here(context, office, "2022-Q2", "74321")
    set_pin(page)
    form = context.new_page()
    form.goto(f"{office.address}{FORM}2022-Q2")
    opened(form)
    form.locator("#isian[data-siap]").wait_for()
    take_off(page)
    page.get_by_text("PIN sudah dilepas.").wait_for()
    form.locator("#isian[data-siap]").wait_for()
    expect(field(form, 0)).to_have_value("74.321")
    form.close()
    assert lying(page, "74321") == {"sidara-isian/draf"}
    assert kept(page, "sidara-tersegel/draf") + kept(page, "sidara-tersegel/kunci") == 0
    page.close()
    page = form_page(context, f"{office.address}{FORM}2022-Q2")
    expect(field(page, 0)).to_have_value("74.321")
    context.close()


def test_a_forgotten_pin_says_what_it_costs_before_anything_is_dropped(
    office: Office, browser: Browser
) -> None:
    context = office.context(browser)
    page = left_here(context, office, "2022-Q3", "15")
    set_pin(page)
    page.get_by_role("button", name="Kunci sekarang").click()
    at_gate(page)
    page.get_by_role("button", name="Lupa PIN?").click()
    page.get_by_text("1 isian belum terkirim dan akan hilang.").wait_for()
    page.get_by_role("button", name="Hapus isian yang tersegel dan PIN").click()
    page.get_by_text("Centang dahulu kalimat di atas.").wait_for()
    page.get_by_role("button", name="Kembali").click()
    at_gate(page)
    assert kept(page, "sidara-tersegel/draf") == 1
    page.get_by_role("button", name="Lupa PIN?").click()
    page.get_by_label("Saya mengerti, dan ingin menghapusnya.").check()
    page.get_by_role("button", name="Hapus isian yang tersegel dan PIN").click()
    page.get_by_role("button", name="Pasang PIN").wait_for()
    assert kept(page, "sidara-tersegel/draf") + kept(page, "sidara-tersegel/kunci") == 0
    expect(page.get_by_text("belum terkirim").filter(has_text="1 isian")).to_have_count(0)
    context.close()


def test_what_another_account_sealed_is_told_and_only_its_owner_sends_it(
    office: Office, browser: Browser
) -> None:
    context = office.context(browser)
    page = left_here(context, office, "2022-Q4", "16")
    set_pin(page)
    context.clear_cookies(name="sidara_sesi")
    context.set_offline(False)
    page.goto(f"{office.address}/masuk")
    log_in(page, "pendamping")
    page.get_by_role("heading", name="Tugas saya").wait_for()
    page.goto(f"{office.address}/tugas?desa={VILLAGE}")
    page.get_by_role("heading", name="1 isian dari Contoh Operator belum terkirim dan tersegel").wait_for()
    expect(page.get_by_role("button", name="Kirim isian dari Contoh Operator")).to_have_count(0)
    expect(page.get_by_role("button", name="Pasang PIN")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('sidara-kunci')") is None
    context.close()


def two_drafts(page: Page, office: Office) -> list[str]:
    """Lay two drafts on the device that an earlier day left."""
    ready(page)
    page.context.set_offline(True)
    addresses = [f"/isi/KES_TRIWULAN/{VILLAGE}/{period}" for period in ("2023-Q1", "2023-Q2")]
    content = {"state": "nilai", "value": "8", "explanation": ""}
    waiting = [["/KES_016/_T", {"cell": content, "base": 0, "at": "2026-07-01T00:00:00.000Z"}]]
    page.evaluate(DRAFTS, [draft(one, waiting) for one in addresses])
    page.reload()
    page.get_by_role("heading", name="2 isian di perangkat ini belum terkirim").wait_for()
    return addresses


STOPS = {
    "set-lock": ("sidara-tersegel", "kunci", "put"),
    "set-seal": ("sidara-tersegel", "draf", "put"),
    "set-drop": ("sidara-isian", "draf", "delete"),
    "off-lay": ("sidara-isian", "draf", "put"),
    "off-drop": ("sidara-tersegel", "draf", "delete"),
    "off-lock": ("sidara-tersegel", "kunci", "delete"),
}


@pytest.mark.parametrize("where", STOPS)
def test_a_kill_amid_moving_loses_nothing_and_doubles_nothing(
    office: Office, browser: Browser, tmp_path: Path, where: str
) -> None:
    folder = tmp_path / "profil"
    context = with_profile(browser, folder, office.states["operator"])
    context.set_default_timeout(PATIENCE)
    page = tasks(context, office)
    two_drafts(page, office)
    if where.startswith("off"):
        set_pin(page)
    page.evaluate(STOP, STOPS[where])
    if where.startswith("off"):
        take_off(page)
    else:
        page.get_by_role("button", name="Pasang PIN").click()
        page.get_by_label("PIN baru", exact=True).fill(PIN)
        page.get_by_label("Ulangi PIN baru").fill(PIN)
        page.get_by_role("button", name="Pasang PIN").click()
    page.locator("html[data-berhenti]").wait_for()
    context.close()

    context = with_profile(browser, folder, office.states["operator"])
    context.set_default_timeout(PATIENCE)
    context.set_offline(True)
    page = tasks(context, office)
    if where != "set-lock":
        opened(page)
    page.get_by_role("heading", name="2 isian di perangkat ini belum terkirim").wait_for()
    places = kept(page, "sidara-isian/draf"), kept(page, "sidara-tersegel/draf")
    assert places == ((2, 0) if where == "set-lock" else (0, 2))
    context.close()


def test_without_a_safe_address_the_section_says_that_it_cannot_seal(
    office: Office, browser: Browser
) -> None:
    context = office.context(browser)
    context.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    page = tasks(context, office)
    page.get_by_text("Alamat ini tidak memakai https, jadi isian di perangkat ini").wait_for()
    expect(page.get_by_role("button", name="Pasang PIN")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_at_the_gate(office: Office, open_page: Open, width: int) -> None:
    page = open_page(
        f"{office.address}/tugas", width, bypass_csp=True, storage_state=office.states["operator"]
    )
    ready(page)
    page.get_by_role("button", name="Pasang PIN").click()
    page.get_by_label("PIN baru", exact=True).fill("1")
    page.keyboard.press("Enter")
    page.get_by_text("PIN ini terlalu pendek atau mudah ditebak.").wait_for()
    assert page.evaluate("document.activeElement.id") == "pin-baru"

    def clean() -> None:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    clean()
    page.get_by_role("button", name="Batal").click()
    set_pin(page)
    clean()
    page.get_by_role("button", name="Kunci sekarang").click()
    at_gate(page)
    page.keyboard.type(OTHER)
    page.keyboard.press("Enter")
    page.get_by_text("PIN salah.").wait_for()
    clean()
    page.get_by_role("button", name="Lupa PIN?").click()
    page.get_by_text("Semua isian yang tersegel sudah terkirim.").wait_for()
    clean()


def test_logging_out_forgets_the_key(office: Office, browser: Browser) -> None:
    """The last test of the file: the session ends for all."""
    context = office.context(browser)
    page = tasks(context, office)
    ready(page)
    set_pin(page)
    page.goto(f"{office.address}/keluar")
    page.get_by_role("main").get_by_role("button", name="Keluar").click()
    page.wait_for_function("() => sessionStorage.getItem('sidara-kunci') === null")
    page.goto(f"{office.address}/masuk")
    log_in(page, "operator")
    page.wait_for_url("**/tugas")
    at_gate(page)
    context.close()
