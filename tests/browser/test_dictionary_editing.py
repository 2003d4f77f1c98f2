"""The walidata edits the dictionary in a real browser: element, rule, sector, trial run, conflict, access."""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect
from pyxform.xls2xform import convert

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.test_access import violations
from tests.browser.test_accounts import again, created, first_log_in
from tests.serving import DICTIONARY, REGIONS, made, served

PEOPLE = ("siti", "budi")


@dataclass(frozen=True)
class Office:
    """A served SIDARA with two data stewards, each with the state of a browser that has logged in."""

    address: str
    states: dict[str, dict]


def set_up(browser: Browser, address: str, login: str, code: str) -> dict:
    """Choose a password and set up codes from an app, as a provincial officer must."""
    page = browser.new_context().new_page()
    page.goto(f"{address}/masuk/kode")
    first_log_in(page, login, code, f"Contoh {login.title()}")
    page.get_by_role("heading", name=f"Contoh {login.title()}").wait_for()
    page.goto(f"{address}/akun/kode-aplikasi")
    if page.url.split("?")[0].endswith("/masuk/ulang"):
        again(page)
    page.get_by_text("Tidak bisa memindai?").click()
    secret = page.locator("code.kunci").inner_text()
    page.get_by_label("Kode 6 angka").fill(str(format_hotp_value(hotp_value(secret, int(time.time()) // 30))))
    page.get_by_role("button", name="Pasang", exact=True).click()
    page.get_by_role("status").get_by_text("Kode aplikasi sudah dipasang").wait_for()
    state = page.context.storage_state()
    page.context.close()
    return dict(state)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Office]:
    home = made(tmp_path_factory.mktemp("kamus"), REGIONS, DICTIONARY)
    people = created(home, *((login, "walidata", "62") for login in PEOPLE))
    with served(home) as site:
        address = site.address.replace("127.0.0.1", "localhost")
        yield Office(
            address, {login: set_up(browser, address, login, one["code"]) for login, one in people.items()}
        )


def start(page: Page, title: str) -> None:
    """Open a new draft."""
    page.get_by_role("link", name="Rancangan", exact=True).click()
    page.get_by_label("Judul rancangan baru").fill(title)
    page.get_by_role("button", name="Buat rancangan").click()
    page.get_by_role("heading", level=1, name=title).wait_for()


def keep(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan ke rancangan").last.click()


def save(page: Page, reason: str) -> None:
    page.get_by_label("Alasan perubahan").fill(reason)
    page.get_by_role("button", name="Simpan ke kamus").click()
    page.get_by_role("status").get_by_text("disimpan sebagai revisi").wait_for()


def test_an_element_and_a_rule_go_through_trial_and_review_into_a_new_form_version(
    office: Office, open_page: Open
) -> None:
    page = open_page(f"{office.address}/kamus/KES_012", storage_state=office.states["siti"])
    page.get_by_role("link", name="Ubah", exact=True).click()
    page.get_by_label("Judul rancangan baru").fill("Kader posyandu")
    page.get_by_role("button", name="Mulai mengubah").click()
    page.get_by_role("button", name="Tambah aturan").wait_for()
    before = page.locator("[id^='f-rules-'][id$='-holds']").count()
    page.get_by_role("button", name="Tambah aturan").click()
    rule = page.locator(f"#f-rules-{before}")
    rule.get_by_label("Yang harus benar").fill("KES_012 <= salah(3)")
    rule.get_by_label("Bila dilanggar").select_option("galat")
    rule.get_by_label("Pesan").fill("Isian {KES_012} lebih dari 3; periksa catatan.")
    keep(page)
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.url.endswith(f"#f-rules-{before}-holds")
    page.locator(f"#f-rules-{before}").get_by_label("Yang harus benar").fill("KES_012 <= 3")
    keep(page)
    page.get_by_role("heading", level=1, name="Kader posyandu").wait_for()
    expect(page.get_by_text("KES_012 <= 3").first).to_be_visible()
    form = page.locator("li").filter(has_text="dari v1 ke v2").first
    form.get_by_role("link", name="Tambah elemen").click()
    code = page.get_by_label("Kode", exact=True).input_value()
    page.get_by_label("Nama", exact=True).fill("Contoh kader baru")
    keep(page)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Nama", exact=True)).to_have_value("Contoh kader baru")
    for label, text in {
        "Pertanyaan": "Berapa kader baru?",
        "Definisi": "Kader yang baru bertugas",
        "Mengapa ditanya": "Pelatihan kader.",
        "Contoh isian": "Ada 2 orang: isi 2.",
        "Bukti yang dihitung": "SK kepala desa",
        "Satuan": "orang",
        "Ukuran": "jumlah",
        "Konsep": "Kesehatan baru",
        "Sumber": "contoh",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    keep(page)
    page.get_by_role("button", name="Tambahkan konsep “Kesehatan baru”").click()
    keep(page)
    page.get_by_role("heading", level=1, name="Kader posyandu").wait_for()
    draft = page.url
    page.locator("li").filter(has_text="dari v1 ke v2").first.get_by_role("link", name="Uji coba").click()
    page.locator("[name='c|KES_012|_T']").fill("7")
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(page.get_by_text("Isian 7 lebih dari 3.")).to_be_visible()
    page.locator("[name='c|KES_012|_T']").fill("2")
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(page.get_by_text("lebih dari 3.")).to_have_count(0)
    page.goto(draft)
    save(page, "Kader baru ikut ditanya")
    page.goto(f"{office.address}/kamus/{code}")
    page.get_by_role("heading", level=1, name="Contoh kader baru").wait_for()
    page.goto(f"{office.address}/kamus/riwayat")
    expect(page.get_by_role("cell", name="Kader baru ikut ditanya")).to_be_visible()
    page.goto(f"{office.address}/kamus/riwayat/elemen/KES_012")
    expect(page.get_by_text("KES_012 <= 3").first).to_be_visible()


def test_a_new_sector_with_form_codelist_and_element_is_made_without_script(
    office: Office, open_page: Open
) -> None:
    page = open_page(
        f"{office.address}/kamus", PHONE, storage_state=office.states["siti"], java_script_enabled=False
    )
    start(page, "Perikanan")
    draft = page.url
    page.get_by_role("link", name="Bidang baru dengan formulirnya").click()
    page.get_by_label("Kode bidang").fill("IKN")
    page.get_by_label("Nama bidang").fill("Perikanan")
    page.get_by_label("Kode OPD baru").fill("DISKAN")
    page.get_by_label("Nama OPD baru").fill("Dinas Perikanan contoh")
    page.get_by_role("button", name="Masukkan ke rancangan").click()
    page.goto(f"{draft}/klasifikasi")
    page.get_by_label("Kode", exact=True).fill("TEMPAT_IKAN")
    page.get_by_label("Nama", exact=True).fill("Tempat ikan")
    for number, (code, label) in enumerate((("KRB", "Keramba"), ("KLM", "Kolam"))):
        page.get_by_role("button", name="Tambah kategori").click()
        page.locator(f"#f-categories-{number}-code").fill(code)
        page.locator(f"#f-categories-{number}-label").fill(label)
    expect(page.locator("#f-categories-0-label"), "a new row keeps what was typed").to_have_value("Keramba")
    page.get_by_label("Kategorinya boleh dijumlahkan").check()
    keep(page)
    page.get_by_role("heading", level=1, name="Perikanan").wait_for()
    page.goto(f"{draft}/elemen?formulir=IKN_TAHUNAN")
    expect(page.get_by_label("Kode", exact=True)).to_have_value("IKN_001")
    for label, text in {
        "Nama": "Tempat memelihara ikan",
        "Pertanyaan": "Berapa tempat memelihara ikan?",
        "Definisi": "Keramba dan kolam yang dipakai",
        "Mengapa ditanya": "Pangan desa.",
        "Contoh isian": "Ada 3 keramba: isi 3.",
        "Bukti yang dihitung": "Catatan kelompok",
        "Satuan": "unit",
        "Ukuran": "jumlah",
        "Konsep": "Perikanan",
        "Sumber": "contoh",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("OPD pemilik").select_option("DISKAN")
    page.get_by_label("Bidang penguatan").select_option("ekonomi")
    page.get_by_label("TEMPAT_IKAN: Tempat ikan").check()
    page.get_by_label("Hubungan rincian dengan total").select_option("sama_dengan_total")
    keep(page)
    page.get_by_role("button", name="Tambahkan konsep “Perikanan”").click()
    keep(page)
    page.get_by_role("heading", level=1, name="Perikanan").wait_for()
    save(page, "Bidang perikanan")
    page.goto(f"{office.address}/formulir")
    page.get_by_role("link", name="IKN_TAHUNAN").click()
    expect(page.get_by_text("Keramba; Kolam")).to_be_visible()
    answer = page.request.get(f"{office.address}/formulir/IKN_TAHUNAN/xlsform.xlsx")
    assert convert(io.BytesIO(answer.body()), file_type=".xlsx").xform


def test_a_second_save_in_conflict_loses_nothing(office: Office, open_page: Open) -> None:
    pages = {}
    for login, name in (("siti", "Penduduk desa siti"), ("budi", "Penduduk desa budi")):
        page = open_page(f"{office.address}/kamus/ubah/elemen/KEP_001", storage_state=office.states[login])
        if page.get_by_label("Rancangan baru", exact=True).count():
            page.get_by_label("Rancangan baru", exact=True).check()
        page.get_by_label("Judul rancangan baru").fill(f"Punya {login}")
        page.get_by_role("button", name="Mulai mengubah").click()
        page.get_by_label("Nama", exact=True).fill(name)
        if login == "budi":
            page.get_by_label("Catatan", exact=True).fill("Catatan budi")
        keep(page)
        page.get_by_role("heading", level=1, name=f"Punya {login}").wait_for()
        pages[login] = page
    save(pages["siti"], "siti lebih dulu")
    late = pages["budi"]
    late.get_by_label("Alasan perubahan").fill("budi menyusul")
    with late.expect_response(lambda answer: answer.request.method == "POST") as answered:
        late.get_by_role("button", name="Simpan ke kamus").click()
    assert answered.value.status == 200
    late.get_by_role("heading", name="Orang lain lebih dulu menyimpan").wait_for()
    expect(late.get_by_text("Penduduk desa siti").first).to_be_visible()
    expect(late.get_by_text("Penduduk desa budi").first).to_be_visible()
    late.get_by_label("Punya mereka:").check()
    late.get_by_role("button", name="Gabungkan").click()
    save(late, "budi menyusul")
    late.goto(f"{office.address}/kamus/KEP_001")
    expect(late.get_by_role("heading", level=1)).to_have_text("Penduduk desa siti")
    expect(late.get_by_text("Catatan budi")).to_be_visible()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(office: Office, open_page: Open, width: int) -> None:
    page = open_page(f"{office.address}/kamus", width, bypass_csp=True, storage_state=office.states["budi"])
    start(page, f"Uji {width}")
    draft = page.url

    def judge(path: str = "") -> None:
        if path:
            page.goto(path)
        assert violations(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    judge()
    page.goto(f"{draft}/elemen/KEP_004")
    page.get_by_label("Pertanyaan", exact=True).fill("")
    page.get_by_label("Angka di belakang koma").fill("dua")
    keep(page)
    expect(page.locator("[aria-invalid=true]")).to_have_count(2)
    judge()
    for path in (
        draft, f"{draft}/elemen?formulir=KES_BULANAN", f"{draft}/formulir/KEP_SEMESTER",
        f"{draft}/daftar/usulan",
        f"{draft}/klasifikasi/JENIS_PASAR", f"{draft}/bidang-baru", f"{draft}/impor",
        f"{draft}/uji/PEM_TAHUNAN", f"{office.address}/kamus/rancangan", f"{office.address}/kamus/riwayat",
        f"{office.address}/kamus/riwayat/1", f"{office.address}/kamus/riwayat/elemen/KEP_004",
        f"{office.address}/kamus/ubah/elemen/KEP_002", f"{office.address}/kamus/KEP_002",
    ):  # fmt: skip
        judge(path)
    page.goto(f"{draft}/elemen/KEP_004")
    page.get_by_label("Pertanyaan", exact=True).fill("Berapa keluarga?")
    page.get_by_label("Angka di belakang koma").fill("0")
    keep(page)
    judge()
    judge(f"{draft}/uji/KEP_SEMESTER")
    page.get_by_role("button", name="Periksa jawaban").click()
    judge()
