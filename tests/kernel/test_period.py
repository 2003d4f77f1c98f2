from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.kernel import period
from sidara.kernel.number import Language


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


@pytest.mark.parametrize(
    ("text", "before", "year_before"),
    [
        ("2026", "2025", "2025"),
        ("2026-S1", "2025-S2", "2025-S1"),
        ("2026-S2", "2026-S1", "2025-S2"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026-03", "2026-02", "2025-03"),
        ("2024-02", "2024-01", "2023-02"),
    ],
)
def test_the_period_before_and_the_year_before(text: str, before: str, year_before: str) -> None:
    found = period.parse(text)
    assert found is not None
    assert (str(found.preceding), str(found.year_earlier)) == (before, year_before)


@pytest.mark.parametrize(
    ("outer", "frequency", "inner"),
    [
        ("2026", "Q", ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]),
        ("2026-S2", "M", ["2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12"]),
        ("2026-Q1", "Q", ["2026-Q1"]),
        ("2026-Q1", "A", []),
    ],
)
def test_the_periods_inside_another(outer: str, frequency: str, inner: list[str]) -> None:
    found = period.parse(outer)
    assert found is not None
    assert [str(part) for part in found.parts(period.Frequency(frequency))] == inner


@pytest.mark.parametrize(
    ("day", "frequency", "ended"),
    [
        (date(2026, 6, 30), "Q", "2026-Q2"),
        (date(2026, 6, 29), "Q", "2026-Q1"),
        (date(2026, 6, 30), "A", "2025"),
        (date(2026, 12, 31), "A", "2026"),
        (date(2024, 2, 28), "M", "2024-01"),
    ],
)
def test_the_last_period_that_has_ended(day: date, frequency: str, ended: str) -> None:
    assert str(period.last_ended(period.Frequency(frequency), day)) == ended


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from(list(period.Frequency)))
def test_periods_follow_each_other_without_a_gap(day: date, frequency: period.Frequency) -> None:
    found = period.containing(frequency, day)
    assert found.first_day <= day <= found.last_day
    assert (found.first_day - found.preceding.last_day).days == 1
    assert period.parse(str(found)) == found


@pytest.mark.parametrize(
    ("text", "words", "english"),
    [
        ("2026", "2026", "2026"),
        ("2026-S2", "semester 2 2026", "semester 2 2026"),
        ("2026-Q3", "triwulan 3 2026", "quarter 3 2026"),
        ("2026-10", "Oktober 2026", "October 2026"),
    ],
)
def test_a_period_in_words(text: str, words: str, english: str) -> None:
    found = period.parse(text)
    assert found is not None
    assert period.format_period(found) == words
    assert period.format_period(found, language=Language.ENGLISH) == english
