"""A PostgreSQL of our own for the tests of records, one for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.expressions.postgres import PORT, cluster


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real server, as `DATABASE_URL` takes it."""
    with cluster() as psql:
        home = Path(psql[2])
        yield f"postgresql://sidara@/postgres?host={home}&port={PORT}"
