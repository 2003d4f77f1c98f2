"""Pages of the dictionary: what is found, both ways of the map, versions of forms, files, faults."""

import csv
import io
import re

import openpyxl
import pytest
from django.test import Client

from sidara.dictionary import queries, services
from sidara.kernel.actor import OPERATOR
from tests.dictionary.conftest import clock, edited, save

pytestmark = pytest.mark.django_db


def get(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def rows(path: str) -> list[dict[str, str]]:
    answer = Client().get(path)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "path", ["/kamus", "/kamus/PEM_001", "/kamus/PEM_012", "/kamus/peta", "/kamus/satu-data", "/formulir",
             "/formulir/SOS_TAHUNAN", "/kamus?q=xyzzy", "/kamus/peta?q=xyzzy"],
)  # fmt: skip
def test_a_page_has_one_heading_and_nothing_inline(path):
    text = get(path)
    assert text.count("<h1") == 1
    assert " style=" not in text
    assert "onclick" not in text


def test_every_element_and_every_form_has_its_page():
    made = queries.dictionary(OPERATOR)
    for code in list(made.variables)[::12]:
        assert made.variables[code].definition[:20].split("<")[0] in get(f"/kamus/{code}")
    for code in made.forms:
        assert "Unduh XLSForm" in get(f"/formulir/{code}")


def test_the_catalogue_searches_and_filters():
    assert "272 hal ditanyakan kepada desa, 51 lagi dihitung otomatis" in get("/kamus")
    assert "KES_012" in get("/kamus?q=stuntng")
    assert "31 dari 323 elemen data cocok" in get("/kamus?bidang=KES")
    found = rows("/kamus/elemen.csv?bidang=KES&keyakinan=official&frekuensi=semesteran")
    assert {one["bidang"] for one in found} == {"KES"}
    assert len(rows("/kamus/elemen.csv")) == 323
    assert "Tidak ada elemen yang cocok" in get("/kamus?q=xyzzy")


def test_an_element_says_what_it_feeds_and_what_it_waits_for():
    text = get("/kamus/KES_018")
    assert "I11.1" in text
    assert "S05" in text
    assert "menunggu persetujuan “Dinas Kesehatan”" in text
    assert "Melebihi" in text or "melebihi" in text
    assert "KES_018_a" in text


@pytest.mark.parametrize(
    ("code", "head", "row"),
    [
        ("EKO_001", "Kode podes", ("B", "Pertambangan dan penggalian", "2")),
        ("PEM_040", "Kode lama", ("MAJU", "Maju", "4")),
    ],
)
def test_options_say_their_codes_in_other_schemes(code, head, row):
    text = re.sub(r"\s*<[^>]*>\s*", "|", get(f"/kamus/{code}"))
    assert head in text
    assert re.search(r"\|+".join(map(re.escape, ("", *row, ""))), text)


def test_the_map_is_read_from_each_side():
    item = next(one for one in rows("/kamus/peta.csv?dari=butir") if one["masukan"] == "posyandu_aktif")
    assert (item["butir"], item["elemen"]) == ("S07", "KES_005")
    assert {one["elemen"] for one in rows("/kamus/peta.csv?dari=laporan&q=podes+R304")} == {"PEM_002"}
    back = next(one for one in rows("/kamus/peta.csv?dari=elemen") if one["elemen"] == "KES_005")
    assert "idm S07" in back["butir"]
    assert "JKN" in get("/kamus/peta?dari=indikator&q=jkn")
    assert len(rows("/kamus/peta.csv?dari=nihil")) == len(rows("/kamus/peta.csv"))


def test_satu_data_says_what_is_missing():
    assert "0 dari 323 elemen sudah memenuhi syarat Satu Data" in get("/kamus/satu-data")
    assert len(rows("/kamus/kelengkapan.csv")) == 323
    assert "Telepon" in {one["isian"] for one in rows("/kamus/kegiatan.csv")}


def test_an_earlier_version_of_a_form_stays_readable():
    services.load(OPERATOR, clock=clock)
    save(edited("KEP_010", question="Berapa bayi lahir hidup?"))
    assert "Berapa bayi lahir hidup?" in get("/formulir/KEP_TRIWULAN")
    old = get("/formulir/KEP_TRIWULAN?versi=1")
    assert "Berapa bayi lahir hidup?" not in old
    assert "Yang berlaku sekarang v2" in old
    assert "Berapa bayi lahir hidup?" in get("/kamus/KEP_010")
    assert "versi 2" in get("/kamus/KEP_010")
    get("/formulir/KEP_TRIWULAN?versi=9", 404)


def test_pages_speak_english_and_keep_the_words_of_the_dictionary():
    text = get("/en/kamus/KES_018")
    assert "Why it is asked" in text
    assert '<h1 lang="id">' in text
    assert "texts wait for the approval of “Dinas Kesehatan”" in text
    assert "272 things are asked of villages, 51 more are computed" in get("/en/kamus")
    assert 'href="/en/kamus/elemen.csv"' in get("/en/kamus")


def test_a_form_downloads_as_xlsform():
    answer = Client().get("/formulir/KEP_TRIWULAN/xlsform.xlsx")
    assert answer.status_code == 200
    assert "KEP_TRIWULAN.xlsx" in answer["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "survey"


@pytest.mark.parametrize(
    "path",
    ["/kamus/KEP_999", "/formulir/KEP_HARIAN", "/formulir/KEP_HARIAN/xlsform.xlsx", "/kamus/nihil.csv"],
)
def test_what_does_not_exist_is_a_404(path):
    get(path, 404)


def test_the_map_counts_inputs_as_its_rows_do():
    """An input of two items is two rows, and one comes from the period: both are said."""
    feeds = queries.dictionary(OPERATOR).feeds.values()
    inputs = [one for feed in feeds for one in feed.inputs]
    shown = get("/kamus/peta")
    fed = [one for one in inputs if one.variables]
    assert f"elemen mengisi {len(fed)} masukan indeks" in shown
    listed = rows("/kamus/peta.csv?dari=butir")
    assert len(listed) == sum(len(one.items) for one in inputs)
    assert {one["masukan"] for one in listed} == {one.input for one in inputs}
    assert "Masukan jumlah_kk menjadi baris bagi tiap butirnya: E01, E03." in shown
    assert "Masukan tahun diisi dari periodenya, bukan oleh elemen." in shown
    assert "menjadi baris" not in get("/kamus/peta?q=posyandu")


@pytest.mark.parametrize(
    ("path", "mark"),
    [("/kamus", "page"), ("/kamus/KEP_001", "true"), ("/kamus/peta", "true"), ("/formulir", "true"),
     ("/formulir/SOS_TAHUNAN", "true"), ("/kalender", "true"), ("/kamus/riwayat", "true")],
)  # fmt: skip
def test_the_menu_marks_the_dictionary_on_each_of_its_pages(path, mark):
    text = get(path)
    assert text.count(f'href="/kamus" aria-current="{mark}">Kamus data') == 2, "head and telephone"
    assert 'href="/kamus" aria-current' not in get("/tentang")
