"""Roll-ups of lists are facts: what each revision made of them, as plain Python counts the stored rows."""

import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID, uuid4

import polars as pl
import pytest

from sidara.collection import queries as collection
from sidara.collection import services as saving
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.kernel.cell import State
from sidara.regions.core import Level as Areas
from sidara.verification import queries as verification
from sidara.verification import services as acts
from sidara.verification.core import Step, waiting_for
from sidara.warehouse import queries, services
from sidara.warehouse.core import IndicatorQuery, Query
from sidara.warehouse.core.facts import FACTS, LEVELS
from sidara.warehouse.core.rollups import rolled_levels
from sidara.warehouse.engines import delta, pulling
from tests.collection.conftest import register as register_62
from tests.verification.conftest import NOW, VILLAGE
from tests.warehouse.log import Log
from tests.warehouse.test_submissions import folder as facts_folder
from tests.warehouse.test_submissions import table

register, folder = register_62, facts_folder
pytestmark = pytest.mark.django_db
NEIGHBOUR = "62.01.02.2017"
PLANS, POSTS, MEETINGS = (("PEM_TAHUNAN", "2026"), ("PEM_SEMESTER", "2026-S1"), ("PEM_TRIWULAN", "2026-Q1"))
LATER = NOW + timedelta(days=99)
LIST = SubmissionKey("PEM_SEMESTER", VILLAGE, "2026-S1")


def save(where, *given, village=VILLAGE, day=0):
    key = SubmissionKey(where[0], village, where[1])
    held = collection.filled(OPERATOR, key)
    one = saving.Save(key, held.state.revision if held else 0, uuid4(), Source.WEB, list(given))
    done = saving.save_cells(OPERATOR, save=one, now=NOW + timedelta(days=day))
    assert not done.account.rejected, done.account.findings


def row(number, **cells):
    return [Given(code, value, row=str(UUID(int=number))) for code, value in cells.items()]


def rows(where, own, village=VILLAGE):
    """The rows that are there, in plain Python; `None` where the list is not filled."""
    filled = collection.filled(OPERATOR, SubmissionKey(where[0], village, where[1]))
    held: dict[str, dict[str, str | None]] = {}
    cells = filled.state.cells if filled else {}
    for key, one in cells.items():
        if key.row and one.content.state is not State.EMPTY:
            held.setdefault(key.row, {})[key.variable] = one.content.value
    there = [one for one in held.values() if one.get(own) != "dihapus"]
    declared = any(
        not key.row and key.variable == own and one.content.state is State.NONE for key, one in cells.items()
    )
    return there if there or declared else None


def counts(village=VILLAGE):
    """The roll-ups that indicators read, and one by category, in plain Python."""
    told = {}
    plans = rows(PLANS, "usulan", village)
    if plans is not None:
        fates = [one.get("USL_013") for one in plans]
        refused = [one for one in plans if one.get("USL_013") in {"DITUNDA", "DITOLAK"}]
        told |= {
            ("PEM_057", "_T"): len(plans),
            ("PEM_057", "BIDANG_DESA:02"): sum(one.get("USL_002") == "02" for one in plans),
            ("PEM_058", "_T"): sum(fate in {"MASUK_RKP", "DIANGGARKAN", "TERLAKSANA"} for fate in fates),
            ("PEM_059", "_T"): len(refused),
            ("PEM_060", "_T"): sum(one.get("USL_014") is None for one in refused),
        }
    posts = rows(POSTS, "aparatur", village)
    if posts is not None:
        told |= {
            ("PEM_046", "_T"): len(posts),
            ("PEM_012", "_T"): sum(one.get("APR_002") == "TERISI" for one in posts),
        }
    meetings = rows(MEETINGS, "musyawarah", village)
    if meetings is not None:
        own = [one for one in meetings if one.get("MSY_001") in {"MUSDES", "MUSDESUS"}]
        told |= {
            ("PEM_026", "_T"): sum(int(one["MSY_004"]) + int(one["MSY_005"]) for one in own),
            ("PEM_027", "_T"): sum(int(one["MSY_005"]) for one in own),
        }
    return told


def act(dice, day, village=VILLAGE):
    """Do something that changes a list, or a cell beside it."""
    number = dice.randrange(1, 5)
    match dice.choice("pppooommxed"):
        case "p":
            fate = dice.choice(["DICATAT", "MASUK_RKP", "DITOLAK", "TERLAKSANA"])
            why = {"USL_014": "dana"} if fate == "DITOLAK" and dice.random() < 0.5 else {}
            made = row(number, usulan="ada", USL_002=dice.choice(["01", "02"]), USL_013=fate, **why)
            save(PLANS, *made, village=village, day=day)
        case "o":
            made = row(number, aparatur="ada", APR_002=dice.choice(["TERISI", "KOSONG"]))
            save(POSTS, *made, village=village, day=day)
        case "m":
            kind = dice.choice(["MUSDES", "MUSRENBANGDES"])
            men, women = (str(dice.randrange(40)) for _ in range(2))
            made = row(number, musyawarah="ada", MSY_001=kind, MSY_004=men, MSY_005=women)
            save(MEETINGS, *made, village=village, day=day)
        case "x":
            save(PLANS, *row(number, usulan="dihapus"), village=village, day=day)
        case "e" if rows(PLANS, "usulan", village) is None:
            save(PLANS, Given("usulan", state="tidak_ada"), village=village, day=day)
        case _:
            save(PLANS, Given("PEM_007", str(day % 3 + 1)), village=village, day=day)


def asked(cells, *, village=VILLAGE, day=None):
    """The same from the facts, as known at the end of a day."""
    found = {}
    for code, breakdown in cells:
        period = {
            "PEM_04": "2026-S1",
            "PEM_01": "2026-S1",
            "PEM_02": "2026-Q1",
            "PEM_05": "2026",
            "PEM_06": "2026",
        }
        query = Query(
            "collection",
            (code,),
            codes=(village,),
            periods=(period[code[:6]],),
            breakdown=breakdown,
            as_of=day,
        )
        value = queries.ask(OPERATOR, query, clock=lambda: LATER).one(region=village).value
        if value is not None:
            found[code, breakdown] = value
    return found


CELLS = [*((f"PEM_0{n}", "_T") for n in (12, 26, 27, 46, 57, 58, 59, 60)), ("PEM_057", "BIDANG_DESA:02")]


@pytest.mark.parametrize("seed", range(3))
def test_facts_are_what_plain_python_counts_at_every_day_however_the_log_is_cut(register, folder, seed):
    dice = random.Random(seed)
    steps = folder("steps")
    known = []
    for day in range(14):
        act(dice, day)
        known.append(counts())
        services.refresh(OPERATOR, batch=3)
    once = folder("once")
    services.refresh(OPERATOR)
    assert table(steps) == table(once)
    again = folder("again")
    services.rebuild(OPERATOR, batch=4)
    assert table(again) == table(once)
    assert known[-1]
    for day, told in enumerate(known):
        assert asked(CELLS, day=(NOW + timedelta(days=day)).date()) == told, day


def test_a_list_that_is_not_filled_counts_nothing_and_one_that_is_declared_empty_counts_none(
    register, folder
):
    save(PLANS, Given("PEM_007", "1"))
    services.refresh(OPERATOR)
    assert asked([("PEM_057", "_T")]) == {}
    save(PLANS, Given("usulan", state="tidak_ada"))
    services.refresh(OPERATOR)
    assert asked([("PEM_057", "_T")]) == {("PEM_057", "_T"): 0}
    save(PLANS, *row(1, usulan="ada", USL_002="02", USL_013="DICATAT"))
    services.refresh(OPERATOR)
    assert asked(CELLS[4:5]) == {("PEM_057", "_T"): 1}


def test_all_indicators_are_answered_and_those_of_lists_are_ratios_of_sums(register, folder):
    dice = random.Random(7)
    for day in range(25):
        act(dice, day)
        act(dice, day, NEIGHBOUR)
    services.refresh(OPERATOR)
    every = tuple(dictionary.dictionary(OPERATOR).indicators)
    assert len(every) == 17
    query = IndicatorQuery("collection", every, ("2026",), Areas.DISTRICT, codes=("62.01.02",))
    answer = queries.indicators(OPERATOR, query, clock=lambda: LATER)
    assert not [one for one in answer.findings if one.code != "INDICATOR_NOT_ADDITIVE"]
    own = [one for one in (counts(), counts(NEIGHBOUR)) if ("PEM_057", "_T") in one]
    sums = {
        code: sum(one[code, "_T"] for one in own) for code in ("PEM_057", "PEM_058", "PEM_059", "PEM_060")
    }
    (answered,) = (one for one in answer.figures if one.indicator == "USULAN_DIJAWAB")
    ratio = Fraction(sums["PEM_058"] + sums["PEM_059"] - sums["PEM_060"], sums["PEM_057"]) * 100
    assert (answered.exact, answered.reporting) == (ratio, len(own))
    half = replace(query, indicators=("JABATAN_TERISI",), periods=("2026-S1",))
    (posts,) = queries.indicators(OPERATOR, half, clock=lambda: LATER).figures
    held = [one for one in (counts(), counts(NEIGHBOUR)) if ("PEM_046", "_T") in one]
    assert posts.exact == Fraction(
        sum(one["PEM_012", "_T"] for one in held) * 100, sum(one["PEM_046", "_T"] for one in held)
    )


def test_a_roll_up_is_as_far_as_the_lowest_of_its_rows() -> None:
    def level(sequence, event, variable, to, row="a"):
        at = (sequence, event, 9, "collection", "actual", 1, "2026", row, variable, "_T", to, 3, NOW)
        return dict(zip(("sequence", "event", *LEVELS.names()[1:]), at, strict=True))

    schema = {"sequence": LEVELS["sequence"], "event": pl.Int64, **LEVELS}
    before = pl.DataFrame([level(2, 1, "USL_002", 1), level(2, 1, "USL_013", 0)], schema=schema)
    moved = [level(3, 2, "USL_002", 2), level(4, 2, "PEM_007", 2, ""), level(5, 3, "USL_013", 1)]
    known = {name: [("PEM_057", "_T")] for name in ("USL_002", "USL_013")}
    made = rolled_levels(pl.DataFrame(moved, schema=schema), before, known)
    assert made.select("sequence", "row", "variable", "level", "after").rows() == [
        (3, "", "PEM_057", 0, 9),
        (5, "", "PEM_057", 1, 9),
    ]


def lowest():
    """The level of the roll-ups of posts, from what verification says of each cell of the list."""
    cells = collection.filled(OPERATOR, LIST).state.cells
    held = verification.standing(OPERATOR, LIST)
    return min(held.at(key).level for key in cells if key.row or key.variable == "aparatur")


def verify(dice, moment):
    """Do one act of the chain on some cells of the list, or on all."""
    held = verification.standing(OPERATOR, LIST)
    filled = collection.filled(OPERATOR, LIST)
    own = {"key": LIST, "message_id": uuid4(), "now": moment}
    seen = {"revision": filled.state.revision}
    if held.level < 0:
        return acts.send_submission(OPERATOR, **own, **seen)
    chain = verification.chain(OPERATOR, LIST.form, "PEM")
    step = dice.choice(sorted(held.waiting(chain)) or [None])
    if step is Step.VILLAGE:
        return acts.endorse_submission(OPERATOR, **own, content_hash=filled.content_hash)
    if step is None:
        cell = dice.choice(sorted(filled.state.cells))
        return acts.correct_cells(OPERATOR, **own, cells=[cell], reason="Salah hitung dusun.")
    waiting = sorted(waiting_for(held, chain, step, held.every(filled.state.cells)))
    some = dice.sample(waiting, dice.randint(1, len(waiting)))
    if dice.random() < 0.3:
        reasons = dict.fromkeys(some[:2], "Tidak cocok dengan buku desa.")
        due = date(2027, 12, 1)
        return acts.return_cells(OPERATOR, **own, **seen, step=step, reasons=reasons, due_date=due)
    return acts.accept_cells(OPERATOR, **own, **seen, step=step, cells=some)


@pytest.mark.parametrize("seed", range(2))
def test_a_roll_up_is_at_every_moment_as_far_as_the_lowest_cell_that_it_counts(register, folder, seed):
    dice = random.Random(seed)
    steps = folder("steps")
    for number in (1, 2):
        save(POSTS, *row(number, aparatur="ada", APR_001="KADUS", APR_002="KOSONG"))
    known = []
    for day in range(1, 25):
        done = verify(dice, NOW + timedelta(days=day))
        assert done.is_done, done.findings
        known.append(lowest())
        services.refresh(OPERATOR, batch=3)
    assert len(set(known)) > 3
    again = folder("again")
    services.rebuild(OPERATOR)
    assert table(steps) == table(again)
    for day, told in enumerate(known, 1):
        at = (NOW + timedelta(days=day)).date()
        query = Query("collection", ("PEM_046",), codes=(VILLAGE,), periods=("2026-S1",), as_of=at)
        assert queries.ask(OPERATOR, query, clock=lambda: LATER).one(region=VILLAGE).level == told, day


def test_facts_of_another_shape_are_made_again(folder, tmp_path) -> None:
    log = Log()
    log.add(1, "0.5")
    where = folder("shape")
    source = log.source()
    pulling.pull(where, source, progress=pulling.silent, batch=10)
    pair = delta.newest_pair(where)
    empty = pl.DataFrame(schema=FACTS)
    delta.replace_all(where, empty, empty, replace(pair.mark, shape=None))
    pulling.pull(where, source, progress=pulling.silent, batch=10)
    assert delta.open_facts(delta.newest_pair(where), ("2024",)).height == 1
    other = replace(source, shape="lain")
    delta.replace_all(where, empty, empty, delta.newest_pair(where).mark)
    pulling.pull(where, other, progress=pulling.silent, batch=10)
    assert delta.newest_pair(where).mark.shape == "lain"
    assert delta.open_facts(delta.newest_pair(where), ("2024",)).height == 1
