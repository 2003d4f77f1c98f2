"""Import of a large file of cells, with all checks, beside frictionless on the same file. SIMULASI.

    python bench/import_cells.py [--villages 1571] [--seed 62] [--records sqlite|postgresql]

Makes the cells of one quarter, semester and month of a made-up province, more than 100,000, writes them as
CSV and as Parquet, and imports each into fresh records on SQLite (WAL, FULL) or on a durable PostgreSQL of
its own (the processor is that of the importing process alone): tried twice, stored, and sent
again; one number in a hundred is planted to be wrong. The first try also makes the rules ready. Beside the
time of the clock stands that of the processor, for a machine that others use, too. frictionless validates
the same CSV by a schema of texts with required fields and the primary key; it types nothing, knows no rules
between cells and stores nothing.
"""

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.expressions.postgres import PORT, cluster

FORMS = ("KEU_TRIWULAN", "KEP_TRIWULAN", "KES_TRIWULAN", "INF_TRIWULAN", "KEP_SEMESTER", "LIN_BULANAN")
PERIODS = ("2025-Q2", "2025-S1", "2025-06")
COLUMNS = ("form", "region", "period", "row", "variable", "breakdown", "state", "value", "explanation")


@contextlib.contextmanager
def records(kind: str) -> Iterator[str]:
    """Give the address of fresh records: none for SQLite, a durable PostgreSQL of its own."""
    if kind == "sqlite":
        yield ""
        return
    with cluster(is_durable=True) as psql:
        yield f"postgresql://sidara@/postgres?host={psql[2]}&port={PORT}"


def main() -> None:
    """Make the files, then measure each import in a process of its own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--villages", type=int, default=1571)
    options.add_argument("--seed", type=int, default=62)
    options.add_argument("--records", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--one", nargs=2, metavar=("FORMAT", "FILE"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.one:
        _one(*given.one)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        cells = _files(home, given.villages, given.seed)
        print(_machine())
        print(
            f"SIMULASI, benih {given.seed}: {cells:,} sel, {given.villages:,} desa, {', '.join(FORMS)}; "
            f"{given.records}"
        )
        for kind in ("csv", "parquet"):
            command = [sys.executable, __file__, "--one", kind, str(home / f"sel.{kind}")]
            with records(given.records) as address:
                own = os.environ | {"SIDARA_HOME": str(home / f"home-{kind}"), "DATABASE_URL": address}
                done = subprocess.run(command, env=own, check=True, capture_output=True, text=True)
            print(done.stdout, end="")
        _frictionless(home / "sel.csv", cells)


def _machine() -> str:
    import polars as pl

    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{platform.machine()}, {os.cpu_count()} inti, beban {load}, Python {platform.python_version()}, "
        f"Polars {pl.__version__}"
    )


def _setup() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
    os.environ.setdefault("SIDARA_HOME", tempfile.mkdtemp())
    Path(os.environ["SIDARA_HOME"]).mkdir(parents=True, exist_ok=True)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def _files(home: Path, villages: int, seed: int) -> int:
    """Write the same cells as CSV and Parquet into a folder; gives how many are sent."""
    os.environ["SIDARA_HOME"] = str(home / "making")
    _setup()
    import polars as pl

    from sidara.checks import queries as checks
    from sidara.demo.core.collected import models_of, simulate_collected
    from sidara.kernel import content
    from sidara.kernel.actor import OPERATOR
    from sidara.kernel.clock import now
    from sidara.regions import queries as regions
    from sidara.regions import services

    services.load_register(OPERATOR, provinces=("62",), clock=now)
    codes = [one.code for one in regions.villages(OPERATOR, "62")][:villages]
    book = checks.rules(OPERATOR)
    drawn = simulate_collected(
        book, models_of(content.load("sidara.demo", "collected")), codes, [2025], seed=seed
    )
    forms = {item.code: item.form for item in book.items.values() if not item.own_list}
    cells = (
        drawn.with_columns(form=pl.col("variable").replace_strict(forms), explanation=pl.lit(""))
        .filter(pl.col("form").is_in(FORMS) & pl.col("period").is_in(PERIODS))
        .select(COLUMNS)
        .sort("region", "form", "variable", "breakdown")
    )
    # One number in a hundred gets a digit more, so that rules have something to say.
    is_planted = (pl.int_range(pl.len()) % 100 == 0) & pl.col("value").str.contains("^[0-9]{1,9}$")
    cells = cells.with_columns(
        value=pl.when(is_planted.fill_null(value=False)).then(pl.format("9{}", "value")).otherwise("value")
    )
    cells.write_csv(home / "sel.csv")
    cells.write_parquet(home / "sel.parquet")
    return cells.height


def _one(kind: str, file: str) -> None:
    """Import one file four times and say how long each took; register and dictionary are loaded before."""
    _setup()
    from sidara.collection import queries, services
    from sidara.dictionary import services as defining
    from sidara.kernel.actor import OPERATOR
    from sidara.kernel.clock import now
    from sidara.regions import services as registering

    registering.load_register(OPERATOR, provinces=("62",), clock=now)
    defining.load(OPERATOR, clock=now)
    for name, is_dry in (("uji coba, pertama", True), ("uji coba", True), ("simpan", False), ("lagi", False)):
        started, worked = time.perf_counter(), time.process_time()
        incoming = queries.read_cells_file(OPERATOR, Path(file))
        read = time.perf_counter() - started
        done = services.import_cells(OPERATOR, incoming=incoming, now=now(), is_dry=is_dry)
        took, worked = time.perf_counter() - started, time.process_time() - worked
        account = done.account
        print(
            f"{kind:8}{name:18}{took:7.2f} s (baca {read:.2f} s) {account.sent / took:10,.0f} sel/s  "
            f"(prosesor {worked:.2f} s, {account.sent / worked:,.0f} sel/s)  "
            f"baru {account.created:,} tetap {account.unchanged:,} ditolak {account.rejected:,} "
            f"temuan {len(account.findings):,}"
        )


def _frictionless(file: Path, cells: int) -> None:
    try:
        from frictionless import Resource, Schema
    except ImportError:
        print("frictionless tidak ada: pip install --target FOLDER frictionless, lalu PYTHONPATH=FOLDER")
        return
    required = {"form", "region", "period", "variable"}
    fields = [
        {"name": name, "type": "string", **({"constraints": {"required": True}} if name in required else {})}
        for name in COLUMNS
    ]
    key = ["form", "region", "period", "row", "variable", "breakdown"]
    schema = Schema.from_descriptor({"fields": fields, "primaryKey": key})
    started, worked = time.perf_counter(), time.process_time()
    report = Resource(path=file.name, basepath=str(file.parent), schema=schema).validate()
    took, worked = time.perf_counter() - started, time.process_time() - worked
    faults = json.loads(report.to_json())["stats"]["errors"]
    print(
        f"frictionless {file.suffix[1:]}, bentuk saja {took:7.2f} s {cells / took:10,.0f} sel/s  "
        f"(prosesor {worked:.2f} s)  galat {faults}"
    )


if __name__ == "__main__":
    main()
