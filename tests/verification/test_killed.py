"""SIGKILL while verifying, on SQLite and a real PostgreSQL: no act lost, doubled or half done."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.records.conftest import postgresql

__all__ = ["postgresql"]

ROOT = Path(__file__).resolve().parents[2]
KILLS, POINTS = 2, 3
"""More by hand: `python -m tests.verification.killed 200 12 7`."""


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="runs on both databases by itself")
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_no_act_is_lost_doubled_or_half_done_and_each_is_answered_the_same_again(vendor, tmp_path, request):
    address = request.getfixturevalue("postgresql") if vendor == "postgresql" else ""
    done = subprocess.run(
        [sys.executable, "-m", "tests.verification.killed", str(KILLS), str(POINTS), "62"],
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
    for kind in ("accept", "return", "correct", "close", "random"):
        assert told[kind]["wrong"] == []
    assert sum(told[kind]["cut"] for kind in ("accept", "return", "correct", "close")) >= POINTS * 3
