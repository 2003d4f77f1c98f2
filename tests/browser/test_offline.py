"""Entry without a link in a real browser: prepared once, filled in, closed, opened again, sent once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import DESK, PATIENCE, PHONE, Open, wait_until
from tests.browser.people import VILLAGE, Office, office_in, with_profile
from tests.browser.test_access import violations
from tests.browser.test_accounts import log_in
from tests.browser.test_entry import all_sent, form_page, stored
from tests.serving import REGIONS

FORM = "KEU_TRIWULAN"
IS_CONTROLLED = "() => Boolean(navigator.serviceWorker.controller)"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("offline"), REGIONS) as made_ready:
        yield made_ready


def prepared(context: BrowserContext, office: Office) -> tuple[Page, str]:
    """Open the tasks until all forms are on the device; gives the address of the first form, too."""
    page = context.new_page()
    page.goto(f"{office.address}/tugas")
    ready(page)
    href = page.locator("[data-formulir]").first.get_attribute("data-formulir") or ""
    assert href
    return page, f"{office.address}{href}"


def ready(page: Page) -> None:
    count = page.locator("[data-formulir]").count()
    assert count > 0
    expect(page.locator("#perangkat")).to_contain_text(
        f"Siap dipakai tanpa sambungan: {count} dari {count} formulir", timeout=4 * PATIENCE
    )
    page.wait_for_function(IS_CONTROLLED)


def fields(page: Page):  # type: ignore[no-untyped-def]  # playwright's locator
    return page.locator("#isian input.form-control, #isian .kisi input")


def waiting(page: Page, count: int) -> None:
    expect(page.locator(".palang [role=status]")).to_have_text(f"{count} isian di perangkat ini")


def test_a_page_that_came_past_the_worker_is_taken_by_it(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    form, tasks = context.new_page(), context.new_page()
    tasks.goto(f"{office.address}/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    tasks.route("**/tugas", hold, times=1)
    with tasks.expect_request("**/tugas"):
        tasks.evaluate("() => void setTimeout(() => { window.location.href = '/tugas'; })")
    form.goto(f"{office.address}/isi/KEP_TRIWULAN/{VILLAGE}/2025-Q1")
    form.wait_for_function(IS_CONTROLLED)
    held[0].continue_()
    tasks.get_by_role("heading", name="Tugas saya").wait_for()
    ready(tasks)
    context.close()


def test_a_first_visit_makes_every_task_work_without_a_link(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    page, address = prepared(context, office)
    context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tugas saya")
    for href in page.locator("[data-formulir]").evaluate_all(
        "(all) => all.map((one) => one.dataset.formulir)"
    ):
        page.goto(f"{office.address}{href}")
        page.locator("#isian[data-siap]").wait_for()
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    field = fields(page).first
    field.fill("7")
    field.blur()
    waiting(page, 1)
    page.get_by_role("heading", name="Tidak ada sambungan").wait_for()
    page.close()
    again = form_page(context, address)
    expect(fields(again).first).to_have_value("7")
    again.goto(f"{office.address}/tugas")
    row = again.locator("[data-formulir]").filter(has_text="1 isian di perangkat ini")
    expect(row).to_have_count(1)
    again.get_by_role("heading", name="1 isian di perangkat ini belum terkirim").wait_for()
    context.set_offline(False)
    expect(row).to_have_count(0, timeout=PATIENCE)
    assert sorted(one[1] or "" for one in stored(again, address).values()) == ["7"]
    context.set_offline(True)
    again.goto(address)
    again.locator("#isian[data-siap]").wait_for()
    expect(fields(again).first, "what was sent is still seen without a link").to_have_value("7")
    context.close()


def test_other_pages_say_that_they_need_a_link(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    page, _ = prepared(context, office)
    context.set_offline(True)
    page.goto(f"{office.address}/kamus")
    page.get_by_role("heading", name="Halaman ini belum ada di perangkat ini").wait_for()
    page.get_by_role("link", name="Ke tugas saya").click()
    page.get_by_role("heading", level=1, name="Tugas saya").wait_for()
    context.close()


def test_a_notice_stays_while_one_types_without_a_link(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    page, address = prepared(context, office)
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    context.set_offline(True)
    for at in range(4):
        fields(page).nth(at).fill(str(20 + at))
        fields(page).nth(at).blur()
        waiting(page, at + 1)
        page.get_by_role("heading", name="Tidak ada sambungan").wait_for()
        expect(page.locator(".alert:not([data-lama])"), "what is told is told once").to_have_count(
            int(at == 0)
        )
        page.locator(".alert").evaluate("(one) => { one.dataset.lama = 'ya'; }")
    context.close()


def test_a_lost_log_in_keeps_what_was_typed_and_sends_it_after(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    page, address = prepared(context, office)
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    context.clear_cookies(name="sidara_sesi")
    field = fields(page).nth(1)
    field.fill("12")
    field.blur()
    page.get_by_role("heading", name="Anda perlu masuk lagi").wait_for()
    waiting(page, 1)
    page.get_by_role("link", name="Masuk lagi").click()
    log_in(page, "operator")
    page.locator("#isian[data-siap]").wait_for()
    all_sent(page)
    assert "12" in {one[1] for one in stored(page, address).values()}
    context.close()


def test_what_another_person_left_is_sent_with_both_names(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    page, address = prepared(context, office)
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    context.clear_cookies(name="sidara_sesi")
    field = fields(page).last
    field.fill("31")
    field.blur()
    waiting(page, 1)
    page.goto(f"{office.address}/masuk")
    log_in(page, "pendamping")
    page.get_by_role("heading", name="Tugas saya").wait_for()
    page.goto(f"{office.address}/tugas?desa={VILLAGE}")
    page.get_by_role("heading", name="1 isian dari Contoh Operator belum terkirim").wait_for()
    assert "31" not in {one[1] for one in stored(page, address).values()}
    page.get_by_role("button", name="Kirim isian dari Contoh Operator").click()
    expect(page.get_by_text("isian dari Contoh Operator belum terkirim")).to_have_count(0)
    assert "31" in {one[1] for one in stored(page, address).values()}
    context.close()


def test_a_form_is_looked_over_only_when_the_server_has_all_of_it(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    page, address = prepared(context, office)
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    page.locator(".hanya-l .bab a").last.click()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    context.route("**/simpan", hold, times=1)
    fields(page).first.fill("21")
    page.locator(".kaki-aksi a").last.click()
    page.get_by_role("heading", name="Isian Anda disimpan dahulu").wait_for()
    assert "/isi/" in page.url
    waiting(page, 1)
    held[0].continue_()
    page.wait_for_url("**/kirim/**")
    assert "21" in {one[1] for one in stored(page, address).values()}
    context.close()


def test_a_second_tab_of_a_form_may_only_read(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    _, address = prepared(context, office)
    form_page(context, address)
    second = form_page(context, address)
    second.get_by_role("heading", name="Formulir ini terbuka di jendela lain").wait_for()
    expect(second.locator("#isian input:enabled")).to_have_count(0)
    context.close()


def test_the_app_can_be_installed(office: Office, tmp_path: Path, browser: Browser) -> None:
    context = with_profile(browser, tmp_path / "profil", office.states["operator"])
    page, _ = prepared(context, office)
    asked = context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    assert asked["installabilityErrors"] == []
    context.close()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_without_a_link(office: Office, open_page: Open, width: int) -> None:
    page = open_page(
        f"{office.address}/tugas", width, bypass_csp=True, storage_state=office.states["operator"]
    )
    ready(page)
    assert violations(page) == []
    page.goto(f"{office.address}/luring")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


DRAFTS = """async (drafts) => {
  const done = (asked) => new Promise((take, fail) => {
    asked.onsuccess = () => take(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const base = await done(indexedDB.open("sidara-isian"));
  const owner = document.getElementById("perangkat").dataset.pemilik;
  for (const { address, ...draft } of drafts) {
    const kept = base.transaction("draf", "readwrite").objectStore("draf");
    await done(kept.put({ ...draft, key: `${owner}/${address}` }));
  }
}"""


def draft(address: str, waiting: list[object]) -> dict[str, object]:
    """What lies on a device of a form that is not sent yet."""
    outbox = {"revision": 0, "waiting": waiting, "sending": None, "refused": []}
    state = {"own": [], "conflicts": [], "locked": []}
    about = {"section": 0, "savedAt": "", "author": "", "version": 1, "labels": {}, "title": address}
    return {"address": address, "outbox": outbox, "state": state, **about}


def test_one_form_that_cannot_be_sent_keeps_no_other_and_no_other_answer(
    office: Office, browser: Browser
) -> None:
    """One draft that cannot be read, and one with an answer that is longer than all that the server takes."""
    context = office.context(browser)
    page, _ = prepared(context, office)
    hrefs = sorted(
        page.locator("[data-formulir]").evaluate_all("(all) => all.map((one) => one.dataset.formulir)")
    )
    whole = f"/isi/{FORM}/{VILLAGE}/2023-Q1"

    def cell(value: str, explanation: str = "") -> dict[str, object]:
        content = {"state": "nilai", "value": value, "explanation": explanation}
        return {"cell": content, "base": 0, "at": "2026-07-01T00:00:00.000Z"}

    broken = draft(hrefs[0], [["/X/_T", None]])
    long = ["/KEU_001/ANGGARAN:R", cell("9", "x" * 1_100_000)]
    page.evaluate(DRAFTS, [broken, draft(whole, [long, ["/KEU_002/ANGGARAN:A", cell("7")]])])
    page.reload()
    told = page.locator("#perangkat")
    told.get_by_role("heading", name=f"1 isian tidak dapat disimpan: {whole}").wait_for()
    told.get_by_role("heading", name=f"Isian belum dapat dikirim: {hrefs[0]}").wait_for()
    assert stored(page, f"{office.address}{whole}")["KEU_002", "ANGGARAN:A"][1] == "7"
    form = form_page(context, f"{office.address}{whole}")
    expect(form.locator("#temuan")).to_contain_text("1 isian tidak dapat disimpan")
    context.close()


def test_logging_out_takes_the_pages_off_the_device(office: Office, browser: Browser) -> None:
    """The last test of the file: the session ends for all."""
    context = office.context(browser)
    page, _ = prepared(context, office)
    page.goto(f"{office.address}/keluar")
    page.get_by_role("main").get_by_role("button", name="Keluar").click()
    wait_until(page, "async () => !(await caches.has('sidara-halaman'))")
    context.close()
