"""What keeps an answer from being stored, or a form from being sent, is told where somebody looks."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.people import VILLAGE, Office
from tests.browser.test_access import violations
from tests.browser.test_entry import all_sent, cell, form_page, office, stored

__all__ = ["office"]
INCOME = ("Pendapatan desa", "Anggaran")
NIK = "6201021203850001"
STATUS = ".palang [role=status]"
IS_BELOW = "(one) => one.closest('tr').previousElementSibling.contains(document.querySelector('.is-invalid'))"
WHY = "Pendapatan desa, Anggaran (APBDes atau perubahan terakhir): Tulis bilangan bulat saja"


def opened(office: Office, open_page: Open, width: int, form: str) -> Page:
    page = open_page(
        f"{office.address}{form}", width, bypass_csp=True, storage_state=office.states["operator"]
    )
    page.locator("#isian[data-siap]").wait_for()
    return page


def judge(page: Page, width: int) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_text_that_is_no_answer_holds_the_form_back(office: Office, open_page: Open, width: int) -> None:
    period = {DESK: "2022-Q1", PHONE: "2022-Q2"}[width]
    form = f"/isi/KEU_TRIWULAN/{VILLAGE}/{period}"
    page = opened(office, open_page, width, form)
    field = page.locator(cell(*INCOME))
    expect(page.locator(STATUS)).to_have_text("Belum ada isian")
    field.fill("4")
    field.press("Tab")
    all_sent(page)
    field.fill("banyak")
    field.press("Tab")
    expect(page.locator(STATUS)).to_have_text("1 isian belum tersimpan")
    told = page.locator(".invalid-feedback")
    expect(told).to_contain_text("Belum tersimpan, jawaban tetap 4. Tulis bilangan bulat saja")
    assert told.evaluate(IS_BELOW)
    box, below = field.bounding_box(), told.bounding_box()
    assert box
    assert below
    assert 0 < below["y"] - box["y"] < 400, "it stands below its line, not below the table"
    expect(page.locator(".alert-danger a")).to_contain_text(WHY)
    judge(page, width)
    last = page.locator(".bab").first.locator("a").count()
    page.evaluate(f"() => {{ window.location.hash = 'bagian-{last}'; }}")
    page.get_by_role("heading", level=1).filter(has_text=f"Bagian {last}.").wait_for()
    expect(page.locator("#temuan")).to_have_text("1 isian belum tersimpan")
    page.locator(".kaki-aksi").get_by_role("link", name="Periksa dan kirim").click()
    page.get_by_role("heading", level=1).filter(has_text="Bagian 1.").wait_for()
    assert "/isi/" in page.url
    expect(field).to_be_focused()
    expect(field).to_have_value("banyak")
    page.evaluate("() => { window.location.hash = 'periksa'; }")
    page.get_by_role("heading", level=1, name="Periksa dan kirim").wait_for()
    expect(page.get_by_role("link", name=WHY)).to_be_visible()
    page.get_by_role("link", name=WHY).click()
    expect(field).to_be_focused()
    assert stored(page, f"{office.address}{form}")["KEU_001", "ANGGARAN:A"][1] == "4"
    field.fill("5")
    field.press("Tab")
    all_sent(page)
    expect(page.locator("#temuan")).to_have_count(0)
    assert stored(page, f"{office.address}{form}")["KEU_001", "ANGGARAN:A"][1] == "5"


def test_choosing_a_state_takes_the_text_that_is_no_answer_away(office: Office, browser: Browser) -> None:
    context = office.context(browser)
    address = f"{office.address}/isi/KEU_TRIWULAN/{VILLAGE}/2022-Q3"
    page = form_page(context, address)
    field = page.locator(cell(*INCOME))
    field.fill("belum ada")
    field.press("Tab")
    expect(page.locator(STATUS)).to_have_text("1 isian belum tersimpan")
    field.focus()
    state = page.locator(".kisi-alat select").first
    state.focus()
    state.select_option("tidak_ada")
    all_sent(page)
    expect(field).to_have_value("tidak ada")
    assert stored(page, address)["KEU_001", "ANGGARAN:A"][0] == "tidak_ada"
    context.close()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_what_must_be_filled_in_is_marked_in_a_grid(office: Office, open_page: Open, width: int) -> None:
    page = opened(office, open_page, width, f"/isi/KEU_TRIWULAN/{VILLAGE}/2022-Q4")
    heads = page.locator(".kisi tbody th").filter(has_text="(wajib)")
    expect(heads.first).to_be_visible()
    missing = int(re.findall(r"\d+", page.locator(".kaki-aksi span").inner_text())[0])
    expect(page.locator(".kisi input[aria-required]")).to_have_count(missing)
    assert heads.count() < page.locator(".kisi tbody th").count()
    judge(page, width)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_new_row_asks_what_its_answers_call_for(office: Office, open_page: Open, width: int) -> None:
    year = {DESK: "2022", PHONE: "2021"}[width]
    page = opened(office, open_page, width, f"/isi/PEM_TAHUNAN/{VILLAGE}/{year}#bagian-8")
    page.get_by_role("button", name="Tambah baris").click()
    what = page.get_by_role("textbox", name="Apa yang diusulkan")
    what.fill(f"Rehab rumah, NIK {NIK}")
    what.blur()
    all_sent(page)
    warned = page.locator(".warning-feedback").filter(has_text="tampak seperti NIK. Hapus data pribadi warga")
    expect(warned).to_be_visible()
    expect(page.get_by_text("tidak dapat disimpan")).to_have_count(0)
    expect(page.locator(".kaki-aksi span")).to_have_text(re.compile(r"^1\d isian wajib masih kosong"))
    reason = page.locator(".isian").filter(has_text="Mengapa ditunda atau ditolak?")
    expect(reason.get_by_role("textbox")).to_have_count(0)
    expect(reason.get_by_text("Muncul bila perlu, sesudah diisi:")).to_be_visible()
    expect(reason.get_by_text("(wajib)")).to_be_hidden()
    page.get_by_role("radio", name="Ditolak").check()
    expect(reason.get_by_role("textbox")).to_be_visible()
    expect(reason.get_by_text("(wajib)")).to_be_visible()
    judge(page, width)


def test_a_section_without_anything_required_does_not_call_it_filled(
    office: Office, browser: Browser
) -> None:
    context = office.context(browser)
    page = form_page(context, f"{office.address}/isi/LIN_BULANAN/{VILLAGE}/2022-01")
    expect(page.locator(".kaki-aksi span")).to_have_text("Tidak ada isian wajib di bagian ini")
    context.close()
