"""The public page of minutes: found by the code, without figures or names, and no altered paper passes."""

import html
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sidara.kernel.clock import now
from sidara.verification import queries, services
from sidara.verification.core import Step
from tests.accounts.conftest import world
from tests.language import untranslated
from tests.web.people import client
from tests.web.test_language import KNOWN
from tests.web.test_sending import VILLAGE, key
from tests.web.test_verifying import VERIFIER, press, sent

__all__ = ["key", "world"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def code(world, key) -> str:
    """Minutes of a kecamatan over one form."""
    sent(world, key)
    press(client(world, VERIFIER), key, "tenang")
    done = services.close_batch(
        world.actor(VERIFIER),
        step=Step.DISTRICT,
        under="62.01.02",
        site="https://sidara.example",
        message_id=uuid4(),
        now=now(),
    )
    assert done.is_done, done.findings
    return done.code


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def test_minutes_are_found_by_their_code_and_tell_no_figure_and_no_name(code):
    asker = Client()
    found = asker.get("/berita-acara", {"kode": f" {code.lower().replace('-', '')} "})
    assert (found.status_code, found["location"]) == (302, f"/berita-acara/{code}")
    page = text_of(asker.get(f"/berita-acara/{code}"))
    assert "Berita acara ini ada dan utuh." in page
    assert "Kependudukan" in page
    assert f"Contoh {VERIFIER}" not in page
    assert VILLAGE not in page
    assert " style=" not in page
    assert asker.get(f"/berita-acara/{code.lower()}")["location"] == f"/berita-acara/{code}"
    english = text_of(asker.get(f"/en/berita-acara/{code}"))
    assert untranslated(english, KNOWN) == []
    assert "These minutes exist and are whole." in english
    assert asker.get("/berita-acara/0000-0000-0000").status_code == 404
    assert "tidak ada" in text_of(asker.get("/berita-acara", {"kode": "0000-0000-0000"}))
    assert "Kode berita acara" in text_of(asker.get("/berita-acara"))


def test_the_paper_that_was_made_matches_and_an_altered_one_is_refused(world, code):
    content = queries.minutes_file(world.actor(VERIFIER), code)
    asker = Client()

    def compared(given: bytes) -> str:
        file = SimpleUploadedFile("ba.pdf", given, "application/pdf")
        return text_of(asker.post(f"/berita-acara/{code}", {"berkas": file}))

    matching = compared(content)
    assert "Berkas Anda cocok" in matching
    altered = compared(content.replace(b"62", b"63", 1))
    assert "BUKAN berita acara yang dibuat" in altered
    assert matching.count("alert-triangle") < altered.count("alert-triangle"), "a sign of danger"
    assert "Berkas Anda cocok" not in altered
    assert "BUKAN" in compared(b"x")
    assert "Berita acara ini ada dan utuh." in text_of(asker.post(f"/berita-acara/{code}"))
