from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.kernel import number

ENGLISH = number.Language.ENGLISH
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in (Path(__file__).parent / "cases" / "number.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("value", "decimals", "indonesian", "english"), CASES)
def test_numbers_are_written_the_way_of_each_language(
    value: str, decimals: str, indonesian: str, english: str
) -> None:
    figure = Fraction(value) if "/" in value else Decimal(value)
    assert number.format_number(figure, int(decimals)) == indonesian
    assert number.format_number(figure, int(decimals), language=ENGLISH) == english


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_exact_and_half_away_from_zero(value: Fraction, decimals: int) -> None:
    distance = Fraction(number.rounded(value, decimals)) - value
    half = Fraction(1, 2 * 10**decimals)
    assert abs(distance) <= half
    if abs(distance) == half:
        assert abs(value + distance) > abs(value)


def test_sign_missing_percent_and_date() -> None:
    assert number.format_number(12, sign=True) == "+12"
    assert number.format_number(None) == "–"
    assert number.format_percent(57, 97) == "59\N{NO-BREAK SPACE}%"
    assert number.format_percent(1, 0) == "–"
    assert number.format_date(date(2026, 11, 24)) == "24 November 2026"
    assert number.format_date(date(2026, 8, 3)) == "3 Agustus 2026"


def test_sign_missing_percent_and_date_in_english() -> None:
    assert number.format_number(-1200, language=ENGLISH) == "−1,200"
    assert number.format_number(None, language=ENGLISH) == "–"
    assert number.format_percent(Decimal("12.5"), 100, 1, language=ENGLISH) == "12.5%"
    assert number.format_date(date(2026, 8, 3), language=ENGLISH) == "3 August 2026"


def test_figures_of_any_length_are_rounded_exactly() -> None:
    long = 10**40 + 1
    assert (
        number.rounded(Fraction(long), 0)
        == number.rounded(Decimal(long), 0)
        == number.rounded(long, 0)
        == Decimal(long)
    )
    assert str(number.rounded(Decimal("-0.00005"), 4)) == "-0.0001"
    assert str(number.rounded(Decimal("2.5"), 2)) == "2.50"
