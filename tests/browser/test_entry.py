"""A form filled in by a real browser: by keyboard, from Excel, without a link, killed, by two people."""

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESK, PATIENCE, PHONE, Open, wait_until
from tests.browser.people import VILLAGE, Office, office_in, with_profile
from tests.browser.test_access import violations
from tests.serving import REGIONS

STORED = re.compile("^(Semua isian tersimpan|Tersimpan pukul .*)$")
PASTE = """
(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}
"""
WEIGHT = """
() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, one) => sum + one.encodedBodySize, 0)
"""
ON_DISK = """
async () => {
  const done = (ask) => new Promise((take) => { ask.onsuccess = () => take(ask.result); });
  const base = await done(indexedDB.open("sidara-isian"));
  const all = await done(base.transaction("draf").objectStore("draf").getAll());
  base.close();
  return all.some(({ outbox }) => outbox.waiting.length + (outbox.sending?.cells.length ?? 0) === 2);
}
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("entry"), REGIONS) as made_ready:
        yield made_ready


def form_page(context: BrowserContext, address: str) -> Page:
    """Open a form and wait until its script has taken over."""
    page = context.new_page()
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    return page


def stored(page: Page, address: str) -> dict[tuple[str, str], tuple[str, str | None, str]]:
    """What the server holds: (variable, breakdown) -> state, value, explanation."""
    held = page.request.get(f"{address}/paket.json").json()["held"]
    return {(one[1], one[2]): (one[3], one[4], one[5]) for one in held["own"]}


def cell(question: str, column: str) -> str:
    """Where a field of a grid stands."""
    return f'input[aria-label^="{question}, {column}"]'


def all_sent(page: Page) -> None:
    expect(page.locator(".palang [role=status]")).to_have_text(STORED, timeout=PATIENCE)


def test_a_grid_is_filled_by_keyboard_and_judges_at_once(office: Office, browser: Browser) -> None:
    address = f"{office.address}/isi/KEU_TRIWULAN/{VILLAGE}/2025-Q2"
    context = office.context(browser)
    page = form_page(context, address)
    page.locator(cell("Pendapatan desa", "Anggaran")).focus()
    for text, key in (("1.450.000.000", "Enter"), ("50000000", "ArrowRight"), ("60.000.000", "ArrowUp")):
        page.keyboard.type(text)
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        "Pendapatan desa, Realisasi"
    )
    page.keyboard.type("2000000000")
    page.keyboard.press("Tab")
    warning = page.locator(".warning-feedback").filter(has_text="melebihi anggaran")
    expect(warning.first).to_be_visible()
    all_sent(page)
    found = stored(page, address)
    assert found["KEU_001", "ANGGARAN:A"] == ("nilai", "1450000000", "")
    assert found["KEU_002", "ANGGARAN:A"] == ("nilai", "50000000", "")
    assert found["KEU_002", "ANGGARAN:R"] == ("nilai", "60000000", "")
    expect(page.locator(cell("Pendapatan desa", "Anggaran"))).to_have_value("1.450.000.000")
    page.locator(cell("Pendapatan desa", "Realisasi")).fill("720500000")
    page.locator(cell("Pendapatan desa", "Realisasi")).press("Tab")
    expect(page.locator(".warning-feedback").filter(has_text="Rp2.000.000.000")).to_have_count(0)
    page.locator(cell("Pendapatan asli desa", "Realisasi")).focus()
    explanation = page.get_by_label("Penjelasan Anda: Pendapatan asli desa, Realisasi")
    explanation.fill("Sewa aset lebih tinggi dari rencana.")
    explanation.blur()
    expect(page.locator("#temuan")).to_have_count(0)
    all_sent(page)
    assert stored(page, address)["KEU_002", "ANGGARAN:R"] == (
        "nilai",
        "60000000",
        "Sewa aset lebih tinggi dari rencana.",
    )
    context.close()


def test_an_error_is_listed_beside_its_field_and_the_list_jumps(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    page = form_page(context, f"{office.address}/isi/KEU_TRIWULAN/{VILLAGE}/2024-Q4")
    for name, text in (
        ("Pendapatan desa", "100"),
        ("Pendapatan asli desa", "50"),
        ("Pendapatan transfer", "20"),
        ("Pendapatan lain", "20"),
    ):
        page.locator(cell(name, "Anggaran")).fill(text)
    page.keyboard.press("Tab")
    expect(page.locator("#temuan")).to_have_text("Perlu diperbaiki: 1")
    page.get_by_role("link", name="Bagian 2", exact=True).click()
    page.get_by_role("heading", level=1).filter(has_text="Bagian 2").wait_for()
    page.locator(".alert-danger a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bagian 1")
    focused = page.evaluate("document.activeElement.getAttribute('aria-invalid')")
    assert focused == "true"
    page.locator(cell("Pendapatan lain", "Anggaran")).fill("30")
    page.keyboard.press("Tab")
    expect(page.locator("#temuan")).to_have_count(0)
    context.close()


def test_a_block_from_excel_is_shown_with_its_faults_before_it_is_taken(
    office: Office, browser: Browser
) -> None:
    address = f"{office.address}/isi/KEU_TRIWULAN/{VILLAGE}/2025-Q1"
    context = office.context(browser)
    page = form_page(context, address)
    first = page.locator(cell("Pendapatan desa", "Anggaran"))
    first.focus()
    block = "1.000.000\t250.000\r\n400000\tdua ratus\r\n\ttidak ada\t9\r\n"
    page.evaluate(PASTE, block)
    page.get_by_role("heading", name="Tempel blok dari Excel").wait_for()
    expect(page.get_by_text("4 isian siap dimasukkan, 2 tidak dapat dibaca.")).to_be_visible()
    expect(page.get_by_role("cell", name="bukan angka")).to_be_visible()
    expect(page.get_by_role("cell", name="di luar tabel")).to_be_visible()
    expect(first).to_have_value("")
    page.get_by_role("button", name="Masukkan 4 isian").click()
    all_sent(page)
    found = stored(page, address)
    assert found == {
        ("KEU_001", "ANGGARAN:A"): ("nilai", "1000000", ""),
        ("KEU_001", "ANGGARAN:R"): ("nilai", "250000", ""),
        ("KEU_002", "ANGGARAN:A"): ("nilai", "400000", ""),
        ("KEU_004", "ANGGARAN:R"): ("tidak_ada", None, ""),
    }
    context.close()


def test_a_text_that_is_no_answer_is_there_again_after_the_form_was_left(
    office: Office, browser: Browser
) -> None:
    address = f"{office.address}/isi/KEU_TRIWULAN/{VILLAGE}/2023-Q3"
    context = office.context(browser)
    page = form_page(context, address)
    status = page.locator(".palang [role=status]")
    page.locator(cell("Pendapatan desa", "Anggaran")).fill("lima juta")
    page.locator(cell("Pendapatan desa", "Anggaran")).press("Tab")
    expect(status).to_have_text("1 isian belum tersimpan")
    page.get_by_role("link", name="Tugas saya").first.click()
    page.wait_for_url("**/tugas*")
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    expect(page.locator(cell("Pendapatan desa", "Anggaran"))).to_have_value("lima juta")
    expect(status).to_have_text("1 isian belum tersimpan")
    expect(page.locator("#temuan")).to_have_text("1 isian belum tersimpan")
    page.locator(cell("Pendapatan desa", "Anggaran")).fill("5000000")
    page.locator(cell("Pendapatan desa", "Anggaran")).press("Tab")
    all_sent(page)
    page.reload()
    page.locator("#isian[data-siap]").wait_for()
    expect(page.locator(cell("Pendapatan desa", "Anggaran"))).to_have_value("5.000.000")
    all_sent(page)
    context.close()


def test_a_cut_link_loses_nothing_and_sends_by_itself(office: Office, browser: Browser) -> None:
    address = f"{office.address}/isi/KEP_TRIWULAN/{VILLAGE}/2025-Q3"
    context = office.context(browser)
    page = form_page(context, address)
    fields = page.locator("#isian .isian input.form-control")
    fields.nth(0).fill("4")
    fields.nth(0).blur()
    all_sent(page)
    context.set_offline(True)
    fields.nth(1).fill("7")
    fields.nth(1).blur()
    page.get_by_role("heading", name="Tidak ada sambungan").wait_for()
    expect(page.locator(".palang [role=status]")).to_have_text("1 isian di perangkat ini")
    fields.nth(2).fill("9")
    fields.nth(2).blur()
    expect(page.locator(".palang [role=status]")).to_have_text("2 isian di perangkat ini")
    context.set_offline(False)
    all_sent(page)
    values = sorted(one[1] or "" for one in stored(page, address).values())
    assert values == ["4", "7", "9"]
    expect(page.get_by_role("heading", name="Tidak ada sambungan")).to_have_count(0)
    context.close()


def test_what_is_taken_over_says_from_where_and_tells_when_the_source_says_otherwise_by_then(
    office: Office, browser: Browser
) -> None:
    address, before = (f"{office.address}/isi/KEP_SEMESTER/{VILLAGE}/{one}" for one in ("2025-S2", "2025-S1"))
    first, second = ('[data-sel="/KEP_001/_T"]', '[data-sel="/KEP_002/_T"]')
    context = office.context(browser)
    source = form_page(context, before)
    for box, text in ((first, "1250"), (second, "640")):
        source.locator(f"{box} input").fill(text)
        source.locator(f"{box} input").blur()
    all_sent(source)
    page = form_page(context, address)
    page.get_by_role("button", name="Salin 640, dari periode 2025-S1").click()
    all_sent(page)
    expect(page.locator(f"{second} .tawaran")).to_have_text("dari periode 2025-S1")
    page.route("**/simpan", lambda route: route.abort())
    page.get_by_role("button", name="Salin 1.250, dari periode 2025-S1").click()
    expect(page.get_by_role("heading", name="Tidak ada sambungan")).to_be_visible()
    source.locator(f"{first} input").fill("1300")
    source.locator(f"{first} input").blur()
    all_sent(source)
    page.unroute("**/simpan")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="Asal isian tidak dicatat")).to_be_visible()
    all_sent(page)
    assert stored(page, address)["KEP_001", "_T"] == ("nilai", "1250", ""), "nothing is lost over it"
    expect(page.locator(f"{first} .tawaran")).to_have_text("")
    context.close()


def test_an_answer_that_got_lost_is_not_stored_twice(office: Office, browser: Browser) -> None:
    address = f"{office.address}/isi/KEP_TRIWULAN/{VILLAGE}/2025-Q2"
    context = office.context(browser)
    page = form_page(context, address)
    seen: list[str] = []

    def lose_first(route) -> None:  # type: ignore[no-untyped-def]  # playwright's route
        seen.append(json.loads(route.request.post_data)["message_id"])
        answer = route.fetch()
        if len(seen) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/simpan", lose_first)
    field = page.locator("#isian .isian input.form-control").first
    field.fill("5")
    field.blur()
    all_sent(page)
    assert len(seen) == 2
    assert len(set(seen)) == 1
    assert page.request.get(f"{address}/paket.json").json()["held"]["revision"] == 1
    context.close()


def test_two_people_on_one_cell_keep_both_and_are_asked(office: Office, browser: Browser) -> None:
    address = f"{office.address}/isi/KEP_TRIWULAN/{VILLAGE}/2025-Q1"
    one, other = office.context(browser), office.context(browser, "pendamping")
    first, second = form_page(one, address), form_page(other, address)
    for page, text in ((first, "4"), (second, "6")):
        field = page.locator("#isian .isian input.form-control").first
        field.fill(text)
        field.blur()
        all_sent(page)
    second.get_by_text("Tersimpan: 4").wait_for()
    expect(second.get_by_text("Isian lain: 6")).to_be_visible()
    held = second.request.get(f"{address}/paket.json").json()["held"]
    assert held["conflicts"][0][3] == [["nilai", "6", ""]]
    with second.expect_response("**/simpan"):
        second.get_by_role("button", name="Pakai 6").click()
    expect(second.get_by_text("Isian lain: 6")).to_have_count(0)
    all_sent(second)
    after = second.request.get(f"{address}/paket.json").json()["held"]
    assert after["conflicts"] == []
    assert after["own"][0][4] == "6"
    one.close()
    other.close()


def test_a_list_grows_by_rows_that_are_marked_when_removed(office: Office, browser: Browser) -> None:
    address = f"{office.address}/isi/PEM_TAHUNAN/{VILLAGE}/2025"
    context = office.context(browser)
    page = form_page(context, address)
    page.locator(".hanya-l .bab a").last.click()
    page.get_by_text("Belum ada baris.").wait_for()
    for text in ("Rabat beton RT 3", "Jembatan kecil"):
        page.get_by_role("button", name="Tambah baris").click()
        box = page.get_by_role("textbox", name="Apa yang diusulkan").last
        box.fill(text)
        box.blur()
        all_sent(page)
    page.get_by_role("button", name="Tandai dihapus (1)").click()
    all_sent(page)
    expect(page.locator(".baris-daftar")).to_have_count(1)
    page.get_by_text("Baris yang dihapus: 1").click()
    expect(page.locator(".daftar").get_by_text("Rabat beton RT 3")).to_be_visible()
    held = page.request.get(f"{address}/paket.json").json()["held"]["own"]
    assert [one[4] for one in held if one[1] == "usulan"] == ["dihapus"]
    page.get_by_role("button", name="Kembalikan").click()
    expect(page.locator(".baris-daftar")).to_have_count(2)
    context.close()


def test_who_may_only_read_sees_and_changes_nothing(office: Office, browser: Browser) -> None:
    context = office.context(browser, "kades")
    page = form_page(context, f"{office.address}/isi/KEU_TRIWULAN/{VILLAGE}/2024-Q1")
    expect(page.get_by_role("heading", name="Hanya untuk dibaca")).to_be_visible()
    expect(page.locator("#isian input:enabled, #isian textarea:enabled")).to_have_count(0)
    context.close()


def chromium(folder: Path) -> list[int]:
    """The processes that were started with a folder of ours as their profile."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if str(folder).encode() in words:
                found.append(int(entry.name))
    return found


def test_a_killed_browser_comes_back_with_what_was_typed(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    address, folder = f"{office.address}/isi/KEP_TRIWULAN/{VILLAGE}/2024-Q4", tmp_path / "profil"

    def start() -> BrowserContext:
        return with_profile(browser, folder, office.states["operator"])

    context = start()
    page = form_page(context, address)
    page.route("**/simpan", lambda route: route.abort())
    fields = page.locator("#isian .isian input.form-control")
    fields.nth(0).fill("4")
    fields.nth(1).fill("8")
    fields.nth(1).blur()
    expect(page.locator(".palang [role=status]")).to_have_text("2 isian di perangkat ini")
    wait_until(page, ON_DISK)
    for pid in chromium(folder):
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(Exception, match=r"closed|crash|Target"):
        page.evaluate("1 + 1")
    until = time.monotonic() + 30
    while chromium(folder) and time.monotonic() < until:
        pass
    for lock in folder.glob("Singleton*"):
        lock.unlink()
    back = start()
    again = form_page(back, address)
    expect(again.locator("#isian .isian input.form-control").nth(1)).to_have_value("8")
    all_sent(again)
    assert sorted(one[1] or "" for one in stored(again, address).values()) == ["4", "8"]
    back.close()


def test_a_section_is_filled_without_script(office: Office, open_page: Open) -> None:
    page = open_page(
        f"{office.address}/isi/KEP_TRIWULAN/{VILLAGE}/2024-Q3",
        PHONE,
        java_script_enabled=False,
        storage_state=office.states["operator"],
    )
    box = page.locator("#tanpa-skrip input.angka").first
    for typed, shown in (("1.250", "1250"), ("empat", "empat")):
        box.fill(typed)
        with page.expect_navigation():
            page.get_by_role("button", name="Simpan bagian ini").click()
        expect(box).to_have_value(shown)
    expect(page.get_by_role("alert").get_by_text("seharusnya bilangan bulat")).to_be_visible()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator(":target")).to_have_value("empat")
    expect(page.locator(":target")).to_have_attribute("aria-invalid", "true")


def test_tasks_lead_to_the_form(office: Office, open_page: Open) -> None:
    page = open_page(f"{office.address}/tugas", PHONE, storage_state=office.states["operator"])
    page.locator("a.btn-lg").click()
    page.locator("#isian[data-siap]").wait_for()
    assert "/isi/" in page.url


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(office: Office, open_page: Open, width: int) -> None:
    page = open_page(
        f"{office.address}/tugas", width, bypass_csp=True, storage_state=office.states["operator"]
    )

    def judge(what: str) -> None:
        assert violations(page) == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= width, what

    judge("/tugas")
    for form, period in (
        ("KEU_TRIWULAN", "2024-Q2"),
        ("DIK_TAHUNAN", "2024"),
        ("PEM_TAHUNAN", "2024"),
        ("LIN_INDEKS_TAHUNAN", "2024"),
    ):
        page.goto(f"{office.address}/isi/{form}/{VILLAGE}/{period}")
        page.locator("#isian[data-siap]").wait_for()
        judge(form)
    page.goto(f"{office.address}/isi/PEM_TAHUNAN/{VILLAGE}/2024#bagian-8")
    page.locator("#isian[data-siap]").wait_for()
    page.get_by_role("button", name="Tambah baris").click()
    judge("a row of a list")
    page.goto(f"{office.address}/isi/KEU_TRIWULAN/{VILLAGE}/2023-Q4")
    page.locator("#isian[data-siap]").wait_for()
    page.locator(cell("Pendapatan desa", "Anggaran")).fill("100")
    page.locator(cell("Pendapatan desa", "Realisasi")).fill("x")
    page.locator(cell("Pendapatan desa", "Realisasi")).press("Tab")
    page.locator(cell("Pendapatan asli desa", "Anggaran")).fill("10")
    page.locator(cell("Pendapatan asli desa", "Realisasi")).fill("90")
    page.locator(cell("Pendapatan asli desa", "Realisasi")).press("Tab")
    page.get_by_label("Penjelasan Anda: Pendapatan asli desa, Realisasi").wait_for()
    judge("faults and explanations")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_page_without_script_is_as_accessible(office: Office, browser: Browser, width: int) -> None:
    context = office.context(
        browser, viewport={"width": width, "height": 800}, bypass_csp=True, service_workers="block"
    )
    page = context.new_page()
    page.route("**/paket.json", lambda route: route.fulfill(status=404, body=""))
    page.route(
        "**/entry-*.js", lambda route: route.fulfill(status=200, content_type="text/javascript", body="")
    )
    for address in (f"/isi/KEU_TRIWULAN/{VILLAGE}/2023-Q1", f"/isi/PEM_TAHUNAN/{VILLAGE}/2023?bagian=8"):
        page.goto(f"{office.address}{address}")
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    context.close()


def test_a_first_visit_stays_light(office: Office, browser: Browser) -> None:
    """Compressed bytes of all that a first visit of the largest forms loads, with fonts and bundle.

    Without the worker: what it hands on once it is there counts as it is unpacked.
    """
    for form, period in (("KEU_TRIWULAN", "2024-Q2"), ("PEM_TAHUNAN", "2024")):
        context = office.context(browser, service_workers="block")
        page = form_page(context, f"{office.address}/isi/{form}/{VILLAGE}/{period}")
        page.wait_for_load_state("networkidle")
        weight = page.evaluate(WEIGHT)
        print(f"{form}: {weight} bytes")
        assert 20_000 < weight <= 150_000
        context.close()
