"""Proposals from the list to their fate: planted days, decisions by the level asked, nothing done twice."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from sidara.collection import queries as collection
from sidara.collection import services as collecting
from sidara.collection.core import EXAMPLES, Source
from sidara.collection.core.answering import PRESENT, Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR, PUBLIC, Actor, Area, Grant, NotAllowed
from sidara.programmes import models, queries, services
from sidara.programmes.core import Decision, Fate, FateSource
from sidara.programmes.core.registers import Quartiles, Status
from sidara.regions import queries as regions
from tests.progress.conftest import province  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
MEETING = "2025-06-14"
TODAY = date(2025, 12, 31)


def row(number):
    return str(UUID(int=0x0197_0000_0000 << 80 | 7 << 76 | number << 64 | 2 << 62 | number))


def moment(day):
    return datetime.fromisoformat(f"{day}T03:00:00").replace(tzinfo=UTC)


def saved(village, day, year=2025, **cells):
    """Save cells of rows of the list on a day; `r1={"USL_013": …}`."""
    key = SubmissionKey("PEM_TAHUNAN", village, str(year), EXAMPLES)
    held = collection.filled(OPERATOR, key)
    given = []
    for name, values in cells.items():
        own = row(int(name[1:]))
        told = {"usulan": PRESENT} | values
        given += [Given(code, text, row=own) for code, text in told.items()]
    save = collecting.Save(key, held.state.revision if held else 0, uuid4(), Source.WEB, given)
    done = collecting.save_cells(OPERATOR, save=save, now=moment(day))
    assert not done.account.rejected, done.account.findings
    assert not done.account.conflicting


def noted(**more):
    return {
        "USL_001": "Jembatan kayu RT 2",
        "USL_008": "50000000",
        "USL_011": "PEREMPUAN",
        "USL_012": "KABUPATEN",
        "USL_013": "DICATAT",
        "USL_015": MEETING,
    } | more


def refreshed():
    return services.refresh_registers(OPERATOR, clock=lambda: moment("2025-12-31"))


def scope(village, **more):
    return queries.Scope(village, 2025, Status.ALL, dataset=EXAMPLES, **more)


@pytest.fixture
def planted(province):  # noqa: F811 - the fixture
    """Six proposals of 14 June: answered after 30, 80 and 10 days, waiting, without a day, removed."""
    village = province[0]
    without_day = {code: text for code, text in noted().items() if code != "USL_015"}
    saved(village, "2025-06-20", r1=noted(), r2=noted(USL_011="PEMUDA"), r3=noted(), r4=noted(), r6=noted())
    saved(village, "2025-06-24", r3={"USL_013": "DITUNDA", "USL_014": "Lahan belum siap"})
    saved(village, "2025-06-30", r3={"USL_013": "DICATAT"}, r5=without_day)
    saved(village, "2025-07-14", r1={"USL_013": "MASUK_RKP"})
    saved(village, "2025-09-02", r2={"USL_013": "DITOLAK"}, r1={"USL_013": "DIANGGARKAN"})
    saved(village, "2025-10-01", r5={"USL_013": "TERLAKSANA"}, r6={"usulan": "dihapus"})
    refreshed()
    return village


def by_row(village, **more):
    found = queries.proposals_of(OPERATOR, scope(village, **more), today=TODAY)
    return {int(one.row[-2:], 16): one for one in found}


def test_the_answer_is_the_first_day_on_which_a_fate_was_recorded(planted):
    made = by_row(planted)
    assert set(made) == {1, 2, 3, 4, 5}
    assert {number: one.days for number, one in made.items()} == {1: 30, 2: 80, 3: 10, 4: 200, 5: None}
    assert {number for number, one in made.items() if one.is_answered} == {1, 2, 3, 5}
    assert [(one.fate, one.day.isoformat()) for one in made[1].steps] == [
        (Fate.NOTED, "2025-06-20"),
        (Fate.IN_PLAN, "2025-07-14"),
        (Fate.BUDGETED, "2025-09-02"),
    ]
    assert made[3].fate == Fate.NOTED


def test_rate_and_time_with_the_one_that_waits(planted):
    made = queries.waiting(OPERATOR, scope(planted), today=TODAY)
    assert (made.proposals, made.answered, made.waiting, made.undated) == (5, 4, 1, 1)
    assert made.until_answer == Quartiles(10, 30, 80)
    assert (made.ages.median, made.oldest) == (200, 200)
    by = queries.waiting_by(OPERATOR, scope(planted), lambda one: one.origin, today=TODAY)
    assert (by["PEMUDA"].proposals, by["PEMUDA"].until_answer.median) == (1, 80)


def test_as_of_an_earlier_day_knows_nothing_of_later_answers(planted):
    made = by_row(planted, as_of=date(2025, 7, 1))
    assert {number for number, one in made.items() if one.is_answered} == {3}
    assert made[1].days == 17
    assert set(made) == {1, 2, 3, 4, 5, 6}


def test_the_funnel_counts_every_step_that_was_reached(planted):
    total = queries.funnel(OPERATOR, scope(planted), today=TODAY).total
    assert total["proposals"] == 5
    assert [total[f"reached:{one}"] for one in ("DICATAT", "MASUK_RKP", "DIANGGARKAN", "TERLAKSANA")] == [
        5,
        2,
        2,
        1,
    ]
    assert (total["ended"], total["unexplained"]) == (1, 1)
    assert (total["origin:PEREMPUAN"], total["taken:PEREMPUAN"]) == (4, 2)


def test_a_row_that_goes_on_into_the_next_year_stays_one_proposal(planted):
    saved(planted, "2026-02-01", year=2026, r4=noted(USL_013="MASUK_RKP"))
    refreshed()
    assert models.Proposal.objects.filter(key__endswith=row(4)).count() == 1
    one = models.Proposal.objects.get(key__endswith=row(4))
    assert (one.year, one.more["period"]) == (2025, "2026")
    told = queries.village_proposals(OPERATOR, planted, today=date(2026, 3, 1))
    assert [each.row for each in told].count(row(4)) == 1
    own = next(each for each in told if each.row == row(4))
    assert (own.fate, own.answered_date) == (Fate.IN_PLAN, date(2026, 2, 1))


def person(*under, operations=("programmes.decide",), sectors=()):
    codes = frozenset(code for each in under for code in (each,)) | {
        one.code for each in under for one in regions.villages(OPERATOR, each, examples=True)
    }
    grant = Grant("1", "pmd-kabupaten", frozenset(operations), Area(tuple(under), codes), frozenset(sectors))
    return Actor(uuid4(), "Pejabat Contoh", "Bidang", PUBLIC.operations, (grant,))


def decide(actor, one, decision, **more):
    return services.decide_proposal(
        actor,
        proposal=one.uid,
        decision=decision,
        message_id=more.pop("message_id", uuid4()),
        now=moment("2025-11-01"),
        **more,
    )


def test_the_level_that_was_asked_decides_and_nobody_else(planted):
    one = by_row(planted)[4]
    for actor in (PUBLIC, person("19.02"), person(planted[:8]), person("19")):
        with pytest.raises(NotAllowed):
            decide(actor, one, Decision.REJECTED, reason="Bukan wewenang kabupaten.")
    assert decide(person(planted[:5]), one, Decision.REJECTED, reason="Bukan wewenang kabupaten.").is_done
    after = by_row(planted)[4]
    assert (after.fate, after.decision, after.answered_date) == (
        Fate.REJECTED,
        Decision.REJECTED,
        date(2025, 11, 1),
    )
    assert after.days == 140
    assert after.decision_reason == "Bukan wewenang kabupaten."


def test_an_agency_decides_what_its_sectors_hold_and_is_told_who_decides_the_rest(planted):
    """A bridge is infrastructure by its village code; what has no code is decided by who has no bounds."""
    saved(planted, "2025-10-02", r4={"USL_003": "2.3.14"})
    refreshed()
    bridge, unknown = by_row(planted)[4], by_row(planted)[1]
    works, health = person(planted[:5], sectors=("INF",)), person(planted[:5], sectors=("KES",))
    told = decide(health, bridge, Decision.POSTPONED, reason="Pagu habis.").findings[0]
    assert told.code == "PROPOSAL_OTHER_SECTOR"
    assert "bidang Infrastruktur" in told.message
    assert "bidang Kesehatan" in told.message
    assert decide(works, bridge, Decision.POSTPONED, reason="Pagu habis.").is_done
    told = decide(works, unknown, Decision.POSTPONED, reason="Pagu habis.").findings[0]
    assert told.code == "PROPOSAL_SECTOR_UNKNOWN"
    assert decide(person(planted[:5]), unknown, Decision.POSTPONED, reason="Pagu habis.").is_done
    with pytest.raises(NotAllowed):
        decide(person("19.02", sectors=("INF",)), bridge, Decision.REJECTED, reason="x")


def test_no_needs_a_reason_and_yes_an_activity_there(planted):
    one = by_row(planted)[4]
    actor = person(planted[:5])
    codes = [
        decide(actor, one, Decision.POSTPONED, reason=" ").findings[0].code,
        decide(actor, one, Decision.ACCEPTED).findings[0].code,
        decide(actor, one, Decision.OPEN).findings[0].code,
        decide(actor, one, Decision.ACCEPTED, activity=activity(None).uid).findings[0].code,
        services.decide_proposal(
            OPERATOR,
            proposal=uuid4(),
            decision=Decision.REJECTED,
            reason="x",
            message_id=uuid4(),
            now=moment("2025-11-01"),
        )
        .findings[0]
        .code,
    ]
    assert codes == [
        "PROPOSAL_NEEDS_REASON",
        "PROPOSAL_NEEDS_ACTIVITY",
        "PROPOSAL_UNDECIDED",
        "PROPOSAL_ACTIVITY_ELSEWHERE",
        "PROPOSAL_UNKNOWN",
    ]
    assert by_row(planted)[4].decision == Decision.OPEN
    assert not models.ProgrammeEvent.objects.exists()
    wanted = activity(planted)
    models.Activity.objects.filter(pk=wanted.pk).update(stage="dibatalkan")
    cancelled = decide(actor, one, Decision.ACCEPTED, activity=wanted.uid)
    assert cancelled.findings[0].code == "PROPOSAL_ACTIVITY_ELSEWHERE"
    models.Activity.objects.filter(pk=wanted.pk).update(stage=wanted.stage)
    assert decide(actor, one, Decision.ACCEPTED, activity=wanted.uid).is_done
    after = by_row(planted)[4]
    assert (after.fate, after.activity, after.activity_name) == (Fate.IN_PLAN, wanted.uid, wanted.name)


def activity(village):
    made = models.Activity.objects.create(
        key=str(uuid4()),
        level="kabupaten",
        agency="Dinas PU Contoh",
        name="Pembangunan jembatan",
        activity_kind="JK-INF-01",
        year=2026,
        fund_source="APBD",
        is_simulated=True,
        made_at=moment("2025-10-10"),
    )
    if village:
        made.villages.create(region_id=regions.resolve(OPERATOR, village).id)
    return made


def test_a_proposal_to_the_village_itself_is_answered_in_its_list(planted):
    saved(planted, "2025-12-01", r7=noted(USL_012="DESA"))
    refreshed()
    done = decide(OPERATOR, by_row(planted)[7], Decision.REJECTED, reason="x")
    assert [one.code for one in done.findings] == ["PROPOSAL_OF_VILLAGE"]


def test_the_same_message_twice_is_nothing_and_a_rebuild_keeps_the_decision(planted):
    one, message = by_row(planted)[4], uuid4()
    told = [
        decide(OPERATOR, one, Decision.POSTPONED, reason=reason, message_id=message)
        for reason in ("Pagu habis.", "Pagu habis.", "Lain.")
    ]
    assert [each.is_done for each in told] == [True, True, False]
    assert [each.code for each in told[2].findings] == ["MESSAGE_REUSED"]
    assert models.ProgrammeEvent.objects.count() == 1
    services.rebuild_registers(OPERATOR, clock=lambda: moment("2025-12-31"))
    after = by_row(planted)[4]
    assert (after.decision, after.decision_reason, after.fate) == (
        Decision.POSTPONED,
        "Pagu habis.",
        Fate.POSTPONED,
    )


def test_of_several_decisions_of_one_day_the_last_is_shown_and_all_are_kept(planted):
    one, actor = by_row(planted)[4], person(planted[:5])
    for decision, reason in (
        (Decision.REJECTED, "Pagu habis."),
        (Decision.POSTPONED, "Menunggu perubahan."),
        (Decision.REJECTED, "Perubahan pun tidak cukup."),
    ):
        assert decide(actor, one, decision, reason=reason).is_done
    after = by_row(planted)[4]
    assert (after.fate, after.decision, after.steps[-1].reason) == (
        Fate.REJECTED,
        Decision.REJECTED,
        "Perubahan pun tidak cukup.",
    )
    own = [step for step in after.steps if step.source == FateSource.DECISION]
    assert [step.fate for step in own] == [Fate.REJECTED, Fate.POSTPONED, Fate.REJECTED]
    assert queries.funnel(OPERATOR, scope(planted), today=TODAY).total["fate:DITOLAK"] == 2


@pytest.mark.parametrize("act", ["UPDATE", "DELETE"])
def test_fates_only_grow(planted, act):
    fates = models.ProposalFate.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        fates.update(reason="lain") if act == "UPDATE" else fates.delete()


def test_everybody_sees_a_made_up_proposal_and_no_draft_of_a_real_one(planted):
    one = by_row(planted)[1]
    assert queries.proposal(PUBLIC, one.uid, today=TODAY).uid == one.uid
    real = queries.Scope("19", 2025, Status.ALL)
    assert queries.settled(PUBLIC, real).status is Status.FINAL
    assert queries.settled(OPERATOR, real).status is Status.ALL
