"""Answers read with the dictionary: other frequencies, relevance by category, what is derived."""

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction

import pytest

from sidara.dictionary import queries
from sidara.dictionary.core import Answers, Reader, derived, typed
from sidara.expressions import bind, record
from sidara.kernel import period as periods
from sidara.kernel.actor import OPERATOR
from sidara.kernel.cell import Cell, State

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return queries.dictionary(OPERATOR)


@pytest.fixture(scope="module")
def reader(made):
    return Reader(made)


def answers(cells=(), lists=()):
    given = {}
    for key, value in dict(cells).items():
        variable, breakdown, period = [*key.split("/"), "", ""][:3] if key.count("/") == 2 else (
            key.split("/")[0], "_T", key.split("/")[1],
        )  # fmt: skip
        given[variable, breakdown, period] = (
            value if isinstance(value, Cell) else Cell(State.VALUE, number(value))
        )
    rows = {
        tuple(key.split("/")): None if value is None else [
            {code: Cell(State.VALUE, number(one)) for code, one in row.items()} for row in value
        ]
        for key, value in dict(lists).items()
    }  # fmt: skip
    return Answers("62.01.02.2016", "desa", given, rows)


def number(value):
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


@pytest.mark.parametrize(
    ("code", "cells", "at", "value"),
    [
        ("KEP_001", {"KEP_001/2026-S1": 100, "KEP_001/2026-S2": 120}, "2026", 120),
        ("KEP_001", {"KEP_001/2025-S2": 100}, "2026-Q1", 100),
        ("KEP_010", {f"KEP_010/2026-Q{n}": n for n in (1, 2, 3, 4)}, "2026", 10),
        ("KEP_010", {f"KEP_010/2026-Q{n}": n for n in (1, 2, 3)}, "2026", None),
        ("KES_016", {"KES_016/2026-Q2": 3, "KES_016/2026-Q4": 5}, "2026", 5),
        ("KES_016", {"KES_016/2026-Q2": 3, "KES_016/2026-Q4": 5}, "2026-S2", 2),
        ("KEP_023", {"KEP_023/2026-S2": 3}, "2026", None),
        ("LIN_004", {f"LIN_004/2026-{n:02d}": 1 for n in range(1, 13)}, "2026", 12),
        ("PEM_002", {"PEM_002/2025": 7}, "2026-03", 7),
    ],
    ids=[
        "stock: the last that ended", "stock, an earlier year", "flow: the sum", "flow: one is missing",
        "from January: the last", "from January: the difference", "a ratio is not read elsewhere",
        "flow of months", "stock of a year in a month",
    ],
)  # fmt: skip
def test_a_variable_is_read_at_another_frequency(reader, code, cells, at, value):
    found, reason = reader.reading(answers(cells), code, periods.parse(at))
    assert found == value
    assert bool(reason) == (value is None)


def test_a_part_is_read_like_its_variable(reader):
    cells = {f"KEU_002/ANGGARAN:R/2026-Q{n}": 100 * n for n in (1, 2, 3, 4)}
    found, _ = reader.reading(answers(cells), "KEU_002", periods.parse("2026"), "ANGGARAN:R")
    assert found == 400


def test_relevance_is_judged_by_category_where_both_are_broken_down_so(made, reader):
    cells = {"KES_027/TENAGA_KES:DOKTER/2026": False, "KES_027/TENAGA_KES:BIDAN/2026": True}
    found = reader.relevance(answers(cells), made.variables["KES_028"], periods.parse("2026"))
    assert found == {"TENAGA_KES:DOKTER": False, "TENAGA_KES:BIDAN": True, "TENAGA_KES:NAKES": None}


def test_relevance_of_one_cell(made, reader):
    at = periods.parse("2026")
    for value, is_relevant in (("1", True), ("3", False)):
        found = reader.relevance(answers({"DIK_014/2026": value}), made.variables["DIK_021"], at)
        assert found == {"_T": is_relevant}


APPARATUS = [
    {"APR_001": "SEKDES", "APR_002": "TERISI", "APR_003": "P", "APR_004": "7", "APR_005": 2015},
    {"APR_001": "KADUS", "APR_002": "TERISI", "APR_003": "L", "APR_004": "4", "APR_005": 2024},
    {"APR_001": "KAUR_KEU", "APR_002": "KOSONG"},
]


def test_lists_are_rolled_up(reader):
    found = derived(reader, answers(lists={"aparatur/2026-S2": APPARATUS})).cells
    values = {
        code: found[code, "_T", "2026-S2"].value for code in ("PEM_012", "PEM_013", "PEM_014", "PEM_020")
    }
    assert values == {"PEM_012": 2, "PEM_013": 1, "PEM_014": 1, "PEM_020": 1}
    assert found["PEM_018", "_T", "2026"].value == 1, "a yearly variable reads the list of the last semester"
    assert ("PEM_012", "_T", "2026-S1") not in found, "a list that is not filled gives nothing"


def test_a_list_declared_empty_is_zero(reader):
    found = derived(reader, answers(lists={"usulan/2026": []})).cells
    assert found["PEM_057", "_T", "2026"].value == 0
    assert found["PEM_057", "BIDANG_DESA:02", "2026"].value == 0


def test_a_list_is_broken_down_by_its_column(reader):
    rows = [{"USL_002": "02", "USL_008": 5}, {"USL_002": "02", "USL_008": 7}, {"USL_002": "04", "USL_008": 1}]
    found = derived(reader, answers(lists={"usulan/2026": rows})).cells
    assert found["PEM_057", "_T", "2026"].value == 3
    assert [found["PEM_057", f"BIDANG_DESA:0{n}", "2026"].value for n in (1, 2, 4)] == [0, 2, 1]
    assert found["PEM_061", "BIDANG_DESA:02", "2026"].value == 12


def test_columns_of_rows_are_derived_first(reader):
    rows = [
        {"LBG_001": "PKK", "LBG_003": "PERDES", "LBG_005": 9, "LBG_008": 3, "LBG_009": 4},
        {"LBG_001": "LPM", "LBG_003": "SK_KADES", "LBG_005": 5, "LBG_008": 0, "LBG_009": 2},
    ]
    made = derived(reader, answers(lists={"lembaga/2026": rows}))
    assert [row["LBG_011"].value for row in made.lists["lembaga", "2026"]] == [True, False]
    value = {
        code: made.cells[code, "_T", "2026"].value for code in ("SOS_001", "SOS_002", "SOS_003", "SOS_005")
    }
    assert value == {"SOS_001": "1", "SOS_002": "3", "SOS_003": "2", "SOS_005": 1}
    assert made.cells["SOS_005", "JENIS_LKD:PKK", "2026"].value == 1
    assert made.cells["SOS_039", "JENIS_LEMBAGA:PKK", "2026"].value == 1


def test_formulas_follow_each_other(reader):
    cells = {"KEP_001/2026-S2": 100, "PEM_002/2026": 8}
    assert derived(reader, answers(cells)).cells["KEP_023", "_T", "2026-S2"].value == Decimal("12.5")
    assert reader.value(answers(cells), "KEP_001 / 3", periods.parse("2026-S2")) == Fraction(100, 3)


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("KEP_001", "12", Decimal(12)),
        ("KEP_001", "12.5", None),
        ("KEP_001", "1e3", None),
        ("KEP_001", "\uff11", None),
        ("PEM_002", "42.50", Decimal("42.50")),
        ("PEM_003", "ya", True),
        ("PEM_003", "mungkin", None),
        ("PEM_001", "2", "2"),
        ("PEM_001", "9", None),
        ("LIN_003", "1 3", "1 3"),
        ("LIN_003", "1 1", None),
        ("EKO_016", "-5", Decimal(-5)),
        ("USL_001", "", None),
    ],
)
def test_a_text_is_read_by_its_type(made, code, text, value):
    assert typed(made, made.asked(code), text) == value


def test_threads_that_bind_the_same_at_once_share_what_stays(made, monkeypatch):
    """What is bound and let go would leave its id, and with it its function, to another expression."""
    reader = Reader(made)
    at = periods.parse("2024")
    both = threading.Barrier(2, timeout=30)

    def meeting(*args, **named):
        bound = bind(*args, **named)
        both.wait()
        return bound

    monkeypatch.setattr("sidara.dictionary.core.answers.bind", meeting)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: reader.bound("1 + 1", at), range(2))
    assert first is second
    monkeypatch.undo()
    subject = reader.subject(answers(), at)
    for number in range(500):
        other = reader.bound(f"{number} + 1", at)
        assert reader.of(other, record(other, subject, {})) == number + 1


def test_what_is_bound_elsewhere_keeps_its_own_function(made):
    reader, at = Reader(made), periods.parse("2024")
    subject = reader.subject(answers(), at)
    for number in range(500):
        other = Reader(made).bound(f"{number} + 1", at)
        assert reader.of(other, record(other, subject, {})) == number + 1
