"""A split village in the browser, in three vintages, and its history by links."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.test_access import violations
from tests.serving import REGIONS, ROOT, Site, made, served


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small world of `tests/split_world.py`, served."""
    home = made(tmp_path_factory.mktemp("split"), REGIONS)
    environment = {
        **os.environ,
        "SIDARA_HOME": str(home),
        "SIDARA_WAREHOUSE": str(home / "warehouse"),
        "DJANGO_SETTINGS_MODULE": "sidara.web.settings",
        "SIDARA_SECRET_KEY": "only-for-tests",
    }
    subprocess.run([sys.executable, "-m", "tests.split_world"], cwd=ROOT, env=environment, check=True)
    with served(home) as running:
        yield running


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_split_village_in_three_vintages(world: Site, open_page: Open, width: int) -> None:
    page = open_page(f"{world.address}/desa/62.01.02.2016", width, bypass_csp=True)
    page.get_by_role("link", name="Riwayat lengkap").click()
    page.get_by_role("heading", level=1, name="Riwayat Desa Natai Raya").wait_for()
    figures = page.locator("figure table")
    row = figures.get_by_role("row").filter(has_text="Penduduk").filter(has_text="2023")
    assert row.locator("td").all_inner_texts()[-3:] == ["101", "61 (perkiraan)", "101"]
    later = figures.get_by_role("row").filter(has_text="Penduduk").filter(has_text="2025")
    assert later.locator("td").all_inner_texts()[-3:] == ["66", "66", "110"]
    expect(page.get_by_text("SIMULASI", exact=True).first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_download() as taken:
        page.locator("figure").get_by_role("link", name="CSV").first.click()
    assert taken.value.suggested_filename.endswith("-SIMULASI.csv")
    page.get_by_role("link", name="Desa Contoh Baru (62.01.02.2990)").click()
    page.get_by_role("heading", level=1, name="Riwayat Desa Contoh Baru").wait_for()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_kecamatan_is_told_in_another_vintage_by_links(world: Site, open_page: Open, width: int) -> None:
    page = open_page(f"{world.address}/wilayah/62.01.02", width, bypass_csp=True)
    switch = page.get_by_role("navigation", name="Susunan wilayah")
    switch.get_by_role("link", name="Wilayah kini").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/wilayah/62.01.02?susunan=kini")
    assert switch.get_by_role("link", name="Wilayah kini").get_attribute("aria-current") == "true"
    row = page.locator("#desa").get_by_role("row").filter(has_text="Contoh Baru")
    expect(row).to_contain_text("perkiraan")
    expect(row).to_contain_text("0,7200")
    expect(page.locator("#desa")).to_contain_text("Campuran")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    row.get_by_role("link", name="Contoh Baru").click()
    page.wait_for_url("**/desa/62.01.02.2990?susunan=kini")
    page.get_by_role("link", name="Wilayah akhir 2023").wait_for(state="detached")
    page.get_by_role("link", name="Seperti dilaporkan").click()
    page.get_by_role("heading", level=1, name="Contoh Baru belum ada dalam wilayah 2023").wait_for()
    assert violations(page) == []
