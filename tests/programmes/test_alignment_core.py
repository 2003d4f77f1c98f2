"""The checks of the alignment beside the official cases: what holds whatever the rows are."""

import ast
import inspect
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.kernel.finding import Severity
from sidara.programmes.core.alignment import CHECKS, check, folded
from sidara.programmes.core.alignment.rows import Goal, Proposal, Realisation, Scores, Tables, Tie
from sidara.programmes.core.words import Decision, GoalKind, GoalTie, Government, Level, PlanKind
from tests.programmes.aligning import (
    CODE,
    OTHER,
    VILLAGE,
    WATER,
    activity,
    base,
    context,
    found,
    line,
    village,
)

WARNING, INFO, ERROR, NOT_EVALUATED = (
    Severity.WARNING,
    Severity.INFO,
    Severity.ERROR,
    Severity.NOT_EVALUATED,
)
RENJA, RENSTRA, RKPD, RPJMD = PlanKind.RENJA, PlanKind.RENSTRA, PlanKind.RKPD, PlanKind.RPJMD


def told(findings):
    return [(one.severity, one.rows, one.value, one.amount_idr) for one in findings]


def test_every_check_has_its_words_and_every_cause_is_told_by_code():
    rules = base().rules
    assert set(rules.checks) == set(CHECKS)
    for code, run in CHECKS.items():
        tree = ast.parse(Path(inspect.getfile(run)).read_text(encoding="utf-8"))
        written = {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)}
        assert set(rules.checks[code].causes) <= written, f"{code}: words of a cause that nothing tells"


def test_no_data_is_told_by_every_check_that_needs_them():
    findings = check(Tables(realisations=None), context())
    silent = set(CHECKS) - {one.code for one in findings}
    assert silent == {"SIN_S05", "SIN_S06", "SIN_S10"}, "their rows are those of S02 and S07; levels are told"
    assert {one.severity for one in findings} == {NOT_EVALUATED}
    missing = found("SIN_S10", Tables(), missing=frozenset({Level.CENTRE, Level.PROVINCE}))
    assert [one.message for one in missing] == ["belum ada data provinsi", "belum ada data pusat"]


def test_another_areas_rpjmd_does_not_count():
    tables = Tables(plan_lines=(line("s", RENSTRA), line("j", RPJMD, code="2.13.04", area="62.01")))
    assert [one.cause for one in found("SIN_S01", tables)] == ["no_rpjmd"]


def test_a_sub_activity_beside_the_renstra_with_a_reason_is_info():
    tables = Tables(
        plan_lines=(line("s", RENSTRA, code="2.13.02.2.01.0001"), line("r", RENJA, reason="bencana"))
    )
    assert told(found("SIN_S02", tables)) == [(INFO, ("r",), None, None)]


def test_a_goal_of_another_agency_is_no_goal():
    goal = Goal(id="g", plan=RENSTRA, kind=GoalKind.OBJECTIVE, owner="Dinas PU", area="62.03")
    tables = Tables(plan_lines=(line("r", RENJA, goal_id="g", indicator="Jumlah"),), goals=(goal,))
    assert told(found("SIN_S03", tables)) == [(ERROR, ("r",), None, None)]
    own = replace(tables, goals=(replace(goal, owner="dpmd"),))
    assert found("SIN_S03", own) == []
    priority = line("r", RENJA, goal_id="p", more_goals=("g",), indicator="Jumlah")
    assert found("SIN_S03", replace(own, plan_lines=(priority,))) == []
    bare = replace(own, plan_lines=(line("r", RENJA, goal_id="g"),))
    assert [one.cause for one in found("SIN_S03", bare)] == ["no_indicator"]


def test_another_name_warns_and_an_affair_that_is_listed_in_part_is_not_judged():
    tables = Tables(plan_lines=(line("r", RENJA, name="Pembinaan desa"),))
    assert [(one.severity, one.cause) for one in found("SIN_S04", tables)] == [(WARNING, "other_name")]
    partial = Tables(plan_lines=(line("r", RENJA, code="1.05.02.2.09.0099", name="Lain"),))
    assert [one.cause for one in found("SIN_S04", partial)] == ["not_listed"]


@pytest.mark.parametrize(
    ("direction", "lower", "upper", "severity"),
    [
        ("naik", 130, 120, INFO),
        ("turun", 130, 120, WARNING),
        ("turun", 110, 120, INFO),
        ("naik", 1, 2, WARNING),
    ],
)
def test_a_target_is_weaker_by_the_direction_of_its_indicator(direction, lower, upper, severity):
    more = {"indicator": "Jumlah Aparatur", "direction": direction, "unit": "Orang"}
    tables = Tables(
        plan_lines=(
            line("s", RENSTRA, target=Decimal(upper), **more),
            line("r", RENJA, target=Decimal(lower), **more),
        )
    )
    assert told(found("SIN_S05", tables)) == [(severity, ("r", "s"), None, None)]
    bare = tuple(replace(one, direction="") for one in tables.plan_lines)
    told_so = [one.cause for one in found("SIN_S05", replace(tables, plan_lines=bare))]
    assert told_so == (["weaker"] if lower < upper else ["stronger"]), "outputs are counted: more is better"
    hundredfold = replace(
        tables, plan_lines=(tables.plan_lines[0], replace(tables.plan_lines[1], unit="Desa"))
    )
    assert found("SIN_S05", hundredfold) == [], "targets in other units are not compared"
    assert [one.cause for one in found("SIN_S06", hundredfold)] == ["other_unit"]


def test_units_are_one_by_their_spelling():
    def units(one, other):
        more = {"indicator": "Panjang jalan"}
        return found(
            "SIN_S06",
            Tables(plan_lines=(line("s", RENSTRA, unit=one, **more), line("r", RENJA, unit=other, **more))),
        )

    assert units("Km", "KILO METER") == [] == units("%", "persen") == units("m²", "Meter Persegi")
    assert units("ikat", "IKAT.") == []
    assert len(units("ikat", "lembar")) == 1


def test_ceilings_of_one_code_are_added_up_and_a_reason_makes_info():
    tables = Tables(
        plan_lines=(
            line("k", RKPD, ceiling_original=100),
            line("r1", RENJA, ceiling_original=80),
            line("r2", RENJA, ceiling_original=45),
        )
    )
    assert told(found("SIN_S07", tables)) == [(WARNING, ("r1", "r2", "k"), Decimal("25.0"), 25)]
    reasoned = replace(
        tables, plan_lines=(*tables.plan_lines[:2], replace(tables.plan_lines[2], reason="DAK"))
    )
    assert [one.severity for one in found("SIN_S07", reasoned)] == [INFO]
    another = replace(
        tables, plan_lines=(line("k", RKPD, owner="Dinas PU", ceiling_original=100), *tables.plan_lines[1:])
    )
    assert [one.cause for one in found("SIN_S07", another)] == ["no_limit"]


def test_a_priority_is_reached_through_ties_between_plans_and_cycles_end():
    top = Goal(
        id="p", plan=RPJMD, kind=GoalKind.PRIORITY_PROGRAMME, owner="Pemkab", is_priority=True, parent="t"
    )
    low = Goal(id="t", plan=RENSTRA, kind=GoalKind.OBJECTIVE, owner="DPMD")
    tables = Tables(
        goals=(top, low),
        ties=(Tie("t", "p", GoalTie.SUPPORTS),),
        plan_lines=(line("r", RENJA, goal_id="t", ceiling_original=1),),
    )
    assert found("SIN_S08", tables) == []
    assert told(found("SIN_S08", replace(tables, ties=()))) == [(WARNING, ("p",), None, None)]
    over = replace(tables, goals=(replace(top, valid_to=2025), low), ties=())
    assert found("SIN_S08", over) == []
    last_year = replace(tables, plan_lines=(line("r", RENJA, goal_id="t", ceiling_original=1, year=2025),))
    assert len(found("SIN_S08", last_year)) == 1


def test_a_kind_that_only_corrects_data_answers_no_gap():
    answers = base().kinds.answers
    data_only = next(code for code, items in answers.items() if not items)
    tables = Tables(villages=(village(I12_2=1),), activities=(activity("a", kind=data_only),))
    assert told(found("SIN_S09", tables)) == [(WARNING, (VILLAGE,), "I12.2", None)]
    water = Tables(villages=(village(I12_2=1),), activities=(activity("a", kind=WATER),))
    assert found("SIN_S09", water) == []
    assert len(found("SIN_S09", replace(water, activities=(activity("a", kind=WATER, year=2025),)))) == 1


def test_made_up_scores_are_read_only_of_made_up_villages():
    made_up = replace(village(), scores={"indeks_desa": Scores(True, {"I12.2": Decimal(1)})}, status=None)
    tables = Tables(villages=(made_up,))
    assert [one.cause for one in found("SIN_S09", tables)] == ["no_status"]
    assert [one.cause for one in found("SIN_S09", tables, is_simulated=True)] == ["item_unserved"]


DOUBLED = (
    activity("a", Level.VILLAGE, phases=frozenset({"pembangunan"})),
    activity("b", Level.REGENCY, phases=frozenset({"pengadaan"}), villages=(VILLAGE, OTHER)),
)


def test_two_levels_that_build_the_same_in_one_village_are_found_with_their_money():
    assert told(found("SIN_S10", Tables(activities=DOUBLED))) == [(WARNING, ("a", "b"), (VILLAGE,), 200)]
    namesakes = tuple(replace(one, owner="Dinas PU") for one in DOUBLED)
    (one,) = found("SIN_S10", Tables(activities=namesakes))
    assert one.owner == "Dinas PU (desa) dan Dinas PU (kabupaten)", "two of one name are told apart"


@pytest.mark.parametrize(
    "change",
    [
        {"co_financing": "KB"},
        {"kind": WATER},
        {"year": 2027},
        {"villages": (OTHER,)},
        {"phases": frozenset({"perencanaan"})},
        {"phases": frozenset({"pemeliharaan"})},
        {"owner": "desa", "fund_source": "desa"},
        {"place": "RT 7"},
    ],
    ids=str,
)
def test_what_sets_two_activities_apart(change):
    first = replace(DOUBLED[0], place="RT 03", co_financing="KB")
    assert len(found("SIN_S10", Tables(activities=(first, DOUBLED[1])))) == 1
    assert found("SIN_S10", Tables(activities=(first, replace(DOUBLED[1], **change)))) == []
    same_place = replace(DOUBLED[1], place="rt. 3")
    assert len(found("SIN_S10", Tables(activities=(first, same_place)))) == 1


def test_an_undecided_proposal_is_due_when_the_plan_of_who_was_asked_is_established():
    one = Proposal(
        id="u", document="DU-RKP", year=2026, village=VILLAGE, level_asked="kabupaten", area_asked="62.03"
    )
    tables = Tables(proposals=(one,))
    dates = {"62.03": date(2026, 12, 1), "62.01": date(2026, 1, 1)}
    assert found("SIN_S11", tables, rkpd_dates=dates) == []
    assert [c.cause for c in found("SIN_S11", tables, rkpd_dates=dates | {"62.03": date(2026, 11, 30)})] == [
        "undecided"
    ]
    assert [c.cause for c in found("SIN_S11", tables)] == ["no_day"]
    tied = replace(one, decision=Decision.ACCEPTED, linked_activity="a")
    last_year = Tables(proposals=(tied,), activities=(activity("a", year=2025),))
    assert [c.cause for c in found("SIN_S11", last_year)] == ["accepted_unlinked"]
    assert found("SIN_S11", replace(last_year, activities=(activity("a"),))) == []
    line_too = replace(last_year, activities=(), plan_lines=(line("a", RENJA),))
    assert found("SIN_S11", line_too) == []


@pytest.mark.parametrize(
    ("since", "linked_year", "causes"),
    [
        (None, 2025, ["accepted_unlinked"]),
        (2025, 2025, []),
        (2025, 2026, []),
        (2025, 2027, ["accepted_unlinked"]),
        (2025, 2024, ["accepted_unlinked"]),
    ],
)
def test_a_proposal_is_answered_by_plans_from_its_meeting_until_the_year_it_asks_for(
    since, linked_year, causes
):
    tied = Proposal(
        id="u",
        document="Usulan",
        year=2026,
        village=VILLAGE,
        level_asked="kabupaten",
        decision=Decision.ACCEPTED,
        linked_activity="elsewhere",
        since=since,
        linked_year=linked_year,
    )
    assert [one.cause for one in found("SIN_S11", Tables(proposals=(tied,)))] == causes


def test_what_a_village_asks_itself_is_not_asked_of_another_level():
    own = Proposal(
        id="u", document="Usulan", year=2026, village=VILLAGE, level_asked="desa", area_asked=VILLAGE
    )
    assert [one.cause for one in found("SIN_S11", Tables(proposals=(own,)))] == ["no_proposals"]


def test_a_code_of_the_kabupatens_own_is_known_by_its_name_or_kind():
    rpjm = line(
        "m", PlanKind.RPJM_DESA, code="2.3.90", name="Jalan usaha tani", kind="JK-JLN-02", years=(2026,)
    )
    rkp = line("k", PlanKind.RKP_DESA, code="2.3.90", name="JALAN USAHA TANI")
    assert found("SIN_S12", Tables(plan_lines=(rpjm, rkp))) == []
    other = replace(rkp, name="Gapura")
    assert len(found("SIN_S12", Tables(plan_lines=(rpjm, other)))) == 1
    assert found("SIN_S12", Tables(plan_lines=(rpjm, replace(other, kind="JK-JLN-02")))) == []
    emergency = replace(rkp, code="5.1.00")
    assert found("SIN_S12", Tables(plan_lines=(rpjm, emergency))) == []


def test_a_budget_ten_percent_above_is_info_and_one_rupiah_more_warns():
    rkp = line("k", PlanKind.RKP_DESA, ceiling_original=200)
    paid = line("b", PlanKind.APBDES, account="5.3.5", ceiling_original=300, ceiling_revised=220)
    assert told(found("SIN_S13", Tables(plan_lines=(rkp, paid)))) == [(INFO, ("b", "k"), Decimal("10.0"), 20)]
    more = replace(paid, ceiling_revised=221)
    assert [one.severity for one in found("SIN_S13", Tables(plan_lines=(rkp, more)))] == [WARNING]
    reasoned = replace(more, reason="harga semen")
    assert [one.severity for one in found("SIN_S13", Tables(plan_lines=(rkp, reasoned)))] == [INFO]
    income = replace(paid, code=None, account="4.2.1", ceiling_revised=900)
    assert found("SIN_S13", Tables(plan_lines=(rkp, income))) == []


def test_exactly_at_the_limit_is_within_it():
    limits = {
        None: {
            "maks_blt": Decimal("0.15"),
            "maks_operasional": Decimal("0.03"),
            "min_ketahanan_pangan": Decimal("0.2"),
        }
    }
    dd = {"fund_source": "DD", "code": None}

    def fund(blt, food):
        rows = (
            line("d", PlanKind.APBDES, account="4.2.1", ceiling_original=1000, **dd),
            line("b", PlanKind.APBDES, account="5.4.1", ceiling_original=blt, tags=frozenset({"blt"}), **dd),
            line(
                "p",
                PlanKind.APBDES,
                account="6.2.2",
                ceiling_original=food,
                tags=frozenset({"ketahanan_pangan"}),
                **dd,
            ),
        )
        return told(found("SIN_S14", Tables(plan_lines=rows), parameters=limits))

    assert fund(150, 200) == []
    assert fund(151, 199) == [
        (WARNING, ("b",), "blt 15.1%", 1),
        (WARNING, ("p",), "ketahanan_pangan 19.9%", 1),
    ]


def test_a_limit_that_the_year_does_not_have_is_told_and_that_of_another_year_is_not_used():
    rows = (
        line("d", PlanKind.APBDES, account="4.2.1", ceiling_original=1000, fund_source="DD", code=None),
        line("b", PlanKind.APBDES, account="5.4.1", ceiling_original=900, tags=frozenset({"blt"})),
    )
    rows = (rows[0], replace(rows[1], fund_source="DD"))
    limits = {2024: {"maks_blt": Decimal("0.25")}, 2025: {"maks_blt": Decimal("0.15")}, 2027: {}}
    made = found("SIN_S14", Tables(plan_lines=rows), parameters=limits | {2026: {"maks_blt": None}})
    assert {one.severity for one in made} == {NOT_EVALUATED}
    by_part = {one.value: one.message for one in made}
    assert (
        by_part["blt"] == "batas BLT tahun 2026 belum ada (tahun 2025 15 %, tidak dipakai untuk tahun lain)"
    )
    assert by_part["operasional"] == "batas operasional tahun 2026 belum ada"


def test_a_quarter_is_due_only_while_the_activity_runs():
    one = activity("a", start=date(2026, 4, 1), end=date(2026, 6, 30), budget_idr=1000)
    tables = Tables(activities=(one,))
    assert [c.value for c in found("SIN_S15", tables)] == ["TW 2 belum diisi"]
    made = Realisation(activity="a", quarter=2, money=100, physical_pct=Decimal("35.1"))
    assert [(c.severity, c.value) for c in found("SIN_S15", replace(tables, realisations=(made,)))] == [
        (WARNING, "TW 2 deviasi 25.1")
    ]
    behind = replace(made, money=300, physical_pct=Decimal(15))
    assert [(c.severity, c.value) for c in found("SIN_S15", replace(tables, realisations=(behind,)))] == [
        (INFO, "TW 2 deviasi -15")
    ]


LINES = (
    line("s", RENSTRA, code="2.13.05.2.01.0003", ceiling_original=5, target=Decimal(9), unit="Desa"),
    line("j", RPJMD, code="2.13.04"),
    line("k", RKPD, ceiling_original=100),
    line("r1", RENJA, ceiling_original=90),
    line("r2", RENJA, ceiling_original=90, name="Lain"),
    line("v1", PlanKind.RKP_DESA, ceiling_original=10),
    line("v2", PlanKind.APBDES, ceiling_original=30, account="5.3.1"),
    line("v3", PlanKind.APBDES, code="2.4.11", ceiling_original=30, account="5.3.1"),
)
ACTIVITIES = (
    *DOUBLED,
    activity("c", Level.CENTRE, villages=(OTHER, VILLAGE), place="RT 1"),
    activity("d", Level.PROVINCE, kind=WATER),
)


@given(st.permutations(LINES), st.permutations(ACTIVITIES))
def test_the_order_of_rows_changes_nothing(lines, activities):
    def ran(lines, activities):
        tables = Tables(
            plan_lines=tuple(lines), activities=tuple(activities), villages=(village(I12_2=1), village(OTHER))
        )
        return check(tables, context(missing=frozenset({Level.COMPANY}) - {Level.COMPANY}))

    assert ran(lines, activities) == ran(LINES, ACTIVITIES)


@given(st.integers(0, 3), st.integers(0, 3))
def test_a_mark_of_co_financing_takes_their_overlap_away_and_no_other(first, second):
    before = {one.rows for one in found("SIN_S10", Tables(activities=ACTIVITIES))}
    marked = tuple(
        replace(one, co_financing="KB") if at in {first, second} else one for at, one in enumerate(ACTIVITIES)
    )
    pair = {ACTIVITIES[first].id, ACTIVITIES[second].id}
    after = {one.rows for one in found("SIN_S10", Tables(activities=marked))}
    assert after == {rows for rows in before if set(rows) != pair or len(pair) == 1}


def test_findings_are_kept_once_for_a_village_and_once_for_what_is_not_evaluated():
    tables = Tables(
        villages=(village(I12_2=1, I39_1=2), village(OTHER, None), village("62.01.01.2001", None))
    )
    kept = folded(found("SIN_S09", tables))
    assert [(one.value, one.found.rows) for one in kept] == [
        ("I12.2, I39.1", (VILLAGE,)),
        ("", ("62.01.01.2001", OTHER)),
    ]
    assert "Butir I12.2, I39.1 " in kept[0].found.message
    fewer = folded(found("SIN_S09", Tables(villages=(village(I39_1=2),))))
    assert fewer[0].key == kept[0].key, "a village keeps its finding when one of its items is served"
    assert len({one.key for one in kept}) == len(kept)


def test_keys_of_one_run_are_all_different():
    tables = Tables(plan_lines=LINES, activities=ACTIVITIES, villages=(village(I12_2=1), village(OTHER)))
    kept = folded(check(tables, context()))
    assert len({one.key for one in kept}) == len(kept) > 5
    assert Government.REGENCY in {one.government for one in LINES}
    assert CODE in LINES[2].code


def test_a_village_whose_governments_plans_are_not_known_is_told_so_and_not_called_idle():
    weak = Tables(villages=(village(I12_1=1), village(OTHER, I12_1=1)))
    without = {Level.REGENCY: (OTHER,), Level.VILLAGE: (VILLAGE, OTHER)}
    told = {one.villages: one.message for one in found("SIN_S09", weak, without=without)}
    assert told[VILLAGE,].endswith("yang menjawabnya; belum ada data desa.")
    assert told[OTHER,].endswith("yang menjawabnya; belum ada data kabupaten, desa.")
    silent = found("SIN_S10", Tables(activities=(activity("a"),)), without=without)
    assert {(one.severity, one.message, one.villages) for one in silent} == {
        (NOT_EVALUATED, "sebagian desa belum ada data kabupaten", (OTHER,)),
        (NOT_EVALUATED, "sebagian desa belum ada data desa", (VILLAGE, OTHER)),
    }
