"""What a plan is held against: greedy (most gain for its cost first) and equal shares for every area.

Greedy first fills the minimum of each area, lowest code first, then takes what gains most for its cost
wherever it lies. Equal shares give each area the same part of the ceiling and let greedy spend it there. Both
are rules of thumb: they may break a limit, which the plan then says.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import inf

from sidara.programmes.core.targeting.moves import Base, Move, Plan, Problem

type Key = tuple[str, str]


def greedy(problem: Problem) -> Plan:
    """Choose by gain for cost, the minimum of each area first."""
    purse = _Purse(problem, problem.budget)
    for area in problem.areas:
        purse.spend([area], partial(purse.lacks, area))
    purse.spend(problem.areas)
    return problem.plan(purse.chosen.values())


def equal_shares(problem: Problem) -> Plan:
    """Give each area that has villages the same part of the ceiling, rounded down, and choose there."""
    areas = sorted(set(problem.area_of.values()))
    chosen: list[Move] = []
    for area in areas:
        purse = _Purse(problem, problem.budget // len(areas), is_limited=False)
        purse.spend([area])
        chosen += purse.chosen.values()
    return problem.plan(chosen)


class _Purse:
    """Money that is spent step by step; a step replaces the option of a group by its next one."""

    def __init__(self, problem: Problem, left: int, *, is_limited: bool = True) -> None:
        self.problem, self.left, self.is_limited = problem, left, is_limited
        self.chosen: dict[Key, Move] = {}
        self.spent = dict.fromkeys(problem.areas, 0)
        self.gained = dict.fromkeys(problem.areas, 0)
        self.ladders: dict[str, dict[Key, Sequence[Move]]] = {}
        for key, moves in problem.groups.items():
            self.ladders.setdefault(problem.area_of[key[0]], {})[key] = _ladder(moves)

    def lacks(self, area: str) -> bool:
        """Say whether an area is still below its minimum; of shares of what is spent, the ceiling counts."""
        bound, problem = self.problem.bound(area), self.problem
        villages = {one.village for one in self.chosen.values() if problem.area_of[one.village] == area}
        if bound.villages and len(villages) < bound.villages:
            return True
        if bound.least is None:
            return False
        if problem.limits.base is Base.GAIN:
            return self.gained[area] < bound.least * sum(self.gained.values())
        return self.spent[area] < bound.least * problem.budget

    def spend(self, areas: Iterable[str], goes_on: Callable[[], bool] = lambda: True) -> None:
        """Take the best step again and again, as long as it is wanted and something fits."""
        heap = [
            (_rank(move, self.chosen.get(key)), key, place)
            for area in areas
            for key, ladder in self.ladders.get(area, {}).items()
            for place, move in self._next(key, ladder)
        ]
        heapify(heap)
        while heap and goes_on():
            _, key, place = heappop(heap)
            area = self.problem.area_of[key[0]]
            ladder = self.ladders[area][key]
            move, before = ladder[place], self.chosen.get(key)
            more = move.cost - (before.cost if before else 0)
            if more > self.left or not self._fits(area, more):
                continue
            self.chosen[key] = move
            self.left -= more
            self.spent[area] += more
            self.gained[area] += move.gain - (before.gain if before else 0)
            for after, step in self._next(key, ladder):
                heappush(heap, (_rank(step, move), key, after))

    def _next(self, key: Key, ladder: Sequence[Move]) -> Iterator[tuple[int, Move]]:
        """Give the next step of a group, if there is one."""
        has = self.chosen.get(key)
        place = 0 if has is None else ladder.index(has) + 1
        if place < len(ladder):
            yield place, ladder[place]

    def _fits(self, area: str, more: int) -> bool:
        most = self.problem.bound(area).most
        if most is None or not self.is_limited or self.problem.limits.base is Base.GAIN:
            return True
        return self.spent[area] + more <= most * self.problem.budget


def _rank(move: Move, before: Move | None) -> float:
    """Order steps: the most gain for the cost first."""
    gain = move.gain - (before.gain if before else 0)
    cost = move.cost - (before.cost if before else 0)
    return -inf if cost <= 0 else -float(Fraction(gain, cost))


def _ladder(moves: Sequence[Move]) -> tuple[Move, ...]:
    """Give the moves worth taking, dearer ones gain more, and each step less for its cost than the last."""
    rising: list[Move] = []
    for one in sorted(moves, key=lambda one: (one.cost, -one.gain, one.name)):
        if one.gain > (rising[-1].gain if rising else 0):
            rising.append(one)
    while True:
        flat = next(
            (at for at, (one, other) in enumerate(pairwise(rising)) if _is_flat(rising, at, one, other)), None
        )
        if flat is None:
            return tuple(rising)
        del rising[flat]


def _is_flat(rising: Sequence[Move], at: int, one: Move, other: Move) -> bool:
    """Say whether the step to `one` gains less for its cost than the one after it."""
    before = rising[at - 1] if at else None
    return _rank(one, before) > _rank(other, one)
