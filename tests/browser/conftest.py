"""A real browser on the served homes: the widths of a desk and of a phone."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

DESK = 1280
PHONE = 360
PATIENCE = 90_000
"""Milliseconds that it may take until what was done has gone to the server and back."""
SLOWEST = 60_000
"""Milliseconds that a busy machine may take for what a reader sees at once."""
GLANCE, SHOWN = 5_000, 1_500
"""Milliseconds to look at a page of a failed test, and characters to tell of it."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]

type Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def program() -> str | None:
    """The browser of this machine."""
    return os.environ.get("SIDARA_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Say with a failed test what its pages showed."""
    report = yield
    running = getattr(item, "funcargs", {}).get("browser")
    if call.excinfo is not None and isinstance(running, Browser):
        for page in (page for context in running.contexts for page in context.pages):
            with suppress(Error):
                shown = page.locator("body").inner_text(timeout=GLANCE)[:SHOWN]
                report.sections.append((f"Halaman {page.url}", shown))
    return report


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module: its event loop must end before other tests use the database."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        expect.set_options(timeout=SLOWEST)
        yield running
        running.close()


def wait_until(page: Page, asked: str, arg: object = None) -> None:
    """Wait until a function of the page that is async answers yes.

    `wait_for_function` takes the promise itself for a yes.
    """
    waiting = f"""async (arg) => {{
      const last = Date.now() + {SLOWEST};
      while (!(await ({asked})(arg))) {{
        if (Date.now() > last) return false;
        await new Promise((next) => setTimeout(next, 50));
      }}
      return true;
    }}"""
    assert page.evaluate(waiting, arg), asked


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open a page at a width; whatever the browser complains about fails the test."""
    contexts = []
    complaints: list[str] = []

    def opened(address: str, width: int = DESK, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)  # type: ignore[arg-type]  # passed on
        context.set_default_timeout(SLOWEST)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
