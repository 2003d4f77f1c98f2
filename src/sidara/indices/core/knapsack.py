"""The cheapest choice of one option a group that reaches a need: exact, and proven a second time.

Groups are items, options are higher scores; gains and costs are whole numbers. The choice comes from
dynamic programming over what is still needed (it settles ties by the rule below). Then HiGHS, which knows
nothing of the choice, is asked for any choice that reaches the need for less: it proves that there is none.
HiGHS reckons in doubles, and fine costs are long to search; there a plain table of whole numbers, the least
cost of every gain, is the proof instead.

Ties: the fewest groups changed, then the earliest group in which two choices differ gains the most.

Where weights are so odd that the programme would grow beyond `MOST_STATES`, HiGHS chooses: again the least
cost, then the fewest groups, but what it holds of them is only as good as the proof that follows.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np
import scipy  # loads its parts when they are first used
from numpy.typing import NDArray

type Whole = NDArray[np.int64]

SLACK = 0.25
"""How far the whole numbers of a proof may be missed: no doubles lose as much, and no choice comes of it."""
INFEASIBLE = 2
"""The status by which SciPy's `milp` says that nothing fulfils the constraints."""
MOST_STATES = 1_000_000
"""So many gains are remembered in all (16 bytes each)."""
MOST_CELLS = 200_000_000
"""So many steps a table of whole numbers may take."""
FINEST = 10**4
"""So many smallest units of cost HiGHS searches quickly, and far fewer than doubles would bear."""
NEVER = np.iinfo(np.int64).max // 2
LONGEST = 20.0
"""Seconds after which HiGHS is not waited for."""


@dataclass(frozen=True, slots=True, order=True)
class Option:
    """One way to change a group: `gain` >= 0 in steps of the figure, `cost` >= 0 in the smallest unit."""

    gain: int
    cost: int


type Groups = Sequence[Sequence[Option]]


def most(groups: Groups) -> int:
    """Give the highest gain of all groups together."""
    return sum(max((one.gain for one in group), default=0) for group in groups)


def cheapest(groups: Groups, need: int, most_states: int = MOST_STATES) -> tuple[Option | None, ...] | None:
    """Choose at most one option a group so that gains reach `need` at the least cost; `None` = impossible.

    Ties are settled by the rule of the module, so the same question has one answer.
    """
    return cheapest_each(groups, [need], most_states)[0]


def cheapest_each(
    groups: Groups, needs: Sequence[int], most_states: int = MOST_STATES
) -> list[tuple[Option | None, ...] | None]:
    """Give `cheapest` for each of several needs: one programme, made for the greatest, answers them all."""
    reach = most(groups)
    wanted = max((one for one in needs if 0 < one <= reach), default=0)
    tails = _tails(groups, wanted, len(groups) + 1, most_states) if wanted else None
    found: list[tuple[Option | None, ...] | None] = []
    for need in needs:
        if need <= 0:
            found.append((None,) * len(groups))
        elif need > reach:
            found.append(None)
        else:
            found.append(_walked(groups, need, tails) if tails else _by_solver(groups, need))
    return found


def _walked(groups: Groups, need: int, tails: Sequence[tuple[Whole, Whole]]) -> tuple[Option | None, ...]:
    """Follow the least keys from group to group."""
    weight = len(groups) + 1
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


def _tails(groups: Groups, need: int, weight: int, most_states: int) -> list[tuple[Whole, Whole]] | None:
    """Give, for the groups from each place on, all gains worth having and the least key of each.

    Gains rise and so do keys; a key is the cost times `weight` and the number of groups changed. `None` when
    there are too many.
    """
    gains, keys = np.zeros(1, np.int64), np.zeros(1, np.int64)
    tails = [(gains, keys)]
    states = 1
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
        states += len(gains)
        if states > most_states:
            return None
    return tails[::-1]


def _key(tail: tuple[Whole, Whole], left: int, one: Option | None, weight: int) -> float:
    """Give the least key when `one` is chosen and the groups behind it must gain `left`."""
    gains, keys = tail
    at = int(np.searchsorted(gains, max(left, 0)))
    if at == len(gains):
        return float("inf")
    return int(keys[at]) + (one.cost * weight + 1 if one else 0)


def is_least(groups: Groups, need: int, cost: int) -> bool:
    """Whether it is proven that no choice reaches the need for less than `cost`.

    By HiGHS where costs are coarse, else by a table of whole numbers where that is not too large.
    """
    if need <= 0 or cost <= 0:
        return cost <= 0
    unit = gcd(*(one.cost for group in groups for one in group)) or 1
    finest = sum(max((one.cost for one in group), default=0) for group in groups) // unit
    cells = need * sum(map(len, groups))
    if finest > FINEST and cells <= MOST_CELLS:
        return _least_cost(groups, need) >= cost
    return _is_impossible(groups, need, (cost - 1) // unit, unit)


def _least_cost(groups: Groups, need: int) -> int:
    """Give the least cost that reaches the need, from a table with a place for each gain up to it."""
    best = np.full(need + 1, NEVER, np.int64)
    best[0] = 0
    for group in groups:
        before = best.copy()
        for one in group:
            gained = min(one.gain, need)
            np.minimum(best[gained:], before[: need + 1 - gained] + one.cost, out=best[gained:])
            if gained:
                best[need] = min(best[need], before[need - gained :].min() + one.cost)
    return int(best[need])


@dataclass(frozen=True, slots=True)
class _Programme:
    """The groups as an integer programme; those with the same options are counted together.

    It stays small and without symmetry. A row an option: its kind's place, gain, cost (in units).
    """

    kinds: tuple[tuple[Option, ...], ...]
    counts: NDArray[np.float64]
    owner: Whole
    gains: NDArray[np.float64]
    costs: NDArray[np.float64]

    def solved(
        self, goal: NDArray[np.float64], need: int, **at_most: tuple[NDArray[np.float64], float]
    ) -> Any:
        """Minimise `goal` so that gains reach the need and each row of `at_most` stays below its limit."""
        belongs = (self.owner[None, :] == np.arange(len(self.kinds))[:, None]).astype(np.float64)
        within = scipy.optimize.LinearConstraint
        return scipy.optimize.milp(
            goal,
            integrality=np.ones(len(self.costs)),
            bounds=scipy.optimize.Bounds(0, self.counts[self.owner]),
            constraints=[
                within(belongs, -np.inf, self.counts),
                within(self.gains[None, :], need - SLACK, np.inf),
                *(within(row[None, :], -np.inf, limit + SLACK) for row, limit in at_most.values()),
            ],
            options={"time_limit": LONGEST},
        )


def _programme(groups: Groups, unit: int) -> _Programme:
    kinds = Counter(tuple(sorted(group)) for group in groups if group)
    every = [one for kind in kinds for one in kind]
    return _Programme(
        kinds=tuple(kinds),
        counts=np.array(list(kinds.values()), dtype=np.float64),
        owner=np.repeat(np.arange(len(kinds)), [len(kind) for kind in kinds]),
        gains=np.array([one.gain for one in every], dtype=np.float64),
        costs=np.array([one.cost // unit for one in every], dtype=np.float64),
    )


def _is_impossible(groups: Groups, need: int, limit: int, unit: int) -> bool:
    """Whether HiGHS proves that no choice reaches the need for `limit` units or less.

    Nothing is to be minimised: the integer programme has no solution.
    """
    programme = _programme(groups, unit)
    made = programme.solved(np.zeros(len(programme.costs)), need, cost=(programme.costs, limit))
    return bool(made.status == INFEASIBLE)


def _by_solver(groups: Groups, need: int) -> tuple[Option | None, ...]:
    """Let HiGHS choose the least cost, and at that the fewest groups; what it misses is gained greedily."""
    unit = gcd(*(one.cost for group in groups for one in group)) or 1
    programme = _programme(groups, unit)
    made = programme.solved(programme.costs, need)
    if made.x is not None:
        fewest = programme.solved(
            np.ones(len(programme.costs)),
            need,
            cost=(programme.costs, round(programme.costs @ np.round(made.x))),
        )
        made = made if fewest.x is None else fewest
    taken = [] if made.x is None else np.round(made.x).astype(int).tolist()
    every = [one for kind in programme.kinds for one in kind]
    pools: dict[tuple[Option, ...], list[Option]] = {kind: [] for kind in programme.kinds}
    for at, count in enumerate(taken):
        pools[programme.kinds[programme.owner[at]]] += [every[at]] * count
    chosen: list[Option | None] = []
    for group in groups:
        pool = pools.get(tuple(sorted(group)), [])
        pool.sort(key=lambda one: one.gain)
        chosen.append(pool.pop() if pool else None)
    return _filled(groups, need, chosen)


def _filled(groups: Groups, need: int, chosen: Sequence[Option | None]) -> tuple[Option | None, ...]:
    """Give each group in turn its highest gain until the need is reached."""
    made = list(chosen)
    gained = sum(one.gain for one in made if one)
    for at, group in enumerate(groups):
        if gained >= need:
            break
        if group:
            top = max(group, key=lambda one: (one.gain, -one.cost))
            now = made[at]
            gained += top.gain - (now.gain if now else 0)
            made[at] = top
    return tuple(made)
