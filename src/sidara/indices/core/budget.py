"""One budget for many villages: as many as possible reach their goal for sure, then at the least cost.

A plan says beforehand which items of which villages are raised, and how far. It counts a village when its
goal is not reached today and will be, and it keeps to the budget, both whatever the open scores are. Villages
share nothing but the budget, so the most that a plan can cost is the sum of what it can cost in each. What
it does in a village that it counts can be replaced by that village's cheapest path, and what it does in
any other by nothing, without raising that sum. So choosing villages by the costs of their paths is exact. All
villages count alike, hence the cheapest ones are chosen in order. So many villages cost together at least
what so many of the cheapest do: in exact numbers that proves that no choice serves one village more, and that
none serves as many for less. Without open scores every plan is such a plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import nsmallest

from sidara.indices.core.path import Outcome, Path


@dataclass(frozen=True, slots=True)
class Shared:
    """What one budget buys.

    `chosen`: the paths to take, cheapest first, then by code. `candidates`: how many villages could be
    chosen (goal within reach and not reached yet, both for sure). Left out: `perhaps_reached`, whose goal may
    be reached today, and `perhaps_short`, whose path may not be enough. `most`: it is proven that no choice
    serves more villages; `least`: that none serves as many for less (`None` = no proof). `is_optimal` = both
    are proven.
    """

    budget: Fraction
    chosen: tuple[Path, ...]
    candidates: int
    perhaps_reached: int
    perhaps_short: int
    cost: Fraction
    most: int | None
    least: Fraction | None
    is_optimal: bool


def is_candidate(path: Path) -> bool:
    """Say whether a budget may choose the village: its goal is surely not reached yet and surely will be."""
    return path.outcome is Outcome.REACHABLE and path.is_forward and path.is_enough and path.cost is not None


def share(paths: Sequence[Path], budget: Fraction) -> Shared:
    """Choose the villages whose paths one budget (>= 0, in the unit of the costs) pays for.

    `paths` hold a village once. Ties: the lower code goes first.
    """
    reachable = [one for one in paths if one.outcome is Outcome.REACHABLE]
    candidates = sorted(
        (one.cost, one.code, at)
        for at, one in enumerate(reachable)
        if is_candidate(one) and one.cost is not None
    )
    chosen = []
    spent = Fraction(0)
    for cost, _, at in candidates:
        if spent + cost > budget:
            break
        spent += cost
        chosen.append(reachable[at])
    costs = [cost for cost, _, _ in candidates]
    is_most = len(chosen) == len(costs) or _least_of(costs, len(chosen) + 1) > budget
    is_least = _least_of(costs, len(chosen)) == spent
    return Shared(
        budget=budget,
        chosen=tuple(chosen),
        candidates=len(candidates),
        perhaps_reached=sum(not one.is_forward for one in reachable),
        perhaps_short=sum(one.is_forward and not one.is_enough for one in reachable),
        cost=spent,
        most=len(chosen) if is_most else None,
        least=spent if is_least else None,
        is_optimal=is_most and is_least,
    )


def _least_of(costs: Sequence[Fraction], count: int) -> Fraction:
    """Give what `count` villages cost together at the least: what the cheapest of them do."""
    return sum(nsmallest(count, costs), Fraction(0))
