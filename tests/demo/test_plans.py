"""Plans made up for example villages: the same for a seed, real codes, faults where they were planted."""

from collections import Counter
from dataclasses import replace

import pytest

from sidara.demo.core.plans import draw
from sidara.demo.core.plans.serving import serve
from sidara.demo.services.planning import plan_setting
from sidara.kernel.actor import PUBLIC
from sidara.programmes import queries as programmes
from sidara.programmes.core import Government

YEAR = 2027
VILLAGES = [f"62.07.{1 + number // 10:02d}.9{number + 1:03d}" for number in range(40)]
WEAK = {code: {"air", "sinyal"} if number % 3 else {"jalan"} for number, code in enumerate(VILLAGES)}


@pytest.fixture(scope="module")
def catalogue():
    return programmes.catalogue(PUBLIC)


def drawn(catalogue, **changes):
    setting = replace(plan_setting(), **changes)
    return draw(setting, catalogue=catalogue, villages=VILLAGES, weak=WEAK, year=YEAR)


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
