"""What money may buy: moves of villages with gain and cost, a ceiling, and limits of fairness. Whole numbers.

Words: a move is one thing that can be done in a village; of moves with the same `group` at most one is
taken; an area (kabupaten) holds villages; a plan is a choice of moves. Gains and costs are whole numbers of
their smallest unit, so that every sum and every limit is judged exactly.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """Something to be done in a village: `gain` and `cost` >= 0; `name` is for people (`S34 1 -> 3`)."""

    village: str
    group: str
    gain: int
    cost: int
    name: str = ""


class Base(StrEnum):
    """What shares are shares of: the ceiling, the money that a plan spends, or what it gains."""

    CEILING = "pagu"
    SPENT = "terpakai"
    GAIN = "manfaat"


@dataclass(frozen=True, slots=True)
class Bound:
    """What an area gets: a share (0 to 1) at least and at most, and so many villages at least."""

    least: Fraction | None = None
    most: Fraction | None = None
    villages: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of fairness by area; an area that is not named has none."""

    base: Base = Base.CEILING
    areas: Mapping[str, Bound] = field(default_factory=dict)


class LimitKind(StrEnum):
    """The kinds of limits; the ceiling is one, too."""

    CEILING = "pagu"
    LEAST = "minimal"
    MOST = "maksimal"
    VILLAGES = "desa"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: of which kind, and of which area (the ceiling has none)."""

    kind: LimitKind
    area: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """What an area gets in a plan; `part` is its share of the base, `None` where the base is 0."""

    area: str
    cost: int
    gain: int
    villages: int
    part: Fraction | None


@dataclass(frozen=True)
class Plan:
    """Moves that were chosen, by village and group; `shares` of every area, `broken` limits."""

    moves: tuple[Move, ...]
    gain: int
    cost: int
    shares: tuple[Share, ...]
    broken: tuple[Limit, ...]

    @cached_property
    def villages(self) -> tuple[str, ...]:
        """Give the villages that are served, by code."""
        return tuple(sorted({one.village for one in self.moves}))

    @property
    def is_kept(self) -> bool:
        """Say whether the plan keeps to the ceiling and every limit."""
        return not self.broken


@dataclass(frozen=True)
class Problem:
    """What may be done, where villages lie (`area_of`), the ceiling and the limits.

    Refuses (`ValueError`) negative figures and villages without an area.
    """

    moves: tuple[Move, ...]
    area_of: Mapping[str, str]
    budget: int
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Hold the moves in one order and refuse what has no meaning."""
        object.__setattr__(self, "moves", tuple(sorted(self.moves)))
        if self.budget < 0 or any(one.gain < 0 or one.cost < 0 for one in self.moves):
            raise ValueError("gains, costs and the ceiling are 0 or more")
        lost = {one.village for one in self.moves} - self.area_of.keys()
        if lost:
            raise ValueError(f"no area of {sorted(lost)[:3]}")

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Give every area with a village or a limit, by code."""
        return tuple(sorted({*self.area_of.values(), *self.limits.areas}))

    @cached_property
    def groups(self) -> Mapping[tuple[str, str], tuple[Move, ...]]:
        """Give the moves of which one at most is taken, by village and group."""
        made: dict[tuple[str, str], list[Move]] = {}
        for one in self.moves:
            made.setdefault((one.village, one.group), []).append(one)
        return {key: tuple(moves) for key, moves in made.items()}

    def bound(self, area: str) -> Bound:
        """Give the limits of an area."""
        return self.limits.areas.get(area, Bound())

    def plan(self, chosen: Iterable[Move]) -> Plan:
        """Sum up chosen moves and judge every limit, in whole numbers and fractions only.

        Raises `ValueError` where two moves of one group are chosen: that is no plan.
        """
        moves = tuple(sorted(chosen))
        if len({(one.village, one.group) for one in moves}) < len(moves):
            raise ValueError("two moves of one group")
        gain, cost = sum(one.gain for one in moves), sum(one.cost for one in moves)
        shares = tuple(self._shares(moves, gain, cost))
        broken = [Limit(LimitKind.CEILING)] if cost > self.budget else []
        return Plan(
            moves, gain, cost, shares, (*broken, *(one for own in shares for one in self._broken(own)))
        )

    def _shares(self, moves: Sequence[Move], gain: int, cost: int) -> Iterator[Share]:
        costs, gains = Counter[str](), Counter[str]()
        served: dict[str, set[str]] = {}
        for one in moves:
            area = self.area_of[one.village]
            costs[area] += one.cost
            gains[area] += one.gain
            served.setdefault(area, set()).add(one.village)
        whole = {Base.CEILING: self.budget, Base.SPENT: cost, Base.GAIN: gain}[self.limits.base]
        for area in self.areas:
            own = gains[area] if self.limits.base is Base.GAIN else costs[area]
            part = Fraction(own, whole) if whole else None
            yield Share(area, costs[area], gains[area], len(served.get(area, ())), part)

    def _broken(self, share: Share) -> Iterator[Limit]:
        bound = self.bound(share.area)
        if bound.least is not None and share.part is not None and share.part < bound.least:
            yield Limit(LimitKind.LEAST, share.area)
        if bound.most is not None and share.part is not None and share.part > bound.most:
            yield Limit(LimitKind.MOST, share.area)
        if bound.villages is not None and share.villages < bound.villages:
            yield Limit(LimitKind.VILLAGES, share.area)
