"""Areas that change: as of a day they are those known then; the sum of a part of an area is an estimate."""

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from pytest_django import Settings

from sidara.collection import services as collection
from sidara.collection.core import DataSet
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import Clock
from sidara.regions import queries as regions
from sidara.regions import services as registering
from sidara.regions.core import Level
from sidara.warehouse import queries as warehouse
from sidara.warehouse import services as facts
from sidara.warehouse.core import TODAY, Operation, Query, Vintage, of_year
from tests.copied import registered
from tests.split_world import CODE, HISTORY, VARIABLES, clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(settings: Settings, tmp_path: Path) -> None:
    settings.SIDARA_WAREHOUSE = tmp_path / "warehouse"
    registered(clock)


def put(rows: Iterable[tuple[str, str]], moment: Clock) -> None:
    """Record the people of villages in 2023, SIMULASI."""
    cells = [(regions.resolve(OPERATOR, code).id, "2023", VARIABLES[0].code, people) for code, people in rows]
    note = DataSet(
        CODE, "Penduduk contoh", "Uji", "", "bebas", date(2026, 1, 1), "kemendagri", True, "actual", "v1"
    )  # fmt: skip
    frame = pl.DataFrame(cells, schema=["region_id", "period", "variable", "value"], orient="row")
    collection.put_cells(OPERATOR, dataset=note, variables=VARIABLES[:1], cells=frame, now=moment())
    facts.refresh(OPERATOR)


def change(lines: str, moment: Clock) -> None:
    done = registering.import_succession(
        OPERATOR, source=io.BytesIO(lines.encode()), format="csv", scheme="kemendagri", clock=moment
    )
    assert done.is_stored, done.findings


def test_a_lineage_learnt_later_is_not_known_as_of_an_earlier_day(register) -> None:
    """Facts of January, successions recorded in November: as of January no area had split or merged."""

    def january() -> datetime:
        return datetime(2026, 1, 15, 3, tzinfo=UTC)

    people = {"62.01.02.2016": "101", "62.01.02.2018": "30", "62.01.02.2019": "70"}
    put(people.items(), january)
    change(HISTORY, clock)

    def told(as_of: date | None, vintage: Vintage, level: Level, **more) -> dict[str, tuple]:
        operation = Operation.LATEST if level is Level.VILLAGE else Operation.SUM
        query = Query(CODE, ("PDK.ORANG",), operation, level, periods=("2023",), as_of=as_of, vintage=vintage)
        answer = warehouse.ask(OPERATOR, replace(query, **more), clock=clock)
        return {one.region: (int(one.value), one.expected) for one in answer.figures if one.value is not None}

    then, later = january().date(), date(2026, 11, 24)
    for vintage in (TODAY, Vintage(), of_year(2025)):
        assert told(then, vintage, Level.PROVINCE) == {"62": (201, 1432)}
        found = told(then, vintage, Level.VILLAGE, under="62.01.02")
        assert found == {code: (int(value), 1) for code, value in people.items()}
    for day in (later, None):
        assert told(day, TODAY, Level.PROVINCE) == {"62": (201, 1432)}
        assert told(day, TODAY, Level.VILLAGE, codes=("62.01.02.2990",)) == {"62.01.02.2990": (40, 1)}
        assert told(day, TODAY, Level.VILLAGE, codes=("62.01.02.2019",)) == {"62.01.02.2019": (100, 1)}


def test_a_move_learnt_later_is_not_known_as_of_an_earlier_day(register) -> None:
    """A village goes into another kabupaten; a rename and a code come with it."""
    put([("62.01.02.2016", "101")], clock)
    lines = (
        "tanggal,jenis,kode_lama,kode_baru,induk_baru,nama_baru\n"
        "2026-02-01,pindah_induk,62.01.02.2016,,62.02.01,\n"
        "2026-02-01,ganti_nama,62.01.02.2016,,,Nama Kemudian\n"
        "2026-03-01,ganti_kode,62.01.02.2016,62.02.01.2991,,\n"
    )

    def tomorrow() -> datetime:
        return clock() + timedelta(days=1)

    change(lines, tomorrow)
    for as_of, regency, code, name in (
        (clock().date(), "62.01", "62.01.02.2016", "Natai Raya"),
        (tomorrow().date(), "62.02", "62.02.01.2991", "Nama Kemudian"),
    ):
        asked = Query(CODE, ("PDK.ORANG",), periods=("2023",), as_of=as_of, vintage=TODAY)
        every = replace(asked, operation=Operation.SUM, level=Level.REGENCY)
        figures = warehouse.ask(OPERATOR, every, clock=tomorrow).figures
        assert [one.region for one in figures if one.value] == [regency]
        (village,) = (one for one in warehouse.ask(OPERATOR, asked, clock=tomorrow).figures if one.value)
        assert (village.region, village.name) == (code, name)


def test_a_sum_over_a_part_of_a_split_village_is_an_estimate(register) -> None:
    """A village gave a part to another kecamatan: kecamatan are estimates, the kabupaten is none."""
    put([("62.01.02.2016", "101"), ("62.01.02.2018", "30"), ("62.01.03.2001", "7")], clock)
    change(
        "tanggal,jenis,kode_lama,kode_baru,nama_baru,porsi\n"
        "2024-07-01,pecah,62.01.02.2016,62.01.02.2016,,3/5\n"
        "2024-07-01,pecah,62.01.02.2016,62.01.03.2990,Contoh Baru,2/5\n",
        clock,
    )
    for level, code, people, is_estimate in (
        (Level.DISTRICT, "62.01.02", 91, True),
        (Level.DISTRICT, "62.01.03", 47, True),
        (Level.REGENCY, "62.01", 138, False),
    ):
        query = Query(CODE, ("PDK.ORANG",), Operation.SUM, level, code, periods=("2023",), vintage=TODAY)
        figure = warehouse.ask(OPERATOR, query, clock=clock).one()
        assert (figure.value, figure.is_estimate) == (people, is_estimate)
    counted = Query(
        CODE, ("PDK.ORANG",), Operation.COUNT, Level.DISTRICT, "62.01.03", periods=("2023",), vintage=TODAY
    )
    assert warehouse.ask(OPERATOR, counted, clock=clock).one().is_estimate
