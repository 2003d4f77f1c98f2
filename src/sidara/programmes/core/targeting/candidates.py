"""The moves among which a budget chooses: raises of item scores, paths to a status, villages to serve.

Gains count from the lowest that a village can stand at, and costs are the dearest of all starts, so that what
a plan promises holds whatever is not known (see `indices.core.moves` and `path`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from math import floor, lcm

from sidara.indices.core.climbs import climbs
from sidara.indices.core.costs import Costs
from sidara.indices.core.moves import Moves, villages
from sidara.indices.core.standing import Linear, Standing
from sidara.programmes.core.targeting.moves import Move
from sidara.programmes.core.targeting.need import Needy
from sidara.programmes.core.targeting.prices import Price, Prices, nearest
from sidara.regions.core import dotted

NEED_UNIT = 10_000
"""Needs (0 to 1) are counted in hundredths of a point of 100, rounded down."""
STATUS = "status"


class Objective(StrEnum):
    """What a plan gains."""

    POINTS = "poin"
    STATUS = "status"
    NEED = "kebutuhan"


def raises(rows: Standing, costs: Costs, index: Linear, items: Collection[str] = ()) -> Iterator[Move]:
    """Give every raise of an item score that can be promised; gains over `index.denominator`.

    `items`: only these may be raised, all where there are none. Costs are over `costs.denominator`.
    """
    made = Moves(rows.version, rows.year, costs, index)
    for village in villages(rows, index):
        code = dotted(village.where[1]) or village.where[1]
        for item, start, options in zip(
            rows.version.items, village.starts, made.of(village.starts), strict=True
        ):
            if items and item.code not in items:
                continue
            for to, option in options:
                if option.gain > 0:
                    yield Move(code, item.code, option.gain, option.cost, f"{item.code} {start[0]} -> {to}")


def lifts(rows: Standing, costs: Costs) -> Iterator[Move]:
    """Give the ways to higher statuses that can be promised; the gain counts the classes."""
    statuses = [one.status for one in rows.version.thresholds.classes]
    for climb in climbs(rows, costs):
        code = dotted(climb.code) or climb.code
        steps = ", ".join(f"{item} {start} -> {to}" for item, start, to in climb.raises)
        yield Move(code, STATUS, climb.to - climb.start, climb.cost, f"{statuses[climb.to]}: {steps}")


def services(
    needy: Sequence[Needy], priced: Prices | None, above: Mapping[str, Sequence[str]]
) -> tuple[tuple[Move, ...], int]:
    """Give the ways to serve villages, and what their costs are over; without prices each costs 1 langkah.

    `above`: the areas over each village, the nearest first. The gain is how much of the sure need is closed.
    """
    unit = 1 if priced is None else lcm(*(one.cost.denominator for own in priced.values() for one in own))
    found = []
    for one in needy:
        ways = (
            [Price(Fraction(1))] if priced is None else nearest(priced, (one.code, *above.get(one.code, ())))
        )
        for at, price in enumerate(ways):
            gain = floor(one.need.least * price.part * NEED_UNIT)
            if gain > 0:
                found.append(
                    Move(one.code, "", gain, int(price.cost * unit), price.name or f"langkah {at + 1}")
                )
    return tuple(found), unit


def unpriced(needy: Sequence[Needy], found: Sequence[Move]) -> int:
    """Count the villages with a sure need that no price serves."""
    served = {one.village for one in found}
    return sum(one.need.least * NEED_UNIT >= 1 and one.code not in served for one in needy)
