"""The last resort of a proof: counts are cut in two again and again, each part bounded in whole numbers.

What HiGHS would take in fractions says where to cut. A part whose bound is not above the best plan known is
done with; when no part is left, nothing is better than that plan. Parts are taken in one order and counted,
so the same question has the same answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

import numpy as np

from sidara.programmes.core.targeting.moves import Plan
from sidara.programmes.core.targeting.programme import Given, Programme, Row
from sidara.programmes.core.targeting.relaxation import Relaxation, Relaxed, Span

MOST_PARTS = 2000
"""So many parts are looked at,"""
MOST_CELLS = 200_000
"""and so many columns that are open in them at first."""
MOST_COLUMNS = 400
"""With more columns still open, cutting does not come to an end."""
WHOLE = 1e-6
"""A fraction so near to a whole number is taken for it; what that means is judged exactly."""


@dataclass(frozen=True, slots=True)
class Searched:
    """The best plan (`None` = none) and the bound that nothing exceeds, in the unit of the objective."""

    plan: Plan | None
    bound: int


def search(programme: Programme, objective: Row, floor: int, more: Sequence[Given] = ()) -> Searched | None:
    """Seek what exceeds `floor` within all limits and rows `more`; `None` where there is too much to look at.

    Without a plan nothing exceeds `floor`.
    """
    relaxation = Relaxation(programme, objective, (*programme.rows(), *more))
    root = relaxation.bound(relaxation.span)
    if root is None:
        return None
    span = relaxation.narrowed(relaxation.span, root, floor + 1)
    open_columns = sum(low < high for low, high in zip(span.low, span.high, strict=True))
    if open_columns > MOST_COLUMNS:
        return None
    most = min(MOST_PARTS, MOST_CELLS // max(1, open_columns))
    return _Search(relaxation, floor, most).run(span)


class _Search:
    """Parts that wait, the highest bound first."""

    def __init__(self, relaxation: Relaxation, floor: int, most: int) -> None:
        self.relaxation, self.floor, self.most = relaxation, floor, most
        self.plan: Plan | None = None
        self.heap: list[tuple[int, int, Span, Relaxed]] = []
        self.seen = 0

    def run(self, span: Span) -> Searched | None:
        """Look at parts until none is left."""
        self._wait(span)
        while self.heap:
            if self.seen > self.most:
                return None
            _, _, part, relaxed = heappop(self.heap)
            if relaxed.bound <= self.floor:
                continue
            for one in self._parts(part, relaxed):
                self._wait(one)
        return Searched(self.plan, self.floor)

    def _wait(self, span: Span) -> None:
        self.seen += 1
        relaxed = self.relaxation.bound(span)
        if relaxed is not None and relaxed.bound > self.floor:
            heappush(self.heap, (-relaxed.bound, self.seen, span, relaxed))

    def _parts(self, span: Span, relaxed: Relaxed) -> Iterator[Span]:
        """Cut a part at a count; one that is whole already is judged first."""
        taken = relaxed.taken
        whole = np.rint(taken)
        off = np.abs(taken - whole)
        at = int(np.argmax(off))
        if off[at] > WHOLE:
            yield _cut(span, at, high=int(taken[at]))
            yield _cut(span, at, low=int(taken[at]) + 1)
            return
        counts = [
            min(max(int(one), low), high) for one, low, high in zip(whole, span.low, span.high, strict=True)
        ]
        if self._judge(counts):
            yield span
            return
        at = next((at for at, low in enumerate(span.low) if low < span.high[at]), -1)
        if at < 0:
            return
        count = counts[at]
        for low, high in ((span.low[at], count - 1), (count, count), (count + 1, span.high[at])):
            if low <= high:
                yield _cut(span, at, low=low, high=high)

    def _judge(self, counts: Sequence[int]) -> bool:
        """Keep a plan that is good and better; say whether the part is to be looked at with new rows."""
        programme = self.relaxation.programme
        if not self.relaxation.fits(counts):
            return False
        lacking = programme.lacking(counts)
        if lacking:
            self.relaxation = replace(self.relaxation, rows=(*self.relaxation.rows, *lacking))
            return True
        plan = programme.problem.plan(programme.moves(counts))
        reached = int(sum(one * count for one, count in zip(self.relaxation.objective, counts, strict=True)))
        if plan.is_kept and reached > self.floor:
            self.plan, self.floor = plan, reached
        return False


def _cut(span: Span, at: int, *, low: int | None = None, high: int | None = None) -> Span:
    lows, highs = list(span.low), list(span.high)
    if low is not None:
        lows[at] = low
    if high is not None:
        highs[at] = high
    return Span(tuple(lows), tuple(highs))
