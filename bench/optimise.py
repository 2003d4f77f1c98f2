"""One ceiling for 1,432 simulated villages in 13 kabupaten: the best plan beside greedy and equal shares.

IDM and Indeks Desa; every raise of every item that can be promised (points), every path to a higher status
(status). Prices: one langkah a step, in rupiah by item, with cents by move. Limits: none, each kabupaten at
least 3 % of the ceiling, each 3 to 15 % of what is spent and ten villages. Then a ceiling that cannot be.
"proven" = the bound of HiGHS (gap 0) is the gain of the plan in exact numbers; a star: a limit is broken.
Run: python bench/optimise.py [idm | indeks-desa]
"""

import os
import platform
import random
import sys
import time
from collections.abc import Callable, Iterator
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
from sidara.indices.core import path, standing
from sidara.indices.core.costs import Costs
from sidara.indices.core.definition import Definition, Version
from sidara.kernel.actor import PUBLIC
from sidara.programmes.core.targeting.candidates import lifts, raises
from sidara.programmes.core.targeting.moves import Base, Bound, Limits, Move, Problem
from sidara.programmes.core.targeting.optimise import Comparison, optimise
from sidara.tables import LINE

VILLAGES, REGENCIES, SEED = 1432, 13, 62
YEARS = {"idm": 2024, "indeks-desa": 2025}
AREA_OF = {
    f"62.{at % REGENCIES + 1:02d}.{at // REGENCIES // 10 + 1:02d}.{2001 + at // REGENCIES % 10}": (
        f"62.{at % REGENCIES + 1:02d}"
    )
    for at in range(VILLAGES)
}


def timed[Made](work: Callable[[], Made]) -> tuple[Made, float]:
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start


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


def limits() -> dict[str, Limits]:
    areas = sorted(set(AREA_OF.values()))
    three = dict.fromkeys(areas, Bound(least=Fraction(3, 100)))
    tied = dict.fromkeys(areas, Bound(Fraction(3, 100), Fraction(15, 100), 10))
    return {
        "none": Limits(),
        "3 % of the ceiling": Limits(Base.CEILING, three),
        "3-15 % of the spent, 10 villages": Limits(Base.SPENT, tied),
    }


def menus(
    index: Definition, rows: standing.Standing, table: pl.DataFrame, costs: Costs
) -> Iterator[tuple[str, list[Move]]]:
    linear = standing.linear(rows.version)
    assert linear is not None
    yield "points", list(raises(rows, costs, linear))
    statuses = [one.status for one in rows.version.thresholds.classes]
    yield (
        "status",
        [
            move
            for one in rows.version.thresholds.classes[1:]
            for move in lifts(
                path.paths(index, table, path.Goal(status=one.code), costs).paths, statuses, costs
            )
        ],
    )


def told(made: Comparison) -> str:
    if made.best is None:
        return "no plan"
    rivals = (made.greedy, made.equal)
    less = [f"{one.gain / made.best.gain - 1:.2%}{'' if one.is_kept else '*'}" for one in rivals]
    return f"{len(made.best.villages):,} | {made.is_optimal} | {made.is_cheapest} | {' | '.join(less)}"


def measure(index: Definition, year: int) -> None:
    table = simulate(index, sorted(AREA_OF), [year], seed=SEED).with_row_index(LINE, offset=2)
    table = table.cast({LINE: pl.Int64})
    (rows,) = standing.standings(index, table, table[LINE].to_list())
    for priced, costs in prices(rows.version, year).items():
        start = time.perf_counter()
        for objective, moves in menus(index, rows, table, costs):
            making = time.perf_counter() - start
            dearest = max(one.cost for one in moves)
            budget = max(sum(one.cost for one in moves) // 200, 40 * dearest)
            for name, own in limits().items():
                problem = Problem(tuple(moves), AREA_OF, budget, own)
                made, seconds = timed(partial(optimise, problem))
                print(
                    f"| {index.code} | {objective} | {priced} | {name} | {len(moves):,} | {making:.1f} "
                    f"| {seconds:.1f} | {told(made)} |",
                    flush=True,
                )
            least = Limits(
                Base.CEILING, {"62.01": Bound(villages=100), "62.02": Bound(least=Fraction(9, 10))}
            )
            made, seconds = timed(partial(optimise, Problem(tuple(moves), AREA_OF, dearest, least)))
            why = made.reasons
            needs = "none" if why is None else [(one.area, one.least, one.villages) for one in why.needs]
            print(f"| {index.code} | {objective} | {priced} | cannot be | | | {seconds:.1f} | {needs} |")
            start = time.perf_counter()


if __name__ == "__main__":
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, SciPy {scipy.__version__}, NumPy {np.__version__}; "
        f"{VILLAGES:,} villages, {REGENCIES} kabupaten"
    )
    names = ("index", "objective", "prices", "limits", "moves", "s to make", "s to choose", "villages")
    print(f"| {' | '.join((*names, 'proven', 'cheapest', 'greedy', 'equal'))} |")
    for name in sys.argv[1:] or YEARS:
        found = queries.definition(PUBLIC, name)
        assert found is not None
        measure(found, YEARS[name])
