"""The kokpit for a whole province: 1,571 example villages x 33 forms, a year of periods, page by page.

Two villages fill in all their forms through the services; four of five other villages get the counted rows of
one of them (rows are multiplied, not simulated one by one). Then pages are asked as readers walk: province,
kabupaten, sectors, forms, kecamatan, the four measures; first with nothing kept, as after each refresh, then
again. Beside it, in the same run, the province's table by plain Python and by Polars over the same rows.
Run: python bench/progress_page.py [--rounds 5]
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
from collections import Counter, defaultdict

HOME = tempfile.mkdtemp(prefix="sidara-bench-")
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
from sidara.demo import services as demo
from sidara.dictionary import services as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.progress import models, queries, services
from sidara.progress.queries import keeping
from sidara.progress.services import storing
from sidara.regions import queries as regions
from sidara.regions import services as register

YEAR = 2025
FILLED = ("62.01.02.9019", "62.08.04.9022")
PLACE = ("id", "region_id", "district_id", "regency_id", "province_id")


def load() -> None:
    """Make the province, fill in two villages, give every other village the rows of one of them."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    register.load_register(OPERATOR, provinces=("62",), clock=now)
    register.add_examples(OPERATOR, province="62", clock=now)
    dictionary.load(OPERATOR, clock=now)
    for code in FILLED:
        demo.submit(OPERATOR, years=(YEAR,), seed=7, districts=[code], say=lambda _: None)
    services.refresh(OPERATOR)
    measured = regions.named(OPERATOR, FILLED)
    chance = random.Random(62)
    names = ["pk", *storing.COLUMNS]
    own = {
        place.id: {
            (row["form"], row["period"]): row
            for row in models.Tally.objects.filter(region_id=place.id, dataset=EXAMPLES).values(*names)
        }
        for place in measured.values()
    }
    made = []
    for row in models.Tally.objects.filter(dataset=EXAMPLES, revision=0).values(*names).iterator():
        like = own[chance.choice(list(own))][row["form"], row["period"]]
        kept = {name: row[name] for name in storing.COLUMNS if name in PLACE}
        made.append(like | kept if chance.random() < 0.8 else row)
    models.Tally.objects.filter(dataset=EXAMPLES, revision=0).delete()
    storing.put(OPERATOR, rows=made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def addresses() -> list[str]:
    """Give pages as readers walk down: province, kabupaten, sectors, forms, kecamatan, measures."""
    found = [f"ukuran={one}" for one in ("kelengkapan", "ketepatan", "keraguan", "umur")]
    areas = [one.code for one in regions.children(OPERATOR, regions.resolve(OPERATOR, "62").id)]
    found += [f"wilayah={one}" for one in areas]
    found += [f"bidang={one}" for one in ("PEM", "KEP", "DIK", "KES", "EKO", "INF", "LIN", "SOS", "KEU")]
    found += [f"formulir={one}" for one in ("KEP_SEMESTER", "KES_BULANAN", "PEM_TAHUNAN", "EKO_TAHUNAN")]
    found += [f"wilayah={area}&bidang=KES" for area in areas[:6]]
    for area in areas[:3]:
        place = regions.resolve(OPERATOR, area)
        found += [f"wilayah={one.code}" for one in regions.children(OPERATOR, place.id)[:5]]
    return [f"/kokpit?himpunan=contoh&tahun={YEAR}&{one}" for one in found]


def p95(times: list[float]) -> float:
    """Give the 95th percentile in milliseconds."""
    return statistics.quantiles(times, n=20)[-1] * 1000


def timed(client: Client, pages: list[str], *, keeps: bool) -> list[float]:
    """Ask each page once; without `keeps` nothing is kept from the one before."""
    times = []
    for page in pages:
        if not keeps:
            keeping.forget(OPERATOR)
        started = time.perf_counter()
        answer = client.get(page)
        times.append(time.perf_counter() - started)
        assert answer.status_code == 200, page
    return times


def by_python(today: int) -> dict[tuple[int, str], list[int]]:
    """Count the province's table in plain Python over the rows."""
    made: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0] * 8)
    names = ("regency_id", "sector", "required", "filled", "not_applicable", "cells", "doubted")
    rows = models.Tally.objects.filter(dataset=EXAMPLES, year=YEAR)
    for area, sector, *counts, due, came in rows.values_list(*names, "due_day", "came_day").iterator():
        one = made[area, sector]
        for place, count in enumerate(counts):
            one[place] += count
        late = max(0, (came if came is not None else today) - due)
        if came is not None or due < today:
            one[5] += max(0, 30 - late)
            one[6] += 1
        one[7] += 1
    return made


def by_polars() -> dict[tuple[int, str], tuple[int, int]]:
    """Count the same by Polars over the rows."""
    names = ("regency_id", "sector", "required", "filled", "not_applicable", "due_day", "came_day")
    rows = list(models.Tally.objects.filter(dataset=EXAMPLES, year=YEAR).values_list(*names))
    frame = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
    made = frame.group_by("regency_id", "sector").agg(pl.col("required").sum(), pl.col("filled").sum())
    return {(area, sector): (required, filled) for area, sector, required, filled in made.iter_rows()}


def main() -> None:
    """Print the figures with machine, size and versions."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--rounds", type=int, default=5)
    rounds = reading.parse_args().rounds
    started = time.perf_counter()
    load()
    rows = models.Tally.objects.filter(dataset=EXAMPLES, year=YEAR)
    villages = rows.order_by().values("region_id").distinct().count()
    forms = rows.order_by().values("form").distinct().count()
    states = Counter(rows.order_by().values_list("level", flat=True))
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        connection.vendor,
    )
    print(
        f"{villages} villages x {forms} forms, {rows.count()} rows of {YEAR}",
        f"by level {dict(sorted(states.items()))}",
    )
    print(f"made in {time.perf_counter() - started:.0f} s")
    client, pages = Client(headers={"host": "127.0.0.1"}), addresses()
    timed(client, pages, keeps=False)
    cold = [one for _ in range(rounds) for one in timed(client, pages, keeps=False)]
    warm = [one for _ in range(rounds) for one in timed(client, pages, keeps=True)]
    for name, times in (("nothing kept", cold), ("kept since the refresh", warm)):
        print(
            f"{len(times)} pages, {name}: median {statistics.median(times) * 1000:.0f} ms,",
            f"p95 {p95(times):.0f} ms",
        )
    today = local_date(now())
    rivals: dict[str, list[float]] = {"SQL": [], "Python": [], "Polars": []}
    for _ in range(rounds):
        keeping.forget(OPERATOR)
        started = time.perf_counter()
        scope = queries.Scope(EXAMPLES, year=YEAR)
        ours = queries.rolled(OPERATOR, scope, by=("regency", "sector"), today=today)
        rivals["SQL"].append(time.perf_counter() - started)
        started = time.perf_counter()
        theirs = by_python(today.toordinal())
        rivals["Python"].append(time.perf_counter() - started)
        started = time.perf_counter()
        framed = by_polars()
        rivals["Polars"].append(time.perf_counter() - started)
        for key, one in ours.items():
            told = [
                one.required,
                one.filled,
                one.not_applicable,
                one.cells,
                one.doubted,
                one.punctual,
                one.judged,
            ]
            assert [*told, one.expected] == theirs[key], key
            assert framed[key] == (one.required, one.filled), key
    for name, times in rivals.items():
        print(f"the province's table by {name}: median {statistics.median(times) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
