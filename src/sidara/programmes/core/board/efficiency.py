"""Rupiah per output and index points per rupiah of an activity, beside comparable ones: plans, not results.

Comparable = same kind (one without a kind is comparable to nothing), same unit of output, same year, same
class of size (how many villages). Each activity is held against the others, never against itself; with too
few others there is no figure.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sidara.programmes.core.spread import HALF, quantile

QUARTER, THREE_QUARTERS = Fraction(1, 4), Fraction(3, 4)
MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Costed:
    """What an activity is to cost and bring forth.

    `budget_idr` whole rupiah; `target` in `unit`; `points` = the index points that its villages lack in the
    items it addresses, all that it could raise at most. `None` = not known.
    """

    id: str
    name: str
    kind: str
    year: int
    villages: int
    budget_idr: int | None
    unit: str = ""
    target: Fraction | None = None
    points: Fraction | None = None

    @property
    def per_output(self) -> Fraction | None:
        """Rupiah for one output."""
        if self.budget_idr is None or not self.target or self.target < 0:
            return None
        return self.budget_idr / self.target

    @property
    def points_per_million(self) -> Fraction | None:
        """Index points that could be raised for a million rupiah."""
        if not self.budget_idr or self.points is None:
            return None
        return self.points * MILLION / self.budget_idr


@dataclass(frozen=True, slots=True)
class Beside:
    """The figures of comparable activities: how many, their quartiles and their middle."""

    count: int
    low: Fraction
    median: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Efficiency:
    """An activity beside comparable ones; `None` where it has no figure, or too few others have one.

    `comparables` counts the others with a cost per output, `points_comparables` those with points.
    """

    activity: Costed
    size_class: int
    comparables: int
    per_output: Beside | None
    points_comparables: int
    points: Beside | None

    @property
    def times_median(self) -> Fraction | None:
        """How many times the middle of the comparable ones an output costs."""
        own = self.activity.per_output
        return own / self.per_output.median if own is not None and self.per_output else None


def size_class(villages: int, bounds: Sequence[int]) -> int:
    """Give the class of size: the place of the first bound that is not below the number of villages."""
    return bisect_left(list(bounds), villages)


def compare(activities: Iterable[Costed], *, bounds: Sequence[int], least: int) -> tuple[Efficiency, ...]:
    """Set each activity beside the comparable ones, in the order given; `least` others make a figure."""
    rows = list(activities)
    costs: dict[tuple[object, ...], list[tuple[str, Fraction]]] = {}
    gains: dict[tuple[object, ...], list[tuple[str, Fraction]]] = {}
    for one in rows:
        if not one.kind:
            continue
        if (cost := one.per_output) is not None:
            costs.setdefault((*_key(one, bounds), one.unit.casefold().strip()), []).append((one.id, cost))
        if (gain := one.points_per_million) is not None:
            gains.setdefault(_key(one, bounds), []).append((one.id, gain))
    return tuple(_beside(one, bounds, least, costs, gains) for one in rows)


def _key(one: Costed, bounds: Sequence[int]) -> tuple[object, ...]:
    return one.kind, one.year, size_class(one.villages, bounds)


def _beside(
    one: Costed,
    bounds: Sequence[int],
    least: int,
    costs: Mapping[tuple[object, ...], Sequence[tuple[str, Fraction]]],
    gains: Mapping[tuple[object, ...], Sequence[tuple[str, Fraction]]],
) -> Efficiency:
    key = _key(one, bounds)
    own = costs.get((*key, one.unit.casefold().strip()), ())
    others = [cost for name, cost in own if name != one.id]
    richer = [gain for name, gain in gains.get(key, ()) if name != one.id]
    has_cost, has_gain = one.per_output is not None, one.points_per_million is not None
    return Efficiency(
        one,
        size_class(one.villages, bounds),
        len(others),
        _quartiles(others) if has_cost and len(others) >= least else None,
        len(richer),
        _quartiles(richer) if has_gain and len(richer) >= least else None,
    )


def _quartiles(values: Sequence[Fraction]) -> Beside:
    pairs = [(value, Fraction(1)) for value in values]
    low, median, high = (quantile(pairs, place) for place in (QUARTER, HALF, THREE_QUARTERS))
    return Beside(len(values), low, median, high)
