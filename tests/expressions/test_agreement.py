"""Property: on any record, the table evaluator gives exactly what the record evaluator gives."""

from fractions import Fraction

import polars as pl
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from sidara import expressions

SCALES = {"d": 2}
NAMES = {
    "a": expressions.Kind.NUMBER,
    "b": expressions.Kind.NUMBER,
    "d": expressions.Kind.NUMBER,
    "p": expressions.Kind.BOOLEAN,
    "q": expressions.Kind.BOOLEAN,
    "t": expressions.Kind.TEXT,
}

wholes = st.one_of(st.none(), st.integers(-30, 30), st.integers(-9999, 9999))
truths = st.one_of(st.none(), st.booleans())
texts = st.sampled_from([None, "pam", "sumur", ""])
rows = st.fixed_dictionaries({"a": wholes, "b": wholes, "d": wholes, "p": truths, "q": truths, "t": texts})


def number(inner, condition):
    two = st.tuples(inner, inner)
    return st.one_of(
        two.flatmap(lambda pair: st.sampled_from("+-*/").map(lambda sign: f"({pair[0]} {sign} {pair[1]})")),
        two.map(lambda pair: f"mod({pair[0]}, {pair[1]})"),
        two.map(lambda pair: f"min_of({pair[0]}, {pair[1]})"),
        two.map(lambda pair: f"max_of({pair[0]}, {pair[1]})"),
        two.map(lambda pair: f"coalesce({pair[0]}, {pair[1]})"),
        st.tuples(inner, st.integers(0, 3)).map(lambda pair: f"round({pair[0]}, {pair[1]})"),
        inner.map(lambda one: f"abs({one})"),
        inner.map(lambda one: f"(-{one})"),
        st.tuples(condition, inner, inner).map(lambda it: f"case when {it[0]} then {it[1]} else {it[2]} end"),
    )


leaf_numbers = st.sampled_from(["a", "b", "d", "0", "1", "2", "0.75", "0.1", "3.25"])
leaf_conditions = st.sampled_from(
    ["p", "q", "true", "t = 'pam'", "t in ('pam', 'sumur')", "a > 1", "b is null"]
)
numbers = st.recursive(leaf_numbers, lambda inner: number(inner, leaf_conditions), max_leaves=5)
comparisons = st.tuples(numbers, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), numbers).map(" ".join)
conditions = st.recursive(
    st.one_of(
        leaf_conditions,
        comparisons,
        numbers.map(lambda one: f"{one} between 0 and 1"),
        numbers.map(lambda one: f"{one} in (0, 0.5, b)"),
        st.tuples(numbers, numbers).map(lambda pair: f"near({pair[0]}, {pair[1]}, 1, 5)"),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda it: f"({it[0]}) {it[1]} ({it[2]})"
        ),
        inner.map(lambda one: f"not ({one})"),
    ),
    max_leaves=4,
)


def frame_of(records):
    kinds = {"p": pl.Boolean, "q": pl.Boolean, "t": pl.String}
    return pl.DataFrame(records, schema={name: kinds.get(name, pl.Int64) for name in NAMES})


def as_record(row):
    return row | {"d": None if row["d"] is None else Fraction(row["d"], 100)}


def table_side(build, text):
    """The table may refuse what could overflow; that is said, never wrong."""
    expression = expressions.parse(text, NAMES)
    try:
        return expression, build(expression, SCALES, digits=4)
    except expressions.ExpressionFault:
        return expression, None


@settings(max_examples=400, deadline=None)
@given(conditions, st.lists(rows, min_size=1, max_size=6))
@example("(-mod(0, 0.75)) = mod(a, a)", [dict.fromkeys(NAMES)] * 2)
@example("min_of(mod(7, 0), round(2 / 3, 2)) < a", [dict.fromkeys(NAMES) | {"a": 1}] * 2)
def test_conditions_agree(text, records):
    expression, column = table_side(expressions.to_polars, text)
    assume(column is not None)
    evaluate = expressions.to_python(expression)
    expected = [evaluate(as_record(row)) for row in records]
    assert frame_of(records).select(value=column, row="a")["value"].to_list() == expected


@settings(max_examples=400, deadline=None)
@given(numbers, st.lists(rows, min_size=1, max_size=6))
def test_numbers_agree_exactly(text, records):
    expression, parts = table_side(expressions.to_ratio, text)
    assume(parts is not None)
    evaluate = expressions.to_python(expression)
    expected = [evaluate(as_record(row)) for row in records]
    got = frame_of(records).select("a", numerator=parts[0], denominator=parts[1])
    ratios = [
        None if numerator is None else Fraction(numerator, denominator)
        for numerator, denominator in zip(got["numerator"], got["denominator"], strict=True)
    ]
    assert ratios == expected


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 10**12 - 1),
    st.integers(1, 10**12 - 1),
    st.sampled_from(["0.1", "0.25", "0.5", "0.6", "0.75", "0.9", "0.004", "0.001"]),
)
def test_a_ratio_of_counts_meets_a_decimal_exactly(part, whole, limit):
    got = pl.DataFrame({"a": [part], "b": [whole]}).select(
        expressions.to_polars(expressions.parse(f"a / b >= {limit}"))
    )
    assert got.item() is (part * Fraction(1) / whole >= Fraction(limit))
