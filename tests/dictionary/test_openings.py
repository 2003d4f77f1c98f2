"""When forms are open, due and closed: for a form, a period, a region, and for which step of planning."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.dictionary.core import (
    Confidence,
    DayAfter,
    Standing,
    Thing,
    Window,
    built,
    opening,
    openings_ahead,
    openings_between,
    openings_in,
    version_hash,
    window_of,
)
from sidara.dictionary.formats import classes_file, content_file
from sidara.kernel import period as periods

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "openings.yaml").read_text(encoding="utf-8"))
PACKAGED = built(content_file.read(content_file.packaged()).things, classes_file.load())


def window(code="W", *, regions=(), days=((1, 1), (1, 10), (2, 1)), forms=("KEP_SEMESTER",), **keys):
    opens, due, late = (DayAfter(*day) for day in days)
    return Window(code, code, forms, opens, due, late, "uji", Confidence.INFERRED, regions, **keys)


def with_windows(*windows):
    return PACKAGED.with_things({(Thing.WINDOW, one.code): one for one in windows})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['form']} {case['period']}")
def test_the_shipped_windows(case):
    found = opening(PACKAGED, case["form"], periods.parse(case["period"]))
    assert [found.opens_date, found.due_date, found.late_until] == case["days"], case["why"]
    assert {need.milestone.code: need.starts_date for need in found.needs} == case["needs"], case["why"]


def test_every_form_has_a_window_that_says_it_is_proposed():
    windows = PACKAGED.windows.values()
    assert sorted(form for one in windows for form in one.forms) == sorted(PACKAGED.forms)
    assert {one.confidence for one in windows} == {Confidence.INFERRED}
    assert all("belum ditetapkan" in one.source for one in windows)


def test_data_of_a_year_are_in_before_the_musdes():
    """The design: data ready before the musdes of June, late ones too."""
    for one in openings_in(PACKAGED, periods.year(2025)):
        for need in one.needs:
            if need.milestone.code == "MUSDES_RKP_DESA":
                assert one.late_until < need.starts_date


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2025-12-31", Standing.NOT_YET),
        ("2026-01-01", Standing.OPEN),
        ("2026-01-31", Standing.OPEN),
        ("2026-02-01", Standing.LATE),
        ("2026-03-31", Standing.LATE),
        ("2026-04-01", Standing.CLOSED),
    ],
)
def test_how_a_day_stands_to_a_window(day, standing):
    found = opening(PACKAGED, "KEP_SEMESTER", periods.parse("2025-S2"))
    assert found.standing(date.fromisoformat(day)) is standing
    assert standing.takes_sent == (standing in {Standing.OPEN, Standing.LATE})


def test_the_nearest_group_of_regions_decides():
    made = with_windows(
        window("KAB", regions=("62.01",)),
        window("KEC", regions=("62.01.02",)),
        window("LAIN", regions=("62.02",)),
    )
    period = periods.parse("2025-S2")

    def code(*lineage):
        return window_of(made, "KEP_SEMESTER", period, lineage).code

    assert code("62.01.02.2016", "62.01.02", "62.01", "62") == "KEC"
    assert code("62.01.03.2001", "62.01.03", "62.01", "62") == "KAB"
    assert code("62.03.01.2001", "62.03.01", "62.03", "62") == "SEMESTERAN"
    assert code() == "SEMESTERAN"


def test_a_window_holds_for_the_periods_of_its_time():
    late = window("BARU", regions=("62.01",), valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    made = with_windows(late)

    def code(text):
        return window_of(made, "KEP_SEMESTER", periods.parse(text), ["62.01"]).code

    assert [code(text) for text in ("2025-S2", "2026-S1", "2026-S2", "2027-S1")] == [
        "SEMESTERAN",
        "BARU",
        "BARU",
        "SEMESTERAN",
    ]


def test_a_form_without_window_has_none():
    made = PACKAGED.with_things({(Thing.WINDOW, "BULANAN"): None})
    assert opening(made, "KES_BULANAN", periods.parse("2026-01")) is None
    assert "KES_BULANAN" not in {one.form for one in openings_in(made, periods.year(2026))}


def test_a_window_is_no_part_of_the_version_of_a_form():
    made = with_windows(window("KAB", regions=("62.01",)))
    without = PACKAGED.with_things({(Thing.WINDOW, code): None for code in PACKAGED.windows})
    for form in ("KEP_SEMESTER", "KEU_TRIWULAN"):
        assert version_hash(made, form) == version_hash(PACKAGED, form) == version_hash(without, form)


def test_a_year_holds_every_period_of_every_form_once():
    found = openings_in(PACKAGED, periods.year(2026))
    counts = {"tahunan": 1, "saat_berubah": 1, "semesteran": 2, "triwulanan": 4, "bulanan": 12}
    assert len(found) == sum(counts[str(one.frequency)] for one in PACKAGED.forms.values())
    assert [one.due_date for one in found] == sorted(one.due_date for one in found)
    assert {str(one.period) for one in openings_in(PACKAGED, periods.parse("2026-Q1"))} == {
        "2026-Q1", "2026-01", "2026-02", "2026-03"
    }  # fmt: skip


EVERYTHING = [one for year in range(2015, 2036) for one in openings_in(PACKAGED, periods.year(year))]


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 400))
def test_what_is_found_between_days_is_open_or_late_on_one_of_them(first, length):
    last = first + timedelta(days=length)
    found = {(one.form, one.period) for one in openings_between(PACKAGED, first, last)}
    wanted = {
        (one.form, one.period) for one in EVERYTHING if not (one.late_until < first or one.opens_date > last)
    }
    assert found == wanted


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_what_lies_ahead_is_the_running_period_of_each_form_that_is_not_open_yet(day):
    wanted = {
        (one.form, one.period)
        for one in EVERYTHING
        if one.period.first_day <= day <= one.period.last_day and day < one.opens_date
    }
    assert {(one.form, one.period) for one in openings_ahead(PACKAGED, day)} == wanted
    assert wanted


@given(st.integers(-24, 24), st.integers(1, 31), st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_day_after_lies_in_its_month_and_keeps_the_order(months, day, end):
    made = DayAfter(months, day).after(end)
    assert (made.year * 12 + made.month) - (end.year * 12 + end.month) == months
    assert made.day == day or (made + timedelta(days=1)).day == 1
    assert made <= DayAfter(months, 31).after(end) < DayAfter(months + 1, 1).after(end)
