"""Two indices beside each other: each with a picture, source and file; simulated never with real ones."""

import csv
import io
import re

import pytest

from tests.serving import Site
from tests.web.test_figures import DESA, KUPANG_BERSIH, table, words

UNSURE = "62.07.02.2008"
"""A village of the simulated Indeks Desa whose score is a span."""
NAMES = ("IDM 2024", "Indeks Desa Membangun")
FIGURE = re.compile(r"<figure.*?</figure>", re.DOTALL)
OTHER = "?indeks=indeks-desa"


def figures(site: Site, path: str) -> dict[str, str]:
    """The figures of a page by id."""
    html = site.get(path).text
    return {re.search(r'id="([^"]+)"', one)[1]: one for one in FIGURE.findall(html)}  # type: ignore[index]  # each has one


@pytest.mark.parametrize(
    "path", ["/", "/wilayah/62.01", "/wilayah/62.01.02", f"/desa/{KUPANG_BERSIH}", f"/desa/{UNSURE}"]
)
def test_a_simulated_figure_says_so_and_names_simulated_sources_only(site: Site, path: str) -> None:
    found = figures(site, path)
    simulated = {key for key in found if "SIMULASI" in words(found[key])}
    assert simulated
    for key, html in found.items():
        text = words(html)
        if key in simulated:
            assert text.startswith("SIMULASI"), key
            assert "data.go.id" not in text
            assert "IDM 2024 menurut desa" not in text
        else:
            assert "Permendesa PDTT 9/2024" not in text


@pytest.mark.parametrize("path", [f"/desa/{KUPANG_BERSIH}", "/wilayah/62.01", "/unduh"])
def test_a_file_holds_one_index_and_no_real_figure_beside_a_simulated_one(site: Site, path: str) -> None:
    page = "/" if path == "/unduh" else path
    for key in figures(site, page):
        rows = table(site, f"{path}/{key}.csv")
        if not rows:
            continue
        assert len({row["simulasi"] for row in rows}) == 1
        for row in rows:
            sets = row["himpunan_data"].split("; ")
            assert len({one.startswith("simulated:") for one in sets}) == 1, (key, sets)
            assert len({one.split(":")[1].startswith("idm") for one in sets}) == 1, (key, sets)


def test_a_village_shows_two_pictures_and_says_why_they_stand_apart(site: Site) -> None:
    text = words(site.get(f"/desa/{KUPANG_BERSIH}").text)
    assert "Dua alat ukur yang berbeda" in text
    assert "tidak boleh disambung atau dibandingkan" in text
    assert "50 butir, skor 0 sampai 5" in text
    assert "127 butir, skor 1 sampai 5" in text
    assert "Permendesa PDTT Nomor 9 Tahun 2024" in text
    found = figures(site, f"/desa/{KUPANG_BERSIH}")
    assert {"indeks", "subindeks", "indeks-desa", "indeks-desa-dimensi"} <= set(found)
    rows = table(site, f"/desa/{KUPANG_BERSIH}/indeks-desa.csv")
    assert [row["tahun"] for row in rows] == ["2025", "2026"]
    assert {row["tahun"] for row in table(site, f"/desa/{KUPANG_BERSIH}/indeks.csv")} == {"2024"}


def test_the_items_of_the_second_index_open_with_answers(site: Site) -> None:
    rows = table(site, f"/desa/{KUPANG_BERSIH}/indeks-desa-butir.csv")
    assert len(rows) == 127
    assert all(row["jawaban"] and row["simulasi"] == "SIMULASI" for row in rows)
    text = words(site.get(f"/desa/{KUPANG_BERSIH}").text)
    for row in rows[:20]:
        assert row["butir"] in text
        assert row["jawaban"] in text


def test_a_span_is_shown_as_one_with_the_statuses_that_are_possible(site: Site) -> None:
    text = words(site.get(f"/desa/{UNSURE}").text)
    row = table(site, f"/desa/{UNSURE}/indeks-desa.csv")[-1]
    low, high = (f"{float(row[key]):.2f}".replace(".", ",") for key in ("skor_min", "skor_max"))
    assert row["skor"] == ""
    assert f"{low} sampai {high}" in text
    assert row["status"].startswith("antara ")
    assert row["status"] in text
    listed = {one["kode"]: one for one in table(site, f"/wilayah/62.07.02/desa.csv{OTHER}")}
    assert (listed[UNSURE]["skor_min"], listed[UNSURE]["skor_max"]) == (row["skor_min"], row["skor_max"])


@pytest.mark.parametrize("path", ["/", "/wilayah/62.07", "/wilayah/62.07.02"])
def test_the_same_page_for_the_other_index_is_all_simulated(site: Site, path: str) -> None:
    html = site.get(f"{path}{OTHER}").text
    assert '<aside class="simulasi"' in html
    for key, one in figures(site, f"{path}{OTHER}").items():
        assert words(one).startswith("SIMULASI"), key
    assert 'aria-current="true"' in html
    assert '<aside class="simulasi"' not in site.get(path).text


def test_counts_of_the_other_index_are_whole(site: Site) -> None:
    rows = table(site, f"/unduh/status.csv{OTHER}")
    classes = ("mandiri", "maju", "berkembang", "tertinggal", "sangat_tertinggal")
    for row in rows:
        assert sum(int(row[key]) for key in classes) == int(row["dinilai"])
        assert int(row["dinilai"]) + int(row["belum_pasti"]) + int(row["tanpa_data"]) == DESA[row["kode"]]
    pair = {row["status"]: int(row["desa"]) for row in table(site, "/unduh/jumlah-indeks-desa.csv")}
    assert sum(pair.values()) == sum(DESA.values())
    text = words(site.get(f"/{OTHER}").text)
    counts = table(site, f"/unduh/jumlah.csv{OTHER}")
    unsure = sum(int(row["dari_baris"]) - int(row["hitung_ulang"]) for row in counts)
    assert f"Skor {unsure} desa belum pasti walaupun statusnya pasti; desa itu tidak dihitung ulang." in text
    assert "desa tertinggal dan sangat tertinggal ada di" in text
    both = words(site.get("/").text)
    assert both.count("persen dari semua desa, termasuk yang belum ada datanya.") >= 1
    assert pair["Belum pasti"] == sum(int(row["belum_pasti"]) for row in rows) > 0
    real = {row["status"]: int(row["desa"]) for row in table(site, "/unduh/jumlah-idm.csv")}
    assert (real["Mandiri"], real["Maju"], real["Belum ada data"]) == (239, 433, 22)


def test_links_and_files_keep_the_index_that_is_shown(site: Site) -> None:
    html = site.get(f"/{OTHER}").text
    assert f'href="/wilayah/62.01{OTHER}"' in html
    assert f'href="/unduh/status.csv{OTHER}"' in html
    answer = site.get(f"/unduh/status.csv{OTHER}")
    assert "SIMULASI" in answer.headers["content-disposition"]
    assert {row["himpunan_data"] for row in csv.DictReader(io.StringIO(answer.text))} == {
        "simulated:indeks-desa"
    }


def test_an_index_that_does_not_exist_is_the_main_one(site: Site) -> None:
    assert words(site.get("/?indeks=nihil").text).startswith(words(site.get("/").text)[:400])


def test_ranks_move_within_the_other_index_only_where_both_years_are_complete(site: Site) -> None:
    complete = table(site, f"/wilayah/62.01/status.csv{OTHER}")
    assert all(row["belum_pasti"] == "0" for row in complete)
    assert sum(int(row["perubahan_urutan"]) != 0 for row in complete) > 0
    assert "perubahan_urutan" not in table(site, f"/wilayah/62.07/status.csv{OTHER}")[0]
    assert "belum lengkap angkanya pada kedua tahun" in words(site.get(f"/wilayah/62.07{OTHER}").text)
    assert "perubahan_urutan" not in table(site, "/wilayah/62.01/status.csv")[0]
    assert "angka tahun sebelumnya tidak ada" in words(site.get("/wilayah/62.01").text)


def test_a_province_that_is_all_simulated_keeps_both_indices_apart(simulated: Site) -> None:
    found = figures(simulated, f"/desa/{KUPANG_BERSIH}")
    assert {"indeks", "indeks-desa"} <= set(found)
    for key, one in found.items():
        sets = {
            source
            for source in ("jawaban dan skor IDM", "jawaban dan skor Indeks Desa")
            if source in words(one)
        }
        assert len(sets) == 1, key
    rows = table(simulated, "/wilayah/62.01.02/desa.csv")
    assert "perubahan_urutan" in rows[0]
