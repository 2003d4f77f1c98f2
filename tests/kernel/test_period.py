from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.kernel import period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-S2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
    ],
)
def test_text_becomes_days(text: str, first: date, last: date) -> None:
    found = period.parse(text)
    assert found is not None
    assert (found.first_day, found.last_day) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "20244",
        "2024-13",
        "2024-00",
        "2024-Q5",
        "2024-S0",
        "1899",
        "2201",
        "2024-1",
        "٢٠٢٤",
        "2024 ",
    ],
)
def test_other_text_is_no_period(text: str) -> None:
    assert period.parse(text) is None


@given(st.integers(1945, 2100), st.sampled_from([("", 0), ("-S", 2), ("-Q", 4), ("-", 12)]), st.data())
def test_text_survives_the_way_in_and_out(year: int, kind: tuple[str, int], data: st.DataObject) -> None:
    separator, parts = kind
    number = data.draw(st.integers(1, parts)) if parts else 0
    tail = f"{separator}{number:02d}" if separator == "-" else f"{separator}{number}" if parts else ""
    text = f"{year}{tail}"
    assert str(period.parse(text)) == text
