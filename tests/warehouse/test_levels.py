"""Levels of verification in the facts: any cut, any stop and a rebuild give the same table."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sidara.warehouse.core import FACTS, Mark, Step, facts_of, fold, together
from sidara.warehouse.engines import delta, duckdb, pulling
from tests.warehouse.log import VARIABLES, Log, in_each

COLUMNS = "region_id, period, variable, value, state, level, revision, recorded_from, recorded_to"
acts = st.lists(st.tuples(st.integers(1, 3), st.sampled_from("svfwe")), max_size=25)
"""A submission, and what happens: saved, saved the same, filled by another, withdrawn, or endorsed."""


def lived(story: list[tuple[int, str]]) -> Log:
    """Write what happened into a log, as collection and verification number it."""
    log = Log()
    revisions: dict[int, int] = {}
    level: dict[int, int] = {}
    for number, (region, act) in enumerate(story):
        if act in "svf" and level.get(region, -1) < 0:
            revisions[region] = revisions.get(region, 0) + 1
            value = {"s": f"{number}", "v": "7", "f": None}[act]
            state = "tidak_tahu" if value is None else "nilai"
            log.add(region, value, state=state, level=None, revision=revisions[region])
        elif region in revisions and act in "we":
            last = max(n for n, row in enumerate(log.rows, 1) if row["region_id"] == region)
            level[region] = -1 if act == "w" else level.get(region, -1) + 1
            log.rise(region, level[region], after=last, revision=revisions[region])
    return log


def rows(where: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    reader = duckdb.reader(where)
    assert reader is not None
    return tuple(
        reader.table(f"SELECT {COLUMNS} FROM {name} ORDER BY ALL").rows() for name in ("current", "history")
    )


def pull(where: Path, log: Log, batch: int = 1000):
    return pulling.pull(where, log.source(), progress=pulling.silent, batch=batch)


def replayed(story: list[tuple[int, str]]) -> dict[int, tuple[str | None, int]]:
    """The present value and level of each submission, said in plain Python."""
    held: dict[int, tuple[str | None, int]] = {}
    for number, (region, act) in enumerate(story):
        value, level = held.get(region, (None, -1))
        if act in "svf" and level < 0:
            held[region] = ({"s": f"{number}", "v": "7", "f": None}[act], level)
        elif region in held and act in "we":
            held[region] = (value, -1 if act == "w" else level + 1)
    return held


@given(story=acts, data=st.data())
@example(story=[(1, "v"), (1, "v"), (1, "e")], data=None)
@settings(max_examples=100, deadline=None)
def test_folding_in_pieces_is_folding_at_once(story, data):
    log = lived(story)
    order = together(log.frame(), log.levels(0, 10**6)[1])
    whole = fold(pl.DataFrame(schema=FACTS), facts_of(order, in_each(VARIABLES))[0])
    found = {
        region: (None if value is None else f"{value:.0f}", level)
        for region, value, level in whole.current.select("region_id", "value", "level").iter_rows()
    }
    assert found == replayed(story)
    current, closed = pl.DataFrame(schema=FACTS), [pl.DataFrame(schema=FACTS)]
    at = 0
    while at < order.height:
        size = data.draw(st.integers(1, 6)) if data else 1
        folded = fold(current, facts_of(order.slice(at, size), in_each(VARIABLES))[0])
        current, at = folded.current, at + size
        closed.append(folded.superseded)
    assert current.equals(whole.current)
    key = ["region_id", "recorded_from", "level", "value", "state"]
    assert pl.concat(closed).sort(key).equals(whole.superseded.sort(key))


@settings(max_examples=8, deadline=None)
@given(story=acts, data=st.data())
def test_refreshing_now_and_then_is_refreshing_once_is_rebuilding(tmp_path_factory, story, data):
    log = lived(story)
    where = tmp_path_factory.mktemp("facts")
    pull(where / "once", log)
    for batch in (1, 3):
        pull(where / f"cut{batch}", log, batch)
        assert rows(where / f"cut{batch}") == rows(where / "once")
    steps = where / "steps"
    for cut in sorted(data.draw(st.sets(st.integers(0, len(story)), max_size=3))):
        pull(steps, lived(story[:cut]))
    done = pull(steps, log)
    assert done.after == log.mark()
    assert rows(steps) == rows(where / "once")
    pulling.remake(steps, log.source(), progress=pulling.silent, batch=2)
    assert rows(steps) == rows(where / "once")
    assert pull(steps, log).read == 0


STORY = [(1, "s"), (2, "s"), (1, "e"), (1, "w"), (1, "s"), (2, "e"), (1, "e"), (1, "e"), (2, "w"), (2, "f")]


@pytest.mark.parametrize("batch", [2, 1000])
@pytest.mark.parametrize("step", list(Step))
def test_a_stop_at_any_step_is_healed_by_the_next_refresh(tmp_path, step, batch):
    where, log = tmp_path / "stopped", lived(STORY)
    pull(tmp_path / "truth", log)
    pull(where, lived(STORY[:3]))
    old = rows(where)

    def stop(now: Step, _mark: Mark, _rows: int) -> None:
        if now == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pulling.pull(where, log.source(), progress=stop, batch=batch)
    if step is not Step.CURRENT_WRITTEN:
        assert rows(where) == old
    # Meanwhile more was committed; what was interrupted is finished for exactly its own part.
    log.rise(1, 2, after=3, revision=2)
    pull(where, log)
    pull(tmp_path / "truth", log)
    assert rows(where) == rows(tmp_path / "truth")


def test_levels_ahead_of_the_records_are_refused(tmp_path):
    log = lived(STORY)
    pull(tmp_path, log)
    log.risen = log.risen[:-1]
    assert [one.code for one in pull(tmp_path, log).findings] == ["CURSOR_AHEAD"]
    log.rise(1, 3, after=len(log.rows), revision=3)
    assert [one.code for one in pull(tmp_path, log).findings] == ["CURSOR_AHEAD"]


def test_facts_that_know_no_levels_are_made_again(tmp_path, monkeypatch):
    """A warehouse of a time before levels passed over what villages filled in: the next refresh heals it."""
    log = lived(STORY)
    pull(tmp_path / "truth", log)
    monkeypatch.setattr(delta, "_LEVELS", "other")
    monkeypatch.setattr(delta, "_SEAL", "another")
    pull(tmp_path / "old", lived(STORY[:4]))
    monkeypatch.undo()
    duckdb._readers.clear()
    done = pull(tmp_path / "old", log)
    assert done.read == len(log.rows) + len(log.risen)
    assert rows(tmp_path / "old") == rows(tmp_path / "truth")


def test_a_refresh_ends_although_somebody_saves_all_the_time(tmp_path):
    """It ends with what the log held when it was read; the next one goes on from there."""
    log, asked = Log(), 0
    log.add(1, "1")

    def read(cursor: int, limit: int):
        nonlocal asked
        asked += 1
        assert asked < 20
        found = log.read(cursor, limit)
        log.add(1 + asked, "7")
        return found

    source = replace(log.source(), changes=read)
    pulls = [pulling.pull(tmp_path, source, progress=pulling.silent, batch=1000).read for _ in range(2)]
    assert all(pulls)
    assert sum(pulls) < len(log.rows)
    pull(tmp_path, log)
    assert [(row[0], float(row[3])) for row in sorted(rows(tmp_path)[0])] == [
        (one["region_id"], float(str(one["value"]))) for one in log.rows
    ]
