"""Personal data taken out on screen: asked by the village, done by the kecamatan, told in the history."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sidara.collection import queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.evidence.services import Handed
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.web.api import rate
from tests.accounts.conftest import world
from tests.accounts.test_api_imports import bearer
from tests.copied import shipped
from tests.evidence import files
from tests.web.people import client
from tests.world import World

__all__ = ["world"]
VILLAGE, NIK = "62.01.02.2016", "6201021203850001"
KEY = SubmissionKey("KEP_TRIWULAN", VILLAGE, "2026-Q1")
TAIL = f"KEP_TRIWULAN/{VILLAGE}/2026-Q1"
PAGE = f"/hapus-data/{TAIL}"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def filled(world: World) -> None:
    shipped(now)
    cells = [
        Given("KEP_010", "4", explanation=f"Kata warga, NIK {NIK}"),
        Given("KEP_011", "2", explanation="Menurut Ibu Contoh"),
    ]
    one = services.Save(KEY, 0, uuid4(), Source.WEB, cells)
    assert not services.save_cells(OPERATOR, save=one, now=now()).account.rejected


def ask(asker: Client, **more: str):
    given = {"sel": "|KEP_010|_T", "cakupan": "angka", "alasan": "ada NIK warga", "pesan": str(uuid4())}
    return asker.post(PAGE, given | more)


def test_one_asks_another_takes_out_and_the_history_tells(world: World) -> None:
    operator, verifier = client(world, "operator-desa-a"), client(world, "verifikator-kecamatan-a")
    page = operator.get(PAGE).content.decode()
    assert "tampak seperti NIK" in page
    assert "Menurut Ibu Contoh" in page
    assert ask(operator).status_code == 302
    own = operator.get(PAGE).content.decode()
    assert "Hapus untuk selamanya" not in own
    assert "Batalkan permintaan" in own
    assert "1 permintaan menghapus data pribadi menunggu Anda" in verifier.get("/tugas").content.decode()
    assert PAGE in verifier.get("/hapus-data").content.decode()
    deciding = verifier.get(PAGE).content.decode()
    waiting = deciding[
        deciding.index("Menunggu orang kedua") : deciding.index("Teks dan alasan pada formulir ini")
    ]
    assert f"Kata warga, NIK {NIK}" in waiting
    assert "tampak seperti NIK" in waiting
    request = re.search(r'name="permintaan" value="([^"]+)"', verifier.get(PAGE).content.decode())[1]
    assert verifier.post(PAGE, {"permintaan": request, "aksi": "hapus"}).status_code == 302
    for address in (PAGE, f"/isi/{TAIL}", f"/isi/{TAIL}/paket.json", f"/kirim/{TAIL}"):
        assert NIK not in operator.get(address).content.decode(), address
    history = operator.get(f"/kirim/{TAIL}").content.decode()
    assert re.search(
        r"data pribadi dihapus dari KEP_010: ada NIK warga.*?verifikator-kecamatan-a", history, re.S
    )
    for suffix in ("xlsx", "csv", "html"):
        assert NIK.encode() not in operator.get(f"/isi/{TAIL}/formulir.{suffix}").content
    assert list(queries.audit(OPERATOR)) == []
    assert "Tidak ada" not in verifier.get("/hapus-data").content.decode()


def test_a_text_that_waits_is_not_called_absent(world: World) -> None:
    operator = client(world, "operator-desa-a")
    ask(operator)
    ask(operator, sel="|KEP_011|_T", cakupan="semua", alasan="ada nama")
    text = operator.get(PAGE).content.decode()
    assert "Menurut Ibu Contoh" in text
    assert "Tidak ada teks, penjelasan atau alasan pada formulir ini." not in text
    assert "Tidak ada teks, penjelasan atau alasan lain pada formulir ini." in text


def test_who_asked_takes_the_request_back(world: World) -> None:
    operator = client(world, "operator-desa-a")
    ask(operator)
    request = re.search(r'name="permintaan" value="([^"]+)"', operator.get(PAGE).content.decode())[1]
    assert operator.post(PAGE, {"permintaan": request, "aksi": "hapus"}).status_code == 403
    assert operator.post(PAGE, {"permintaan": request, "aksi": "tolak"}).status_code == 302
    assert "Ditolak Contoh operator-desa-a" in operator.get(PAGE).content.decode()
    assert NIK in operator.get(f"/isi/{TAIL}/paket.json").content.decode()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"alasan": ""}, "Alasannya belum ditulis"),
        ({"alasan": f"hapus {NIK}"}, "Alasannya sendiri memuat"),
        ({"sel": "|KEP_011|_T"}, "tidak ada yang dapat dihapus"),
    ],
)
def test_what_is_not_done_is_told(world: World, more: dict[str, str], words: str) -> None:
    answer = ask(client(world, "operator-desa-a"), **more)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert queries.redactions(OPERATOR, KEY) == ()


def test_nonsense_changes_nothing(world: World) -> None:
    operator = client(world, "operator-desa-a")
    for given in ({}, {"sel": "x"}, {"permintaan": "x", "aksi": "hapus"}, {"permintaan": str(uuid4())}):
        assert operator.post(PAGE, given).status_code in {302, 403}
    assert queries.redactions(OPERATOR, KEY) == ()


def test_a_reason_and_a_file_are_taken_out_and_told(world: World, tmp_path: Path, settings: Any) -> None:
    settings.SIDARA_HOME = tmp_path
    operator, verifier = client(world, "operator-desa-a"), client(world, "verifikator-kecamatan-a")
    one = services.Save(KEY, 1, uuid4(), Source.API, [Given("KEP_010", "5")], reason="kata Ibu Contoh Kedua")
    services.save_cells(OPERATOR, save=one, now=now())
    handed = Handed(uuid4(), files.photo(), "Ibu Contoh Ketiga.jpg", "wajah Ibu Contoh Ketiga")
    piece = services.keep_evidence(OPERATOR, key=KEY, cell=None, handed=handed, now=now()).piece
    page = operator.get(PAGE).content.decode()
    for words in (
        "Alasan perubahan ke-2",
        "kata Ibu Contoh Kedua",
        "Ibu Contoh Ketiga.jpg",
        "Bukti pada formulir",
    ):
        assert words in page, words
    for named in ({"revisi": "2"}, {"bukti": str(piece.id)}):
        given = {"cakupan": "semua", "alasan": "ada nama", "pesan": str(uuid4())}
        assert operator.post(PAGE, given | named).status_code == 302
    waiting = verifier.get(PAGE).content.decode()
    waiting = waiting[: waiting.index("Teks dan alasan pada formulir ini")]
    assert "kata Ibu Contoh Kedua" in waiting
    assert f"/bukti/{TAIL}/{piece.id}" in waiting, "the second person sees the file before it goes"
    for request in re.findall(r'name="permintaan" value="([^"]+)"', waiting):
        assert verifier.post(PAGE, {"permintaan": request, "aksi": "hapus"}).status_code == 302
    for address in (PAGE, f"/kirim/{TAIL}", f"/bukti/{TAIL}"):
        page = operator.get(address).content.decode()
        assert "Kedua" not in page, address
        assert "Ketiga" not in page, address
    assert "Berkasnya dihapus untuk selamanya oleh" in operator.get(f"/bukti/{TAIL}").content.decode()
    history = operator.get(f"/kirim/{TAIL}").content.decode()
    assert "data pribadi dihapus dari alasan perubahan ke-2: ada nama" in history
    assert "berkas bukti dihapus untuk selamanya: ada nama" in history
    for tail in ("", "/kecil"):
        assert operator.get(f"/bukti/{TAIL}/{piece.id}{tail}").status_code == 404
    headers = bearer(world, "operator-desa-a")
    base = f"/api/v1/submissions/{TAIL}"
    (told,) = Client().get(f"{base}/evidence", headers=headers).json()
    assert (told["name"], told["redacted_reason"], told["sha256"]) == (
        "[dihapus].jpg",
        "ada nama",
        piece.digest,
    )
    assert Client().get(f"{base}/evidence/{piece.id}/file", headers=headers).status_code == 404
    assert "Kedua" not in Client().get(f"{base}/history", headers=headers).content.decode()
    listed = Client().get(f"{base}/redactions", headers=headers).json()
    assert [(one["reason_of"], one["evidence"], one["done"]) for one in listed] == [
        *((2, None, True), (0, str(piece.id), True)),
    ]


@pytest.mark.parametrize("body", [{}, {"variable": "KEP_010", "reason_of": 1}])
def test_the_api_refuses_a_request_about_nothing_or_two_things(world: World, body: dict[str, Any]) -> None:
    headers = bearer(world, "operator-desa-a") | {"idempotency-key": str(uuid4())}
    body = body | {"reason": "ada nama"}
    address = f"/api/v1/submissions/{TAIL}/redactions"
    answer = Client().post(address, body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "API_VALUE_WRONG")


def test_the_api_does_the_same(world: World) -> None:
    operator, verifier = bearer(world, "operator-desa-a"), bearer(world, "verifikator-kecamatan-a")
    base, message = f"/api/v1/submissions/{TAIL}", str(uuid4())
    body = {"variable": "KEP_010", "reason": "ada NIK warga"}
    made, again = (
        Client().post(
            f"{base}/redactions",
            body,
            content_type="application/json",
            headers=operator | {"idempotency-key": message},
        )
        for _ in range(2)
    )
    assert (made.status_code, again.json()["id"]) == (200, message)
    address = f"{base}/redactions/{message}"
    for headers, confirm, status in (
        (operator, True, 403),
        (verifier, True, 200),
        (verifier, True, 200),
        (verifier, False, 409),
    ):
        body = {"confirm": confirm}
        done = Client().patch(address, body, content_type="application/json", headers=headers)
        assert done.status_code == status, done.content
    rate.COUNTER.forget()
    assert Client().get(f"{base}/redactions", headers=operator).json()[0]["done"]
    for tail in ("", "/history"):
        assert NIK not in Client().get(f"{base}{tail}", headers=operator).content.decode()
