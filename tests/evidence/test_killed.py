"""A kill at every write of keeping a piece: the piece is there with its file and its act, or nothing is."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(module, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=os.environ | {"SIDARA_HOME": str(tmp_path), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_a_kill_at_every_write_leaves_all_or_nothing(tmp_path):
    rows = run("tests.evidence.killed", tmp_path)
    assert len(rows) >= 9  # two files flushed, named, their folder flushed; two rows; the commit
    for at, found in enumerate(rows, 1):
        assert found["killed"], at
        assert (found["findings"], found["strays"]) == ([], []), (at, found)
        assert found["pieces"] == found["opened"] == found["acts"], (at, found)
        # Each round kept one more by its look, the first one by the counting process, none by a killed one.
        assert found["pieces"] == at, (at, found)


def test_a_kill_at_every_write_of_a_file_in_parts_loses_no_part_that_was_taken(tmp_path):
    rows = run("tests.evidence.killed_upload", tmp_path)
    assert len(rows) >= 16  # begun: a row, the commit; two parts: flushed, named, their folder; kept as above
    for at, found in enumerate(rows, 1):
        assert found["killed"], at
        assert (found["findings"], found["left"], found["is_both"]) == ([], 0, False), (at, found)
        # The first one was kept by the counting process, every other one by the device that went on.
        assert found["pieces"] == found["acts"] == at + 1, (at, found)
    assert [row["sent"] for row in rows] == sorted((row["sent"] for row in rows), reverse=True)
    assert {row["sent"] for row in rows} == {2, 1, 0}


def test_a_kill_at_every_write_of_a_redaction_leaves_the_piece_or_takes_it_out(tmp_path):
    rows = run("tests.evidence.killed_redaction", tmp_path)
    assert len(rows) >= 12  # the mark, words, act and names of two files; the commit; both files, their names
    for at, found in enumerate(rows, 1):
        assert found["killed"], at
        assert found["is_opened"] is not found["is_redacted"], (at, found)
        assert set(found["before"]) <= ({"EVIDENCE_FILE_LEFT"} if found["is_redacted"] else set()), (
            at,
            found,
        )
        assert (found["findings"], found["lying"], found["left"]) == ([], [], 0), (at, found)
    assert {row["is_redacted"] for row in rows} == {True, False}
