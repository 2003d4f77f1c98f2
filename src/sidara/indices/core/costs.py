"""What it costs to raise items: a price a step, prices of single moves, items that nobody can change.

Nothing is invented: without prices every step between neighbouring scores costs 1 *langkah*. With prices, an
item without one is not raised.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import lcm

from sidara.indices.core.definition import Item, Version
from sidara.indices.core.standing import steps

STEP = "langkah"
DECIMALS = 2
LARGEST = 10**12
"""Prices have at most `DECIMALS` decimals and stay below `LARGEST`, so that sums of them stay exact."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Prices in one `unit`.

    `step`: by item, for each step between neighbouring scores; `move`: by item, for going from one score
    to another; a move without a price of its own costs the cheapest chain of those that have one. `others`:
    a step of any item named nowhere (`None` = such items are not raised). `fixed`: never raised.
    """

    step: Mapping[str, Fraction] = field(default_factory=dict)
    move: Mapping[str, Mapping[tuple[int, int], Fraction]] = field(default_factory=dict)
    others: Fraction | None = Fraction(1)
    fixed: frozenset[str] = frozenset()
    unit: str = STEP

    def raises(self, item: Item, year: int) -> dict[int, dict[int, Fraction]]:
        """Give from each score of the item the least cost to each higher one under the rules of `year`."""
        scores = steps(item, year)
        edges = self._edges(item, scores)
        found: dict[int, dict[int, Fraction]] = {}
        for at, start in enumerate(scores):
            costs = {start: Fraction(0)}
            for score in scores[at + 1 :]:
                ways = [costs[low] + edges[low, score] for low in costs if (low, score) in edges]
                if ways:
                    costs[score] = min(ways)
            found[start] = {score: cost for score, cost in costs.items() if score != start}
        return found

    def sure_raises(self, item: Item, year: int, low: int, high: int) -> dict[int, Fraction]:
        """Give each score above `low`, and its highest cost of all starts from `low` to `high`.

        A score to which some way has no price is left out: nobody could promise it.
        """
        every = self.raises(item, year)
        found = {}
        for score in every:
            starts = [every[start] for start in every if low <= start <= high and start < score]
            if starts and all(score in costs for costs in starts):
                found[score] = max(costs[score] for costs in starts)
        return found

    def _edges(self, item: Item, scores: tuple[int, ...]) -> dict[tuple[int, int], Fraction]:
        if item.code in self.fixed:
            return {}
        moves = dict(self.move.get(item.code, {}))
        named = item.code in self.step or item.code in self.move
        price = self.step.get(item.code, None if named else self.others)
        if price is None:
            return moves
        neighbours = dict.fromkeys(pairwise(scores), price)
        return neighbours | moves

    def without_price(self, version: Version) -> tuple[str, ...]:
        """Give the items that are not fixed and still have no price, in their order."""
        if self.others is not None:
            return ()
        named = {*self.step, *self.move, *self.fixed}
        return tuple(item.code for item in version.items if item.code not in named)

    @property
    def denominator(self) -> int:
        """Give the whole number that makes every price whole."""
        prices = [*self.step.values(), *(one for moves in self.move.values() for one in moves.values())]
        return lcm(*(price.denominator for price in (*prices, self.others or Fraction(1))))
