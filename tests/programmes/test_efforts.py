"""Money by field, priorities and efficiency out of kept plans: counted by hand, worlds apart."""

from decimal import Decimal
from uuid import uuid4

import pytest

from sidara.kernel.actor import PUBLIC
from sidara.programmes import models, queries, services
from sidara.programmes.core import GoalKind, Level, PlanKind, Stage
from sidara.programmes.core.activity_drafts import OutputDraft
from sidara.programmes.core.plan_drafts import GoalDraft, PlanDraft
from sidara.programmes.queries import efforts
from tests.collection.conftest import register as register_62
from tests.programmes.planners import NOW, OTHER, PROVINCE, REGENCY, VILLAGE, planner
from tests.programmes.test_activities import NEIGHBOUR, draft, keep

register = register_62
pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(register):
    return planner("perencana", REGENCY)


def kept(actor, **said):
    done = keep(actor, draft(**said))
    assert done.is_done, done.findings
    return done


def test_money_is_told_by_field_for_the_villages_of_an_area(actor):
    kept(actor)
    kept(actor, name="Pelatihan lagi", budget_idr=None, stage=Stage.DRAFT)
    told = queries.planned_money(PUBLIC, PROVINCE, 2027, is_simulated=False)
    assert (told.by_field, told.activities, told.unpriced) == ({"tata_kelola": 250_000_000}, 2, 1)
    # One of its two villages lies in the kecamatan: half of it counts there.
    half = queries.planned_money(PUBLIC, "62.01.02", 2027, is_simulated=False)
    assert half.by_field == {"tata_kelola": 125_000_000}
    assert queries.planned_money(PUBLIC, OTHER, 2027, is_simulated=False) is None
    assert queries.planned_money(PUBLIC, PROVINCE, 2027, is_simulated=True) is None


def test_what_was_cancelled_is_planned_no_more(actor):
    kept(actor, stage=Stage.CANCELLED)
    assert queries.planned_money(PUBLIC, PROVINCE, 2027, is_simulated=False) is None


def test_a_made_up_list_meets_no_real_plan(actor):
    kept(actor)
    told = queries.priorities(PUBLIC, PROVINCE, 2027, is_simulated=False)
    assert told.content.is_simulated
    assert told.coverages == ()
    assert all("SIMULASI" in one.name for one in told.content.priorities)
    made_up = queries.priorities(PUBLIC, PROVINCE, 2027, is_simulated=True)
    assert {one.goals for one in made_up.coverages} == {0}
    assert {one.share for one in made_up.coverages} == {None}


def test_efficiency_needs_enough_comparable_activities(actor):
    output = OutputDraft(indicator="BUM Desa dibina", unit="orang", target=Decimal(10))
    for place in range(5):
        kept(actor, name=f"Pelatihan {place}", budget_idr=(place + 1) * 1_000_000, outputs=(output,))
    few = queries.efficiency(PUBLIC, REGENCY, 2027, is_simulated=False)
    assert {one.comparables for one in few} == {4}
    assert {one.per_output for one in few} == {None}
    kept(actor, name="Pelatihan mahal", budget_idr=60_000_000, outputs=(output,))
    told = {one.activity.name: one for one in queries.efficiency(PUBLIC, REGENCY, 2027, is_simulated=False)}
    dear = told["Pelatihan mahal"]
    assert (dear.comparables, dear.per_output.median, dear.times_median) == (5, 300_000, 20)
    assert queries.efficiency(PUBLIC, OTHER, 2027, is_simulated=False) == ()


def test_points_are_told_where_the_lack_of_every_village_is_known(actor):
    kept(actor, budget_idr=2_000_000)
    lacking = {("idm", "S34", VILLAGE): 3, ("idm", "S34", NEIGHBOUR): 2}
    (one,) = queries.efficiency(PUBLIC, REGENCY, 2027, is_simulated=False, lacking=lacking)
    assert one.activity.points == 5
    assert one.activity.points_per_million == Decimal("2.5")
    del lacking["idm", "S34", NEIGHBOUR]
    (one,) = queries.efficiency(PUBLIC, REGENCY, 2027, is_simulated=False, lacking=lacking)
    assert one.activity.points is None


def test_an_activity_supports_the_goal_of_the_line_that_it_carries_out(actor):
    plan = services.make_plan(
        actor,
        draft=PlanDraft(
            kind=PlanKind.RPJMD,
            level=Level.REGENCY,
            area=REGENCY,
            title="RPJMD",
            year_from=2026,
            year_to=2030,
        ),
        message_id=uuid4(),
        now=NOW,
    )
    goal = uuid4()
    done = services.make_goals(
        actor,
        plan=plan.uid,
        drafts=[
            GoalDraft(
                uid=goal,
                kind=GoalKind.PRIORITY_PROGRAMME,
                code="PP-AIR",
                name="Air bersih",
                valid_from=2026,
                valid_to=2030,
                is_priority=True,
            )
        ],
        message_id=uuid4(),
        now=NOW,
    )
    assert done.is_done, done.findings
    kept(actor, goals=(goal,))
    held = models.Goal.objects.get()
    (row,) = efforts._rows(PUBLIC, PROVINCE, 2027, is_simulated=False)
    assert efforts._goals_of(row.made) == {held.id}
    assert row.inside == {VILLAGE, NEIGHBOUR}
