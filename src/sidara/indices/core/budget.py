"""One budget for many villages: as many as possible reach their goal, then at the least cost.

Villages share nothing but the budget. In any plan that keeps to it, what is done in a village that reaches
its goal can be replaced by that village's cheapest path without raising the cost, and what is done in one
that does not by nothing. So choosing villages by their cheapest costs is exact. All villages count alike,
hence the cheapest ones are chosen in order. HiGHS proves from the costs alone that no choice serves one
village more, and that none serves as many for less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, gcd, lcm

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from sidara.indices.core.knapsack import INFEASIBLE, SLACK
from sidara.indices.core.path import Outcome, Path


@dataclass(frozen=True, slots=True)
class Shared:
    """What one budget buys.

    `chosen`: the paths to take, cheapest first, then by code. `candidates`: how many villages could be
    chosen (complete, goal within reach and not reached yet). `most`: it is proven that no choice serves more
    villages; `least`: that none serves as many for less (`None` = no proof). `is_optimal` = both are proven.
    """

    budget: Fraction
    chosen: tuple[Path, ...]
    candidates: int
    cost: Fraction
    most: int | None
    least: Fraction | None
    is_optimal: bool


def share(paths: Sequence[Path], budget: Fraction) -> Shared:
    """Choose the villages whose paths one budget (>= 0, in the unit of the costs) pays for.

    `paths` hold a village once. Ties: the lower code goes first. Villages with missing scores are not chosen:
    nobody knows whether their goal is a step forward.
    """
    candidates = sorted(
        (one.cost, one.code, at)
        for at, one in enumerate(paths)
        if one.outcome is Outcome.REACHABLE and one.is_complete and one.cost is not None
    )
    chosen = []
    spent = Fraction(0)
    for cost, _, at in candidates:
        if spent + cost > budget:
            break
        spent += cost
        chosen.append(paths[at])
    costs = [cost for cost, _, _ in candidates]
    is_most, is_least = _proofs(costs, budget, len(chosen), spent)
    return Shared(
        budget=budget,
        chosen=tuple(chosen),
        candidates=len(candidates),
        cost=spent,
        most=len(chosen) if is_most else None,
        least=spent if is_least else None,
        is_optimal=is_most and is_least,
    )


def _proofs(costs: Sequence[Fraction], budget: Fraction, count: int, spent: Fraction) -> tuple[bool, bool]:
    """Whether no choice serves more than `count` villages, and none serves as many for less than `spent`."""
    unit = lcm(*(cost.denominator for cost in costs))
    whole = [int(cost * unit) for cost in costs]
    common = gcd(*whole) or 1
    prices = np.array([number // common for number in whole], dtype=np.float64)
    limit, total = floor(budget * unit / common), int(spent * unit) // common
    is_most = count == len(costs) or _is_impossible(prices, count + 1, limit)
    return is_most, total == 0 or _is_impossible(prices, count, total - 1)


def _is_impossible(prices: NDArray[np.float64], count: int, limit: int) -> bool:
    """Whether HiGHS proves that no `count` villages together cost `limit` or less."""
    ones = np.ones(len(prices))
    made = milp(
        np.zeros(len(prices)),
        integrality=ones,
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(ones[None, :], count, np.inf),
            LinearConstraint(prices[None, :], -np.inf, limit + SLACK),
        ],
    )
    return bool(made.status == INFEASIBLE)
