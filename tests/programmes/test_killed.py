"""SIGKILL before each write of what keeps plans, on SQLite and a real PostgreSQL: nothing is half done."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.records.conftest import postgresql

__all__ = ["postgresql"]

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="runs on both databases by itself")
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_no_activity_goal_table_or_decision_is_half_kept(vendor, tmp_path, request):
    address = request.getfixturevalue("postgresql") if vendor == "postgresql" else ""
    done = subprocess.run(
        [sys.executable, "-m", "tests.programmes.killed"],
        cwd=ROOT,
        env=os.environ | {"SIDARA_HOME": str(tmp_path), "DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4_000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["vendor"] == vendor
    for kind in ("activity", "goal", "table", "decisions"):
        assert told[kind]["wrong"] == []
        assert min(told[kind]["points"]) >= 3, "it was killed before several writes of making and of changing"
