"""What stands beside a form in a real browser: evidence, personal data, figures taken over."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.people import VILLAGE, Office, office_in
from tests.browser.test_access import violations
from tests.evidence import files
from tests.serving import DICTIONARY, REGIONS

TAIL = f"KEP_SEMESTER/{VILLAGE}/2026-S1"
NIK = "6201021203850001"
HEAD = "form,region,period,row,variable,breakdown,state,value,explanation\n"
CELLS = (
    f"KEP_SEMESTER,{VILLAGE},2025-S2,,KEP_001,,,1250,\n"
    f"KEP_SEMESTER,{VILLAGE},2025-S2,,KEP_002,,,640,\n"
    f'KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_004,,,30,"Kata warga, NIK {NIK}"\n'
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    sent = tmp_path_factory.mktemp("sent") / "isian.csv"
    sent.write_text(HEAD + CELLS, encoding="utf-8")
    sending = ("submission", "import", str(sent))
    with office_in(tmp_path_factory.mktemp("beside"), REGIONS, DICTIONARY, sending) as made_ready:
        yield made_ready


@pytest.fixture(params=[DESK, PHONE])
def page(request: pytest.FixtureRequest, office: Office, open_page: Open) -> Page:
    state = office.states["operator"]
    return open_page(f"{office.address}/kirim/{TAIL}", request.param, bypass_csp=True, storage_state=state)


def judge(page: Page, what: str) -> None:
    assert violations(page) == [], what
    assert page.viewport_size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], what


def test_a_photograph_is_added_and_taken_away(page: Page, tmp_path: Path) -> None:
    page.locator(f'a[href="/bukti/{TAIL}"]').click()
    page.get_by_role("heading", level=1).wait_for()
    before = page.locator(".bukti__butir").count()
    judge(page, "empty")
    page.get_by_label("Foto (JPEG, PNG, WebP, HEIC) atau dokumen PDF").set_input_files(
        files.written(tmp_path, b"bukan foto", "foto.jpg")
    )
    page.get_by_role("button", name="Simpan bukti").click()
    expect(page.get_by_role("alert")).to_contain_text("bukan foto")
    judge(page, "a fault")
    photo = files.written(tmp_path, files.photo(exif=True), "papan data.jpg")
    page.get_by_label("Foto (JPEG, PNG, WebP, HEIC) atau dokumen PDF").set_input_files(photo)
    page.get_by_label("Bukti untuk").select_option(value="|KEP_001|_T")
    page.get_by_label("Keterangan singkat").fill("Papan data di balai desa")
    page.get_by_role("button", name="Simpan bukti").click()
    expect(page.get_by_role("status").filter(has_text="Berkas sudah disimpan")).to_be_visible()
    expect(page.locator(".bukti__butir")).to_have_count(before + 1)
    small = page.locator(".bukti__gambar img").last
    expect(small).to_be_visible()
    small.scroll_into_view_if_needed()
    last = page.locator(".bukti__butir").last
    reason = last.get_by_label("Mengapa dihapus")
    expect(reason).to_be_hidden()
    last.locator("summary").click()
    expect(reason).to_be_visible()
    judge(page, "a photograph")
    with page.expect_download() as given:
        page.locator(".bukti__gambar").last.click()
    assert given.value.suggested_filename == "papan data.jpg"
    reason.fill("foto keliru")
    last.get_by_role("button", name="Hapus bukti ini").click()
    expect(page.locator(".bukti__butir")).to_have_count(before)
    expect(page.get_by_text("foto keliru").last).to_be_visible()
    judge(page, "taken away")


def test_personal_data_are_found_and_asked_to_be_taken_out(page: Page) -> None:
    page.locator(f'a[href="/hapus-data/{TAIL}"]').click()
    expect(page.get_by_text(NIK)).to_be_visible()
    judge(page, "a text")
    texts = page.get_by_role("region", name="Teks dan alasan pada formulir ini")
    texts.get_by_label("Alasan, tanpa menyebut datanya").fill("ada NIK warga")
    texts.get_by_role("button", name="Minta dihapus").click()
    expect(page.get_by_role("heading", name="Menunggu orang kedua")).to_be_visible()
    judge(page, "waiting")
    page.get_by_role("button", name="Batalkan permintaan").click()
    expect(page.get_by_role("heading", name="Yang sudah diputuskan")).to_be_visible()
    judge(page, "decided")


def test_last_period_is_taken_over(page: Page) -> None:
    with page.expect_navigation():
        page.locator(f'a[href="/salin/{TAIL}"]').click()
    judge(page, "offered")
    if page.get_by_role("button", name="Salin yang dipilih").count():
        line = page.get_by_role("group").filter(has_text="dari periode 2025-S2").first
        line.get_by_role("radio").last.check()
        page.get_by_role("button", name="Salin yang dipilih").click()
    expect(page.get_by_text("dari periode 2025-S2").last).to_be_visible()
    expect(page.get_by_role("heading", name="Yang disalin")).to_be_visible()
    judge(page, "taken over")
