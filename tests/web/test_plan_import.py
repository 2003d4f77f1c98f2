"""Impor rencana by its addresses: tried with each row's fate, chosen, stored once; nobody sees another's."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sidara.kernel.actor import PUBLIC
from sidara.kernel.clock import local_date, now
from sidara.programmes import models
from sidara.regions import queries as regions
from tests.accounts.conftest import world
from tests.copied import shipped
from tests.programmes import messy
from tests.web.people import client
from tests.world import World

__all__ = ["world"]
OWNER = "desa|62.01.02.2016||"
ADDRESS = re.compile(r"^/rencana/impor/[0-9a-f-]{36}$")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def content(world: World) -> None:
    shipped(now)


def hand_in(asker, content, **more):
    given = {"pemilik": OWNER, "tahun": "2027", "tabel": "rkpdes", **more}
    return asker.post("/rencana/impor", {"berkas": SimpleUploadedFile("rkp.xlsx", content), **given})


def test_a_file_is_tried_chosen_from_and_stored_with_its_account(world: World):
    asker = client(world, "operator-desa-a")
    answer = hand_in(asker, messy.rkpdes().xlsx())
    assert answer.status_code == 302
    assert ADDRESS.match(answer.url)
    page = asker.get(answer.url).content.decode()
    assert "Uji coba: RKP Desa" in page
    assert "Semua baris dapat disimpan" in page
    assert "2.3.10 Jalan usaha tani" in page
    assert models.PlanLine.objects.count() == 0
    chosen = {"apa": "kind", "kunci": "2.3.10", "pilihan": "JK-JLN-01"}
    again = asker.post(answer.url, chosen | {"aksi": "coba"})
    assert 'value="JK-JLN-01" selected' in again.content.decode()
    stored = asker.post(answer.url, chosen | {"aksi": "simpan"})
    assert stored.status_code == 302
    kept = asker.get(stored.url).content.decode()
    assert "RKP Desa" in kept
    assert models.PlanLine.objects.get(code="2.3.10").activity_kind == "JK-JLN-01"
    assert models.PlanFile.objects.count() == 0
    assert "rkp.xlsx" in asker.get("/rencana/impor").content.decode()
    sheet = re.search(r'href="(/rencana/tabel/[0-9a-f-]{36}\.xlsx)"', kept)
    book = openpyxl.load_workbook(io.BytesIO(asker.get(sheet[1]).content))
    assert "Jalan usaha tani" in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}


def test_an_office_finds_its_own_government_first_and_next_year_filled_in(world: World):
    page = client(world, "pmd-kabupaten-a").get("/rencana/impor").content.decode()
    owners = re.findall(r'<option value="(\w+)\|62\.01\|', page)
    assert owners[0] == "kabupaten"
    assert set(owners[1:]) <= {"pusat", "perusahaan"}
    assert f'name="tahun" maxlength="4" value="{local_date(now()).year + 1}"' in page


def test_a_file_that_cannot_be_used_says_why_and_a_question_is_answered_on_the_page(world: World):
    asker = client(world, "operator-desa-a")
    heads = ["Bidang", "Jenis Kegiatan", "Lokasi", "Volume", "Biaya (Rp)", "Sumber"]
    rows = [["RKP DESA (dalam ribu rupiah)"], heads, ["Pembangunan", "Sumur", "RT 1", "1 unit", 500, "ADD"]]
    answer = hand_in(asker, messy.xlsx([messy.Sheet("RKP", rows)]))
    page = asker.get(answer.url).content.decode()
    assert "Berkas ini tidak dapat dipakai" in page
    assert 'name="satuan"' in page
    told = asker.post(answer.url, {"aksi": "coba", "satuan": "ribu"}).content.decode()
    assert "Uji coba: RKP Desa" in told
    asker.post(answer.url, {"aksi": "simpan", "satuan": "ribu"})
    assert models.PlanLine.objects.get().ceiling_original == 500_000


def test_what_is_missing_in_the_form_is_said_and_nothing_is_kept(world: World):
    asker = client(world, "operator-desa-a")
    assert "Berkas belum dipilih" in asker.post("/rencana/impor", {"tahun": "2027"}).content.decode()
    assert "Tahun rencana tidak dapat dibaca" in hand_in(asker, b"x", tahun="dua").content.decode()
    assert "Pemilik rencana belum dipilih" in hand_in(asker, b"x", pemilik="").content.decode()
    assert models.PlanFile.objects.count() == 0


def test_nobody_hands_in_for_others_or_sees_their_files(world: World):
    asker, other = client(world, "operator-desa-a"), client(world, "operator-desa-b")
    assert hand_in(other, messy.rkpdes().xlsx()).status_code == 403
    answer = hand_in(asker, messy.rkpdes().xlsx())
    assert other.get(answer.url).status_code == 404
    assert other.post(answer.url, {"aksi": "simpan"}).status_code == 404
    stored = asker.post(answer.url, {"aksi": "simpan"})
    assert other.get(stored.url).status_code == 403
    assert asker.post(answer.url, {"aksi": "simpan"}).status_code == 404
    again = hand_in(asker, messy.rkpdes().xlsx())
    assert asker.post(again.url, {"aksi": "buang"}).status_code == 302
    assert asker.get(again.url).status_code == 404


def test_each_table_is_given_out_empty(world: World):
    asker = client(world, "operator-desa-a")
    answer = asker.get("/rencana/impor/kosong/renja.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["renja", "Petunjuk"]
    assert asker.get("/rencana/impor/kosong/lain.xlsx").status_code == 404


def test_where_plans_are_made_up_a_file_is_for_them_unless_somebody_says_otherwise(world: World):
    asker = client(world, "pmd-kabupaten-a")
    assert 'name="simulasi"' not in asker.get("/rencana/impor").content.decode()
    area = regions.resolve(PUBLIC, "62.01")
    models.Plan.objects.create(
        kind="RKPD",
        level="kabupaten",
        area_id=area.id,
        title="Rekaan",
        year_from=2027,
        year_to=2027,
        is_simulated=True,
        made_at=now(),
    )
    assert 'name="simulasi" value="ya" checked' in asker.get("/rencana/impor").content.decode()
    village = client(world, "operator-desa-a")
    assert 'name="simulasi"' not in village.get("/rencana/impor").content.decode()
    kept = hand_in(village, messy.rkpdes().xlsx(), simulasi="ya")
    assert village.post(kept.url, {"aksi": "simpan"}).status_code == 302
    assert models.Plan.objects.exclude(title="Rekaan").get().is_simulated is False
