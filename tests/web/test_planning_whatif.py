"""What if on pages: whom a rank counts, both ends of a span, where a village stands, plain words."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import polars as pl
import pytest

from sidara.indices import queries as indices
from sidara.indices.core import Depth
from sidara.indices.queries import VillageTable
from sidara.kernel.actor import PUBLIC
from sidara.kernel.number import format_number
from sidara.warehouse.core import Answer, Query
from sidara.web.pages import fields
from sidara.web.pages.fields import Field
from tests.serving import Site
from tests.web.test_figures import KUPANG_BERSIH, NATAI_RAYA, table, words

DESA = "indeks=indeks-desa"
PAGE = f"/desa/{NATAI_RAYA}/andai"
UNKNOWN = "waktu_sarkes_menit="
"""A change of the simulated IDM that leaves the index a span."""


def result(site: Site, path: str) -> str:
    html = site.get(path).text
    return words(html[html.index('id="hasil"') : html.index('class="andai"')])


def test_a_rank_is_counted_among_the_villages_of_which_the_village_page_speaks(simulated: Site) -> None:
    text = result(simulated, f"{PAGE}?{DESA}&jumlah_paud=5")
    own = words(simulated.get(f"/desa/{NATAI_RAYA}").text)
    assert "desa yang skornya pasti" in own
    counted, left = re.search(
        r"Urutan di Kotawaringin Barat: di antara desa ini dan (\d+) desa yang skornya pasti"
        r"(?:; (\d+) desa lain tidak dihitung)?\.",
        text,
    ).groups(default="0")
    assert int(counted) + int(left) + 1 == 81
    assert "desa yang dinilai" not in text
    area = words(simulated.get(f"/wilayah/62.01.02/andai?{DESA}&jumlah_paud=5").text)
    assert re.search(r"Urutan di antara \d+ desa di Arut Selatan yang punya jawaban", area)


def test_files_hold_both_ends_of_a_rank_and_the_most_that_is_lacking(simulated: Site) -> None:
    query = f"indeks=idm&{UNKNOWN}"
    before, after = table(simulated, f"{PAGE}/perbandingan.csv?{query}")
    assert after["terendah"] != after["tertinggi"]
    assert before["urutan_1"] == before["urutan_1_sampai"]
    assert int(after["urutan_1"]) < int(after["urutan_1_sampai"])
    assert before["kurang"]
    assert not before["kurang_paling_banyak"]
    assert not after["kurang"]
    most = format_number(Decimal(after["kurang_paling_banyak"]), 4)
    text = result(simulated, f"{PAGE}?{query}")
    assert f"paling banyak {most}" in text
    assert f"{after['urutan_1']}\N{EN DASH}{after['urutan_1_sampai']} dari 81" in text


def test_the_screen_sets_the_measures_under_each_other_in_whole_points(simulated: Site) -> None:
    path = f"{PAGE}?{DESA}&jumlah_paud=5"
    html = simulated.get(path).text
    figure = html[html.index('id="perbandingan"') :]
    head = re.findall(r'<th scope="col" class="(\w)">([^<]+)', figure[: figure.index("</thead>")])
    assert head == [("t", "Ukuran"), ("n", "Sebelum"), ("n", "Sesudah"), ("n", "Perubahan")]
    _, after = table(simulated, path.replace("/andai?", "/andai/perbandingan.csv?"))
    assert re.search(rf"Layanan Dasar \d+ {after['layanan_dasar']} \+\d+ ", words(figure))
    assert re.search(r"Skor I01\.1 dari \d menjadi 5", words(html))


def test_today_is_shown_before_anything_is_changed(simulated: Site) -> None:
    text = result(simulated, f"{PAGE}?indeks=idm")
    before, _ = table(simulated, f"{PAGE}/perbandingan.csv?indeks=idm&waktu_sarkes_menit=90")
    assert f"Sekarang {format_number(Decimal(before['terendah']), 4)} {before['status']}" in text


def test_missing_answers_stand_first_where_the_score_is_not_sure() -> None:
    idm = indices.definition(PUBLIC, "idm")
    scale = idm.versions[-1]
    code = scale.items[3].code
    row = {item.code: None if item.code == code else "5" for item in scale.items}
    scores = {name: None if text is None else int(text) for name, text in row.items()}
    query = Query("external:idm-items", ())
    nothing = Answer(query, pl.DataFrame(), None, {}, date(2026, 1, 1), "", None)
    held = VillageTable("idm", "2024", Depth.ITEMS, query, None, "", scale, pl.DataFrame(), {}, nothing)
    entries = [
        entry for part in fields.form(held, {}, row=row, scores=scores).parts for entry in part.entries
    ]
    assert [entry.code for entry in entries if entry.is_unknown] == [code]
    assert entries[0].code == code


def test_a_long_level_is_grouped_and_only_what_is_changed_stands_open(simulated: Site) -> None:
    html = simulated.get(f"{PAGE}?{DESA}&jumlah_paud=5").text
    parts = re.findall(r"<details class=\"lipat\"( open)?>\s*<summary>.*?<b>([^<]+)</b>", html, re.DOTALL)
    assert [name for is_open, name in parts if is_open] == ["Layanan Dasar", "Pendidikan"]
    assert ("", "Kesehatan") in parts
    text = words(html)
    assert "Layanan Dasar 34 butir, 1 diubah" in text
    assert "Pendidikan 9 butir, 1 diubah" in text
    names = re.findall(r'(?:select|input)[^>]*id="b-(\w+)"', html)
    scale = indices.definition(PUBLIC, "indeks-desa").versions[-1]
    assert sorted(names) == sorted(one.name for one in scale.read_inputs)


def test_simulated_answers_stand_beside_the_published_figure(site: Site) -> None:
    listed = table(site, "/wilayah/62.13/desa.csv")
    real = next(row["idm"] for row in listed if row["kode"] == KUPANG_BERSIH).replace(".", ",")
    simulated_page = f"/desa/{KUPANG_BERSIH}/andai?indeks=idm&data=simulated%3Aidm"
    for path in (f"/desa/{KUPANG_BERSIH}", simulated_page):
        text = words(site.get(path).text)
        assert f"Angka terbit desa ini {real}" in text
        assert re.search(r"hitungan di sini memakai jawaban rekaan \(0,\d{4}\)\.", text)
    card = site.get(f"/desa/{KUPANG_BERSIH}").text
    links = re.findall(
        r'href="([^"]+)"', card[card.index("andai-kartu") : card.index("</form>", card.index("andai-kartu"))]
    )
    for page in ("andai", "jalur"):
        assert f"/desa/{KUPANG_BERSIH}/{page}?{DESA}" in [unescape(link) for link in links]
    assert "Angka terbit" not in words(site.get(f"{PAGE}?indeks=idm").text)


def test_other_figures_are_offered_as_buttons_with_their_tag(site: Site) -> None:
    html = site.get("/wilayah/62.13.06/andai").text
    buttons = re.findall(r'<a class="btn btn-outline"[^>]*>(.*?)</a>', html, re.DOTALL)
    assert "SIMULASI jawaban dan skor IDM" in [words(one) for one in buttons]
    assert "SIMULASI Menurut Indeks Desa" in [words(one) for one in buttons]


def test_no_rise_is_told_in_words(simulated: Site) -> None:
    text = result(simulated, "/wilayah/62.01.02/andai?indeks=idm&jumlah_dokter=0")
    assert "0 desa naik" not in text
    assert "Tidak ada desa yang naik status" in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("akses_sd", "Akses SD"),
        ("4_5_hari", "4\N{EN DASH}5 hari"),
        ("Anak 3 sampai 6 sekolah paud", "Anak 3\N{EN DASH}6 sekolah PAUD"),
        ("iii Peranan aparat", "Peranan aparat"),
        ("i. Ketersediaan KUD", "Ketersediaan KUD"),
        ("lebih_5_hari", "Lebih 5 hari"),
        ("Ketersediaan TK/Sederajat", "Ketersediaan TK/Sederajat"),
        ("visi desa", "Visi desa"),
    ],
)
def test_names_of_data_are_written_for_people(name: str, said: str) -> None:
    assert fields.spelled(name) == said


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        ("1000", 0, "1.000 orang"),
        ("1,50", 2, "1,5 orang"),
        ("abc", 0, "abc orang"),
        ("12500,25", 2, "12.500,25 orang"),
    ],
)
def test_numbers_of_changes_are_grouped(value: str, decimals: int, said: str) -> None:
    assert Field("a", "A", "", unit="orang", decimals=decimals).said(value) == said
