"""200 searches by name in the register of the whole country, through `regions.queries.find`, beside rivals.

Loads the country into a folder of its own and says how long that takes. Words are drawn from the register:
names as they stand, their beginnings, with one or two letters wrong, with the kecamatan behind. Rivals search
the same names: SQLite `LIKE` (finds no misspelling), rapidfuzz `WRatio` over everything. A hit is the village
asked for, or one of the same name, among the first ten. Run: python bench/search.py [--queries 200]
"""

import argparse
import atexit
import os
import platform
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

HOME = tempfile.mkdtemp(prefix="sidara-bench-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["SIDARA_HOME"] = HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")

# The settings are read at import, so that the home folder comes first.
import django
import polars as pl
import rapidfuzz
from rapidfuzz import fuzz, process

django.setup()

from django.core.management import call_command

from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.kernel.clock import now
from sidara.regions import queries, services
from sidara.regions.core import Level

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LIMIT = 10
GOAL_MS = 100.0
WAYS = ("as it stands", "beginning", "one letter wrong", "two letters wrong", "with kecamatan")

type Search = Callable[[str], Collection[str]]
"""Gives the lower-case names of the first ten."""


@dataclass(frozen=True)
class Asked:
    """What is typed, the name that is meant, and in which way it is told."""

    text: str
    name: str
    way: str


def asked(villages: pl.DataFrame, count: int) -> list[Asked]:
    """Draw the searches: each way in turn."""
    dice = random.Random(83762)
    found = []
    for at, row in enumerate(villages.sample(count, seed=62).iter_rows(named=True)):
        way = WAYS[at % len(WAYS)]
        name = row["name"].lower()
        told = {
            "as it stands": name,
            "beginning": name[: max(4, len(name) * 2 // 3)],
            "one letter wrong": misspelt(name, dice, 1),
            "two letters wrong": misspelt(name, dice, 2),
            "with kecamatan": f"desa {name} {row['district'].lower()}",
        }[way]
        found.append(Asked(told, name, way))
    return found


def misspelt(name: str, dice: random.Random, times: int) -> str:
    """Drop, double or exchange letters."""
    text = name
    for _ in range(times):
        at = dice.randrange(len(text))
        letter = dice.choice(LETTERS)
        text = dice.choice(
            (text[:at] + text[at + 1 :], text[:at] + letter + text[at:], text[:at] + letter + text[at + 1 :])
        )
        text = text or name
    return text


def measured(searches: list[Asked], search: Search) -> tuple[list[float], dict[str, list[bool]]]:
    """Time each search in ms, and tell whether it found what was meant, by way."""
    times: list[float] = []
    hits: dict[str, list[bool]] = {way: [] for way in WAYS}
    search(searches[0].text)
    for one in searches:
        start = time.perf_counter()
        found = search(one.text)
        times.append((time.perf_counter() - start) * 1000)
        hits[one.way].append(one.name in found)
    return times, hits


def main(count: int) -> int:
    """Load, search, print; 1 when the goal is missed."""
    call_command("migrate", verbosity=0)
    start, spent = time.perf_counter(), time.process_time()
    services.load_register(OPERATOR, provinces=None, clock=now)
    took, spent = time.perf_counter() - start, time.process_time() - spent
    register = queries.register(PUBLIC)
    names = register.select("id", district="name")
    villages = (
        register.filter(pl.col("level") == Level.VILLAGE)
        .join(names, left_on="parent_id", right_on="id")
        .select("code", "name", "district")
    )
    load = os.getloadavg()[0]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()},"
    )
    print(f"SQLite {sqlite3.sqlite_version}, rapidfuzz {rapidfuzz.__version__};")
    print(f"{register.height:,} areas loaded in {took:.1f} s ({spent:.1f} s of processor time)\n")
    searches = asked(villages, count)
    lower = [name.lower() for name in register["name"]]
    memory = sqlite3.connect(":memory:")
    memory.execute("CREATE TABLE area (name TEXT)")
    memory.executemany("INSERT INTO area VALUES (?)", ((name,) for name in lower))
    like = "SELECT name FROM area WHERE name LIKE ? ORDER BY length(name) LIMIT ?"

    def ours(text: str) -> Collection[str]:
        return {one.region.name.lower() for one in queries.find(PUBLIC, text, limit=LIMIT)}

    def by_like(text: str) -> Collection[str]:
        return {name for (name,) in memory.execute(like, (f"%{text.removeprefix('desa ')}%", LIMIT))}

    def by_ratio(text: str) -> Collection[str]:
        found = process.extract(text.removeprefix("desa "), lower, scorer=fuzz.WRatio, limit=LIMIT)
        return {name for name, _, _ in found}

    print(f"{'':<20}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}  found of {count}: {', '.join(WAYS)}")
    late = 0.0
    for label, search in (("find", ours), ("SQLite LIKE", by_like), ("rapidfuzz WRatio", by_ratio)):
        times, hits = measured(searches, search)
        cuts = statistics.quantiles(times, n=20)
        late = late or cuts[-1]
        shares = ", ".join(f"{sum(own)}/{len(own)}" for own in hits.values())
        print(f"{label:<20}{cuts[9]:>9.1f}{cuts[-1]:>9.1f}{max(times):>9.1f}  {shares}")
    print(f"\ngoal: p95 below {GOAL_MS:.0f} ms: {'kept' if late < GOAL_MS else 'missed'}")
    return int(late >= GOAL_MS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=200)
    raise SystemExit(main(parser.parse_args().queries))
