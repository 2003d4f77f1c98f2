"""Cells and verdicts without a database: everything that is sent gets exactly one verdict."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara import tables
from sidara.collection.core import (
    Account,
    Choice,
    Declaration,
    DeclarationFault,
    ValueType,
    Variable,
    Verdict,
    build,
    judge,
    locate,
    melt,
    merge,
    variables_of,
)
from sidara.collection.formats import declarations as content

VARIABLES = variables_of(
    [
        {
            "variables": [
                {
                    "code": "X.A",
                    "label": "a",
                    "decimals": 0,
                    "type": "number",
                    "whole": True,
                    "minimum": 0,
                    "maximum": 5,
                },
                {"code": "X.B", "label": "b", "decimals": 2, "type": "number"},
                {
                    "code": "X.C",
                    "label": "c",
                    "decimals": 0,
                    "type": "choice",
                    "choices": [{"code": "SATU_DUA", "label": "Satu dua", "published": "Satu Dua"}],
                },
                {"code": "X.T", "label": "t", "decimals": 0, "type": "text"},
            ]
        }
    ]
)
CONTENT = {
    "name": "contoh",
    "title": "Contoh",
    "dataset": {"title": "Contoh", "source": "Contoh", "definition": "-", "measure": "published"},
    "code_scheme": "kemendagri",
    "region": {"column": "kode", "level": 4},
    "period": {"column": "tahun"},
    "columns": [
        {"column": "a", "variable": "X.A"},
        {"column": "b", "variable": "X.B"},
        {"column": "b_k", "variable": "X.B", "breakdown": {"Z": "1", "K": "2"}},
        {"column": "c", "variable": "X.C"},
        {"column": "t", "variable": "X.T", "optional": True},
    ],
    "ignored": [],
}
DECLARATION: Declaration = build(CONTENT, VARIABLES)
COLUMNS = ["kode", "tahun", "a", "b", "b_k", "c", "t"]
REGISTER = pl.DataFrame({"code": ["62", "62.01.02.2016", "62.01.02.2017"], "region_id": [1, 2, 3]})


def frame(*rows: tuple) -> pl.DataFrame:
    columns = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return columns.with_columns(pl.int_range(2, pl.len() + 2).alias(tables.LINE))


def cells(*rows: tuple):
    return locate(melt(frame(*rows), DECLARATION), REGISTER, "kode")


GOOD = ("6201022016", "2024", "3", "0.657", "1e-05", "SATU DUA", "x")


def test_a_good_row_becomes_typed_cells():
    melted = cells(GOOD)
    assert melted.rejected == 0
    assert melted.findings == ()
    assert melted.cells.select("region_id", "period", "variable", "breakdown", "value").rows() == [
        (2, "2024", "X.A", "_T", "3"),
        (2, "2024", "X.B", "_T", "0.657"),
        (2, "2024", "X.B", "K:2|Z:1", "1e-05"),
        (2, "2024", "X.C", "_T", "SATU_DUA"),
        (2, "2024", "X.T", "_T", "x"),
    ]


def test_an_empty_cell_is_not_sent():
    melted = cells((*GOOD[:2], None, "0", None, None, None))
    assert (melted.cells.height, melted.rejected) == (1, 0)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("a", "-1", "VALUE_OUTSIDE"),
        ("a", "4.5", "VALUE_OUTSIDE"),
        ("a", "9", "VALUE_OUTSIDE"),
        ("a", "NaN", "VALUE_NOT_NUMBER"),
        ("a", "５", "VALUE_NOT_NUMBER"),
        ("b", "banyak", "VALUE_NOT_NUMBER"),
        ("b", "0,5", "VALUE_NOT_NUMBER"),
        ("b", "inf", "VALUE_NOT_NUMBER"),
        ("b", "1_000", "VALUE_NOT_NUMBER"),
        ("b", "1e308", "VALUE_TOO_LARGE"),
        ("b", "100000000000000", "VALUE_TOO_LARGE"),
        ("c", "Tiga", "CHOICE_UNKNOWN"),
    ],
)
def test_a_bad_value_is_rejected_alone_with_its_place(column, value, code):
    row = list(GOOD)
    row[COLUMNS.index(column)] = value
    melted = cells(tuple(row))
    (finding,) = melted.findings
    assert (melted.cells.height, melted.rejected) == (4, 1)
    assert (finding.code, finding.place.line, finding.place.column, finding.value) == (code, 2, column, value)
    assert finding.remedy


def test_a_decimal_comma_says_what_to_write():
    (finding,) = cells((*GOOD[:3], "0,5", None, None, None)).findings
    assert "titik desimal" in finding.remedy


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("kode", "620102201", "CODE_MALFORMED"),
        ("kode", "62.0102.2016", "CODE_MALFORMED"),
        ("kode", None, "CODE_MALFORMED"),
        ("kode", "Desa Kumai", "CODE_MALFORMED"),
        ("tahun", "24", "PERIOD_MALFORMED"),
        ("tahun", None, "PERIOD_MALFORMED"),
    ],
)
def test_a_row_without_a_key_is_rejected_whole(column, value, code):
    row = list(GOOD)
    row[COLUMNS.index(column)] = value
    melted = cells(tuple(row))
    (finding,) = melted.findings
    assert (melted.cells.height, melted.rejected) == (0, 5)
    assert (finding.code, finding.place.line, finding.place.column, finding.value) == (code, 2, column, value)
    assert "5 sel" in finding.message


def test_rows_with_the_same_key_are_all_rejected_and_name_each_other():
    melted = cells(GOOD, ("6201022017", *GOOD[1:]), ("62.01.02.2016", *GOOD[1:]))
    assert (melted.cells["region_id"].unique().to_list(), melted.rejected) == ([3], 10)
    assert [(one.code, one.place.line) for one in melted.findings] == [
        ("KEY_DUPLICATE", 2),
        ("KEY_DUPLICATE", 4),
    ]
    assert "baris 4" in melted.findings[0].message


def test_an_unknown_province_is_one_finding_and_the_account_stays_exact():
    rows = [(f"11010120{n:02d}", *GOOD[1:]) for n in range(50)]
    melted = cells(GOOD, *rows)
    assert (melted.cells.height, melted.rejected) == (5, 250)
    (finding,) = melted.findings
    assert finding.code == "REGION_UNKNOWN"
    assert "50 baris (250 sel)" in finding.message
    assert "--province 11" in finding.remedy


def test_a_code_that_looks_like_a_bps_code_is_said_to():
    melted = cells(("6201020016", *GOOD[1:]))
    assert melted.rejected == 5
    assert "kode BPS" in melted.findings[0].message


def test_a_row_that_could_not_be_read_counts_with_all_its_columns():
    assert melt(frame(GOOD), DECLARATION, unread=2).rejected == 10


def test_many_faults_are_counted_in_one_finding():
    rows = [(f"6201{n:06d}", "2024", "99", None, None, None, None) for n in range(600)]
    melted = melt(frame(*rows), DECLARATION)
    assert melted.rejected == 600
    assert len(melted.findings) == 501
    assert "100 temuan lain" in melted.findings[-1].message


_TEXT = st.sampled_from([None, "0", "3", "9", "0.5", "NaN", "x", "Satu Dua", "1e400", "-1", "６"])
_ROW = st.tuples(
    st.sampled_from(["6201022016", "6201022017", "6201029999", "1101012001", "x", None]),
    st.sampled_from(["2024", "2023", "tahun", None]),
    *[_TEXT] * 5,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_ROW, max_size=12))
def test_every_sent_cell_has_one_verdict(rows):
    """sent = non-empty cells, whatever the table holds; and the file again is all unchanged."""
    sent = sum(value is not None for row in rows for value in row[2:])
    melted = cells(*rows)
    assert melted.cells.height + melted.rejected == sent
    assert bool(melted.rejected) <= bool(melted.findings)
    first = merge(melted.cells, stored(melted.cells.clear()), date(2026, 1, 1))
    assert set(first["verdict"]) <= {Verdict.CREATED.value}
    again = merge(melted.cells, stored(melted.cells), date(2026, 1, 1))
    assert set(again["verdict"]) <= {Verdict.UNCHANGED.value}
    assert again.height == melted.cells.height


def stored(cells: pl.DataFrame, day: date = date(2026, 1, 1)) -> pl.DataFrame:
    return cells.select(
        *("region_id", "period", "variable", "breakdown"),
        pl.int_range(pl.len()).alias("cell_id"),
        pl.col("state").alias("old_state"),
        pl.col("value").alias("old_value"),
        pl.lit(1, pl.Int64).alias("revision"),
        pl.lit(day).alias("stored_date"),
    )


@pytest.mark.parametrize(
    ("stored_on", "verdict"),
    [(date(2025, 12, 31), "updated"), (date(2026, 1, 1), "updated"), (date(2026, 1, 2), "conflicting")],
)
def test_an_older_copy_conflicts_where_it_differs(stored_on, verdict):
    before, now = cells(GOOD).cells, cells((*GOOD[:2], "4", *GOOD[3:])).cells
    verdicts = merge(now, stored(before, stored_on), date(2026, 1, 1))
    assert verdicts.filter(pl.col("variable") == "X.A")["verdict"].to_list() == [verdict]
    assert verdicts["verdict"].value_counts().filter(pl.col("verdict") == "unchanged")["count"].to_list() == [
        4
    ]


def test_the_sum_of_an_account_cannot_be_otherwise():
    account = Account(created=1, updated=2, unchanged=3, conflicting=4, rejected=5)
    assert account.sent == 15
    assert account.flat()["sent"] == 15
    with pytest.raises(TypeError):
        Account(sent=3)


def test_a_program_sends_codes_and_states():
    choice = Variable("Y.C", "c", "", 0, ValueType.CHOICE, (Choice("SATU", "Satu"),))
    number = Variable("Y.N", "n", "", 0, ValueType.NUMBER, minimum=Decimal(0))
    sent = pl.DataFrame(
        {
            "region_id": [1, 2, 3, 4, 4, 5, 6],
            "period": "2024",
            "variable": ["Y.C", "Y.C", "Y.N", "Y.N", "Y.N", "Y.X", "Y.N"],
            "breakdown": "_T",
            "state": ["nilai", "nilai", "tidak_ada", "nilai", "nilai", "nilai", "nilai"],
            "value": ["SATU", "DUA", None, "1", "1", "1", None],
        }
    )
    melted = judge(sent, [choice, number])
    assert sorted(melted.cells["region_id"]) == [1, 3]
    assert melted.rejected == 5
    assert {one.code for one in melted.findings} == {
        "CHOICE_UNKNOWN",
        "KEY_DUPLICATE",
        "VARIABLE_UNKNOWN",
        "STATE_VALUE",
    }


# --- content


@pytest.mark.parametrize(
    "columns",
    [
        [{"column": "a", "variable": "X.NONE"}],
        [{"column": "a", "variable": "X.A"}, {"column": "b", "variable": "X.A"}],
        [{"column": "a", "variable": "X.A"}, {"column": "a", "variable": "X.B"}],
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(columns):
    with pytest.raises(DeclarationFault):
        build({**CONTENT, "columns": columns}, VARIABLES)


def test_the_declarations_are_complete():
    declared = content.declarations()
    assert set(declared) == {
        "idm-indices",
        "idm-items",
        "idm-national",
        "idm-recap",
        "indeks-desa-dimensions",
    }
    for name, one in declared.items():
        assert one.name == name
        assert bool(one.period) != bool(one.period_column)
        assert not set(one.ignored) & {column.column for column in one.columns}
        codes = [choice.code for variable in one.variables for choice in variable.choices]
        assert len(codes) == len(set(codes))
    assert len([one for one in declared["idm-items"].columns if one.variable[4] in "SEL"]) >= 50
