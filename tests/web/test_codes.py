"""Pages of codes and activity kinds: found by words, a wrong code refused, each code and kind opens."""

import pytest
from django.test import Client

from sidara.kernel.actor import OPERATOR
from sidara.programmes import queries

pytestmark = pytest.mark.django_db


def get(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/nomenklatur", "/nomenklatur?q=xyzzy", "/nomenklatur/desa/2.4.11", "/jenis-kegiatan/JK-AIR-01"],
)
def test_a_page_has_one_heading_and_nothing_inline(path: str) -> None:
    text = get(path)
    assert text.count("<h1") == 1
    assert " style=" not in text


def test_words_find_codes_that_open() -> None:
    text = get("/nomenklatur?q=kapasitas+aparatur+desa")
    assert 'href="/nomenklatur/kabupaten_kota/2.13.04.2.01.0005"' in text
    assert "2024 dan sesudahnya" in text
    only = get("/nomenklatur?q=kapasitas+aparatur+desa&pemerintah=desa")
    assert 'href="/nomenklatur/kabupaten_kota' not in only
    assert 'href="/nomenklatur/desa/4.3.02"' in only
    assert "Tidak ada kode" in get("/nomenklatur?q=xyzzy")
    whole = get("/nomenklatur")
    assert "139 jenis kegiatan" in whole
    assert whole.count('href="/jenis-kegiatan/JK-') == 139


def test_a_wrong_code_is_refused_with_a_link_to_the_right_one() -> None:
    text = get("/nomenklatur?q=2.13.04.1.01.0010&pemerintah=kabupaten_kota&tahun=2027")
    assert "Kode ini ditolak" in text
    assert "milik pemerintah lain, bukan kabupaten/kota" in text
    refused = text.partition("tolak-j")[2].partition("</section>")[0]
    assert 'href="/nomenklatur/kabupaten_kota/2.13.04.2.01.0005"' in refused
    unknown = get("/nomenklatur?q=2.13.04.1.01.0010&pemerintah=provinsi&tahun=2026")
    assert "belum dapat diperiksa" in unknown
    assert "Kode ini ditolak" not in unknown
    right = get("/nomenklatur?q=2.13.04.2.01.0005&pemerintah=kabupaten_kota&tahun=2027")
    assert "tolak-j" not in right


def test_a_code_tells_indicator_versions_kinds_and_items() -> None:
    text = get("/nomenklatur/kabupaten_kota/1.03.03.2.01.0022")
    entry = queries.catalogue(OPERATOR).nomenclature.find("kabupaten_kota", "1.03.03.2.01.0022")
    assert entry.indicator in text
    assert "Kepmendagri 900.1.15.5-1317 Tahun 2023" in text
    assert 'href="/jenis-kegiatan/JK-AIR-01"' in text
    assert "S34" in text
    assert 'href="/nomenklatur/desa/2.4.11"' in text
    renamed = get("/nomenklatur/kabupaten_kota/1.01.02.2.01.0054")
    assert "1.01.02.2.01.0021 (nama sama, dapat dipakai sebagai pengganti)" in renamed


def test_a_kind_tells_who_may_do_it_and_what_it_raises() -> None:
    text = get("/jenis-kegiatan/JK-AIR-01")
    actors = text.partition("siapa-j")[2].partition("</section>")[0]
    assert 'href="/nomenklatur/desa/2.4.11"' in actors
    assert 'href="/nomenklatur/pusat/PP-IBM"' in actors
    assert "belum tentu" in actors
    funded = actors.partition(">PP-DAK-AM<")[0].rpartition("<tr>")[2]
    assert "mengerjakan" not in funded, "a transfer only pays"
    assert "I12.1" in text


def test_every_kind_and_some_codes_open() -> None:
    catalogue = queries.catalogue(OPERATOR)
    for kind in catalogue.kinds.kinds[::7]:
        get(f"/jenis-kegiatan/{kind.code}")
    for entry in catalogue.entries()[::60]:
        get(f"/nomenklatur/{entry.government}/{entry.code}")


def test_what_there_is_none_of_is_not_found() -> None:
    get("/nomenklatur/desa/9.9.99", 404)
    get("/nomenklatur/apa/2.4.11", 404)
    get("/jenis-kegiatan/JK-XXX-99", 404)
    assert "/nomenklatur" in get("/istilah")


def test_an_item_leads_to_who_may_close_its_gap_and_by_which_code() -> None:
    text = get("/butir/indeks-desa/I12.1")
    assert 'href="/jenis-kegiatan/JK-AIR-01"' in text
    row = text.partition('href="/jenis-kegiatan/JK-AIR-01"')[2].partition("</tr>")[0]
    assert "1.03.03.2.01.0022" in row
    assert "2.4.11" in row
    assert "PP-IBM" in row
    assert "PP-DAK-AM" not in row, "what only pays is no one who does it"
    assert 'href="/butir/idm/S34"' in get("/jenis-kegiatan/JK-AIR-01")
    get("/butir/idm/X99", 404)
    get("/butir/apa/S34", 404)


def test_every_item_of_both_indices_is_answered() -> None:
    for index, count in (("idm", 50), ("indeks-desa", 127)):
        items = queries.catalogue(OPERATOR).kinds.items(index)
        assert len(items) == count
        for item in items[::9]:
            assert "Belum ada jenis kegiatan" not in get(f"/butir/{index}/{item}")
