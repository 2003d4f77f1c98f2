"""SIGKILL before each write of what keeps plans, on SQLite and a real PostgreSQL: nothing is half done."""

from tests.killed_apart import ON_BOTH, killed
from tests.records.conftest import postgresql

__all__ = ["postgresql"]

pytestmark = ON_BOTH


def test_no_activity_goal_table_or_decision_is_half_kept(vendor, tmp_path, request):
    told = killed("tests.programmes.killed", vendor=vendor, home=tmp_path, request=request)
    assert told["vendor"] == vendor
    for kind in ("activity", "goal", "table", "decisions"):
        assert told[kind]["wrong"] == []
        assert min(told[kind]["points"]) >= 3, "it was killed before several writes of making and of changing"
