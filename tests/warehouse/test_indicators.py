"""Indicators are formulas over sums: the ratio of an area is that of its sums, over who answered all."""

import json
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sidara.collection import queries as collection
from sidara.dictionary import queries as dictionary
from sidara.expressions import Slot, Subject, record, to_python
from sidara.kernel import period as periods
from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.kernel.cell import State
from sidara.regions.core import Level
from sidara.warehouse import queries, services
from sidara.warehouse.cli import query
from sidara.warehouse.core import IndicatorQuery
from sidara.warehouse.core.indicators import Read, gather
from tests.collection.conftest import register as register_62
from tests.collection.test_check_stored import save
from tests.verification.conftest import NOW
from tests.warehouse.test_submissions import folder as facts_folder

register, folder = register_62, facts_folder
ONE, TWO, THREE, FAR = "62.01.02.2016", "62.01.02.2017", "62.01.02.2018", "62.01.03.2001"
YEAR = "2025"


def answers(region, seven, of, *, year=YEAR):
    """Children of 7 to 12 years, and how many of them are at school."""
    save("DIK_TAHUNAN", region, year, ("DIK_007", *of, ""), ("DIK_008", *seven, ""))


@pytest.fixture
def filled(register, folder):
    answers(ONE, ("90", ""), ("100", ""))
    answers(TWO, ("10", ""), ("900", ""))
    answers(THREE, ("", "tidak tahu"), ("50", ""))
    answers(FAR, ("3", ""), ("3", ""))
    services.refresh(OPERATOR)


def ask(level, *, code="APM_SD", **more):
    query = IndicatorQuery("collection", (code,), more.pop("periods", (YEAR,)), level, **more)
    return queries.indicators(OPERATOR, query, clock=lambda: NOW + timedelta(days=3))


@pytest.mark.django_db
def test_a_ratio_of_sums_is_no_mean_of_ratios(filled):
    (one,) = ask(Level.DISTRICT, codes=("62.01.02",)).figures
    assert one.value == Decimal("10.0")  # (90 + 10) / (100 + 900), not the mean of 90 and 1.1
    assert one.exact == Fraction(10)
    assert (one.reporting, one.level) == (2, -1)
    assert one.missing[State.UNKNOWN] == 1
    assert one.reporting + sum(one.missing.values()) == one.expected
    assert one.terms == {"DIK_007@2025": 1000, "DIK_008@2025": 100}


@pytest.mark.django_db
def test_villages_and_areas_above_agree(filled):
    villages = {one.region: one for one in ask(Level.VILLAGE, under="62.01").figures}
    assert villages[ONE].value == Decimal("90.0")
    assert villages[THREE].value is None
    assert (villages[THREE].reporting, villages[THREE].missing) == (0, {State.UNKNOWN: 1})
    (regency,) = ask(Level.REGENCY, codes=("62.01",)).figures
    used = [one for one in villages.values() if one.reporting]
    assert regency.reporting == len(used) == 3
    sums = [sum(one.terms[name] for one in used) for name in ("DIK_008@2025", "DIK_007@2025")]
    assert regency.exact == Fraction(sums[0]) / Fraction(sums[1]) * 100


@pytest.mark.django_db
@pytest.mark.parametrize("few", [0, 1_000])
def test_the_warehouse_agrees_with_the_evaluator_of_records(filled, monkeypatch, few):
    monkeypatch.setattr("sidara.warehouse.queries.computing.FEW", few)
    made = dictionary.dictionary(OPERATOR)
    reader = collection.reader_of(OPERATOR, made)
    bound = reader.bound(made.indicators["APM_SD"].formula, periods.parse(YEAR))
    for one in ask(Level.DISTRICT, under="62.01").figures:
        subject = gather(bound, [], {}).subject
        if one.reporting:
            cells = {(s.variable, s.breakdown, s.period): s for s in bound.cells}
            reads = {
                ("x", s): Read(one.terms[f"{s.variable}@{s.period}"], State.VALUE) for s in cells.values()
            }
            subject = gather(bound, ["x"], reads).subject
        assert to_python(bound)(record(bound, subject, reader.tables(2025))) == one.exact


@pytest.mark.django_db
def test_level_and_day_choose_what_counts(filled):
    assert ask(Level.DISTRICT, codes=("62.01.02",), least_level=0).figures[0].value is None
    assert (
        ask(Level.DISTRICT, codes=("62.01.02",), as_of=(NOW - timedelta(days=9)).date()).figures[0].reporting
        == 0
    )
    (other,) = ask(Level.DISTRICT, codes=("62.01.02",), periods=("2024",)).figures
    assert (other.value, other.reporting) == (None, 0)


@pytest.mark.django_db
def test_what_cannot_be_asked_is_said(filled, monkeypatch):
    assert [one.code for one in ask(Level.DISTRICT, code="TAK_ADA").findings] == ["INDICATOR_UNKNOWN"]
    assert [one.code for one in ask(Level.DISTRICT, codes=("62.01.99",)).findings] == ["REGION_UNKNOWN"]
    reader = collection.reader_of(OPERATOR, dictionary.dictionary(OPERATOR))
    monkeypatch.setitem(vars(reader), "rollups", {})  # no indicator reads what is computed otherwise
    derived = ask(Level.DISTRICT, code="USULAN_DIJAWAB", codes=("62.01.02",))
    assert [one.code for one in derived.findings] == ["INDICATOR_NOT_STORED"]
    assert derived.figures[0].value is None
    month = ask(Level.DISTRICT, code="SERAPAN_BELANJA", codes=("62.01.02",), periods=("2025-03",))
    assert [one.code for one in month.findings] == ["INDICATOR_PERIOD"]
    assert (month.figures[0].value, month.figures[0].reporting) == (None, 0)
    assert sum(month.figures[0].missing.values()) == month.figures[0].expected
    asked = IndicatorQuery("collection", ("APM_SD",), (YEAR,), Level.DISTRICT)
    hidden = queries.indicators(PUBLIC, asked)
    assert [one.code for one in hidden.findings] == ["DATASET_UNKNOWN"]
    assert hidden.figures == ()


@pytest.mark.django_db
def test_the_command_tells_figures_with_coverage_and_refuses_what_is_unknown(filled):
    asked = ["indicators", "--indicator", "APM_SD", "--period", YEAR, "--level", "kecamatan", "--json"]
    done = CliRunner().invoke(query.app, [*asked, "--code", "62.01.02"])
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    (one,) = said["figures"]
    assert (one["value"], one["reporting"], one["level"]) == (10, 2, -1)
    assert one["missing"]["tidak_tahu"] == 1
    assert said["dataset"]["simulated"] is False
    refused = CliRunner().invoke(query.app, [*asked, "--indicator", "TAK_ADA"])
    assert refused.exit_code == 1


units = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(*[st.one_of(st.none(), st.integers(0, 50))] * 2), max_size=6
)


@given(told=units)
def test_sums_run_over_the_same_units(told):
    above, below = Slot("DIK_008", period="2025"), Slot("DIK_007", period="2025")

    class Two:
        cells = (above, below)

    reads = {
        (unit, slot): Read(
            None if value is None else Decimal(value), State.UNKNOWN if value is None else State.VALUE
        )
        for unit, pair in told.items()
        for slot, value in zip((above, below), pair, strict=True)
    }
    found = gather(Two, sorted(told), reads)
    whole = [pair for pair in told.values() if None not in pair]
    assert found.reporting == len(whole)
    assert found.reporting + sum(found.missing.values()) == len(told)
    if whole:
        assert found.terms == {
            "DIK_008@2025": sum(a for a, _ in whole),
            "DIK_007@2025": sum(b for _, b in whole),
        }
    else:
        assert found.subject == Subject({})
