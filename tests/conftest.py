"""What all tests share: the folder of published material beside the project."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `../shared`; official cases and real tables are read from it, never copied."""
    if not SHARED.is_dir():
        pytest.fail(f"official cases need the folder {SHARED} beside the project", pytrace=False)
    return SHARED
