"""The whole way on the real register: put cells, refresh, ask; rights, as-of, commands."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import polars as pl
import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from pytest_django import DjangoCaptureOnCommitCallbacks, DjangoDbBlocker, Settings
from typer.testing import CliRunner

from sidara.collection import models
from sidara.collection import queries as collected
from sidara.collection import services as collection
from sidara.collection.core import Choice, DataSet, ValueType, Variable
from sidara.kernel.actor import EVERYWHERE, OPERATOR, PUBLIC, Actor, Area, Grant, NotAllowed
from sidara.regions import queries as regions
from sidara.regions import services as register
from sidara.regions.core import Level
from sidara.warehouse import cli, engines, queries, services
from sidara.warehouse.core import EVERY, Operation, Query
from sidara.warehouse.queries import asking

FIRST = datetime(2026, 1, 5, 2, tzinfo=UTC)
SECOND = datetime(2026, 1, 8, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 2, tzinfo=UTC)
CODE = "external:idm-2024"
STATUSES = (Choice("BERKEMBANG", "Berkembang"), Choice("MAJU", "Maju"), Choice("MANDIRI", "Mandiri"))
VARIABLES = (
    Variable("IDM.IDM", "IDM", "indeks", 4, ValueType.NUMBER),
    Variable("IDM.STATUS", "Status IDM", "", 0, ValueType.CHOICE, STATUSES),
    Variable("IDM.CATATAN", "Catatan", "", 0, ValueType.TEXT),
)
VILLAGE = "62.01.02.2016"


def clock() -> datetime:
    return LATER


def note(
    code: str = CODE, *, retrieved: date = date(2026, 1, 2), licence: str = "tidak dinyatakan"
) -> DataSet:
    return DataSet(
        code, "IDM 2024", "Kemendesa", "https://x", licence, retrieved, "kemendagri",
        code.startswith("simulated:"), "published", "idm@1",
    )  # fmt: skip


def put(cells: pl.DataFrame, now: datetime, dataset: DataSet | None = None) -> None:
    account = collection.put_cells(
        OPERATOR, dataset=dataset or note(), variables=VARIABLES, cells=cells, now=now
    )
    assert account.rejected == account.conflicting == 0


def desa() -> pl.DataFrame:
    frame = regions.dimension(OPERATOR)
    return frame.filter(pl.col("kind") == "desa").sort("code").with_row_index("n")


def idm(year: str = "2024") -> pl.DataFrame:
    """All 1,432 desa but every 100th: IDM 0.5000 .. 0.6431 in the order of their codes; status by thirds."""
    villages = desa().filter(pl.col("n") % 100 != 99)
    number = (5_000 + pl.col("n")).cast(pl.String)
    status = pl.lit(pl.Series([choice.code for choice in STATUSES])).get(pl.col("n") % 3)
    return pl.concat(
        villages.select("region_id", period=pl.lit(year), variable=pl.lit(variable), value=value)
        for variable, value in (("IDM.IDM", "0." + number), ("IDM.STATUS", status))
    )


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The register of province 62, kept for this module and taken away after it."""
    with django_db_blocker.unblock():
        register.load_register(OPERATOR, provinces=["62"], clock=clock)
        yield
        with connection.cursor() as cursor:
            for table in ("regions_regioncode", "regions_region", "regions_registerversion"):
                cursor.execute(f"DELETE FROM {table}")


@pytest.fixture
def facts(province: None, db: None, settings: Settings, tmp_path: Path) -> Path:
    """Facts of `idm()` in a warehouse of their own."""
    settings.SIDARA_WAREHOUSE = tmp_path / "warehouse"
    put(idm(), FIRST)
    services.refresh(OPERATOR)
    return tmp_path / "warehouse"


def test_latest_of_all_villages(facts: Path) -> None:
    answer = queries.ask(PUBLIC, Query(CODE, ("IDM.IDM", "IDM.STATUS")), clock=clock)
    assert answer.findings == ()
    assert len(answer.figures) == 2 * 1571
    reporting = [f for f in answer.figures if f.reporting]
    assert len(reporting) == 2 * (1432 - 14)
    assert sum(f.expected for f in answer.figures if f.variable == "IDM.IDM") == 1432
    kelurahan = [f for f in answer.figures if f.kind == "kelurahan"]
    assert len(kelurahan) == 2 * 139
    assert {(f.expected, f.value) for f in kelurahan} == {(0, None)}
    assert answer.as_of == date(2026, 11, 24)
    assert answer.dataset == note()
    assert answer.register == regions.register_version(PUBLIC)
    assert answer.newest == FIRST


def test_expected_counts_are_those_of_the_decree(facts: Path) -> None:
    query = Query(CODE, ("IDM.IDM",), Operation.COUNT, Level.REGENCY, "62", periods=("2024",))
    answer = queries.ask(PUBLIC, query)
    expected = {f.region: f.expected for f in answer.figures}
    assert len(expected) == 14
    assert (expected["62.01"], expected["62.03"], expected["62.71"]) == (81, 214, 0)
    assert sum(expected.values()) == 1432


def test_mean_equals_the_published_rows(facts: Path) -> None:
    frame = idm().filter(pl.col("variable") == "IDM.IDM")
    rows = frame.join(desa(), on="region_id").with_columns(pl.col("value").cast(pl.Decimal(18, 4)))
    answer = queries.ask(PUBLIC, Query(CODE, ("IDM.IDM",), Operation.MEAN, Level.REGENCY, periods=EVERY))
    for figure in answer.figures:
        values = rows.filter(pl.col("regency_code") == figure.region)["value"].to_list()
        assert figure.reporting == len(values)
        if values:
            mean = sum(values) / len(values)
            assert figure.value is not None
            assert abs(figure.value - mean) <= Decimal("0.00005")


def test_status_by_district_adds_up_to_the_province(facts: Path) -> None:
    def counts(level: Level) -> dict[str, int]:
        query = Query(CODE, ("IDM.STATUS",), Operation.COUNT_BY_CODE, level, periods=("2024",))
        return queries.ask(PUBLIC, query).counts("IDM.STATUS")

    plain = idm().filter(pl.col("variable") == "IDM.STATUS")["value"].value_counts()
    truth = dict(plain.iter_rows())
    assert counts(Level.DISTRICT) == counts(Level.REGENCY) == counts(Level.PROVINCE) == truth
    assert sum(truth.values()) == 1432 - 14


def test_as_of_shows_what_was_known_that_day(facts: Path) -> None:
    changed = idm().filter(pl.col("variable") == "IDM.IDM").with_columns(value=pl.lit("0.9"))
    put(changed, SECOND, note(retrieved=date(2026, 1, 7)))
    assert services.refresh(OPERATOR).closed == changed.height

    def value(as_of: date | None) -> object:
        query = Query(CODE, ("IDM.IDM",), codes=(VILLAGE,), as_of=as_of)
        figure = queries.ask(PUBLIC, query, clock=clock).one()
        assert figure is not None
        return figure.value

    old = (
        idm()
        .join(desa(), on="region_id")
        .filter((pl.col("code") == VILLAGE) & (pl.col("variable") == "IDM.IDM"))
    )
    first = Decimal(old["value"][0])
    assert value(date(2026, 1, 4)) is None
    assert value(date(2026, 1, 5)) == value(date(2026, 1, 7)) == first
    assert value(date(2026, 1, 8)) == value(None) == Decimal("0.9")
    future = queries.ask(PUBLIC, Query(CODE, ("IDM.IDM",), as_of=date(2026, 11, 25)), clock=clock)
    assert [finding.code for finding in future.findings] == ["AS_OF_IN_FUTURE"]


def test_refresh_twice_and_rebuild_change_nothing(facts: Path) -> None:
    query = Query(CODE, ("IDM.IDM", "IDM.STATUS"))
    before = queries.ask(PUBLIC, query, clock=clock)
    again = services.refresh(OPERATOR)
    assert (again.read, again.before) == (0, again.after)
    rebuilt = services.rebuild(OPERATOR)
    assert rebuilt.read == idm().height
    assert queries.ask(PUBLIC, query, clock=clock).frame.equals(before.frame)


def test_facts_from_other_records_are_refused(facts: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE collection_store SET epoch = %s", [uuid4().hex])
    assert [finding.code for finding in services.refresh(OPERATOR).findings] == ["FACTS_OF_OTHER_RECORDS"]
    assert services.rebuild(OPERATOR).findings == ()
    assert services.refresh(OPERATOR).findings == ()


def unguard(cursor: CursorWrapper, table: str) -> None:
    """Let a table be written as a restored copy is."""
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP TRIGGER "{name}"')


def test_records_restored_from_an_older_backup_are_noticed(facts: Path, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        unguard(cursor, "collection_change")
        cursor.execute("DELETE FROM collection_change WHERE sequence > 100")
    assert [finding.code for finding in services.refresh(OPERATOR).findings] == ["CURSOR_AHEAD"]
    assert services.rebuild(OPERATOR).after.cursor == 100


def test_records_that_reach_the_old_number_again_are_noticed(facts: Path) -> None:
    """What a restored backup lost comes again with other words under the same sequences."""
    mark = queries.status(OPERATOR).mark
    assert queries.strangeness(OPERATOR) is None
    with connection.cursor() as cursor:
        unguard(cursor, "collection_importrun")
        cursor.execute("UPDATE collection_importrun SET made_at = %s", [LATER])
    assert collected.head(OPERATOR) == mark.cursor
    assert queries.is_behind(OPERATOR)
    assert queries.strangeness(OPERATOR).code == "CURSOR_AHEAD"
    assert [finding.code for finding in services.refresh(OPERATOR).findings] == ["CURSOR_AHEAD"]
    assert "CURSOR_AHEAD" in CliRunner().invoke(cli.APPS["warehouse"], ["status"]).stderr
    services.rebuild(OPERATOR)
    assert not queries.is_behind(OPERATOR)
    assert queries.strangeness(OPERATOR) is None


def test_rights(facts: Path) -> None:
    nobody = Actor(uuid4(), "Seseorang", "")
    for call in (
        lambda: queries.ask(nobody, Query(CODE, ("IDM.IDM",))),
        lambda: queries.status(nobody),
        lambda: queries.periods(nobody, CODE),
        lambda: queries.open_datasets(nobody),
        lambda: services.refresh(PUBLIC),
        lambda: services.rebuild(PUBLIC),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_the_public_sees_only_what_is_open(facts: Path) -> None:
    """A data set without a licence cannot be stored; should one exist, it stays unseen."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        models.DataSet.objects.filter(code=CODE).update(licence="")
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    query = Query(CODE, ("IDM.IDM",), codes=(VILLAGE,))
    hidden = queries.ask(PUBLIC, query)
    absent = queries.ask(PUBLIC, Query("external:tidak-ada", ("IDM.IDM",), codes=(VILLAGE,)))
    for answer in (hidden, absent):
        assert answer.is_refused
        assert answer.figures == ()
        assert answer.dataset is None
        assert answer.variables == {}
        assert [finding.code for finding in answer.findings] == ["DATASET_UNKNOWN"]
    assert queries.periods(PUBLIC, CODE) == ()
    assert queries.open_datasets(PUBLIC) == ()
    assert queries.status(PUBLIC).datasets == ()
    seen = queries.ask(OPERATOR, query).one()
    assert seen is not None
    assert seen.value is not None


def test_who_may_see_more_sees_it_in_the_own_area_only(facts: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        models.DataSet.objects.filter(code=CODE).update(licence="")
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    operations = frozenset({"warehouse.ask_all"})

    def bounded(area: Area, **bounds: frozenset[str]) -> Actor:
        return replace(PUBLIC, grants=(Grant("g", "contoh", operations, area, **bounds),))

    here = bounded(Area(("62.01",), frozenset({"62.01", VILLAGE[:8], VILLAGE})))
    for query in (
        Query(CODE, ("IDM.IDM",), codes=(VILLAGE,)),
        Query(CODE, ("IDM.IDM",), codes=(VILLAGE.replace(".", ""),)),
        Query(CODE, ("IDM.IDM",), under=VILLAGE[:8]),
    ):
        assert not queries.ask(here, query).is_refused
    for query in (
        Query(CODE, ("IDM.IDM",)),
        Query(CODE, ("IDM.IDM",), under="62"),
        Query(CODE, ("IDM.IDM",), codes=(VILLAGE, "62.03.01.1006")),
        Query(CODE, ("IDM.IDM",), codes=("bukan kode",)),
    ):
        assert [one.code for one in queries.ask(here, query).findings][:1] == ["DATASET_UNKNOWN"]
    assert [one.code for one in queries.open_datasets(here)] == [CODE]
    other = bounded(EVERYWHERE, datasets=frozenset({"external:lain"}))
    assert queries.open_datasets(other) == ()
    assert queries.ask(other, Query(CODE, ("IDM.IDM",), codes=(VILLAGE,))).is_refused


def test_simulated_and_real_never_stand_in_one_answer(facts: Path) -> None:
    cells = idm().filter(pl.col("variable") == "IDM.IDM").with_columns(value=pl.lit("0.1"))
    put(cells, FIRST, note("simulated:idm"))
    services.refresh(OPERATOR)
    real = queries.ask(PUBLIC, Query(CODE, ("IDM.IDM",), codes=(VILLAGE,)))
    simulated = queries.ask(PUBLIC, Query("simulated:idm", ("IDM.IDM",), codes=(VILLAGE,)))
    assert (real.is_simulated, simulated.is_simulated) == (False, True)
    assert real.figures[0].value != simulated.figures[0].value == Decimal("0.1")
    assert simulated.to_frame()["simulasi"].to_list() == ["SIMULASI"]


def test_faults_of_a_question_are_findings(facts: Path) -> None:
    for query, codes in (
        (Query(CODE, ("IDM.XXX",)), ["VARIABLE_UNKNOWN"]),
        (Query(CODE, ("IDM.STATUS",), Operation.MEAN, periods=EVERY), ["VARIABLE_NOT_NUMBER"]),
        (Query(CODE, ("IDM.IDM",), under="99"), ["REGION_UNKNOWN"]),
        (Query(CODE, (), Operation.SUM), ["QUERY_WITHOUT_VARIABLE", "QUERY_WITHOUT_PERIOD"]),
    ):
        answer = queries.ask(PUBLIC, query)
        assert [finding.code for finding in answer.findings] == codes
        assert answer.is_refused
        assert answer.figures == ()


def test_hostile_words_stay_words(facts: Path) -> None:
    hostile = "' OR '1'='1"
    for query in (
        Query(CODE, ("IDM.IDM",), codes=(VILLAGE,), breakdown=hostile),
        Query(CODE, ("IDM.IDM",), codes=(VILLAGE,), breakdown=hostile + ":x"),
        Query(CODE, ("IDM.IDM",), codes=(VILLAGE,), measure=hostile),
    ):
        assert {figure.value for figure in queries.ask(PUBLIC, query).figures} <= {None}
    assert queries.periods(PUBLIC, CODE, hostile) == ()
    assert queries.ask(PUBLIC, Query(hostile, (hostile,), under=hostile, codes=(hostile,))).is_refused


def test_an_empty_warehouse_says_so(province: None, db: None, settings: Settings, tmp_path: Path) -> None:
    settings.SIDARA_WAREHOUSE = tmp_path / "none"
    put(idm(), FIRST)
    answer = queries.ask(PUBLIC, Query(CODE, ("IDM.IDM",), under="62.01"))
    assert [finding.code for finding in answer.findings] == ["WAREHOUSE_EMPTY"]
    assert not answer.is_refused
    assert {f.value for f in answer.figures} == {None}
    assert queries.status(PUBLIC).mark is None


def test_status_and_periods(facts: Path) -> None:
    put(idm("2023"), SECOND)
    services.refresh(OPERATOR)
    state = queries.status(PUBLIC)
    assert (state.facts, state.superseded, state.newest_change) == (2 * idm().height, 0, SECOND)
    assert state.mark is not None
    assert state.mark.cursor == 2 * idm().height
    assert state.datasets == (CODE,)
    assert queries.periods(PUBLIC, CODE) == ("2023", "2024")
    assert queries.periods(PUBLIC, CODE, "IDM.CATATAN") == ()


def test_many_threads_ask_at_once(facts: Path) -> None:
    query = Query(CODE, ("IDM.IDM",), Operation.MEAN, Level.REGENCY, periods=EVERY)
    reader = engines.duckdb.reader(facts)
    assert reader is not None
    _, units = asking._areas(regions.register_version(OPERATOR), asking._areas_of(query))
    statement = asking._statement(query, "published")
    truth = reader.rows(statement, units).sort("group_id")
    faults: list[object] = []

    def run() -> None:
        for _ in range(20):
            got = reader.rows(statement, units).sort("group_id")
            if not got.equals(truth):
                faults.append(got)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_an_import_is_followed_without_a_command(
    facts: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = queries.status(PUBLIC).facts
    with django_capture_on_commit_callbacks(execute=True):
        put(idm("2023"), SECOND)
    assert queries.status(PUBLIC).facts == before + idm().height


def run(*words: str) -> tuple[int, str, str]:
    noun, *rest = words
    result = CliRunner().invoke(cli.APPS[noun], rest)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_command_ask_as_json_csv_and_table(facts: Path) -> None:
    words = ("query", "ask", "--dataset", CODE, "--variable", "IDM.IDM", "--code", VILLAGE)
    code, out, _ = run(*words, "--json")
    told = json.loads(out)
    assert code == 0
    (figure,) = told["figures"]
    assert (figure["region"], figure["period"], figure["reporting"], figure["expected"]) == (
        VILLAGE,
        "2024",
        1,
        1,
    )
    assert told["dataset"]["licence"] == "tidak dinyatakan"
    code, out, _ = run(*words, "--format", "csv")
    header, row = out.strip().split("\n")
    assert code == 0
    assert header.startswith("kode,nama,jenis,periode,variabel")
    assert f"{figure['value']}" in row
    code, out, err = run(*words)
    assert code == 0
    assert VILLAGE in out
    assert "Kemendesa" in err


def test_command_ask_tells_faults(facts: Path) -> None:
    code, out, err = run("query", "ask", "--dataset", "external:x", "--variable", "IDM.IDM", "--json")
    assert code == 1
    assert json.loads(out)["figures"] == []
    assert "DATASET_UNKNOWN" in err
    code, _, _ = run("query", "ask", "--dataset", CODE, "--variable", "IDM.IDM", "--level", "benua")
    assert code == 2


def test_commands_of_the_warehouse(facts: Path) -> None:
    code, out, _ = run("warehouse", "status", "--json")
    assert (code, json.loads(out)["facts"]) == (0, idm().height)
    code, out, _ = run("warehouse", "refresh", "--json")
    assert (code, json.loads(out)["read"]) == (0, 0)
    code, out, _ = run("warehouse", "rebuild")
    assert (code, "dibaca" in out) == (0, True)
    code, out, _ = run("warehouse", "refresh")
    assert (code, out) == (0, "Tidak ada yang baru.\n")
