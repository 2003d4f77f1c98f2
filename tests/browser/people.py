"""A village for browser tests: accounts made by the command and logged in once, windows that are open."""

from collections.abc import Collection, Mapping
from pathlib import Path

import yaml
from playwright.sync_api import Browser, BrowserContext

from sidara.kernel import content
from tests.browser.conftest import ARGUMENTS, program
from tests.browser.test_accounts import first_log_in, users

VILLAGE = "62.01.02.2016"


def village_accounts(home: Path, roles: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Make an account for each log-in name with its role in the village."""
    return {
        login: users(
            home, "create", login, "--role", role, "--under", VILLAGE, "--function", f"Contoh {role}"
        )
        for login, role in roles.items()
    }


def logged_in(browser: Browser, address: str, accounts: Mapping[str, Mapping[str, str]]) -> dict[str, dict]:
    """Log in for the first time, as each; gives the cookies by log-in name."""
    states = {}
    for login, one in accounts.items():
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/masuk/kode")
        first_log_in(page, login, one["code"], f"Contoh {login.title()}")
        page.get_by_role("heading", name=f"Contoh {login.title()}").wait_for()
        states[login] = context.storage_state()
        context.close()
    return states


def with_profile(browser: Browser, folder: Path, state: Mapping[str, list]) -> BrowserContext:
    """Open a browser that keeps what it knows on the disk, logged in."""
    context = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=program(), args=ARGUMENTS
    )
    context.add_cookies(state["cookies"])
    return context


def open_windows(folder: Path, codes: Collection[str]) -> Path:
    """Write the windows of the content, those of `codes` open whenever the test runs."""
    held = content.load("sidara.dictionary", "windows")
    for one in held["windows"]:
        if one["code"] in codes:
            one["late_until"] = {"months": 12, "day": 31}
    return content_file(folder / "windows.yaml", held)


def content_file(path: Path, held: object) -> Path:
    """Write a file of content."""
    path.write_text(yaml.safe_dump(held, allow_unicode=True), encoding="utf-8")
    return path
