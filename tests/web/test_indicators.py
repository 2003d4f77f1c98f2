"""Indicators on pages of villages and areas: from what was filled in, with coverage, level and SIMULASI."""

import csv
import io

import pytest

from sidara.kernel.actor import OPERATOR
from sidara.warehouse import services
from tests.collection.conftest import register as register_62
from tests.collection.test_check_stored import save
from tests.demo.test_submissions import submit
from tests.warehouse.test_submissions import folder as facts_folder

register, folder = register_62, facts_folder
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
    page = client.get(f"/desa/{VILLAGE}").content.decode()
    assert 'id="indikator"' in page
    part = page[page.index('id="indikator"') :]
    assert "SIMULASI" in part[:400]
    assert "Anak 7-12 tahun yang bersekolah SD sederajat" in part
    told = {row["kode_indikator"]: row for row in rows(client, f"/desa/{VILLAGE}/indikator.csv")}
    assert told["APM_SD"]["nilai"]
    assert told["APM_SD"]["melapor"] == "1"
    assert {row["simulasi"] for row in told.values()} == {"SIMULASI"}
    # What was not filled in has no figure, and says what is lacking.
    assert told["KELUARGA_BERLISTRIK"]["nilai"] == ""
    assert told["KELUARGA_BERLISTRIK"]["kurang"] == "belum diisi"


def test_an_area_tells_how_many_report(client, made_up):
    page = client.get("/wilayah/62.01.02").content.decode()
    assert 'id="indikator"' in page
    told = {row["kode_indikator"]: row for row in rows(client, "/wilayah/62.01.02/indikator.csv")}
    assert told["APM_SD"]["melapor"] == "1"
    assert int(told["APM_SD"]["diharapkan"]) > 10
    assert told["APM_SD"]["kurang"].startswith("belum diisi ")


def test_without_answers_there_is_no_such_part(client, register, folder):
    services.refresh(OPERATOR)
    assert 'id="indikator"' not in client.get(f"/desa/{VILLAGE}").content.decode()
    assert client.get(f"/desa/{VILLAGE}/indikator.csv").status_code == 404


def test_what_villages_filled_in_stays_hidden_from_the_public(client, register, folder):
    save("DIK_TAHUNAN", VILLAGE, "2025", ("DIK_007", "100", "", ""), ("DIK_008", "90", "", ""))
    services.refresh(OPERATOR)
    assert 'id="indikator"' not in client.get(f"/desa/{VILLAGE}").content.decode()


def test_english_page(client, made_up):
    page = client.get(f"/en/desa/{VILLAGE}").content.decode()
    assert "indicators of" in page[page.index('id="indikator"') :]
