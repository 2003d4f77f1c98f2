"""Plans made up for example villages: the same for a seed, real codes, faults where they were planted."""

from collections import Counter
from dataclasses import replace

import pytest

from sidara.demo.core.plans import draw
from sidara.demo.core.plans.serving import serve
from sidara.demo.services.planning import INDEX, plan_setting
from sidara.indices import queries as indices
from sidara.kernel.actor import PUBLIC
from sidara.programmes import queries as programmes
from sidara.programmes.core import Government

YEAR = 2027
VILLAGES = [f"62.07.{1 + number // 10:02d}.9{number + 1:03d}" for number in range(40)]
WEAK = {code: {"air", "sinyal"} if number % 3 else {"jalan"} for number, code in enumerate(VILLAGES)}


@pytest.fixture(scope="module")
def catalogue():
    return programmes.catalogue(PUBLIC)


def drawn(catalogue, villages=VILLAGES, **changes):
    setting = replace(plan_setting(), **changes)
    return draw(setting, catalogue=catalogue, villages=villages, weak=WEAK, year=YEAR)


def test_the_same_seed_gives_the_same_plans_and_another_one_others(catalogue):
    assert drawn(catalogue) == drawn(catalogue)
    assert drawn(catalogue).tables != drawn(catalogue, seed=63).tables


def test_every_code_holds_in_the_year_of_plan(catalogue):
    government = {
        "provinsi": Government.PROVINCE,
        "kabupaten": Government.REGENCY,
        "desa": Government.VILLAGE,
    }
    made = drawn(catalogue)
    rows = [(one.level.value, row["code"]) for one in made.tables for row in one.rows if row.get("code")]
    assert len(rows) > 200
    assert not [
        (level, code) for level, code in rows if catalogue.entry(government[level], code, YEAR) is None
    ]


def test_a_village_is_served_with_a_kind_by_one_level_only():
    served = serve(plan_setting(), villages=VILLAGES, weak=WEAK, year=YEAR)
    twice = Counter((one.kind, code) for one in served for code in one.money)
    assert len(twice) > 100
    assert set(twice.values()) == {1}


def test_who_lacks_something_is_served_more_often():
    every = serve(plan_setting(), villages=VILLAGES, weak=dict.fromkeys(VILLAGES, ("air",)), year=YEAR)
    none = serve(plan_setting(), villages=VILLAGES, weak={}, year=YEAR)

    def of_water(servings):
        return sum(len(one.money) for one in servings if one.theme.key == "air")

    assert of_water(every) > of_water(none)


def test_so_many_faults_are_planted_as_the_content_says(catalogue):
    wanted = plan_setting().planted
    made = Counter((one.check, one.is_near) for one in drawn(catalogue).planted)
    assert made["SIN_S10", False] == wanted["overlaps"]
    assert made["SIN_S10", True] == wanted["overlaps_near"]
    assert made["SIN_S12", False] == wanted["village_line_not_in_rpjmdes"]
    assert made["SIN_S13", False] == wanted["budget_not_in_rkp"] + wanted["budget_above"]
    assert made["SIN_S07", False] == wanted["ceiling_above"]
    assert made["SIN_S01", False] == wanted["programme_not_in_rpjmd"]
    assert made["SIN_S11", False] == wanted["undecided"]


def test_the_need_of_a_theme_is_an_item_of_the_index():
    items = {one.code for one in indices.definition(PUBLIC, INDEX).versions[-1].items}
    assert {one.item for one in plan_setting().themes} - {""} <= items


def test_faults_are_planted_in_each_kabupaten(catalogue):
    beside = [code.replace("62.07", "62.08") for code in VILLAGES]
    one, both = (
        Counter((each.check, each.is_near) for each in made.planted)
        for made in (drawn(catalogue), drawn(catalogue, [*VILLAGES, *beside]))
    )
    for check in ("SIN_S07", "SIN_S10", "SIN_S12", "SIN_S13"):
        assert both[check, False] == 2 * one[check, False] > 0


def test_goals_of_a_village_follow_the_kabupatens_and_these_the_provinces(catalogue):
    made = drawn(catalogue)
    goals = {goal.key: goal for plan in made.plans for goal in plan.goals}
    of_villages = [goal for plan in made.plans if plan.key.startswith("RPJM Desa") for goal in plan.goals]
    assert len(of_villages) > len(VILLAGES)
    for one in of_villages:
        regency = goals[one.upper]
        assert goals[regency.upper].key.startswith("62:")
    rows = [row for table in made.tables if table.table == "rkpdes" for row in table.rows]
    assert {row["code"] for row in rows if not row["goal"]} <= {"1.1.08", "4.7.02"}


def test_who_asks_is_answered_but_for_those_that_are_planted(catalogue):
    made = drawn(catalogue)
    asked = {
        (table.area, row["name"]) for table in made.tables if table.table == "du_rkp" for row in table.rows
    }
    answered = {(one.village, one.text) for one in made.answers}
    assert len(asked - answered) == plan_setting().planted["undecided"]
    assert all(one.is_accepted or one.reason for one in made.answers)
    assert {one.is_accepted for one in made.answers} == {True, False}
