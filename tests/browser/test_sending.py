"""A form goes up in a real browser: the operator sends, the head endorses, the form is locked."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sidara.kernel.clock import local_date, now
from sidara.kernel.period import Frequency, last_ended
from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.people import VILLAGE, Office, office_in, open_windows
from tests.browser.test_access import violations
from tests.browser.test_entry import all_sent, form_page
from tests.serving import DICTIONARY, REGIONS

GOOD = {"KEP_001": "100", "KEP_002": "60", "KEP_003": "40", "KEP_004": "30"}
PERIOD = str(last_ended(Frequency.SEMESTER, local_date(now())))
PAGE = f"/kirim/KEP_SEMESTER/{VILLAGE}/{PERIOD}"
FORM = f"/isi/KEP_SEMESTER/{VILLAGE}/{PERIOD}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A village whose half-yearly forms can be sent whenever the test runs."""
    home = tmp_path_factory.mktemp("sending")
    with office_in(home, REGIONS, DICTIONARY, open_windows("SEMESTERAN")) as made_ready:
        yield made_ready


def judge(page: Page, width: int, what: str) -> None:
    assert violations(page) == [], what
    assert page.evaluate("document.documentElement.scrollWidth") <= width, what


def level(page: Page) -> str:
    return page.locator("dl.rincian dd").first.inner_text()


@pytest.mark.parametrize(("width", "with_script"), [(DESK, True), (PHONE, True), (PHONE, False)])
def test_a_form_is_sent_endorsed_locked_and_withdrawn(
    office: Office, browser: Browser, open_page: Open, width: int, *, with_script: bool
) -> None:
    fill(office, browser)
    options = {} if with_script else {"java_script_enabled": False}
    operator = open_page(
        f"{office.address}/tugas", width, bypass_csp=True, storage_state=office.states["operator"], **options
    )
    head = open_page(
        f"{office.address}/tugas", width, bypass_csp=True, storage_state=office.states["kades"], **options
    )
    expect(head.get_by_text("Tidak ada formulir yang menunggu pengesahan Anda.")).to_be_visible()
    operator.locator(f'a[href="{PAGE}"]').first.click()
    operator.get_by_role("heading", level=1).wait_for()
    expect(operator.get_by_text("Formulir ini siap dikirim.")).to_be_visible()
    if with_script:
        judge(operator, width, "ready")
    operator.get_by_role("button", name="Kirim untuk disahkan").click()
    operator.get_by_role("button", name="Tarik kembali").wait_for()
    assert level(operator) == "terkirim, menunggu pengesahan kepala desa"
    head.reload()
    if with_script:
        judge(head, width, "tasks of the head of the village")
    head.get_by_role("link", name=re.compile("^Periksa dan sahkan:")).click()
    head.get_by_role("button", name="Sahkan sebagai kepala desa").click()
    head.get_by_role("button", name="Sahkan sebagai kepala desa").wait_for(state="detached")
    assert level(head) == "disahkan kepala desa"
    if with_script:
        judge(head, width, "endorsed")
    operator.goto(f"{office.address}{FORM}")
    root = operator
    if with_script:
        operator.locator("#isian[data-siap]").wait_for()
    expect(root.get_by_role("heading", name="Hanya untuk dibaca")).to_be_visible()
    expect(operator.locator("main input:enabled:not([type=hidden]), main textarea:enabled")).to_have_count(0)
    operator.goto(f"{office.address}{PAGE}")
    operator.get_by_role("button", name="Tarik kembali").click()
    operator.get_by_role("button", name="Kirim untuk disahkan").wait_for()
    assert level(operator) == "draf"
    operator.goto(f"{office.address}{FORM}")
    if with_script:
        operator.locator("#isian[data-siap]").wait_for()
    assert operator.locator("main input:enabled:not([type=hidden])").count() > 0


def fill(office: Office, browser: Browser) -> None:
    """Fill the form in by its fields, once."""
    context = office.context(browser)
    page = form_page(context, f"{office.address}{FORM}")
    for code, text in GOOD.items():
        field = page.locator(f'[data-sel*="{code}"] input, input[id*="{code}"]').first
        field.fill(text)
        field.blur()
    all_sent(page)
    context.close()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_what_holds_a_form_back_leads_to_its_field(office: Office, open_page: Open, width: int) -> None:
    page = open_page(
        f"{office.address}/kirim/KEU_TRIWULAN/{VILLAGE}/2025-Q1",
        width,
        bypass_csp=True,
        storage_state=office.states["operator"],
    )
    expect(page.get_by_text("Formulir ini belum diisi.")).to_be_visible()
    expect(page.get_by_role("button", name="Kirim untuk disahkan")).to_have_count(0)
    judge(page, width, "nothing filled in")
    page.locator(".hal a").last.click()
    page.locator("#isian[data-siap]").wait_for()
    section = re.search(r"\?bagian=(\d+)#sel-", page.url)
    assert section
    assert page.get_by_role("heading", level=1).inner_text().startswith(f"Bagian {section[1]}.")
    assert page.evaluate("document.activeElement.id === location.hash.slice(1)"), "it leads to the field"


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_file_is_tried_and_stored_on_screen(
    office: Office, open_page: Open, tmp_path: Path, width: int
) -> None:
    period = {DESK: "2024-Q1", PHONE: "2024-Q2"}[width]
    path = tmp_path / "isian.csv"
    cells = [("KEP_010", "4"), ("KEP_011", "empat"), *(("KEP_999", str(at)) for at in range(60))]
    rows = "".join(f"KEP_TRIWULAN,{VILLAGE},{period},,{code},,,{text},\n" for code, text in cells)
    path.write_text(f"form,region,period,row,variable,breakdown,state,value,explanation\n{rows}")
    page = open_page(
        f"{office.address}/berkas", width, bypass_csp=True, storage_state=office.states["operator"]
    )
    judge(page, width, "files")
    page.get_by_label("Berkas .xlsx, .csv, .parquet").set_input_files(path)
    page.get_by_role("button", name="Coba berkas ini").click()
    page.get_by_role("heading", name="Uji coba berkas").wait_for()
    expect(page.get_by_text("Belum ada yang disimpan. 1 isian dapat disimpan, 61 tidak.")).to_be_visible()
    judge(page, width, "trial")
    page.get_by_role("link", name="Berikutnya").click()
    page.get_by_role("heading", name="Temuan 51 sampai 61 dari 61").wait_for()
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("heading", name="Hasil berkas").wait_for()
    expect(page.get_by_text("1 isian tersimpan, 61 tidak.")).to_be_visible()
    judge(page, width, "result")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_paper_is_typed_in_with_the_name_of_its_filler(office: Office, open_page: Open, width: int) -> None:
    period = {DESK: "2023-Q1", PHONE: "2023-Q2"}[width]
    page = open_page(
        f"{office.address}/kertas/KEP_TRIWULAN/{VILLAGE}/{period}",
        width,
        bypass_csp=True,
        storage_state=office.states["operator"],
    )
    judge(page, width, "paper")
    page.get_by_label("Dari kertas, diisi oleh (nama dan jabatan)").fill("Ibu Contoh, operator desa")
    page.locator("input.angka").first.fill("4")
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan bagian ini").click()
    expect(page.locator("input.angka").first).to_have_value("4")
    assert page.get_by_label("Dari kertas, diisi oleh (nama dan jabatan)").input_value().startswith("Ibu")
    page.get_by_role("link", name="Lihat yang kurang dan riwayatnya").click()
    expect(page.get_by_text("Diisi oleh Ibu Contoh, operator desa")).to_be_visible()
