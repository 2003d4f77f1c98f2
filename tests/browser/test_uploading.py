"""Evidence over a weak link in a real browser: cut in the middle, stopped, opened again; it goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.people import VILLAGE, Office, office_in
from tests.browser.test_access import violations
from tests.evidence import files
from tests.serving import DICTIONARY, REGIONS

TAIL = f"KEP_SEMESTER/{VILLAGE}/2026-S1"
PARTS = "**/parts/*"
FIELD = "Foto (JPEG, PNG, WebP, HEIC) atau dokumen PDF"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("uploading"), REGIONS, DICTIONARY) as made_ready:
        yield made_ready


@pytest.fixture(params=[DESK, PHONE])
def page(request: pytest.FixtureRequest, office: Office, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": request.param, "height": 800},
        bypass_csp=True,
        storage_state=office.states["operator"],
    )
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{office.address}/bukti/{TAIL}")
    yield page
    context.close()


@pytest.fixture
def photo(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    width = 700 + sum(request.node.name.encode()) % 150
    return files.written(tmp_path, files.photo((width, 900), kind="PNG", noisy=True), "papan data.png")


def judge(page: Page, what: str) -> None:
    assert violations(page) == [], what
    assert page.viewport_size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], what


def cut_after(page: Page, parts: int) -> None:
    """Let so many parts through, then break every one."""
    left = parts

    def pass_on(route: Route) -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            route.continue_()
        else:
            route.abort("connectionfailed")

    page.route(PARTS, pass_on)


def came(page: Page) -> list[int]:
    """Where the parts begin that came through, as they come."""
    found: list[int] = []

    def note(request: Request) -> None:
        if "/parts/" in request.url:
            found.append(int(request.url.rpartition("/")[2]))

    page.on("requestfinished", note)
    return found


def save(page: Page, photo: Path) -> None:
    page.get_by_label(FIELD).set_input_files(photo)
    page.get_by_label("Bukti untuk").select_option(value="|KEP_001|_T")
    page.get_by_label("Keterangan singkat").fill("Papan data")
    page.get_by_role("button", name="Simpan bukti", exact=True).press("Enter")


def told(page: Page):  # type: ignore[no-untyped-def]  # playwright's locator
    return page.locator("[data-kemajuan] [role=status]")


def test_a_link_that_breaks_in_the_middle_goes_on_by_itself(page: Page, photo: Path) -> None:
    before, offsets = page.locator(".bukti__butir").count(), came(page)
    cut_after(page, 1)
    save(page, photo)
    expect(told(page)).to_contain_text("Sambungan terputus. 256 kB dari")
    judge(page, "a broken link")
    page.unroute(PARTS)
    page.evaluate("() => void dispatchEvent(new Event('online'))")
    expect(page.locator(".bukti__butir")).to_have_count(before + 1)
    assert len(offsets) == len(set(offsets)) > 2, "nothing went out twice"
    expect(page.locator("#belum")).to_have_count(0)
    expect(page.get_by_text("Papan data", exact=True).last).to_be_visible()
    judge(page, "kept")


def test_a_page_that_is_opened_again_sends_what_is_missing(page: Page, photo: Path) -> None:
    before = page.locator(".bukti__butir").count()
    cut_after(page, 1)
    save(page, photo)
    expect(told(page)).to_contain_text("256 kB dari")
    page.unroute(PARTS)
    page.reload()
    expect(page.locator("[data-unggahan]")).to_contain_text("256 kB dari")
    judge(page, "under way")
    offsets = came(page)
    save(page, photo)
    expect(page.locator(".bukti__butir")).to_have_count(before + 1)
    assert min(offsets) == 256_000, "what had come did not go out again"
    expect(page.locator("[data-unggahan]")).to_have_count(0)


def test_it_is_stopped_and_thrown_away(page: Page, photo: Path) -> None:
    before = page.locator(".bukti__butir").count()
    cut_after(page, 2)
    save(page, photo)
    expect(told(page)).to_contain_text("Sambungan terputus. 512 kB dari")
    page.get_by_role("button", name="Berhenti dulu").press("Enter")
    expect(told(page)).to_contain_text("Berhenti. 512 kB dari")
    expect(page.get_by_role("button", name="Simpan bukti", exact=True)).to_be_enabled()
    judge(page, "stopped")
    page.reload()
    page.get_by_role("button", name="Buang papan data.png").press("Enter")
    expect(page.locator("[data-unggahan]")).to_have_count(0)
    expect(page.locator(".bukti__butir")).to_have_count(before)


def test_what_is_no_proof_is_told_and_what_is_too_large_does_not_go_out(page: Page, tmp_path: Path) -> None:
    offsets = came(page)
    save(page, files.written(tmp_path, bytes(10_000_001), "besar.jpg"))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("paling besar 10 MB")
    judge(page, "too large")
    assert offsets == []
    save(page, files.written(tmp_path, b"bukan foto", "foto.jpg"))
    expect(alert).to_contain_text("bukan foto (JPEG, PNG, WebP, HEIC)")
    expect(alert).to_be_focused()
    expect(page.get_by_label("Keterangan singkat")).to_have_value("Papan data")
    expect(page.locator("[data-unggahan]")).to_have_count(0)
    judge(page, "no proof")
