"""The two tables and their one cursor: twice is nothing, cuts do not matter, kills are invisible."""

import os
import random
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest

from sidara.collection.core import Changes
from sidara.warehouse.core import Mark, Refreshed, Step
from sidara.warehouse.engines import delta, duckdb, pulling
from tests.warehouse.log import VARIABLES, Log, in_each

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = os.environ | {"DJANGO_SETTINGS_MODULE": "sidara.web.settings", "PYTHONPATH": str(ROOT)}


def random_log(seed: int, changes: int = 60) -> Log:
    dice = random.Random(seed)
    log = Log()
    for _ in range(changes):
        variable = dice.choice(["IDM.IDM", "IDM.STATUS", "CATATAN"])
        value = f"0.{dice.randrange(4)}" if variable == "IDM.IDM" else dice.choice(["MAJU", "MANDIRI"])
        log.add(dice.randrange(1, 9), value, variable=variable, period=dice.choice(["2022", "2023", "2024"]))
    return log


def silent(step: Step, mark: Mark, rows: int) -> None:
    pass


def pull(where: Path, log: Log, batch: int = 1000) -> Refreshed:
    return pulling.pull(where, log.source(), progress=silent, batch=batch)


def rows(where: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    reader = duckdb.reader(where)
    assert reader is not None
    columns = "region_id, period, variable, value, code, state, recorded_from, recorded_to"

    def table(name: str) -> list[tuple[object, ...]]:
        return reader.table(f"SELECT {columns} FROM {name} ORDER BY ALL").rows()

    return table("current"), table("history")


def versions(where: Path) -> tuple[int, int]:
    pair = delta.newest_pair(where)
    assert pair is not None
    return pair.current.version(), pair.history.version()


@pytest.mark.parametrize("seed", range(3))
def test_any_batch_size_gives_the_same_facts(tmp_path: Path, seed: int) -> None:
    log = random_log(seed)
    pull(tmp_path / "whole", log)
    for batch in (4, 17, 59):
        done = pull(tmp_path / f"cut{batch}", log, batch)
        assert (done.read, done.after) == (60, log.mark())
        assert rows(tmp_path / f"cut{batch}") == rows(tmp_path / "whole")


def test_twice_is_nothing_new(tmp_path: Path) -> None:
    log = random_log(1)
    first = pull(tmp_path, log)
    assert first.opened - first.closed == len(rows(tmp_path)[0])
    assert first.left_out > 0
    before = versions(tmp_path)
    second = pull(tmp_path, log)
    assert (second.read, second.opened, second.closed, second.findings) == (0, 0, 0, ())
    assert second.before == second.after == log.mark()
    assert versions(tmp_path) == before


def test_a_variable_that_appears_while_reading_is_known(tmp_path: Path) -> None:
    """An import may commit a new data set between any two reads: the variables are read last."""
    log, known = random_log(1), {}

    def read(cursor: int, limit: int) -> Changes:
        changes = log.read(cursor, limit)
        known.update(in_each(VARIABLES))
        return changes

    done = pulling.pull(tmp_path, pulling.Source(read, lambda: known), progress=silent, batch=1000)
    assert done.findings == ()
    assert done.opened > 0


def test_a_change_replaces_one_row_and_leaves_other_periods(tmp_path: Path) -> None:
    log = Log()
    log.add(1, "0.5", period="2023")
    log.add(1, "0.6", period="2024")
    pull(tmp_path, log)
    kept = set((tmp_path / "current" / "period=2023").iterdir())
    log.add(1, "0.7", period="2024")
    done = pull(tmp_path, log)
    assert (done.read, done.opened, done.closed) == (1, 1, 1)
    current, history = rows(tmp_path)
    assert [(row[1], str(row[3])) for row in current] == [("2023", "0.5000"), ("2024", "0.7000")]
    assert [(row[1], str(row[3])) for row in history] == [("2024", "0.6000")]
    assert history[0][7] == current[1][6]
    assert set((tmp_path / "current" / "period=2023").iterdir()) == kept


def test_texts_alone_move_the_cursor_and_no_fact(tmp_path: Path) -> None:
    log = random_log(2)
    pull(tmp_path, log)
    before = rows(tmp_path)
    log.add(1, "catatan", variable="CATATAN")
    done = pull(tmp_path, log)
    assert (done.read, done.opened, done.left_out) == (1, 0, 1)
    assert done.after == log.mark()
    assert rows(tmp_path) == before


@pytest.mark.parametrize("batch", [11, 1000])
@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("nth", [1, 2])
def test_a_stop_at_any_step_is_invisible_and_heals(tmp_path: Path, step: Step, nth: int, batch: int) -> None:
    log = random_log(5)
    pull(tmp_path / "truth", log)
    where = tmp_path / "stopped"
    full, log.rows = log.rows, log.rows[:20]
    pull(where, log)
    old = rows(where)
    log.rows = full
    met = []

    def stop(now: Step, mark: Mark, count: int) -> None:
        met.append(now)
        if met.count(step) == nth:
            raise KeyboardInterrupt

    try:
        pulling.pull(where, log.source(), progress=stop, batch=batch)
    except KeyboardInterrupt:
        committed = met.count(Step.CURRENT_WRITTEN)
        assert (rows(where) == old) == (committed == 0)
    done = pull(where, log)
    assert done.is_recovery == (step is Step.HISTORY_WRITTEN and met.count(step) == nth)
    assert done.after == log.mark()
    assert rows(where) == rows(tmp_path / "truth")


KILLED = """
import os, signal, sys
import django
django.setup()
from pathlib import Path
from sidara.warehouse.core import Step
from sidara.warehouse.engines import pulling
from tests.warehouse.log import VARIABLES, in_each
from tests.warehouse.test_store import random_log

def kill(step, mark, rows):
    if step == Step(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

pulling.pull(Path(sys.argv[1]), random_log(9).source(), progress=kill, batch=25)
"""


@pytest.mark.parametrize("step", list(Step))
def test_a_killed_process_leaves_the_old_facts_and_no_lock(tmp_path: Path, step: Step) -> None:
    log = random_log(9)
    pull(tmp_path / "truth", log)
    where = tmp_path / "killed"
    full, log.rows = log.rows, log.rows[:10]
    pull(where, log)
    old = rows(where)
    log.rows = full
    done = subprocess.run(
        [sys.executable, "-c", KILLED, where, step],
        cwd=ROOT,
        env=ENVIRONMENT,
        check=False,
        capture_output=True,
    )
    assert done.returncode == -9, done.stderr
    if step is not Step.CURRENT_WRITTEN:
        assert rows(where) == old
    assert pull(where, log).after == log.mark()
    assert rows(where) == rows(tmp_path / "truth")


def test_other_records_are_refused_until_rebuilt(tmp_path: Path) -> None:
    pull(tmp_path, random_log(3))
    old = rows(tmp_path)
    other = random_log(4)
    other.epoch = "epoch-2"
    done = pull(tmp_path, other)
    assert [finding.code for finding in done.findings] == ["FACTS_OF_OTHER_RECORDS"]
    assert rows(tmp_path) == old
    rebuilt = pulling.remake(tmp_path, other.source(), progress=silent, batch=13)
    assert rebuilt.after == other.mark()
    pull(tmp_path / "truth", other)
    assert rows(tmp_path) == rows(tmp_path / "truth")
    assert pull(tmp_path, other).read == 0


def test_facts_ahead_of_the_records_are_refused(tmp_path: Path) -> None:
    log = random_log(3)
    pull(tmp_path, log)
    old = rows(tmp_path)
    log.rows = log.rows[:40]
    done = pull(tmp_path, log)
    assert [finding.code for finding in done.findings] == ["CURSOR_AHEAD"]
    assert rows(tmp_path) == old
    assert_remade(tmp_path, log)


def assert_remade(where: Path, log: Log) -> None:
    """A rebuild gives what the log says."""
    pulling.remake(where, log.source(), progress=silent, batch=1000)
    pull(where / "truth", log)
    assert rows(where) == rows(where / "truth")


@pytest.mark.parametrize("changes", [41, 60, 75])
def test_records_that_lived_on_after_a_restored_backup_are_refused_until_rebuilt(
    tmp_path: Path, changes: int
) -> None:
    """Behind, at and beyond the cursor: what follows 40 is not what the facts know."""
    log = random_log(3)
    pull(tmp_path, log)
    old = rows(tmp_path)
    log.rows = log.rows[:40]
    while len(log.rows) < changes:
        log.add(1, f"0.{len(log.rows)}", period="2025")
        done = pull(tmp_path, log)
        assert [finding.code for finding in done.findings] == ["CURSOR_AHEAD"]
        assert rows(tmp_path) == old
    assert_remade(tmp_path, log)
    assert pull(tmp_path, log).findings == ()


def test_an_interrupted_refresh_of_a_lost_past_is_not_finished(tmp_path: Path) -> None:
    log = random_log(5)
    full, log.rows = log.rows, log.rows[:20]
    pull(tmp_path, log)
    old, log.rows = rows(tmp_path), full

    def stop(now: Step, mark: Mark, count: int) -> None:
        if now is Step.HISTORY_WRITTEN:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pulling.pull(tmp_path, log.source(), progress=stop, batch=1000)
    log.rows = log.rows[:30]
    while len(log.rows) < 70:
        log.add(1, f"0.{len(log.rows)}", period="2025")
    assert [finding.code for finding in pull(tmp_path, log).findings] == ["CURSOR_AHEAD"]
    assert rows(tmp_path) == old


def test_facts_of_a_time_without_seals_are_read_and_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They cannot tell whether the records were restored meanwhile: the next refresh makes them anew."""
    log, other = random_log(3), random_log(3)
    other.rows = other.rows[:40]
    monkeypatch.setattr(delta, "_SEAL", "other")
    pull(tmp_path, log)
    monkeypatch.undo()
    duckdb._readers.clear()
    old = rows(tmp_path)
    assert [finding.code for finding in pull(tmp_path, other).findings] == ["CURSOR_AHEAD"]
    assert rows(tmp_path) == old
    while len(other.rows) < 70:
        other.add(1, f"0.{len(other.rows)}", period="2025")
    assert pull(tmp_path, other).read == 70
    pull(tmp_path / "truth", other)
    assert rows(tmp_path) == rows(tmp_path / "truth")


def test_a_rebuild_that_stops_between_its_commits_leaves_the_old_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = random_log(3)
    pull(tmp_path, log)
    old = rows(tmp_path)
    other = random_log(4)
    other.epoch = "epoch-2"
    real, written = delta.write_deltalake, []

    def stop_before_current(path: str, *args: object, **how: object) -> None:
        if path.endswith("current"):
            raise KeyboardInterrupt
        written.append(path)
        real(path, *args, **how)

    monkeypatch.setattr(delta, "write_deltalake", stop_before_current)
    with pytest.raises(KeyboardInterrupt):
        pulling.remake(tmp_path, other.source(), progress=silent, batch=1000)
    monkeypatch.undo()
    assert len(written) == 1
    duckdb._readers.clear()
    assert rows(tmp_path) == old
    assert [finding.code for finding in pull(tmp_path, other).findings] == ["FACTS_OF_OTHER_RECORDS"]
    pulling.remake(tmp_path, other.source(), progress=silent, batch=1000)
    assert pull(tmp_path, other).read == 0


def test_a_reader_keeps_its_pair_while_others_write(tmp_path: Path) -> None:
    """Readers in threads see whole states only: as many facts as one of the cursors had."""
    log = Log()
    for region in range(1, 11):
        log.add(region, "0.1")
    pull(tmp_path, log)
    faults: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            reader = duckdb.reader(tmp_path)
            values = reader.table("SELECT count(*), count(DISTINCT value) FROM current").row(0)
            moments = reader.table("SELECT count(*) FROM history").row(0)
            if values != (10, 1) or moments[0] % 10:
                faults.append((values, moments))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(2, 8):
        for region in range(1, 11):
            log.add(region, f"0.{turn}")
        pull(tmp_path, log)
    done.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(rows(tmp_path)[1]) == 60


def test_many_small_files_of_the_history_are_written_together(tmp_path: Path) -> None:
    log = Log()
    for turn in range(delta.MAX_FILES + 3):
        log.add(1, f"0.{turn:02d}")
        pull(tmp_path, log)
    pair = delta.newest_pair(tmp_path)
    assert pair is not None
    assert len(pair.history.file_uris()) < 5
    pull(tmp_path / "truth", log)
    assert rows(tmp_path) == rows(tmp_path / "truth")
    assert pull(tmp_path, log).read == 0


def test_a_folder_made_anew_is_noticed(tmp_path: Path) -> None:
    """Same number of commits, other facts: the cached reader must not be taken for the new folder."""
    where = tmp_path / "facts"
    pull(where, random_log(1))
    old = rows(where)
    where.rename(tmp_path / "gone")
    pull(where, random_log(2))
    assert versions(where) == versions(tmp_path / "gone")
    assert rows(where) != old


def test_files_lie_in_the_order_of_variable_and_region(tmp_path: Path) -> None:
    pull(tmp_path, random_log(7))
    pair = delta.newest_pair(tmp_path)
    assert pair is not None
    facts = delta.open_facts(pair, ("2024",))
    order = facts.select("variable", "region_id")
    assert order.equals(order.sort("variable", "region_id"))
    assert facts["recorded_from"].dtype.time_zone == "UTC"
    assert isinstance(facts["recorded_from"][0], datetime)


def test_a_rebuild_mends_a_log_that_cannot_be_read(tmp_path: Path) -> None:
    log = random_log(5)
    pull(tmp_path, log)
    before = rows(tmp_path)
    newest = max((tmp_path / "current" / "_delta_log").glob("*.json"))
    newest.write_text("{rusak")
    pulling.remake(tmp_path, log.source(), progress=silent, batch=1000)
    assert rows(tmp_path) == before
