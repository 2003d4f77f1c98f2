"""What villages fill in becomes facts: random saves and acts, refreshed after each or once, are one table."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from sidara.collection import queries as collection
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.kernel.cell import State
from sidara.verification import queries as verification
from sidara.verification.core import Level
from sidara.warehouse import queries, services
from sidara.warehouse.core import Query
from sidara.warehouse.engines import delta, duckdb
from tests.collection.conftest import register as register_62
from tests.verification.conftest import (
    GOOD,
    NOW,
    VERIFIERS,
    VILLAGE,
    accept,
    endorse,
    give_back,
    save,
    send,
    withdraw,
)

register = register_62
pytestmark = pytest.mark.django_db
OTHER = SubmissionKey("PEM_TAHUNAN", VILLAGE, "2026")
PEOPLE = SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1")
COLUMNS = (
    "dataset, measure, region_id, period, row, variable, breakdown, value, code, state, level, revision, "
    "definition, recorded_from, recorded_to"
)


@pytest.fixture
def folder(settings, tmp_path):
    """Keep facts apart; gives a function that chooses where."""

    def choose(name: str):
        settings.SIDARA_WAREHOUSE = str(tmp_path / name)
        duckdb._readers.clear()
        return tmp_path / name

    choose("facts")
    return choose


def table(where):
    reader = duckdb.reader(where)
    return [
        reader.table(f"SELECT {COLUMNS} FROM {name} ORDER BY ALL").rows() for name in ("current", "history")
    ]


def verify(dice: random.Random) -> None:
    """Accept what waits for somebody above the village, or return a cell of it."""
    chain = verification.chain(OPERATOR, PEOPLE.form, "KEP")
    steps = sorted(verification.standing(OPERATOR, PEOPLE).waiting(chain) & VERIFIERS.keys())
    if steps and dice.random() < 0.6:
        accept(dice.choice(steps))
    elif steps:
        cell = Key("", dice.choice(("KEP_001", "KEP_004", "KEP_006")), "_T")
        give_back(dice.choice(steps), {cell: "Tidak cocok dengan buku desa."})


def act(dice: random.Random) -> None:
    """Do something that a village may do at that moment, or nothing."""
    match dice.choice("ssscxewodaaaaa"):
        case "s":
            women = dice.randrange(35, 45)
            save(("KEP_003", str(women)), ("KEP_002", str(100 - women)), *GOOD[:1], *GOOD[3:])
        case "c":
            save(("KEP_004", "", "tidak tahu"))
        case "x":
            save(("KEP_006", dice.choice(["hapus", "1"])))
        case "o":
            save(("PEM_005", str(dice.randrange(3))), ("PEM_029", dice.choice(["ya", "tidak"])), key=OTHER)
        case "e":
            endorse()
        case "w":
            withdraw()
        case "a":
            verify(dice)
        case _:
            send()


@pytest.mark.parametrize("seed", range(6))
def test_refreshing_after_each_act_is_refreshing_once(register, folder, seed):
    dice = random.Random(seed)
    steps = folder("steps")
    for _ in range(40):
        act(dice)
        services.refresh(OPERATOR, batch=3)
    once = folder("once")
    services.refresh(OPERATOR)
    assert table(steps) == table(once)
    again = folder("again")
    services.rebuild(OPERATOR, batch=4)
    assert table(again) == table(once)
    held = {
        (key.period, one.variable): (content.content.state, standing.at(one).level)
        for key in (PEOPLE, OTHER)
        if (filled := collection.filled(OPERATOR, key)) is not None
        for standing in [verification.standing(OPERATOR, key)]
        for one, content in filled.state.cells.items()
    }
    facts = {(row[3], row[5]): (State(row[9]), row[10]) for row in table(once)[0]}
    assert facts == held
    assert held


def test_a_cell_that_was_cleared_is_sent_with_the_others(register, folder):
    save(*GOOD, ("KEP_006", "1"))
    send()
    withdraw()
    save(("KEP_006", "hapus"))
    assert send().is_done
    services.refresh(OPERATOR)
    assert {row[10] for row in table(delta.folder())[0]} == {Level.SENT}


def test_as_of_tells_what_was_known_and_how_far_it_was(register, folder):
    save(*GOOD)
    services.refresh(OPERATOR)
    send(now=NOW + timedelta(days=2))
    services.refresh(OPERATOR)
    query = Query("collection", ("KEP_001",), codes=(VILLAGE,), periods=("2026-S1",))

    def told(day):
        answer = queries.ask(OPERATOR, replace(query, as_of=day), clock=lambda: NOW + timedelta(days=20))
        return answer.one(region=VILLAGE)

    first, last = (NOW + timedelta(days=days) for days in (1, 3))
    assert (told(first.date()).value, told(first.date()).level) == (100, Level.DRAFT)
    assert (told(last.date()).value, told(last.date()).level) == (100, Level.SENT)
    assert told((NOW - timedelta(days=1)).date()).value is None
    refused = queries.ask(PUBLIC, query)
    assert [one.code for one in refused.findings] == ["DATASET_UNKNOWN"]


def test_least_level_leaves_drafts_out(register, folder):
    save(*GOOD)
    send()
    save(("PEM_005", "3"), key=OTHER)
    services.refresh(OPERATOR)
    drafts = queries.ask(OPERATOR, Query("collection", ("PEM_005",), codes=(VILLAGE,), periods=("2026",)))
    assert drafts.one(region=VILLAGE).value == 3
    sent = Query("collection", ("PEM_005",), codes=(VILLAGE,), periods=("2026",), least_level=Level.SENT)
    assert queries.ask(OPERATOR, sent).one(region=VILLAGE).value is None


def test_truths_are_numbers_and_rows_and_texts_stay_out(register, folder):
    save(("PEM_029", "ya"), ("PEM_005", "3"), key=OTHER)
    services.refresh(OPERATOR)
    facts = {row[5]: row[7] for row in table(delta.folder())[0]}
    assert facts == {"PEM_029": 1, "PEM_005": 3}
