"""What the tests of accounts share: the register of province 62 and the cast, made once and copied."""

from datetime import datetime

import pytest
from django.db import connection

from sidara.kernel.actor import OPERATOR
from sidara.regions import services as regions
from tests import world as world_module
from tests.world import NOW, World

_TABLES = (
    "regions_region",
    "regions_regioncode",
    "regions_registerversion",
    "accounts_account",
    "accounts_grant",
    "accounts_grantregion",
    "accounts_onetimecode",
    "accounts_event",
    "mfa_authenticator",
)
_LOADED: dict[str, list[tuple]] = {}
_IDS: dict[str, object] = {}


@pytest.fixture
def world(db) -> World:
    """The cast of `tests/world.py`, made by services once, then copied into each test's transaction."""
    clock = real_clock
    with connection.cursor() as cursor:
        if not _LOADED:
            regions.load_register(OPERATOR, provinces=["62"], clock=lambda: NOW)
            made = world_module.cast(clock)
            _IDS.update(made.ids)
            for table in _TABLES:
                cursor.execute(f"SELECT * FROM {table}")
                _LOADED[table] = cursor.fetchall()
            return made
        for table in _TABLES:
            rows = _LOADED[table]
            marks = ",".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    return World(dict(_IDS), clock)


def real_clock() -> datetime:
    """Requests go by the real clock, so does the cast."""
    from sidara.kernel.clock import now

    return now()
