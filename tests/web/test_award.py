"""The award on screen: who may runs it, each score opens to its parts, every list says it is proposed."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.progress import models
from sidara.regions import queries as regions
from sidara.regions import services as stating
from sidara.regions.core import Condition, Difficulty
from tests.accounts.conftest import world
from tests.language import untranslated
from tests.progress.conftest import refreshed
from tests.web.people import client
from tests.web.test_language import KNOWN
from tests.web.test_sending import key
from tests.web.test_verifying import OPERATOR_A, sent, text_of

__all__ = ["key", "world"]
pytestmark = pytest.mark.django_db
PAGE = "/penghargaan"
PROPOSED = "Usulan, belum ditetapkan"


def test_who_may_runs_the_award_and_everybody_at_work_opens_it_to_its_parts(world, key):
    sent(world, key)
    silent = next(one for one in regions.villages(OPERATOR, key.region[:8]) if one.code != key.region)
    stated = {silent.code: Condition(Difficulty.EXTREME, None, date(2025, 1, 1), "SK")}
    stating.state_conditions(OPERATOR, conditions=stated, clock=now)
    refreshed(now())
    province, operator = client(world, "pmd-provinsi"), client(world, OPERATOR_A)
    assert "Belum ada penilaian SIDARA Award." in text_of(operator.get(PAGE))
    assert operator.post(PAGE, {"wilayah": "62", "tahun": key.period[:4]}).status_code == 403
    page = text_of(province.get(PAGE))
    offers = re.findall(r'name="wilayah" value="([^"]+)"', page)
    assert offers == ["62", "62 contoh"]
    done = province.post(PAGE, {"wilayah": "62", "tahun": key.period[:4]}, follow=True)
    listed = text_of(done)
    assert "1.571 tim operator dinilai" in listed
    assert listed.count(PROPOSED) >= 2, "above, and beneath each picture"
    assert "Kelas ekstrem: belum ada yang bernilai" in listed, "nobody leads with no points"
    assert " style=" not in listed
    line = models.AwardScore.objects.get(roll="team", subject=key.region)
    opened = text_of(operator.get(f"{PAGE}/{line.run_id}/tim/{key.region}"))
    points = [Decimal(one.replace(",", ".")) for one in re.findall(r'data-l="Nilai">([\d,]+)<', opened)]
    assert len(points) == 3
    assert abs(sum(points) - line.total * 100) <= Decimal("0.02")
    assert PROPOSED in opened
    producers = text_of(operator.get(f"{PAGE}?daftar=produsen"))
    sector = models.AwardScore.objects.filter(roll="producer").order_by("-total").first()
    assert sector.name in producers
    assert f"{PAGE}/{line.run_id}/produsen/{sector.subject}" in producers
    for address in (PAGE, f"{PAGE}/{line.run_id}/tim/{key.region}", f"{PAGE}?daftar=produsen"):
        english = text_of(operator.get(f"/en{address}")).replace("Contoh operator-desa-a", "")
        assert untranslated(english, KNOWN) == []
    file = operator.get(f"{PAGE}/award-none.csv").content.decode()
    assert "Usulan, belum ditetapkan" in file
    assert file.count("\n") >= 1571
    assert "kelengkapan,ketepatan_waktu,mutu" in file
    assert operator.get(f"{PAGE}/{line.run_id}/tim/99.99.99.9999").status_code == 404
    assert client(world, "perusahaan").get(PAGE).status_code == 403


def test_the_foot_of_a_page_leads_to_the_award_who_may_see_it(world):
    link = f'href="{PAGE}"'
    assert link in text_of(client(world, OPERATOR_A).get("/"))
    assert link not in text_of(client(world, "perusahaan").get("/"))
    assert link not in text_of(Client().get("/"))


def test_the_foot_of_a_page_leads_everybody_to_progress_and_to_the_check_of_minutes():
    page = text_of(Client().get("/tentang"))
    footer = page[page.index("<footer") :]
    assert 'href="/kokpit"' in footer
    assert 'href="/berita-acara"' in footer
