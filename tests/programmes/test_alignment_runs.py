"""Runs of the alignment over the records: what is found keeps its state; real and made-up rows never meet."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.programmes import models, queries, services
from sidara.programmes.core.words import Level, PlanKind, State
from sidara.programmes.queries.activities import areas_with_data
from sidara.programmes.queries.alignment import FindingQuery
from sidara.regions import queries as regions
from tests.collection.conftest import register as register_62
from tests.commands import called
from tests.programmes.planners import NOW, OTHER, PROVINCE, REGENCY, VILLAGE, planner

register = register_62
YEAR, NEXT_DAY = 2026, NOW + timedelta(days=1)
NEAR = "62.01.03.2001"


def region(code):
    return regions.resolve(PUBLIC, code).id


def acted(key, level, area, *villages, simulated=False, **more):
    own = {"activity_kind": "JK-JLN-01", "fund_source": key, "budget_idr": 100, "phases": ["pembangunan"]}
    row = models.Activity.objects.create(
        key=key,
        level=level.value,
        area_id=region(area),
        name=f"Jalan {key}",
        year=YEAR,
        is_simulated=simulated,
        made_at=NOW,
        **(own | more),
    )
    models.ActivityVillage.objects.bulk_create(
        models.ActivityVillage(activity=row, region_id=region(code)) for code in villages
    )
    return row


def planned(code="2.13.04.2.01.0099", *, area=REGENCY, simulated=False, **more):
    plan, _ = models.Plan.objects.get_or_create(
        kind=PlanKind.RENJA.value,
        level="kabupaten",
        area_id=region(area),
        agency="DPMD",
        year_from=YEAR,
        year_to=YEAR,
        is_simulated=simulated,
        defaults={"title": "Renja DPMD", "made_at": NOW},
    )
    own = {"government": "kabupaten_kota", "code": code, "name": "Pembinaan Desa Hebat", "key": code}
    return models.PlanLine.objects.create(plan=plan, year=YEAR, **(own | more))


@pytest.fixture
def overlap(register):
    """A village and its kabupaten build the same; a Renja has a code that does not exist."""
    planned()
    acted("DD", Level.VILLAGE, VILLAGE, VILLAGE)
    return acted("APBDK", Level.REGENCY, REGENCY, VILLAGE, NEAR)


def run(actor=OPERATOR, **more):
    return services.run_alignment(actor, **({"under": PROVINCE, "year": YEAR, "now": NOW} | more))


def found(code, *states, under=PROVINCE, actor=OPERATOR, **more):
    query = FindingQuery(YEAR, under, codes=(code,), states=states or tuple(State), **more)
    return queries.alignment.findings(actor, query)


def test_a_run_keeps_findings_with_rows_money_owner_remedy_and_the_day_they_were_seen(overlap):
    done = run()
    assert done.is_done
    (one,) = found("SIN_S10")[:1]
    assert (one.villages, one.amount_idr, one.state, one.first_seen_at) == ((VILLAGE,), 200, State.OPEN, NOW)
    assert {(row.table, row.name, row.level) for row in one.rows} == {
        ("activities", "Jalan DD", "desa"),
        ("activities", "Jalan APBDK", "kabupaten"),
    }
    assert one.area == VILLAGE
    assert "Sepakati" in one.remedy
    (wrong,) = found("SIN_S04")
    assert [(row.document, row.owner, row.area) for row in wrong.rows] == [("Renja 2026", "DPMD", REGENCY)]
    missing = {one.message for one in found("SIN_S10") if not one.rows}
    partly = {"sebagian desa belum ada data desa", "sebagian desa belum ada data kabupaten"}
    assert missing == {"belum ada data pusat", "belum ada data provinsi"} | partly
    assert [one.message for one in found("SIN_S15")] == ["realisasi belum dikumpulkan"]
    (silent,) = [one for one in found("SIN_S09") if one.severity == "not_evaluated"]
    assert len(silent.villages) == 1_432, "nobody has a status: told once, not once a village"


def test_an_area_is_known_by_its_lines_as_by_its_activities_each_in_their_year(overlap):
    planned(area="62.07")
    acted("APBN", Level.CENTRE, PROVINCE, VILLAGE)
    known = areas_with_data(OPERATOR, is_simulated=False, year=YEAR)
    assert known[Level.REGENCY] == {REGENCY, "62.07"}
    assert known[Level.VILLAGE] == {VILLAGE}
    assert known[Level.CENTRE] == {PROVINCE}
    assert Level.PROVINCE not in known
    assert areas_with_data(OPERATOR, is_simulated=False) == known
    assert areas_with_data(OPERATOR, is_simulated=False, year=YEAR + 1) == {}
    assert areas_with_data(OPERATOR, is_simulated=True, year=YEAR) == {}


def test_years_to_be_checked_are_those_of_yearly_plans_not_all_years_of_a_long_one(overlap):
    long = models.Plan.objects.create(
        kind=PlanKind.RENSTRA.value,
        level="kabupaten",
        area_id=region(REGENCY),
        agency="DPMD",
        year_from=YEAR - 1,
        year_to=YEAR + 3,
        title="Renstra DPMD",
        made_at=NOW,
    )
    models.PlanLine.objects.create(
        plan=long, year=YEAR + 3, government="kabupaten_kota", code="2.13.04", name="Pembinaan", key="2.13.04"
    )
    assert queries.alignment.years_of(OPERATOR, is_simulated=False) == (YEAR,)


def test_the_same_again_is_the_same_run_and_changes_nothing(overlap):
    first = run()
    before = list(models.AlignmentFinding.objects.order_by("pk").values())
    again = run()
    assert (again.number, again.is_repeated) == (first.number, True)
    assert list(models.AlignmentFinding.objects.order_by("pk").values()) == before
    later = run(now=NEXT_DAY)
    assert (later.number, later.new, later.changed, later.solved) == (first.number + 1, 0, 0, 0)
    assert found("SIN_S10")[0].first_seen_at == NOW


def test_a_mark_of_co_financing_solves_the_overlap_and_taking_it_away_opens_it_again(overlap):
    run()
    models.Activity.objects.update(co_financing="KB-01")
    assert run(now=NEXT_DAY).solved == 1
    (one,) = [row for row in found("SIN_S10") if row.rows]
    assert (one.state, one.solved_at) == (State.SOLVED, NEXT_DAY)
    models.Activity.objects.update(co_financing="")
    run(now=NEXT_DAY + timedelta(days=1))
    (back,) = [row for row in found("SIN_S10") if row.rows]
    assert (back.uid, back.state, back.first_seen_at, back.solved_at) == (one.uid, State.OPEN, NOW, None)
    acts = models.ProgrammeEvent.objects.filter(subject_uid=one.uid).values_list("act", flat=True)
    assert list(acts) == ["solve", "found_again"]


def explained(uid, actor=OPERATOR, **more):
    own = {"uid": uid, "reason": "Dibangun bergantian.", "message_id": uuid4(), "now": NOW}
    return services.explain_finding(actor, **(own | more))


def test_what_is_explained_stays_so_until_something_else_is_found(overlap):
    run()
    uid = found("SIN_S10")[0].uid
    assert explained(uid).is_done
    run(now=NEXT_DAY)
    (one,) = found("SIN_S10", State.EXPLAINED)
    assert (one.uid, one.reason) == (uid, "Dibangun bergantian.")
    models.Activity.objects.filter(pk=overlap.pk).update(budget_idr=500)
    assert run(now=NEXT_DAY + timedelta(days=1)).changed == 1
    (one,) = [row for row in found("SIN_S10", State.OPEN) if row.rows]
    assert (one.uid, one.amount_idr, one.reason) == (uid, 600, "")


def test_the_same_message_twice_is_nothing_and_other_content_is_refused(overlap):
    run()
    uid, message = found("SIN_S10")[0].uid, uuid4()
    assert not explained(uid, message_id=message).is_repeated
    assert explained(uid, message_id=message).is_repeated
    other = explained(uid, message_id=message, reason="Lain.")
    assert [one.code for one in other.findings] == ["MESSAGE_REUSED"]
    assert models.ProgrammeEvent.objects.filter(subject_uid=uid).count() == 1
    back = services.reopen_finding(OPERATOR, uid=uid, reason="Keliru.", message_id=uuid4(), now=NOW)
    assert back.is_done
    assert found("SIN_S10")[0].state is State.OPEN


def test_what_cannot_be_explained_is_told(overlap):
    run()
    uid = found("SIN_S10")[0].uid
    assert [one.code for one in explained(uid, reason=" ").findings] == ["FINDING_REASON"]
    assert [one.code for one in explained(uuid4()).findings] == ["FINDING_UNKNOWN"]
    (silent,) = found("SIN_S15")
    assert [one.code for one in explained(silent.uid).findings] == ["FINDING_NOT_EVALUATED"]
    again = services.reopen_finding(OPERATOR, uid=uid, reason="x", message_id=uuid4(), now=NOW)
    assert [one.code for one in again.findings] == ["FINDING_NOT_EXPLAINED"]
    models.Activity.objects.update(co_financing="KB-01")
    run(now=NEXT_DAY)
    assert [one.code for one in explained(uid).findings] == ["FINDING_SOLVED"]
    assert models.ProgrammeEvent.objects.filter(act="explain").count() == 0


def test_who_owns_none_of_the_rows_may_neither_run_nor_read_nor_explain(overlap):
    run()
    uid = found("SIN_S10")[0].uid
    near, far = planner("perencana", REGENCY), planner("perencana", OTHER)
    for actor in (far, PUBLIC):
        with pytest.raises(NotAllowed):
            run(actor, under=REGENCY)
        with pytest.raises(NotAllowed):
            found("SIN_S10", under=REGENCY, actor=actor)
        with pytest.raises(NotAllowed):
            explained(uid, actor)
    with pytest.raises(NotAllowed):
        run(near, under=PROVINCE)
    assert explained(uid, near).is_done
    assert explained(uid, planner("kepala-desa", VILLAGE)).is_done, "one of the two that build it"
    with pytest.raises(NotAllowed):
        explained(found("SIN_S04")[0].uid, planner("kepala-desa", VILLAGE))


def test_a_run_of_one_area_touches_no_finding_of_another(overlap):
    acted("DD2", Level.VILLAGE, "62.03.01.2011", "62.03.01.2011")
    acted("APBDK2", Level.REGENCY, OTHER, "62.03.01.2011")
    run()
    models.Activity.objects.update(co_financing="KB-01")
    assert run(under=OTHER, now=NEXT_DAY).solved == 1
    states = {one.rows[0].area[:5]: one.state for one in found("SIN_S10") if one.rows}
    assert {row.state for row in found("SIN_S10", under=REGENCY) if row.rows} == {State.OPEN}
    assert sorted(states.values()) == [State.SOLVED, State.OPEN]


def test_open_findings_are_counted_of_the_area_that_is_asked(overlap):
    assert queries.alignment.open_findings(OPERATOR, PROVINCE, is_simulated=False) is None, "it never ran"
    run()
    whole = queries.alignment.open_findings(OPERATOR, PROVINCE, is_simulated=False)
    assert whole.year == YEAR
    assert whole.count == len([one for one in found("SIN_S10") + found("SIN_S04") if one.rows])
    assert whole.amount_idr == sum(one.amount_idr or 0 for one in found("SIN_S10"))
    elsewhere = queries.alignment.open_findings(OPERATOR, OTHER, is_simulated=False)
    assert elsewhere.count < whole.count, "findings of one kabupaten are none of another"
    assert queries.alignment.open_findings(PUBLIC, PROVINCE, is_simulated=False) is None


def test_made_up_rows_never_meet_real_ones(overlap):
    acted("APBDP", Level.PROVINCE, PROVINCE, VILLAGE, simulated=True)
    planned("2.13.04.2.01.0098", simulated=True)
    run()
    assert {row.name for one in found("SIN_S10") for row in one.rows} == {"Jalan DD", "Jalan APBDK"}
    assert [one.rows[0].name for one in found("SIN_S04")] == ["2.13.04.2.01.0099 Pembinaan Desa Hebat"]
    run(is_simulated=True)
    made_up = found("SIN_S04", is_simulated=True)
    assert [one.rows[0].name for one in made_up] == ["2.13.04.2.01.0098 Pembinaan Desa Hebat"]
    assert len(found("SIN_S04")) == 1


def test_a_whole_area_is_all_its_villages_and_a_cancelled_activity_is_none(overlap):
    whole = acted("APBDP", Level.PROVINCE, PROVINCE, is_whole_area=True)
    gone = acted("APBN", Level.CENTRE, PROVINCE, VILLAGE, stage="dibatalkan")
    run()
    pairs = [{row.id for row in one.rows} for one in found("SIN_S10") if one.rows]
    assert sum(str(whole.uid) in one for one in pairs) == 2
    assert not any(str(gone.uid) in one for one in pairs)


def test_ten_times_the_rows_take_no_more_questions(overlap):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            queries.alignment.looked(OPERATOR, year=YEAR, day=NOW.date(), is_simulated=False)
        return len(caught)

    asked()
    few = asked()
    for number in range(20):
        acted(f"K{number}", Level.REGENCY, REGENCY, VILLAGE)
        planned(f"2.13.04.2.01.00{number + 20}")
    assert asked() == few < 40


def test_a_line_that_names_its_objective_in_words_is_tied_to_it(overlap):
    renstra = models.Plan.objects.create(
        kind=PlanKind.RENSTRA.value,
        level="kabupaten",
        area_id=region(REGENCY),
        agency="DPMD",
        title="Renstra DPMD",
        year_from=2025,
        year_to=2029,
        made_at=NOW,
    )
    models.Goal.objects.create(
        plan=renstra, kind="sasaran", name="Aparatur terlatih", valid_from=2025, valid_to=2029
    )
    more = {"indicator": "Jumlah", "name": "Pembinaan Peningkatan Kapasitas Aparatur Pemerintah Desa"}
    planned("2.13.04.2.01.0005", goal_as_written="APARATUR  terlatih", **more)
    planned("2.13.04.2.01.0014", goal_as_written="Lain", **more)
    run()
    assert [one.rows[0].name[:17] for one in found("SIN_S03")] == ["2.13.04.2.01.0014", "2.13.04.2.01.0099"]


def test_runs_are_kept_as_they_were(overlap):
    done = run(label="sebelum Rakernis")
    (kept,) = queries.alignment.runs(OPERATOR, under=PROVINCE, year=YEAR, is_simulated=False)
    assert (kept.number, kept.label, kept.summary["money"]["SIN_S10"]) == (
        done.number,
        "sebelum Rakernis",
        200,
    )
    assert kept.counts["SIN_S10"] == {"warning": 1, "not_evaluated": 4}
    with pytest.raises(DatabaseError, match="never changed"):
        models.AlignmentRun.objects.update(label="x")


def test_the_command_gives_each_finding_with_plan_activities_villages_money_and_remedy(overlap):
    done = called("alignment", "run", "--under", PROVINCE, "--year", str(YEAR), "--json")
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    (one,) = [row for row in told["findings"] if row["code"] == "SIN_S10" and row["activities"]]
    assert (one["villages"], one["amount_idr"], one["state"]) == ([VILLAGE], 200, "terbuka")
    assert {row["name"] for row in one["activities"]} == {"Jalan DD", "Jalan APBDK"}
    assert one["remedy"]
    (code,) = [row for row in told["findings"] if row["code"] == "SIN_S04"]
    assert code["plan"][0]["document"] == "Renja 2026"
    again = json.loads(called("alignment", "run", "--under", PROVINCE, "--year", str(YEAR), "--json").stdout)
    assert (again["number"], again["repeated"]) == (told["number"], True)
    assert called("alignment", "run", "--under", "99").returncode == 1


def listed(key, meeting, *, level="kabupaten", newest="2025", fate="DICATAT", removed=False, **more):
    """A proposal as the list of the collection keeps it."""
    return models.Proposal.objects.create(
        key=key,
        row=key,
        document="Usulan RKP Desa",
        year=meeting,
        village_id=region(VILLAGE),
        text=f"Jembatan {key}",
        village_code="2.3.13",
        level_asked=level,
        meeting_date=f"{meeting}-06-14",
        more={"period": newest, "fate": fate, "is_removed": removed} | more,
        made_at=NOW,
    )


def established(area, day):
    plan = models.Plan.objects.create(
        kind=PlanKind.RKPD.value,
        level="kabupaten",
        area_id=region(area),
        title="RKPD",
        year_from=YEAR,
        year_to=YEAR,
        made_at=NOW,
    )
    models.PlanEdition.objects.create(plan=plan, number=1, established_date=day)


def test_a_meeting_asks_for_the_plans_of_the_next_year_and_what_is_carried_on_asks_again(register):
    established(REGENCY, "2025-07-10")
    established(PROVINCE, "2025-07-01")
    asked = {
        "undecided": listed("undecided", 2025),
        "carried": listed("carried", 2024),
        "to the centre": listed("to the centre", 2025, level="pusat"),
        "no reason": listed("no reason", 2025, fate="DITOLAK"),
        "budgeted nowhere": listed("budgeted nowhere", 2025, fate="DIANGGARKAN"),
    }
    listed("of a later meeting", 2026, newest="2026")
    listed("of the last one alone", 2024, newest="2024")
    listed("carried and done", 2024, fate="TERLAKSANA")
    listed("to itself", 2025, level="desa")
    listed("taken out", 2025, removed=True)
    listed("with a reason", 2025, fate="DITOLAK", reason="Lahan belum dibebaskan")
    run()
    told = {one.rows[0].name: one.message for one in found("SIN_S11")}
    assert told.keys() == {one.text for one in asked.values()}
    assert "10 Juli 2025" in told["Jembatan undecided"]
    assert "1 Juli 2025" in told["Jembatan to the centre"]
    assert "ditolak tanpa alasan" in told["Jembatan no reason"]
    assert "belum tertaut" in told["Jembatan budgeted nowhere"]


def test_a_decision_with_an_activity_of_the_plan_answers_what_a_meeting_asked(overlap):
    established(REGENCY, "2025-07-10")
    one = listed("u", 2025)
    run()
    assert [row.state for row in found("SIN_S11")] == [State.OPEN]
    one.decision, one.activity = "diterima", overlap
    one.save()
    assert run(now=NEXT_DAY).solved == 1
    overlap.stage = "dibatalkan"
    overlap.save()
    run(now=NEXT_DAY + timedelta(days=1))
    assert ["belum tertaut" in row.message for row in found("SIN_S11", State.OPEN)] == [True]


def test_without_options_the_command_begins_with_what_is_there_and_says_which(register):
    planned(simulated=True)
    told = json.loads(called("alignment", "run", "--json").stdout)
    assert (told["year"], told["simulated"]) == (YEAR, True)
    planned()
    told = json.loads(called("alignment", "run", "--json").stdout)
    assert (told["year"], told["simulated"]) == (YEAR, False)
