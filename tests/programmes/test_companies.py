"""Commitments of companies: each keeps its own, sees of others what is published, and hands its right on."""

from dataclasses import replace
from uuid import uuid4

import pytest

from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.programmes import models, queries, services
from sidara.programmes.core import GoalKind, Government, Level, PlanKind, Stage
from sidara.programmes.core.activity_drafts import ActivityDraft, At
from sidara.programmes.core.importing import Ask
from sidara.programmes.core.plan_drafts import EditionDraft, GoalDraft, LineDraft, PlanDraft
from tests.collection.conftest import register as register_62
from tests.programmes import messy
from tests.programmes.planners import NOW, REGENCY, VILLAGE, planner

register = register_62
OURS, THEIRS = "PT Contoh", "PT Lain"
COMMITMENT = PlanDraft(
    kind=PlanKind.CSR,
    level=Level.COMPANY,
    area=REGENCY,
    agency=OURS,
    title="Komitmen CSR 2027",
    year_from=2027,
    year_to=2027,
)
SCHOLARSHIPS = ActivityDraft(
    level=Level.COMPANY,
    area=REGENCY,
    agency=OURS,
    name="Beasiswa",
    activity_kind="",
    year=2027,
    villages=(At(VILLAGE),),
)


def told(**more):
    return {"message_id": uuid4(), "now": NOW} | more


def codes(done):
    return [one.code for one in done.findings]


@pytest.fixture
def ours(register):
    return planner("perusahaan", REGENCY, company=OURS)


def test_no_company_changes_anothers_commitments_and_colleagues_may(ours):
    plan = services.make_plan(ours, draft=COMMITMENT, **told()).uid
    activity = services.keep_activity(ours, draft=SCHOLARSHIPS, **told()).uid
    goal = GoalDraft(uid=uuid4(), kind=GoalKind.OBJECTIVE, name="x", valid_from=2027, valid_to=2027)
    line = LineDraft(year=2027, name="x", government=Government.REGENCY)
    others = planner("perusahaan", REGENCY, number=8, company=THEIRS)
    unnamed = planner("perusahaan", REGENCY, number=9, company="")
    for actor in (others, unnamed):
        for act in (
            lambda actor: services.change_plan(actor, uid=plan, draft=COMMITMENT, revision=1, **told()),
            lambda actor: services.add_edition(actor, uid=plan, edition=EditionDraft(), revision=1, **told()),
            lambda actor: services.make_goals(actor, plan=plan, drafts=(goal,), **told()),
            lambda actor: services.keep_line(actor, plan=plan, draft=line, **told()),
            lambda actor: services.keep_activity(
                actor, draft=replace(SCHOLARSHIPS, agency=actor.grants[0].company), uid=activity, **told()
            ),
            lambda actor: services.cancel_activity(actor, uid=activity, revision=1, reason="x", **told()),
        ):
            with pytest.raises(NotAllowed):
                act(actor)
    colleague = planner("perusahaan", REGENCY, number=10, company="pt. contoh")
    changed = replace(COMMITMENT, title="Komitmen CSR 2027 (ralat)")
    assert services.change_plan(colleague, uid=plan, draft=changed, revision=1, **told()).is_done
    assert services.keep_activity(colleague, draft=SCHOLARSHIPS, uid=activity, revision=1, **told()).is_done


def test_no_company_writes_in_anothers_name_and_an_empty_name_is_the_own(ours):
    for done in (
        services.make_plan(ours, draft=replace(COMMITMENT, agency=THEIRS), **told()),
        services.keep_activity(ours, draft=replace(SCHOLARSHIPS, agency=THEIRS), **told()),
    ):
        assert codes(done) == ["COMPANY_OTHER"]
    plan = services.make_plan(ours, draft=replace(COMMITMENT, agency=""), **told()).uid
    assert queries.plan(PUBLIC, plan).plan.agency == OURS
    renamed = replace(COMMITMENT, agency=THEIRS)
    assert codes(services.change_plan(ours, uid=plan, draft=renamed, revision=1, **told())) == [
        "COMPANY_OTHER"
    ]
    activity = services.keep_activity(ours, draft=replace(SCHOLARSHIPS, agency=""), **told()).uid
    assert queries.activity(ours, activity).draft.agency == OURS


def test_what_a_company_has_not_published_is_seen_by_itself_and_by_planners(ours):
    uid = services.keep_activity(ours, draft=SCHOLARSHIPS, **told()).uid
    query = queries.ActivityQuery(within=VILLAGE)
    colleague = planner("perusahaan", REGENCY, number=10, company="pt. contoh")
    seeing = (ours, colleague, planner("perencana", REGENCY), OPERATOR)
    others = (PUBLIC, planner("perusahaan", REGENCY, number=8, company=THEIRS), planner("pimpinan", REGENCY))
    assert [len(queries.activities(one, query)) for one in seeing] == [1, 1, 1, 1]
    assert [len(queries.activities(one, query)) for one in others] == [0, 0, 0]
    assert [queries.activity(one, uid) for one in others] == [None, None, None]
    assert queries.activity(ours, uid).row.agency == OURS
    models.Activity.objects.update(stage=Stage.PLANNED.value)
    assert [len(queries.activities(one, query)) for one in others] == [1, 1, 1]


def bring(actor, *names, agency=""):
    rows = [[name, "2027", VILLAGE, "Beasiswa", "25.000.000", "langsung ke warga"] for name in names]
    heads = ["Nama Perusahaan", "Tahun", "Desa", "Program", "Nilai Komitmen", "Penyaluran"]
    ask = Ask(level=Level.COMPANY, area=REGENCY, year=2027, agency=agency)
    content = messy.xlsx([messy.Sheet("CSR", [["KOMITMEN CSR"], heads, *rows])])
    return services.import_plan(actor, content=content, name="csr.xlsx", ask=ask, now=NOW)


def test_a_file_brings_in_the_own_commitments_alone_and_its_account_is_the_companys(ours):
    done = bring(ours, OURS, THEIRS)
    assert (done.counts["created"], done.counts["rejected"]) == (1, 1)
    assert [(one.place.line, one.place.column) for one in done.findings if one.code == "COMPANY_OTHER"] == [
        (4, "Nama perusahaan")
    ]
    assert set(models.Activity.objects.values_list("agency", flat=True)) == {OURS}
    assert set(models.Plan.objects.values_list("agency", flat=True)) == {OURS}
    assert next(one.code for one in bring(ours, OURS, agency=THEIRS).findings) == "COMPANY_OTHER"
    others = planner("perusahaan", REGENCY, number=8, company=THEIRS)
    assert queries.plan_imports(others) == ()
    with pytest.raises(NotAllowed):
        queries.plan_import(others, done.uid)
    colleague = planner("perusahaan", REGENCY, number=9, company=OURS)
    assert [one.uid for one in queries.plan_imports(colleague)] == [done.uid]
    assert bring(others, OURS, THEIRS).uid != done.uid
