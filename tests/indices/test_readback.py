"""Sub-indices are read back to the points behind them, however they were written."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.indices import core
from sidara.kernel.number import rounded
from tests.indices import official

STEPS = {"iks": 175, "ike": 60, "ikl": 15}
LEAST = {"iks": 35, "ike": 9, "ikl": 0}


def rows(texts: dict[str, list[str | None]]) -> list[dict]:
    count = len(next(iter(texts.values())))
    return [
        {"kode": f"620102{2000 + at}", "tahun": 2024} | {name: values[at] for name, values in texts.items()}
        for at in range(count)
    ]


def exact(points: tuple[int, int, int]) -> float:
    return float(sum(Fraction(one, steps) for one, steps in zip(points, STEPS.values(), strict=True)) / 3)


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("decimals", [4, 6, 14, None])
def test_every_step_is_found_again(idm, name, decimals):
    steps = STEPS[name]
    numbers = [Fraction(step, steps) for step in range(steps + 1)]
    texts = [str(float(one)) if decimals is None else f"{rounded(one, decimals):f}" for one in numbers]
    others = {other: ["0.2000"] * (steps + 1) for other in STEPS if other != name}
    made = core.compute(idm, official.frame(rows({name: texts, **others})))
    assert made.findings == ()
    assert made.frame[name].to_list() == [float(one) for one in numbers]


@settings(max_examples=60, deadline=None)
@given(st.tuples(st.integers(0, 175), st.integers(0, 60), st.integers(0, 15)))
def test_the_index_is_the_nearest_double_of_the_exact_mean(idm, points):
    texts = {
        name: [str(rounded(Fraction(one, steps), 4))]
        for (name, steps), one in zip(STEPS.items(), points, strict=True)
    }
    assert core.compute(idm, official.frame(rows(texts))).frame["idm"].item() == exact(points)


@pytest.mark.parametrize("text", ["0.7430", "0.93", "0.5001", "0.00001"])
def test_off_the_grid_is_named_and_used_as_written(idm, text):
    made = core.compute(idm, official.frame(rows({"iks": [text], "ike": ["0.5"], "ikl": ["0.6"]})))
    assert [one.code for one in made.findings] == ["OFF_GRID"]
    assert made.findings[0].value == text
    assert "rata-rata angka terbit" in made.findings[0].message
    assert made.frame["iks"].item() == float(text)
    assert made.frame["idm"].item() == pytest.approx((float(text) + 0.5 + 0.6) / 3, abs=1e-15)


def test_off_the_grid_uses_the_published_index_where_the_row_has_it(idm):
    table = rows(
        {
            "iks": ["0.7430", "0.7429"],
            "ike": ["0.5", "0.55"],
            "ikl": ["0.6", "0.9333"],
            "idm": ["0.7000", "0.7421"],
        }
    )
    made = core.compute(idm, official.frame(table))
    assert made.frame["idm"].to_list() == [0.7, exact((130, 33, 14))]
    assert [(one.code, one.place.line) for one in made.findings] == [("OFF_GRID", 2)]
    assert "idm terbit" in made.findings[0].message


@pytest.mark.parametrize("published", ["5", "1.0001", "-1", "x", "1e308"])
def test_off_the_grid_a_published_index_that_cannot_be_is_named_and_not_used(idm, published):
    table = rows({"iks": ["0.1"], "ike": ["0.1"], "ikl": ["0.1"], "idm": [published], "off iks": ["v"]})
    made = core.compute(idm, official.frame(table))
    assert made.frame["idm"].to_list() == [0.1]
    assert made.frame["off iks"].to_list() == ["v"]
    by_code = {one.code: one for one in made.findings}
    assert "rata-rata" in by_code.pop("OFF_GRID").message
    assert {one.value for one in by_code.values()} == {published}


def test_a_missing_sub_index_is_a_span(idm):
    made = core.compute(idm, official.frame(rows({"iks": ["0.8"], "ike": ["0.8"], "ikl": [None]})))
    row = made.frame.row(0, named=True)
    assert (row["iks"], row["ikl"], row["idm"]) == (0.8, None, None)
    assert row["idm_min"] == exact((140, 48, LEAST["ikl"]))
    assert row["idm_max"] == exact((140, 48, 15))
    assert row["status"] == "antara"
    assert row["status_set"] == "TERTINGGAL|BERKEMBANG|MAJU|MANDIRI"


@pytest.mark.parametrize("text", ["1.2", "-0.1", "NaN", "1e308", "tinggi", "0,7429"])
def test_what_is_no_sub_index_is_rejected(idm, text):
    made = core.compute(
        idm, official.frame(rows({"iks": [text, "0.8"], "ike": ["0.5"] * 2, "ikl": ["0.6"] * 2}))
    )
    assert made.rejected == (2,)
    assert made.frame.height == 1
    assert (made.findings[0].place.column, made.findings[0].value) == ("iks", text)


def test_results_can_be_handed_in_again(idm, all_cases):
    first = core.compute(idm, official.frame(all_cases[:500])).frame
    again = core.compute(
        idm,
        official.frame(
            first.select("kode", "tahun", *STEPS).with_columns(pl.col(*STEPS).cast(pl.String)).to_dicts()
        ),
    )
    assert again.findings == ()
    assert again.frame["idm"].to_list() == first["idm"].to_list()
