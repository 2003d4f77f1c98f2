"""What the tests of accounts share: the register of province 62 and the cast, made once and copied."""

from datetime import datetime

import pytest

from sidara.kernel.actor import OPERATOR
from sidara.regions import services as regions
from tests import world as world_module
from tests.copied import Rows, copied
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
_LOADED: Rows = {}
_IDS: dict[str, object] = {}


@pytest.fixture
def world(db) -> World:
    """The cast of `tests/world.py`, made by services once, then copied into each test's transaction."""

    def make() -> None:
        regions.load_register(OPERATOR, provinces=["62"], clock=lambda: NOW)
        _IDS.update(world_module.cast(real_clock).ids)

    copied(_TABLES, _LOADED, make)
    return World(dict(_IDS), real_clock)


def real_clock() -> datetime:
    """Requests go by the real clock, so does the cast."""
    from sidara.kernel.clock import now

    return now()
