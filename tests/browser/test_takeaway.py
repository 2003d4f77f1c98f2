"""The form as one file, opened from a disk by a real browser: no network, no server, no `crypto.subtle`."""

import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESK, PHONE, wait_until
from tests.browser.test_access import violations
from tests.serving import REGIONS, SIDARA, made, run

VILLAGE, FORM, PERIOD = "62.01.02.2016", "KEU_TRIWULAN", "2025-Q2"
FILLER = "Contoh Ibu, kaur keuangan"
BARE = "delete Object.getPrototypeOf(crypto).subtle;"
NO_STORE = (
    BARE
    + """
Object.defineProperty(window, "indexedDB", { value: {
  open: () => { throw new DOMException("no", "SecurityError"); },
} });
"""
)
ANSWERS = {
    ("Pendapatan desa", "Anggaran"): "1.450.000.000",
    ("Pendapatan desa", "Realisasi"): "2000000000",
    ("Pendapatan asli desa", "Anggaran"): "50000000",
}
CELLS = {
    ("KEU_001", "ANGGARAN:A"): "1450000000",
    ("KEU_001", "ANGGARAN:R"): "2000000000",
    ("KEU_002", "ANGGARAN:A"): "50000000",
}
WHY = "Bantuan provinsi masuk di luar rencana."
QUIET = ("file:", "data:", "blob:")
KEPT = """
async (filler) => {
  const held = (asked) => new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const base = await held(indexedDB.open("sidara-isian"));
  const drafts = await held(base.transaction("draf").objectStore("draf").getAll());
  base.close();
  return drafts.some((one) => one.author === filler);
}
"""
"""Whether a draft on the disk names who fills it in."""


@dataclass(frozen=True)
class Carried:
    """A home and the file that it gave out."""

    home: Path
    file: Path


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Carried:
    home = made(tmp_path_factory.mktemp("takeaway"), REGIONS)
    file = home / "formulir.html"
    place = ("--region", VILLAGE, "--period", PERIOD)
    run(home, "form", "export", FORM, *place, "--format", "html", "--output", str(file))
    return Carried(home, file)


@pytest.fixture
def opened(browser: Browser, carried: Carried) -> Iterator[Callable[..., Page]]:
    """Open the file in a browser without a link; whatever it asks for elsewhere or complains of fails."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_(
        width: int = DESK,
        script: str = BARE,
        context: BrowserContext | None = None,
        file: Path = carried.file,
    ) -> Page:
        if context is None:
            context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
            context.add_init_script(script)
            contexts.append(context)
        page = context.new_page()
        page.on("request", lambda one: one.url.startswith(QUIET) or wrong.append(one.url))
        page.on("console", lambda one: wrong.append(one.text))
        page.on("pageerror", lambda fault: wrong.append(str(fault)))
        page.goto(file.as_uri())
        page.locator("#isian[data-siap]").wait_for()
        assert page.evaluate("crypto.subtle === undefined")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


def field(page: Page, question: str, column: str):
    return page.locator(f'input[aria-label^="{question}, {column}"]')


def fill_in(page: Page) -> None:
    for (question, column), text in ANSWERS.items():
        field(page, question, column).fill(text)
        field(page, question, column).press("Tab")
    expect(page.locator(".warning-feedback").filter(has_text="melebihi anggaran").first).to_be_visible()
    explanation = page.get_by_label("Penjelasan Anda: Pendapatan desa, Realisasi")
    explanation.fill(WHY)
    explanation.blur()
    expect(page.locator("#temuan")).to_have_count(0)


def saved(page: Page, to: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan berkas hasil").click()
    download.value.save_as(to)
    return to


def told(home: Path, *words: str) -> dict:
    environment = {**os.environ, "SIDARA_HOME": str(home), "SIDARA_WAREHOUSE": str(home / "warehouse")}
    done = subprocess.run(
        [SIDARA, *words, "--json"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def shown(home: Path) -> dict:
    found = told(home, "submission", "show", FORM, "--region", VILLAGE, "--period", PERIOD)
    cells = [{name: one[name] for name in one if name != "revision"} for one in found["cells"]]
    return {name: found[name] for name in ("content_hash", "counts", "computed", "findings")} | {
        "cells": cells
    }


def test_a_file_from_a_stick_is_filled_closed_opened_again_and_brought_in(
    opened: Callable[..., Page], carried: Carried, tmp_path: Path
) -> None:
    page = opened()
    fill_in(page)
    expect(page.locator(".palang [role=status]")).to_have_text("3 isian di perangkat ini")
    page.get_by_role("button", name="Simpan berkas hasil").click()
    expect(page.locator("#pengisi-kata")).to_have_text("Tulis nama dan jabatan yang mengisi.")
    page.get_by_label("Yang mengisi").press_sequentially(FILLER)  # still typing: the box is not left
    wait_until(page, KEPT, FILLER)
    context = page.context
    page.close()

    page = opened(context=context)
    expect(page.get_by_label("Yang mengisi")).to_have_value(FILLER)
    expect(field(page, "Pendapatan desa", "Realisasi")).to_have_value("2.000.000.000")
    result = saved(page, tmp_path / "hasil.txt")
    expect(page.locator("#hasil [role=status]")).to_contain_text(f"hasil-{FORM}-{VILLAGE}-{PERIOD}.txt")
    assert result.stat().st_size < 2000

    other = tmp_path / "csv"
    shutil.copytree(carried.home, other)
    told(carried.home, "submission", "import", str(result))
    again = told(carried.home, "submission", "import", str(result))
    assert (again["sent"], again["unchanged"]) == (3, 3)
    lines = [f"{FORM},{VILLAGE},{PERIOD},,{code},{part},,{text}," for (code, part), text in CELLS.items()]
    lines[1] += WHY
    table = tmp_path / "sel.csv"
    head = "form,region,period,row,variable,breakdown,state,value,explanation"
    table.write_text("\n".join([head, *lines]) + "\n")
    assert told(other, "submission", "import", str(table))["created"] == 3
    assert shown(carried.home) == shown(other)


def test_what_cannot_be_read_is_named_as_left_out_of_the_result(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened(PHONE)
    fill_in(page)
    page.get_by_label("Yang mengisi").fill(FILLER)
    wrong = field(page, "Pendapatan asli desa", "Realisasi")
    wrong.fill("lima juta")
    wrong.blur()
    status, said = page.locator(".palang [role=status]"), page.locator("#hasil [role=status]")
    expect(status).to_have_text("3 isian di perangkat ini, 1 isian belum tersimpan")
    saved(page, tmp_path / "hasil.txt")
    expect(said).to_contain_text(
        "berisi 3 isian. 1 isian tidak ikut karena belum tersimpan: Pendapatan asli desa"
    )
    wrong.fill("5000000")
    wrong.blur()
    saved(page, tmp_path / "hasil.txt")
    expect(said).to_contain_text("berisi 4 isian.")
    expect(said).not_to_contain_text("tidak ikut")


def test_its_codes_are_read_by_a_decoder_that_is_not_ours(
    opened: Callable[..., Page], carried: Carried, tmp_path: Path
) -> None:
    page = opened(PHONE)
    fill_in(page)
    page.get_by_label("Yang mengisi").fill(FILLER)
    page.get_by_role("button", name="Tampilkan kode QR").click()
    codes = page.locator(".kode-qr svg")
    expect(codes).not_to_have_count(0)
    texts = []
    for at in range(codes.count()):
        picture = Image.open(io.BytesIO(codes.nth(at).screenshot()))
        (found,) = zxingcpp.read_barcodes(picture.resize((picture.width * 2, picture.height * 2)))
        texts.append(found.text)
    assert violations(page) == []
    file = tmp_path / "kode.txt"
    file.write_text("\n".join(reversed(texts)))
    answer = told(carried.home, "submission", "import", str(file), "--dry-run")
    assert (answer["refused"], answer["sent"], answer["rejected"]) == (False, 3, 0)


def test_without_a_store_it_says_so_and_a_result_brings_the_work_back(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened(script=NO_STORE)
    expect(page.get_by_role("heading", name="Perangkat ini tidak dapat menyimpan isian")).to_be_visible()
    fill_in(page)
    expect(page.locator(".palang [role=status]")).to_have_text("3 isian hanya di layar ini")
    expect(page.locator(".alert-danger")).to_contain_text("Simpan berkas hasil sebelum menutup halaman")
    page.get_by_label("Yang mengisi").fill(FILLER)
    result = saved(page, tmp_path / "hasil.txt")
    page.close()

    page = opened(script=NO_STORE)
    expect(field(page, "Pendapatan desa", "Realisasi")).to_have_value("")
    forged = tmp_path / "palsu.txt"
    forged.write_text(result.read_text().replace("2000000000", "2000000001"))
    page.get_by_label("Buka isian dari berkas hasil").set_input_files(forged)
    expect(page.locator("#hasil [role=status]")).to_contain_text("bukan hasil dari formulir ini")
    page.get_by_label("Buka isian dari berkas hasil").set_input_files(result)
    expect(page.locator("#hasil [role=status]")).to_contain_text("3 isian dibuka")
    expect(field(page, "Pendapatan desa", "Realisasi")).to_have_value("2.000.000.000")
    expect(page.get_by_label("Yang mengisi")).to_have_value(FILLER)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_it_is_open_to_everybody_and_fits(opened: Callable[..., Page], width: int) -> None:
    page = opened(width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    button = page.locator(".kaki-aksi .btn-primary")
    assert button.evaluate("one => getComputedStyle(one).whiteSpace") == "nowrap"
    while page.locator(".kaki-aksi .btn-primary").get_attribute("href") != "#hasil":
        page.locator(".kaki-aksi .btn-primary").click()
    assert violations(page) == []
    page.locator(".kaki-aksi .btn-primary").click()
    expect(page.get_by_role("heading", name="Bawa hasilnya")).to_be_focused()


ROW, OTHER = (f"018f0000-0000-7000-8000-00000000000{number}" for number in (1, 2))
NAMES = {ROW: "PKK desa contoh", OTHER: "Karang taruna contoh"}


@pytest.fixture(scope="module")
def offering(carried: Carried) -> Path:
    """A form whose village filled in the year before: two figures and two institutions."""
    place = f"SOS_TAHUNAN,{VILLAGE},2025"
    lines = [f"{place},,SOS_012,4", f"{place},,SOS_013,ya"]
    lines += [f"{place},{row},LBG_002,{name}" for row, name in NAMES.items()]
    table = carried.home / "lalu.csv"
    table.write_text("\n".join(["form,region,period,row,variable,value", *lines]) + "\n")
    assert told(carried.home, "submission", "import", str(table))["created"] == 4
    file = carried.home / "berisi.html"
    where = ("--region", VILLAGE, "--period", "2026", "--format", "html", "--output", str(file))
    run(carried.home, "form", "export", "SOS_TAHUNAN", *where)
    return file


def last_section(page: Page) -> None:
    while page.locator(".kaki-aksi .btn-primary").get_attribute("href") != "#hasil":
        page.locator(".kaki-aksi .btn-primary").click()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_what_is_offered_stands_beside_the_box_and_fits(
    opened: Callable[..., Page], offering: Path, width: int
) -> None:
    page = opened(width, file=offering)
    page.evaluate("location.hash = 'bagian-3'")
    expect(page.get_by_role("button", name="Salin 4, dari periode 2025")).to_be_visible()
    assert violations(page) == []
    last_section(page)
    expect(page.get_by_role("heading", name="Baris yang dapat disalin: 2")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_taken_over_goes_into_the_result_with_its_source(
    opened: Callable[..., Page], offering: Path, carried: Carried, tmp_path: Path
) -> None:
    page = opened(PHONE, file=offering)
    status = page.locator(".palang [role=status]")
    expect(status).to_have_text("Belum ada isian baru")
    page.evaluate("location.hash = 'bagian-3'")
    page.get_by_role("button", name="Salin 4, dari periode 2025").click()
    expect(page.locator('[data-sel="/SOS_012/_T"] input')).to_have_value("4")
    expect(page.locator('[data-sel="/SOS_012/_T"] .tawaran')).to_have_text("dari periode 2025")
    expect(status).to_have_text("1 isian di perangkat ini")
    page.get_by_role("button", name="Salin 1 isian kosong yang sumbernya sependapat").click()
    typed = page.locator('[data-sel="/SOS_012/_T"] input')
    typed.fill("5")
    typed.blur()
    expect(page.locator('[data-sel="/SOS_012/_T"] .tawaran')).to_have_text("")
    last_section(page)
    page.get_by_role("button", name=f"Salin baris ini: {NAMES[OTHER]}").click()
    expect(page.get_by_role("heading", name="Baris yang dapat disalin: 1")).to_be_visible()
    name = page.locator(f'[data-sel="{OTHER}/LBG_002/_T"] textarea')
    expect(name).to_have_value(NAMES[OTHER])
    page.get_by_label("Yang mengisi").fill(FILLER)
    result = saved(page, tmp_path / "hasil.txt")
    cells = {tuple(one[:2]): one[4:] for one in json.loads(result.read_text().split(" ", 2)[2])["cells"]}
    assert cells == {
        ("", "SOS_012"): ["5", ""],
        ("", "SOS_013"): ["true", "", "period:SOS_TAHUNAN@2025"],
        (OTHER, "LBG_002"): [NAMES[OTHER], "", "period:SOS_TAHUNAN@2025"],
    }
    answer = told(carried.home, "submission", "import", str(result))
    assert (answer["created"], answer["rejected"]) == (3, 0)
    assert "ORIGIN_GONE" not in {one["code"] for one in answer["findings"]}
