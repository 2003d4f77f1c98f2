"""SIGKILL while saving, importing and sending, on SQLite and a real PostgreSQL: nothing lost or half done."""

from tests.killed_apart import ON_BOTH, killed
from tests.records.conftest import postgresql

__all__ = ["postgresql"]

pytestmark = ON_BOTH
KILLS, POINTS = 6, 6
"""More by hand: `python -m tests.collection.killed 200 12 7`."""


def test_nothing_answered_is_lost_or_doubled_and_nothing_is_half_done(vendor, tmp_path, request) -> None:
    told = killed("tests.collection.killed", KILLS, POINTS, 62, vendor=vendor, home=tmp_path, request=request)
    assert told["vendor"] == vendor
    for kind in ("save", "import", "send"):
        assert told[kind]["wrong"] == []
        assert told[kind]["kills"] == KILLS + POINTS
        assert told[kind]["answered"] > 0, "nothing was answered before the kills"
        assert told[kind]["cut"] >= POINTS, "no save was cut before it was stored"
