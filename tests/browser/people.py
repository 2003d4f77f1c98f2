"""A village for browser tests: people who have logged in, windows that are open."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Browser, BrowserContext

from sidara.kernel import content
from tests.browser.conftest import ARGUMENTS, PATIENCE, program
from tests.serving import made, served

VILLAGE = "62.01.02.2016"
PEOPLE = {
    "operator": "operator-desa",
    "siti": "operator-desa",
    "pendamping": "pendamping",
    "kades": "kepala-desa",
}
"""Who has an account in the village, and as what."""


@dataclass(frozen=True)
class Office:
    """A served SIDARA with the people of a village, logged in: their cookies by name."""

    address: str
    states: dict[str, dict]

    def context(self, browser: Browser, login: str = "operator", **options: object) -> BrowserContext:
        context = browser.new_context(storage_state=self.states[login], **options)  # type: ignore[arg-type]  # passed on
        context.set_default_timeout(PATIENCE)
        return context


@contextmanager
def office_in(folder: Path, *commands: Sequence[str]) -> Iterator[Office]:
    """Serve what these commands lead to, with the people of the village."""
    states = staffed(folder, *commands)
    with served(folder) as site:
        yield Office(site.address.replace("127.0.0.1", "localhost"), states)


def staffed(home: Path, *commands: Sequence[str]) -> dict[str, dict]:
    """Bring a home to where these commands lead, with the people of the village; gives their cookies."""
    made(home, *commands, ("-m", "tests.office", *(f"{login}={role}" for login, role in PEOPLE.items())))
    return dict(json.loads((home / "office.json").read_text("utf-8")))


def with_profile(browser: Browser, folder: Path, state: Mapping[str, list]) -> BrowserContext:
    """Open a browser that keeps what it knows on the disk, logged in."""
    context = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=program(), args=ARGUMENTS
    )
    context.add_cookies(state["cookies"])
    return context


def open_windows(*codes: str) -> tuple[str, ...]:
    """Give the command that opens windows of the content, whenever the test runs."""
    folder = Path(os.environ["SIDARA_TEST_HOMES"])
    folder.mkdir(parents=True, exist_ok=True)
    held = content.load("sidara.dictionary", "windows")
    for one in held["windows"]:
        if one["code"] in codes:
            one["late_until"] = {"months": 12, "day": 31}
    file = content_file(folder / f"{'-'.join(codes)}.yaml", held)
    return ("dictionary", "load", str(file), "--take-given")


def content_file(path: Path, held: object) -> Path:
    """Write a file of content."""
    path.write_text(yaml.safe_dump(held, allow_unicode=True), encoding="utf-8")
    return path
