"""A form from its sending to the final figure, and a correction: all on screen, read back as files."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from sidara.kernel.clock import local_date, now
from sidara.kernel.period import Frequency, last_ended
from tests.browser.conftest import PATIENCE
from tests.browser.people import open_windows
from tests.browser.test_access import violations
from tests.browser.test_entry import all_sent, form_page
from tests.browser.test_offline import ready
from tests.browser.test_offline_story import box, waits
from tests.commands import together
from tests.serving import DICTIONARY, REGIONS, free_port, made, run, served

VILLAGE = "62.01.02.9019"
YEAR = str(last_ended(Frequency.YEAR, local_date(now())))
FORM = f"KES_TAHUNAN/{VILLAGE}/{YEAR}"
FILLED = {"KES_007": "1", "KES_008": "9", "KES_009": "3"}
WRONG, RIGHT, CORRECTED = "9", "2", "0"
"""Midwives: what was sent first, what the kecamatan's return led to, what a correction made of it."""
PEOPLE = {
    "operator": f"operator-desa@{VILLAGE}",
    "kades": f"kepala-desa@{VILLAGE}",
    "kecamatan": "verifikator-kecamatan@62.01.02",
    "pmd": "pmd-kabupaten@62.01",
    "opd": "opd@62.01+KES",
    "provinsi": "pmd-provinsi@62",
}
STEPS = {"kecamatan": "district", "pmd": "community", "opd": "sector", "provinsi": "province"}
MIDWIVES = 'input[value="|KES_008|_T"]'
TICK = "(one) => { one.closest('details')?.setAttribute('open', ''); one.checked = true; }"
LATER = """
from datetime import timedelta

import sidara.kernel.clock as clock

present = clock.now
clock.now = lambda: present() + timedelta(days=2)
"""
"""Makes a program that starts with it live two days later: what was final lies on a day of its own."""


@dataclass
class Province:
    """A served SIDARA with everybody who stands for a figure, each in a browser of his own."""

    home: Path
    browser: Browser
    port: int = field(default_factory=free_port)
    stack: ExitStack = field(default_factory=ExitStack)
    pages: dict[str, Page] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self, source: Path | None = None) -> None:
        self.stack.enter_context(served(self.home, port=self.port, source=source))

    def stop(self) -> None:
        self.stack.close()
        self.stack = ExitStack()

    def page(self, login: str) -> Page:
        """Give the page of somebody; `umum` is anybody."""
        if login not in self.pages:
            states = json.loads((self.home / "office.json").read_text("utf-8"))
            context = self.browser.new_context(storage_state=states.get(login), bypass_csp=True)
            context.set_default_timeout(PATIENCE)
            self.pages[login] = context.new_page()
        return self.pages[login]

    def opened(self, login: str, path: str) -> Page:
        page = self.page(login)
        page.goto(f"{self.address}{path}")
        return page


@pytest.fixture
def province(tmp_path: Path, browser: Browser) -> Iterator[Province]:
    people = ("-m", "tests.office", *(f"{login}={role}" for login, role in PEOPLE.items()))
    home = made(
        tmp_path / "home", REGIONS, DICTIONARY, open_windows("TAHUNAN"), ("-m", "tests.examples"), people
    )
    one = Province(home, browser)
    one.start()
    yield one
    one.stop()


def fill(page: Page, cells: dict[str, str]) -> None:
    for code, text in cells.items():
        field_of = page.locator(box(code))
        field_of.fill(text)
        field_of.blur()


def sent_and_endorsed(province: Province) -> None:
    page = province.opened("operator", f"/kirim/{FORM}")
    page.get_by_role("button", name="Kirim untuk disahkan").click()
    page.get_by_role("button", name="Kirim untuk disahkan").wait_for(state="detached")
    head = province.opened("kades", f"/kirim/{FORM}")
    head.get_by_role("button", name="Sahkan sebagai kepala desa").click()
    head.get_by_role("button", name="Sahkan sebagai kepala desa").wait_for(state="detached")


def review(province: Province, login: str) -> Page:
    """Open what waits for somebody, by his queue."""
    page = province.opened(login, "/periksa")
    page.locator(f'a[href^="/periksa/{FORM}"]').first.click()
    page.locator("html[data-siap]").wait_for()
    return page


def accept_all(page: Page) -> None:
    """Accept what is quiet and what is to be looked at, until nothing waits."""
    for one in page.locator("form[data-putusan] input[name=sel]").all():
        one.evaluate(TICK)
    page.get_by_role("button", name="Terima yang dicentang").click()
    expect(page.locator("form[data-putusan]")).to_have_count(0)


def closed(province: Province, login: str, folder: Path) -> Path:
    """Close the batch of somebody with minutes; gives the PDF."""
    page = province.opened(login, f"/periksa/berita-acara?langkah={STEPS[login]}")
    page.get_by_role("button", name="Tanda tangani dan tutup").click()
    page.get_by_role("heading", name=re.compile("^Berita acara .* sudah dibuat$")).wait_for()
    with page.expect_download() as loading:
        page.get_by_role("link", name="Unduh PDF", exact=True).click()
    path = folder / f"{login}-{len(list(folder.glob('*.pdf')))}.pdf"
    loading.value.save_as(path)
    return path


def read_back(path: Path, address: str) -> tuple[str, str]:
    """Read a PDF by a program that is not ours: its text, and its code from the QR code of its picture."""
    with pypdfium2.PdfDocument(path) as paper:
        (page,) = paper
        text = " ".join(page.get_textpage().get_text_bounded().split())
        picture = page.render(scale=3).to_pil()
    picture.save(path.with_suffix(".png"))
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text.startswith(f"{address}/berita-acara/")
    return text, code.text.rsplit("/", 1)[1]


def up_to_the_province(province: Province, folder: Path) -> list[Path]:
    """Let all steps above the village accept what waits, the two of the kabupaten beside each other."""
    accept_all(review(province, "kecamatan"))
    both = [review(province, login) for login in ("opd", "pmd")]
    for page in both:
        accept_all(page)
    accept_all(review(province, "provinsi"))
    return [closed(province, login, folder) for login in STEPS]


def profile(province: Province) -> str:
    """What the page of the village tells everybody of its own answers."""
    part = province.opened("umum", f"/desa/{VILLAGE}").locator("section[aria-labelledby=isian-j]")
    return " ".join(part.inner_text().split()) if part.count() else ""


def midwives(province: Province, *words: str) -> tuple[float | None, list[tuple[float, float]]]:
    """The final figure by the commands, and the span of the index that it gives, after a refresh."""
    asked = ("--dataset", "simulated:collection", "--least-level", "4", *words, "--json")
    where = ("--variable", "KES_008", "--code", VILLAGE, "--period", YEAR)
    _, figures, index = together(
        province.home,
        ("warehouse", "refresh"),
        ("query", "ask", *where, *asked),
        ("index", "collected", "idm", "--under", VILLAGE, "--year", YEAR, *asked),
    )
    villages = json.loads(index)["villages"]
    return json.loads(figures)["figures"][0]["value"], [(one["low"], one["high"]) for one in villages]


def test_a_figure_becomes_final_and_its_correction_passes_the_chain_again(
    province: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # She fills in and sends; the head of the village endorses.
    context = province.page("operator").context
    page = form_page(context, f"{province.address}/isi/{FORM}")
    province.pages["operator"] = page
    fill(page, FILLED)
    page.get_by_label("Ada, aktif").check()
    all_sent(page)
    sent_and_endorsed(province)
    assert midwives(province) == (None, [])
    assert "Sedang diperiksa: disahkan kepala desa" in profile(province)

    # The kecamatan returns one cell with a reason, accepts the others, and closes with minutes.
    desk = review(province, "kecamatan")
    desk.locator(MIDWIVES).evaluate(TICK)
    desk.get_by_label("Pesan untuk operator").fill("Puskesmas mencatat 2 bidan.")
    desk.get_by_role("button", name="Kembalikan yang dicentang").click()
    expect(desk.get_by_role("heading", name="Sedang dibetulkan desa")).to_be_visible()
    first = closed(province, "kecamatan", tmp_path)

    # She mends it without a link; nothing else is open.
    page = province.opened("operator", "/tugas")
    ready(page)
    page.get_by_role("link", name="Betulkan: Kesehatan").click()
    expect(page.get_by_text("Puskesmas mencatat 2 bidan").first).to_be_visible()
    context.set_offline(True)
    page.goto(f"{province.address}/isi/{FORM}")
    page.locator("#isian[data-siap]").wait_for()
    expect(page.locator(box("KES_007"))).to_be_disabled()
    fill(page, {"KES_008": RIGHT})
    waits(page, 1)
    context.set_offline(False)
    all_sent(page)
    sent_and_endorsed(province)

    # All steps accept; minutes are made, read back, and checked by anybody.
    papers = [first, *up_to_the_province(province, tmp_path)]
    codes = set()
    for paper in papers:
        text, code = read_back(paper, province.address)
        assert code in text
        assert "SIMULASI" in text
        codes.add(code)
    assert len(codes) == len(papers) == 5
    public = province.opened("umum", f"/berita-acara/{code}")
    assert violations(public) == []
    public.get_by_label("Berkas PDF").set_input_files(papers[-1])
    public.get_by_role("button", name="Cocokkan").click()
    expect(public.get_by_role("heading", name="Berkas Anda cocok: inilah")).to_be_visible()
    altered = tmp_path / "ubah.pdf"
    altered.write_bytes(papers[-1].read_bytes().replace(b"%%EOF", b"%%EOF\n", 1))
    public.get_by_label("Berkas PDF").set_input_files(altered)
    public.get_by_role("button", name="Cocokkan").click()
    expect(public.locator(".alert-danger")).to_be_visible()

    # The figure is final, the index moved, the page of the village shows the mark.
    day = local_date(now()).isoformat()
    value, (final,) = midwives(province)
    assert value == int(RIGHT)
    shown = profile(province)
    assert "Final: diperiksa sampai provinsi" in shown
    assert re.search(r"IDM Contoh \d+ dari isiannya sendiri: 0,\d{4} sampai 0,\d{4}", shown)
    assert violations(province.page("umum")) == []

    # Two days later: a correction passes the chain again, and the old figure is there as of its day.
    province.stop()
    later = tmp_path / "lusa"
    later.mkdir()
    (later / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(later))
    province.start()
    page = province.opened("operator", f"/koreksi/{FORM}")
    page.locator(MIDWIVES).evaluate(TICK)
    page.get_by_label("Alasan").fill("Kedua bidan pindah sebelum akhir tahun, menurut Puskesmas.")
    page.get_by_role("button", name="Lihat yang ikut terbuka").click()
    page.get_by_role("button", name="Buka untuk koreksi").click()
    page.wait_for_url(re.compile("/kirim/"))
    page.goto(f"{province.address}/isi/{FORM}")
    page.locator("#isian[data-siap]").wait_for()
    fill(page, {"KES_008": CORRECTED})
    all_sent(page)
    sent_and_endorsed(province)
    assert midwives(province)[0] is None, "what is being corrected is not final"
    again = up_to_the_province(province, tmp_path)
    assert not codes & {read_back(paper, province.address)[1] for paper in again}
    value, (corrected,) = midwives(province)
    assert (value, corrected == final) == (int(CORRECTED), False)
    shown = profile(province)
    assert re.search(r"IDM: dari 0,\d{4} sampai 0,\d{4} menjadi 0,\d{4} sampai 0,\d{4} oleh isian", shown)
    assert midwives(province, "--as-of", day) == (int(RIGHT), [final])
    run(province.home, "audit", "verify")
