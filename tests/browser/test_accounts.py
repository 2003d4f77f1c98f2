"""People in a real browser: a lost account in a village, codes from an app, passkeys, sheets, and access."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.test_access import violations
from tests.commands import together
from tests.serving import REGIONS, made, served

PASSWORD = "empat kata mudah diingat"


@dataclass(frozen=True)
class Office:
    """A served SIDARA with a verifier, an operator and a provincial officer, and their one-time codes."""

    address: str
    codes: dict[str, str]
    accounts: dict[str, str]


def created(home: Path, *people: tuple[str, str, str]) -> dict[str, dict[str, str]]:
    """Make accounts of log-in name, role and area by `sidara users create`; gives what it tells, by name."""
    commands = [
        ("users", "create", login, "--role", role, "--under", under, "--function", f"Contoh {role}", "--json")
        for login, role, under in people
    ]
    told = map(json.loads, together(home, *commands))
    return {login: one for (login, _, _), one in zip(people, told, strict=True)}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    home = made(tmp_path_factory.mktemp("office"), REGIONS)
    people = created(
        home,
        ("kecamatan", "verifikator-kecamatan", "62.01.02"),
        ("operator", "operator-desa", "62.01.02.2016"),
        ("provinsi", "pmd-provinsi", "62"),
    )
    with served(home) as site:
        codes = {login: one["code"] for login, one in people.items()}
        accounts = {login: one["account"] for login, one in people.items()}
        yield Office(site.address.replace("127.0.0.1", "localhost"), codes, accounts)


def first_log_in(page: Page, login: str, code: str, name: str = "") -> None:
    page.get_by_label("Nama masuk").fill(login)
    page.get_by_label("Kode sekali pakai").fill(code)
    page.get_by_role("button", name="Lanjutkan").click()
    if name:
        page.get_by_label("Nama lengkap Anda").fill(name)
    page.get_by_label("Kata sandi baru", exact=True).fill(PASSWORD)
    page.get_by_label("Kata sandi baru, sekali lagi").fill(PASSWORD)
    page.get_by_role("button", name="Simpan dan masuk").click()


def log_in(page: Page, login: str, password: str = PASSWORD) -> None:
    page.get_by_label("Nama masuk").fill(login)
    page.get_by_label("Kata sandi").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Masuk", exact=True).click()


def again(page: Page) -> None:
    page.get_by_label("Kata sandi").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Lanjutkan").click()


@pytest.fixture(scope="module")
def opened(office: Office, browser: object) -> Office:
    """Everybody has chosen a password."""
    for login, code in office.codes.items():
        page = browser.new_context().new_page()  # type: ignore[attr-defined]  # a browser
        page.goto(f"{office.address}/masuk/kode")
        first_log_in(page, login, code, f"Contoh {login.title()}")
        page.get_by_role("heading", name=f"Contoh {login.title()}").wait_for()
        page.context.close()
    return office


def test_a_lost_account_in_a_village_is_recovered_by_the_kecamatan(opened: Office, open_page: Open) -> None:
    desk = open_page(f"{opened.address}/istilah")
    desk.get_by_role("link", name="Masuk", exact=True).click()
    log_in(desk, "kecamatan")
    desk.wait_for_url("**/istilah")
    desk.goto(f"{opened.address}/orang?q=operator")
    desk.get_by_role("link", name="Contoh Operator").click()
    desk.get_by_role("link", name="Pulihkan akun").click()
    desk.get_by_role("button", name="Pulihkan akun").click()
    code = desk.locator("[data-kode-baru]").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    phone = open_page(f"{opened.address}/masuk", PHONE)
    log_in(phone, "operator")
    expect(phone.get_by_role("alert").filter(has_text="tidak cocok")).to_be_visible()
    phone.goto(f"{opened.address}/masuk/kode#nama=operator&kode={code}")
    assert "#" not in phone.url
    expect(phone.get_by_label("Kode sekali pakai")).to_have_value(code)
    phone.get_by_role("button", name="Lanjutkan").click()
    phone.get_by_label("Kata sandi baru", exact=True).fill(PASSWORD + " lagi")
    phone.get_by_label("Kata sandi baru, sekali lagi").fill(PASSWORD + " lagi")
    phone.get_by_role("button", name="Simpan dan masuk").click()
    expect(phone.get_by_role("heading", name="Contoh Operator")).to_be_visible()
    expect(phone.get_by_text("kode sekali pakai").first).to_be_visible()
    desk.goto(f"{opened.address}/orang/{opened.accounts['operator']}")
    expect(desk.get_by_text("Kode sekali pakai dipakai").first).to_be_visible()


def test_a_provincial_officer_sets_up_and_uses_codes_from_an_app(opened: Office, open_page: Open) -> None:
    page = open_page(f"{opened.address}/masuk")
    log_in(page, "provinsi")
    page.get_by_role("link", name="Pasang sekarang").click()
    again(page)
    page.get_by_text("Tidak bisa memindai?").click()
    secret = page.locator("code.kunci").inner_text()

    def shown(steps: int = 0) -> str:
        return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))

    page.get_by_label("Kode 6 angka").fill(shown())
    page.get_by_role("button", name="Pasang", exact=True).click()
    expect(page.get_by_role("status").get_by_text("Kode aplikasi sudah dipasang")).to_be_visible()
    page.get_by_role("link", name="Orang dan hak").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 akun di wilayah Anda")
    page.goto(f"{opened.address}/keluar")
    page.get_by_role("button", name="Keluar").click()
    page.goto(f"{opened.address}/masuk")
    log_in(page, "provinsi")
    page.get_by_label("Kode 6 angka").fill(shown(1))
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", name="Tidak ada kiriman yang menunggu Anda.")).to_be_visible()
    page.goto(f"{opened.address}/akun")
    expect(page.get_by_text("Terpasang")).to_be_visible()
    expect(page.get_by_text("kata sandi dan kode aplikasi").first).to_be_visible()


def test_a_passkey_logs_in_and_can_be_removed(opened: Office, open_page: Open) -> None:
    page = open_page(f"{opened.address}/masuk")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    log_in(page, "kecamatan")
    page.get_by_role("heading", name="Tugas saya").wait_for()
    page.goto(f"{opened.address}/akun")
    page.get_by_role("link", name="Tambah passkey").click()
    again(page)
    page.get_by_label("Nama passkey").fill("HP contoh")
    page.get_by_role("button", name="Tambah passkey").click()
    page.get_by_role("status").get_by_text("Passkey sudah ditambahkan").wait_for()
    page.goto(f"{opened.address}/keluar")
    page.get_by_role("button", name="Keluar").click()
    page.goto(f"{opened.address}/masuk")
    page.get_by_label("Komputer ini dipakai bersama").uncheck()
    page.get_by_role("button", name="Masuk dengan passkey").click()
    page.get_by_role("heading", name="Tugas saya").wait_for()
    page.goto(f"{opened.address}/akun")
    expect(page.get_by_role("cell", name="passkey").first).to_be_visible()
    (session,) = [one for one in page.context.cookies() if one["name"] == "sidara_sesi"]
    assert session["expires"] > time.time() + 13 * 86_400
    page.get_by_role("link", name="Hapus passkey HP contoh").click()
    again(page)
    page.get_by_role("button", name="Hapus passkey").click()
    page.get_by_role("status").get_by_text("Passkey sudah dihapus").wait_for()


def test_a_sheet_prints_two_strips_side_by_side_with_cut_lines(opened: Office, open_page: Open) -> None:
    page = open_page(f"{opened.address}/masuk?next=/orang/lembar/62.01.02")
    log_in(page, "kecamatan")
    page.get_by_role("button", name="Buat lembar").click()
    strips = page.locator(".strip")
    expect(strips).to_have_count(20)
    assert page.locator(".strip .qr svg").count() >= 18
    page.emulate_media(media="print")
    first, second = strips.nth(0).bounding_box(), strips.nth(1).bounding_box()
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert "dashed" in strips.first.evaluate("one => getComputedStyle(one).borderStyle")
    expect(page.locator(".alert")).to_be_hidden()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(opened: Office, open_page: Open, width: int) -> None:
    page = open_page(f"{opened.address}/masuk", width, bypass_csp=True)
    paths = ["/masuk", "/masuk/kode"]
    own = [
        "/akun",
        "/akun/kata-sandi",
        "/akun/token",
        "/keluar",
        "/orang",
        "/orang?q=tidakada",
        "/orang/baru",
        "/orang/lembar",
        "/orang/lembar/62.01.02",
        f"/orang/{opened.accounts['operator']}",
        f"/orang/{opened.accounts['operator']}/hak",
        f"/orang/{opened.accounts['operator']}/pulihkan",
        "/akun/kode-aplikasi",
        "/akun/passkey/tambah",
    ]

    def judge(path: str) -> None:
        page.goto(f"{opened.address}{path}")
        if page.url.split("?")[0].endswith("/masuk/ulang"):
            assert violations(page) == [], "/masuk/ulang"
            again(page)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    for path in paths:
        judge(path)
    page.goto(f"{opened.address}/masuk")
    log_in(page, "siapa", "salah")
    assert violations(page) == []
    log_in(page, "kecamatan")
    for path in own:
        judge(path)
    page.goto(f"{opened.address}/akun/token")
    page.get_by_label("Untuk apa").fill("Program contoh dengan nama yang panjang sekali, untuk menguji lebar")
    page.get_by_role("button", name="Buat token").click()
    assert page.locator("[data-token-baru]").inner_text().startswith("sdr_")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{opened.address}/orang/baru")
    page.get_by_label("Nama masuk").fill("x")
    page.get_by_label("Jabatan").fill("Contoh")
    page.get_by_label("Kode wilayah").fill("62")
    page.get_by_role("button", name="Buat akun").click()
    expect(page.locator("[aria-invalid=true]")).to_have_count(2)
    assert violations(page) == []


def test_log_in_works_by_keyboard_and_without_script(opened: Office, open_page: Open) -> None:
    page = open_page(f"{opened.address}/masuk", java_script_enabled=False)
    page.get_by_label("Nama masuk").focus()
    page.keyboard.type("kecamatan")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Tugas saya").wait_for()
