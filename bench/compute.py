"""Ten years of 84,000 villages computed at once, beside vectorised pandas; seconds and memory of each.

840,000 rows of IDM and of Indeks Desa: item scores as whole numbers and as text, and answers as text (ours
only, for the rules are no sums). Two in a hundred cells are empty. Each run is a process of its own, ours and
pandas in turn; reading the file is not timed. The pandas rival gives the same figures, spans and statuses,
which are compared cell by cell; it judges no keys and no values, aims at no class and names no findings,
as ours does. Run: python bench/compute.py [--villages 84000] [--rounds 3] [--index indeks-desa]
[--table "answers as text"]
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")

import django
import numpy as np
import pandas as pd
import polars as pl

django.setup()

from sidara.demo.core import simulate
from sidara.indices import queries
from sidara.indices.core import compute, standing
from sidara.indices.core.definition import Definition, InputType, Level, Result, Version
from sidara.kernel.actor import PUBLIC
from sidara.tables import LINE

SEED, EMPTY, YEARS = 62, 0.02, 10
INDICES = ("idm", "indeks-desa")
TABLES = ("scores", "scores as text", "answers as text")
POOL = 1_432
BETWEEN = "antara"


def definition(code: str) -> Definition:
    found = queries.definition(PUBLIC, code)
    assert found is not None
    return found


def keys(version: Version, rows: int) -> pl.DataFrame:
    """As many villages as fill the years in which the version is in force, at most ten."""
    last = version.valid_to or version.valid_from + YEARS - 1
    years = list(range(max(version.valid_from, last - YEARS + 1), last + 1))
    villages = -(-rows // len(years))
    codes = [
        f"{11 + at // 8000:02d}{1 + at // 800 % 10:02d}{1 + at // 20 % 40:02d}{2001 + at % 20}"
        for at in range(villages)
    ]
    return pl.DataFrame(
        {
            "kode": np.tile(codes, len(years))[:rows],
            "tahun": np.repeat([str(year) for year in years], villages)[:rows],
        }
    )


def scores(version: Version, table: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    years = [int(year) for year in table["tahun"].unique()]
    columns = []
    for item in version.items:
        allowed = sorted(set.intersection(*(set(item.scores_in(year)) for year in years)))
        drawn = chance.choice(allowed, table.height)
        columns.append(pl.Series(item.code, drawn, dtype=pl.Int8))
    return table.hstack(with_gaps(pl.DataFrame(columns), chance))


def answers(index: Definition, table: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """Draw rows from simulated villages; half of the free numbers get a decimal."""
    year = int(table["tahun"].max())  # type: ignore[arg-type]
    pool = simulate(index, keys(index.versions[-1], POOL)["kode"].to_list(), [year], seed=SEED)
    drawn = pool.drop("kode", "tahun")[chance.integers(0, pool.height, table.height)]
    halves = pl.Series(chance.random(table.height) < 0.5)
    free = [
        one.name
        for one in index.versions[-1].read_inputs
        if one.type is InputType.NUMBER and one.decimals and one.maximum is None
    ]
    drawn = drawn.with_columns(
        pl.when(halves).then(pl.col(name) + ".5").otherwise(pl.col(name)).alias(name) for name in free
    )
    return table.hstack(with_gaps(drawn, chance))


def with_gaps(table: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    return table.with_columns(
        pl.when(pl.Series(chance.random(table.height) >= EMPTY)).then(pl.col(name)).alias(name)
        for name in table.columns
    )


def make(code: str, rows: int, folder: Path) -> None:
    """Write the tables of an index; the same whichever of them are measured."""
    index, chance = definition(code), np.random.default_rng(SEED)
    table = keys(index.versions[-1], rows)
    whole = scores(index.versions[-1], table, chance)
    for name, made in zip(TABLES, (whole, whole.cast(pl.String), answers(index, table, chance)), strict=True):
        made.with_row_index(LINE, offset=2).cast({LINE: pl.Int64}).write_parquet(folder / f"{code} {name}")


def by_pandas(version: Version, table: pd.DataFrame) -> pd.DataFrame:
    """Give sub-indices, index, span, status and possible statuses of item scores."""
    years = table["tahun"].astype(int)
    parts = [
        _part(version, table[years.between(first, last)], first)
        for first, last in version.segments(int(years.max()))
    ]
    return pd.concat(parts).sort_index()


def _part(version: Version, table: pd.DataFrame, year: int) -> pd.DataFrame:
    given = table[list(version.by_code)]
    if not all(pd.api.types.is_numeric_dtype(dtype) for dtype in given.dtypes):
        given = given.apply(pd.to_numeric)
    ends = [{item.code: item.scores_in(year)[at] for item in version.items} for at in (0, -1)]
    sure, low, high = (_sums(version, side) for side in (given, given.fillna(ends[0]), given.fillna(ends[1])))
    linear = standing.linear(version)
    assert linear is not None
    factors = dict(zip(version.by_code, linear.factors, strict=True))
    top = {
        name: _total(version, side, factors) for name, side in (("sure", sure), ("low", low), ("high", high))
    }
    names = [one.status for one in version.thresholds.classes]
    places = [_places(version, top[side], linear.denominator) for side in ("low", "high")]
    sets = np.array([["|".join(names[a : b + 1]) for b in range(len(names))] for a in range(len(names))])
    made = pd.DataFrame({level.column: _figure(level, sure) for level in version.sub_indices})
    made[version.top.column] = top["sure"] / linear.denominator
    is_shown = made[version.top.column].isna() | version.results.is_span_always
    made["low"], made["high"] = ((top[side] / linear.denominator).where(is_shown) for side in ("low", "high"))
    made["status"] = np.where(places[0] == places[1], np.array(names)[places[0]], BETWEEN)
    made["statuses"] = pd.Series(sets[places[0], places[1]], made.index, dtype="str").where(is_shown)
    return made


def _sums(version: Version, points: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            level.code: points[[item.code for item in version.items_below(level.code)]].sum(
                axis=1, skipna=False
            )
            for level in version.sub_indices
        }
    )


def _total(version: Version, sums: pd.DataFrame, factors: dict[str, int]) -> pd.Series:
    weights = {level.code: factors[version.items_below(level.code)[0].code] for level in version.sub_indices}
    return sum(sums[code] * weight for code, weight in weights.items())


def _figure(level: Level, sums: pd.DataFrame) -> pd.Series:
    return sums[level.code] / float(level.points or 1) if level.max is not None else sums[level.code]


def _places(version: Version, total: pd.Series, denominator: int) -> np.ndarray:
    """Round half up as the classes do, then class; all classes have closed upper ends."""
    scale = 10**version.thresholds.decimals
    rounded = (2 * total.astype("int64") * scale + denominator) // (2 * denominator)
    limits = [int((one.maximum or 0) * scale) for one in version.thresholds.classes[:-1]]
    return np.searchsorted(limits, rounded, side="left")


def by_ours(index: Definition, table: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    made = compute(index, table)
    assert not made.rejected
    return made.frame, len(made.findings)


def run(side: str, code: str, table: str, folder: Path, *, keeps: bool) -> dict[str, float]:
    """Read a table, compute it, and say what that took; keep the figures where asked."""
    index, file = definition(code), folder / f"{code} {table}"
    version, findings = index.versions[-1], 0
    given = pl.read_parquet(file) if side == "ours" else pd.read_parquet(file)
    loaded = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak of reading the file
    start, cpu = time.perf_counter(), time.process_time()
    if side == "ours":
        made, findings = by_ours(index, given)
    else:
        made = by_pandas(version, given)
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    highest = memory("VmHWM")
    if keeps:
        names = {str(version.results.named(one)): one.value for one in (Result.LOW, Result.HIGH)}
        names |= {str(version.results.named(Result.STATUSES)): "statuses"}
        made = made.rename(names) if side == "ours" else pl.from_pandas(made)
        levels = [level.column for level in (*version.sub_indices, version.top)]
        made.select(*levels, "low", "high", "status", "statuses").write_parquet(folder / side)
    return {"seconds": seconds, "cpu": used, "loaded": loaded, "peak": highest, "findings": findings}


def memory(name: str) -> float:
    """Memory of this process as Linux counts it, in MB: `VmRSS` now, `VmHWM` at its highest."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def apart(arguments: list[str]) -> dict[str, float]:
    """Run in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def same(folder: Path) -> int:
    """Compare what both gave, cell by cell; the number of rows."""
    ours, theirs = (pl.read_parquet(folder / side) for side in ("ours", "pandas"))
    theirs = theirs.with_columns(pl.col(pl.Float64).fill_nan(None)).cast(dict(ours.schema))
    for name in ours.columns:
        differs = ours[name].ne_missing(theirs[name])
        assert not differs.any(), (name, ours.filter(differs).head(3), theirs.filter(differs).head(3))
    return ours.height


def told(runs: list[dict[str, float]]) -> str:
    """Seconds (fewest and median), of the processor, and memory loaded and at its highest."""
    seconds = [one["seconds"] for one in runs]
    used, loaded, top = (statistics.median(one[key] for one in runs) for key in ("cpu", "loaded", "peak"))
    return f"{min(seconds):.2f} | {statistics.median(seconds):.2f} | {used:.2f} | {loaded:,.0f} -> {top:,.0f}"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--villages", type=int, default=84_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--index", choices=INDICES, action="append", help="only this one; can be repeated")
    parser.add_argument("--table", choices=TABLES, action="append", help="only this one; can be repeated")
    parser.add_argument(
        "--run", nargs=4, metavar=("SIDE", "INDEX", "TABLE", "FOLDER"), help=argparse.SUPPRESS
    )
    parser.add_argument("--keep", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        side, code, table, folder = given.run
        print(json.dumps(run(side, code, table, Path(folder), keeps=given.keep)))
        return
    with tempfile.TemporaryDirectory(prefix="sidara-bench-") as folder:
        kinds = [(code, table) for code in given.index or INDICES for table in given.table or TABLES]
        measure(kinds, given.villages * YEARS, given.rounds, Path(folder), print)


def measure(
    kinds: Sequence[tuple[str, str]], rows: int, rounds: int, folder: Path, say: Callable[[str], None]
) -> None:
    machine = platform.processor() or platform.machine()
    say(
        f"{machine}, {os.cpu_count()} cores, Python {platform.python_version()}, Polars {pl.__version__}, "
        f"pandas {pd.__version__}, NumPy {np.__version__}; {rows:,} rows, {rounds} rounds, "
        f"load {os.getloadavg()[0]:.1f}; seconds, memory in MB\n"
    )
    head = ("fewest s", "median s", "processor s", "memory")
    columns = [f"{side}, {one}" for side in ("ours", "pandas") for one in head]
    say(f"| index | table | {' | '.join(columns)} | rows equal | findings |")
    say("|" + "---|" * (len(columns) + 4))
    for code in dict.fromkeys(code for code, _ in kinds):
        make(code, rows, folder)
    for code, table in kinds:
        sides = ("ours",) if table == TABLES[-1] else ("ours", "pandas")
        runs: dict[str, list[dict[str, float]]] = {side: [] for side in sides}
        for at in range(rounds):
            for side in sides:
                keep = ["--keep"] if at == 0 else []
                runs[side].append(apart(["--run", side, code, table, str(folder), *keep]))
        rival = told(runs["pandas"]) if "pandas" in runs else "- | - | - | -"
        equal = f"{same(folder):,}" if "pandas" in runs else "-"
        findings = int(runs["ours"][0]["findings"])
        say(f"| {code} | {table} | {told(runs['ours'])} | {rival} | {equal} | {findings:,} |")


if __name__ == "__main__":
    main()
