"""Pictures of a climb and of what a budget reaches: every figure in words, nothing that the CSP blocks."""

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
