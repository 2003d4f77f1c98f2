"""Import of one large workbook: the widest form for all villages of a made-up province. SIMULASI.

    python bench/import_workbook.py [--form EKO_TAHUNAN] [--villages 1571] [--seed 62]

Stores the cells of the form on SQLite (WAL, FULL), gives the form out as one workbook for the province, and
brings the file back: tried, all unchanged; then with an explanation at every cell, all updated and stored.
Beside the time of the clock stands that of the processor, for a machine that others use, too.
"""

import argparse
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from import_cells import COLUMNS, _machine, _setup


def main() -> None:
    """Make the workbook and bring it back."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--form", default="EKO_TAHUNAN")
    options.add_argument("--villages", type=int, default=1571)
    options.add_argument("--seed", type=int, default=62)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SIDARA_HOME": folder, "DATABASE_URL": ""}
        _setup()
        file = Path(folder) / "formulir.xlsx"
        _workbook(file, given.form, given.villages, given.seed)
        print(_machine())
        print(f"SIMULASI, benih {given.seed}: {given.form}, {file.stat().st_size:,} bita")
        _bring("uji coba, pertama", file, is_dry=True)
        _bring("uji coba", file, is_dry=True)
        _bring("simpan, semua berubah", file, said="catatan")


def _workbook(file: Path, form: str, villages: int, seed: int) -> None:
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

    registering.load_register(OPERATOR, provinces=("62",), clock=now)
    defining.load(OPERATOR, clock=now)
    codes = [one.code for one in regions.villages(OPERATOR, "62")][:villages]
    book = checks.rules(OPERATOR)
    own = [item.code for item in book.items.values() if item.form == form and not item.own_list]
    drawn = simulate_collected(
        book, models_of(content.load("sidara.demo", "collected")), codes, [2025], seed=seed
    ).filter(pl.col("variable").is_in(own) & (pl.col("period") == "2025"))
    drawn.with_columns(form=pl.lit(form), explanation=pl.lit("")).select(COLUMNS).write_parquet(
        file.with_suffix(".parquet")
    )
    incoming = queries.read_cells_file(OPERATOR, file.with_suffix(".parquet"))
    services.import_cells(OPERATOR, incoming=incoming, now=now())
    made, findings = queries.form_workbook(
        OPERATOR, form=form, region="62", period="2025", uid=uuid4(), now=now()
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
        f"ditolak {account.rejected:,} temuan {len(account.findings):,}"
    )


if __name__ == "__main__":
    main()
