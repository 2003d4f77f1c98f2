"""The chain by itself: no path to final but through each level, whoever does what in whatever order."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.collection.core.submission import Key
from sidara.kernel import content
from sidara.verification.core import (
    WHOLE,
    Act,
    Event,
    Level,
    Link,
    Moved,
    Position,
    Standing,
    Step,
    accepted,
    after,
    chains_of,
    gathered,
    returnable,
    returned,
    staying,
    waiting_for,
)

CHAINS = chains_of(content.load("sidara.verification", "chains"))
KEYS = [Key("", f"KEP_00{number}", "_T") for number in range(1, 5)]
ABOVE = [step for step in Step if step is not Step.VILLAGE]
SOME = st.sets(st.sampled_from(KEYS), min_size=1)
ACTS = st.one_of(
    st.tuples(st.sampled_from(["send", "endorse", "correct"]), SOME),
    st.tuples(st.just("accept"), st.one_of(st.just(set(KEYS)), SOME), st.sampled_from(ABOVE)),
    st.tuples(st.just("return"), SOME, st.sampled_from(ABOVE)),
)
NEEDED = {Step.VILLAGE, Step.DISTRICT, Step.COMMUNITY, Step.SECTOR, Step.PROVINCE}


def event(held: Standing, act: Act, step: Step | None, *, is_whole: bool) -> Event:
    number = len(held.events) + 1
    at = datetime(2026, 7, 1, tzinfo=UTC) + timedelta(hours=number)
    link = Link("uid", number, act, 1, "hash", "actor", at, str(number), "", is_late=False, step=step)
    return Event(link, "Contoh", "Petugas", date(2026, 8, 1), f"chain {number}", is_whole)


def moved(held: Standing, chain, one) -> tuple[Act, Step | None, list[Moved]]:
    """What an act does, where it may be done: the cells are narrowed to those that it may touch."""
    name, keys, *rest = one
    step = rest[0] if rest else None
    match name:
        case "send":
            return Act.SEND, None, [Moved(key, Level.SENT) for key in held.drafted(KEYS)]
        case "endorse":
            cells = waiting_for(held, chain, Step.VILLAGE, KEYS)
            return Act.ENDORSE, None, [Moved(key, Level.ENDORSED) for key in sorted(cells)]
        case "accept":
            return Act.ACCEPT, step, accepted(held, chain, step, waiting_for(held, chain, step, keys))
        case "return":
            reasons = {key: "Tidak cocok." for key in keys if returnable(held, chain, step, key)}
            return Act.RETURN, step, returned(reasons, ())
    final = [key for key in keys if held.at(key).level is Level.PROVINCE]
    return Act.CORRECT, None, [Moved(key, Level.DRAFT) for key in final]


@pytest.mark.parametrize("chain", CHAINS.chains, ids=lambda one: one.code)
@settings(max_examples=150, deadline=None)
@given(acts=st.lists(ACTS, min_size=8, max_size=40))
def test_no_cell_becomes_final_without_each_level(chain, acts):
    held, stood = Standing(), defaultdict(set)
    steps = [step for stage in chain.stages for step in stage.steps]
    for one in acts:
        act, step, rows = moved(held, chain, one)
        if not rows:
            continue
        told = gathered(rows, held, act, KEYS)
        is_whole = [row.key for row in told] == [WHOLE]
        made = after(held, event(held, act, step, is_whole=is_whole), told)
        for row in rows:
            if act in {Act.SEND, Act.RETURN, Act.CORRECT}:
                stood[row.key] = set()
            else:
                stood[row.key].add(step or Step.VILLAGE)
        for key in KEYS:
            is_final = made.at(key).level is Level.PROVINCE
            assert is_final == (stood[key] == set(steps)), (one, key)
            assert not stood[key] & chain.waiting(made.at(key)), "nobody is asked twice"
            if key not in {row.key for row in rows}:
                assert made.at(key) == held.at(key), "what is not touched stays where it is"
        assert made.level == min(made.at(key).level for key in KEYS)
        assert made.waiting(chain) == {step for key in KEYS for step in chain.waiting(made.at(key))}
        held = made


LIST, COLUMN = "musyawarah", "MSY_005"
SHEET = Key("", LIST, "_T")


def row(number: int) -> set[Key]:
    return {Key(f"r{number}", code, "_T") for code in (LIST, COLUMN)}


@settings(max_examples=150, deadline=None)
@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from(["send", "endorse", "accept", "accept", "accept", "return", "correct", "add"]),
            st.integers(0, 11),
            st.sampled_from(ABOVE),
        ),
        min_size=10,
        max_size=40,
    )
)
def test_rows_are_added_only_to_a_list_that_is_open_and_pass_every_step(acts):
    """`keys` are the cells that are there; the list's own cell is known as soon as it is opened."""
    chain, held = CHAINS.chains[0], Standing()
    keys, stood, number = {KEYS[0], *row(0)}, defaultdict(set), 1
    steps = {step for stage in chain.stages for step in stage.steps}
    for name, at, step in acts:
        every = held.every(keys)
        pick = sorted(every)[at % len(every)]
        if name == "add":
            if held.events and held.at(SHEET).level is Level.DRAFT and SHEET in held.cells:
                keys |= row(number)
                assert {held.at(key).level for key in row(number)} == {Level.DRAFT}
                number += 1
            continue
        if name in {"return", "correct"}:
            held = held.knowing({SHEET: {key for key in keys if key.row}})
            pick = SHEET if at % 4 == 0 else pick
            act = Act.RETURN if name == "return" else Act.CORRECT
            may = held.events and (
                returnable(held, chain, step, pick)
                if act is Act.RETURN
                else held.at(pick).level is Level.PROVINCE
            )
            if not may:
                continue
            with_ = {SHEET, Key(pick.row, LIST, "_T")} if pick.row else set()
            with_ |= {key for key in keys if key.variable == LIST} if pick == SHEET else set()
            loose = [one for one in with_ if act is Act.CORRECT or held.at(one).level is not Level.PROVINCE]
            rows = returned({pick: "Tidak cocok."}, loose)
            opens = any(one.key == SHEET for one in rows)
            told = [*rows, *(staying(rows, held, held.every(keys)) if opens else [])]
            by = step if act is Act.RETURN else None
        else:
            act, by, rows = _upward(name, held, chain, step, every)
            told = rows
        if not rows:
            continue
        told = gathered(told, held, act, held.every(keys))
        is_whole = [one.key for one in told] == [WHOLE]
        made = after(held, event(held, act, by, is_whole=is_whole), told)
        moved_ = {one.key for one in rows}
        for one in rows:
            stood[one.key] = (
                stood[one.key] | {by or Step.VILLAGE} if act in {Act.ENDORSE, Act.ACCEPT} else set()
            )
        for key in keys:
            assert (made.at(key).level is Level.PROVINCE) == (stood[key] == steps), (name, key)
            if key not in moved_:
                assert made.at(key) == held.at(key), "what is not touched stays where it is"
        held = made


def _upward(name, held, chain, step, every):
    match name:
        case "send":
            return Act.SEND, None, [Moved(key, Level.SENT) for key in sorted(held.drafted(every))]
        case "endorse":
            cells = waiting_for(held, chain, Step.VILLAGE, every)
            return Act.ENDORSE, None, [Moved(key, Level.ENDORSED) for key in sorted(cells)]
    return Act.ACCEPT, step, accepted(held, chain, step, waiting_for(held, chain, step, every))


def test_nobody_stands_for_a_draft_or_for_what_is_final():
    chain = CHAINS.of("KEP_SEMESTER", "KEP")
    for position in (Position(), Position(Level.PROVINCE)):
        assert chain.waiting(position) == frozenset()
        with pytest.raises(ValueError, match="village at"):
            chain.accepted(position, Step.VILLAGE)


@pytest.mark.parametrize(
    "stages",
    [
        [],
        [("endorsed", ["village"])],
        [("endorsed", ["village"]), ("province", ["village"])],
        [("province", ["province"]), ("endorsed", ["village"])],
        [("district", ["district"]), ("province", ["province"])],
        [("endorsed", ["village"]), ("regency", []), ("province", ["province"])],
    ],
)
def test_a_chain_that_is_none_is_refused(stages):
    told = [{"level": level, "steps": steps} for level, steps in stages]
    with pytest.raises(ValueError, match="chain x"):
        chains_of({"chains": [{"code": "x", "stages": told}]})


def test_chains_of_single_forms_and_sectors_come_before_the_first():
    assert CHAINS.of("KEU_TRIWULAN", "KEU").code == "pmd"
    assert CHAINS.of("KES_TAHUNAN", "KES").code == "bawaan"
    assert {step for stage in CHAINS.chains[0].stages for step in stage.steps} == NEEDED
