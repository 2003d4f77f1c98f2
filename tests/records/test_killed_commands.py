"""SIGKILL before writes of a command that loads or gives out: all of it is stored, or nothing."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.serving import REGIONS, ROOT, environment, made

pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="reads the file of SQLite")

KILLED = -signal.SIGKILL
CODE = re.compile(r'class="kode">(\w{4}-\w{4}-\w{4})<')
OPEN = "SELECT count(*), count(DISTINCT account_id) FROM accounts_onetimecode WHERE closed_at IS NULL"


@dataclass(frozen=True)
class Told:
    """What `tests.dying` tells of a run."""

    ended: int
    writes: str
    rows: str


def dying(home: Path, points: Iterable[int], *words: str) -> list[Told]:
    """Run a command once for each point, killed there; 0: not killed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.dying", ",".join(map(str, points)), *words],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        check=True,
    )
    return [Told(**json.loads(line)) for line in done.stdout.splitlines()]


def test_a_dictionary_that_is_killed_while_it_is_loaded_is_there_or_not(tmp_path: Path) -> None:
    words = ("dictionary", "load")
    (whole,) = dying(made(tmp_path / "other", REGIONS), [0], *words)
    assert whole.writes.endswith("c")
    points = range(1, len(whole.writes) + 1)
    *killed, after, again = dying(made(tmp_path / "home", REGIONS), (*points, 0, 0), *words)
    assert [one.ended for one in killed] == [KILLED] * len(points)
    assert len({one.rows for one in killed}) == 1
    assert (after.ended, again.ended) == (0, 0)
    assert after.rows == again.rows != killed[0].rows


def test_sheets_of_codes_that_are_killed_are_made_whole_by_the_same_command(tmp_path: Path) -> None:
    folder = tmp_path / "lembar"
    words = ("users", "sheets", "--under", "62.01.02", "--output", str(folder))
    (whole,) = dying(made(tmp_path / "other", REGIONS), [0], *words)
    (sheet,) = folder.iterdir()
    villages = len(CODE.findall(sheet.read_text("utf-8")))
    assert villages > 1
    sheet.unlink()
    commit = whole.writes.index("c") + 1
    before, files = (1, commit // 2, commit), range(commit + 1, len(whole.writes) + 1)
    assert files, "the sheet is written after its codes are stored"
    home = made(tmp_path / "home", REGIONS)
    killed = dying(home, before, *words)
    assert [one.ended for one in killed] == [KILLED] * len(before)
    assert len({one.rows for one in killed}) == 1
    lost = dying(home, files, *words)
    assert [one.ended for one in lost] == [KILLED] * len(files)
    assert [one for one in folder.iterdir() if one.suffix == ".html"] == []
    (after,) = dying(home, [0], *words)
    assert (after.ended, after.rows != killed[0].rows) == (0, True)
    (sheet,) = folder.iterdir()
    codes = CODE.findall(sheet.read_text("utf-8"))
    assert len(set(codes)) == villages
    with closing(sqlite3.connect(home / "records.sqlite3")) as records:
        assert records.execute(OPEN).fetchone() == (villages, villages)


def test_a_run_of_the_alignment_that_is_killed_is_there_or_not(tmp_path: Path) -> None:
    words = ("alignment", "run", "--under", "62", "--year", "2026")
    (whole,) = dying(made(tmp_path / "other", REGIONS), [0], *words)
    commit = whole.writes.rindex("c") + 1
    *killed, after, again = dying(made(tmp_path / "home", REGIONS), (1, commit - 1, commit, 0, 0), *words)
    assert [one.ended for one in killed] == [KILLED] * 3
    assert len({one.rows for one in killed}) == 1
    assert (after.ended, again.ended) == (0, 0)
    assert after.rows == again.rows != killed[0].rows
