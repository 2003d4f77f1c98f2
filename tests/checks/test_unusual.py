"""Unusual figures: the same in a table, for one village by pinned spans, and as rules on all engines."""

import random
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.checks.core import (
    Against,
    Context,
    Item,
    Reference,
    Type,
    after_before,
    among_peers,
    judge,
    programme,
    reference_rules,
    span_rules,
    spans_of,
    unusual_in,
    unusual_in_table,
)
from sidara.checks.core.spread import spread_of
from sidara.checks.formats import kinds_file, peers_file
from sidara.expressions import Subject, record, sheet, to_python
from sidara.kernel import period as periods
from sidara.warehouse.engines import device
from sidara.warehouse.engines import expressions as warehouse
from tests.checks import world

AT, BEFORE = periods.parse("2025-S2"), periods.parse("2025-S1")
KINDS, SETTINGS = kinds_file.load(), peers_file.load()
CONTEXT = Context(AT, "KEP_SEMESTER", region_kind="desa")
ONE = world.REGIONS[9]
PERSONS = Item("AAA_001", "Orang", Type.INTEGER, minimum=Decimal(0), unit="orang", adds_up=True)


def dotted(number):
    return f"{number:,}".replace(",", ".")


def key(finding):
    return finding.place.region, finding.place.variable, finding.code


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_table_and_a_village_with_pinned_spans_decide_alike(seed):
    """Property: figures changed at random, all villages at once and one by one tell the same."""
    chance = random.Random(seed)
    clean = world.table()
    changes = {}
    for region in chance.sample(world.REGIONS, 25):
        cells = clean.cells_of(region)
        variable = chance.choice(sorted({code for code, *_ in cells if code.startswith("KEP")}))
        value = cells[variable, "_T", str(AT)].value
        wrong = chance.choice([value * 1000, value // 1000, value * 2, Decimal(0), value + Decimal("0.5")])
        changes[region, variable, "_T", str(AT)] = str(wrong)
    table = world.table(changes)
    spans = spans_of(table, AT, SETTINGS, CONTEXT.form)
    at_once = unusual_in_table(table, spans, CONTEXT, KINDS)
    one_by_one = [
        finding
        for region in table.regions
        for finding in unusual_in(
            table.cells_of(region), spans.of(region), table.book, table.context_of(region, CONTEXT), KINDS
        )
    ]
    assert list(at_once) == one_by_one
    assert {key(one)[0] for one in at_once} & {region for region, *_ in changes}


def test_pinned_spans_are_rules_that_every_engine_judges_alike():
    changes = {(region, "KEP_004", "_T", str(AT)): "99999" for region in world.REGIONS[:3]}
    table = world.table(changes)
    spans = spans_of(table, AT, SETTINGS, CONTEXT.form)
    with device.Device() as node:
        for region in world.REGIONS[:6]:
            cells, context = table.cells_of(region), table.context_of(region, CONTEXT)
            rules = span_rules(table.book, spans.of(region), KINDS)
            own = replace(table.book, rules=rules)
            expected = unusual_in(cells, spans.of(region), own, context, KINDS)
            judged = judge(cells, own, context).findings
            assert [key(one) for one in judged] == [key(one) for one in expected]
            assert {one.rule for one in judged} == {one.rule for one in expected}
            subject = Subject(cells, {}, None, region, "desa")
            for task in programme(own, AT, CONTEXT.form):
                bound = task.holds.bound
                value = to_python(bound)(record(bound, subject, {}))
                assert sheet.evaluate(bound, [subject], {}) == [value]
                assert node.evaluate(bound, [subject], {}) == [value]
                assert warehouse.evaluate(bound, [subject], {}) == [value]


def told(changes):
    table = world.table(changes)
    spans = spans_of(table, AT, SETTINGS, CONTEXT.form)
    return [one for one in unusual_in_table(table, spans, CONTEXT, KINDS) if one.place.region == ONE]


def test_a_jump_names_figure_before_and_what_is_usual():
    before = world.table().cells_of(ONE)["KEP_004", "_T", str(BEFORE)].value
    (one,) = told({(ONE, "KEP_004", "_T", str(AT)): str(3 * before)})
    assert one.code == "VALUE_JUMPED"
    figures = f"{dotted(3 * before)} keluarga, pada periode sebelumnya {dotted(before)} keluarga;"
    assert one.message.startswith(f"Jumlah keluarga (KK) berisi {figures}")
    assert "perubahan yang biasa antara" in one.message
    assert (one.place.variable, one.place.region, one.place.period) == ("KEP_004", ONE, "2025-S2")
    assert one.needs_explanation


def test_what_may_have_been_meant_is_said():
    value = world.table().cells_of(ONE)["KEP_001", "_T", str(AT)].value
    (one,) = told({(ONE, "KEP_001", "_T", str(AT)): str(value * 1000)})
    assert one.remedy.startswith(f"Bila satuannya keliru, maksudnya mungkin {dotted(value)} orang.")
    exchanged = str(value)[1] + str(value)[0] + str(value)[2:]
    (one,) = told({(ONE, "KEP_001", "_T", str(AT)): exchanged})
    assert f"Bila dua angka tertukar, maksudnya mungkin {dotted(value)} orang." in one.remedy


def test_a_village_without_the_period_before_is_compared_with_peers():
    table = world.table({(ONE, "KEP_014", "_T", str(AT)): "90000"})
    cells = table.cells.filter(~((table.cells["region"] == ONE) & (table.cells["period"] == str(BEFORE))))
    table = type(table)(cells, table.book)
    spans = spans_of(table, AT, SETTINGS, CONTEXT.form)
    found = [one for one in unusual_in_table(table, spans, CONTEXT, KINDS) if one.place.region == ONE]
    assert [(one.code, one.place.variable) for one in found] == [("VALUE_OUTLYING", "KEP_014")]
    assert "desa lain yang sebanding antara" in found[0].message


def test_too_few_villages_say_nothing():
    table = world.table()
    few = type(table)(table.cells.filter(table.cells["region"].is_in(world.REGIONS[:29])), table.book)
    assert all(not own for own in spans_of(few, AT, SETTINGS, CONTEXT.form).spans.values())


def test_zeros_are_usual_where_many_villages_have_none():
    values = np.array([0] * 40 + [3, 4, 5] * 20, np.int64)
    filled = np.ones(len(values), bool)
    spans = among_peers(PERSONS, values, filled, None, SETTINGS)
    assert spans.is_zero_usual
    assert not spans.unusual(values, filled, 0).any()
    none = among_peers(
        PERSONS, np.array([40, 41, 42, 43] * 20 + [0], np.int64), np.ones(81, bool), None, SETTINGS
    )
    assert not none.is_zero_usual
    assert none.unusual(np.array([40, 41, 42, 43] * 20 + [0], np.int64), np.ones(81, bool), 0)[-1]


def test_figures_that_never_move_leave_room_for_a_small_change():
    before = np.full(100, 8, np.int64)
    now = before.copy()
    now[0], now[1] = 9, 80
    spans = after_before(PERSONS, now, before, np.ones(100, bool), SETTINGS)
    assert spans.unusual(now, np.ones(100, bool), 0).tolist() == [False, True] + [False] * 98


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.3, 1.2]), st.floats(2, 400))
def test_the_scale_gives_counts_a_standard_deviation_of_about_one(seed, dispersion, mean):
    chance = np.random.default_rng(seed)
    rates = mean * (chance.gamma(1 / dispersion**2, dispersion**2, 4000) if dispersion else 1.0)
    counts = chance.poisson(rates, 4000).astype(float)
    spread = spread_of(counts, np.full(4000, mean), quantile=0.8, calmest=0.1)
    distance = (spread.scaled(counts) - spread.scaled(np.full(4000, mean))) / spread.size
    assert np.mean(np.abs(distance) <= 1.2816) >= 0.75
    assert np.mean(np.abs(distance) > 6) < 0.02


def test_a_reference_figure_asks_for_an_explanation():
    table = world.table()
    cells, context = table.cells_of(ONE), table.context_of(ONE, CONTEXT)
    value = cells["KEP_001", "_T", str(AT)].value
    references = {("KEP_001", "_T"): Reference(value * 2, "register kependudukan", percent=Decimal(5))}
    own = replace(table.book, rules=list(reference_rules(table.book, references, KINDS)))
    (one,) = judge(cells, own, context).findings
    assert one.code == "REFERENCE_DIFFERS"
    figures = f"{dotted(value)} orang, sedangkan register kependudukan mencatat {dotted(2 * value)} orang."
    assert one.message == f"Jumlah penduduk berisi {figures}"
    near = {("KEP_001", "_T"): Reference(value * Decimal("1.04"), "register", percent=Decimal(5))}
    own = replace(table.book, rules=list(reference_rules(table.book, near, KINDS)))
    assert judge(cells, own, context).findings == ()


def test_every_comparison_has_its_kind_and_its_threshold():
    assert {against.value for against in Against} <= KINDS.keys()
    assert set(SETTINGS.times) == set(SETTINGS.calmest) == set(Against)
