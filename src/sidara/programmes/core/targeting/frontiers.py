"""The least money for every gain, area by area, in whole numbers: proof where the relaxation leaves a gap.

Limits by area each leave a part of a gain unused, and those parts add up to more than the relaxation can
tell. So areas are solved by themselves (`states`) and then joined: the least cost of every gain of all. An
area that spends less than its minimum is reckoned with the minimum, so the answer is a bound; where its plan
keeps to every limit, it is the best and the cheapest plan. Costs below the minimum, or all costs, may be kept
apart instead (`Apart`), as long as those are not too many. Where areas cannot be joined for their many
states, limits by area are left out: a bound all the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from math import ceil, floor

import numpy as np

from sidara.programmes.core.targeting.moves import Base
from sidara.programmes.core.targeting.relaxation import Relaxation, Relaxed
from sidara.programmes.core.targeting.states import (
    GREATEST,
    Area,
    Solved,
    States,
    TooManyError,
    areas_of,
    merged,
    pairs,
    start,
)

MOST_TRIED = 20_000_000
"""So many states are tried in all areas for one answer: some seconds."""
MOST_PAIRS = 50_000_000
"""So many pairs of states of areas are joined for one answer."""
MOST_PARTS = 1024
"""So many parts of the money spent are looked at for one gain, where shares are shares of it."""


class Apart(Enum):
    """Which costs of the same gain of an area are kept apart; of the others the least stays."""

    NONE = 0
    BELOW_MINIMUM = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class Frontier:
    """The highest gain that may be reached from a target on (`None` = none), and the least cost of that gain.

    `counts`: by column, what would do it; it may break a limit.
    """

    gain: int | None
    cost: int = 0
    counts: tuple[int, ...] = ()


def frontier(
    relaxation: Relaxation,
    relaxed: Relaxed,
    target: int,
    *,
    most: int | None = None,
    apart: Apart = Apart.NONE,
) -> Frontier | None:
    """Find the highest gain from `target` to `most`, in the divisor of the gains; `None`: too much work.

    `relaxation` has the gains as its objective, `relaxed` is its bound within the widest span.
    """
    if relaxed.room(target) < 0:
        return Frontier(None)
    for is_loose in (False, True):
        try:
            return _Joined(relaxation, relaxed, target, most=most, apart=apart, is_loose=is_loose).best()
        except TooManyError:
            if apart is not Apart.NONE:
                break
    return None


class _Joined:
    """The areas together."""

    def __init__(  # noqa: PLR0913 - what is asked, and how
        self,
        relaxation: Relaxation,
        relaxed: Relaxed,
        target: int,
        *,
        most: int | None,
        apart: Apart,
        is_loose: bool,
    ) -> None:
        self.programme, self.apart, self.is_loose = relaxation.programme, apart, is_loose
        self.target, self.bound = target, relaxed.bound if most is None else most
        self.pairs = 0
        self.span = relaxation.narrowed(relaxation.span, relaxed, target)
        self.problem = self.programme.problem
        self.budget = self.problem.budget // self.programme.unit
        self.solved: list[Solved] = []
        left = MOST_TRIED
        for one in self._pooled(list(areas_of(relaxation, relaxed, self.span, relaxed.room(target)))):
            self.solved.append(Solved(one, self._edge(one), left))
            left -= self.solved[-1].tried

    def _pooled(self, areas: Sequence[Area]) -> Iterator[Area]:
        """Put areas into one that keep to their limits whatever is still open: those limits need no watch."""
        least_spent = sum(one.range_of(is_gain=False)[0] for one in areas)
        free: list[Area] = []
        for one in areas:
            if self.is_loose or self._is_free(one, least_spent):
                free.append(one)
            else:
                yield one
        if free:
            gain, cost = sum(one.gain for one in free), sum(one.cost for one in free)
            yield Area("", gain, cost, 0, tuple(item for one in free for item in one.items))

    def _is_free(self, area: Area, least_spent: int) -> bool:
        """Say whether the limits of an area hold in any case, if no more than the ceiling is spent."""
        bound, base = self.problem.bound(area.code), self.problem.limits.base
        if area.wanted:
            return False
        low, high = area.range_of(is_gain=base is Base.GAIN)
        ceiling = Fraction(self.problem.budget, self.programme.unit)
        wholes = {
            Base.CEILING: (ceiling, ceiling),
            Base.SPENT: (Fraction(least_spent), ceiling),
            Base.GAIN: (Fraction(self.target), Fraction(self.bound)),
        }
        smallest, greatest = wholes[base]
        is_least = bound.least is None or low >= bound.least * greatest
        return is_least and (bound.most is None or high <= bound.most * smallest)

    def _edge(self, area: Area) -> int:
        """Give below what spending, beyond what is done for sure, all costs of an area are kept apart."""
        if self.apart is Apart.NONE:
            return 0
        if self.apart is Apart.ALL:
            return self.budget + 1
        least = self.problem.bound(area.code).least or Fraction(0)
        if self.problem.limits.base is Base.GAIN:
            return 0
        return max(0, ceil(least * Fraction(self.problem.budget, self.programme.unit)) - area.cost)

    def best(self) -> Frontier:
        """Give the highest gain, whatever the shares are shares of."""
        if not all(len(one.ends) for one in self.solved):
            return Frontier(None)
        whole = (0, self.budget)
        is_tied = self.problem.limits.areas and not self.is_loose
        base = self.problem.limits.base if is_tied else Base.CEILING
        if base is Base.CEILING:
            return self._join(whole, range(self.target, self.bound + 1))
        for gain in range(self.bound, self.target - 1, -1):
            found = self._join(whole, range(gain, gain + 1))
            if base is Base.SPENT and found.gain is not None:
                found = self._by_spending(found)
            if found.gain is not None:
                return found
        return Frontier(None)

    def _by_spending(self, first: Frontier) -> Frontier:
        """Cut what may be spent into ever smaller parts, the cheap ones first, until shares of it are kept.

        A part in which nothing is found is done with, as is one that all areas together cannot spend within
        their shares; so is the gain, when no part is left. A plan that breaks a share, though nothing is left
        to cut, leaves it open.
        """
        gain = range(first.gain or 0, (first.gain or 0) + 1)
        waiting, doubtful = [(first.cost, self.budget)], Frontier(None)
        for _ in range(MOST_PARTS):
            if not waiting:
                return doubtful
            low, high = waiting.pop()
            found = self._join((low, high), gain)
            if found.gain is None or not self._comes_up_to((low, high), gain):
                continue
            if self.problem.plan(self.programme.moves(found.counts)).is_kept:
                return found
            if low < high:
                middle = (low + high) // 2
                waiting += [(middle + 1, high), (low, middle)]
            elif doubtful.gain is None:
                doubtful = found
        return first

    def _join(self, spent: tuple[int, int], gains: range) -> Frontier:
        """Join the areas while all gain and spend within ranges: the highest gain, then the least cost."""
        joined = [start()]
        ends = []
        for one in self.solved:
            own = merged(self._within(one, spent, gains))
            ends.append(own)
            joined.append(self._next(joined[-1], own, spent[1]))
            if not len(joined[-1]):
                return Frontier(None)
        last = joined[-1]
        at = np.flatnonzero((last.gain >= gains.start) & (last.gain < gains.stop))
        if not len(at):
            return Frontier(None)
        place = int(at[np.lexsort((last.cost[at], -last.gain[at]))[0]])
        return Frontier(
            int(last.gain[place]), max(int(last.cost[place]), spent[0]), self._counts(joined, ends, place)
        )

    def _comes_up_to(self, spent: tuple[int, int], gains: range) -> bool:
        """Say whether the areas within their shares may spend as much as a part at least spends.

        Only where all costs are kept is the greatest of a gain known.
        """
        if self.apart is not Apart.ALL:
            return True
        joined = start()
        for one in self.solved:
            own = merged(_turned(self._within(one, spent, gains)), -GREATEST)
            joined = self._next(joined, own, GREATEST, -GREATEST)
        return bool(
            ((joined.gain >= gains.start) & (joined.gain < gains.stop) & (-joined.cost >= spent[0])).any()
        )

    def _within(self, one: Solved, spent: tuple[int, int], gains: range) -> States:
        """Give the states of an area that keep to its shares; if none are kept apart, its minimum is paid."""
        states, bound = one.ends, self.problem.bound(one.area.code)
        cost, good = states.cost, np.ones(len(states), bool)
        least = bound.least or Fraction(0)
        if self.problem.limits.base is Base.GAIN:
            good &= states.gain >= ceil(least * gains.start)
            if bound.most is not None:
                good &= states.gain <= floor(bound.most * (gains.stop - 1))
        else:
            low, high = map(Fraction, spent)
            if self.problem.limits.base is Base.CEILING:
                low = high = Fraction(self.problem.budget, self.programme.unit)
            if self.apart is not Apart.NONE:
                good &= cost >= ceil(least * low)
            else:
                cost = np.maximum(cost, ceil(least * low))
            if bound.most is not None:
                good &= cost <= floor(bound.most * high)
        at = np.flatnonzero(good)
        return States(
            states.gain[at],
            cost[at],
            states.served[at],
            states.loss[at],
            states.before[at],
            states.choice[at],
        )

    def _next(self, joined: States, own: States, most: int, edge: int = 0) -> States:
        """Join every state with those of one more area that together do not give away too much."""
        before, choice = pairs(joined.loss, own.loss, min(MOST_PAIRS - self.pairs, MOST_PAIRS // 5))
        self.pairs += len(before)
        cost = joined.cost[before] + own.cost[choice]
        keep = np.flatnonzero(cost <= most)
        before, choice = before[keep], choice[keep]
        made = States(
            joined.gain[before] + own.gain[choice],
            cost[keep],
            np.zeros(len(keep), np.int64),
            joined.loss[before] + own.loss[choice],
            before,
            choice,
        )
        return merged(made, edge)

    def _counts(self, joined: Sequence[States], ends: Sequence[States], at: int) -> tuple[int, ...]:
        counts = list(self.span.low)
        for step in range(len(self.solved), 0, -1):
            state = joined[step]
            own = int(state.choice[at])
            for column, count in self.solved[step - 1].choices(int(ends[step - 1].before[own])):
                counts[column] += count
            at = int(state.before[at])
        return tuple(counts)


def _turned(states: States) -> States:
    """Let the least cost be the greatest."""
    return replace(states, cost=-states.cost)
