"""Plans and activities by their pages: planned without script, refused beside the field, both worlds."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.kernel.clock import local_date, now
from sidara.programmes import models, queries, services
from sidara.programmes.core import Level, PlanKind, Stage
from sidara.programmes.core.plan_drafts import PlanDraft
from sidara.regions import queries as regions
from tests.accounts.conftest import world
from tests.language import untranslated
from tests.programmes.test_activities import RIGHT, WRONG
from tests.web.people import client
from tests.web.test_language import KNOWN

__all__ = ["world"]
pytestmark = pytest.mark.django_db
PLANNER, OTHER = "pmd-kabupaten-a", "pmd-kabupaten-b"
VILLAGE, NEIGHBOUR = "62.01.02.2016", "62.01.03.2001"
GOOD = {
    "pemilik": "kabupaten|62.01",
    "bidang": "",
    "nama": "Pelatihan perangkat desa",
    "pelaksana": "Dinas PMD",
    "tahun": "2027",
    "jenis": "JK-TKD-11",
    "kode": RIGHT,
    "dana": "APBDK",
    "anggaran": "Rp250.000.000",
    "desa": [VILLAGE, NEIGHBOUR],
    f"tempat-{VILLAGE}": "RT 2",
    "keluaran-0": "Perangkat dilatih",
    "satuan-0": "orang",
    "target-0": "12,5",
    "butir": "idm:S34",
}


def text_of(answer) -> str:
    return answer.content.decode()


def post(asker, act, *, to="/program/baru", **other):
    return asker.post(to, {"pesan": str(uuid4()), "aksi": act, "data": "nyata"} | GOOD | other)


def test_an_activity_is_planned_and_read_by_everybody(world):
    asker = client(world, PLANNER)
    done = post(asker, "rencana")
    assert done.status_code == 302, re.findall(r'class="galat"[^>]*>([^<]+)', text_of(done))
    row = models.Activity.objects.get()
    assert (row.stage, row.budget_idr, row.area.code) == ("direncanakan", 250_000_000, "62.01")
    page = text_of(Client().get(f"/program/{row.uid}"))
    assert "Rp250.000.000" in page
    assert "Desa Natai Raya" in page
    assert "RT 2" in page
    assert "12,5" in page or "12,50" in page
    assert "/ubah" not in page, "who does not plan is not shown the door"
    listed = text_of(Client().get("/program"))
    assert "Pelatihan perangkat desa" in listed
    assert listed.count("belum tentu tidak ada kegiatan") == 4, "of the other levels nothing is known"
    assert "Pelatihan perangkat desa" not in text_of(Client().get("/program?tahun=2026"))
    assert untranslated(text_of(Client().get(f"/en/program/{row.uid}")), KNOWN) == []
    assert untranslated(text_of(Client().get("/en/program?wilayah=62.01")), KNOWN) == []


def test_a_wrong_code_is_refused_beside_its_field_with_the_right_one_to_take(world):
    asker = client(world, PLANNER)
    refused = post(asker, "rencana", kode=WRONG)
    assert refused.status_code == 422
    page = text_of(refused)
    field = page[page.index('id="kode-salah"') : page.index('id="kode" name="kode"')]
    assert "tidak dapat dipakai oleh" in field
    assert f'name="pakai" value="kode:{RIGHT}"' in page
    assert 'value="Pelatihan perangkat desa"' in page, "what was written stays"
    assert not models.Activity.objects.exists()
    taken = asker.post("/program/baru", GOOD | {"kode": WRONG, "pakai": f"kode:{RIGHT}", "data": "nyata"})
    assert f'name="kode" value="{RIGHT}"' in text_of(taken)


def test_words_give_kinds_and_a_kind_the_codes_of_ones_own_government(world):
    asker = client(world, PLANNER)
    found = text_of(post(asker, "jenis", kata="pelatihan perangkat desa", jenis="", kode=""))
    assert 'name="pakai" value="jenis:JK-TKD-11"' in found
    taken = text_of(asker.post("/program/baru", GOOD | {"kode": "", "jenis": "", "pakai": "jenis:JK-TKD-11"}))
    assert f'value="kode:{RIGHT}"' in taken
    assert f'value="kode:{WRONG}"' not in taken


def test_a_new_activity_is_of_next_year_and_named_as_its_kind(world):
    page = client(world, PLANNER).get("/program/baru?jenis=JK-TKD-11").content.decode()
    (name,) = re.findall(r'name="nama"[^>]* value="([^"]*)"', page) or re.findall(
        r'value="([^"]*)"[^>]* name="nama"', page
    )
    assert name
    assert name in text_of(client(world, PLANNER).get("/jenis-kegiatan/JK-TKD-11"))
    assert f'value="{local_date(now()).year + 1}"' in page


def test_a_draft_may_lack_and_a_plan_says_at_each_field_what_it_lacks(world):
    asker = client(world, PLANNER)
    bare = {"kode": "", "jenis": "", "dana": "", "anggaran": "", "desa": []}
    assert post(asker, "rancangan", **bare).status_code == 302
    uid = models.Activity.objects.get().uid
    planned = post(asker, "rencana", to=f"/program/{uid}/ubah", revisi="1", **bare)
    assert planned.status_code == 422
    assert text_of(planned).count('class="galat"') >= 5
    unread = post(asker, "rancangan", anggaran="banyak")
    assert "“banyak” tidak terbaca" in text_of(unread)


def test_of_two_editors_the_second_is_told(world):
    asker = client(world, PLANNER)
    post(asker, "rencana")
    uid = models.Activity.objects.get().uid
    to = f"/program/{uid}/ubah"
    assert 'name="revisi" value="1"' in text_of(asker.get(to))
    assert post(asker, "rencana", to=to, revisi="1", anggaran="300000000").status_code == 302
    late = post(asker, "rencana", to=to, revisi="1", anggaran="400000000")
    assert "orang lain menyimpan versi 2" in text_of(late)
    page = text_of(asker.get(f"/program/{uid}"))
    assert "anggaran: Rp250.000.000 menjadi Rp300.000.000" in page


def test_another_kabupaten_neither_changes_nor_cancels_it(world):
    post(client(world, PLANNER), "rencana")
    uid = models.Activity.objects.get().uid
    other = client(world, OTHER)
    assert other.get(f"/program/{uid}/ubah").status_code == 403
    assert post(other, "rencana", to=f"/program/{uid}/ubah", revisi="1").status_code == 403
    assert other.post(f"/program/{uid}", {"alasan": "x", "revisi": "1"}).status_code == 403
    assert post(other, "rencana").status_code == 403, "nor plans in the name of that one"
    assert Client().get("/program/baru").status_code == 302


def test_an_activity_is_cancelled_with_a_reason(world):
    asker = client(world, PLANNER)
    post(asker, "rencana")
    uid = models.Activity.objects.get().uid
    said = {"revisi": "1", "pesan": str(uuid4())}
    assert "Alasan pembatalan belum diisi" in text_of(asker.post(f"/program/{uid}", said | {"alasan": " "}))
    assert asker.post(f"/program/{uid}", said | {"alasan": "Dana dialihkan"}).status_code == 302
    assert "Kegiatan ini dibatalkan" in text_of(Client().get(f"/program/{uid}"))
    assert "Pelatihan perangkat desa" not in text_of(Client().get("/program"))


def test_the_map_is_boxes_that_need_no_script(world):
    page = text_of(client(world, PLANNER).get("/program/baru?data=nyata"))
    boxes = re.findall(r'<input[^>]+class="heks[^"]*"[^>]+value="([\d.]+)"', page)
    assert set(boxes) == {one.code for one in regions.villages(PUBLIC, "62.01")}
    some = text_of(post(client(world, PLANNER), "segar", peta="62.01.03"))
    boxes = re.findall(r'<input[^>]+class="heks[^"]*"[^>]+value="([\d.]+)"', some)
    assert NEIGHBOUR in boxes
    assert VILLAGE not in boxes
    assert f'name="desa" value="{VILLAGE}" checked' in some, "what is chosen outside the map stays chosen"


def test_a_list_is_read_line_by_line_and_what_is_doubtful_is_offered(world):
    text = "Natai Raya\nTak Ada Xyzq"
    page = text_of(post(client(world, PLANNER), "senarai", senarai=text, desa=[]))
    assert "tidak ditemukan" in page
    assert re.search(rf'value="{re.escape(VILLAGE)}"[^>]*checked', page)


def test_a_rule_that_cannot_be_read_says_why_and_nothing_is_lost(world):
    page = text_of(post(client(world, PLANNER), "aturan", aturan="TIDAK_ADA = 1"))
    assert "TIDAK_ADA" in page
    assert 'value="Pelatihan perangkat desa"' in page


def test_a_plan_is_made_filled_and_shown_with_what_is_missing(world):
    asker = client(world, PLANNER)
    head = {"pemilik": "kabupaten|62.01", "jenis": "RPJMD", "judul": "RPJMD Kobar", "dari": "2025"}
    wrong = asker.post("/rencana/baru", head | {"sampai": "2020", "data": "nyata"})
    assert wrong.status_code == 422
    made = asker.post("/rencana/baru", head | {"sampai": "2029", "data": "nyata", "pesan": str(uuid4())})
    assert made.status_code == 302
    edit = made["Location"]
    said = {"aksi": "tujuan", "langkah": "sasaran", "nama": "Desa mandiri", "dari": "2025", "sampai": "2029"}
    aim = {"indikator-0": "Jalan layak", "satuan-0": "persen", "target-0": "2026=50; 2027=60,5"}
    assert asker.post(edit, said | aim | {"pesan": str(uuid4())}).status_code == 302
    broken = asker.post(edit, said | {"nama": "Lain", "indikator-0": "x", "target-0": "banyak"})
    assert "“banyak” tidak terbaca" in text_of(broken)
    line = {"aksi": "baris", "nama": "Pembinaan", "tahun": "2026", "kode": WRONG, "pagu": "1.000.000"}
    assert RIGHT in text_of(asker.post(edit, line))
    assert asker.post(edit, line | {"kode": RIGHT}).status_code == 302
    (plan,) = queries.plans(PUBLIC, is_simulated=False)
    (goal,) = queries.plan(PUBLIC, plan.uid).goals
    assert {year: str(value) for year, value in goal.indicators[0].targets.items()} == {
        2026: "50",
        2027: "60.5",
    }
    page = text_of(Client().get(f"/rencana/{plan.uid}"))
    assert "belum didukung" in page
    assert "Rp1.000.000" in page
    listed = text_of(Client().get("/rencana?tahun=2026"))
    assert "1 dari 14 pemilik" in listed
    assert "Tujuan yang belum didukung apa pun" in listed
    assert untranslated(text_of(Client().get("/en/rencana?tahun=2026")), KNOWN) == []
    assert untranslated(text_of(Client().get(f"/en/rencana/{plan.uid}")), KNOWN) == []
    assert client(world, OTHER).get(edit).status_code == 403


def test_documents_begin_in_the_year_that_is_planned_not_in_one_that_only_a_long_plan_covers(world):
    this_year = local_date(now()).year
    spans = {PlanKind.RPJMD: (this_year - 1, this_year + 3), PlanKind.RKPD: (this_year + 1, this_year + 1)}
    for kind, (first, last) in spans.items():
        draft = PlanDraft(
            kind=kind, level=Level.PROVINCE, area="62", title=kind.value, year_from=first, year_to=last
        )
        assert services.make_plan(OPERATOR, draft=draft, message_id=uuid4(), now=now()).is_done
    assert f"Dokumen rencana {this_year + 1}" in text_of(Client().get("/rencana"))
    assert f"Dokumen rencana {this_year}" in text_of(Client().get(f"/rencana?tahun={this_year}"))


def test_made_up_plans_say_so_and_never_meet_the_real_ones(world):
    made = services.make_plan(
        OPERATOR,
        draft=PlanDraft(
            kind=PlanKind.RPJMD,
            level=Level.PROVINCE,
            area="62",
            title="Rekaan",
            year_from=2025,
            year_to=2029,
            is_simulated=True,
        ),
        message_id=uuid4(),
        now=now(),
    )
    assert made.is_done
    first = text_of(Client().get("/rencana"))
    assert "Rekaan" in first, "without a real one the made-up ones are shown"
    assert "SIMULASI" in first
    assert "Rekaan" not in text_of(Client().get("/rencana?data=nyata"))
    post(client(world, PLANNER), "rencana")
    assert models.Activity.objects.get().stage == Stage.PLANNED
    assert "Rekaan" not in text_of(Client().get("/rencana"))
