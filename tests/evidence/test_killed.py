"""A kill at every write of keeping a piece: the piece is there with its file and its act, or nothing is."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_kill_at_every_write_leaves_all_or_nothing(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "tests.evidence.killed"],
        cwd=ROOT,
        env=os.environ | {"SIDARA_HOME": str(tmp_path), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(rows) >= 9  # two files flushed, named, their folder flushed; two rows; the commit
    for at, found in enumerate(rows, 1):
        assert found["killed"], at
        assert (found["findings"], found["strays"]) == ([], []), (at, found)
        assert found["pieces"] == found["opened"] == found["acts"], (at, found)
        # Each round kept one more by its look, the first one by the counting process, none by a killed one.
        assert found["pieces"] == at, (at, found)
