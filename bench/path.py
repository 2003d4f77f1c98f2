"""The cheapest path of 1,432 simulated villages to their next status, one by one, and one budget for all.

Beside it greedy (raise the item that gains most for its cost, again and again) and the proof alone. Two price
lists: one langkah a step, and a price of its own in rupiah for each item. Run: python bench/path.py
"""

import os
import platform
import random
import time
from collections.abc import Callable
from fractions import Fraction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")

import django
import numpy as np
import polars as pl
import scipy

django.setup()

from sidara.demo.core import simulate
from sidara.indices import queries
from sidara.indices.core import budget, standing
from sidara.indices.core.costs import Costs
from sidara.indices.core.definition import Version
from sidara.indices.core.path import Goal, Outcome, Path, paths
from sidara.kernel.actor import PUBLIC
from sidara.tables import LINE

VILLAGES, YEAR, SEED = 1432, 2024, 62


def villages() -> list[str]:
    return [f"62.{1 + at // 110:02d}.{1 + at % 110 // 10:02d}.{2001 + at % 10}" for at in range(VILLAGES)]


def timed[Made](work: Callable[[], Made]) -> tuple[Made, float]:
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start


def greedy(version: Version, scores: dict[str, int], costs: Costs, least: int) -> Fraction | None:
    """Raise the item whose next step gains most for its cost until the total is reached."""
    index = standing.linear(version)
    assert index is not None
    factors = dict(zip(version.by_code, index.factors, strict=True))
    scores, spent = dict(scores), Fraction(0)
    total = index.total(list(scores.values()))
    while total < least:
        moves = []
        for item in version.items:
            for to, cost in list(costs.raises(item, YEAR)[scores[item.code]].items())[:1]:
                gain = factors[item.code] * (to - scores[item.code])
                moves.append((gain / max(cost, Fraction(1, 10**9)), item.code, to, cost, gain))
        if not moves:
            return None
        _, code, to, cost, gain = max(moves)
        scores[code], spent, total = to, spent + cost, total + gain
    return spent


def by_greedy(version: Version, table: pl.DataFrame, found: tuple[Path, ...], costs: Costs) -> Fraction:
    index = standing.linear(version)
    assert index is not None
    statuses = [one.status for one in version.thresholds.classes]
    total = Fraction(0)
    for path, row in zip(found, table.select(list(version.by_code)).iter_rows(named=True), strict=True):
        if path.outcome is Outcome.REACHABLE:
            units = standing.least_units(version.thresholds, statuses.index(path.goal))
            least = standing.least_total(units, index.denominator, version.thresholds.decimals)
            total += greedy(version, row, costs, least) or 0
    return total


def main() -> None:
    index = queries.definition(PUBLIC, "idm")
    assert index is not None
    version = index.versions[-1]
    answers = simulate(index, villages(), [YEAR], seed=SEED).with_row_index(LINE, offset=2)
    answers = answers.cast({LINE: pl.Int64})
    (stand,) = standing.standings(index, answers, answers[LINE].to_list())
    chance = random.Random(SEED)
    prices = {item.code: Fraction(chance.randint(20, 900) * 1_000_000) for item in version.items}
    machine = platform.processor() or platform.machine()
    print(
        f"{machine}, {os.cpu_count()} cores, Python {platform.python_version()}, SciPy {scipy.__version__},"
    )
    print(f"NumPy {np.__version__}, Polars {pl.__version__}; {VILLAGES:,} villages\n")
    print(
        "| prices | paths, s | reachable | proven | cost | greedy | greedy dearer by "
        "| budget | villages | proven | s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for name, costs in (
        ("1 langkah a step", Costs()),
        ("rupiah by item", Costs(step=prices, others=None, unit="rupiah")),
    ):
        made, seconds = timed(lambda costs=costs: paths(index, answers, Goal(), costs))
        reachable = [path for path in made.paths if path.outcome is Outcome.REACHABLE]
        spent = sum((path.cost or Fraction(0) for path in reachable), Fraction(0))
        rival = by_greedy(version, stand.sure, made.paths, costs)
        limit = Fraction(int(spent) // 5)
        shared, short = timed(lambda found=made.paths, limit=limit: budget.share(found, limit))
        proven = sum(path.is_optimal for path in reachable)
        print(
            f"| {name} | {seconds:.1f} | {len(reachable):,} | {proven:,} | {float(spent):,.0f} "
            f"| {float(rival):,.0f} | {float(rival / spent - 1):.1%} | {float(limit):,.0f} "
            f"| {len(shared.chosen):,} | {shared.is_optimal} | {short:.2f} |"
        )


if __name__ == "__main__":
    main()
