"""Receipts by their pages: recorded at the kecamatan, printed, checked by their code, withdrawn."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import WIB, now
from sidara.regions import queries as regions
from sidara.verification import models, queries
from tests.accounts.conftest import world
from tests.language import untranslated
from tests.web.people import client
from tests.web.test_language import KNOWN
from tests.web.test_sending import GOOD, VILLAGE, key, save
from tests.web.test_verifying import VERIFIER, text_of

__all__ = ["key", "world"]
pytestmark = pytest.mark.django_db
PAGE = f"/terima?desa={VILLAGE}"


def post(asker: Client, key, **other):
    text = text_of(asker.get(PAGE))
    at = now().astimezone(WIB) - timedelta(minutes=5)
    told = {
        "pesan": re.search(r'name="pesan" value="([^"]+)"', text)[1],
        "isian": f"{key.form}@{key.period}",
        "pembawa": "Bapak Ardi, kaur perencanaan",
        "hari": at.date().isoformat(),
        "jam": f"{at:%H:%M}",
        "bentuk": "take_away",
    }
    return asker.post(PAGE, told | other)


def test_what_is_handed_over_is_recorded_printed_and_checked(world, key):
    save(key, **GOOD)
    asker = client(world, VERIFIER)
    assert "/terima" in text_of(asker.get("/periksa"))
    file = SimpleUploadedFile("hasil.txt", b"SIDARA-HASIL-1 contoh")
    done = post(asker, key, berkas=file)
    assert done.status_code == 302, text_of(done)
    row = models.Receipt.objects.get()
    assert (len(row.file_hash), row.file_name) == (64, "hasil.txt")
    text = text_of(asker.get(done["Location"]))
    assert f"Tanda terima {row.code} tercatat" in text
    assert "Bapak Ardi" in text
    assert "sudah diterima" in text
    other = next(one for one in regions.villages(OPERATOR, key.region[:8]) if one.code != key.region)
    assert row.code in text_of(asker.get("/terima"))
    assert row.code not in text_of(asker.get(f"/terima?desa={other.code}")), "a village has its own"
    paper = asker.get(f"/tanda-terima/{row.code}/kertas.pdf")
    assert paper.content.startswith(b"%PDF-1.7")
    public = text_of(Client().get(f"/tanda-terima/{row.code}"))
    assert "Tanda terima ini ada dan berlaku." in public
    assert "Ardi" not in public
    assert untranslated(text_of(Client().get(f"/en/tanda-terima/{row.code}")), KNOWN) == []
    assert Client().get(f"/tanda-terima/{row.code.lower()}")["Location"].endswith(row.code)
    assert Client().get("/tanda-terima/AAAA-AAAA-AAAA").status_code == 404
    sending = text_of(client(world, "operator-desa-a").get(f"/kirim/{key.form}/{key.region}/{key.period}"))
    assert f"tanda terima {row.code}" in sending


def test_what_is_wrong_is_said_and_what_was_typed_stays(world, key):
    asker = client(world, VERIFIER)
    text = text_of(post(asker, key, hari="2999-01-01", jam="08:00"))
    assert "belum tiba" in text
    assert "Bapak Ardi, kaur perencanaan" in text
    assert re.search(r'value="KEP_SEMESTER@[^"]+" checked', text)
    assert "belum lengkap" in text_of(post(asker, key, jam=""))
    assert not models.Receipt.objects.exists()


def test_a_receipt_is_withdrawn_with_a_reason_on_the_page(world, key):
    asker = client(world, VERIFIER)
    post(asker, key)
    code = models.Receipt.objects.get().code
    asker.post(PAGE, {"aksi": "batalkan", "kode": code, "alasan": "Salah memilih desa."})
    assert queries.receipt(OPERATOR, code).withdrawn is not None
    assert "Salah memilih desa." in text_of(asker.get(PAGE))
    assert "sudah dibatalkan" in text_of(Client().get(f"/tanda-terima/{code}"))


def test_only_who_gives_receipts_sees_the_page(world, key):
    post(client(world, VERIFIER), key)
    code = models.Receipt.objects.get().code
    for login in ("operator-desa-a", "kepala-desa-a", "pmd-kabupaten-a"):
        asker = client(world, login)
        assert asker.get("/terima").status_code == 403
        assert asker.get(f"/tanda-terima/{code}/kertas.pdf").status_code == 403
    elsewhere = client(world, "verifikator-kecamatan-b")
    assert asker.post(PAGE, {"pesan": "x"}).status_code == 403
    assert post_status(elsewhere) == 403
    assert elsewhere.get(f"/tanda-terima/{code}/kertas.pdf").status_code == 403
    assert VILLAGE not in text_of(elsewhere.get("/terima"))


def post_status(asker: Client) -> int:
    told = {"pesan": "018f0000-0000-7000-8000-000000000001", "hari": "2026-01-01", "jam": "08:00"}
    return asker.post(
        PAGE, told | {"bentuk": "paper", "pembawa": "Bapak Ardi", "isian": "X@2026"}
    ).status_code
