"""The least money for every gain, area by area, in whole numbers: proof where the relaxation leaves a gap.

Limits by area each leave a part of a gain unused, and those parts add up to more than the relaxation can
tell. So areas are solved by themselves: dynamic programming over what is still open (`relaxation`) keeps, for
every gain, the least cost (and the villages served, where they are counted), and drops what gives away too
much to reach the target. Areas are then joined: the least cost of every gain of all. An area that spends less
than its minimum is reckoned with the minimum, so the answer is a bound; where its plan keeps to every limit,
it is the best and the cheapest plan. `is_sharp` keeps every cost below the minimum apart instead, as long as
those are not too many. Where areas cannot be joined for their many states, limits by area are left out: a
bound all the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from sidara.programmes.core.targeting.moves import Base
from sidara.programmes.core.targeting.programme import Row
from sidara.programmes.core.targeting.relaxation import Relaxation, Relaxed, Span

type Whole = NDArray[np.int64]

MOST_STATES = 400_000
"""So many states of one step are kept; beyond that there is no answer."""
MOST_CHOICES = 3000
"""So many ways of alike groups are listed; beyond that they choose one by one."""
MOST_TRIED = 20_000_000
"""So many states are tried in all areas for one answer: some seconds."""
MOST_PAIRS = 50_000_000
"""So many pairs of states of areas are joined for one answer."""
GREATEST = 2**60
"""No figure may be greater than whole numbers of 64 bits bear."""
PARTS = 1 << 30
"""In so many parts of what may be given away losses are counted, rounded down."""
MOST_PARTS = 256
"""So many parts of the money spent are looked at for one gain, where shares are shares of it."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """The highest gain that may be reached from a target on (`None` = none), and the least cost of that gain.

    `counts`: by column, what would do it; it may break a limit.
    """

    gain: int | None
    cost: int = 0
    counts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _States:
    """Gain, least cost, villages served, least loss; and from which state by which choice it comes."""

    gain: Whole
    cost: Whole
    served: Whole
    loss: Whole
    before: Whole
    choice: Whole

    def __len__(self) -> int:
        return len(self.gain)


@dataclass(frozen=True, slots=True)
class _Item:
    """Groups that are still open, and what they may do together: how often which columns are taken.

    `served`: by so many groups. Of every choice the gain, the cost and the loss.
    """

    columns: tuple[Mapping[int, int], ...]
    served: Whole
    gain: Whole
    cost: Whole
    loss: Whole


@dataclass(frozen=True, slots=True)
class _Area:
    """What is done in an area for sure, and what is open; `wanted`: so many more villages."""

    code: str
    gain: int
    cost: int
    wanted: int
    items: tuple[_Item, ...]

    def range_of(self, *, is_gain: bool) -> tuple[int, int]:
        """Give the lowest and highest gain, or cost, whatever is chosen."""
        own = self.gain if is_gain else self.cost
        every = [one.gain if is_gain else one.cost for one in self.items]
        return own + sum(int(one.min()) for one in every), own + sum(int(one.max()) for one in every)


class _TooManyError(Exception):
    """There are more states than are kept."""


def frontier(
    relaxation: Relaxation, relaxed: Relaxed, target: int, *, most: int | None = None, is_sharp: bool = False
) -> Frontier | None:
    """Find the highest gain from `target` to `most`, in the divisor of the gains; `None`: too much work.

    `relaxation` has the gains as its objective, `relaxed` is its bound within the widest span.
    """
    if relaxed.room(target) < 0:
        return Frontier(None)
    for is_loose in (False, True):
        try:
            return _Joined(
                relaxation, relaxed, target, most=most, is_sharp=is_sharp, is_loose=is_loose
            ).best()
        except _TooManyError:
            if is_sharp:
                break
    return None


def _areas(relaxation: Relaxation, relaxed: Relaxed, span: Span, room: int) -> Iterator[_Area]:
    programme = relaxation.programme
    gains, costs = programme.gains(), programme.costs()
    part = max(1, -(-room // PARTS))
    if (
        sum(
            relaxation.members[at] * max(int(costs[one]) for one in own)
            for at, own in enumerate(relaxation.kinds)
        )
        > GREATEST
    ):
        raise _TooManyError
    for code in programme.problem.areas:
        own = [at for at, kind in enumerate(programme.kinds) if kind.area == code]
        sure = [column for at in own for column in relaxation.kinds[at]]
        villages = [group[0].village for at in own for group in programme.kinds[at].members]
        wanted = (programme.problem.bound(code).villages or 0) if len(set(villages)) == len(villages) else 0
        items = [one for at in own for one in _items(relaxation, relaxed, span, at, (gains, costs, part))]
        yield _Area(
            code,
            int(sum(span.low[at] * gains[at] for at in sure)),
            int(sum(span.low[at] * costs[at] for at in sure)),
            max(0, wanted - sum(span.low[at] for at in sure)),
            tuple(items),
        )


def _items(
    relaxation: Relaxation, relaxed: Relaxed, span: Span, at: int, figures: tuple[Row, Row, int]
) -> Iterator[_Item]:
    """Give the members of a kind that are still open, together or, where they may do too much, one by one."""
    gains, costs, part = figures
    columns = relaxation.kinds[at]
    left = relaxation.members[at] - sum(span.low[one] for one in columns)
    best = max(0, *(relaxed.worth[one] for one in columns))
    more = {one: span.high[one] - span.low[one] for one in columns if span.high[one] > span.low[one]}
    if not left or not more:
        return
    lost = {one: best - relaxed.worth[one] for one in more}
    together = list(islice(_choices(list(more.items()), lost, best, left, PARTS * part), MOST_CHOICES + 1))
    sizes, every = [left], together
    if len(together) > MOST_CHOICES:
        every = list(_choices([(one, 1) for one in more], lost, best, 1, PARTS * part))
        sizes = [1] * left
    item = _Item(
        tuple(chosen for chosen, _ in every),
        np.array([sum(chosen.values()) for chosen, _ in every], np.int64),
        np.array([sum(int(gains[at]) * one for at, one in chosen.items()) for chosen, _ in every], np.int64),
        np.array([sum(int(costs[at]) * one for at, one in chosen.items()) for chosen, _ in every], np.int64),
        np.array([gone // part for _, gone in every], np.int64),
    )
    for _ in sizes:
        yield item


def _choices(
    more: Sequence[tuple[int, int]], lost: Mapping[int, int], best: int, left: int, room: int
) -> Iterator[tuple[dict[int, int], int]]:
    """Give how often columns may be taken by so many groups, and what each way gives away."""
    if not more:
        if best * left <= room:
            yield {}, best * left
        return
    (column, most), *others = more
    for count in range(min(most, left) + 1):
        gone = count * lost[column]
        if gone > room:
            return
        for chosen, rest in _choices(others, lost, best, left - count, room - gone):
            yield (chosen | {column: count} if count else chosen), gone + rest


def _merged(states: _States, edge: int = 0) -> _States:
    """Keep the least cost of each gain and number of villages.

    Costs below `edge` are all kept: there, the least may be too little.
    """
    order = np.lexsort((states.cost, states.served, states.gain))
    gain, cost, served = states.gain[order], np.minimum(states.cost[order], edge), states.served[order]
    first = np.ones(len(order), bool)
    first[1:] = (gain[1:] != gain[:-1]) | (served[1:] != served[:-1]) | (cost[1:] != cost[:-1])
    starts = np.flatnonzero(first)
    if len(starts) > MOST_STATES:
        raise _TooManyError
    loss = np.minimum.reduceat(states.loss[order], starts) if len(starts) else states.loss[order]
    kept = order[starts]
    return _States(
        gain[starts], states.cost[kept], served[starts], loss, states.before[kept], states.choice[kept]
    )


def _start() -> _States:
    return _States(*(np.zeros(1, np.int64) for _ in range(6)))


class _Solved:
    """The states of one area, after each of its items."""

    def __init__(self, area: _Area, edge: int, most: int) -> None:
        self.area = area
        self.steps = [_start()]
        self.tried = 0
        for item in area.items:
            taken = _taken(self.steps[-1], item, area.wanted, most - self.tried)
            self.tried += len(taken)
            self.steps.append(_merged(taken, edge))

    @property
    def ends(self) -> _States:
        """Give the states in which enough villages are served, with what is done for sure."""
        last = self.steps[-1]
        at = np.flatnonzero(last.served >= self.area.wanted)
        zeros = np.zeros(len(at), np.int64)
        return _States(
            last.gain[at] + self.area.gain, last.cost[at] + self.area.cost, zeros, last.loss[at], at, zeros
        )

    def choices(self, at: int) -> Iterator[tuple[int, int]]:
        """Give the columns that lead to a state, and how often each is taken."""
        for after, item in zip(reversed(self.steps), reversed(self.area.items), strict=False):
            yield from item.columns[int(after.choice[at])].items()
            at = int(after.before[at])


def _pairs(first: Whole, second: Whole, most: int) -> tuple[Whole, Whole]:
    """Give the places of all pairs of losses that together do not give away too much."""
    order = np.argsort(second, kind="stable")
    fitting = np.searchsorted(second[order], PARTS - first, side="right")
    count = int(fitting.sum())
    if count > most:
        raise _TooManyError
    before = np.repeat(np.arange(len(first)), fitting)
    return before, order[np.arange(count) - np.repeat(np.cumsum(fitting) - fitting, fitting)]


def _taken(states: _States, item: _Item, wanted: int, most: int) -> _States:
    """Let every state choose."""
    before, choice = _pairs(states.loss, item.loss, most)
    return _States(
        states.gain[before] + item.gain[choice],
        states.cost[before] + item.cost[choice],
        np.minimum(states.served[before] + item.served[choice], wanted),
        states.loss[before] + item.loss[choice],
        before,
        choice,
    )


class _Joined:
    """The areas together."""

    def __init__(  # noqa: PLR0913 - what is asked, and how
        self,
        relaxation: Relaxation,
        relaxed: Relaxed,
        target: int,
        *,
        most: int | None,
        is_sharp: bool,
        is_loose: bool,
    ) -> None:
        self.programme, self.is_sharp, self.is_loose = relaxation.programme, is_sharp, is_loose
        self.target, self.bound = target, relaxed.bound if most is None else most
        self.pairs = 0
        self.span = relaxation.narrowed(relaxation.span, relaxed, target)
        self.problem = self.programme.problem
        self.budget = self.problem.budget // self.programme.unit
        self.solved: list[_Solved] = []
        left = MOST_TRIED
        for one in self._pooled(list(_areas(relaxation, relaxed, self.span, relaxed.room(target)))):
            self.solved.append(_Solved(one, self._edge(one) if is_sharp else 0, left))
            left -= self.solved[-1].tried

    def _pooled(self, areas: Sequence[_Area]) -> Iterator[_Area]:
        """Put areas into one that keep to their limits whatever is still open: those limits need no watch."""
        least_spent = sum(one.range_of(is_gain=False)[0] for one in areas)
        free: list[_Area] = []
        for one in areas:
            if self.is_loose or self._is_free(one, least_spent):
                free.append(one)
            else:
                yield one
        if free:
            gain, cost = sum(one.gain for one in free), sum(one.cost for one in free)
            yield _Area("", gain, cost, 0, tuple(item for one in free for item in one.items))

    def _is_free(self, area: _Area, least_spent: int) -> bool:
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

    def _edge(self, area: _Area) -> int:
        """Give what an area must spend at the most to have its minimum, beyond what is done for sure."""
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

        A part in which nothing is found is done with; so is the gain, when no part is left. A plan that
        breaks a share, though nothing is left to cut, leaves it open.
        """
        gain = range(first.gain or 0, (first.gain or 0) + 1)
        waiting, doubtful = [(first.cost, self.budget)], Frontier(None)
        for _ in range(MOST_PARTS):
            if not waiting:
                return doubtful
            low, high = waiting.pop()
            found = self._join((low, high), gain)
            if found.gain is None:
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
        joined = [_start()]
        ends = []
        for one in self.solved:
            own = self._within(one, spent, gains)
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

    def _within(self, one: _Solved, spent: tuple[int, int], gains: range) -> _States:
        """Give the states of an area that keep to its shares; if not `is_sharp`, its minimum is paid."""
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
            if self.is_sharp:
                good &= cost >= ceil(least * low)
            else:
                cost = np.maximum(cost, ceil(least * low))
            if bound.most is not None:
                good &= cost <= floor(bound.most * high)
        at = np.flatnonzero(good)
        return _merged(
            _States(
                states.gain[at],
                cost[at],
                states.served[at],
                states.loss[at],
                states.before[at],
                states.choice[at],
            )
        )

    def _next(self, joined: _States, own: _States, most: int) -> _States:
        """Join every state with those of one more area that together do not give away too much."""
        before, choice = _pairs(joined.loss, own.loss, min(MOST_PAIRS - self.pairs, MOST_PAIRS // 5))
        self.pairs += len(before)
        cost = joined.cost[before] + own.cost[choice]
        keep = np.flatnonzero(cost <= most)
        before, choice = before[keep], choice[keep]
        made = _States(
            joined.gain[before] + own.gain[choice],
            cost[keep],
            np.zeros(len(keep), np.int64),
            joined.loss[before] + own.loss[choice],
            before,
            choice,
        )
        return _merged(made)

    def _counts(self, joined: Sequence[_States], ends: Sequence[_States], at: int) -> tuple[int, ...]:
        counts = list(self.span.low)
        for step in range(len(self.solved), 0, -1):
            state = joined[step]
            own = int(state.choice[at])
            for column, count in self.solved[step - 1].choices(int(ends[step - 1].before[own])):
                counts[column] += count
            at = int(state.before[at])
        return tuple(counts)
