"""A verifier closes a batch on screen: he sees what it holds, signs just that, and gets the paper."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from sidara.kernel.actor import PUBLIC
from sidara.kernel.clock import local_date, now
from sidara.verification import models, queries
from sidara.verification.core import file_hash
from tests.accounts.conftest import world
from tests.language import untranslated
from tests.web.people import client
from tests.web.test_language import KNOWN
from tests.web.test_sending import key, save
from tests.web.test_verifying import OPERATOR_A, VERIFIER, press, sent, text_of, up

__all__ = ["key", "world"]
pytestmark = pytest.mark.django_db
CLOSING = "/periksa/berita-acara"


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(pesan|isi|langkah|wilayah)" value="([^"]*)"', page))


def test_what_was_verified_is_shown_then_signed_and_the_paper_is_there(world, key):
    sent(world, key)
    verifier = client(world, VERIFIER)
    assert "Tidak ada yang perlu ditutup." in text_of(verifier.get(CLOSING))
    day = (local_date(now()) + timedelta(days=5)).isoformat()
    press(verifier, key, "kembalikan", "|KEP_006|_T", alasan="Satuan keliru", tanggal=day)
    press(verifier, key, "tenang")
    assert f'href="{CLOSING}?langkah=district"' in text_of(verifier.get("/periksa"))
    page = text_of(verifier.get(CLOSING))
    assert "3 isian diterima dan 1 dikembalikan pada 1 kiriman." in page
    assert f"Contoh {VERIFIER}" in page, "who signs"
    assert " style=" not in page
    english = text_of(verifier.get(f"/en{CLOSING}"))
    assert untranslated(english, KNOWN) == []
    done = verifier.post(CLOSING, hidden(page), follow=True)
    kept = models.Minutes.objects.get()
    told = text_of(done)
    assert f"Berita acara {kept.code} sudah dibuat" in told
    assert f'href="/berita-acara/{kept.code}"' in told
    assert "Tidak ada yang perlu ditutup." in told
    paper = verifier.get(f"{CLOSING}/{kept.code}.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert file_hash(paper.content) == queries.minutes(PUBLIC, kept.code).file_hash
    again = verifier.post(CLOSING, hidden(page), follow=True)
    assert f"Berita acara {kept.code} sudah dibuat" in text_of(again)
    assert models.Minutes.objects.count() == 1


def test_only_what_was_shown_is_closed(world, key):
    sent(world, key)
    verifier = client(world, VERIFIER)
    press(verifier, key, "terpilih", "|KEP_001|_T")
    page = text_of(verifier.get(CLOSING))
    press(verifier, key, "tenang")
    refused = text_of(verifier.post(CLOSING, hidden(page)))
    assert "sejak Anda membuka halaman ini" in refused
    assert "4 isian diterima" in refused, "what is to be closed now"
    assert not models.Minutes.objects.exists()
    assert verifier.post(CLOSING, hidden(refused)).status_code == 302
    assert models.Minutes.objects.count() == 1


@pytest.mark.parametrize("part", ["pesan", "isi", "langkah"])
def test_what_is_no_closing_closes_nothing(world, key, part):
    sent(world, key)
    verifier = client(world, VERIFIER)
    press(verifier, key, "tenang")
    posted = hidden(text_of(verifier.get(CLOSING)))
    assert verifier.post(CLOSING, posted | {part: ""}).status_code == 200
    assert not models.Minutes.objects.exists()


def test_nobody_closes_for_another_area_or_reads_its_paper(world, key):
    sent(world, key)
    verifier = client(world, VERIFIER)
    press(verifier, key, "tenang")
    posted = hidden(text_of(verifier.get(CLOSING)))
    other = client(world, "verifikator-kecamatan-b")
    assert "Tidak ada yang perlu ditutup." in text_of(other.get(CLOSING, {"wilayah": "62.01.02"}))
    assert other.post(CLOSING, posted).status_code == 403
    assert client(world, OPERATOR_A).get(CLOSING).status_code == 403
    assert Client().get(CLOSING).status_code == 302
    verifier.post(CLOSING, posted)
    code = models.Minutes.objects.get().code
    assert other.get(f"{CLOSING}/{code}.pdf").status_code == 403
    assert Client().get(f"{CLOSING}/{code}.pdf").status_code == 302
    assert verifier.get(f"{CLOSING}/0000-0000-0000.pdf").status_code == 404


def test_what_is_verified_later_comes_into_the_next_minutes(world, key):
    sent(world, key)
    verifier = client(world, VERIFIER)
    day = (local_date(now()) + timedelta(days=5)).isoformat()
    press(verifier, key, "kembalikan", "|KEP_004|_T", alasan="Satuan keliru", tanggal=day)
    verifier.post(CLOSING, hidden(text_of(verifier.get(CLOSING))))
    save(key, KEP_004="25")
    up(world, key)
    press(verifier, key, "terpilih", "|KEP_004|_T")
    page = text_of(verifier.get(CLOSING))
    assert "1 isian diterima pada 1 kiriman." in page
    assert "Berita acara terdahulu" in page
    verifier.post(CLOSING, hidden(page))
    codes = set(models.Minutes.objects.values_list("code", flat=True))
    assert len(codes) == 2
    assert all(code in text_of(verifier.get(CLOSING)) for code in codes)
