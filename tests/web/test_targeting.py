"""The pages of *Sasaran*: need with its doubt, gaps with activities and actors, a ceiling, a list kept."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from sidara.programmes.models import TargetList
from tests.accounts.conftest import world as cast
from tests.programmes.test_target_commands import FIRST, SECOND, THIRD
from tests.programmes.test_target_commands import scores as scores_of_three
from tests.web.people import client

world, scores = cast, scores_of_three
pytestmark = pytest.mark.django_db


@pytest.fixture
def register(world):
    """The register of the cast is the register of the scores."""


@pytest.fixture
def planner(scores, world):
    return client(world, "perencana")


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_villages_stand_in_the_order_of_their_need_with_the_places_that_could_be(planner):
    answer = planner.get("/sasaran?wilayah=62.01.02&butir=S34&teratas=3")
    told = text(answer)
    assert "kebutuhan yang sudah pasti terbesar di Natai Raya" in told, (
        "others are not known and could need as much"
    )
    assert "SIMULASI" in told
    assert "belum diketahui" in told
    assert "0 desa pasti termasuk 3 teratas" in told
    assert f'href="/sasaran/celah/{FIRST}' in answer.content.decode()
    rows = planner.get("/sasaran/urutan.csv?wilayah=62.01.02&butir=S34").content.decode("utf-8-sig")
    assert rows.splitlines()[1].split(",")[:1] == ["1"]
    assert FIRST in rows.splitlines()[1]


def test_the_title_names_no_village_as_the_neediest_where_others_may_need_more_or_as_much(planner):
    told = text(planner.get("/sasaran?wilayah=62&butir=S35"))
    assert "Di Kalimantan Tengah, kebutuhan yang sudah pasti terbesar di Sulung" in told
    told = text(planner.get("/sasaran?wilayah=62&butir=S33"))
    assert "Di Kalimantan Tengah, kebutuhan yang sudah pasti terbesar di 2 desa" in told


def test_a_formula_is_checked_beside_its_field(planner):
    answer = planner.get("/sasaran", {"wilayah": "62.01.02", "rumus": "(5 - S34"})
    assert 'aria-invalid="true"' in answer.content.decode()
    good = text(planner.get("/sasaran", {"wilayah": "62.01.02", "rumus": "(5 - S34) * 2"}))
    assert "kebutuhan yang sudah pasti terbesar di Natai Raya" in good


def test_a_planner_begins_in_the_own_area(scores, world):
    assert "di Kotawaringin Barat" in text(client(world, "pmd-kabupaten-a").get("/sasaran"))
    assert "Di Kalimantan Tengah" in text(client(world, "perencana").get("/sasaran"))


def test_ticked_villages_become_a_list_once(planner):
    asked = {"wilayah": "62.01", "tanya": "butir=S34&wilayah=62.01", "pesan": str(uuid4())}
    sent = asked | {"desa": [FIRST, SECOND], "nama": "Desa tanpa air bersih"}
    answer = planner.post("/sasaran/simpan", sent)
    assert answer.status_code == 302
    (kept,) = TargetList.objects.all()
    assert f"daftar={kept.uid}" in answer["Location"]
    assert planner.post("/sasaran/simpan", sent)["Location"] == answer["Location"]
    assert TargetList.objects.count() == 1
    first = kept.villages.get(rank=1)
    assert first.region.code == FIRST
    assert first.figures["need"] == [100.0, 100.0]
    assert kept.basis["years"] == [2024]
    back = planner.get(answer["Location"])
    assert f"/program/baru?daftar={kept.uid}" in back.content.decode()
    empty = planner.post("/sasaran/simpan", asked | {"pesan": str(uuid4()), "nama": "x"})
    assert "gagal=" in empty["Location"]


def test_a_gap_leads_to_activities_to_governments_and_to_the_editor(planner):
    answer = planner.get(f"/sasaran/celah/{FIRST}?buka=S34")
    told, page = text(answer), answer.content.decode()
    assert "S34 Sumber air" in told
    assert re.search(r"hilang 5 poin, 0,0\d{3} nilai indeks", told), "what orders them"
    assert "Pembangunan sarana air" in told
    assert "menaikkan skor" in told
    assert "1.03.03.2.01.0022" in told
    assert "belum ada data rencana; diamnya tidak berarti tidak ada kegiatan" in told
    assert "/program/baru?jenis=JK-AIR-01&amp;butir=idm%3AS34&amp;tahun=" in page
    assert f"desa={FIRST}" in page
    public = Client().get(f"/sasaran/celah/{FIRST}").content.decode()
    assert "/program/baru" not in public
    area = text(planner.get("/sasaran/celah/62.01?buka=S34"))
    assert "1 dari 2 desa" in area


def test_three_plans_stand_side_by_side_and_the_best_is_proven(planner):
    told = text(planner.get("/sasaran/anggaran?wilayah=62.01&pagu=12"))
    for word in ("Terbaik", "Bertahap", "Bagi rata", "Terbukti", "12 langkah", "Arut Selatan"):
        assert word in told
    rows = planner.get("/sasaran/anggaran/langkah.csv?wilayah=62.01&pagu=12").content.decode("utf-8-sig")
    assert {line.split(",")[0] for line in rows.splitlines()[1:]} == {"Terbaik", "Bertahap", "Bagi rata"}


def test_in_english_gains_and_costs_are_named_in_english(planner):
    told = text(planner.get("/en/sasaran/anggaran?wilayah=62.01&pagu=12"))
    assert "points of Indeks Desa Membangun" in told
    assert "12 steps" in told
    assert " poin " not in told
    assert " langkah" not in told


def test_a_ceiling_that_cannot_be_is_explained(planner):
    told = text(planner.get("/sasaran/anggaran?wilayah=62&pagu=1&batas=62.01%3D50%0A62.02%3D50"))
    assert "Tidak ada rencana yang memenuhi semua batas" in told
    assert "pagu terkecil yang dapat: 2 langkah" in told
    assert "tidak dapat dibaca" in text(planner.get("/sasaran/anggaran?wilayah=62.01&pagu=banyak"))


def test_own_prices_buy_a_need(planner):
    asked = {"wilayah": "62.01", "butir": "S34", "tujuan": "kebutuhan", "pagu": "Rp50.000.000"}
    told = text(planner.get("/sasaran/anggaran", asked | {"harga": f"{FIRST};40000000;50;tandon"}))
    assert "tandon" in told
    assert "Rp40.000.000" in told
    wrong = text(planner.get("/sasaran/anggaran", asked | {"harga": "62.99;5"}))
    assert "bukan desa atau wilayah di sini" in wrong


def test_who_may_not_target_is_led_away(scores):
    assert Client().get("/sasaran").status_code == 302
    assert THIRD not in Client().get("/sasaran/celah/62.01").content.decode()
