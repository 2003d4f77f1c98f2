"""How large a request may be: judged before it is read, for whoever has logged in and for whoever has not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sidara.web import sizes
from tests.accounts.conftest import world
from tests.web.people import client
from tests.world import World

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def file(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("isian.csv", b"x" * size)


@pytest.mark.parametrize("address", ["/masuk", "/berkas", "/en/masuk"])
def test_a_file_of_somebody_without_login_is_not_read(world: World, address: str) -> None:
    answer = Client().post(address, {"berkas": file(3_000_000)})
    assert answer.status_code == 413
    text = answer.content.decode()
    assert ("setelah Anda masuk" in text) != address.startswith("/en/")
    assert Client().post(address, {"berkas": file(3_000)}).status_code != 413


def test_a_program_is_told_by_a_problem(world: World) -> None:
    for headers, most in (({}, "2,6 MB"), ({"Authorization": "Bearer sdr_x"}, "21,0 MB")):
        answer = Client().post("/api/v1/imports", {"file": file(22_000_000)}, headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
        assert answer.json()["code"] == "API_TOO_LARGE"
        assert most in answer.json()["title"]
    said = Client().post("/api/v1/imports", {"file": file(3_000_000)}, headers=headers)
    assert said.status_code == 401, "who names a token is asked for it before anything is read"


def test_who_logged_in_sends_files_up_to_the_bound(world: World) -> None:
    asker = client(world, "operator-desa-a")
    assert asker.post("/berkas", {"berkas": file(20_500_000)}).status_code == 200, "told on the page"
    answer = asker.post("/berkas", {"berkas": file(22_000_000)})
    assert answer.status_code == 413
    assert "paling besar 21,0 MB" in answer.content.decode()
    assert asker.post("/berkas", {"pengisi": "x" * 3_000_000}, content_type="text/plain").status_code == 413


def test_what_is_refused_is_read_away_so_far_that_a_browser_sees_the_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "PASSED", 5_000_000)
    answer = Client().post("/masuk", {"berkas": file(9_000_000)})
    assert answer.status_code == 413
    left = answer.wsgi_request.read()
    assert 4_000_000 <= len(left) <= 4_001_000
