"""The register of province 62, loaded through the service."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.copied import registered


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture
def register_62(db, clock):
    """Load province 62; gives the difference that was applied."""
    return registered(clock)
