"""Windows are edited from the calendar and a form's page in a real browser, with and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import test_dictionary_editing as editing
from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.test_access import violations
from tests.browser.test_dictionary_editing import Office, keep, save

office = editing.office
WINDOW = "Formulir semesteran"
DAYS = re.compile(r"20 (Januari|Juli) (\d{4})")


def year_of(page: Page) -> str:
    """The year in which a changed window is next due, as the page of the draft says it."""
    found = DAYS.search(page.locator("main").inner_text())
    assert found
    return found[2]


def test_a_due_day_moves_from_the_calendar_into_the_calendar(office: Office, open_page: Open) -> None:
    page = open_page(f"{office.address}/kalender", storage_state=office.states["siti"])
    page.get_by_role("link", name=f"Ubah jendela {WINDOW}").click()
    page.get_by_label("Judul rancangan baru").fill("Semester lebih cepat")
    page.get_by_role("button", name="Mulai mengubah").click()
    due = page.locator("#f-due")
    due.get_by_label("Tanggal").fill("32")
    keep(page)
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.url.endswith("#f-due")
    expect(due.get_by_label("Tanggal"), "what was typed is kept").to_have_value("32")
    due.get_by_label("Tanggal").fill("20")
    keep(page)
    page.get_by_role("heading", name="Kalender menurut rancangan ini").wait_for()
    told = page.get_by_role("region", name="Kalender menurut rancangan ini").inner_text()
    assert {month for month, _ in DAYS.findall(told)} == {"Januari", "Juli"}
    assert "31 Januari" in told, "the old days stand beside the new ones"
    year = year_of(page)
    before = page.request.get(f"{office.address}/kalender?tahun={year}").text()
    assert not DAYS.search(before), "a draft changes nothing"
    save(page, "Musdes dimajukan")
    page.goto(f"{office.address}/kalender?tahun={year}")
    assert DAYS.search(page.content())
    page.goto(f"{office.address}/kamus/riwayat")
    page.get_by_role("cell", name="Musdes dimajukan").wait_for()


def test_a_group_gets_its_own_window_from_the_page_of_a_form_without_script(
    office: Office, open_page: Open
) -> None:
    page = open_page(
        f"{office.address}/formulir/KEP_TRIWULAN",
        PHONE,
        storage_state=office.states["siti"],
        java_script_enabled=False,
    )
    page.get_by_role("link", name="Jendela baru").click()
    page.get_by_label("Judul rancangan baru").fill("Bergiliran")
    page.get_by_role("button", name="Mulai mengubah").click()
    expect(page.get_by_label("KEP_TRIWULAN"), "a window begins like that of its form").to_be_checked()
    page.get_by_label("Kode", exact=True).fill("BARAT")
    page.get_by_label("Nama", exact=True).fill("Kelompok barat")
    page.get_by_label("Kode wilayah").fill("62.01\n62.99")
    page.locator("#f-due").get_by_label("Tanggal").fill("12")
    keep(page)
    page.get_by_role("heading", name="Kalender menurut rancangan ini").wait_for()
    told = page.get_by_role("region", name="Kalender menurut rancangan ini")
    expect(told).to_contain_text("Kotawaringin Barat")
    expect(told).to_contain_text("tidak ada dalam daftar wilayah hari ini: 62.99")
    found = re.search(r"sampai (12 \w+ (\d{4}))", told.inner_text())
    assert found
    save(page, "Kelompok barat lebih dulu")
    for region, is_there in (("62.01.02.2016", True), ("62.07.02.2008", False)):
        page.goto(f"{office.address}/kalender?tahun={found[2]}&wilayah={region}")
        assert (found[1] in page.content()) is is_there, region


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_on_windows_and_milestones(office: Office, open_page: Open, width: int) -> None:
    page = open_page(
        f"{office.address}/kalender", width, bypass_csp=True, storage_state=office.states["budi"]
    )

    def judge() -> None:
        assert violations(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    judge()
    page.goto(f"{office.address}/formulir/KEP_SEMESTER")
    judge()
    page.get_by_role("link", name="Jendela baru").click()
    page.get_by_label("Judul rancangan baru").wait_for()
    judge()
    if page.get_by_label("Rancangan baru", exact=True).count():
        page.get_by_label("Rancangan baru", exact=True).check()
    page.get_by_label("Judul rancangan baru").fill(f"Uji {width}")
    page.get_by_role("button", name="Mulai mengubah").click()
    judge()
    page.get_by_label("Kode wilayah").fill("Kobar")
    page.locator("#f-due").get_by_label("Tanggal").fill("32")
    keep(page)
    expect(page.locator("[aria-invalid=true]")).not_to_have_count(0)
    judge()
    page.get_by_label("Kode", exact=True).fill(f"UJI_{width}")
    page.get_by_label("Kode wilayah").fill("62.02\n62.98")
    page.get_by_label("Nama", exact=True).fill("Giliran timur")
    page.locator("#f-due").get_by_label("Tanggal").fill("9")
    keep(page)
    page.get_by_role("heading", name="Kalender menurut rancangan ini").wait_for()
    judge()
    page.goto(f"{page.url.split('/jendela')[0]}/tonggak/RKPD")
    judge()
