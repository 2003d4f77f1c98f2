"""What an item can be raised to from where it stands, with gain and cost: shared by all villages of a year.

An item whose score is open stands anywhere between its lowest and highest. Its gain counts from the lowest
and its cost is the dearest of all starts, so that what is planned is enough wherever it stands.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sidara.indices.core import keys, standing, targets
from sidara.indices.core.costs import Costs
from sidara.indices.core.definition import Version
from sidara.indices.core.knapsack import Option
from sidara.indices.core.standing import Linear, Standing
from sidara.indices.core.targets import Reach
from sidara.tables import LINE

type Move = tuple[int, Option]
type Start = tuple[int, int, Reach]
"""Lowest and highest score of an item, and what it can be raised to."""


@dataclass(frozen=True)
class Moves:
    """The moves of each item of a version under the rules of `year`, kept once they are made."""

    version: Version
    year: int
    costs: Costs
    index: Linear
    _made: dict[tuple[int, Start], tuple[Move, ...]] = field(default_factory=dict)

    def of(self, starts: Iterable[Start]) -> list[tuple[Move, ...]]:
        """Give the moves of every item, in order, each the score and what it gains and costs."""
        return [self._of(at, start) for at, start in enumerate(starts)]

    def _of(self, at: int, start: Start) -> tuple[Move, ...]:
        made = self._made.get((at, start))
        if made is None:
            made = self._made[at, start] = self._make(at, start)
        return made

    def _make(self, at: int, start: Start) -> tuple[Move, ...]:
        item, factor, unit = self.version.items[at], self.index.factors[at], self.costs.denominator
        low, high, reach = start
        within = targets.scores(item, self.year, reach)
        prices = self.costs.sure_raises(item, self.year, low, high)
        return tuple(
            (to, Option(factor * (to - low), int(cost * unit))) for to, cost in prices.items() if to in within
        )

    def most(self, low: Sequence[int]) -> list[int]:
        """Give what each item gains when it is raised as far as its rules know, whatever that costs."""
        tops = [standing.steps(item, self.year)[-1:] for item in self.version.items]
        return [
            factor * (top[0] - start) if top else 0
            for factor, top, start in zip(self.index.factors, tops, low, strict=True)
        ]

    def exact(self, total: int) -> Fraction:
        """Give the index of a total."""
        return Fraction(total, self.index.denominator)

    def rounded(self, total: int) -> Fraction:
        """Give the index as the classes round it."""
        decimals = self.version.thresholds.decimals
        return Fraction(standing.rounded_units(total, self.index.denominator, decimals), 10**decimals)

    def position(self, total: int) -> int:
        """Give the place of the status, 0 = lowest."""
        return self.version.thresholds.position(self.rounded(total))

    def status(self, total: int) -> str:
        """Give the status of a total."""
        return self.version.thresholds.classes[self.position(total)].status


@dataclass(frozen=True, slots=True)
class Village:
    """One row, `where` it stands (line, code, year): its scores (see `Standing`) in the order of the items.

    `least` and `most` are the totals of its lowest and highest completion.
    """

    where: tuple[int, str, int]
    starts: Sequence[Start]
    sure: Sequence[int | None]
    worst: Sequence[int]
    least: int
    most: int

    @property
    def low(self) -> tuple[int, ...]:
        """The lowest that each item can be by itself."""
        return tuple(low for low, _, _ in self.starts)


def villages(rows: Standing, index: Linear) -> Iterator[Village]:
    """Give the villages of rows, one by one."""
    places = rows.rows.select(LINE, keys.CODE, keys.YEAR_NUMBER).iter_rows()
    ends = (rows.low.iter_rows(), rows.high.iter_rows(), rows.reach.iter_rows())
    scores = (rows.sure.iter_rows(), rows.worst.iter_rows(), rows.best.iter_rows())
    for where, low, high, reach, sure, worst, best in zip(places, *ends, *scores, strict=True):
        starts = tuple(zip(low, high, map(Reach, reach), strict=True))
        yield Village(where, starts, sure, worst, index.total(worst), index.total(best))
