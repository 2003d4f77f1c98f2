"""What the tests share: the register of province 62, a device, an import of a data set with its sources."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from sidara.collection import services
from sidara.kernel.actor import OPERATOR
from tests.collection.device import Device
from tests.copied import registered

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
PROVENANCE = {
    "table": "idm-national",
    "dataset": "external:idm-2024",
    "licence": "tidak dinyatakan",
    "retrieved_date": date(2026, 8, 21),
    "code_scheme": "kemendagri",
    "now": NOW,
}


@pytest.fixture
def register(db):
    """The real register of Kalimantan Tengah: loaded by its service once, then copied."""
    registered(lambda: NOW)


@pytest.fixture(scope="module")
def device() -> Iterator[Device]:
    """The device's own modules; one process serves all tests of a file."""
    with Device() as running:
        yield running


def imported(content, **options):
    """Import text as CSV (or a path) with the provenance of the national table unless told otherwise."""
    if isinstance(content, str):
        content = io.BytesIO(content.encode())
        options.setdefault("format", "csv")
    return services.import_table(OPERATOR, source=content, **{**PROVENANCE, **options})
