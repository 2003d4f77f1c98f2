"""Activities: by their own level, with the right code, in their own villages, with nobody's change lost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.programmes import models, queries, services
from sidara.programmes.core import GoalKind, Government, Level, PlanKind, Stage
from sidara.programmes.core.activity_drafts import ActivityDraft, At, Gap, OutputDraft
from sidara.programmes.core.plan_drafts import GoalDraft, LineDraft, PlanDraft
from tests.collection.conftest import register as register_62
from tests.programmes.planners import NOW, OTHER, PROVINCE, REGENCY, VILLAGE, planner

register = register_62
NEIGHBOUR = "62.01.03.2001"
RIGHT, WRONG = "2.13.04.2.01.0005", "2.13.04.1.01.0010"
"""The same sub-activity of a regency and of a province."""


def draft(**said):
    known = {
        "level": Level.REGENCY,
        "area": REGENCY,
        "agency": "Dinas PMD",
        "name": "Pelatihan perangkat desa",
        "activity_kind": "JK-TKD-11",
        "code": RIGHT,
        "year": 2027,
        "fund_source": "APBDK",
        "budget_idr": 250_000_000,
        "starts": date(2027, 2, 1),
        "ends": date(2027, 11, 30),
        "stage": Stage.PLANNED,
        "villages": (At(VILLAGE, "RT 2"), At(NEIGHBOUR)),
        "outputs": (
            OutputDraft(
                indicator="BUM Desa dibina",
                unit="orang",
                target=Decimal(10),
                quarters=(Decimal(2), Decimal(10)),
            ),
        ),
        "gaps": (Gap("S34", "idm"),),
    }
    return ActivityDraft(**(known | said))


def keep(actor, made, **said):
    return services.keep_activity(actor, draft=made, message_id=uuid4(), now=NOW, **said)


def codes(outcome):
    return [one.code for one in outcome.findings]


@pytest.fixture
def actor(register):
    return planner("perencana", REGENCY)


def test_an_activity_is_kept_whole_and_read_by_everybody(actor):
    done = keep(actor, draft())
    assert done.is_done, done.findings
    view = queries.activity(PUBLIC, done.uid)
    assert view.draft == replace(draft(), sector="PEM"), "content knows the sector of Dinas PMD"
    assert [(code, name, above, place) for code, name, above, place in view.villages] == [
        (VILLAGE, "Desa Natai Raya", "Arut Selatan", "RT 2"),
        (NEIGHBOUR, view.villages[1][1], "Kotawaringin Lama", ""),
    ]
    assert models.Activity.objects.get().nomenclature


def test_a_code_of_another_government_is_refused_with_the_right_one(actor):
    found = keep(actor, draft(code=WRONG))
    (finding,) = found.findings
    assert finding.code == "NOMENCLATURE_OTHER_GOVERNMENT"
    assert finding.place.column == "code"
    assert RIGHT in finding.remedy
    assert not models.Activity.objects.exists()


@pytest.mark.parametrize(
    ("role", "under"),
    [("perencana", PROVINCE), ("perencana", OTHER), ("operator-desa", VILLAGE), ("perusahaan", REGENCY)],
)
def test_nobody_plans_for_another_level_or_area(actor, role, under):
    done = keep(actor, draft())
    other = planner(role, under, number=8)
    with pytest.raises(NotAllowed):
        keep(other, draft())
    with pytest.raises(NotAllowed):
        keep(other, draft(), uid=done.uid, revision=1)
    with pytest.raises(NotAllowed):
        services.cancel_activity(other, uid=done.uid, revision=1, reason="x", message_id=uuid4(), now=NOW)


def test_nobody_takes_an_activity_over_by_naming_his_own_area(actor):
    done = keep(actor, draft())
    other = planner("perencana", OTHER, number=8)
    with pytest.raises(NotAllowed):
        keep(other, draft(area=OTHER, villages=()), uid=done.uid, revision=1)
    both = keep(OPERATOR, draft(area=OTHER, villages=(), is_whole_area=True), uid=done.uid, revision=1)
    assert codes(both) == ["ACTIVITY_OWNER_STAYS"]


def test_the_same_message_twice_is_nothing_and_two_editors_lose_nothing(actor):
    message = uuid4()
    first = services.keep_activity(actor, draft=draft(), message_id=message, now=NOW)
    again = services.keep_activity(actor, draft=draft(), message_id=message, now=NOW)
    assert (again.uid, again.is_repeated) == (first.uid, True)
    other = services.keep_activity(actor, draft=draft(year=2028), message_id=message, now=NOW)
    assert codes(other) == ["MESSAGE_REUSED"]
    assert keep(actor, draft(budget_idr=1), uid=first.uid, revision=1).revision == 2
    assert codes(keep(actor, draft(budget_idr=2), uid=first.uid, revision=1)) == ["CHANGED_ELSEWHERE"]
    view = queries.activity(PUBLIC, first.uid)
    assert view.draft.budget_idr == 1
    assert view.history[0].fields == (("budget_idr", 250_000_000, 1),)


def test_a_draft_may_lack_what_a_plan_needs(actor):
    bare = ActivityDraft(level=Level.REGENCY, area=REGENCY, name="Gagasan", year=2027)
    done = keep(actor, bare)
    assert done.is_done
    planned = keep(actor, replace(bare, stage=Stage.PLANNED), uid=done.uid, revision=1)
    assert {one.place.column for one in planned.findings} == {
        *("agency", "activity_kind", "code", "fund_source", "budget_idr", "villages"),
    }


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"villages": (At("62.03.01.1006"),)}, "VILLAGE_OUTSIDE"),
        ({"villages": (At(VILLAGE), At(VILLAGE))}, "VILLAGE_TWICE"),
        ({"villages": (At("62.01.02"),)}, "REGION_UNKNOWN"),
        ({"is_simulated": True}, "REAL_AND_SIMULATED"),
        ({"activity_kind": "JK-999"}, "KIND_UNKNOWN"),
        ({"fund_source": "XYZ"}, "FUND_UNKNOWN"),
        ({"phases": ("lain",)}, "PHASE_UNKNOWN"),
        ({"budget_idr": -1}, "MONEY_NEGATIVE"),
        ({"ends": date(2027, 1, 1)}, "ACTIVITY_DAYS"),
        ({"starts": date(2026, 1, 1)}, "ACTIVITY_DAYS"),
        ({"goals": (uuid4(),)}, "GOAL_PARENT_UNKNOWN"),
        ({"line": uuid4()}, "LINE_UNKNOWN"),
        ({"target_list": uuid4()}, "TARGET_LIST_UNKNOWN"),
        ({"note": "a\x00"}, "TEXT_CONTROL"),
        ({"tags": ("\ud800",)}, "TEXT_CONTROL"),
        ({"executor": "x" * 201}, "TEXT_TOO_LONG"),
        ({"villages": (At(VILLAGE, "x" * 301),)}, "TEXT_TOO_LONG"),
        ({"gaps": (Gap("S" * 65, "idm"),)}, "TEXT_TOO_LONG"),
        ({"budget_idr": 10**18}, "MONEY_TOO_LARGE"),
        (
            {"outputs": (OutputDraft(indicator="x", quarters=(Decimal(5), Decimal(2))),)},
            "QUARTERS_FALL",
        ),
        (
            {"outputs": (OutputDraft(indicator="x", target=Decimal(1), quarters=(Decimal(2),)),)},
            "QUARTERS_ABOVE_TARGET",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(actor, changed, code):
    assert code in codes(keep(actor, draft(**changed)))
    assert not models.Activity.objects.exists()


def test_a_cancelled_activity_stays_and_counts_no_more(actor):
    done = keep(actor, draft())
    said = {"uid": done.uid, "message_id": uuid4(), "now": NOW}
    assert codes(services.cancel_activity(actor, **said, revision=1, reason=" ")) == ["REASON_MISSING"]
    assert services.cancel_activity(actor, **said, revision=1, reason="Dana dialihkan").is_done
    assert queries.activities(PUBLIC, queries.ActivityQuery()) == ()
    (row,) = queries.activities(PUBLIC, queries.ActivityQuery(with_cancelled=True))
    assert row.stage is Stage.CANCELLED
    assert codes(keep(actor, draft(), uid=done.uid, revision=2)) == ["ACTIVITY_CANCELLED"]


def test_villages_come_from_a_target_list(actor):
    listed = services.keep_target_list(
        actor,
        name="Dua desa",
        area=REGENCY,
        villages=[services.ChosenVillage(VILLAGE), services.ChosenVillage(NEIGHBOUR)],
        rule={},
        basis={},
        message_id=uuid4(),
        now=NOW,
    )
    done = keep(actor, draft(villages=(), target_list=listed.uid))
    assert {code for code, *_ in queries.activity(PUBLIC, done.uid).villages} == {VILLAGE, NEIGHBOUR}


def test_what_all_levels_do_in_a_village_and_who_says_nothing(actor):
    keep(actor, draft())
    province = planner("perencana", PROVINCE, number=8)
    whole = draft(
        level=Level.PROVINCE, area=PROVINCE, code=WRONG, fund_source="APBDP", villages=(), is_whole_area=True
    )
    assert keep(province, whole).is_done
    away = planner("perencana", OTHER, number=9)
    assert keep(away, draft(area=OTHER, villages=(), is_whole_area=True)).is_done
    found = queries.in_village(PUBLIC, VILLAGE, is_simulated=False)
    assert {level: len(rows) for level, rows in found.items() if rows} == {
        Level.PROVINCE: 1,
        Level.REGENCY: 1,
    }
    assert queries.levels_with_data(PUBLIC, is_simulated=False) == {Level.PROVINCE, Level.REGENCY}
    assert len(queries.activities(PUBLIC, queries.ActivityQuery(within=REGENCY))) == 2
    sums = queries.activity_sums(PUBLIC, queries.ActivityQuery(year=2027))
    assert (sums["kabupaten"].activities, sums["kabupaten"].budget_idr) == (2, 500_000_000)
    assert queries.villages_served(PUBLIC, queries.ActivityQuery()) == {VILLAGE: (1, 1), NEIGHBOUR: (1, 1)}


def test_a_goal_counts_what_supports_it_in_the_records(actor):
    plan = services.make_plan(
        actor,
        draft=PlanDraft(
            kind=PlanKind.RPJMD,
            level=Level.REGENCY,
            area=REGENCY,
            title="RPJMD",
            year_from=2025,
            year_to=2029,
        ),
        message_id=uuid4(),
        now=NOW,
    )
    goals = [
        GoalDraft(uid=uuid4(), kind=GoalKind.OBJECTIVE, name=name, valid_from=2025, valid_to=2029)
        for name in ("didukung", "sendiri")
    ]
    services.make_goals(actor, plan=plan.uid, drafts=goals, message_id=uuid4(), now=NOW)
    kept = keep(actor, draft(goals=(goals[0].uid,)))
    keep(actor, draft(goals=(goals[0].uid,), budget_idr=None, stage=Stage.DRAFT))
    held = queries.coverage(PUBLIC, [one.uid for one in goals], is_simulated=False)
    first = held[goals[0].uid]
    assert (first.activities, first.budget_idr, first.without_money, first.villages) == (2, 250_000_000, 1, 2)
    assert [one.uid for one in queries.unsupported_goals(PUBLIC, is_simulated=False)] == [goals[1].uid]
    services.cancel_activity(actor, uid=kept.uid, revision=1, reason="Batal", message_id=uuid4(), now=NOW)
    held = queries.coverage(PUBLIC, [goals[0].uid], is_simulated=False)
    assert held[goals[0].uid].activities == 1


def test_an_agency_plans_nothing_in_the_name_of_an_agency_of_another_sector(register):
    health = planner("opd", REGENCY, sectors=("KES",))
    renja = PlanDraft(
        kind=PlanKind.RENJA,
        level=Level.REGENCY,
        title="Renja",
        year_from=2027,
        year_to=2027,
        area=REGENCY,
        agency="Dinas Kesehatan",
        sector="KES",
    )
    assert services.make_plan(health, draft=renja, message_id=uuid4(), now=NOW).is_done
    education = planner("opd", REGENCY, number=9, sectors=("DIK",))
    other = draft(agency="Dinas Kesehatan", sector="DIK")
    assert codes(keep(education, other)) == ["AGENCY_OTHER_SECTOR"]
    assert keep(health, replace(other, sector="KES")).is_done


def test_an_activity_is_paid_by_no_line_of_another_owner(actor):
    neighbour = planner("perencana", OTHER, number=9)
    rkpd = PlanDraft(
        kind=PlanKind.RKPD, level=Level.REGENCY, title="RKPD", year_from=2027, year_to=2027, area=OTHER
    )
    plan = services.make_plan(neighbour, draft=rkpd, message_id=uuid4(), now=NOW)
    said = {"plan": plan.uid, "message_id": uuid4(), "now": NOW}
    line = LineDraft(year=2027, name="Jalan", government=Government.REGENCY)
    foreign = services.keep_line(neighbour, draft=replace(line, government=Government.PROVINCE), **said)
    assert codes(foreign) == ["LINE_GOVERNMENT"]
    made = services.keep_line(neighbour, draft=line, **said)
    assert codes(keep(actor, draft(line=made.uid))) == ["LINE_OTHER_OWNER"]
