"""Questions about 100,000 accounts in a register of the whole country: what a page of people costs.

Accounts are written straight into a home folder of their own; then queries are asked as four people would.
Run: python bench/accounts.py [accounts]
"""

import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

HOME = tempfile.TemporaryDirectory(prefix="sidara-bench-")
os.environ["SIDARA_HOME"] = HOME.name
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")

import django
from django.core.management import call_command
from django.db import connection

django.setup()

from sidara.accounts import queries, services
from sidara.accounts.models import Account, Grant, GrantRegion
from sidara.kernel.actor import OPERATOR, PUBLIC, Actor
from sidara.kernel.clock import local_date, now
from sidara.regions import queries as regions
from sidara.regions import services as registering

ROUNDS = 7
BATCH = 5_000


def fill(count: int) -> None:
    """One operator a village, round after round, until there are `count` accounts."""
    registering.load_register(OPERATOR, provinces=regions.package_provinces(OPERATOR), clock=now)
    villages = regions.register(OPERATOR).filter(level=4)["id"].to_list()
    moment, today = now(), local_date(now())
    for start in range(0, count, BATCH):
        span = range(start, min(start + BATCH, count))
        by = {"created_at": moment, "created_by_id": OPERATOR.id, "created_by_name": OPERATOR.name}
        people = [
            Account(
                login_name=f"orang-{at:06}", name=f"Contoh {at}", function="Operator desa", password="!", **by
            )
            for at in span
        ]
        Account.objects.bulk_create(people)
        given = {"granted_at": moment, "granted_by_id": OPERATOR.id, "granted_by_name": OPERATOR.name}
        grants = [Grant(account=one, role="operator-desa", valid_from=today, **given) for one in people]
        Grant.objects.bulk_create(grants)
        GrantRegion.objects.bulk_create(
            GrantRegion(grant=grant, region_id=villages[at % len(villages)])
            for at, grant in zip(span, grants, strict=True)
        )


def actor(login: str, role: str, *under: str) -> Actor:
    done = services.create(
        OPERATOR,
        login_name=login,
        name=login,
        function="Contoh",
        role=role,
        under=under,
        is_everywhere=not under,
    )
    found = queries.actor_of(PUBLIC, account_id=done.account_id, day=local_date(now()))
    assert found is not None
    return found.actor


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Give median and worst of some rounds in milliseconds."""
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1_000)
    return statistics.median(spent), max(spent)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    call_command("migrate", verbosity=0)
    fill(count)
    day = local_date(now())
    verifier = actor("bench-kecamatan", "verifikator-kecamatan", "62.01.02")
    regency = actor("bench-kabupaten", "pmd-kabupaten", "33.01")
    someone = Account.objects.get(login_name="orang-000007").pk
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"Django {django.__version__}, SQLite {sqlite3.sqlite_version} ({connection.vendor})")  # fmt: skip
    print(f"{Account.objects.count():,} accounts, {len(regions.register(OPERATOR)):,} regions")
    print(f"{'question':52} {'median ms':>10} {'worst ms':>10}")
    for words, work in {
        "actor of a request": lambda: queries.actor_of(PUBLIC, account_id=someone, day=day),
        "first page, a kecamatan": lambda: queries.people(verifier, day=day),
        "first page, a kabupaten": lambda: queries.people(regency, day=day),
        "first page, the operator": lambda: queries.people(OPERATOR, day=day),
        "page 1,000, the operator": lambda: queries.people(OPERATOR, day=day, number=1_000),
        "by beginning of a log-in name, the operator": lambda: queries.people(
            OPERATOR, day=day, text="orang-09"
        ),
        "by role and kabupaten, the operator": lambda: queries.people(
            OPERATOR, day=day, role="operator-desa", under="33.01"
        ),
        "one person, a kabupaten": lambda: queries.person(regency, someone),
        "by log-in name, the operator": lambda: queries.person_named(OPERATOR, "orang-000007"),
        "throttle before an attempt": lambda: queries.throttled(
            PUBLIC, name_key="x", address_key="203.0.113.7", device_key="", moment=now()
        ),
    }.items():
        middle, worst = timed(work)
        print(f"{words:52} {middle:10.1f} {worst:10.1f}")


if __name__ == "__main__":
    main()
