"""The cheapest choice of one option a group that reaches a need: exact, and proven by an integer programme.

Groups are items, options are higher scores; gains and costs are whole numbers. The choice comes from
dynamic programming over what is still needed (it settles ties by the rule below). Then HiGHS, which knows
nothing of the choice, is asked for any choice that reaches the need for less: it proves that there is none.

Ties: the fewest groups changed, then the earliest group in which two choices differ gains the most.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

type Whole = NDArray[np.int64]

SLACK = 0.25
"""How far the whole numbers of a proof may be missed: no doubles lose as much, and no choice comes of it."""
INFEASIBLE = 2
"""The status by which SciPy's `milp` says that nothing fulfils the constraints."""


@dataclass(frozen=True, slots=True, order=True)
class Option:
    """One way to change a group: `gain` >= 0 in steps of the figure, `cost` >= 0 in the smallest unit."""

    gain: int
    cost: int


type Groups = Sequence[Sequence[Option]]


def most(groups: Groups) -> int:
    """Give the highest gain of all groups together."""
    return sum(max((one.gain for one in group), default=0) for group in groups)


def cheapest(groups: Groups, need: int) -> tuple[Option | None, ...] | None:
    """Choose at most one option a group so that gains reach `need` at the least cost; `None` = impossible.

    Ties are settled by the rule of the module, so the same question has one answer.
    """
    if need <= 0:
        return (None,) * len(groups)
    if most(groups) < need:
        return None
    weight = len(groups) + 1
    tails = _tails(groups, need, weight)
    chosen: list[Option | None] = []
    left = need
    for group, tail in zip(groups, tails[1:], strict=True):
        best = min(
            ((_key(tail, left - (one.gain if one else 0), one, weight), -(one.gain if one else 0)), at)
            for at, one in enumerate((*group, None))
        )
        one = (*group, None)[best[1]]
        chosen.append(one)
        left -= one.gain if one else 0
    return tuple(chosen)


def _tails(groups: Groups, need: int, weight: int) -> list[tuple[Whole, Whole]]:
    """Give, for the groups from each place on, all gains worth having and the least key of each.

    Gains rise and so do keys; a key is the cost times `weight` and the number of groups changed.
    """
    gains, keys = np.zeros(1, np.int64), np.zeros(1, np.int64)
    tails = [(gains, keys)]
    for group in reversed(groups):
        every_gain = np.concatenate([gains, *(gains + one.gain for one in group)])
        every_key = np.concatenate([keys, *(keys + (one.cost * weight + 1) for one in group)])
        np.minimum(every_gain, need, out=every_gain)
        order = np.lexsort((every_key, -every_gain))
        least = np.minimum.accumulate(every_key[order])
        is_better = np.ones(len(order), bool)
        is_better[1:] = least[1:] < least[:-1]
        kept = order[is_better][::-1]
        gains, keys = every_gain[kept], every_key[kept]
        tails.append((gains, keys))
    return tails[::-1]


def _key(tail: tuple[Whole, Whole], left: int, one: Option | None, weight: int) -> float:
    """Give the least key when `one` is chosen and the groups behind it must gain `left`."""
    gains, keys = tail
    at = int(np.searchsorted(gains, max(left, 0)))
    if at == len(gains):
        return float("inf")
    return int(keys[at]) + (one.cost * weight + 1 if one else 0)


def is_least(groups: Groups, need: int, cost: int) -> bool:
    """Whether HiGHS proves that no choice reaches the need for less than `cost`.

    Nothing is to be minimised: the integer programme "gains reach the need and costs stay below `cost`" has
    no solution. Groups with the same options are counted together: it stays small and without symmetry.
    """
    if need <= 0 or cost <= 0:
        return cost <= 0
    kinds = Counter(tuple(sorted(group)) for group in groups if group)
    unit = gcd(*(one.cost for kind in kinds for one in kind)) or 1
    costs = np.array([one.cost // unit for kind in kinds for one in kind], dtype=np.float64)
    gains = np.array([one.gain for kind in kinds for one in kind], dtype=np.float64)
    counts = np.array(list(kinds.values()), dtype=np.float64)
    owner = np.repeat(np.arange(len(kinds)), [len(kind) for kind in kinds])
    belongs = (owner[None, :] == np.arange(len(kinds))[:, None]).astype(np.float64)
    made = milp(
        np.zeros(len(costs)),
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, counts[owner]),
        constraints=[
            LinearConstraint(belongs, -np.inf, counts),
            LinearConstraint(gains[None, :], need - SLACK, np.inf),
            LinearConstraint(costs[None, :], -np.inf, (cost - 1) // unit + SLACK),
        ],
    )
    return bool(made.status == INFEASIBLE)
