"""Import of large workbooks, beside frictionless on the same file. SIMULASI.

    python bench/import_workbook.py [--form EKO_TAHUNAN] [--province 62] [--villages 1571] [--seed 62]

First a workbook as a table of cells, a row a cell: the cells of `import_cells.py`, more than 100,000, into
fresh records on SQLite (WAL, FULL): tried twice, stored, and sent again; frictionless validates the same file
by shape and key. Then the widest form of all villages of a made-up province as one workbook, as SIDARA gives
it out: its cells are stored, and the file comes back: tried, all unchanged; then with an explanation at every
cell, all updated and stored. For this one, which says its keys in hidden rows and columns, there is no rival.
A province of more villages makes it larger (74: 2,287 villages). Beside the time of the clock stands that of
the processor, for a machine that others use, too.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import import_cells
from import_cells import COLUMNS, _files, _frictionless, _machine, _setup


def main() -> None:
    """Make the workbooks and bring them in, each in a process of its own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--form", default="EKO_TAHUNAN")
    options.add_argument("--province", default="62")
    options.add_argument("--villages", type=int, default=1571)
    options.add_argument("--seed", type=int, default=62)
    options.add_argument("--one", choices=("table", "form"), help=argparse.SUPPRESS)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SIDARA_HOME": folder, "DATABASE_URL": ""}
        home = Path(folder)
        if given.one == "table":
            _table(home, given.villages, given.seed)
        elif given.one == "form":
            _form(home, given)
        else:
            print(_machine(), flush=True)
            for one in ("table", "form"):
                subprocess.run([sys.executable, __file__, "--one", one, *sys.argv[1:]], check=True)


def _table(home: Path, villages: int, seed: int) -> None:
    """Bring a workbook in that is a table of cells."""
    import polars as pl

    from sidara import tables

    cells = _files(home, villages, seed)
    file = home / "sel.xlsx"
    tables.write(pl.read_parquet(home / "sel.parquet"), file)
    print(f"SIMULASI, benih {seed}: tabel {cells:,} sel, {file.stat().st_size:,} bita", flush=True)
    own = os.environ | {"SIDARA_HOME": str(home / "home")}
    subprocess.run([sys.executable, import_cells.__file__, "--one", "xlsx", str(file)], env=own, check=True)
    _frictionless(file, cells)


def _form(home: Path, given: argparse.Namespace) -> None:
    """Bring the workbook of a form in."""
    _setup()
    file = home / "formulir.xlsx"
    _workbook(file, given)
    print(
        f"SIMULASI, benih {given.seed}: {given.form}, provinsi {given.province}, {file.stat().st_size:,} bita"
    )
    _bring("uji coba, pertama", file, is_dry=True)
    _bring("uji coba", file, is_dry=True)
    _bring("simpan, semua berubah", file, said="catatan")


def _workbook(file: Path, given: argparse.Namespace) -> None:
    """Store the cells of a form for a year and give it out for the province."""
    import polars as pl

    from sidara.checks import queries as checks
    from sidara.collection import queries, services
    from sidara.demo.core.collected import models_of, simulate_collected
    from sidara.dictionary import services as defining
    from sidara.kernel import content
    from sidara.kernel.actor import OPERATOR
    from sidara.kernel.clock import now
    from sidara.regions import queries as regions
    from sidara.regions import services as registering

    registering.load_register(OPERATOR, provinces=(given.province,), clock=now)
    defining.load(OPERATOR, clock=now)
    codes = [one.code for one in regions.villages(OPERATOR, given.province)]
    codes = codes if given.province != "62" else codes[: given.villages]
    book = checks.rules(OPERATOR)
    own = [item.code for item in book.items.values() if item.form == given.form and not item.own_list]
    drawn = simulate_collected(
        book, models_of(content.load("sidara.demo", "collected")), codes, [2025], seed=given.seed
    ).filter(pl.col("variable").is_in(own) & (pl.col("period") == "2025"))
    drawn.with_columns(form=pl.lit(given.form), explanation=pl.lit("")).select(COLUMNS).write_parquet(
        file.with_suffix(".parquet")
    )
    incoming = queries.read_cells_file(OPERATOR, file.with_suffix(".parquet"))
    services.import_cells(OPERATOR, incoming=incoming, now=now())
    made, findings = queries.form_workbook(
        OPERATOR, form=given.form, region=given.province, period="2025", uid=uuid4(), now=now()
    )
    if made is None:
        raise SystemExit(str(findings))
    file.write_bytes(made)


def _bring(name: str, file: Path, *, is_dry: bool = False, said: str = "") -> None:
    """Import the workbook and say how long it took."""
    import polars as pl

    from sidara.collection import queries, services
    from sidara.kernel.actor import OPERATOR
    from sidara.kernel.clock import now

    started, worked = time.perf_counter(), time.process_time()
    incoming = queries.read_cells_file(OPERATOR, file)
    read = time.perf_counter() - started
    if said:
        incoming = replace(incoming, cells=incoming.cells.with_columns(explanation=pl.lit(said)))
    account = services.import_cells(OPERATOR, incoming=incoming, now=now(), is_dry=is_dry).account
    took, worked = time.perf_counter() - started, time.process_time() - worked
    print(
        f"{name:22}{took:7.2f} s (baca {read:.2f} s) {account.sent / took:10,.0f} sel/s "
        f"(prosesor {worked:.2f} s)  dikirim {account.sent:,} "
        f"ubah {account.updated:,} tetap {account.unchanged:,} "
        f"ditolak {account.rejected:,} temuan {len(account.findings):,}",
        flush=True,
    )


if __name__ == "__main__":
    main()
