"""Ceilings for 1,432 simulated villages in 13 kabupaten: the best plan beside greedy and equal shares.

IDM and Indeks Desa; every raise of every item that can be promised (points), every way to a higher status
(status). Prices: one langkah a step, in rupiah by item, with cents by move. Ceilings: small (three usual
ways), middle, large (five times that). Limits by kabupaten, from none to some that nearly touch (13 times 7 %
is 91 %). "proven" = in whole numbers nothing gains more; a star: a limit is broken.
Run: python bench/optimise.py [idm | indeks-desa] [points | status] [seeds]
"""

import os
import platform
import random
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")

import django
import numpy as np
import polars as pl
import scipy

django.setup()

from sidara.demo.core import simulate
from sidara.indices import queries
from sidara.indices.core import standing
from sidara.indices.core.costs import Costs
from sidara.indices.core.definition import Definition, Version
from sidara.kernel.actor import PUBLIC
from sidara.programmes.core.targeting.candidates import lifts, raises
from sidara.programmes.core.targeting.moves import Base, Bound, Limits, Move, Problem
from sidara.programmes.core.targeting.optimise import Comparison, optimise
from sidara.tables import LINE

VILLAGES, REGENCIES, SEED = 1432, 13, 62
YEARS = {"idm": 2024, "indeks-desa": 2025}
OBJECTIVES = ("points", "status")
AREA_OF = {
    f"62.{at % REGENCIES + 1:02d}.{at // REGENCIES // 10 + 1:02d}.{2001 + at // REGENCIES % 10}": (
        f"62.{at % REGENCIES + 1:02d}"
    )
    for at in range(VILLAGES)
}


def timed[Made](work: Callable[[], Made]) -> tuple[Made, float, float]:
    start, own = time.perf_counter(), time.process_time()
    made = work()
    return made, time.perf_counter() - start, time.process_time() - own


def prices(version: Version, year: int, seed: int) -> dict[str, Costs]:
    chance = random.Random(seed)
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


def limits() -> dict[str, Limits]:
    areas = sorted(set(AREA_OF.values()))

    def each(base: Base, least: int, most: int | None = None, villages: int | None = None) -> Limits:
        bound = Bound(Fraction(least, 100), None if most is None else Fraction(most, 100), villages)
        return Limits(base, dict.fromkeys(areas, bound))

    return {
        "none": Limits(),
        "3 % of the ceiling": each(Base.CEILING, 3),
        "3-15 % of the spent, 10 villages": each(Base.SPENT, 3, 15, 10),
        "7 % of the ceiling": each(Base.CEILING, 7),
        "7-9 % of the spent": each(Base.SPENT, 7, 9),
        "7-9 % of the gain": each(Base.GAIN, 7, 9),
        "20 villages": each(Base.CEILING, 0, None, 20),
    }


def ceilings(moves: Sequence[Move]) -> dict[str, int]:
    costs = sorted(one.cost for one in moves)
    middle = max(sum(costs) // 200, 40 * costs[-1])
    return {"small": 3 * costs[len(costs) // 2], "middle": middle, "large": 5 * middle}


def told(made: Comparison) -> str:
    if made.best is None:
        why = made.reasons
        if why is None:
            return "NO PLAN FOUND | | | |"
        needs = ", ".join(f"{one.area} {one.least}" for one in why.needs[:2])
        return f"no plan: {needs} …; nearest {why.above} / {why.below} | | | |"
    gain = made.best.gain
    rivals = [
        f"{one.gain / gain - 1:.2%}{'' if one.is_kept else '*'}" if gain else "-"
        for one in (made.greedy, made.equal)
    ]
    served = f"{len(made.best.villages):,} villages"
    return " | ".join([served, str(made.is_optimal), str(made.is_cheapest), *rivals])


def menus(rows: standing.Standing, costs: Costs, objective: str) -> tuple[Move, ...]:
    linear = standing.linear(rows.version)
    assert linear is not None
    return tuple(raises(rows, costs, linear) if objective == "points" else lifts(rows, costs))


def measure(index: Definition, year: int, objective: str, seed: int) -> list[tuple[bool, float]]:
    table = simulate(index, sorted(AREA_OF), [year], seed=seed).with_row_index(LINE, offset=2)
    table = table.cast({LINE: pl.Int64})
    (rows,) = standing.standings(index, table, table[LINE].to_list())
    found = []
    for priced, costs in prices(rows.version, year, seed).items():
        moves, making, _ = timed(partial(menus, rows, costs, objective))
        print(f"{index.code}, {objective}, {priced}, seed {seed}: {len(moves):,} moves in {making:.1f} s")
        for size, ceiling in ceilings(moves).items():
            for name, own in limits().items():
                problem = Problem(moves, AREA_OF, ceiling, own)
                made, seconds, cpu = timed(partial(optimise, problem))
                assert made.best is None or made.best.is_kept
                for one in (made.greedy, made.equal):
                    assert made.best is None or not one.is_kept or one.gain <= made.best.gain
                found.append((made.is_optimal or made.reasons is not None, seconds))
                print(f"| {size} | {name} | {seconds:.1f} s ({cpu:.1f} own) | {told(made)} |", flush=True)
    return found


if __name__ == "__main__":
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, SciPy {scipy.__version__}, NumPy {np.__version__}; "
        f"{VILLAGES:,} villages, {REGENCIES} kabupaten"
    )
    print("| ceiling | limits | time | plan | proven | cheapest | greedy | equal |")
    asked = sys.argv[1:]
    every: list[tuple[bool, float]] = []
    for code in [one for one in YEARS if one in asked] or YEARS:
        definition = queries.definition(PUBLIC, code)
        assert definition is not None
        for aim in [one for one in OBJECTIVES if one in asked] or OBJECTIVES:
            for number in [int(one) for one in asked if one.isdigit()] or [SEED]:
                every += measure(definition, YEARS[code], aim, number)
    longest = max(seconds for _, seconds in every)
    print(f"{sum(done for done, _ in every)} of {len(every)} decided, the longest in {longest:.1f} s")
