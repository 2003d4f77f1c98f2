"""Log-in by real requests, and those who attack it."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from sidara.accounts import queries, services
from sidara.accounts.core import Failure
from sidara.accounts.models import Account, LogIn
from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.kernel.clock import now
from tests.world import PASSWORD, World, add_totp, totp_code

NAME = "verifikator-kecamatan-a"
OFFICE = "203.0.113.7"
ELSEWHERE = "198.51.100.9"


def log_in(client: Client, name: str = NAME, password: str = PASSWORD, at: str = OFFICE, **more: str):
    data = {"login": name, "password": password, "shared": "on"} | more
    return client.post("/masuk", data, REMOTE_ADDR=at, follow=False)


def is_in(client: Client) -> bool:
    return client.get("/akun").status_code == 200


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_right_password_lets_in_and_is_written_down(world: World) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/128.0"})
    answer = log_in(client, " Verifikator-Kecamatan-A ")
    assert (answer.status_code, answer["location"]) == (302, "/tugas")
    (one,) = queries.log_ins(world.actor(NAME), account_id=world.ids[NAME])
    assert (one.is_success, one.method, one.address, one.device) == (
        True,
        "password",
        OFFICE,
        "Firefox di Windows",
    )
    page = client.get("/akun")
    assert "Contoh verifikator-kecamatan-a" in words(page)
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert page.headers["Vary"].count("Cookie") == 1


@pytest.mark.parametrize(
    ("login", "place"),
    [
        ("operator-desa-a", "/tugas"),
        ("kepala-desa-a", "/tugas"),
        ("pendamping-a", "/tugas"),
        ("opd-a", "/periksa"),
        ("pmd-kabupaten-a", "/periksa"),
        ("habis", "/akun"),
    ],
)
def test_log_in_leads_to_the_work_or_to_the_account(world: World, login: str, place: str) -> None:
    assert log_in(Client(), login)["location"] == place
    assert log_in(Client(), login, next="/istilah")["location"] == "/istilah"


def test_the_session_is_another_one_after_log_in(world: World) -> None:
    client = Client()
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["sidara_sesi"] = planted = session.session_key
    log_in(client)
    assert client.cookies["sidara_sesi"].value != planted
    thief = Client()
    thief.cookies["sidara_sesi"] = planted
    assert not is_in(thief)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    client = Client()
    answer = log_in(client)
    for name in ("sidara_sesi", "sidara_perangkat"):
        cookie = answer.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_wrong_names_and_wrong_passwords_are_told_alike(world: World) -> None:
    Account.objects.filter(login_name="opd-a").update(is_active=False)
    pages = {
        name: log_in(Client(), name, "salah sekali")
        for name in (NAME, "tidak-ada", "klien-api", "opd-a", "a" * 39)
    }
    told = {re.sub(r'value="[^"]*"', "", page.content.decode()) for page in pages.values()}
    told = {re.sub(r"csrfmiddlewaretoken[^>]*", "", page) for page in told}
    assert len(told) == 1
    assert {page.status_code for page in pages.values()} == {200}
    assert "Nama masuk dan kata sandi tidak cocok" in words(pages[NAME])


def test_a_wrong_name_costs_as_much_work_as_a_wrong_password(world: World, monkeypatch) -> None:
    """Counted as hashes, not as seconds: each attempt is one."""
    from sidara.web.passwords import Argon2

    done = []
    encode = Argon2.encode
    verify = Argon2.verify
    monkeypatch.setattr(Argon2, "encode", lambda *a: done.append("hash") or encode(*a))
    monkeypatch.setattr(Argon2, "verify", lambda *a: done.append("hash") or verify(*a))
    services.create(
        OPERATOR,
        login_name="tanpa-sandi",
        name="",
        function="x",
        role="operator-desa",
        under=["62.01.02.2016"],
    )
    counts = []
    for name in (NAME, "tidak-ada", "tanpa-sandi"):
        done.clear()
        log_in(Client(), name, "salah sekali")
        counts.append(len(done))
    assert counts == [1, 1, 1]


def test_a_password_in_the_wrong_field_is_not_kept(world: World) -> None:
    log_in(Client(), "rahasia saya sendiri", "x")
    row = LogIn.objects.get()
    assert row.account is None
    assert "rahasia" not in str(LogIn.objects.values())


def test_one_guesser_waits_and_the_office_does_not(world: World) -> None:
    known, colleague, guesser = Client(), Client(), Client()
    log_in(known)
    known.post("/keluar")
    for _ in range(5):
        assert "tidak cocok" in words(log_in(guesser, NAME, "tebakan"))
    assert "Terlalu sering" in words(log_in(guesser, NAME, "tebakan"))
    assert "Terlalu sering" in words(log_in(Client(), NAME, PASSWORD))
    assert log_in(colleague, "kepala-desa-a").status_code == 302
    assert log_in(known).status_code == 302
    assert log_in(Client(), NAME, at=ELSEWHERE).status_code == 302
    failures = list(LogIn.objects.filter(is_success=False).values_list("failure", flat=True))
    assert failures == [Failure.WRONG] * 5 + [Failure.THROTTLED] * 2


def test_many_addresses_guessing_one_name_wait_but_its_own_device_does_not(world: World) -> None:
    known = Client()
    log_in(known)
    known.post("/keluar")
    for number in range(30):
        log_in(Client(), NAME, "tebakan", at=f"198.51.100.{number // 4}")
    assert "Terlalu sering" in words(log_in(Client(), NAME, at="192.0.2.1"))
    assert log_in(known).status_code == 302


def test_one_address_trying_many_names_waits_and_one_line_of_ipv6_is_one_address(world: World) -> None:
    for number in range(20):
        log_in(Client(), f"nama-{number}", "tebakan", at=f"2001:db8:1:1::{number:x}")
    assert "Terlalu sering" in words(log_in(Client(), NAME, at="2001:db8:1:1::ffff"))
    assert log_in(Client(), NAME, at="2001:db8:1:2::1").status_code == 302


def test_a_known_device_that_guesses_waits_too_and_its_mark_fits_one_name(world: World) -> None:
    device = Client()
    log_in(device)
    device.post("/keluar")
    for _ in range(10):
        log_in(device, NAME, "tebakan")
    assert "Terlalu sering" in words(log_in(device))
    for _ in range(5):
        log_in(device, "kepala-desa-a", "tebakan")
    assert "Terlalu sering" in words(log_in(device, "kepala-desa-a"))
    forged = Client()
    forged.cookies["sidara_perangkat"] = "eyJhIjoiYiJ9:1:abc"
    assert "tidak cocok" in words(log_in(forged, "opd-a", "x"))


def test_the_wait_ends(world: World) -> None:
    window = queries.rules(PUBLIC).limits.window_minutes
    key = services.name_key(PUBLIC, login_name=NAME)
    for _ in range(5):
        log_in(Client(), NAME, "tebakan")
    asked = {"name_key": key, "address_key": OFFICE, "device_key": ""}
    assert queries.throttled(PUBLIC, **asked, moment=now()) is not None
    assert queries.throttled(PUBLIC, **asked, moment=now() + timedelta(minutes=window, seconds=1)) is None


def test_guessing_codes_waits_as_guessing_passwords_does(world: World) -> None:
    code = services.recover(OPERATOR, account_id=world.ids["operator-desa-a"]).code
    for number in range(5):
        answer = Client().post("/masuk/kode", {"login": "operator-desa-a", "code": f"0000-{number}"})
        assert "tidak cocok" in words(answer)
    assert "Terlalu sering" in words(Client().post("/masuk/kode", {"login": "operator-desa-a", "code": code}))


@pytest.mark.parametrize(
    "target",
    [
        "https://jahat.example/",
        "//jahat.example/x",
        "/\\jahat.example",
        "///jahat.example",
        "http:jahat.example",
        "javascript:alert(1)",
        "/%09/jahat.example",
        " //jahat.example",
        "\\\\jahat.example",
    ],
)
def test_log_in_and_log_out_lead_nowhere_else(world: World, target: str) -> None:
    client = Client()
    place = log_in(client, next=target)["location"]
    assert place == "/tugas" or (place.startswith("/%09/") and place == target)
    place = client.post("/keluar", {"next": target})["location"]
    assert place == "/" or (place.startswith("/%09/") and place == target)


def test_log_in_leads_back_to_where_one_was(world: World) -> None:
    client = Client()
    assert client.get("/orang?q=a")["location"] == "/masuk?next=/orang%3Fq%3Da"
    page = client.get("/masuk?next=/orang%3Fq%3Da").content.decode()
    assert '<input type="hidden" name="next" value="/orang?q=a">' in page
    assert log_in(client, next="/orang?q=a")["location"] == "/orang?q=a"


@pytest.mark.parametrize(
    "path", ["/masuk", "/masuk/kode", "/keluar", "/akun/sesi/akhiri", "/orang/baru", "/akun/kata-sandi"]
)
def test_a_form_from_another_site_is_refused_in_plain_words(world: World, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(login_name=NAME))
    answer = client.post(path, {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert "Isian belum diterima" in words(answer)


def test_a_shared_computer_forgets_and_an_own_one_remembers(world: World) -> None:
    shared, own = Client(), Client()
    assert log_in(shared).cookies["sidara_sesi"]["max-age"] == ""
    assert log_in(own, shared="").cookies["sidara_sesi"]["max-age"] == 14 * 86_400
    idle = queries.rules(PUBLIC).idle.total_seconds()
    for client in (shared, own):
        assert is_in(client)
        session = client.session
        session["sidara.seen"] = time.time() - idle - 1
        session.save()
    assert not is_in(shared)
    assert "lama tidak dipakai" in words(shared.get("/masuk"))
    assert is_in(own)


def test_reading_public_pages_keeps_a_session_alive(world: World) -> None:
    client = Client()
    log_in(client)
    client.get("/istilah")
    session = client.session
    session["sidara.seen"] = before = time.time() - 120
    session.save()
    client.get("/istilah")
    assert client.session["sidara.seen"] > before


def test_a_session_past_its_day_lets_nobody_in(world: World) -> None:
    client = Client()
    log_in(client)
    assert is_in(client)
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert not is_in(client)


def test_all_other_sessions_end(world: World) -> None:
    here, there = Client(), Client()
    log_in(here)
    log_in(there)
    assert "Akhiri semua sesi lain" in words(here.get("/akun"))
    assert here.post("/akun/sesi/akhiri")["location"] == "/akun"
    assert is_in(here)
    assert not is_in(there)


def test_a_new_password_ends_other_sessions_and_weak_ones_are_refused(world: World) -> None:
    here, there = Client(), Client()
    log_in(here)
    log_in(there)
    asked = {"oldpassword": PASSWORD, "password1": "baru dan panjang", "password2": "baru dan panjang"}
    for weak in ("pendek", "password123", NAME):
        page = here.post("/akun/kata-sandi", asked | {"password1": weak, "password2": weak})
        assert page.status_code == 200
        assert 'aria-invalid="true"' in page.content.decode()
    assert here.post("/akun/kata-sandi", asked | {"oldpassword": "bukan ini"}).status_code == 200
    assert here.post("/akun/kata-sandi", asked)["location"] == "/akun"
    assert is_in(here)
    assert not is_in(there)


def test_a_second_step_is_asked_and_cannot_be_skipped_or_replayed(world: World, settings) -> None:
    add_totp(world.ids[NAME])
    client = Client()
    assert log_in(client)["location"] == "/masuk/langkah-dua"
    assert not is_in(client)
    code = totp_code(time.time())
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert "Kode tidak cocok" in words(client.post("/masuk/langkah-dua", {"code": wrong}))
    assert client.post("/masuk/langkah-dua", {"code": code})["location"] == "/tugas"
    assert is_in(client)
    methods = [(one.method, one.failure) for one in queries.log_ins(OPERATOR, account_id=world.ids[NAME])]
    assert methods == [("totp", ""), ("totp", "second_step")]
    again = Client()
    log_in(again)
    assert "Kode tidak cocok" in words(again.post("/masuk/langkah-dua", {"code": code}))
    assert not is_in(again)


def test_second_steps_cannot_be_guessed(world: World) -> None:
    add_totp(world.ids[NAME])
    client = Client()
    log_in(client)
    for _ in range(5):
        client.post("/masuk/langkah-dua", {"code": "000000"})
    assert "Terlalu sering" in words(client.post("/masuk/langkah-dua", {"code": totp_code(time.time())}))


def test_provincial_people_are_led_to_the_second_step_first(world: World) -> None:
    done = services.create(
        OPERATOR, login_name="baru", name="Contoh", function="x", role="pmd-provinsi", under=["62"]
    )
    services.use_code(PUBLIC, login_name="baru", text=done.code, password=PASSWORD)
    client = Client()
    log_in(client, "baru")
    assert "Pasang kode aplikasi dahulu" in words(client.get("/akun"))
    assert client.get("/orang")["location"] == "/akun/kode-aplikasi?next=/orang"
    assert client.post("/orang/baru", {}).status_code in {302, 403}
    client.post("/masuk/ulang", {"password": PASSWORD})
    waiting = words(client.get("/akun/token"))
    assert "Pasang kode aplikasi dahulu" in waiting
    assert "Buat token" not in waiting
    page = client.get("/akun/kode-aplikasi?next=/orang").content.decode()
    assert "Wajib untuk peran Anda" in page
    assert '<input type="hidden" name="next" value="/orang">' in page
    secret = re.search(r'<code class="kunci">(\w+)</code>', page)[1]
    from allauth.mfa.totp.internal import auth as totp

    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    assert client.post("/akun/kode-aplikasi", {"code": code, "next": "/orang"})["location"] == "/orang"
    assert client.get("/orang").status_code == 200
    assert secret not in str(list(_authenticators()))
    onlooker = Client()
    log_in(onlooker, "baru")
    assert onlooker.post("/masuk/langkah-dua", {"code": code}).status_code == 200
    assert onlooker.get("/orang").status_code == 302
    refused = client.get("/akun/kode-aplikasi/lepas")
    assert "tidak dapat dilepas" in words(refused)


def test_keys_are_changed_only_after_the_password_again(world: World) -> None:
    client = Client()
    client.force_login(Account.objects.get(login_name=NAME))
    for path in ("/akun/kode-aplikasi", "/akun/passkey/tambah"):
        assert client.get(path)["location"].startswith("/masuk/ulang")
    assert "tidak cocok" in words(client.post("/masuk/ulang", {"password": "salah"}))


def test_there_is_no_sign_up_and_no_e_mail(world: World) -> None:
    for path in ("/accounts/signup/", "/masuk/daftar", "/accounts/login/", "/accounts/password/reset/"):
        assert Client().get(path).status_code == 404


def test_a_whole_first_log_in_by_code(world: World) -> None:
    done = services.create(
        OPERATOR,
        login_name="baru",
        name="",
        function="Operator desa",
        role="operator-desa",
        under=["62.01.02.2016"],
    )
    client = Client()
    second = client.post("/masuk/kode", {"login": "baru", "code": done.code})
    assert "Nama lengkap Anda" in words(second)
    asked = {"login": "baru", "code": done.code, "name": "Contoh Baru"}
    weak = client.post("/masuk/kode", asked | {"password1": "1234567890", "password2": "1234567890"})
    assert "Pilih kata sandi Anda" in words(weak)
    other = client.post("/masuk/kode", asked | {"password1": PASSWORD, "password2": "lain"})
    assert "tidak sama" in words(other)
    assert PASSWORD not in other.content.decode()
    good = client.post("/masuk/kode", asked | {"password1": PASSWORD, "password2": PASSWORD})
    assert good["location"] == "/akun"
    assert "Contoh Baru" in words(client.get("/akun"))
    assert queries.log_ins(OPERATOR, account_id=done.account_id)[0].method == "code"
    again = Client().post("/masuk/kode", {"login": "baru", "code": done.code})
    assert "sudah dipakai" in words(again)


def test_the_public_reads_as_before_without_a_cookie(world: World) -> None:
    answer = Client().get("/istilah")
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert answer.headers["Vary"] == "Cookie, Accept-Encoding"
    assert "Cache-Control" not in answer.headers
    assert '<a class="akun" href="/masuk?next=%2Fistilah">' in answer.content.decode()
    client = Client()
    log_in(client)
    own = client.get("/istilah")
    assert own.headers["Cache-Control"] == "private"
    assert "Contoh verifikator-kecamatan-a" in own.content.decode()


@pytest.mark.parametrize("path", ["/masuk", "/masuk/kode", "/masuk/langkah-dua"])
def test_pages_of_log_in_have_the_menus_of_all_pages(world: World, path: str) -> None:
    client = Client()
    if path.endswith("dua"):
        add_totp(world.ids[NAME])
        log_in(client)
    page = client.get(path).content.decode()
    assert '<a class="nav-link" href="/peta"' in page
    assert 'class="akun"' not in page


def test_a_stolen_old_session_of_an_ended_grant_has_no_right(world: World) -> None:
    client = Client()
    log_in(client)
    assert client.get("/orang").status_code == 200
    services.end_grant(world.actor("pmd-kabupaten-a"), grant_id=world.grant(NAME))
    assert client.get("/orang").status_code == 302
    fresh = Client()
    log_in(fresh)
    assert fresh.get("/orang").status_code == 403


def _authenticators():
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.values_list("data", flat=True)
