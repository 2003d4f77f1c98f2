"""Pages of accounts in English: only what people wrote and what history recorded stays as it is."""

import re

import pytest
from django.test import Client

from sidara.accounts import services
from sidara.accounts.models import Account
from sidara.kernel.actor import OPERATOR
from tests.language import catalogues, untranslated
from tests.world import CAST, PASSWORD, World

NAME = "verifikator-kecamatan-a"
KNOWN = {
    message.id: message.string
    for room in catalogues().ROOMS
    for message in catalogues().read(room)
    if message.id and "{" not in message.id
}
PLAIN = ["masuk", "masuk/kode", "masuk/tidak-aktif"]
OWN = ["akun", "akun/kata-sandi", "akun/token", "keluar", "orang", "orang?q=zzz", "orang/baru",
       "orang/lembar", "orang/lembar/62.01.02", "masuk/ulang"]  # fmt: skip
TARGET = ["orang/{account}", "orang/{account}/hak", "orang/{account}/pulihkan", "hak/{grant}/akhiri",
          "hak/{grant}/serah-terima"]  # fmt: skip


def left(answer) -> list[str]:
    """What is still Indonesian; names and functions of the cast are what people wrote."""
    html = answer.content.decode()
    html = re.sub(r"(?:Petugas contoh|Contoh) [\w-]+", "X", html)
    html = html.replace("(pengelola lewat baris perintah)", "")
    for login in sorted((part.login for part in CAST), key=len, reverse=True):
        html = html.replace(login, "x")
    return untranslated(html, KNOWN)


@pytest.mark.parametrize("path", PLAIN)
def test_pages_of_log_in(world: World, path: str) -> None:
    answer = Client().get(f"/en/{path}")
    assert answer.status_code == 200
    assert '<html lang="en">' in answer.content.decode()
    assert left(answer) == []


@pytest.mark.parametrize("path", [*OWN, *TARGET])
def test_pages_of_an_account(world: World, path: str) -> None:
    client = Client()
    client.force_login(Account.objects.get(login_name=NAME))
    filled = path.format(account=world.ids["operator-desa-a"], grant=world.grant("operator-desa-a"))
    answer = client.get(f"/en/{filled}")
    assert answer.status_code == 200
    assert left(answer) == []


def test_faults_codes_and_keys(world: World) -> None:
    client = Client()
    wrong = client.post("/en/masuk", {"login": NAME, "password": "x"})
    assert "do not fit" in wrong.content.decode()
    assert left(wrong) == []
    assert client.post("/en/masuk", {"login": NAME, "password": PASSWORD})["location"] == "/en/tugas"
    made = {"login_name": "x", "function": "", "role": "operator-desa", "under": "62.01"}
    assert left(client.post("/en/orang/baru", made)) == []
    assert left(client.post(f"/en/orang/{world.ids['operator-desa-a']}/pulihkan")) == []
    assert left(client.post("/en/orang/lembar/62.01.02")) == []
    client.post("/en/masuk/ulang", {"password": PASSWORD})
    for path in ("akun/kode-aplikasi", "akun/passkey/tambah"):
        assert left(client.get(f"/en/{path}")) == []
    done = services.recover(OPERATOR, account_id=world.ids["kepala-desa-a"])
    second = Client().post("/en/masuk/kode", {"login": "kepala-desa-a", "code": done.code})
    assert "Choose your password" in second.content.decode()
    assert left(second) == []


def test_who_is_not_logged_in_is_led_to_the_log_in_of_the_language(world: World) -> None:
    assert Client().get("/en/orang")["location"] == "/en/masuk?next=/en/orang"
