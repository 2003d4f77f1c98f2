"""From facts to figures through the real engine, on a small province: coverage, sums, counts, as-of."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidara.collection.core import Choice, DataSet, ValueType, Variable
from sidara.regions.core import Level
from sidara.warehouse.core import EVERY, Mark, Operation, Query, Step, choose, end_of_day, figures
from sidara.warehouse.core.answer import Answer
from sidara.warehouse.engines import duckdb, plan, pulling
from tests.warehouse.log import VARIABLES, Log
from tests.warehouse.world import BY_NAME, dimension

STATUS = Variable(
    "IDM.STATUS",
    "Status IDM",
    "",
    0,
    ValueType.CHOICE,
    (Choice("TERTINGGAL", "Tertinggal"), Choice("MAJU", "Maju"), Choice("MANDIRI", "Mandiri")),
)
KNOWN = VARIABLES | {
    "IDM.STATUS": STATUS,
    "IDM.VILLAGES": Variable("IDM.VILLAGES", "Desa", "desa", 0, ValueType.NUMBER),
}
DATASET = "external:idm"
YEAR = ("2024",)


def silent(step: Step, mark: Mark, rows: int) -> None:
    pass


def answered(where: Path, query: Query, log: Log | None = None) -> Answer:
    """`ask` without rooms: the same parts in the same order."""
    if log is not None:
        pulling.pull(where, log.source(KNOWN), progress=silent, batch=1000)
    reader = duckdb.reader(where)
    assert reader is not None
    areas = choose(dimension(), query)
    instant = end_of_day(query.as_of) if query.as_of else None
    rows = reader.rows(plan.statement(query, query.measure or "published", instant), areas.units.to_arrow())
    known = {code: KNOWN[code] for code in query.variables}
    frame = figures(query, areas, rows, known)
    return Answer(query, frame, None, known, date(2026, 1, 6), "r", reader.mark)


def shown(answer: Answer) -> list[tuple[str, object, int, int]]:
    return [(f.name, f.shown, f.reporting, f.expected) for f in answer.figures]


@pytest.fixture
def log() -> Log:
    """2024: Satu 0.5 MAJU, Dua 0.6 MANDIRI, Empat nothing, Lima 0.7 MAJU, Enam `tidak_ada`; Tiga 0.9."""
    made = Log()
    for name, value, status in (("Satu", "0.5", "MAJU"), ("Dua", "0.6", "MANDIRI"), ("Lima", "0.7", "MAJU")):
        made.add(BY_NAME[name], value)
        made.add(BY_NAME[name], status, variable="IDM.STATUS")
    made.add(BY_NAME["Enam"], None, state="tidak_ada")
    made.add(BY_NAME["Tiga"], "0.9")
    made.add(BY_NAME["Satu"], "0.4", period="2023", definition="idm@0")
    made.add(BY_NAME["Empat"], "0.3", period="2023")
    return made


def test_newest_of_each_region(tmp_path: Path, log: Log) -> None:
    answer = answered(tmp_path, Query(DATASET, ("IDM.IDM",)), log)
    assert [(f.name, f.period, f.value, f.state, f.reporting, f.expected) for f in answer.figures] == [
        ("Tiga", "2024", Decimal("0.9"), "nilai", 1, 0),
        ("Satu", "2024", Decimal("0.5"), "nilai", 1, 1),
        ("Dua", "2024", Decimal("0.6"), "nilai", 1, 1),
        ("Empat", "2023", Decimal("0.3"), "nilai", 1, 1),
        ("Lima", "2024", Decimal("0.7"), "nilai", 1, 1),
        ("Enam", "2024", None, "tidak_ada", 0, 1),
        ("Tujuh", None, None, None, 0, 0),
    ]


def test_one_year_leaves_gaps_open(tmp_path: Path, log: Log) -> None:
    answer = answered(tmp_path, Query(DATASET, ("IDM.IDM",), under="62.01.02", periods=YEAR), log)
    assert [(f.name, f.period, f.value, f.reporting) for f in answer.figures] == [("Empat", "2024", None, 0)]


def test_series_of_one_village(tmp_path: Path, log: Log) -> None:
    query = Query(DATASET, ("IDM.IDM", "IDM.STATUS"), under="62.01.01.2001", periods=EVERY)
    answer = answered(tmp_path, query, log)
    assert [(f.variable, f.period, f.shown, f.definition) for f in answer.figures] == [
        ("IDM.IDM", "2023", Decimal("0.4"), "idm@0"),
        ("IDM.IDM", "2024", Decimal("0.5"), "idm@1"),
        ("IDM.STATUS", "2023", None, None),
        ("IDM.STATUS", "2024", "MAJU", "idm@1"),
    ]
    assert answer.definitions == ("idm@0", "idm@1")
    assert answer.values("IDM.STATUS") == {"62.01.01.2001": "MAJU"}
    assert answer.by_region()["62.01.01.2001"] == answer.figures
    found = answer.one(variable="IDM.STATUS", period="2024")
    assert found is not None
    assert found.code == "MAJU"


def test_mean_counts_only_desa_with_a_value(tmp_path: Path, log: Log) -> None:
    answer = answered(
        tmp_path, Query(DATASET, ("IDM.IDM",), Operation.MEAN, Level.REGENCY, periods=YEAR), log
    )
    assert shown(answer) == [
        ("Barat", Decimal("0.55"), 2, 3),
        ("Timur", Decimal("0.7"), 1, 2),
        ("Kota", None, 0, 0),
    ]
    by_province = answered(
        tmp_path, Query(DATASET, ("IDM.IDM",), Operation.MEAN, Level.PROVINCE, periods=EVERY)
    )
    assert [(f.period, f.value, f.reporting) for f in by_province.figures] == [
        ("2023", Decimal("0.35"), 2),
        ("2024", Decimal("0.6"), 3),
    ]
    assert [f.definition for f in by_province.figures] == [None, "idm@1"]


def test_mean_with_kelurahan(tmp_path: Path, log: Log) -> None:
    query = Query(DATASET, ("IDM.IDM",), Operation.MEAN, Level.DISTRICT, "62.01.01", periods=YEAR)
    with_kelurahan = Query(
        DATASET,
        ("IDM.IDM",),
        Operation.MEAN,
        Level.DISTRICT,
        "62.01.01",
        periods=YEAR,
        kinds=("desa", "kelurahan"),
    )
    assert shown(answered(tmp_path, query, log)) == [("Hulu", Decimal("0.55"), 2, 2)]
    answer = answered(tmp_path, with_kelurahan)
    assert shown(answer) == [("Hulu", Decimal("0.6667"), 3, 3)]
    assert answer.figures[0].exact == Fraction(2, 3)


def test_count_by_code_shows_every_declared_code(tmp_path: Path, log: Log) -> None:
    query = Query(DATASET, ("IDM.STATUS",), Operation.COUNT_BY_CODE, Level.REGENCY, periods=YEAR)
    answer = answered(tmp_path, query, log)
    assert [(f.name, f.code, f.value, f.reporting, f.expected) for f in answer.figures] == [
        ("Barat", "TERTINGGAL", 0, 2, 3),
        ("Barat", "MAJU", 1, 2, 3),
        ("Barat", "MANDIRI", 1, 2, 3),
        ("Timur", "TERTINGGAL", 0, 1, 2),
        ("Timur", "MAJU", 1, 1, 2),
        ("Timur", "MANDIRI", 0, 1, 2),
        ("Kota", "TERTINGGAL", 0, 0, 0),
        ("Kota", "MAJU", 0, 0, 0),
        ("Kota", "MANDIRI", 0, 0, 0),
    ]
    assert answer.counts("IDM.STATUS") == {"TERTINGGAL": 0, "MAJU": 2, "MANDIRI": 1}
    assert answer.counts("IDM.STATUS", region="62.01") == {"TERTINGGAL": 0, "MAJU": 1, "MANDIRI": 1}


def test_count_and_sum(tmp_path: Path, log: Log) -> None:
    counted = answered(
        tmp_path, Query(DATASET, ("IDM.IDM",), Operation.COUNT, Level.REGENCY, periods=YEAR), log
    )
    assert shown(counted) == [("Barat", 2, 2, 3), ("Timur", 1, 1, 2), ("Kota", 0, 0, 0)]
    added = answered(tmp_path, Query(DATASET, ("IDM.IDM",), Operation.SUM, Level.REGENCY, periods=YEAR))
    assert shown(added) == [
        ("Barat", Decimal("1.1"), 2, 3),
        ("Timur", Decimal("0.7"), 1, 2),
        ("Kota", None, 0, 0),
    ]


def test_published_recap_with_breakdown(tmp_path: Path) -> None:
    log = Log()
    for breakdown, value in (
        ("_T", "9"),
        ("IDM_STATUS:MAJU", "5"),
        ("IDM_STATUS:MANDIRI", "4"),
        ("A:1|B:2", "3"),
    ):
        log.add(BY_NAME["Kalimantan Kecil"], value, variable="IDM.VILLAGES", breakdown=breakdown)
    whole = answered(tmp_path, Query(DATASET, ("IDM.VILLAGES",), level=Level.PROVINCE), log)
    assert [(f.breakdown, f.value) for f in whole.figures] == [("_T", 9)]
    parts = answered(
        tmp_path, Query(DATASET, ("IDM.VILLAGES",), level=Level.PROVINCE, breakdown="IDM_STATUS")
    )
    assert [(f.breakdown, f.value, f.expected) for f in parts.figures] == [
        ("IDM_STATUS:MAJU", 5, 1),
        ("IDM_STATUS:MANDIRI", 4, 1),
    ]
    one = Query(DATASET, ("IDM.VILLAGES",), level=Level.PROVINCE, breakdown="IDM_STATUS:MAJU", periods=YEAR)
    assert [(f.breakdown, f.value) for f in answered(tmp_path, one).figures] == [("IDM_STATUS:MAJU", 5)]


def test_as_of_gives_the_figures_known_at_the_end_of_that_day(tmp_path: Path) -> None:
    """16:59 UTC is still that day in Jakarta, 17:00 is the next one."""
    log = Log()
    satu = BY_NAME["Satu"]
    log.add(satu, "0.1", changed_at=datetime(2026, 1, 5, 16, 59, 59, 999999, tzinfo=UTC))
    log.add(satu, "0.2", changed_at=datetime(2026, 1, 5, 17, 0, tzinfo=UTC))
    log.add(satu, "0.3", changed_at=datetime(2026, 1, 7, 1, 0, tzinfo=UTC))
    query = Query(DATASET, ("IDM.IDM",), under="62.01.01.2001", periods=YEAR)
    assert answered(tmp_path, query, log).figures[0].value == Decimal("0.3")
    values = {}
    for day in range(4, 9):
        asked = Query(DATASET, ("IDM.IDM",), under="62.01.01.2001", periods=YEAR, as_of=date(2026, 1, day))
        values[day] = answered(tmp_path, asked).figures[0].value
    assert values == {4: None, 5: Decimal("0.1"), 6: Decimal("0.2"), 7: Decimal("0.3"), 8: Decimal("0.3")}


def test_measure_and_data_set_never_mix(tmp_path: Path, log: Log) -> None:
    log.add(BY_NAME["Satu"], "0.99", dataset="simulated:idm")
    log.add(BY_NAME["Satu"], "0.88", measure="target")
    query = Query(DATASET, ("IDM.IDM",), under="62.01.01.2001", periods=YEAR)
    assert [f.value for f in answered(tmp_path, query, log).figures] == [Decimal("0.5")]
    target = Query(DATASET, ("IDM.IDM",), under="62.01.01.2001", periods=YEAR, measure="target")
    assert [f.value for f in answered(tmp_path, target).figures] == [Decimal("0.88")]


def test_age_of_the_facts_behind_a_figure(tmp_path: Path, log: Log) -> None:
    answer = answered(
        tmp_path, Query(DATASET, ("IDM.IDM",), Operation.SUM, Level.PROVINCE, periods=YEAR), log
    )
    moments = [row["changed_at"] for row in log.rows if row["value"] in {"0.5", "0.6", "0.7"}]
    assert (answer.figures[0].oldest, answer.figures[0].newest) == (min(moments), max(moments))
    assert answer.newest == max(moments)


def test_without_facts_every_region_still_stands(tmp_path: Path) -> None:
    pulling.pull(tmp_path, Log().source(KNOWN), progress=silent, batch=10)
    answer = answered(tmp_path, Query(DATASET, ("IDM.IDM",), level=Level.VILLAGE, under="62.02"))
    assert shown(answer) == [("Lima", None, 0, 1), ("Enam", None, 0, 1)]
    assert answered(tmp_path, Query(DATASET, ("IDM.IDM",), Operation.MEAN, periods=EVERY)).figures == ()


value = st.decimals(min_value=-(10**13), max_value=10**13, places=4, allow_nan=False, allow_infinity=False)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(value, min_size=1, max_size=5))
def test_sums_and_means_equal_exact_fractions(
    tmp_path_factory: pytest.TempPathFactory, values: list[Decimal]
) -> None:
    where = tmp_path_factory.mktemp("facts")
    log = Log()
    for name, number in zip(("Satu", "Dua", "Empat", "Lima", "Enam"), values, strict=False):
        log.add(BY_NAME[name], f"{number:f}")
    total = sum((Fraction(number) for number in values), Fraction(0))
    added = answered(where, Query(DATASET, ("IDM.IDM",), Operation.SUM, Level.PROVINCE, periods=YEAR), log)
    assert Fraction(added.figures[0].value) == total
    mean = answered(where, Query(DATASET, ("IDM.IDM",), Operation.MEAN, Level.PROVINCE, periods=YEAR))
    exact = total / len(values)
    assert mean.figures[0].exact == exact
    scaled = abs(exact) * 10_000
    nearest = Decimal(int(scaled + Fraction(1, 2))).scaleb(-4)
    assert mean.figures[0].value == (nearest if exact >= 0 else -nearest)
    assert mean.figures[0].value == mean.figures[0].value.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def test_download_says_source_and_simulation_in_each_row(tmp_path: Path, log: Log) -> None:
    answer = answered(
        tmp_path, Query(DATASET, ("IDM.IDM", "IDM.STATUS"), under="62.01.01", periods=YEAR), log
    )
    note = DataSet(
        DATASET, "IDM", "Kemendesa", "https://x", "CC", date(2026, 1, 2), "kemendagri", True, "published"
    )
    told = Answer(answer.query, answer.frame, note, answer.variables, answer.as_of, "r1", answer.mark)
    frame = told.to_frame()
    assert frame["simulasi"].unique().to_list() == ["SIMULASI"]
    assert frame["sumber"].unique().to_list() == ["Kemendesa"]
    assert frame["tanggal_diambil"].unique().to_list() == ["2026-01-02"]
    assert frame["per_tanggal"].unique().to_list() == ["2026-01-06"]
    satu = frame.filter((pl.col("nama") == "Satu") & (pl.col("variabel") == "IDM.STATUS"))
    assert satu.select("kode", "pilihan", "arti", "melapor").row(0) == ("62.01.01.2001", "MAJU", "Maju", 1)
    numbers = frame.filter(pl.col("variabel") == "IDM.IDM").select("nama", "nilai").rows()
    assert numbers == [("Tiga", 0.9), ("Satu", 0.5), ("Dua", 0.6)]
    real = Answer(
        answer.query, answer.frame, None, answer.variables, answer.as_of, "r1", answer.mark
    ).to_frame()
    assert real["simulasi"].unique().to_list() == [""]
    counted = answered(tmp_path, Query(DATASET, ("IDM.IDM",), Operation.COUNT, Level.PROVINCE, periods=YEAR))
    assert counted.to_frame().select("nilai", "satuan").row(0) == (3, "wilayah")
    assert counted.to_frame()["nilai"].dtype == pl.Int64
