"""The cheapest way of many villages to every higher status at once, where a budget is to choose among them.

What `path` finds for one status after the other is found here together, for villages that surely do not have
the status yet and can be promised it (`budget.is_candidate`): one programme a village for all statuses, and
no second proof of each. Every end is put through the computation again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from sidara.indices.core import knapsack, standing
from sidara.indices.core.costs import Costs
from sidara.indices.core.moves import Moves, Village, villages
from sidara.indices.core.scoring import class_position, figure
from sidara.indices.core.standing import Standing


@dataclass(frozen=True, slots=True)
class Climb:
    """The cheapest way of a village from the highest status that it may have (`start`) to `to`, by place.

    `cost` is over the denominator of the costs; `raises`: item, lowest score today and score to be reached.
    """

    code: str
    start: int
    to: int
    cost: int
    raises: tuple[tuple[str, int, int], ...]


def climbs(rows: Standing, costs: Costs) -> tuple[Climb, ...]:
    """Find the ways of all rows to every higher status; none for an index that is not a sum of scores."""
    index = standing.linear(rows.version)
    if index is None:
        return ()
    moves = Moves(rows.version, rows.year, costs, index)
    thresholds = rows.version.thresholds
    aims = [
        standing.least_total(standing.least_units(thresholds, at), index.denominator, thresholds.decimals)
        for at in range(len(thresholds.classes))
    ]
    found: list[Climb] = []
    ends: list[tuple[int, ...]] = []
    for village in villages(rows, index):
        for climb, scores in _of_village(moves, village, aims):
            found.append(climb)
            ends.append(scores)
    _verify(rows, found, ends)
    return tuple(found)


def _of_village(moves: Moves, village: Village, aims: list[int]) -> Iterator[tuple[Climb, tuple[int, ...]]]:
    low, options = village.low, moves.of(village.starts)
    start, total = moves.position(village.most), moves.index.total(low)
    wanted = [at for at in range(start + 1, len(aims)) if village.most < aims[at]]
    groups = [[option for _, option in group] for group in options]
    ways = knapsack.cheapest_each(groups, [aims[at] - total for at in wanted])
    for at, chosen in zip(wanted, ways, strict=True):
        if chosen is None:
            continue
        scores = [
            score + (option.gain // factor if option else 0)
            for score, option, factor in zip(low, chosen, moves.index.factors, strict=True)
        ]
        raised = tuple(
            (item.code, before, after)
            for item, before, after in zip(moves.version.items, low, scores, strict=True)
            if after > before
        )
        cost = sum(option.cost for option in chosen if option)
        yield Climb(village.where[1], start, at, cost, raised), tuple(scores)


def _verify(rows: Standing, found: list[Climb], ends: list[tuple[int, ...]]) -> None:
    """Put every end through the computation; one that misses its status there is our fault."""
    version = rows.version
    scores = pl.DataFrame(ends, schema=dict.fromkeys(version.by_code, pl.Int64), orient="row")
    places = scores.select(class_position(version, figure(version, version.top))).to_series()
    for climb, place in zip(found, places, strict=True):
        if place < climb.to:
            raise ArithmeticError(f"{climb.code}: computed again, the way does not lead to status {climb.to}")
