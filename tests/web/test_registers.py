"""Pages of the registers and proposals: finding, ways down, files, who sees what, the decision."""

import csv
import io
import re
from dataclasses import fields
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory

from sidara.collection.core import EXAMPLES
from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.kernel.clock import local_date, now
from sidara.kernel.number import Language
from sidara.programmes import models, queries, services
from sidara.programmes.core.registers import Status
from sidara.regions import queries as regions
from sidara.ui.language import speaking
from sidara.web import register_views
from sidara.web.pages.registers import apparatus, institutions, participation, proposal, proposals
from sidara.web.pages.registers.asked import Asked, read
from sidara.web.pages.registers.frame import share_bar
from tests.language import untranslated
from tests.progress.conftest import NOW, TODAY, submitted
from tests.progress.conftest import province as small_province
from tests.verification.conftest import person
from tests.web.test_language import KNOWN

province = small_province
pytestmark = pytest.mark.django_db
FORMS = ("PEM_SEMESTER", "PEM_TRIWULAN", "PEM_TAHUNAN", "SOS_TAHUNAN")
PAGES = {
    "register/aparatur": apparatus,
    "register/partisipasi": participation,
    "register/lembaga": institutions,
    "usulan": proposals,
}


@pytest.fixture
def filled(province, settings):
    settings.SIDARA_PROVINCE = "19"
    submitted(province[0], province[2], forms=FORMS)
    services.refresh_registers(OPERATOR, clock=lambda: NOW)
    return province


def built(page, actor=OPERATOR, **told):
    asked = Asked(**{"tahun": "2025", "keadaan": "semua"} | told)
    return page.build(actor, asked, "19", today=TODAY)


def test_a_share_is_drawn_at_its_length_and_told_with_its_counts():
    bar = share_bar("Seruyan", 3, 12, is_low=True)
    assert (bar.label, bar.value, bar.short, bar.is_low) == ("Seruyan", 25, "25\N{NO-BREAK SPACE}%", True)
    assert bar.text == "25\N{NO-BREAK SPACE}%, 3 dari 12"


def test_the_pages_before_anybody_began(db):
    for path in PAGES:
        answer = Client().get(f"/{path}")
        assert answer.status_code == 200
        assert "Wilayah ini tidak ada" in answer.content.decode()


def test_finding_ways_down_and_files_of_each_register(filled):
    village = filled[0]
    scope = queries.Scope("19", 2025, Status.ALL, dataset=EXAMPLES)
    total = queries.institutions(OPERATOR, scope).total
    made = built(institutions)
    assert made.title == f"{total['active']} dari {total['institutions']} lembaga desa aktif"
    assert "SIMULASI" in made.choices[0].links[0].label or made.is_simulated
    by_area = made.files["wilayah"].table
    row = next(one for one in by_area.rows if one[0].value == village[:5])
    assert f"wilayah={village[:5]}" in row[1].href
    assert sum(one[5].value or 0 for one in by_area.rows) == total["active"]
    silent = next(one for one in by_area.rows if one[2].value == 0)
    assert [one.text for one in silent[3:]] == ["–"] * (len(silent) - 3), "nothing known is no zero"
    for path, page in PAGES.items():
        for code in (village[:8], village):
            told = built(page, wilayah=code)
            assert told.figures, (path, code)
            assert told.is_simulated
        answer = Client().get(f"/{path}", {"himpunan": "contoh", "tahun": "2025", "keadaan": "semua"})
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "SIMULASI" in text
        assert "style=" not in text
        files = re.findall(r'href="([^"]*)" download', text)
        assert files
        assert {Client().get(one.replace("&amp;", "&")).status_code for one in files} == {200}, path
    answer = Client().get(f"/register/lembaga/jenis.csv?wilayah={village}&tahun=2025&keadaan=semua")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    own = queries.institutions(OPERATOR, queries.Scope(village, 2025, Status.ALL)).total
    assert sum(int(one["aktif"]) for one in rows) == own["active"]
    assert {one["simulasi"] for one in rows} == {"SIMULASI"}
    excel = Client().get(f"/usulan/daftar.xlsx?wilayah={village}&tahun=2025&keadaan=semua")
    assert excel.status_code == 200


def test_english_pages_and_filters(filled):
    one = models.Proposal.objects.first()
    client = Client()
    asked = f"?tahun=2025&keadaan=semua&wilayah={filled[0]}"
    for path in (*(path + asked for path in PAGES), f"usulan/{one.uid}"):
        text = client.get(f"/en/{path}").content.decode()
        assert '<html lang="en">' in text
        assert untranslated(text, KNOWN) == [], path
    every = built(proposals, wilayah=filled[0][:8])
    levels = next(one for one in every.choices if one.label == "Tingkat yang dituju")
    assert len(levels.links) > 2
    chosen = built(proposals, wilayah=filled[0][:8], tingkat="kabupaten")
    listed = next(one for one in chosen.figures if one.key == "daftar").table
    assert listed.rows
    assert {row[7].value for row in listed.rows} == {"Kabupaten/kota"}


def test_closed_counts_are_not_everybodys_and_an_office_begins_with_its_own_area(filled):
    village = filled[0]
    scope = queries.Scope(village, 2025, Status.ALL)
    assert queries.apparatus(OPERATOR, scope).of("need") is not None
    seen = queries.apparatus(PUBLIC, scope)
    assert seen.of("need") is None
    assert not [key for key in seen.total if key.partition(":")[0] in {"need", "education", "wanted"}]
    assert seen.of("filled") == queries.apparatus(OPERATOR, scope).of("filled")
    office = person("pmd-kabupaten", under=village[:5], holds={village})
    assert queries.apparatus(office, scope).of("need") is not None
    assert queries.meetings(PUBLIC, scope).of("disabled") is None
    district = queries.Scope(village[:5], 2025, Status.ALL, dataset=EXAMPLES)
    below = queries.apparatus(PUBLIC, district)
    assert all(below.of_area(one, "need") is None for one in below.expected)
    assert "ditutup" in str(built(apparatus, PUBLIC, wilayah=village).files["jabatan"].table)
    assert built(apparatus, office).area == village[:5]
    assert built(apparatus, office, wilayah="19").area == "19"
    with speaking(Language.ENGLISH):
        assert "village officials" in built(apparatus).title


def deciding(actor, one, **told):
    request = RequestFactory().post(f"/usulan/{one.uid}/putusan", {"kiriman": str(uuid4())} | told)
    request.actor = actor
    return register_views.proposal_decide(request, uid=one.uid)


def test_a_proposal_opens_to_its_way_and_is_decided_there(filled):
    one = models.Proposal.objects.filter(level_asked="kabupaten").first()
    place = regions.regions(OPERATOR, {one.village_id})[one.village_id]
    office = person("pmd-kabupaten", under=place.code[:5], holds={place.code})
    made = proposal.build(PUBLIC, one.uid, today=TODAY)
    assert made.is_simulated
    assert made.deciding is None
    assert made.stations[0].title == "Disepakati dalam musyawarah"
    assert "orang hadir" in made.stations[0].text
    asked = proposal.build(office, one.uid, today=TODAY).deciding
    assert asked.start.startswith(f"/program/baru?desa={place.code}&data=simulasi"), (
        "answered by a new activity"
    )
    refused = deciding(office, one, putusan="ditolak", alasan="")
    assert refused.status_code == 422
    assert "harus diberi alasan" in refused.content.decode()
    done = deciding(office, one, putusan="ditunda", alasan="Menunggu pagu perubahan.")
    assert (done.status_code, done["Location"]) == (302, f"/usulan/{one.uid}")
    after = proposal.build(PUBLIC, one.uid, today=local_date(now()))
    told = [each for each in after.stations if "putusan" in each.title]
    assert [each.text for each in told] == ["Menunggu pagu perubahan."]
    assert Client().get(f"/usulan/{uuid4()}").status_code == 404


@pytest.mark.parametrize("name", [one.name for one in fields(Asked)])
def test_signs_that_no_record_holds_are_left_out_of_what_is_asked(name):
    assert read({name: "2026\0"}) == Asked()
