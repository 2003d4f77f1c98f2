"""One case file, every evaluator: the same value on a record in Python and on a table in Polars."""

from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from sidara import expressions
from sidara.expressions import Vocabulary

CASES = Path(__file__).parent / "cases"


def lines(name: str) -> list[list[str]]:
    text = (CASES / name).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [[part.strip() for part in line.replace(" => ", " ; ").split(" ; ")] for line in rows]


def value(text: str):
    words = {"true": True, "false": False, "null": None}
    if text.startswith("'"):
        return text[1:-1]
    return words[text] if text in words else Fraction(text)


def record(text: str) -> dict:
    return {name: value(given) for name, given in (pair.rsplit("=", 1) for pair in text.split(" "))}


def table(given: dict, scales: dict) -> pl.DataFrame:
    def cell(name):
        number = given[name]
        return int(number * 10 ** scales[name]) if isinstance(number, Fraction) else number

    types = {name: {bool: pl.Boolean, str: pl.String}.get(type(one), pl.Int64) for name, one in given.items()}
    return pl.DataFrame({name: pl.Series([cell(name)], dtype=types[name]) for name in given})


@pytest.mark.parametrize(("text", "given", "expected"), lines("values.txt"), ids=lambda part: part)
def test_every_evaluator_gives_the_value(text, given, expected):
    expression = expressions.parse(text)
    row = record(given)
    scales = {name: 2 for name, one in row.items() if isinstance(one, Fraction)}
    nulls = {name: None for name, one in row.items() if one is None}
    kinds = dict(expression.kinds)
    frame = table(row, scales).with_columns(
        pl.lit(None, dtype=pl.Boolean if kinds.get(name) is expressions.Kind.BOOLEAN else None).alias(name)
        for name in nulls
    )
    assert expressions.to_python(expression)(row) == value(expected)
    if expression.kind is expressions.Kind.NUMBER:
        numerator, denominator = frame.select(
            pl.concat_list(*(part.cast(pl.Int128) for part in expressions.to_ratio(expression, scales)))
        ).item()
        got = None if numerator is None else Fraction(numerator, denominator)
    else:
        got = frame.select(expressions.to_polars(expression, scales)).item()
    assert got == value(expected)


@pytest.mark.parametrize(("text", "code", "word"), lines("faults.txt"), ids=lambda part: part)
def test_what_is_not_the_language_is_refused_with_a_finding(text, code, word):
    with pytest.raises(expressions.ExpressionFault) as caught:
        expressions.parse(text, ["a", "b", "KES_007", "jumlah_dokter"])
    finding = caught.value.findings[0]
    assert finding.code == code
    assert word.lower() in f"{finding.message} {finding.remedy}".lower()


def test_all_unknown_names_are_named_at_once():
    with pytest.raises(expressions.ExpressionFault) as caught:
        expressions.parse("x > 1 and y > 2 and a > 3", ["a"])
    assert [finding.value for finding in caught.value.findings] == ["x", "y"]


def test_declared_kinds_are_checked():
    with pytest.raises(expressions.ExpressionFault):
        expressions.parse("a > 1", {"a": expressions.Kind.TEXT})
    assert expressions.parse("a = b", {"a": expressions.Kind.TEXT, "b": expressions.Kind.TEXT}).names == (
        "a",
        "b",
    )


def test_at_most_200_nodes():
    assert expressions.parse(" + ".join(["a"] * 100))
    with pytest.raises(expressions.ExpressionFault, match="200"):
        expressions.parse(" + ".join(["a"] * 101))


def nested(before: str, after: str, times: int = 100) -> str:
    """Nest `a` many times: what few signs can make large is what could hang or crash a reader."""
    return before * times + "a" + after * times


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (nested("(", ")", 1900), "EXPRESSION_TOO_DEEP"),
        (nested("not ", "", 900), "EXPRESSION_TOO_DEEP"),
        (nested("- ", "", 1900), "EXPRESSION_TOO_DEEP"),
        (nested("abs(", ")"), "EXPRESSION_TOO_DEEP"),
        (nested("case when a then ", " end"), "EXPRESSION_TOO_DEEP"),
        (nested("case when ", " between 0 and 1 then 1 else 2 end", 39), "EXPRESSION_TOO_LONG"),
        ("a" + " between 0 and 1" * 39, "EXPRESSION_TOO_LONG"),
        ("1" + "+1" * 1900, "EXPRESSION_TOO_LONG"),
        ("a" * 5000, "EXPRESSION_TOO_LONG"),
        ("", "EXPRESSION_EMPTY"),
        ("   ", "EXPRESSION_EMPTY"),
        ("'\ud800' = a", "FOREIGN_SIGN"),
        ("'\x00' = a", "FOREIGN_SIGN"),
    ],
    ids=lambda part: ascii(part)[:24],
)
def test_monsters_are_refused(text, code):
    with pytest.raises(expressions.ExpressionFault) as caught:
        expressions.parse(text)
    assert caught.value.findings[0].code == code


@pytest.mark.parametrize(
    "text",
    [
        nested("coalesce(", ")", 39),
        nested("case when ", " > 1 then 1 else 2 end", 39),
        nested("(a = ", ")", 39).replace("a", "b"),
        nested("case when b then ", " end", 39),
    ],
    ids=lambda part: part[:24],
)
def test_kinds_of_what_nests_are_found_without_trying_all_ways(text):
    """Each of these would take years if every part were looked at twice at every level."""
    assert expressions.parse(text)


def test_classes_that_nest_are_refused_before_they_grow():
    words = Vocabulary(is_open=True)
    assert expressions.read("class_rank('ID', class_of(KEP_001, 'ID')) > 2", words)
    with pytest.raises(expressions.ExpressionFault, match="bersarang"):
        expressions.read("class_rank('ID', class_of(" * 9 + "KEP_001" + ", 'ID'))" * 9, words)


def test_days_that_nest_are_refused_before_a_table_hangs_on_them():
    words = Vocabulary(is_open=True)
    assert expressions.read("PEM_042 <= add_years(date(period_year(), 1, 1), 1)", words)
    with pytest.raises(expressions.ExpressionFault, match="bersarang"):
        expressions.read("add_months(add_months(PEM_042, KEP_001), KES_025) > today()", words)


def test_the_place_counts_lines():
    with pytest.raises(expressions.ExpressionFault, match="baris 3, huruf ke-5"):
        expressions.parse("a > 1\n  and\n  ( KES_008 > 1)", ["a"])


def test_binary_floats_are_refused():
    with pytest.raises(TypeError):
        expressions.to_python(expressions.parse("a > 1"))({"a": 1.5})


def test_a_table_that_could_overflow_is_refused_before_it_runs():
    text = " / b + ".join(f"a{number}" for number in range(6)) + " / c > 1"
    with pytest.raises(expressions.ExpressionFault, match="38"):
        expressions.to_polars(expressions.parse(text.replace("/ b", "/ a0")), digits=15)


@pytest.mark.parametrize("given", [None, True, False])
def test_a_choice_that_is_the_same_in_all_rows_fills_all_rows(given):
    """Polars takes a constant left of such a `when` for the whole column; constants stand to the right."""
    frame = pl.DataFrame({"p": [given] * 3, "a": [1, 2, 3]}, schema={"p": pl.Boolean, "a": pl.Int64})
    for text in (
        "-1 <= case when p then 1 else 10 end",
        "'x' = case when p then 'x' else 'y' end",
        "true and case when p then true else false end",
        "mod(7, case when p then 2 else 3 end) = 1",
        "mod(0, 0) = (-mod(a, a))",
    ):
        expression = expressions.parse(text)
        evaluate = expressions.to_python(expression)
        got = frame.select("a", value=expressions.to_polars(expression))["value"].to_list()
        assert got == [evaluate(row) for row in frame.to_dicts()]
