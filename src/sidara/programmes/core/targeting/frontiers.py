"""The least money for every gain, area by area, in whole numbers: proof where the relaxation leaves a gap.

Limits by area each leave a part of a gain unused, and those parts add up to more than the relaxation can
tell. So areas are solved by themselves (`states`) and then joined: the least cost of every gain of all. An
area that spends less than its minimum is reckoned with the minimum, so the answer is a bound; where its plan
keeps to every limit, it is the best and the cheapest plan. Costs below the minimum, or all costs, may be kept
apart instead (`Apart`), as long as those are not too many. Where areas cannot be joined for their many
states, limits by area are left out: a bound all the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from functools import partial
from math import ceil, floor

import numpy as np

from sidara.programmes.core.targeting.moves import Base, Limits
from sidara.programmes.core.targeting.relaxation import Relaxation, Relaxed
from sidara.programmes.core.targeting.states import (
    GREATEST,
    Area,
    Solved,
    States,
    TooManyError,
    Work,
    areas_of,
    leading,
    merged,
    pairs,
    start,
)

MOST_PAIRS = 60_000_000
"""So many pairs of states are made for one answer: some seconds."""
MOST_PARTS = 1024
"""So many parts of the money spent are looked at for one gain, where shares are shares of it."""


class Apart(Enum):
    """Which costs of the same gain of an area are kept apart; of the others the least stays."""

    NONE = 0
    BELOW_MINIMUM = 1
    ALL = 2

    @classmethod
    def of(cls, limits: Limits) -> tuple["Apart", ...]:
        """Give what makes a difference for limits, the least work first."""
        if not limits.areas or limits.base is Base.GAIN:
            return (cls.NONE,)
        return tuple(cls) if limits.base is Base.SPENT else (cls.NONE, cls.BELOW_MINIMUM)


@dataclass(frozen=True, slots=True)
class Frontier:
    """The highest gain that may be reached from a target on (`None` = none), and what it costs at the least.

    `counts`: by column, what would do it; it may break a limit, or cost more.
    """

    gain: int | None
    cost: int = 0
    counts: tuple[int, ...] = ()


class _BeyondError(Exception):
    """What gains the most breaks a limit and gains more than is possible."""


def frontier(  # noqa: PLR0913 - what is asked, how closely, and with what work
    relaxation: Relaxation,
    relaxed: Relaxed,
    target: int,
    *,
    most: int | None = None,
    apart: Apart = Apart.NONE,
    work: Work | None = None,
) -> Frontier | None:
    """Find the highest gain from `target` to `most`, in the divisor of the gains, with the work that is left.

    `None`: too much work, or what is found breaks a limit and gains more than `most`.
    `relaxation` has the gains as its objective, `relaxed` is its bound within the widest span.
    """
    if relaxed.room(target) < 0:
        return Frontier(None)
    most = relaxed.bound if most is None else most
    for is_loose in (False, True) if apart is Apart.NONE else (False,):
        own = Work(MOST_PAIRS if work is None else min(MOST_PAIRS, work.left))
        given = own.left
        try:
            return _found(_Asked(relaxation, relaxed, target, most, apart, own, is_loose))
        except _BeyondError:
            break
        except TooManyError:
            continue
        finally:
            if work is not None:
                work.left -= given - own.left
    return None


def _found(asked: "_Asked") -> Frontier:
    """Find the highest gain, without what is beaten where that tells.

    What beats a plan may break a limit and gain more than is possible; then limits are to be looked at more
    closely, and if they are, every gain is.
    """
    if asked.is_open:
        found = _Joined(replace(asked, is_leading=True)).best()
        if found.gain is None or found.gain <= asked.most:
            return found
        if asked.apart is Apart.NONE and not asked.is_loose:
            raise _BeyondError
    return _Joined(asked).best()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the areas together: from which gain to which, and how closely limits are looked at."""

    relaxation: Relaxation
    relaxed: Relaxed
    target: int
    most: int
    apart: Apart
    work: Work
    is_loose: bool = False
    is_leading: bool = False

    @property
    def base(self) -> Base:
        """Give what shares are shares of; where none count, of the ceiling."""
        limits = self.relaxation.programme.problem.limits
        return limits.base if limits.areas and not self.is_loose else Base.CEILING

    @property
    def is_open(self) -> bool:
        """Say whether no limit calls for less gain or, beyond a minimum, for more cost."""
        return self.base is Base.CEILING


class _Joined:
    """The areas together."""

    def __init__(self, asked: _Asked) -> None:
        self.asked, relaxation, relaxed = asked, asked.relaxation, asked.relaxed
        self.programme, self.target = relaxation.programme, asked.target
        self.span = relaxation.narrowed(relaxation.span, relaxed, self.target)
        self.problem = self.programme.problem
        self.budget = self.problem.budget // self.programme.unit
        self.solved: list[Solved] = []
        for one in self._pooled(list(areas_of(relaxation, relaxed, self.span, relaxed.room(self.target)))):
            self.solved.append(Solved(one, self._keeping(self._edge(one)), asked.work))

    def _pooled(self, areas: Sequence[Area]) -> Iterator[Area]:
        """Put areas into one that keep to their limits whatever is still open: those limits need no watch."""
        least_spent = sum(one.range_of(is_gain=False)[0] for one in areas)
        free: list[Area] = []
        for one in areas:
            if self.asked.is_loose or self._is_free(one, least_spent):
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
            Base.GAIN: (Fraction(self.target), Fraction(self.asked.most)),
        }
        smallest, greatest = wholes[base]
        is_least = bound.least is None or low >= bound.least * greatest
        return is_least and (bound.most is None or high <= bound.most * smallest)

    def _keeping(self, edge: int = 0) -> Callable[[States], States]:
        """Give what keeps states; below `edge`, costs are kept apart."""
        return partial(leading if self.asked.is_leading else merged, edge=edge)

    def _edge(self, area: Area) -> int:
        """Give below what spending, beyond what is done for sure, all costs of an area are kept apart."""
        if self.asked.apart is Apart.NONE:
            return 0
        if self.asked.apart is Apart.ALL:
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
        base = self.asked.base
        if base is Base.CEILING:
            return self._join(whole, range(self.target, self.asked.most + 1))
        for gain in range(self.asked.most, self.target - 1, -1):
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
        to cut, leaves the part open: the least cost is not known to be above it.
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
                return found if doubtful.gain is None else replace(found, cost=doubtful.cost)
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
            own = self._keeping()(self._within(one, spent, gains))
            ends.append(own)
            joined.append(self._next(joined[-1], own, spent[1], self._keeping()))
            if not len(joined[-1]):
                return Frontier(None)
        last = joined[-1]
        at = np.flatnonzero((last.gain >= gains.start) & (self.asked.is_leading | (last.gain < gains.stop)))
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
        if self.asked.apart is not Apart.ALL:
            return True
        joined, dearest = start(), partial(merged, edge=-GREATEST)
        for one in self.solved:
            own = dearest(_turned(self._within(one, spent, gains)))
            joined = self._next(joined, own, GREATEST, dearest)
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
            if self.asked.apart is not Apart.NONE:
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

    def _next(self, joined: States, own: States, most: int, keep: Callable[[States], States]) -> States:
        """Join every state with those of one more area that together do not give away too much."""
        before, choice = pairs(joined.loss, own.loss, self.asked.work)
        cost = joined.cost[before] + own.cost[choice]
        fit = np.flatnonzero(cost <= most)
        before, choice = before[fit], choice[fit]
        made = States(
            joined.gain[before] + own.gain[choice],
            cost[fit],
            np.zeros(len(fit), np.int64),
            joined.loss[before] + own.loss[choice],
            before,
            choice,
        )
        return keep(made)

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
