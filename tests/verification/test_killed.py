"""SIGKILL while verifying, on SQLite and a real PostgreSQL: no act lost, doubled or half done."""

from tests.killed_apart import ON_BOTH, killed
from tests.records.conftest import postgresql

__all__ = ["postgresql"]

pytestmark = ON_BOTH
KILLS, POINTS = 2, 3
"""More by hand: `python -m tests.verification.killed 200 12 7`."""


def test_no_act_is_lost_doubled_or_half_done_and_each_is_answered_the_same_again(vendor, tmp_path, request):
    told = killed(
        "tests.verification.killed", KILLS, POINTS, 62, vendor=vendor, home=tmp_path, request=request
    )
    assert told["vendor"] == vendor
    for kind in ("accept", "return", "correct", "close", "random"):
        assert told[kind]["wrong"] == []
    assert sum(told[kind]["cut"] for kind in ("accept", "return", "correct", "close")) >= POINTS * 3
