"""What an area may gain and what each gain costs at the least, by dynamic programming in whole numbers.

Only what is still open (`relaxation`) is chosen among, group by group; what gives away too much to reach the
target is dropped. Villages served are counted where a limit asks for them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from sidara.programmes.core.targeting.programme import Row
from sidara.programmes.core.targeting.relaxation import Relaxation, Relaxed, Span

type Whole = NDArray[np.int64]

MOST_STATES = 400_000
"""So many states of one step are kept; beyond that there is no answer."""
MOST_AT_ONCE = 20_000_000
"""So many pairs of states are made in one step."""
STEP = 1000
"""A step is as much work as so many pairs."""
MOST_CHOICES = 3000
"""So many ways of alike groups are listed; beyond that they choose one by one."""
GREATEST = 2**60
"""No figure may be greater than whole numbers of 64 bits bear."""
PARTS = 1 << 30
"""In so many parts of what may be given away losses are counted, rounded down."""


@dataclass(frozen=True, slots=True)
class States:
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
class Item:
    """Groups that are still open, and what they may do together: how often which columns are taken.

    `served`: by so many groups. Of every choice the gain, the cost and the loss.
    """

    columns: tuple[Mapping[int, int], ...]
    served: Whole
    gain: Whole
    cost: Whole
    loss: Whole


@dataclass(frozen=True, slots=True)
class Area:
    """What is done in an area for sure, and what is open; `wanted`: so many more villages."""

    code: str
    gain: int
    cost: int
    wanted: int
    items: tuple[Item, ...]

    def range_of(self, *, is_gain: bool) -> tuple[int, int]:
        """Give the lowest and highest gain, or cost, whatever is chosen."""
        own = self.gain if is_gain else self.cost
        every = [one.gain if is_gain else one.cost for one in self.items]
        return own + sum(int(one.min()) for one in every), own + sum(int(one.max()) for one in every)


class TooManyError(Exception):
    """There are more states than are kept."""


@dataclass(slots=True)
class Work:
    """So many pairs of states may still be made."""

    left: int

    def take(self, pairs: int) -> None:
        """Make pairs; a step is some work, however few they are."""
        if pairs > min(self.left, MOST_AT_ONCE):
            raise TooManyError
        self.left -= pairs + STEP


def areas_of(relaxation: Relaxation, relaxed: Relaxed, span: Span, room: int) -> Iterator[Area]:
    """Give what is sure and what is open in each area, where no more than `room` may be given away.

    Refuses (`TooManyError`) figures that 64 bits do not bear.
    """
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
        raise TooManyError
    for code in programme.problem.areas:
        own = [at for at, kind in enumerate(programme.kinds) if kind.area == code]
        sure = [column for at in own for column in relaxation.kinds[at]]
        villages = [group[0].village for at in own for group in programme.kinds[at].members]
        wanted = (programme.problem.bound(code).villages or 0) if len(set(villages)) == len(villages) else 0
        items = [one for at in own for one in _items(relaxation, relaxed, span, at, (gains, costs, part))]
        yield Area(
            code,
            int(sum(span.low[at] * gains[at] for at in sure)),
            int(sum(span.low[at] * costs[at] for at in sure)),
            max(0, wanted - sum(span.low[at] for at in sure)),
            tuple(items),
        )


def _items(
    relaxation: Relaxation, relaxed: Relaxed, span: Span, at: int, figures: tuple[Row, Row, int]
) -> Iterator[Item]:
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
    item = Item(
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


def merged(states: States, edge: int = 0) -> States:
    """Keep the least cost of each gain and number of villages.

    Costs below `edge` are all kept: there, the least may be too little.
    """
    order = np.lexsort((states.cost, states.served, states.gain))
    gain, cost, served = states.gain[order], np.minimum(states.cost[order], edge), states.served[order]
    first = np.ones(len(order), bool)
    first[1:] = (gain[1:] != gain[:-1]) | (served[1:] != served[:-1]) | (cost[1:] != cost[:-1])
    return _kept(states, order, np.flatnonzero(first))


def leading(states: States, edge: int = 0) -> States:
    """Keep of each number of villages only states that no other beats in gain and in cost.

    For where more gain for less money is never a drawback. Costs below `edge` may be too little: there, a
    state is beaten only by one of the same cost. A state has the least loss of those it beats.
    """
    low = np.minimum(states.cost, edge)
    order = np.lexsort((states.cost, -states.gain, low, states.served))
    cost, served, low = states.cost[order], states.served[order], low[order]
    first = np.ones(len(order), bool)
    first[1:] = (served[1:] != served[:-1]) | (low[1:] != low[:-1])
    for end in map(int, (*np.flatnonzero(np.diff(served)) + 1, len(order))):
        begin = int(np.searchsorted(served, served[end - 1])) if end else 0
        begin += int(np.searchsorted(low[begin:end], edge))
        least = np.minimum.accumulate(cost[begin:end])
        first[begin + 1 : end] = cost[begin + 1 : end] < least[:-1]
    return _kept(states, order, np.flatnonzero(first))


def _kept(states: States, order: Whole, starts: Whole) -> States:
    """Give the first state of each group of an order, with the least loss of the group."""
    if len(starts) > MOST_STATES:
        raise TooManyError
    loss = np.minimum.reduceat(states.loss[order], starts) if len(starts) else states.loss[order]
    kept = order[starts]
    return States(
        states.gain[kept],
        states.cost[kept],
        states.served[kept],
        loss,
        states.before[kept],
        states.choice[kept],
    )


def start() -> States:
    """Give the one state from which everything begins: nothing gained, nothing spent."""
    return States(*(np.zeros(1, np.int64) for _ in range(6)))


class Solved:
    """The states of one area, after each of its items."""

    def __init__(self, area: Area, keep: Callable[[States], States], work: Work) -> None:
        self.area = area
        self.steps = [start()]
        for item in area.items:
            self.steps.append(keep(_taken(self.steps[-1], item, area.wanted, work)))

    @property
    def ends(self) -> States:
        """Give the states in which enough villages are served, with what is done for sure."""
        last = self.steps[-1]
        at = np.flatnonzero(last.served >= self.area.wanted)
        zeros = np.zeros(len(at), np.int64)
        return States(
            last.gain[at] + self.area.gain, last.cost[at] + self.area.cost, zeros, last.loss[at], at, zeros
        )

    def choices(self, at: int) -> Iterator[tuple[int, int]]:
        """Give the columns that lead to a state, and how often each is taken."""
        for after, item in zip(reversed(self.steps), reversed(self.area.items), strict=False):
            yield from item.columns[int(after.choice[at])].items()
            at = int(after.before[at])


def pairs(first: Whole, second: Whole, work: Work) -> tuple[Whole, Whole]:
    """Give the places of all pairs of losses that together do not give away too much."""
    order = np.argsort(second, kind="stable")
    fitting = np.searchsorted(second[order], PARTS - first, side="right")
    count = int(fitting.sum())
    work.take(count)
    before = np.repeat(np.arange(len(first)), fitting)
    return before, order[np.arange(count) - np.repeat(np.cumsum(fitting) - fitting, fitting)]


def _taken(states: States, item: Item, wanted: int, work: Work) -> States:
    """Let every state choose."""
    before, choice = pairs(states.loss, item.loss, work)
    return States(
        states.gain[before] + item.gain[choice],
        states.cost[before] + item.cost[choice],
        np.minimum(states.served[before] + item.served[choice], wanted),
        states.loss[before] + item.loss[choice],
        before,
        choice,
    )
