"""Plans, goals, ties and lines: each level its own, nobody's change lost, no cycle, targets in one store."""

from dataclasses import replace
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest

from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.programmes import models, queries, services
from sidara.programmes.core import GoalKind, GoalTie, Government, Level, PlanKind
from sidara.programmes.core.plan_drafts import EditionDraft, GoalDraft, IndicatorDraft, LineDraft, PlanDraft
from sidara.warehouse import services as warehouse
from sidara.web.pages.programmes import document
from tests.collection.conftest import register as register_62
from tests.programmes.planners import NOW, OTHER, PROVINCE, REGENCY, VILLAGE, planner
from tests.warehouse.test_submissions import folder as facts_folder

register, folder = register_62, facts_folder
RPJMD = PlanDraft(
    kind=PlanKind.RPJMD,
    level=Level.REGENCY,
    area=REGENCY,
    title="RPJMD Kotawaringin Barat 2025-2029",
    year_from=2025,
    year_to=2029,
)
ABOVE = replace(RPJMD, level=Level.PROVINCE, area=PROVINCE, title="RPJMD Kalimantan Tengah 2025-2029")


def made(actor, draft=RPJMD):
    done = services.make_plan(actor, draft=draft, message_id=uuid4(), now=NOW)
    assert done.is_done, done.findings
    return done.uid


def goal(kind=GoalKind.OBJECTIVE, **said):
    return GoalDraft(
        **(
            {
                "uid": uuid4(),
                "kind": kind,
                "name": "Desa mandiri bertambah",
                "valid_from": 2025,
                "valid_to": 2029,
            }
            | said
        )
    )


def keep(actor, plan, *drafts):
    return services.make_goals(actor, plan=plan, drafts=drafts, message_id=uuid4(), now=NOW)


def codes(outcome):
    return [one.code for one in outcome.findings]


def test_a_plan_is_made_once_with_its_edition_and_read_by_everybody(register):
    actor, message = planner("perencana", REGENCY), uuid4()
    edition = EditionDraft(document="Perda 3/2025", established_date=NOW.date())
    said = {"draft": RPJMD, "edition": edition, "message_id": message, "now": NOW}
    first = services.make_plan(actor, **said)
    again = services.make_plan(actor, **said)
    assert (again.uid, again.revision, again.is_repeated) == (first.uid, 1, True)
    other = services.make_plan(actor, **(said | {"draft": replace(RPJMD, title="Lain")}))
    assert codes(other) == ["MESSAGE_REUSED"]
    assert codes(services.make_plan(actor, draft=RPJMD, message_id=uuid4(), now=NOW)) == ["PLAN_TWICE"]
    (row,) = queries.plans(PUBLIC, is_simulated=False, year=2026)
    assert (row.uid, row.area_name, row.editions[0].document) == (
        first.uid,
        "Kabupaten Kotawaringin Barat",
        "Perda 3/2025",
    )
    assert queries.plans(PUBLIC, is_simulated=True) == ()


@pytest.mark.parametrize(
    ("role", "under"),
    [
        ("perencana", PROVINCE),
        ("perencana", OTHER),
        ("operator-desa", VILLAGE),
        ("perusahaan", REGENCY),
        ("verifikator-kecamatan", "62.01.02"),
    ],
)
def test_no_other_level_or_area_makes_or_changes_a_plan(register, role, under):
    plan = made(planner("perencana", REGENCY))
    actor = planner(role, under, number=8)
    for act in (
        lambda: services.make_plan(actor, draft=replace(RPJMD, year_to=2030), message_id=uuid4(), now=NOW),
        lambda: services.change_plan(actor, uid=plan, draft=RPJMD, revision=1, message_id=uuid4(), now=NOW),
        lambda: keep(actor, plan, goal()),
        lambda: services.keep_line(
            actor,
            plan=plan,
            draft=LineDraft(year=2026, name="x", government=Government.REGENCY),
            message_id=uuid4(),
            now=NOW,
        ),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_agency_keeps_to_its_sector_and_its_own_documents(register):
    health = planner("opd", REGENCY, sectors=("KES",))
    renja = replace(RPJMD, kind=PlanKind.RENJA, agency="Dinas Kesehatan", sector="KES", year_to=2025)
    plan = made(health, renja)
    education = planner("opd", REGENCY, number=9, sectors=("DIK",))
    with pytest.raises(NotAllowed):
        services.change_plan(education, uid=plan, draft=renja, revision=1, message_id=uuid4(), now=NOW)
    taken = replace(renja, sector="DIK", year_from=2026, year_to=2026)
    assert codes(services.make_plan(education, draft=taken, message_id=uuid4(), now=NOW)) == [
        "AGENCY_OTHER_SECTOR"
    ]


@pytest.mark.parametrize("kind", [PlanKind.RPJMD, PlanKind.RKPD])
def test_an_agency_makes_and_changes_no_document_of_the_whole_government(register, kind):
    health = planner("opd", REGENCY, sectors=("KES",))
    draft = replace(RPJMD, kind=kind, sector="KES")
    done = services.make_plan(health, draft=draft, message_id=uuid4(), now=NOW)
    assert codes(done) == ["PLAN_OF_WHOLE"]
    assert "Renstra, Renja, DPA" in done.findings[0].remedy
    plan = made(planner("perencana", REGENCY), replace(draft, sector=""))
    models.Plan.objects.update(sector="KES")
    with pytest.raises(NotAllowed):
        keep(health, plan, goal())


def test_an_agency_keeps_what_others_recorded_for_it_without_its_sector(register):
    """Content knows the sector of an agency by its name, of whatever area."""
    renja = replace(RPJMD, kind=PlanKind.RENJA, agency="Dinas Kesehatan Kabupaten Kotawaringin Barat")
    plan = made(planner("perencana", REGENCY), renja)
    assert queries.plan(PUBLIC, plan).plan.sector == "KES"
    models.Plan.objects.update(sector="")  # as it was stored before
    health = planner("opd", REGENCY, number=8, sectors=("KES",))
    education = planner("opd", REGENCY, number=9, sectors=("DIK",))
    assert keep(health, plan, goal()).is_done
    with pytest.raises(NotAllowed):
        keep(education, plan, goal())
    later = replace(renja, year_from=2026, sector="KES")
    assert services.make_plan(health, draft=later, message_id=uuid4(), now=NOW).is_done
    claimed = replace(renja, year_from=2027, sector="DIK")
    assert codes(services.make_plan(education, draft=claimed, message_id=uuid4(), now=NOW)) == [
        "AGENCY_OTHER_SECTOR"
    ]


def test_of_two_editors_the_second_is_told_and_nothing_is_lost(register):
    actor = planner("perencana", REGENCY)
    plan = made(actor)
    change = lambda title, revision: services.change_plan(  # noqa: E731 - said twice
        actor, uid=plan, draft=replace(RPJMD, title=title), revision=revision, message_id=uuid4(), now=NOW
    )
    assert change("Pertama", 1).revision == 2
    assert codes(change("Kedua", 1)) == ["CHANGED_ELSEWHERE"]
    assert models.Plan.objects.get().title == "Pertama"
    one = goal()
    keep(actor, plan, one)
    renamed = lambda name, revision: services.change_goal(  # noqa: E731 - said twice
        actor, draft=replace(one, name=name), revision=revision, message_id=uuid4(), now=NOW
    )
    assert renamed("Pertama", 1).is_done
    assert codes(renamed("Kedua", 1)) == ["CHANGED_ELSEWHERE"]
    (newest, *_) = queries.changes(PUBLIC, "goal", one.uid)
    assert ("name", "Desa mandiri bertambah", "Pertama") in newest.fields


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": PlanKind.RKP_DESA}, "PLAN_LEVEL"),
        ({"kind": PlanKind.RENSTRA}, "PLAN_AGENCY"),
        ({"year_to": 2020}, "PLAN_YEARS"),
        ({"title": ""}, "TEXT_MISSING"),
        ({"title": "x" * 301}, "TEXT_TOO_LONG"),
    ],
)
def test_what_is_wrong_with_a_plan_is_told(register, changed, code):
    found = services.make_plan(OPERATOR, draft=replace(RPJMD, **changed), message_id=uuid4(), now=NOW)
    assert code in codes(found)
    assert not models.Plan.objects.exists()


def test_a_goal_tree_goes_down_and_never_round(register):
    actor = planner("perencana", REGENCY)
    plan = made(actor)
    top = goal(GoalKind.AIM, code="1")
    below = goal(parent=top.uid, code="1.1")
    assert keep(actor, plan, below, top).is_done
    view = queries.plan(PUBLIC, plan)
    assert [(one.code, one.depth) for one in view.goals] == [("1", 0), ("1.1", 1)]
    round_ = replace(top, parent=below.uid)
    said = services.change_goal(actor, draft=round_, revision=1, message_id=uuid4(), now=NOW)
    assert "GOAL_CYCLE" in codes(said)
    assert codes(keep(actor, plan, goal(code="1.1"))) == ["GOAL_CODE_TWICE"]
    assert codes(keep(actor, plan, goal(GoalKind.MISSION, parent=below.uid))) == ["GOAL_STEP"]
    assert codes(keep(actor, plan, goal(parent=uuid4()))) == ["GOAL_PARENT_UNKNOWN"]
    assert codes(keep(actor, plan, goal(valid_to=2040))) == ["GOAL_YEARS"]
    assert models.Goal.objects.count() == 2


def test_ties_go_up_only_and_never_round(register):
    low, high = planner("perencana", REGENCY), planner("perencana", PROVINCE, number=8)
    below, above = made(low), made(high, ABOVE)
    one, other, two = goal(), goal(), goal()
    keep(low, below, one, other)
    keep(high, above, two)

    def tie(actor, lower, upper, tie=GoalTie.DERIVES):
        return services.link_goals(
            actor, lower=lower.uid, upper=upper.uid, tie=tie, message_id=uuid4(), now=NOW
        )

    assert tie(low, one, two).is_done
    assert codes(tie(low, one, two)) == ["LINK_TWICE"]
    assert codes(tie(low, one, other)) == ["LINK_SAME_PLAN"]
    assert codes(tie(high, two, other)) == ["LINK_NOT_ABOVE"]
    assert codes(tie(high, two, one)) == ["LINK_CYCLE"]
    with pytest.raises(NotAllowed):
        tie(high, other, two)
    village = planner("operator-desa", VILLAGE, number=10)
    rpjm = replace(RPJMD, kind=PlanKind.RPJM_DESA, level=Level.VILLAGE, area=VILLAGE, year_to=2032)
    own = goal()
    keep(village, made(village, rpjm), own)
    away = made(planner("perencana", OTHER, number=11), replace(RPJMD, area=OTHER))
    theirs = goal()
    keep(planner("perencana", OTHER, number=11), away, theirs)
    assert codes(tie(village, own, theirs)) == ["LINK_OTHER_AREA"]
    assert tie(village, own, one, GoalTie.SUPPORTS).is_done
    gone = services.unlink_goals(low, lower=one.uid, upper=two.uid, message_id=uuid4(), now=NOW)
    assert gone.is_done
    assert [one.act for one in queries.changes(PUBLIC, "goal", one.uid)] == ["unlink", "link", "make"]


def test_lines_are_kept_changed_and_taken_out(register):
    actor = planner("perencana", REGENCY)
    plan = made(actor)
    draft = LineDraft(
        year=2026,
        name="Fasilitasi Penyusunan Perencanaan Pembangunan Desa",
        government=Government.REGENCY,
        ceiling_original=100_000_000,
    )

    def line(draft, **said):
        return services.keep_line(actor, plan=plan, draft=draft, message_id=uuid4(), now=NOW, **said)

    first = line(draft)
    changed = line(replace(draft, ceiling_revised=80_000_000), uid=first.uid, revision=1)
    assert changed.revision == 2
    assert codes(line(draft, uid=first.uid, revision=1)) == ["CHANGED_ELSEWHERE"]
    (row,) = queries.plan(PUBLIC, plan).lines
    assert (row.ceiling_original, row.ceiling_revised, row.ceiling) == (100_000_000, 80_000_000, 80_000_000)
    (head,) = queries.plans(PUBLIC, is_simulated=False)
    assert (head.lines, head.ceiling_idr) == (1, 80_000_000)
    assert codes(line(replace(draft, year=2040))) == ["LINE_YEAR"]
    assert codes(line(replace(draft, ceiling_original=-1))) == ["MONEY_NEGATIVE"]
    out = {"plan": plan, "uid": first.uid, "message_id": uuid4(), "now": NOW}
    assert codes(services.remove_line(actor, **out, revision=2, reason="")) == ["REASON_MISSING"]
    assert services.remove_line(actor, **out, revision=2, reason="Salah tulis").is_done
    assert queries.plan(PUBLIC, plan).lines == ()
    assert models.PlanLine.objects.get().is_removed


def test_targets_lie_beside_the_actual_in_one_store(register, folder, django_capture_on_commit_callbacks):
    actor = planner("perencana", REGENCY)
    plan = made(actor)
    aim = IndicatorDraft(
        name="Jalan layak",
        unit="persen",
        baseline_year=2024,
        baseline=Decimal("40.5"),
        targets={2025: Decimal(50), 2026: Decimal("60.25")},
    )
    one = goal(indicators=(aim,))
    with django_capture_on_commit_callbacks(execute=True) as waited_for:
        assert keep(actor, plan, one).is_done
    assert not [one for one in waited_for if isinstance(one, partial)], "nothing is pulled meanwhile"
    assert queries.stored_targets(PUBLIC, plan)[one.uid] == (aim,)
    for is_waiting in (True, False):
        (held,) = queries.goal_indicators(PUBLIC, plan)[one.uid]
        assert (held.baseline, dict(held.targets)) == (aim.baseline, dict(aim.targets))
        assert held.is_waiting is is_waiting
        said = "belum masuk gudang data" in str(document.build(PUBLIC, plan).goals[0].indicators[0].note)
        assert said is is_waiting
        warehouse.refresh(OPERATOR)
    less = replace(one, indicators=(replace(aim, targets={2026: Decimal(70)}),))
    services.change_goal(actor, draft=less, revision=1, message_id=uuid4(), now=NOW)
    for is_waiting in (True, False):
        (held,) = queries.goal_indicators(PUBLIC, plan)[one.uid]
        assert (dict(held.targets), held.baseline) == ({2026: Decimal(70)}, aim.baseline)
        assert held.is_waiting is is_waiting
        warehouse.refresh(OPERATOR)
    services.change_goal(actor, draft=replace(one, indicators=()), revision=2, message_id=uuid4(), now=NOW)
    assert queries.goal_indicators(PUBLIC, plan) == {}


@pytest.mark.parametrize(
    ("aim", "code"),
    [
        (IndicatorDraft(name="x", indicator="TAK_ADA"), "INDICATOR_UNKNOWN"),
        (IndicatorDraft(name="x", targets={2040: Decimal(1)}), "TARGET_YEAR"),
        (IndicatorDraft(name="x", baseline=Decimal(1)), "BASELINE_HALF"),
        (IndicatorDraft(name="x", targets={2026: Decimal(10) ** 15}), "TARGET_TOO_LARGE"),
    ],
)
def test_a_wrong_indicator_is_told_and_nothing_is_kept(register, aim, code):
    actor = planner("perencana", REGENCY)
    plan = made(actor)
    assert codes(keep(actor, plan, goal(indicators=(aim,)))) == [code]
    assert not models.Goal.objects.exists()


def test_a_plan_of_the_whole_country_holds_no_figures_of_ours(register):
    rpjmn = replace(RPJMD, kind=PlanKind.RPJMN, level=Level.CENTRE, area="")
    plan = made(OPERATOR, rpjmn)
    aim = IndicatorDraft(name="x", targets={2026: Decimal(1)})
    assert codes(keep(OPERATOR, plan, goal(indicators=(aim,)))) == ["TARGET_WITHOUT_AREA"]
    with pytest.raises(NotAllowed):
        made(planner("perencana", PROVINCE), replace(rpjmn, year_to=2030))


def test_a_line_of_a_renja_is_tied_to_a_goal_of_the_renstra_that_it_follows(register):
    actor = planner("perencana", REGENCY)
    owner = {"agency": "Dinas PMD", "title": "x"}
    renstra = made(actor, replace(RPJMD, kind=PlanKind.RENSTRA, **owner))
    one = goal()
    keep(actor, renstra, one)
    renja = made(actor, replace(RPJMD, kind=PlanKind.RENJA, **owner, year_from=2026, year_to=2026))
    other = made(
        actor,
        replace(RPJMD, kind=PlanKind.RENJA, agency="Dinas lain", year_from=2026, year_to=2026),
    )
    line = LineDraft(year=2026, name="x", government=Government.REGENCY, goal=one.uid)
    said = {"draft": line, "now": NOW}
    assert services.keep_line(actor, plan=renja, message_id=uuid4(), **said).is_done
    refused = services.keep_line(actor, plan=other, message_id=uuid4(), **said)
    assert codes(refused) == ["GOAL_PARENT_UNKNOWN"]
    assert queries.plan(PUBLIC, renstra).goals[0].coverage.lines == 1
