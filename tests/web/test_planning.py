"""What if and the cheapest path on pages: the figures are the core's, any address is answered."""

import csv
import io
import re
from decimal import Decimal
from fractions import Fraction
from html import unescape
from urllib.parse import urlencode

import openpyxl
import polars as pl
import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from sidara.indices import queries as indices
from sidara.indices.core.path import Goal, Path, paths
from sidara.indices.core.whatif import Change, WhatIf, whatif
from sidara.kernel.actor import PUBLIC, Actor
from sidara.tables import LINE
from sidara.ui.figures import Column, Table
from sidara.web import planning_views
from tests.serving import Site
from tests.web.test_figures import KUPANG_BERSIH, NATAI_RAYA, table, words

IDM = indices.definition(PUBLIC, "idm")
KELURAHAN = "62.01.02.1005"
REAL = f"/desa/{NATAI_RAYA}"
LOWER = "62.07.01.2009"
"""A village with published items that has a status above its own to reach."""
LOSSES = (("S02", "0"), ("S03", "1"), ("L03", "0"))
UNSURE = "62.07.02.2008"
"""A village of the simulated Indeks Desa whose official class is not known."""
SIMULATED_SET = ("data", "simulated:idm")


def scores(site: Site, village: str = NATAI_RAYA) -> pl.DataFrame:
    """The village's scores, as its page gives them away, as the table that the core reads."""
    row = {one["kode_butir"]: one["skor"] for one in table(site, f"/desa/{village}/butir.csv")}
    plain = {"kode": village.replace(".", ""), "tahun": "2024", **row}
    frame = pl.DataFrame({name: [text] for name, text in plain.items()})
    return frame.with_columns(pl.lit(2, pl.Int64).alias(LINE))


def changed(site: Site, **changes: str) -> WhatIf:
    return whatif(IDM, scores(site), [Change("*", name, value) for name, value in changes.items()])


def address(page: str, *pairs: tuple[str, str]) -> str:
    return f"{page}?{urlencode([('indeks', 'idm'), *pairs])}"


def figures(site: Site, page: str, name: str, *pairs: tuple[str, str]) -> list[dict[str, str]]:
    return table(site, address(f"{page}/{name}.csv", *pairs))


@pytest.mark.parametrize("changes", [{"S02": "0"}, {"S13": "5", "E06": "0"}, {"L02": ""}, {"S31": "1"}])
def test_a_change_of_scores_gives_what_the_core_gives(site: Site, changes: dict[str, str]) -> None:
    before, after = figures(site, f"{REAL}/andai", "perbandingan", *changes.items())
    core = changed(site, **{name: value or None for name, value in changes.items()}).frame.row(0, named=True)
    for row, word in ((before, "before"), (after, "after")):
        assert float(row["terendah"]) == round(core[f"index_min_{word}"], 4)
        assert float(row["tertinggi"]) == round(core[f"index_max_{word}"], 4)
        statuses = core[f"status_set_{word}"] or core[f"status_{word}"]
        assert row["status"].upper().removeprefix("ANTARA ").replace(" DAN ", "|") == statuses
    shown = words(site.get(address(f"{REAL}/andai", *changes.items())).text)
    assert f"{Decimal(after['terendah']):.4f}".replace(".", ",") in shown
    assert "Data desa tidak berubah" in shown


def test_ranks_count_the_others_of_kabupaten_and_kecamatan(site: Site) -> None:
    before, after = figures(site, f"{REAL}/andai", "perbandingan", *LOSSES)
    others = {
        row["kode"]: Decimal(row["idm"])
        for row in table(site, "/wilayah/62.01/desa.csv")
        if row["idm"] and row["kode"] != NATAI_RAYA
    }
    near = {code: value for code, value in others.items() if code.startswith("62.01.02.")}
    for row in (before, after):
        own = Decimal(row["terendah"])
        for at, group in ((1, others), (2, near)):
            assert int(row[f"urutan_{at}"]) == 1 + sum(value > own for value in group.values())
            assert int(row[f"dari_{at}"]) == len(group) + 1
    assert int(after["urutan_1"]) > int(before["urutan_1"])
    first, last = Decimal(after["terendah"]), Decimal(before["terendah"])
    moved = sum(first <= value < last for value in others.values())
    text = words(site.get(address(f"{REAL}/andai", *LOSSES)).text)
    assert f"dari {before['urutan_1']} menjadi {after['urutan_1']} dari {len(others) + 1}" in text
    assert f"{moved} desa lain bergeser" in text


def test_answers_can_be_changed_where_the_data_set_holds_answers(simulated: Site) -> None:
    html = simulated.get(address(f"{REAL}/andai", ("waktu_sarkes_menit", "1500"), ("jumlah_dokter", ""))).text
    text = words(html)
    assert "1.500 menit" in text
    assert "tidak diketahui" in text
    assert "sampai" in text, "an unknown answer gives a span"
    assert '<aside class="simulasi"' in html
    file = simulated.get(address(f"{REAL}/andai/perbandingan.csv", ("jumlah_dokter", "")))
    assert "SIMULASI" in file.headers["content-disposition"]
    _, after = csv.DictReader(io.StringIO(file.text))
    assert Decimal(after["terendah"]) < Decimal(after["tertinggi"])
    assert after["simulasi"] == "SIMULASI"


def test_a_whole_form_leads_to_the_short_address(simulated: Site) -> None:
    html = simulated.get(address(f"{REAL}/andai")).text
    fields = dict(re.findall(r'<input class="form-control"[^>]* name="([^"]+)" value="([^"]*)"', html))
    assert len(fields) > 30
    fields |= {"jumlah_dokter": "7.000", "waktu_sarkes_menit": "1,50"}
    answer = simulated.get(f"{REAL}/andai?{urlencode([('indeks', 'idm'), *fields.items()])}")
    short = f"{REAL}/andai?indeks=idm&waktu_sarkes_menit=1%2C5&jumlah_dokter=7000"
    assert (answer.status, answer.headers["location"]) == (302, short)
    assert simulated.get(short).status == 200


def test_each_change_can_be_taken_back_by_its_link(simulated: Site) -> None:
    html = simulated.get(address(f"{REAL}/andai", ("waktu_sarkes_menit", "90"), ("jumlah_dokter", "7"))).text
    links = {unescape(link).removesuffix("#hasil") for link in re.findall(r'href="([^"]+#hasil)"', html)}
    assert links == {
        f"{REAL}/andai?indeks=idm&jumlah_dokter=7",
        f"{REAL}/andai?indeks=idm&waktu_sarkes_menit=90",
    }


def test_faulty_values_are_told_beside_the_field_and_the_rest_is_kept(simulated: Site) -> None:
    html = simulated.get(address(f"{REAL}/andai", ("waktu_sarkes_menit", "abc"), ("jumlah_dokter", "7"))).text
    assert 'href="#b-waktu_sarkes_menit"' in html
    assert re.search(r'id="b-waktu_sarkes_menit"[^>]*value="abc"[^>]*aria-invalid="true"', html)
    assert re.search(r'id="b-jumlah_dokter"[^>]*value="7"', html)
    assert "“abc” tidak dapat dipakai. Isi dengan angka" in words(html)
    assert 'id="hasil"' in html
    assert "perbandingan.csv" not in html


@pytest.mark.parametrize(
    "query",
    [
        "indeks=nihil",
        "data=nihil",
        "indeks=idm&S02=9",
        "indeks=idm&S02=5&S02=0",
        "indeks=idm&" + "x" * 3000 + "=1",
        "indeks=idm&S02=%00",
        "indeks=idm&<script>alert(1)</script>=<script>alert(2)</script>",
        "indeks=idm&jumlah_dokter=-3&waktu_sarkes_menit=1e99",
        "ke=nihil",
        "ke=skor&skor=7",
        "ke=skor&skor=abc",
        "tetap=S02&tetap=nihil",
        "biaya=S99,1%0AS02,x&satuan=%22%3E",
        "anggaran=-5",
        "anggaran=" + "9" * 60,
        "desa=nihil&S02=1",
        "=&==&%",
        "&".join(f"a{at}={at}" for at in range(900)),
    ],
)
@pytest.mark.parametrize(
    "page", [f"{REAL}/andai", f"{REAL}/jalur", "/wilayah/62.01.02/andai", "/wilayah/62.01.02/jalur"]
)
def test_any_address_is_answered(simulated: Site, page: str, query: str) -> None:
    path = f"{page}?{query.replace('<', '%3C').replace('>', '%3E')}"
    seen = set()
    answer = simulated.get(path)
    while answer.status == 302:
        path = answer.headers["location"]
        assert path not in seen, "an address that leads to itself"
        seen.add(path)
        answer = simulated.get(path)
    assert answer.status == 200
    assert "<script>alert" not in answer.text


def cheapest(site: Site, goal: Goal | None = None) -> Path:
    (found,) = paths(IDM, scores(site, LOWER), goal or Goal()).paths
    return found


def test_the_path_is_that_of_the_core_with_its_proof(site: Site) -> None:
    core = cheapest(site)
    rows = figures(site, f"/desa/{LOWER}/jalur", "langkah")
    assert [(row["kode_butir"], int(row["skor_kini"]), int(row["skor_menjadi"])) for row in rows] == [
        (one.item, one.start, one.to) for one in core.steps
    ]
    assert sum(Fraction(row["biaya"]) for row in rows) == core.cost
    assert float(rows[-1]["nilai_sesudah"]) == round(float(core.index_after), 4)
    assert [row["kegiatan"] or None for row in rows] == [
        (one.activity or "").strip() or None for one in core.steps
    ]
    text = words(site.get(address(f"/desa/{LOWER}/jalur")).text)
    assert "Tidak ada pilihan yang lebih murah; dibuktikan" in text
    assert "Bila beberapa pilihan sama murahnya" in text
    sheet = openpyxl.load_workbook(io.BytesIO(site.get(address(f"/desa/{LOWER}/jalur/langkah.xlsx")).body))[
        "Data"
    ]
    assert sheet.max_row == len(rows) + 1


def test_goal_held_items_and_prices_change_the_path(site: Site) -> None:
    page = f"/desa/{LOWER}/jalur"
    free = figures(site, page, "langkah", ("ke", "MANDIRI"))
    held = [("tetap", free[0]["kode_butir"]), ("ke", "MANDIRI")]
    without = figures(site, page, "langkah", *held)
    assert free[0]["kode_butir"] not in {row["kode_butir"] for row in without}
    priced = [("biaya", "*,10\nS13,1,5,2.5"), ("satuan", "juta rupiah")]
    text = words(site.get(address(page, *reversed(held), *priced)).text)
    assert "juta rupiah" in text
    by_score = figures(site, page, "langkah", ("ke", "skor"), ("skor", "0,83"))
    assert float(by_score[-1]["nilai_sesudah"]) >= 0.83


def test_what_cannot_be_reached_is_explained(site: Site) -> None:
    every = [("tetap", item.code) for item in IDM.versions[0].items]
    text = words(site.get(address(f"/desa/{LOWER}/jalur", ("ke", "MANDIRI"), *every)).text)
    assert "belum dapat mencapai mandiri" in text
    assert "Tidak ada langkah yang perlu" not in text
    assert "Terjangkau bila butir yang tertahan boleh dinaikkan" in text
    refused = words(site.get(address(f"/desa/{LOWER}/jalur", ("biaya", "S02,1\nS99,1"))).text)
    assert "Belum dapat dihitung" in refused
    assert "Baris 2: Butir 'S99' tidak dikenal." in refused


@pytest.mark.parametrize("village", ["62.01.02.2016", "62.02.01.2003", "62.12.01.2005"])
def test_the_steps_can_be_tried_in_the_form_and_reach_the_goal(simulated: Site, village: str) -> None:
    html = simulated.get(address(f"/desa/{village}/jalur")).text
    link = re.search(r'href="([^"]+)#hasil">Coba langkah ini', html)
    assert link, "no link to try the steps"
    rows = figures(simulated, f"/desa/{village}/jalur", "langkah")
    path = unescape(link[1]).replace("/andai?", "/andai/perbandingan.csv?")
    before, after = table(simulated, path)
    assert Decimal(after["terendah"]) >= Decimal(rows[-1]["nilai_sesudah"])
    assert after["status"] != before["status"]


def test_a_village_of_an_unknown_class_is_promised_nothing(simulated: Site) -> None:
    query = urlencode([("indeks", "indeks-desa"), ("ke", "MANDIRI")])
    text = words(simulated.get(f"/desa/{UNSURE}/jalur?{query}").text)
    rows = table(simulated, f"/desa/{UNSURE}/jalur/langkah.csv?{query}")
    assert {"pasti", "pelaksana_desa"} <= set(rows[0])
    assert f"menaikkan paling banyak {len(rows)} butir" in text
    assert "dianggap yang terendah" in text
    is_promised = "cukup untuk sampai, tetapi" in text
    assert is_promised is not ("belum pasti mencapai" in text)
    assert is_promised is not ("aturannya belum terbit atau tidak berlaku" in text)


def test_offices_are_opened_behind_the_kinds_of_actors_and_stand_in_files(simulated: Site) -> None:
    query = urlencode([("indeks", "indeks-desa")])
    html = simulated.get(f"{REAL}/jalur?{query}").text
    cells = re.findall(r'<details class="sel"><summary>([^<]+)</summary>([^<]+)</details>', html)
    rows = table(simulated, f"{REAL}/jalur/langkah.csv?{query}")
    assert cells
    assert [(whole, unescape(whole).count(";") + 1) for _, whole in cells] == [
        (whole, len(kinds.split(", "))) for kinds, whole in cells
    ]
    assert {unescape(whole) for _, whole in cells} <= {row["pelaksana"] for row in rows}


def test_a_status_left_behind_is_called_so(site: Site) -> None:
    text = words(site.get(address(f"{REAL}/jalur", ("ke", "TERTINGGAL"))).text)
    assert "sudah melewati status Tertinggal" in text
    assert "Tidak ada langkah yang perlu" in text


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([("ke", "skor")], "Isi skor tujuan."),
        ([("biaya", "S02 abc")], "Baris 1: tulis kode butir, koma, biaya, misalnya S01,150."),
        ([("biaya", "*,5\nnihil")], "Baris 2: tulis kode butir"),
    ],
)
def test_a_faulty_question_is_told_above_and_answered_with_nothing(
    site: Site, pairs: list[tuple[str, str]], said: str
) -> None:
    html = site.get(address(f"{REAL}/jalur", *pairs)).text
    text = words(html)
    assert said in text
    assert html.index("Perbaiki 1 isian") < html.index('id="isian-j"')
    assert "Tidak ada langkah yang perlu" not in text


def test_columns_of_one_key_are_refused_and_names_of_villages_stay(simulated: Site) -> None:
    with pytest.raises(ValueError, match="desa, desa"):
        Table((Column("desa", "Desa"), Column("desa", "Pelaksana")), ())
    rows = figures(simulated, "/wilayah/62.01.02/jalur", "langkah")
    assert rows
    assert all(row["desa"] and row["desa"] != row["pelaksana_desa"] for row in rows)


def test_one_budget_chooses_the_cheapest_villages(simulated: Site) -> None:
    page = "/wilayah/62.01/jalur"
    counts = []
    for budget in (0, 10, 40, 100_000):
        rows = figures(simulated, page, "desa", ("anggaran", str(budget)))
        assert len(rows) == 81
        chosen = [row for row in rows if row["terpilih"] == "ya"]
        assert sum(Fraction(row["biaya"]) for row in chosen) <= budget
        counts.append(len(chosen))
        steps = figures(simulated, page, "langkah", ("anggaran", str(budget))) if chosen else []
        assert {row["kode"] for row in steps} == {row["kode"] for row in chosen}
    assert counts == sorted(counts)
    assert counts[0] == 0
    text = words(simulated.get(address(page, ("anggaran", "40"))).text)
    assert f"Dengan 40 langkah, {counts[2]} dari {counts[3]} desa" in text
    assert "Tidak ada pilihan yang melayani lebih banyak desa" in text


@pytest.mark.parametrize("budget", ["0", "15", "100000"])
def test_curve_sentence_and_table_of_a_budget_count_the_same_villages(simulated: Site, budget: str) -> None:
    page = "/wilayah/62.07.02/jalur"
    asked = (("indeks", "indeks-desa"), ("anggaran", budget))
    query = urlencode(asked)
    chosen = [row for row in table(simulated, f"{page}/desa.csv?{query}") if row["terpilih"] == "ya"]
    curve = table(simulated, f"{page}/anggaran.csv?{query}")
    text = words(simulated.get(f"{page}?{query}").text)
    assert f"{len(chosen)} dari {len(curve)} desa yang dapat dipilih mencapai tujuan" in text
    assert f"Anggaran ini cukup untuk {len(chosen)} desa" in text
    assert sum(Fraction(row["anggaran"]) <= int(budget) for row in curve) == len(chosen)
    assert "skornya belum lengkap tidak dipilih" not in text
    assert "desa tidak ikut dipilih: tujuannya mungkin sudah tercapai" in text


def test_villages_one_step_from_a_threshold_are_named(simulated: Site) -> None:
    page = "/wilayah/62.01.02/jalur"
    html = simulated.get(address(page)).text
    assert "ambang=1#ambang" in html
    rows = figures(simulated, page, "ambang", ("ambang", "1"))
    assert rows
    row = next(one for one in rows if one["naik_bila"])
    item, start, to = re.findall(r"(\S+) (\d+) -> (\d+)", row["naik_bila"])[0]
    village = table(simulated, f"/desa/{row['kode']}/butir.csv")
    assert next(one["skor"] for one in village if one["kode_butir"] == item) == start
    made = whatif(IDM, scores(simulated, row["kode"]), [Change("*", item, to)]).frame.row(0, named=True)
    assert made["status_after"] != made["status_before"]


def test_several_villages_change_at_once(simulated: Site) -> None:
    page = "/wilayah/62.01.02/andai"
    everyone = figures(simulated, page, "desa", ("jumlah_dokter", "3"))
    assert len(everyone) == 13
    two = [("desa", code) for code in sorted(row["kode"] for row in everyone[:2])]
    rows = figures(simulated, page, "desa", *two, ("jumlah_dokter", "3"))
    assert {row["kode"] for row in rows} == {code for _, code in two}
    before, after = figures(simulated, page, "kelas", ("jumlah_dokter", "3"))
    classes = ("mandiri", "maju", "berkembang", "tertinggal", "sangat_tertinggal", "belum_pasti")
    assert sum(int(before[name]) for name in classes) == sum(int(after[name]) for name in classes) == 13
    listed = table(simulated, "/wilayah/62.01.02/desa.csv")
    assert int(before["maju"]) == sum(row["status"] == "Maju" for row in listed)
    text = words(simulated.get(address(page, *two, ("jumlah_dokter", "3"))).text)
    assert "2 dipilih" in text


def test_a_village_without_items_says_so_and_offers_the_simulated_picture(site: Site) -> None:
    for page in ("andai", "jalur"):
        html = site.get(address(f"/desa/{KUPANG_BERSIH}/{page}")).text
        assert "belum ada dalam" in words(html)
        assert "SIMULASI jawaban dan skor IDM" in words(html)
        assert 'id="hasil"' not in html
        offered = site.get(address(f"/desa/{KUPANG_BERSIH}/{page}", SIMULATED_SET)).text
        assert '<aside class="simulasi"' in offered
        assert 'id="hasil"' in offered


def test_a_kelurahan_is_not_assessed_here_either(site: Site) -> None:
    for page in ("andai", "jalur"):
        text = words(site.get(address(f"/desa/{KELURAHAN}/{page}")).text)
        assert "adalah kelurahan, tidak dinilai" in text


def test_the_village_page_carries_the_card(site: Site, simulated: Site) -> None:
    html = simulated.get(f"/desa/{NATAI_RAYA}").text
    form = re.search(r'<form class="lembar andai-kartu" action="([^"]+)".*?</form>', html, re.DOTALL)
    assert form
    assert form[1] == f"/desa/{NATAI_RAYA}/andai#hasil"
    assert form[0].count('id="b-') == 3
    assert "Jalur termurah" in form[0]
    real = site.get(f"/desa/{KUPANG_BERSIH}").text
    card = real[real.index("andai-kartu") :]
    assert "SIMULASI" in words(card[: card.index("</form>")])


def test_another_way_to_write_a_code_leads_to_the_permanent_address(site: Site) -> None:
    for given, permanent in (
        ("/desa/6201022016/andai", f"{REAL}/andai"),
        ("/desa/62.01/jalur", "/wilayah/62.01/jalur"),
        (f"/wilayah/{NATAI_RAYA}/andai", f"{REAL}/andai"),
    ):
        answer = site.get(given)
        assert (answer.status, answer.headers["location"]) == (301, permanent)
    for nowhere in ("/desa/62.99.99.9999/andai", f"{REAL}/jalur/nihil.csv", f"{REAL}/andai/hasil.pdf"):
        assert site.get(nowhere).status == 404


def test_the_fragment_is_the_result_of_the_page(simulated: Site) -> None:
    query = urlencode([("indeks", "idm"), ("jumlah_dokter", "7")])
    fragment = simulated.get(f"{REAL}/andai/hasil?{query}").text
    assert "<html" not in fragment
    assert "data-alamat" in fragment
    page = words(simulated.get(f"{REAL}/andai?{query}").text)
    assert words(fragment) in page


@pytest.mark.parametrize("view", ["whatif", "whatif_result", "path", "area_whatif", "area_path"])
def test_only_who_may_ask_sees_a_page(view: str) -> None:
    request = RequestFactory().get("/")
    request.actor = Actor(PUBLIC.id, "", "", frozenset())
    with pytest.raises(PermissionDenied):
        getattr(planning_views, view)(request, "62.01.02.2016")
