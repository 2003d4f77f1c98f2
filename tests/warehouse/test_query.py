"""What a query chooses and what can be wrong with it, on a small province."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from sidara.collection.core import DataSet
from sidara.regions.core import Level
from sidara.warehouse.core import EVERY, Operation, Query, check, check_variables, choose, end_of_day, is_open
from tests.warehouse.log import VARIABLES
from tests.warehouse.world import dimension

TODAY = date(2026, 11, 24)


def dataset(code: str, licence: str = "CC BY 4.0", *, is_simulated: bool = False) -> DataSet:
    return DataSet(code, "Judul", "Penerbit", "", licence, TODAY, "kemendagri", is_simulated, "published")


def expected(query: Query) -> dict[str, int]:
    areas = choose(dimension(), query)
    return dict(areas.groups.select("code", "expected").iter_rows())


MEAN = Query("x", ("IDM.IDM",), Operation.MEAN, Level.REGENCY, periods=("2024",))


def test_expected_units_are_villages_of_kind_desa() -> None:
    assert expected(MEAN) == {"62.01": 3, "62.02": 2, "62.71": 0}


def test_a_desa_adat_counts_as_a_desa() -> None:
    kinds = pl.when(pl.col("kind") == "kelurahan").then(pl.lit("desa_adat")).otherwise("kind")
    areas = choose(dimension().with_columns(kinds.alias("kind")), MEAN)
    assert dict(areas.groups.select("code", "expected").iter_rows()) == {"62.01": 4, "62.02": 2, "62.71": 1}


def test_other_kinds_can_be_asked() -> None:
    both = Query("x", ("v",), Operation.SUM, Level.REGENCY, periods=EVERY, kinds=("desa", "kelurahan"))
    assert expected(both) == {"62.01": 4, "62.02": 2, "62.71": 1}


@pytest.mark.parametrize(
    ("level", "under", "answer"),
    [
        (Level.PROVINCE, None, {"62": 5}),
        (Level.DISTRICT, "62.01", {"62.01.01": 2, "62.01.02": 1}),
        (Level.DISTRICT, "6201", {"62.01.01": 2, "62.01.02": 1}),
        (Level.REGENCY, "62.02", {"62.02": 2}),
        (Level.VILLAGE, "62.02.01", {"62.02.01.2001": 1, "62.02.01.2002": 1}),
    ],
)
def test_level_and_area(level: Level, under: str | None, answer: dict[str, int]) -> None:
    assert expected(Query("x", ("v",), Operation.COUNT, level, under=under, periods=EVERY)) == answer


def test_latest_shows_every_village_and_a_kelurahan_outside_denominators() -> None:
    assert expected(Query("x", ("v",), under="62.01.01")) == {
        "62.01.01.1003": 0,
        "62.01.01.2001": 1,
        "62.01.01.2002": 1,
    }


def test_explicit_codes() -> None:
    assert expected(Query("x", ("v",), codes=("6201012001", "62.02.01.2002"))) == {
        "62.01.01.2001": 1,
        "62.02.01.2002": 1,
    }


def test_units_of_another_level() -> None:
    query = Query("x", ("v",), Operation.SUM, Level.PROVINCE, periods=EVERY, unit=Level.REGENCY)
    assert expected(query) == {"62": 3}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        (Query("x", ("v",), under="62.99"), ["REGION_UNKNOWN"]),
        (Query("x", ("v",), codes=("62.01.01.2001", "9")), ["REGION_UNKNOWN"]),
        (Query("x", ("v",), under="62.01.01.2001", level=Level.DISTRICT), ["LEVEL_ABOVE_AREA"]),
    ],
)
def test_areas_that_cannot_be_chosen(query: Query, codes: list[str]) -> None:
    areas = choose(dimension(), query)
    assert [finding.code for finding in areas.findings] == codes
    assert areas.groups.is_empty()
    assert areas.units.is_empty()


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        (Query("x", ("v",)), []),
        (Query("x", ()), ["QUERY_WITHOUT_VARIABLE"]),
        (Query("x", ("v",), Operation.MEAN), ["QUERY_WITHOUT_PERIOD"]),
        (Query("x", ("v",), periods=("2024", "tahun lalu")), ["PERIOD_MALFORMED"]),
        (Query("x", ("v",), periods=EVERY), []),
        (Query("x", ("v",), Operation.SUM, periods=EVERY, unit=Level.REGENCY), ["LEVEL_BELOW_UNIT"]),
        (Query("x", ("v",), as_of=date(2026, 11, 25)), ["AS_OF_IN_FUTURE"]),
        (Query("x", ("v",), as_of=TODAY), []),
    ],
)
def test_questions_that_cannot_be_asked(query: Query, codes: list[str]) -> None:
    assert [finding.code for finding in check(query, today=TODAY)] == codes


@pytest.mark.parametrize(
    ("operation", "variable", "codes"),
    [
        (Operation.MEAN, "IDM.IDM", []),
        (Operation.MEAN, "IDM.STATUS", ["VARIABLE_NOT_NUMBER"]),
        (Operation.COUNT_BY_CODE, "IDM.STATUS", []),
        (Operation.COUNT_BY_CODE, "IDM.IDM", ["VARIABLE_NOT_CHOICE"]),
        (Operation.LATEST, "IDM.XXX", ["VARIABLE_UNKNOWN"]),
    ],
)
def test_variables_that_do_not_fit(operation: Operation, variable: str, codes: list[str]) -> None:
    query = Query("x", (variable,), operation, periods=EVERY)
    found = check_variables(query, dataset("external:x"), VARIABLES)
    assert [finding.code for finding in found] == codes


def test_a_day_ends_at_midnight_in_jakarta() -> None:
    assert end_of_day(date(2026, 11, 24)) == datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        (dataset("external:idm-2024"), True),
        (dataset("external:idm-2024", "tidak dinyatakan"), True),
        (dataset("external:idm-2024", " "), False),
        (dataset("simulated:idm", "", is_simulated=True), True),
        (dataset("collection"), False),
    ],
)
def test_what_anybody_may_see(note: DataSet, answer: bool) -> None:
    assert is_open(note) is answer
