"""Plans that are made up go through the services of everybody: all rows stored, once, on example villages."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from sidara.demo.core.plans import draw
from sidara.demo.services.planning import plan_setting, write_plans
from sidara.demo.services.rakernis import meet
from sidara.kernel.actor import OPERATOR
from sidara.kernel.finding import Severity
from sidara.programmes import models
from sidara.programmes import queries as programmes
from sidara.programmes.core import State
from sidara.programmes.core.alignment import check
from sidara.programmes.queries.alignment import FindingQuery
from sidara.regions import queries as regions
from sidara.regions import services as registering
from sidara.regions.core import is_example
from tests.collection.conftest import register as register_62

pytestmark = pytest.mark.django_db
register_real = register_62
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
YEAR, DISTRICT = 2027, "62.07.01"


@pytest.fixture
def made(register_real):
    registering.add_examples(OPERATOR, province="62", clock=lambda: NOW)
    villages = [one.code for one in regions.villages(OPERATOR, DISTRICT, examples=True)]
    weak = dict.fromkeys(villages, ("air", "bumdes"))
    return draw(
        plan_setting(), catalogue=programmes.catalogue(OPERATOR), villages=villages, weak=weak, year=YEAR
    )


def counted():
    tables = (models.Plan, models.Goal, models.PlanLine, models.Activity, models.ProgrammeEvent)
    return {one.__name__: one.objects.count() for one in tables}


def test_plans_are_written_once_and_on_example_villages_only(made):
    done = write_plans(OPERATOR, made=made, now=NOW)
    assert done.rows == sum(len(one.rows) for one in made.tables) > 100
    assert done.goals == sum(len(one.goals) for one in made.plans)
    there = counted()
    assert there["PlanLine"] >= done.rows - len(made.activities)
    places = models.ActivityVillage.objects.values_list("region__code", flat=True)
    assert places
    assert all(is_example(code) for code in places)
    assert not models.Plan.objects.filter(is_simulated=False).exists()
    assert not models.Activity.objects.filter(is_simulated=False).exists()
    write_plans(OPERATOR, made=made, now=NOW)
    assert counted() == there


def test_goals_that_follow_each_other_are_one_row_of_the_matrix(made):
    write_plans(OPERATOR, made=made, now=NOW)
    seen = programmes.alignment.planned(OPERATOR, year=YEAR, under="62", is_simulated=True)
    flagged = models.Goal.objects.filter(is_priority=True, kind="program_prioritas")
    assert len(seen.row_of) == flagged.count() > len(seen.goals)
    assert len(set(seen.goals.values())) == len(seen.goals)
    assert {*seen.goal_of.values()} <= {*seen.goals, ""}
    water = {one for one in seen.goal_of.values() if "terlayani air" in seen.goals.get(one, "")}
    assert len(water) == 1
    untied = {one.kind for one in seen.activities if not seen.goal_of[one.id]}
    assert untied <= {"JK-TKD-11", "JK-TKD-19", "JK-EKO-07"}
    assert all(one.kind for one in seen.activities)


def test_each_fault_that_was_planted_is_found_and_no_near_miss(made):
    write_plans(OPERATOR, made=made, now=NOW)
    looked = programmes.alignment.looked(OPERATOR, year=YEAR, day=NOW.date(), is_simulated=True)
    found = Counter(
        one.code
        for one in check(looked.tables, looked.context)
        if one.severity in {Severity.ERROR, Severity.WARNING} and one.code != "SIN_S09"
    )
    assert found == Counter(one.check for one in made.planted if not one.is_near)


def test_a_meeting_settles_half_of_the_overlaps_once_and_both_runs_stay(made):
    write_plans(OPERATOR, made=made, now=NOW)

    def met():
        return meet(OPERATOR, areas=["62"], year=YEAR, setting=plan_setting(), now=NOW)

    wanted = plan_setting().planted
    assert met() == wanted["overlaps"] // 2 + wanted["undecided"] // 2
    told = programmes.alignment.runs(OPERATOR, under="62", year=YEAR, is_simulated=True)
    assert [one.label for one in told] == [plan_setting().meeting.after, plan_setting().meeting.before]
    query = FindingQuery(YEAR, "62", is_simulated=True, states=tuple(State), codes=("SIN_S10",))
    states = Counter(one.state for one in programmes.alignment.findings(OPERATOR, query) if one.rows)
    assert states == {
        State.SOLVED: wanted["overlaps"] // 2,
        State.EXPLAINED: 1,
        State.OPEN: wanted["overlaps"] - wanted["overlaps"] // 2 - 1,
    }
    assert met() == 0
    assert len(programmes.alignment.runs(OPERATOR, under="62", year=YEAR, is_simulated=True)) == len(told)
