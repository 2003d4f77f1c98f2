"""The register of province 62, loaded through the service."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sidara.kernel.actor import OPERATOR
from sidara.regions import services


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture
def register_62(db, clock):
    """Load province 62; gives the difference that was applied."""
    return services.load_register(OPERATOR, provinces=("62",), clock=clock)
