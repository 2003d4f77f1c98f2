"""Which document follows from which, and who plans for which level: content and rules together."""

import pytest

from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.programmes import queries
from sidara.programmes.core import Level, PlanKind
from sidara.programmes.core.plan_kinds import PlanStanding, is_above
from tests.collection.conftest import register as register_62
from tests.programmes.planners import OTHER, PROVINCE, REGENCY, VILLAGE, planner

register = register_62
KINDS = queries.plan_kinds(PUBLIC)


@pytest.mark.parametrize("document", KINDS.documents.values(), ids=str)
def test_each_document_follows_documents_that_stand_above_it(document):
    for upper in document.follows:
        above, own = KINDS.documents[upper], document
        assert upper is own.code or any(
            is_above(
                PlanStanding(uid="a", kind=upper, level=high, year_from=2026),
                PlanStanding(uid="b", kind=own.code, level=low, year_from=2026),
                KINDS,
            )
            for high in above.levels
            for low in own.levels
        )


def test_a_later_edition_of_a_level_follows_the_earlier_and_never_the_other_way():
    early = PlanStanding(uid="a", kind=PlanKind.RPJMD, level=Level.REGENCY, year_from=2021)
    late = PlanStanding(uid="b", kind=PlanKind.RPJMD, level=Level.REGENCY, year_from=2025)
    assert is_above(early, late, KINDS)
    assert not is_above(late, early, KINDS)


@pytest.mark.parametrize(
    ("role", "under", "level", "area"),
    [
        ("perencana", PROVINCE, Level.PROVINCE, PROVINCE),
        ("perencana", REGENCY, Level.REGENCY, REGENCY),
        ("pmd-kabupaten", REGENCY, Level.REGENCY, REGENCY),
        ("operator-desa", VILLAGE, Level.VILLAGE, VILLAGE),
        ("perusahaan", REGENCY, Level.COMPANY, REGENCY),
    ],
)
def test_each_plans_for_its_own_level_and_area_alone(register, role, under, level, area):
    actor = planner(role, under)
    places = [
        (one, code)
        for one in Level
        for code in (None, PROVINCE, REGENCY, OTHER, VILLAGE)
        if queries.may_plan(actor, one, code)
    ]
    inside = {(Level.COMPANY, code) for code in (REGENCY, VILLAGE)} if role == "perusahaan" else set()
    assert set(places) == {(level, area)} | inside
    assert (level, under, ()) in queries.own_places(actor)


def test_an_agency_plans_within_its_sectors(register):
    actor = planner("opd", REGENCY, sectors=("KES",))
    assert queries.may_plan(actor, Level.REGENCY, REGENCY, "KES")
    assert not queries.may_plan(actor, Level.REGENCY, REGENCY, "DIK")
    assert not queries.may_plan(actor, Level.REGENCY, REGENCY)
    assert queries.own_places(actor) == ((Level.REGENCY, REGENCY, ("KES",)),)


def test_who_does_not_plan_is_refused_and_the_operator_plans_for_all(register):
    for actor in (PUBLIC, planner("pimpinan", REGENCY), planner("verifikator-kecamatan", "62.01.02")):
        with pytest.raises(NotAllowed):
            queries.require_plan(actor, Level.REGENCY, REGENCY)
    queries.require_plan(OPERATOR, Level.CENTRE, None)
