"""Pictures of a climb and of what a budget reaches: every figure in words, nothing that the CSP blocks."""

import re
from decimal import Decimal

import pytest

from sidara.ui.charts import Threshold
from sidara.ui.progress import Climb, Reach, climb, reach

LINE = Threshold("batas Maju", Decimal("0.7073"))


@pytest.mark.parametrize("line", [LINE, None])
@pytest.mark.parametrize("values", [["0.6195", "0.7211"], ["0.4"], ["0.61"]])
def test_a_climb_names_each_step_with_its_figure(line: Threshold | None, values: list[str]) -> None:
    steps = tuple(Climb(f"Butir {at}", Decimal(value)) for at, value in enumerate(values))
    drawing = climb(Decimal("0.6100"), steps, line, label="jalur", decimals=4)
    for picture in (drawing.wide, drawing.narrow):
        assert "style=" not in picture
        assert 'aria-label="jalur"' in picture
        assert "0,6100" in picture
        for at, value in enumerate(values, 1):
            assert f"{at}. Butir {at - 1}" in picture
            assert f"{Decimal(value):.4f}".replace(".", ",") in picture
        assert ("batas Maju" in picture) is (line is not None)


def test_a_budget_is_marked_with_how_many_it_reaches() -> None:
    points = tuple(Reach(Decimal(at * at), at) for at in range(12))
    drawing = reach(points, Reach(Decimal(40), 6), label="anggaran", unit="langkah")
    assert "6 desa" in drawing.wide
    assert "langkah" in drawing.wide
    assert "style=" not in drawing.wide
    assert " desa" not in reach(points, None, label="anggaran", unit="langkah").wide


def test_long_labels_stand_on_two_lines() -> None:
    name = "Akses ke sarana kesehatan terdekat menurut jarak dan waktu"
    drawing = climb(Decimal("0.6"), (Climb(name, Decimal("0.7")),), None, label="jalur", decimals=2)
    for picture in (drawing.wide, drawing.narrow):
        assert "1. Akses ke" in picture
        assert name not in picture
        assert picture.count("<tspan") >= 2


@pytest.mark.parametrize("most", [1, 2, 4, 7, 1234])
def test_whole_figures_have_whole_ticks(most: int) -> None:
    drawing = reach((Reach(Decimal(0), 0), Reach(Decimal(most), most)), None, label="x", unit="u")
    ticks = re.findall(r">([\d.,]+)<", drawing.wide)
    assert ticks
    assert not any("," in tick for tick in ticks)
    assert 2 <= len(set(ticks)) <= 6
