"""Evidence by its addresses: added and taken away without script, given out so that nothing in it can run."""

import base64
import hashlib
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sidara.collection import queries
from sidara.collection.core.submission import SubmissionKey
from sidara.evidence.core import PART, hash_of
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from tests.accounts.conftest import world
from tests.copied import shipped
from tests.evidence import files
from tests.web.people import client
from tests.world import World

__all__ = ["world"]
VILLAGE = "62.01.02.2016"
KEY = SubmissionKey("KEP_TRIWULAN", VILLAGE, "2026-Q1")
PAGE = f"/bukti/KEP_TRIWULAN/{VILLAGE}/2026-Q1"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(world: World, tmp_path, settings) -> None:
    shipped(now)
    settings.SIDARA_HOME = tmp_path


def add(asker: Client, content: bytes = b"", *, name: str = "balai desa.jpg", **more: str):
    given = {"berkas": SimpleUploadedFile(name, content or files.photo()), "pesan": str(uuid4()), **more}
    return asker.post(PAGE, given)


def held() -> list:
    return [one for one in queries.evidence_of(OPERATOR, KEY) if one.removed is None]


def test_a_photograph_is_added_seen_and_given_out(world: World) -> None:
    operator = client(world, "operator-desa-a")
    done = add(operator, sel="|KEP_010|_T", keterangan="Papan data <desa>")
    assert (done.status_code, done["location"]) == (302, PAGE)
    (piece,) = held()
    page = client(world, "verifikator-kecamatan-a").get(PAGE).content.decode()
    assert "Papan data &lt;desa&gt;" in page
    assert "balai desa.jpg" in page
    assert f'src="{PAGE}/{piece.id}/kecil"' in page
    small = operator.get(f"{PAGE}/{piece.id}/kecil")
    assert (small.status_code, small["content-type"]) == (200, "image/jpeg")
    small.close()
    given = operator.get(f"{PAGE}/{piece.id}")
    content = b"".join(given.streaming_content)
    given.close()
    assert len(content) == piece.size
    assert given["content-type"] == "image/jpeg"
    assert given["content-disposition"] == 'attachment; filename="balai desa.jpg"'
    assert given["content-security-policy"] == "default-src 'none'; sandbox"
    assert given["x-content-type-options"] == "nosniff"
    assert "no-store" in given["cache-control"]


def test_the_form_and_the_page_before_sending_lead_there(world: World) -> None:
    operator = client(world, "operator-desa-a")
    for address in (PAGE.replace("bukti", "isi"), PAGE.replace("bukti", "kirim")):
        assert f'href="{PAGE}"' in operator.get(address).content.decode()
    add(operator)
    assert "Bukti (1)" in operator.get(PAGE.replace("bukti", "kirim")).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<script>alert(1)</script>", "foto.jpg", "bukan foto"),
        (files.huge_picture(), "foto.png", "terlalu besar bila dibuka"),
        (files.photo()[:300], "foto.jpg", "rusak atau terpotong"),
        (files.photo(), "KTP 6201021203850001.jpg", "NIK"),
        (b"\xff\xd8" + b"\0" * 10_000_000, "foto.jpg", "paling besar 10 MB"),
    ],
)
def test_what_is_no_proof_is_told_and_not_kept(world: World, content: bytes, name: str, words: str) -> None:
    answer = add(client(world, "operator-desa-a"), content, name=name, keterangan="dari rapat")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert 'value="dari rapat"' in page, "what was typed stays"
    assert "6201021203850001" not in page
    assert held() == []


def test_what_left_a_photograph_is_told(world: World) -> None:
    page = add(client(world, "operator-desa-a"), files.photo(exif=True)).content.decode()
    assert "Berkas sudah disimpan" in page
    assert "tempat, waktu dan perangkat foto" in page
    assert add(client(world, "operator-desa-a"), files.photo(exif=True), tempat="ya").status_code == 302
    assert held()[1].latitude == "-2.685000"


def test_it_is_taken_away_with_a_reason_that_stays(world: World) -> None:
    operator = client(world, "operator-desa-a")
    add(operator)
    (piece,) = held()
    assert operator.post(PAGE, {"hapus": str(piece.id), "alasan": "salah foto"}).status_code == 302
    assert held() == []
    assert operator.get(f"{PAGE}/{piece.id}").status_code == 404
    page = operator.get(PAGE).content.decode()
    assert re.search(r"Dihapus Contoh operator-desa-a.*salah foto", page)


def test_a_page_sent_twice_keeps_once(world: World) -> None:
    operator, message = client(world, "operator-desa-a"), str(uuid4())
    for _ in range(2):
        operator.post(PAGE, {"berkas": SimpleUploadedFile("a.jpg", files.photo()), "pesan": message})
    assert len(held()) == 1


def test_who_only_reads_gets_no_form(world: World) -> None:
    assert "Simpan bukti" in client(world, "operator-desa-a").get(PAGE).content.decode()
    page = client(world, "kepala-desa-a").get(PAGE).content.decode()
    assert "Simpan bukti" not in page
    assert "Belum ada bukti" in page


def test_a_row_of_a_list_is_chosen_by_its_address(world: World) -> None:
    page = client(world, "operator-desa-a").get(f"{PAGE}?sel=|KEP_011|_T").content.decode()
    assert re.search(r'<option value="\|KEP_011\|_T" selected>', page)


def test_nonsense_changes_nothing(world: World) -> None:
    operator = client(world, "operator-desa-a")
    for given in ({}, {"hapus": "bukan"}, {"pesan": "bukan"}, {"hapus": str(uuid4())}):
        assert operator.post(PAGE, given).status_code in {200, 302}
    add(operator, sel="|TIDAK_ADA|_T")
    assert held() == []


def underway(asker: Client, world: World, content: bytes, *, most: int | None = None) -> str:
    """Send a file, or the first parts of it, as the script of the page does; gives its number."""
    page = asker.get(PAGE).content.decode()
    found = re.search(r'data-unggah="([^"]+)" data-most="10000000"', page)
    assert found is not None
    address = f"{found[1]}/{uuid4()}"
    said = {"name": "balai.png", "size": len(content), "sha256": hash_of(content), "variable": "KEP_010"}
    assert asker.put(address, said, content_type="application/json").status_code == 200
    for low in range(0, len(content) if most is None else most, PART):
        part = content[low : low + PART]
        digest = base64.b64encode(hashlib.sha256(part).digest()).decode()
        told = asker.put(
            f"{address}/parts/{low}",
            part,
            content_type="application/octet-stream",
            headers={"content-digest": f"sha-256=:{digest}:"},
        )
        assert told.status_code == 200, told.content
    return address.rpartition("/")[2]


def test_a_file_under_way_is_listed_to_its_sender_and_kept_when_it_came(world: World) -> None:
    operator, content = client(world, "operator-desa-a"), files.photo((700, 600), kind="PNG", noisy=True)
    upload = underway(operator, world, content, most=PART)
    page = operator.get(PAGE).content.decode()
    assert f'data-unggahan="{upload}" data-sha256="{hash_of(content)}"' in page
    assert re.search(r"256 kB dari 4\d\d kB sudah sampai; disimpan sampai \d+ \w+ \d{4}\.", page)
    assert "Simpan bukti ini" not in page
    assert upload not in client(world, "pendamping-a").get(PAGE).content.decode()
    answer = operator.post(PAGE, {"unggahan": upload})
    assert "belum sampai seluruhnya" in answer.content.decode()
    whole = underway(operator, world, content)
    page = operator.get(PAGE).content.decode()
    assert "sudah sampai seluruhnya" in page
    assert "Simpan bukti ini" in page
    assert operator.post(PAGE, {"unggahan": whole})["location"] == PAGE
    assert operator.post(PAGE, {"unggahan": whole})["location"] == PAGE, "an answer may get lost"
    assert [(str(one.id), one.name, one.cell) for one in held()] == [(whole, "balai.png", "|KEP_010|_T")]
    assert operator.post(PAGE, {"unggahan": upload, "buang": "ya"})["location"] == PAGE
    assert "Belum selesai dikirim" not in operator.get(PAGE).content.decode()
    for given in ({"unggahan": "bukan"}, {"unggahan": str(uuid4())}):
        assert operator.post(PAGE, given).status_code in {200, 302}
    assert len(held()) == 1


def test_who_only_reads_has_nothing_under_way(world: World) -> None:
    page = client(world, "kepala-desa-a").get(PAGE).content.decode()
    assert "data-unggah" not in page
