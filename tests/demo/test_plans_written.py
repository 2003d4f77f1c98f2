"""Plans that are made up go through the services of everybody: all rows stored, once, on example villages."""

from datetime import UTC, datetime

import pytest

from sidara.demo.core.plans import draw
from sidara.demo.services.planning import plan_setting, write_plans
from sidara.kernel.actor import OPERATOR
from sidara.programmes import models
from sidara.programmes import queries as programmes
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
