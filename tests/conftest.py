"""What all tests share: the folder of published material beside the project."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.serving import empty, simulated, site

__all__ = ["empty", "simulated", "site"]

SHARED = Path(__file__).resolve().parents[2] / "shared"


settings.register_profile("sidara", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sidara")
"""Tests assert no time: a busy machine turns none red."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `../shared`; official cases and real tables are read from it, never copied."""
    if not SHARED.is_dir():
        pytest.fail(f"official cases need the folder {SHARED} beside the project", pytrace=False)
    return SHARED


LONGEST = tuple(
    f"tests/{name}.py"
    for name in ("records/test_postgresql", "collection/test_killed", "accounts/test_matrix")
)
"""Files that a worker must begin with, or the others wait for it at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many official cases were run; none may be skipped in silence."""
    counts: dict[str, int] = {}
    for report in terminalreporter.getreports("passed"):
        for name, number in report.user_properties if report.when == "call" else ():
            if str(name).startswith("official cases"):
                counts[name] = counts.get(name, 0) + number
    skipped = len([one for one in terminalreporter.getreports("skipped") if "test_official" in one.nodeid])
    for name, number in counts.items():
        terminalreporter.write_line(f"{name}: {number} run, {skipped} skipped")
