"""Property: four evaluators give the same for random expressions and subjects, whatever is missing."""

import contextlib
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sidara.dictionary.formats import classes_file
from sidara.expressions import (
    ExpressionFault,
    Kind,
    Subject,
    Time,
    Variable,
    Vocabulary,
    bind,
    read,
    record,
    to_python,
)
from sidara.expressions import sheet as tables
from sidara.kernel import period as periods
from sidara.kernel.cell import Cell, State
from sidara.kernel.period import Frequency
from sidara.warehouse.engines import device
from sidara.warehouse.engines import expressions as warehouse

WORDS = Vocabulary(
    {
        "KEP_001": Variable(Kind.NUMBER, True, Frequency.QUARTER, Time.STOCK),
        "KES_025": Variable(Kind.NUMBER, False, Frequency.QUARTER, Time.STOCK),
        "KEP_011": Variable(Kind.NUMBER, True, Frequency.MONTH, Time.FLOW),
        "KES_013": Variable(Kind.NUMBER, True, Frequency.MONTH, Time.YEAR_TO_DATE),
        "PEM_005": Variable(Kind.NUMBER, True, Frequency.YEAR, Time.STOCK),
        "KEU_001": Variable(Kind.NUMBER, True, Frequency.QUARTER, Time.YEAR_TO_DATE, ("ANGGARAN",)),
        "SOS_025": Variable(Kind.BOOLEAN),
        "LIN_012": Variable(Kind.TEXT),
        "LIN_003": Variable(Kind.TEXT),
        "PEM_042": Variable(Kind.DATE),
    },
    {
        "usulan": {
            "USL_008": Variable(Kind.NUMBER, True),
            "USL_002": Variable(Kind.TEXT),
            "USL_015": Variable(Kind.DATE),
            "USL_005": Variable(Kind.BOOLEAN),
        }
    },
    {"ANGGARAN": ("A", "R")},
    frozenset({"batas"}),
    frozenset({"pagu"}),
    classes_file.load(),
)
AT = periods.parse("2026-Q2")
PARAMS = {"batas": Decimal("0.15")}
LOOKUPS = {"pagu": {"62.01": Fraction(15, 2), "a": Fraction(3)}}

states = st.sampled_from([State.NONE, State.UNKNOWN, State.NOT_APPLICABLE, State.EMPTY])
figures = st.one_of(st.integers(-12, 12), st.integers(0, 9999)).map(Decimal) | st.decimals(
    -50, 50, places=2, allow_nan=False
)
words = st.sampled_from(["a", "b", "a b", "c a", ""])
days = st.dates(date(2019, 1, 1), date(2030, 12, 31)) | st.just(date(2024, 2, 29))


def cells(values):
    return st.one_of(values.map(lambda one: Cell(State.VALUE, one)), states.map(Cell))


VALUES = {Kind.NUMBER: figures, Kind.BOOLEAN: st.booleans(), Kind.TEXT: words, Kind.DATE: days}
rows = st.fixed_dictionaries(
    {}, optional={name: cells(VALUES[column.kind]) for name, column in WORDS.lists["usulan"].items()}
)
lists = st.one_of(st.none(), st.lists(rows, max_size=4))


@st.composite
def subjects(draw, bound):
    found = {
        (slot.variable, slot.breakdown, slot.period): draw(cells(VALUES[slot.kind]))
        for slot in bound.cells
        if draw(st.integers(0, 9))
    }
    return Subject(
        found,
        {name: draw(lists) for name in bound.lists},
        draw(days | st.none()),
        draw(st.sampled_from(["62.01", "62.02", None])),
        draw(st.sampled_from(["desa", "kelurahan", None])),
    )


number_leaves = st.sampled_from(
    [
        "KEP_001",
        "KES_025",
        "KEP_011",
        "KES_013",
        "PEM_005",
        "previous(KEP_001)",
        "same_period_last_year(KES_025)",
        "year_to_date(KEP_011)",
        "year_to_date(KES_013)",
        "part(KEU_001,'ANGGARAN','R')",
        "sum_of(KEU_001,'ANGGARAN')",
        "previous(part(KEU_001,'ANGGARAN','A'))",
        "param('batas')",
        "lookup('pagu',region_code())",
        "lookup('pagu',LIN_012)",
        "count_rows(usulan,USL_008>2)",
        "count_rows(usulan,is_empty(USL_002))",
        "sum_rows(usulan,USL_008,USL_005)",
        "sum_rows(usulan,USL_008*KEP_001+0.5,USL_002='a')",
        "sum_rows(usulan,round(USL_008/KEP_001,2),true)",
        "sum_rows(usulan,1,USL_015>today())",
        "period_year()",
        "class_rank('ID',LIN_012)",
        "0",
        "1",
        "2",
        "0.75",
        "-3",
        "100",
    ]
)
condition_leaves = st.sampled_from(
    [
        "SOS_025",
        "true",
        "LIN_012 = 'a'",
        "LIN_012 in ('a', 'b')",
        "has(LIN_003, 'a')",
        "is_empty(KEP_001)",
        "state(KES_025) = 'tidak_tahu'",
        "state(year_to_date(KEP_011)) = 'nilai'",
        "state(KEP_011) = 'nilai'",
        "region_kind() = 'desa'",
        "class_of(KEP_001, 'ID') = 'MAJU'",
        "KEP_001 is null",
        "KEP_001 > 1",
        "coalesce(SOS_025, false)",
    ]
)


def numbers_over(inner):
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
        pair.map(lambda it: f"mod({it[0]}, {it[1]})"),
        pair.map(lambda it: f"min_of({it[0]}, {it[1]})"),
        pair.map(lambda it: f"max_of({it[0]}, {it[1]})"),
        pair.map(lambda it: f"coalesce({it[0]}, {it[1]})"),
        st.tuples(inner, st.integers(0, 3)).map(lambda it: f"round({it[0]}, {it[1]})"),
        inner.map(lambda one: f"abs({one})"),
        inner.map(lambda one: f"(- {one})"),
        st.tuples(condition_leaves, inner, inner).map(
            lambda it: f"case when {it[0]} then {it[1]} else {it[2]} end"
        ),
    )


numbers = st.recursive(number_leaves, numbers_over, max_leaves=4)
day_texts = st.one_of(
    st.sampled_from(["PEM_042", "today()", "period_start()", "date(2024, 2, 29)"]),
    number_leaves.map(lambda one: f"date({one}, 2, 29)"),
    number_leaves.map(lambda one: f"date(2024, {one}, 31)"),
    number_leaves.map(lambda one: f"add_months(PEM_042, {one})"),
    number_leaves.map(lambda one: f"add_years(today(), {one})"),
    st.just("coalesce(PEM_042, add_months(today(), -1))"),
)
signs = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
conditions = st.recursive(
    st.one_of(
        condition_leaves,
        st.tuples(numbers, signs, numbers).map(" ".join),
        st.tuples(day_texts, signs, day_texts).map(" ".join),
        numbers.map(lambda one: f"{one} between 0 and 3"),
        numbers.map(lambda one: f"{one} in (0, 0.5, KEP_001)"),
        st.tuples(numbers, numbers).map(lambda it: f"near({it[0]}, {it[1]}, 1, 5)"),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda it: f"({it[0]}) {it[1]} ({it[2]})"
        ),
        inner.map(lambda one: f"not ({one})"),
    ),
    max_leaves=3,
)


@pytest.fixture(scope="module")
def node():
    with device.Device() as running:
        yield running


def agree(text, data, evaluators):
    bound = bind(read(text, WORDS), WORDS, AT, params=PARAMS)
    drawn = data.draw(st.lists(subjects(bound), min_size=1, max_size=4)) if data else [Subject()] * 2
    evaluate = to_python(bound)
    expected = [evaluate(record(bound, one, LOOKUPS)) for one in drawn]
    for other in evaluators:
        with contextlib.suppress(ExpressionFault):  # too wide for a table: said, never wrong
            assert other(bound, drawn, LOOKUPS) == expected, other.__module__


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
texts = st.one_of(conditions, numbers, day_texts)


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(texts, st.data())
@example("sum_rows(usulan,1,USL_015>today())", None)
@example("case when SOS_025 then 0.25 else 3 end", None)
@example("lookup('pagu',region_code()) = 7.5", None)
def test_four_evaluators_agree(node, text, data):
    agree(text, data, [tables.evaluate, node.evaluate, warehouse.evaluate])


@settings(max_examples=250, deadline=None, suppress_health_check=SLOW)
@given(texts, st.data())
def test_record_table_and_device_agree(node, text, data):
    agree(text, data, [tables.evaluate, node.evaluate])
