"""A village without a link, from the first visit to the endorsement: killed, mended, updated, sent."""

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sidara.kernel.clock import local_date, now
from sidara.kernel.period import Frequency, last_ended
from tests.browser.conftest import PATIENCE, wait_until
from tests.browser.people import VILLAGE, open_windows, staffed, with_profile
from tests.browser.test_entry import STORED, chromium, form_page, stored
from tests.browser.test_offline import ready
from tests.serving import DICTIONARY, REGIONS, ROOT, Site, run, served

TODAY = local_date(now())
QUARTER = str(last_ended(Frequency.QUARTER, TODAY))
YEAR = str(last_ended(Frequency.YEAR, TODAY))
FINANCE = f"/isi/KEU_TRIWULAN/{VILLAGE}/{QUARTER}"
PROPOSALS = f"/isi/PEM_TAHUNAN/{VILLAGE}/{YEAR}"
BUDGET = {  # millions of rupiah: planned, realised; the sums are right
    "KEU_001": (1450, 700),
    "KEU_002": (50, 20),
    "KEU_003": (10, 5),
    "KEU_004": (800, 400),
    "KEU_005": (500, 240),
    "KEU_006": (40, 15),
    "KEU_007": (20, 10),
    "KEU_008": (10, 5),
    "KEU_009": (1370, 670),
    "KEU_010": (30, 10),
    "KEU_011": (1400, 650),
    "KEU_012": (300, 150),
    "KEU_013": (600, 300),
    "KEU_014": (200, 100),
    "KEU_015": (200, 80),
    "KEU_016": (100, 20),
    "KEU_017": (160, 80),
    "KEU_018": (100, 60),
    "KEU_019": (20, 10),
    "KEU_020": (50, 0),
}
CELLS = {
    (code, f"ANGGARAN:{part}"): str(value * 1_000_000)
    for code, pair in BUDGET.items()
    for part, value in zip("AR", pair, strict=True)
} | {("KEU_026", "_T"): "40"}
ROWS = (
    ("Rabat beton RT 3", "120", "1"),
    ("Jembatan kecil", "0", "2"),
    ("Sumur bor", "4", "0"),
    ("Posyandu", "1", "3"),
)
"""Proposals: what, how much (0 is an error), priority (0 is doubtful)."""

IS_UPDATED = """
async () => {
  const shell = await (await caches.match("/luring"))?.text();
  const { active, installing, waiting } = await navigator.serviceWorker.getRegistration();
  return shell?.includes("entry-0A1B2C3D.js") && active.state === "activated" && !installing && !waiting;
}
"""
FETCH_NOTHING = "() => void (window.fetch = () => Promise.reject(new TypeError('no link')))"
FORGET_BUNDLE = "async (address) => (await caches.open('sidara-halaman')).delete(address)"


@dataclass
class Place:
    """A served SIDARA that can be stopped and started anew, and the people of a village."""

    home: Path
    states: dict[str, dict] = field(default_factory=dict)
    stack: ExitStack = field(default_factory=ExitStack)
    port: int | None = None

    def start(self, source: Path | None = None) -> None:
        site: Site = self.stack.enter_context(served(self.home, port=self.port, source=source))
        self.port = int(site.address.rsplit(":", 1)[1])

    def stop(self) -> None:
        self.stack.close()
        self.stack = ExitStack()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def context(self, browser: Browser, login: str = "operator") -> BrowserContext:
        context = browser.new_context(storage_state=self.states[login])
        context.set_default_timeout(PATIENCE)
        return context


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("story")
    states = staffed(home, REGIONS, DICTIONARY, open_windows("TRIWULANAN", "TAHUNAN"))
    one = Place(home, states)
    one.start()
    yield one
    one.stop()


def newer(folder: Path) -> Path:
    """Another version of the package: the script of entry has another content, and so another name."""
    shutil.copytree(ROOT / "src" / "sidara", folder / "sidara")
    static = folder / "sidara" / "ui" / "static" / "ui"
    names = json.loads((static / "manifest.json").read_text("utf-8"))
    script = (static / names["entry.js"]).read_text("utf-8")
    names["entry.js"] = "entry-0A1B2C3D.js"
    (static / names["entry.js"]).write_text(f"{script}\n// a new version\n", encoding="utf-8")
    (static / "manifest.json").write_text(json.dumps(names), encoding="utf-8")
    return folder


def launched(browser: Browser, folder: Path, place: Place) -> BrowserContext:
    """A browser with a profile on the disk."""
    context = with_profile(browser, folder, place.states["operator"])
    context.set_default_timeout(PATIENCE)
    return context


def kill(page: Page, folder: Path) -> None:
    for pid in chromium(folder):
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(Exception, match=r"closed|crash|Target"):
        page.evaluate("1 + 1")
    until = time.monotonic() + 30
    while chromium(folder) and time.monotonic() < until:
        pass
    for lock in folder.glob("Singleton*"):
        lock.unlink()


def box(variable: str, breakdown: str = "_T", row: str = "") -> str:
    """The id of a field, as `dom.js` writes it."""
    return f"#sel-{row}-{variable}-{breakdown}".replace(":", "-")


def fill_finance(page: Page) -> None:
    done = 0
    for at in range(page.locator(".hanya-l .bab a").count()):
        page.locator(".hanya-l .bab a").nth(at).click()
        page.get_by_role("heading", level=1).filter(has_text=f"Bagian {at + 1}.").wait_for()
        for (code, part), value in CELLS.items():
            cell = page.locator(box(code, part))
            if cell.count():
                cell.fill(value)
                done += 1
    page.keyboard.press("Tab")
    assert done == len(CELLS) == 41


def open_proposals(page: Page) -> None:
    page.locator(".hanya-l .bab a").last.click()
    page.get_by_role("button", name="Tambah baris").wait_for()


def column(page: Page, code: str, row: int):  # type: ignore[no-untyped-def]  # playwright's locator
    return page.locator(
        f'.baris-daftar input[id$="-{code}-_T"], .baris-daftar textarea[id$="-{code}-_T"]'
    ).nth(row)


def fill_proposals(page: Page) -> None:
    open_proposals(page)
    for at, row in enumerate(ROWS):
        page.get_by_role("button", name="Tambah baris").click()
        for code, text in zip(("USL_001", "USL_006", "USL_009"), row, strict=True):
            column(page, code, at).fill(text)
            column(page, code, at).blur()


def waits(page: Page, count: int) -> None:
    expect(page.locator(".palang [role=status]")).to_have_text(f"{count} isian di perangkat ini")


def test_a_quarter_without_a_link(place: Place, browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "profil"
    context = launched(browser, folder, place)
    page = context.new_page()
    page.goto(f"{place.address}/tugas")
    ready(page)

    context.set_offline(True)
    page.goto(f"{place.address}{FINANCE}")
    page.locator("#isian[data-siap]").wait_for()
    fill_finance(page)
    waits(page, 41)
    page.goto(f"{place.address}{PROPOSALS}")
    page.locator("#isian[data-siap]").wait_for()
    fill_proposals(page)
    waits(page, 12)
    expect(page.locator("#temuan")).to_have_text("Perlu diperbaiki: 1, Perlu dijelaskan: 1")
    kill(page, folder)

    context = launched(browser, folder, place)
    context.set_offline(True)
    page = form_page(context, f"{place.address}{FINANCE}")
    waits(page, 41)
    page.goto(f"{place.address}{PROPOSALS}")
    page.locator("#isian[data-siap]").wait_for()
    open_proposals(page)
    waits(page, 12)
    assert [column(page, "USL_001", at).input_value() for at in range(4)] == [row[0] for row in ROWS]
    expect(page.locator("#temuan")).to_have_text("Perlu diperbaiki: 1, Perlu dijelaskan: 1")
    column(page, "USL_006", 1).fill("2")
    column(page, "USL_006", 1).blur()
    expect(page.locator("#temuan")).to_have_text("Perlu dijelaskan: 1")
    explanation = page.get_by_label("Penjelasan Anda")
    explanation.fill("Musyawarah belum mengurutkannya.")
    explanation.blur()
    expect(page.locator("#temuan")).to_have_count(0)

    place.stop()
    place.start(newer(tmp_path / "baru"))
    context.set_offline(False)
    page.goto(f"{place.address}/tugas")
    ready(page)
    expect(page.locator("#perangkat")).not_to_contain_text("belum terkirim", timeout=PATIENCE)
    wait_until(page, IS_UPDATED)
    held = {key: cell[1] for key, cell in stored(page, f"{place.address}{FINANCE}").items()}
    assert held == CELLS
    bundle = page.request.get(f"{place.address}{PROPOSALS}/paket.json").json()["held"]
    assert sorted(cell[4] for cell in bundle["own"] if cell[1] == "USL_006") == ["1", "120", "2", "4"]
    assert [cell[5] for cell in bundle["own"] if cell[5]] == ["Musyawarah belum mengurutkannya."]
    assert len(bundle["own"]) == 12

    page.goto(f"{place.address}{FINANCE.replace('/isi/', '/kirim/')}")
    page.get_by_role("button", name="Kirim untuk disahkan").click()
    page.get_by_role("button", name="Tarik kembali").wait_for()
    context.close()
    head = place.context(browser, "kades")
    page = head.new_page()
    page.goto(f"{place.address}{FINANCE.replace('/isi/', '/kirim/')}")
    page.get_by_role("button", name="Sahkan sebagai kepala desa").click()
    page.get_by_role("button", name="Sahkan sebagai kepala desa").wait_for(state="detached")
    expect(page.get_by_role("definition").filter(has_text="disahkan kepala desa")).to_be_visible()
    head.close()
    run(place.home, "audit", "verify")


def test_two_devices_without_a_link_keep_both_and_ask(place: Place, browser: Browser) -> None:
    address = f"{place.address}/isi/KEP_TRIWULAN/{VILLAGE}/{QUARTER}"
    devices = [place.context(browser) for _ in range(2)]
    pages = []
    for context, text in zip(devices, ("4", "6"), strict=True):
        page = context.new_page()
        page.goto(f"{place.address}/tugas")
        ready(page)
        context.set_offline(True)
        page.goto(address)
        page.locator("#isian[data-siap]").wait_for()
        cell = page.locator("#isian .isian input.form-control").first
        cell.fill(text)
        cell.blur()
        waits(page, 1)
        pages.append(page)
    for context, page in zip(devices, pages, strict=True):
        context.set_offline(False)
        expect(page.locator(".palang [role=status]")).to_have_text(STORED, timeout=PATIENCE)
    pages[1].get_by_text("Tersimpan: 4").wait_for()
    expect(pages[1].get_by_text("Isian lain: 6")).to_be_visible()
    with pages[1].expect_response("**/simpan"):
        pages[1].get_by_role("button", name="Pakai 6").click()
    expect(pages[1].get_by_text("Isian lain: 6")).to_have_count(0)
    expect(pages[1].locator(".palang [role=status]")).to_have_text(STORED, timeout=PATIENCE)
    after = pages[1].request.get(f"{address}/paket.json").json()["held"]
    assert (after["conflicts"], after["own"][0][4]) == ([], "6")
    for context in devices:
        context.close()


def test_a_full_device_says_so_and_loses_nothing(place: Place, browser: Browser) -> None:
    address = f"{place.address}/isi/KES_TRIWULAN/{VILLAGE}/{QUARTER}"
    context = place.context(browser)
    page = context.new_page()
    page.goto(f"{place.address}/tugas")
    ready(page)
    context.set_offline(True)
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    tools = context.new_cdp_session(page)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": place.address, "quotaSize": 1})
    cell = page.locator("#isian .isian input.form-control").first
    cell.fill("4")
    cell.blur()
    page.get_by_role("heading", name="Penyimpanan perangkat penuh").wait_for()
    expect(page.locator(".palang [role=status]")).to_have_text("1 isian hanya di layar ini")
    expect(cell).to_have_value("4")
    context.set_offline(False)
    expect(page.locator(".palang [role=status]")).to_have_text(STORED, timeout=PATIENCE)
    assert [cell[1] for cell in stored(page, address).values()] == ["4"]
    context.set_offline(True)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": place.address})
    cell.fill("5")
    cell.blur()
    waits(page, 1)
    expect(page.get_by_role("heading", name="Penyimpanan perangkat penuh")).to_have_count(0)
    page.reload()
    page.locator("#isian[data-siap]").wait_for()
    expect(page.locator("#isian .isian input.form-control").first).to_have_value("5")
    context.close()


def test_a_form_that_changed_meanwhile_keeps_what_was_typed_and_says_so(
    place: Place, browser: Browser, tmp_path: Path
) -> None:
    before = str(last_ended(Frequency.QUARTER, TODAY).preceding)
    address = f"{place.address}/isi/KES_TRIWULAN/{VILLAGE}/{before}"
    context = place.context(browser)
    page = form_page(context, address)
    page.goto(f"{place.address}/tugas")
    ready(page)
    context.set_offline(True)
    page.goto(address)
    page.locator("#isian[data-siap]").wait_for()
    page.evaluate(FETCH_NOTHING)  # the browser lets a page that it is just leaving send after all
    first = page.locator(box("KES_016"))
    first.fill("1")
    first.blur()
    waits(page, 1)
    path = tmp_path / "KES_TRIWULAN.yaml"
    text = (ROOT / "src/sidara/dictionary/content/forms/KES_TRIWULAN.yaml").read_text("utf-8")
    held = yaml.safe_load(text)
    held["variables"][0]["question"] = "Berapa ibu yang meninggal saat hamil, bersalin atau nifas?"
    path.write_text(yaml.safe_dump(held, allow_unicode=True), encoding="utf-8")
    page.evaluate(FORGET_BUNDLE, f"{address}/paket.json")  # or a slow server is not waited for
    page.goto("about:blank")
    run(place.home, "dictionary", "load", str(path), "--take-given")
    context.set_offline(False)
    page.goto(address)
    page.get_by_role("heading", name="Formulir ini berubah sejak Anda mengisinya").wait_for()
    expect(page.get_by_text("Berapa ibu yang meninggal saat hamil").first).to_be_visible()
    expect(first).to_have_value("1")
    expect(page.locator(".palang [role=status]")).to_have_text(STORED, timeout=PATIENCE)
    assert stored(page, address)["KES_016", "_T"][1] == "1"
    context.close()
