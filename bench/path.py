"""The cheapest path of 1,432 simulated villages to their next status, one by one, and one budget for all.

IDM and Indeks Desa, the latter with all scores known and from answers (13 access items are open). Beside it
greedy (raise the item that gains most for its cost, again and again). Three price lists: one langkah a step,
a price of its own in rupiah for each item, and a random price with two decimals up to 10^9 for each move.
Run: python bench/path.py
"""

import os
import platform
import random
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")

import django
import numpy as np
import polars as pl
import scipy

django.setup()

from sidara.demo.core import simulate
from sidara.indices import core, queries
from sidara.indices.core import budget, standing
from sidara.indices.core.costs import Costs
from sidara.indices.core.definition import Definition, Version
from sidara.indices.core.moves import Moves, Village, villages
from sidara.indices.core.path import Goal, Outcome, Path, paths
from sidara.indices.core.targets import Reach
from sidara.kernel.actor import PUBLIC
from sidara.tables import LINE

VILLAGES, SEED = 1432, 62
YEARS = {"idm": 2024, "indeks-desa": 2025}


def codes() -> list[str]:
    return [f"62.{1 + at // 110:02d}.{1 + at % 110 // 10:02d}.{2001 + at % 10}" for at in range(VILLAGES)]


def timed[Made](work: Callable[[], Made]) -> tuple[Made, float]:
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start


def tables(index: Definition, year: int) -> Iterator[tuple[str, pl.DataFrame]]:
    """Answers (no official class entered), and, where these leave scores open, scores that are all known."""
    version = index.versions[-1]
    answers = simulate(index, codes(), [year], seed=SEED).with_row_index(LINE, offset=2)
    answers = answers.cast({LINE: pl.Int64})
    optional = [one.name for one in version.inputs if one.is_optional]
    if optional:
        chance = random.Random(SEED)
        made = core.compute(index, answers).frame
        yield (
            "scores",
            made.select("kode", pl.col("tahun").cast(pl.String)).with_columns(
                answers[LINE],
                *(
                    pl.Series(
                        item.code,
                        [
                            str(chance.choice(item.scores_in(year)) if one is None else one)
                            for one in made[item.code]
                        ],
                    )
                    for item in version.items
                ),
            ),
        )
    yield "answers", answers.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in optional)


def prices(version: Version, year: int) -> dict[str, Costs]:
    chance = random.Random(SEED)
    steps = {item.code: Fraction(chance.randint(20, 900) * 1_000_000) for item in version.items}
    move = {
        item.code: {
            pair: Fraction(chance.randint(1, 10**11), 100) for pair in combinations(item.scores_in(year), 2)
        }
        for item in version.items
    }
    return {
        "1 langkah a step": Costs(),
        "rupiah by item": Costs(step=steps, others=None, unit="rupiah"),
        "0.01 rupiah by move": Costs(move=move, others=None, unit="rupiah"),
    }


def greedy(moves: Moves, village: Village, need: int, reach: Reach | None) -> int | None:
    """Raise the item that gains most for its cost, again and again, until the need is reached."""
    starts = list(village.starts)
    gained = spent = 0
    while gained < need:
        open_moves = moves.of((low, max(low, high), reach or own) for low, high, own in starts)
        tried = [
            (option.gain / max(option.cost, 1e-9), at, to, option)
            for at, options in enumerate(open_moves)
            for to, option in options[:1]
        ]
        if not tried:
            return None
        _, at, to, option = max(tried, key=lambda one: one[:3])
        _, high, own = starts[at]
        starts[at] = (to, max(to, high), own)
        gained, spent = gained + option.gain, spent + option.cost
    return spent


def by_greedy(rows: standing.Standing, found: tuple[Path, ...], costs: Costs) -> tuple[Fraction, int, int]:
    """Give what greedy costs in all, and how often it is dearer and cheaper."""
    index = standing.linear(rows.version)
    assert index is not None
    moves = Moves(rows.version, rows.year, costs, index)
    thresholds = rows.version.thresholds
    statuses = [one.status for one in thresholds.classes]
    total, dearer, cheaper = Fraction(0), 0, 0
    for path, village in zip(found, villages(rows, index), strict=True):
        if path.outcome is not Outcome.REACHABLE:
            continue
        units = standing.least_units(thresholds, statuses.index(path.goal))
        least = standing.least_total(units, index.denominator, thresholds.decimals)
        need = least - index.total(village.low)
        spent = greedy(moves, village, need, None if path.is_enough else Reach.ANY)
        cost = path.cost or Fraction(0)
        rival = cost if spent is None else Fraction(spent, costs.denominator)
        total, dearer, cheaper = total + rival, dearer + (rival > cost), cheaper + (rival < cost)
    return total, dearer, cheaper


def measure(index: Definition, year: int) -> None:
    for kind, table in tables(index, year):
        (rows,) = standing.standings(index, table, table[LINE].to_list())
        for name, costs in prices(rows.version, year).items():
            made, seconds = timed(lambda table=table, costs=costs: paths(index, table, Goal(), costs))
            reachable = [path for path in made.paths if path.outcome is Outcome.REACHABLE]
            spent = sum((path.cost or Fraction(0) for path in reachable), Fraction(0))
            rival, dearer, cheaper = by_greedy(rows, made.paths, costs)
            limit = Fraction(int(spent) // 5)
            shared, short = timed(lambda found=made.paths, limit=limit: budget.share(found, limit))
            proven = sum(path.is_optimal for path in reachable)
            print(
                f"| {index.code} | {kind} | {name} | {seconds:.1f} | {len(reachable):,} | {proven:,} "
                f"| {float(spent):,.0f} | {float(rival / spent - 1):.1%} | {dearer:,} | {cheaper} "
                f"| {len(shared.chosen):,} of {shared.candidates:,} | {shared.is_optimal} | {short:.2f} |",
                flush=True,
            )


def main() -> None:
    machine = platform.processor() or platform.machine()
    print(
        f"{machine}, {os.cpu_count()} cores, Python {platform.python_version()}, SciPy {scipy.__version__},"
    )
    print(f"NumPy {np.__version__}, Polars {pl.__version__}; {VILLAGES:,} villages\n")
    print(
        "| index | from | prices | paths, s | reachable | proven | cost | greedy dearer by "
        "| dearer | cheaper | a fifth of it buys | proven | s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    for slug, year in YEARS.items():
        index = queries.definition(PUBLIC, slug)
        assert index is not None
        measure(index, year)


if __name__ == "__main__":
    main()
