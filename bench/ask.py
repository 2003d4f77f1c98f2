"""Six questions that pages ask, through `warehouse.queries.ask`, beside raw DuckDB SQL on the same files.

Makes a province in a folder of its own: the register of province 62 and a simulated data set of 40 variables
for 1,432 desa and 5 years (286,400 facts). Run: python bench/ask.py [--rounds 40]
"""

import argparse
import atexit
import os
import platform
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="sidara-bench-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["SIDARA_HOME"] = HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")

# The settings are read at import, so that the home folder comes first.
import deltalake
import django
import duckdb
import ibis
import polars as pl

django.setup()

from django.conf import settings
from django.core.management import call_command

from sidara.collection import services as collection
from sidara.collection.core import Choice, DataSet, ValueType, Variable
from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.kernel.clock import now
from sidara.regions import queries as regions
from sidara.regions import services as register
from sidara.regions.core import Level
from sidara.warehouse import queries, services
from sidara.warehouse.core import EVERY, Operation, Query

CODE = "simulated:bench"
YEARS = ("2020", "2021", "2022", "2023", "2024")
CODES = ("SANGAT_TERTINGGAL", "TERTINGGAL", "BERKEMBANG", "MAJU", "MANDIRI")
NUMBERS = tuple(f"BENCH.N{number:02d}" for number in range(39))
STATUS = "BENCH.STATUS"
VARIABLES = (
    *(Variable(code, code, "indeks", 4, ValueType.NUMBER) for code in NUMBERS),
    Variable(STATUS, "Status", "", 0, ValueType.CHOICE, tuple(Choice(code, code) for code in CODES)),
)
VILLAGE = "62.01.02.2016"


def load() -> None:
    """Make the province and its facts."""
    call_command("migrate", verbosity=0)
    register.load_register(OPERATOR, provinces=["62"], clock=now)
    dice = random.Random(62)
    desa = pl.DataFrame(regions.dimension(OPERATOR)).filter(pl.col("kind") == "desa").select("region_id")
    cells = pl.concat(
        desa.with_columns(
            period=pl.lit(year),
            variable=pl.lit(variable),
            value=pl.Series(
                [
                    f"{dice.random():.4f}" if variable != STATUS else dice.choice(CODES)
                    for _ in range(desa.height)
                ]
            ),
        )
        for year in YEARS
        for variable in (*NUMBERS, STATUS)
    )
    note = DataSet(
        CODE,
        title="Ukuran",
        source="SIDARA",
        url="",
        licence="tidak dinyatakan",
        retrieved_date=date(2026, 1, 1),
        code_scheme="kemendagri",
        is_simulated=True,
        measure="published",
        definition="bench@1",
    )
    start = time.perf_counter()
    collection.put_cells(OPERATOR, dataset=note, variables=VARIABLES, cells=cells, now=datetime.now(UTC))
    services.refresh(OPERATOR)
    print(f"{cells.height:,} cells put and refreshed in {time.perf_counter() - start:.1f} s")


FIVE = NUMBERS[:5]
LIST = ", ".join(f"'{code}'" for code in FIVE)
BASE = f"f.dataset = '{CODE}' AND f.measure = 'published' AND f.breakdown = '_T'"
QUESTIONS: tuple[tuple[str, Query, str], ...] = (
    (
        "newest of 5 variables, 1,571 villages",
        Query(CODE, FIVE),
        f"""SELECT r.code, r.name, f.variable, max(f.period), arg_max(f.value, f.period), max(f.recorded_from)
        FROM region r LEFT JOIN current f ON f.region_id = r.region_id AND {BASE} AND f.variable IN ({LIST})
        WHERE r.level = 4 GROUP BY ALL ORDER BY ALL""",
    ),
    (
        "status by kabupaten, one year",
        Query(CODE, (STATUS,), Operation.COUNT_BY_CODE, Level.REGENCY, periods=("2024",)),
        f"""SELECT r.regency_code, f.code, count(*), min(f.recorded_from), max(f.recorded_from)
        FROM current f JOIN region r USING (region_id)
        WHERE {BASE} AND f.variable = '{STATUS}' AND f.period = '2024' AND r.kind = 'desa'
        GROUP BY ALL ORDER BY ALL""",
    ),
    (
        "status by kecamatan, one year",
        Query(CODE, (STATUS,), Operation.COUNT_BY_CODE, Level.DISTRICT, periods=("2024",)),
        f"""SELECT r.district_code, f.code, count(*), min(f.recorded_from), max(f.recorded_from)
        FROM current f JOIN region r USING (region_id)
        WHERE {BASE} AND f.variable = '{STATUS}' AND f.period = '2024' AND r.kind = 'desa'
        GROUP BY ALL ORDER BY ALL""",
    ),
    (
        "mean by kabupaten and year",
        Query(CODE, NUMBERS[:1], Operation.MEAN, Level.REGENCY, periods=EVERY),
        f"""SELECT r.regency_code, f.period, sum(f.value), count(*), min(f.recorded_from),
        max(f.recorded_from) FROM current f JOIN region r USING (region_id)
        WHERE {BASE} AND f.variable = '{NUMBERS[0]}' AND r.kind = 'desa'
        GROUP BY ALL ORDER BY ALL""",
    ),
    (
        "40 variables, all years, one village",
        Query(CODE, (*NUMBERS, STATUS), under=VILLAGE, periods=EVERY),
        f"""SELECT r.code, r.name, f.variable, f.period, f.value, f.code, f.recorded_from
        FROM current f JOIN region r USING (region_id) WHERE {BASE} AND r.code = '{VILLAGE}' ORDER BY ALL""",
    ),
    (
        "count by kabupaten, one year",
        Query(CODE, NUMBERS[:1], Operation.COUNT, Level.REGENCY, periods=("2024",)),
        f"""SELECT r.regency_code, count(f.value), min(f.recorded_from), max(f.recorded_from)
        FROM current f JOIN region r USING (region_id)
        WHERE {BASE} AND f.variable = '{NUMBERS[0]}' AND f.period = '2024' AND r.kind = 'desa'
        GROUP BY ALL ORDER BY ALL""",
    ),
)


def rival() -> duckdb.DuckDBPyConnection:
    """Open the files as DuckDB's documentation advises: one connection, metadata cached, areas as a table."""
    table = deltalake.DeltaTable(settings.SIDARA_WAREHOUSE / "current")
    files = ", ".join(f"'{file}'" for file in table.file_uris())
    connection = duckdb.connect()
    connection.execute("SET parquet_metadata_cache = true")
    connection.execute(
        "CREATE VIEW current AS SELECT * FROM "
        f"read_parquet([{files}], hive_partitioning = true, hive_types_autocast = false)"
    )
    areas = regions.dimension(OPERATOR)  # noqa: F841 - read by name below
    connection.execute("CREATE TABLE region AS SELECT * FROM areas")
    return connection


def milliseconds(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median and 95th percentile of warm runs."""
    for _ in range(3):
        work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    load()
    connection = rival()
    size = sum(file.stat().st_size for file in Path(settings.SIDARA_WAREHOUSE, "current").rglob("*.parquet"))
    facts = queries.status(PUBLIC).facts
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, DuckDB "
        f"{duckdb.__version__}, Ibis {ibis.__version__}, deltalake {deltalake.__version__}, "
        f"Polars {pl.__version__}; {facts:,} facts, {size / facts:.1f} bytes a fact; {rounds} rounds; "
        "milliseconds, median (p95)"
    )
    print(f"\n| question | rows | raw SQL | ask | ratio | beyond 1.3 x | with figures |\n|{'---|' * 7}")
    for name, query, sql in QUESTIONS:
        raw, raw_late = milliseconds(lambda sql=sql: connection.execute(sql).to_arrow_table(), rounds)
        own, own_late = milliseconds(lambda query=query: queries.ask(PUBLIC, query), rounds)
        whole, whole_late = milliseconds(lambda query=query: queries.ask(PUBLIC, query).figures, rounds)
        rows = queries.ask(PUBLIC, query).frame.height
        print(
            f"| {name} | {rows:,} | {raw:.1f} ({raw_late:.1f}) | {own:.1f} ({own_late:.1f}) "
            f"| {own / raw:.1f} | {own - 1.3 * raw:+.1f} | {whole:.1f} ({whole_late:.1f}) |"
        )


if __name__ == "__main__":
    main()
