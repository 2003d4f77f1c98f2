"""Pages of example villages say SIMULASI; pages of what is real are the same with and without them."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from sidara.accounts import queries as accounts
from sidara.demo.cast import cast
from sidara.kernel.actor import OPERATOR
from sidara.regions import queries as areas
from sidara.regions import services as regions
from sidara.warehouse import services as warehouse
from tests.collection.conftest import imported
from tests.collection.conftest import register as register_62
from tests.collection.test_import import HEADER, ROWS
from tests.demo.test_submissions import NOW, VILLAGE, submit
from tests.warehouse.test_submissions import folder as facts_folder

register, folder = register_62, facts_folder
pytestmark = pytest.mark.django_db
BANNER = "Desa contoh: desa ini dan semua isiannya rekaan."
REAL = (
    "/",
    "/peta",
    "/wilayah/62.01",
    "/wilayah/62.01.02",
    "/wilayah/62.01.02/riwayat",
    "/desa/62.01.02.2016",
    "/desa/62.01.02.2016/riwayat",
    "/cari?q=desa+contoh+019",
    f"/cari?q={VILLAGE}",
    "/cari/calon?q=contoh",
)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


@pytest.fixture
def facts(register, folder):
    """A kecamatan of which some villages have a published index, and nothing made up."""
    imported(HEADER + ROWS)
    warehouse.refresh(OPERATOR)


def test_every_page_of_what_is_real_is_the_same_with_and_without_them(client, facts):
    before = {address: page(client, address) for address in REAL}
    assert "0,8" in before["/desa/62.01.02.2016"]
    regions.add_examples(OPERATOR, province="62", clock=lambda: NOW)
    submit(forms=("DIK_TAHUNAN", "KEP_SEMESTER"))
    warehouse.refresh(OPERATOR)
    assert 'id="indikator"' in page(client, f"/desa/{VILLAGE}")
    for address, text in before.items():
        assert page(client, address) == text, address


@pytest.mark.parametrize("address", ["", "/riwayat", "/andai", "/jalur"])
def test_a_public_page_of_one_says_so(client, facts, address):
    regions.add_examples(OPERATOR, province="62", clock=lambda: NOW)
    assert BANNER in page(client, f"/desa/{VILLAGE}{address}")
    assert BANNER not in page(client, f"/desa/62.01.02.2016{address}")


def test_whoever_fills_in_sends_or_verifies_one_reads_it_on_every_page(client, facts, tmp_path):
    regions.add_examples(OPERATOR, province="62", clock=lambda: NOW)
    made = {one.login for one in cast(OPERATOR, province="62", home=tmp_path)}
    own = areas.villages(OPERATOR, "62", examples=True)[0]
    place = f"DIK_TAHUNAN/{own.code}/2025"
    kept = (f"/isi/{place}", f"/kirim/{place}")
    pages = {
        "contoh-operator": (
            "/tugas",
            f"/berkas?wilayah={own.code}",
            f"/salin/{place}",
            f"/bukti/{place}",
            *kept,
        ),
        "contoh-kades": ("/tugas", *kept),
        "contoh-kecamatan": (f"/tugas?desa={own.code}", f"/kertas/{place}", *kept),
    }
    assert pages.keys() <= made
    for login, addresses in pages.items():
        client.force_login(get_user_model().objects.get(pk=accounts.person_named(OPERATOR, login).id))
        for address in addresses:
            text = page(client, address)
            assert BANNER in text, (login, address)
            assert own.full_name in text, (login, address)
        told = client.get(f"/api/v1/submissions/{place}").json()
        assert (told["dataset"], told["simulated"]) == ("simulated:collection", True), login
    whole = page(client, "/tugas")
    assert BANNER not in whole
    assert own.full_name in whole


def test_a_file_of_an_example_village_says_so_on_its_trial_and_when_it_is_stored(client, facts, tmp_path):
    regions.add_examples(OPERATOR, province="62", clock=lambda: NOW)
    cast(OPERATOR, province="62", home=tmp_path)
    own = areas.villages(OPERATOR, "62", examples=True)[0]
    person = accounts.person_named(OPERATOR, "contoh-kecamatan")
    client.force_login(get_user_model().objects.get(pk=person.id))
    content = f"form,region,period,variable,value\nKEP_SEMESTER,{own.code},2026-S1,KEP_007,4\n".encode()
    given = {"berkas": SimpleUploadedFile("isian.csv", content), "pengisi": "Siti, kaur"}
    address = client.post("/berkas", given)["location"]
    assert BANNER in page(client, address)
    client.post(address, {"aksi": "simpan"})
    assert "1 isian tersimpan" in page(client, address)
    assert BANNER in page(client, address)
