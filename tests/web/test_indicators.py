"""Indicators on pages of villages and areas: from what was filled in, with coverage, level and SIMULASI."""

import csv
import io
from dataclasses import replace

import pytest

from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.kernel.cell import State
from sidara.regions import queries as regions
from sidara.regions.core import Level
from sidara.warehouse import queries as warehouse
from sidara.warehouse import services
from sidara.warehouse.core import IndicatorQuery
from tests.collection.test_check_stored import save
from tests.demo.test_submissions import VILLAGE as EXAMPLE
from tests.demo.test_submissions import register as register_of_demo
from tests.demo.test_submissions import register_real as register_62
from tests.demo.test_submissions import submit
from tests.warehouse.test_submissions import folder as facts_folder

register, register_real, folder = register_of_demo, register_62, facts_folder
pytestmark = pytest.mark.django_db
VILLAGE = "62.01.02.2016"


@pytest.fixture
def made_up(register, folder):
    submit(forms=("DIK_TAHUNAN", "KEP_SEMESTER"))
    services.refresh(OPERATOR)


def rows(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))


def test_a_village_shows_its_indicators_marked(client, made_up):
    page = client.get(f"/desa/{EXAMPLE}").content.decode()
    assert 'id="indikator"' in page
    part = page[page.index('id="indikator"') :]
    assert "SIMULASI" in part[:400]
    assert "Anak 7-12 tahun yang bersekolah SD sederajat" in part
    told = {row["kode_indikator"]: row for row in rows(client, f"/desa/{EXAMPLE}/indikator.csv")}
    assert told["APM_SD"]["nilai"]
    assert told["APM_SD"]["melapor"] == "1"
    assert {row["simulasi"] for row in told.values()} == {"SIMULASI"}
    # What was not filled in has no figure, and says what is lacking.
    assert told["KELUARGA_BERLISTRIK"]["nilai"] == ""
    assert told["KELUARGA_BERLISTRIK"]["kurang"] == "belum diisi"


def test_an_area_tells_how_many_report(made_up):
    asked = IndicatorQuery("simulated:collection", ("APM_SD",), ("2025",), Level.DISTRICT, "62.01.02")
    (one,) = warehouse.indicators(PUBLIC, asked).figures
    examples = regions.villages(OPERATOR, "62.01.02", examples=True)
    assert (one.reporting, one.expected) == (1, len(examples))
    assert one.missing[State.EMPTY] == len(examples) - 1
    (real,) = warehouse.indicators(OPERATOR, replace(asked, dataset="collection")).figures or (None,)
    assert real is None


@pytest.mark.parametrize("address", ["/wilayah/62.01.02", "/wilayah/62.01", "/desa/62.01.02.2016", "/"])
def test_nothing_that_is_made_up_stands_on_a_page_of_what_is_real(client, made_up, address):
    assert 'id="indikator"' not in client.get(address).content.decode()


def test_without_answers_there_is_no_such_part(client, register, folder):
    services.refresh(OPERATOR)
    assert 'id="indikator"' not in client.get(f"/desa/{VILLAGE}").content.decode()
    assert client.get(f"/desa/{VILLAGE}/indikator.csv").status_code == 404


def test_what_villages_filled_in_stays_hidden_from_the_public(client, register, folder):
    save("DIK_TAHUNAN", VILLAGE, "2025", ("DIK_007", "100", "", ""), ("DIK_008", "90", "", ""))
    services.refresh(OPERATOR)
    assert 'id="indikator"' not in client.get(f"/desa/{VILLAGE}").content.decode()


def test_english_page(client, made_up):
    page = client.get(f"/en/desa/{EXAMPLE}").content.decode()
    assert "indicators of" in page[page.index('id="indikator"') :]
