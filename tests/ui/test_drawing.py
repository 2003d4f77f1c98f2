"""The drawings stand under the strict CSP, keep their texts whole and look the same each time."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from sidara.ui.charts import Bar, Point, Spread, Threshold, line_over_years, range_dots, ranking_bars
from sidara.ui.drawing import Drawing, clean

SERIES = [
    Point(2021, Decimal("0.6121")),
    Point(2022, None),
    Point(2023, Decimal("0.6618")),
    Point(2024, Decimal("0.7123")),
]
LIMITS = [
    Threshold("batas Berkembang", Decimal("0.5989")),
    Threshold("batas Maju", Decimal("0.7072")),
    Threshold("batas Mandiri", Decimal("0.8155")),
]


def drawings() -> dict[str, Drawing]:
    return {
        "line": line_over_years(SERIES, LIMITS, label='naik "tajam" <2024>'),
        "one year": line_over_years(SERIES[-1:], LIMITS, label="satu tahun"),
        "bars": ranking_bars(
            [Bar("Kotawaringin Barat", Decimal(95), "95 % (1.232 dari 1.300)")], label="peringkat"
        ),
        "dots": range_dots(
            [Spread("Ketahanan sosial", Decimal("0.7"), Decimal("0.5"), Decimal("0.68"), Decimal("0.9"))],
            label="sebaran",
        ),
    }


@pytest.mark.parametrize("name", drawings())
def test_a_drawing_is_quiet_named_and_allowed_by_the_csp(name: str) -> None:
    for svg in (drawings()[name].wide, drawings()[name].narrow):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert root.get("aria-label")
        assert not re.search(r"\s(style|aria-roledescription|font-family|class=\"mark)", svg)
        assert float(root.get("width", "0")) <= (522 if svg is drawings()[name].wide else 328)


def test_figures_in_texts_are_never_cut() -> None:
    assert "1.232 dari 1.300" in drawings()["bars"].wide
    assert "0,7123" in drawings()["line"].narrow
    raw = (
        '<svg width="10" height="10"><g transform="translate(1.23456,7.0001)"><text>1.23456</text></g></svg>'
    )
    assert clean(raw, label="x", mark="m").endswith(
        '<g transform="translate(1.2,7)"><text>1.23456</text></g></svg>'
    )


def test_a_year_without_a_figure_breaks_the_line() -> None:
    path = re.search(r'<path d="(M[^"]+)" stroke="#0B5F61"', line_over_years(SERIES, label="x").wide)
    assert path is not None
    assert path[1].count("M") == 2


def test_only_the_thresholds_next_to_the_figures_are_drawn() -> None:
    svg = line_over_years([Point(2024, Decimal("0.72"))], LIMITS, label="x").wide
    assert "batas Maju" in svg
    assert "batas Mandiri" in svg
    assert "batas Berkembang" not in svg


def test_the_same_figures_give_the_same_picture() -> None:
    assert drawings()["bars"].wide == drawings()["bars"].wide
    assert (
        drawings()["bars"].wide
        is ranking_bars(
            [Bar("Kotawaringin Barat", Decimal(95), "95 % (1.232 dari 1.300)")], label="peringkat"
        ).wide
    )
