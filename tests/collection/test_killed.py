"""SIGKILL while saving, importing and sending, on SQLite and a real PostgreSQL: nothing lost or half done."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.records.conftest import postgresql

__all__ = ["postgresql"]

ROOT = Path(__file__).resolve().parents[2]
KILLS, POINTS = 6, 6
"""More by hand: `python -m tests.collection.killed 200 12 7`."""


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="runs on both databases by itself")
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_nothing_answered_is_lost_or_doubled_and_nothing_is_half_done(vendor, tmp_path, request) -> None:
    address = request.getfixturevalue("postgresql") if vendor == "postgresql" else ""
    done = subprocess.run(
        [sys.executable, "-m", "tests.collection.killed", str(KILLS), str(POINTS), "62"],
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
    for kind in ("save", "import", "send"):
        assert told[kind]["wrong"] == []
        assert told[kind]["kills"] == KILLS + POINTS
        assert told[kind]["answered"] > 0, "nothing was answered before the kills"
        assert told[kind]["cut"] >= POINTS, "no save was cut before it was stored"
