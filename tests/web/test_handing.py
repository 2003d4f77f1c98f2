"""Files by their addresses: downloaded, tried, stored once, marked, thrown away; nobody sees another's."""

import io
import json
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sidara.collection import models, queries
from sidara.collection.core.handed import KEPT_FOR, LARGEST
from sidara.collection.core.submission import Source, SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.regions import queries as regions
from sidara.regions import services as registering
from tests.accounts.conftest import world
from tests.collection.device import Device
from tests.collection.workbooks import fill
from tests.copied import shipped
from tests.web.people import client
from tests.world import World

__all__ = ["world"]
VILLAGE, OTHER = "62.01.02.2016", "62.01.02.2017"
KEY = SubmissionKey("KEP_TRIWULAN", VILLAGE, "2026-Q1")
FORM = f"/isi/KEP_TRIWULAN/{VILLAGE}/2026-Q1"
HEAD = "form,region,period,row,variable,breakdown,state,value,explanation\n"
ADDRESS = re.compile(r"^/berkas/[0-9a-f-]{36}$")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def content(world: World) -> None:
    shipped(now)


def table(*rows: tuple[str, str], region: str = VILLAGE) -> bytes:
    return (
        HEAD + "".join(f"KEP_TRIWULAN,{region},2026-Q1,,{code},,,{text},\n" for code, text in rows)
    ).encode()


def hand_in(asker: Client, content: bytes, name: str = "isian.csv", **more: str):
    return asker.post("/berkas", {"berkas": SimpleUploadedFile(name, content), **more})


def tried(asker: Client, content: bytes, name: str = "isian.csv", **more: str) -> str:
    answer = hand_in(asker, content, name, **more)
    assert answer.status_code == 302, answer.content.decode()
    assert ADDRESS.match(answer["location"])
    return answer["location"]


def stored(variable: str = "KEP_010", key: SubmissionKey = KEY) -> str | None:
    found = queries.filled(OPERATOR, key)
    cells = found.state.cells if found else {}
    return next((one.content.value for cell, one in cells.items() if cell.variable == variable), None)


def count(text: str, words: str) -> str:
    return re.search(rf"<dt>{words}</dt>\s*<dd class=\"angka\">([^<]*)<", text)[1]


def test_a_file_is_tried_first_and_stored_by_a_button_once(world: World) -> None:
    asker = client(world, "operator-desa-a")
    address = tried(asker, table(("KEP_010", "4"), ("KEP_011", "empat")))
    text = asker.get(address).content.decode()
    assert "Belum ada yang disimpan. 1 isian dapat disimpan, 1 tidak." in text
    assert (count(text, "Sel dikirim"), count(text, "baru"), count(text, "ditolak")) == ("2", "1", "1")
    assert "baris 3" in text
    assert "empat" in text
    assert stored() is None
    for _ in range(2):
        assert asker.post(address, {"aksi": "simpan"}).status_code == 302
    text = asker.get(address).content.decode()
    assert "1 isian tersimpan, 1 tidak." in text
    assert 'value="simpan"' not in text
    assert stored() == "4"
    assert queries.filled(OPERATOR, KEY).state.revision == 1
    assert models.HandedFile.objects.get().content is None
    again = asker.get(tried(asker, table(("KEP_010", "4")))).content.decode()
    assert "Semua isian sama dengan yang tersimpan" in again
    assert 'value="simpan"' not in again


def test_a_fault_of_a_kecamatans_workbook_names_its_village_and_its_sheet(world: World) -> None:
    asker = client(world, "verifikator-kecamatan-a")
    book = asker.get("/isi/KEP_TRIWULAN/62.01.02/2026-Q1/formulir.xlsx").content
    wrong = fill(book, {"KEP_010@_T": "empat", "KEP_011@_T": "=1+1"}, region=OTHER)
    address = tried(asker, wrong, "kecamatan.xlsx", pengisi="Ibu Contoh")
    text = asker.get(address).content.decode()
    places = re.findall(r'data-l="Tempat"[^>]*>([^<]*)<', text)
    assert len(places) == 2
    name = regions.resolve(OPERATOR, OTHER).full_name
    sheets = {sheet.title for sheet in openpyxl.load_workbook(io.BytesIO(book)).worksheets}
    for place in places:
        village, sheet, _ = re.fullmatch(r"(.*), (.*) ([A-Z]+[0-9]+)", place.strip()).groups()
        assert village == name
        assert sheet in sheets
    asker.post(address, {"aksi": "simpan"})
    marked = openpyxl.load_workbook(io.BytesIO(asker.get(f"{address}/temuan.xlsx").content)).worksheets[0]
    assert marked["E5"].value == "Desa"
    assert {marked.cell(row, 5).value for row in (6, 7)} == {regions.resolve(OPERATOR, OTHER).name}


def test_the_files_of_example_villages_are_offered_where_there_are_any(world: World) -> None:
    asker = client(world, "verifikator-kecamatan-a")
    assert "contoh=ya" not in asker.get("/berkas?wilayah=62.01.02").content.decode()
    registering.add_examples(OPERATOR, province="62", clock=now)
    page = asker.get("/berkas?wilayah=62.01.02").content.decode()
    assert 'href="/berkas?wilayah=62.01.02&amp;contoh=ya"' in page
    page = asker.get("/berkas?wilayah=62.01.02&contoh=ya").content.decode()
    assert "SIMULASI" in page
    (address, *_) = re.findall(r'href="(/isi/[^"]*/formulir\.xlsx\?contoh=ya)"', page)
    answer = asker.get(address)
    assert answer.status_code == 200
    assert "-contoh.xlsx" in answer["Content-Disposition"]


def test_all_or_nothing_stores_nothing_when_a_cell_is_refused(world: World) -> None:
    asker = client(world, "operator-desa-a")
    address = tried(asker, table(("KEP_010", "4"), ("KEP_011", "empat")), semua="ya")
    text = asker.get(address).content.decode()
    assert "1 isian tidak dapat disimpan, jadi tidak satu pun akan disimpan." in text
    assert 'value="simpan"' not in text
    asker.post(address, {"aksi": "simpan"})
    assert stored() is None


def workbook(asker: Client, **cells: str) -> bytes:
    """Download the workbook and fill cells in by their hidden keys."""
    answer = asker.get(f"{FORM}/formulir.xlsx")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="KEP_TRIWULAN-{VILLAGE}-2026-Q1.xlsx"'
    return fill(answer.content, {f"{code}@_T": text for code, text in cells.items()})


def test_a_workbook_comes_back_with_its_faults_marked(world: World) -> None:
    asker = client(world, "operator-desa-a")
    address = tried(asker, workbook(asker, KEP_010="4", KEP_011="empat"), "buku.xlsx")
    text = asker.get(address).content.decode()
    assert (count(text, "baru"), count(text, "ditolak")) == ("1", "1")
    assert asker.post(address, {"aksi": "simpan"}).status_code == 302
    assert stored() == "4"
    marked = asker.get(f"{address}/temuan.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(marked.content))
    notes = [c.comment.text for s in book.worksheets for r in s.iter_rows() for c in r if c.comment]
    assert any(note.startswith("Salah:") for note in notes), notes
    assert book.worksheets[0]["A3"].value.startswith("Sel: 2 dikirim, 1 baru")
    asker.post(address, {"aksi": "buang"})
    assert asker.get(f"{address}/temuan.xlsx").status_code == 404
    assert models.HandedFile.objects.get().content is None


def result(asker: Client, filler: str, **cells: str) -> bytes:
    """Take a form away as HTML, fill it in, and give its result file, by the modules of the device."""
    answer = asker.get(f"{FORM}/formulir.html")
    assert answer["Content-Disposition"] == f'attachment; filename="KEP_TRIWULAN-{VILLAGE}-2026-Q1.html"'
    given = json.loads(re.search(r'id="paket">(.*?)</script>', answer.content.decode())[1])
    assert given["held"]["readonly"] is False
    filled = [[f"/{code}/_T", {"state": "nilai", "value": text}] for code, text in cells.items()]
    made = {"claims": given["claims"], "filler": filler, "at": "", "cells": filled}
    with Device() as device:
        return device("result", result=made, seed=given["seed"])["text"].encode()


def test_the_result_of_a_form_that_was_taken_away_names_who_filled_it_in(world: World) -> None:
    asker = client(world, "verifikator-kecamatan-a")
    content = result(asker, "Ibu Contoh, operator", KEP_010="4", KEP_011="empat")
    refused = hand_in(asker, content.replace(b'"4"', b'"5"'), "hasil.txt").content.decode()
    assert "diubah setelah disimpan" in refused
    address = tried(asker, content, "hasil.txt")
    text = asker.get(address).content.decode()
    assert (count(text, "baru"), count(text, "ditolak")) == ("1", "1")
    assert "Ibu Contoh, operator" in text
    asker.post(address, {"aksi": "simpan"})
    (one,) = queries.cell_history(OPERATOR, KEY)
    assert (one.author_name, one.filler_name, one.source) == (
        "Contoh verifikator-kecamatan-a",
        "Ibu Contoh, operator",
        Source.TAKE_AWAY,
    )


def test_such_a_file_is_offered_for_a_village_only(world: World) -> None:
    asker = client(world, "verifikator-kecamatan-a")
    assert asker.get("/isi/KEP_TRIWULAN/62.01.02/2026-Q1/formulir.html").status_code == 404
    assert asker.get("/isi/KEP_TRIWULAN/62.01.02/2026-Q1/formulir.xlsx").status_code == 200
    for login, is_offered in (("verifikator-kecamatan-a", False), ("operator-desa-a", True)):
        text = client(world, login).get("/berkas").content.decode()
        assert "/formulir.pdf" in text
        assert ("/formulir.html" in text) is is_offered


def test_the_kecamatan_brings_in_what_somebody_else_filled_in_and_names_him(world: World) -> None:
    asker = client(world, "verifikator-kecamatan-a")
    refused = hand_in(asker, table(("KEP_010", "4")))
    assert refused.status_code == 200
    text = refused.content.decode()
    assert "<li>Yang mengisi belum disebut." in text
    assert "Berkas belum dicoba" in text
    assert "Berkas ini tidak dapat dipakai" not in text
    assert 'aria-invalid="true" type="text" id="pengisi"' in text
    form = hand_in(asker, asker.get(f"{FORM}/formulir.html").content, "formulir.html")
    assert "Ini berkas HTML: formulirnya, bukan hasilnya." in form.content.decode()
    asker.post(
        tried(asker, table(("KEP_010", "4")), pengisi="Ibu Contoh, operator", kertas="ya"), {"aksi": "simpan"}
    )
    (one,) = queries.cell_history(OPERATOR, KEY)
    assert (one.author_name, one.filler_name, one.source) == (
        "Contoh verifikator-kecamatan-a",
        "Ibu Contoh, operator",
        Source.PAPER,
    )
    beside = table(("KEP_010", "4"), region="62.03.01.1006")
    text = asker.get(tried(asker, beside, pengisi="Ibu Contoh")).content.decode()
    assert "Anda tidak berhak mengisi wilayah" in text
    page = asker.get("/berkas").content.decode()
    assert "Unduh formulir Kecamatan Arut Selatan" in page
    book = asker.get("/isi/KEP_TRIWULAN/62.01.02/2026-Q1/formulir.xlsx")
    assert book.content[:2] == b"PK"
    assert asker.get("/isi/KEP_TRIWULAN/62.03.01/2026-Q1/formulir.xlsx").status_code == 403


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "kosong.csv", "Berkas kosong."),
        (b"PK\x03\x04 terpotong", "buku.xlsx", "Buku kerja rusak atau bukan XLSX."),
        (b"PAR1rusak", "isian.csv", ""),
        (b"a,b\n1,2\n", "isian.csv", "form"),
        (b"\xff\xfe\x00", "isian.csv", ""),
        (b"x" * (LARGEST + 1), "besar.csv", "Berkas terlalu besar"),
        (b"<!DOCTYPE html>\n<html>", "formulir.html", "Ini berkas HTML: formulirnya, bukan hasilnya."),
        (b"\xef\xbb\xbf <html lang='id'>", "isian.csv", "tekan Simpan berkas hasil"),
        (b"%PDF-1.7\n\x00", "formulir.pdf", "Ini berkas PDF; isinya tidak dapat dibaca."),
    ],
)
def test_a_file_that_is_none_is_refused_whole_and_not_kept(
    world: World, content: bytes, name: str, said: str
) -> None:
    answer = hand_in(client(world, "operator-desa-a"), content, name)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Berkas ini tidak dapat dipakai" in text
    assert said in text
    assert "<li>: " not in text
    assert models.HandedFile.objects.count() == 0


def test_the_type_is_known_by_the_content_not_by_the_name(world: World) -> None:
    asker = client(world, "operator-desa-a")
    text = asker.get(tried(asker, workbook(asker, KEP_010="4"), "isian.csv")).content.decode()
    assert count(text, "baru") == "1"


def test_nobody_sees_or_stores_the_file_of_another(world: World) -> None:
    address = tried(client(world, "operator-desa-a"), table(("KEP_010", "4")))
    for login in ("pendamping-a", "verifikator-kecamatan-a", "operator-desa-c"):
        other = client(world, login)
        assert other.get(address).status_code == 404
        assert other.post(address, {"aksi": "simpan"}).status_code == 404
        other.post(address, {"aksi": "buang"})
        assert other.get(f"{address}/temuan.xlsx").status_code == 404
    assert stored() is None
    assert models.HandedFile.objects.get().content is not None
    assert client(world, "kepala-desa-a").get("/berkas").status_code == 403
    assert Client().get("/berkas").status_code == 302


def test_a_file_is_kept_for_two_hours_only(world: World) -> None:
    asker = client(world, "operator-desa-a")
    address = tried(asker, table(("KEP_010", "4")))
    models.HandedFile.objects.update(made_at=now() - KEPT_FOR - timedelta(minutes=1))
    answer = asker.post(address, {"aksi": "simpan"})
    assert "Berkas ini tidak disimpan lagi." in answer.content.decode()
    assert stored() is None
    tried(asker, table(("KEP_010", "5")))
    assert models.HandedFile.objects.filter(content__isnull=False).count() == 1


def test_many_findings_are_paged(world: World) -> None:
    asker = client(world, "operator-desa-a")
    address = tried(asker, table(*(("KEP_999", str(at)) for at in range(120))))
    text = asker.get(address).content.decode()
    assert "Temuan 1 sampai 50 dari 120" in text
    assert 'rel="prev"' not in text
    text = asker.get(f"{address}?halaman=3").content.decode()
    assert "Temuan 101 sampai 120 dari 120" in text
    assert 'rel="next"' not in text
    assert asker.get(f"{address}?halaman=²").status_code == 200


def test_a_code_with_signs_that_no_header_takes_gives_the_file_all_the_same(world: World) -> None:
    answer = client(world, "operator-desa-a").get(FORM.replace(VILLAGE, f"{VILLAGE}%0A") + "/formulir.csv")
    assert answer.status_code == 200
    assert answer["content-disposition"] == f'attachment; filename="KEP_TRIWULAN-{VILLAGE}-2026-Q1.csv"'
