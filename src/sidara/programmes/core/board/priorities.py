"""Priority programmes: who needs them, who is served by activities of which level, what money they have."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sidara.programmes.core.words import Level


@dataclass(frozen=True, slots=True)
class Need:
    """A village needs it where an indicator, or the score of an item, lies below or above a bound."""

    indicator: str = ""
    index: str = ""
    item: str = ""
    below: Fraction | None = None
    above: Fraction | None = None

    def holds(self, value: Fraction) -> bool:
        """Say whether a village with this figure needs it."""
        is_low = self.below is not None and value < self.below
        is_high = self.above is not None and value > self.above
        return is_low or is_high


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority programme; goals name it by `goal`."""

    code: str
    name: str
    goal: str
    need: Need
    reason: str


@dataclass(frozen=True, slots=True)
class PriorityContent:
    """The list; `is_simulated` = no official source stands behind it, and it is shown as SIMULASI."""

    source: str
    whose: str
    is_simulated: bool
    priorities: tuple[Priority, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """An activity for a priority: its level and the villages that it serves."""

    level: Level
    villages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Money:
    """Ceilings in whole rupiah: of the original document, and as they hold now; `None` = none stated."""

    original: int | None
    revised: int | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a priority is covered.

    `needy` of the `known` villages need it, `served` of them have an activity, `beside` villages have one and
    do not need it, `unknown` villages with one of which the need is not known. `levels` counts villages in
    need that each level serves. Shares of money are of all plan lines of the year; no line = `None`.
    """

    priority: Priority
    goals: int
    known: int
    villages: int
    needy: int
    served: int
    beside: int
    unknown: int
    levels: Mapping[Level, int]
    money: Money
    whole: Money

    @property
    def share(self) -> Fraction | None:
        """The part of the villages in need that is served."""
        return Fraction(self.served, self.needy) if self.needy else None

    @property
    def original_share(self) -> Fraction | None:
        """The part of the money of the original documents."""
        return _part(self.money.original, self.whole.original)

    @property
    def revised_share(self) -> Fraction | None:
        """The part of the money as it holds now."""
        return _part(self.money.revised, self.whole.revised)


def cover(  # noqa: PLR0913 - what is held beside each other
    priority: Priority,
    figures: Mapping[str, Fraction | None],
    efforts: Iterable[Effort],
    *,
    goals: int,
    money: Money,
    whole: Money,
) -> Coverage:
    """Hold the villages in need against those that are served; `figures` = the indicator by village."""
    known = {code: value for code, value in figures.items() if value is not None}
    needy = {code for code, value in known.items() if priority.need.holds(value)}
    told = list(efforts)
    served: set[str] = set().union(*(one.villages for one in told)) if told else set()
    levels = {
        level: len(needy & _of_level(told, level))
        for level in Level
        if any(one.level is level for one in told)
    }
    return Coverage(
        priority,
        goals,
        len(known),
        len(figures),
        len(needy),
        len(needy & served),
        len((served & known.keys()) - needy),
        len(served - known.keys()),
        levels,
        money,
        whole,
    )


def added(ceilings: Collection[tuple[int | None, int | None]]) -> Money:
    """Add ceilings (original, revised) up; a line without a revised one keeps its original one."""
    original = [first for first, _ in ceilings if first is not None]
    revised = [
        ceiling for first, second in ceilings if (ceiling := first if second is None else second) is not None
    ]
    return Money(sum(original) if original else None, sum(revised) if revised else None)


def _of_level(efforts: Iterable[Effort], level: Level) -> set[str]:
    return set().union(*(one.villages for one in efforts if one.level is level))


def _part(part: int | None, whole: int | None) -> Fraction | None:
    return Fraction(part or 0, whole) if whole else None
