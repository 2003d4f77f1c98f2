"""Paper typed in by the kecamatan: both persons are recorded, nothing goes in under the typist's own name."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from sidara.collection import queries
from sidara.collection.core import Source
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from tests.accounts.conftest import world
from tests.web.people import client
from tests.web.test_sending import key
from tests.world import World

__all__ = ["key", "world"]
KEY = SubmissionKey("KEP_TRIWULAN", "62.01.02.2016", "2026-Q1")
PAGE = "/kertas/KEP_TRIWULAN/62.01.02.2016/2026-Q1"
CELL = {"bagian": "1", "revisi": "0", "asal:/KEP_010/_T": "", "nilai:/KEP_010/_T": "4"}
pytestmark = pytest.mark.django_db


def post(asker: Client, **more: str):
    return asker.post(PAGE, {**CELL, "pesan": str(uuid4()), **more})


def past() -> list[tuple[str, str, Source, str | None]]:
    return [
        (one.author_name, one.filler_name, one.source, one.delta.new.value)
        for one in queries.cell_history(OPERATOR, KEY)
    ]


def test_typist_and_filler_are_both_recorded(world: World) -> None:
    asker = client(world, "verifikator-kecamatan-a")
    text = asker.get(PAGE).content.decode()
    assert "Ketik dari kertas" in text
    assert re.search(r'name="pengisi"[^>]*required', text)
    mute = post(asker)
    assert (mute.status_code, past()) == (200, [])
    assert "Yang mengisi belum disebut." in mute.content.decode()
    assert re.search(r'name="nilai:/KEP_010/_T" value="4"', mute.content.decode()), "what was typed stays"
    onward = post(asker, pengisi="Ibu Contoh, operator")
    assert onward.status_code == 302
    assert past() == [("Contoh verifikator-kecamatan-a", "Ibu Contoh, operator", Source.PAPER, "4")]
    assert 'value="Ibu Contoh, operator"' in asker.get(onward["location"]).content.decode()
    seen = asker.get(PAGE.replace("kertas", "kirim")).content.decode()
    assert "1 isian diketik dari kertas" in seen
    assert "Diisi oleh Ibu Contoh, operator" in seen
    assert 'value="kirim"' not in seen


def test_signs_that_no_record_can_hold_are_no_part_of_a_name(world: World) -> None:
    asker = client(world, "verifikator-kecamatan-a")
    assert "Yang mengisi belum disebut." in post(asker, pengisi="\x00\x07 ").content.decode()
    assert post(asker, pengisi="Ibu\x00 Contoh").status_code == 302
    assert [filler for _, filler, _, _ in past()] == ["Ibu Contoh"]


def test_the_tasks_of_a_kecamatan_lead_to_paper(world: World, key: SubmissionKey) -> None:
    text = client(world, "verifikator-kecamatan-a").get(f"/tugas?desa={key.region}").content.decode()
    assert text.count("?desa=62.01.02.") > 5
    assert f'href="/kertas/{key.form}/{key.region}/{key.period}"' in text
    assert f'href="/isi/{key.form}/{key.region}/{key.period}"' not in text
    assert "Kiriman desa diperiksa di halaman Periksa." in text
    assert 'href="/periksa"' in text
    text = client(world, "operator-desa-a").get("/tugas").content.decode()
    assert f'href="/isi/{key.form}/{key.region}/{key.period}"' in text


def test_nobody_types_for_a_village_that_is_not_his(world: World) -> None:
    for login, expected in (
        ("verifikator-kecamatan-b", 403),
        ("operator-desa-c", 403),
        ("kepala-desa-a", 403),
        ("pendamping-a", 302),
    ):
        answer = post(client(world, login), pengisi="Ibu Contoh")
        assert answer.status_code == expected, login
    plain = client(world, "verifikator-kecamatan-a").post(
        PAGE.replace("kertas", "isi"), {**CELL, "pesan": str(uuid4()), "pengisi": "Ibu Contoh"}
    )
    assert plain.status_code == 403
    assert len(past()) == 1


def test_a_device_keeps_no_form_of_who_types_from_paper(world: World, key: SubmissionKey) -> None:
    form = f"/isi/{key.form}/{key.region}/{key.period}"
    typist = client(world, "verifikator-kecamatan-a").get(f"/tugas?desa={key.region}").content.decode()
    assert form.replace("/isi/", "/kertas/") in typist
    assert "data-formulir" not in typist
    operator = client(world, "operator-desa-a")
    assert f'data-formulir="{form}"' in operator.get("/tugas").content.decode()
    assert operator.get(f"{form}/paket.json").status_code == 200
