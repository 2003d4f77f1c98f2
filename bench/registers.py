"""Pages of the registers with all 1,571 example villages of a province, each page beside a count by hand.

Every village fills in the forms of the registers for all periods of a year, through the services. Then pages
are asked as readers walk: province, all kabupaten, kecamatan, villages; with nothing kept, as after each
refresh, then again. Every figure of the areas is held against a count in plain Python over the stored cells,
and institutions of all kabupaten are counted beside it by SQL and by Polars over the lists.
Run: python bench/registers.py [--villages 1571] [--home FOLDER] (a folder is kept and used again).
"""

import argparse
import atexit
import json
import os
import platform
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
reading = argparse.ArgumentParser(description=__doc__)
reading.add_argument("--villages", type=int, default=1571)
reading.add_argument("--home", default="")
ASKED = reading.parse_args()
HOME = ASKED.home or tempfile.mkdtemp(prefix="sidara-bench-")
if not ASKED.home:
    atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["SIDARA_HOME"] = HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")

# The settings are read at import, so that the home folder comes first.
import django
import polars as pl

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client

from sidara.collection.core import EXAMPLES
from sidara.dictionary import services as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.programmes import models, queries, services
from sidara.programmes.core.registers import Status
from sidara.regions import queries as regions
from tests.programmes import simulated_province as simulated
from tests.programmes.simulated_province import PROVINCE, YEAR, ByHand

PERIODS = frozenset({f"{YEAR}", *(f"{YEAR}-S{n}" for n in (1, 2)), *(f"{YEAR}-Q{n}" for n in range(1, 5))})
NOW = datetime(2026, 3, 20, 3, tzinfo=UTC)
TODAY = NOW.date()
AT_ONCE = 50
NAMES = {
    "aparatur": queries.apparatus,
    "pelatihan": queries.trainings,
    "musyawarah": queries.meetings,
    "lembaga": queries.institutions,
}
PAGES = ("register/aparatur", "register/partisipasi", "register/lembaga", "usulan")
LISTS = "programmes_registersheet s join regions_region g on g.id = s.region_id"
WHERE = f"dataset = '{EXAMPLES}' and list_code = 'lembaga' and year = {YEAR} and until_day is null"


def load() -> list[str]:
    """Make the province and let its villages fill in; gives their codes."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if models.RegisterMark.objects.exists():
        return sorted(one.code for one in regions.villages(OPERATOR, PROVINCE, examples=True))
    dictionary.load(OPERATOR, clock=lambda: NOW)
    codes = simulated.lay_out(NOW)
    wanted = sorted(codes)[:: max(1, len(codes) // ASKED.villages)][: ASKED.villages]
    started = time.perf_counter()
    for at in range(0, len(wanted), AT_ONCE):
        simulated.fill_in(wanted[at : at + AT_ONCE], NOW, periods=PERIODS)
    print(f"filled in in {time.perf_counter() - started:.0f} s", flush=True)
    started = time.perf_counter()
    services.refresh_registers(OPERATOR, clock=lambda: NOW)
    print(f"read by the registers in {time.perf_counter() - started:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return codes


def addresses(codes: list[str]) -> dict[str, list[str]]:
    """Give the areas that readers ask, by level."""
    regencies = sorted({code[:5] for code in codes})
    districts = sorted({code[:8] for code in codes})
    return {
        "province": [PROVINCE],
        "kabupaten": regencies,
        "kecamatan": districts[::14],
        "village": codes[::160],
    }


def timed(client: Client, page: str, areas: list[str], *, keeps: bool) -> list[tuple[float, float]]:
    """Ask a page of each area, seconds of clock and of processor; without `keeps` as after a refresh."""
    times = []
    for area in areas:
        if not keeps:
            models.RegisterMark.objects.update(stamp=uuid4())
        query = {"wilayah": area, "himpunan": "contoh", "tahun": str(YEAR), "keadaan": "semua"}
        started = time.perf_counter(), time.process_time()
        answer = client.get(f"/{page}", query)
        times.append((time.perf_counter() - started[0], time.process_time() - started[1]))
        assert answer.status_code == 200, (page, area)
    return times


def told(name: str, times: list[tuple[float, float]]) -> str:
    """Tell median and longest time, in milliseconds of clock, and the median of processor."""
    clock, processor = ([one[at] * 1000 for one in times] for at in (0, 1))
    middle = statistics.median(clock), max(clock), statistics.median(processor)
    return f"{name} {middle[0]:.0f} ms (longest {middle[1]:.0f}; {middle[2]:.0f} of processor)"


def checked(codes: list[str]) -> None:
    """Hold what registers count of every area, down to each village, against the count by hand."""
    started = time.perf_counter()
    hand = ByHand(codes, dict.fromkeys(codes, TODAY))
    print(f"counted by hand in {time.perf_counter() - started:.0f} s", flush=True)
    figures = 0
    areas = {PROVINCE, *(code[:5] for code in codes), *(code[:8] for code in codes)}
    for area in sorted(areas):
        scope = queries.Scope(area, YEAR, Status.ALL, dataset=EXAMPLES)
        made = {code: ask(OPERATOR, scope) for code, ask in NAMES.items()}
        made["usulan"] = queries.funnel(OPERATOR, scope, today=TODAY)
        places = regions.regions(OPERATOR, made["lembaga"].expected)
        for code, one in made.items():
            for where, counted in [
                (area, one.total),
                *((places[id_].code, some) for id_, some in one.below.items()),
            ]:
                want, _ = hand.total(where, Status.ALL, code)
                own = {key: count for key, count in counted.items() if count and not key.startswith("need:")}
                assert own == {key: count for key, count in want.items() if count}, (where, code)
                figures += len(own)
    print(
        f"{figures} figures of {len(areas)} areas and of their villages equal the count by hand", flush=True
    )


def by_sql() -> dict[str, Counter]:
    """Count institutions of each kabupaten by SQL over the lists."""
    made = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select substr(g.code, 1, 5), count(*),"
            " sum(json_extract(r.value, '$[1].LBG_003') <> 'BELUM_ADA'),"
            " sum(coalesce(json_extract(r.value, '$[1].LBG_005'), 0))"
            f" from {LISTS}, json_each(s.rows) r where {WHERE} group by 1"
        )
        for area, institutions, grounded, board in cursor.fetchall():
            made[area] = Counter(institutions=institutions, grounded=grounded, board=board)
    return made


def by_polars() -> dict[str, Counter]:
    """Count the same by Polars over the same lists."""
    with connection.cursor() as cursor:
        cursor.execute(f"select g.code, s.rows from {LISTS} where {WHERE}")
        rows = [
            (code[:5], values.get("LBG_003"), int(values.get("LBG_005") or 0))
            for code, text in cursor.fetchall()
            for _, values, _ in json.loads(text)
        ]
    frame = pl.DataFrame(rows, schema=["area", "ground", "board"], orient="row")
    told = frame.group_by("area").agg(
        pl.len(), (pl.col("ground") != "BELUM_ADA").sum().alias("grounded"), pl.col("board").sum()
    )
    return {
        area: Counter(institutions=count, grounded=grounded, board=board)
        for area, count, grounded, board in told.iter_rows()
    }


def beside() -> None:
    """Print how long the institutions of all kabupaten take, beside SQL and Polars; all give the same."""
    times = defaultdict(list)
    for _ in range(5):
        models.RegisterMark.objects.update(stamp=uuid4())
        started = time.perf_counter()
        ours = queries.institutions(OPERATOR, queries.Scope(PROVINCE, YEAR, Status.ALL, dataset=EXAMPLES))
        times["registers (all 90 counts)"].append(time.perf_counter() - started)
        started = time.perf_counter()
        sql = by_sql()
        times["SQL (three counts)"].append(time.perf_counter() - started)
        started = time.perf_counter()
        polars = by_polars()
        times["Polars (three counts)"].append(time.perf_counter() - started)
    places = regions.regions(OPERATOR, ours.below)
    told = {
        places[id_].code: Counter({key: some[key] for key in ("institutions", "grounded", "board")})
        for id_, some in ours.below.items()
    }
    assert told == sql == polars
    for name, some in times.items():
        print(f"institutions of a province by {name}: median {statistics.median(some) * 1000:.0f} ms")


def main() -> None:
    """Print the figures with machine, size and versions."""
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},",
        f"SQLite {sqlite3.sqlite_version}, Polars {pl.__version__}",
    )
    codes = load()
    sheets = models.RegisterSheet.objects.filter(dataset=EXAMPLES, year=YEAR)
    villages = sheets.order_by().values("region_id").distinct().count()
    print(
        f"{villages} villages, {sheets.count()} lists of {YEAR}, {models.Proposal.objects.count()} proposals"
    )
    client = Client(headers={"host": "127.0.0.1"})
    timed(client, PAGES[0], [PROVINCE], keeps=False)
    for page in PAGES:
        for level, areas in addresses(codes).items():
            cold = timed(client, page, areas, keeps=False)
            timed(client, page, areas, keeps=True)
            warm = timed(client, page, areas, keeps=True)
            print(
                f"/{page} of a {level} ({len(areas)}): {told('nothing kept', cold)}; {told('kept', warm)}",
                flush=True,
            )
    beside()
    checked(codes)


if __name__ == "__main__":
    main()
