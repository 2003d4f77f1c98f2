"""How much a village needs something: parts, each normalised from 0 (no need) to 1 (the most), then weighed.

A part that is not known is anything from 0 to 1, one that is a span stays a span; nothing is guessed. So a
need is a span, too. Words: part (what is read), figure (as it was read), need (0 to 1, the weighed mean).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property


class Sense(StrEnum):
    """Which figures need more."""

    MORE = "besar"
    LESS = "kecil"


class Scale(StrEnum):
    """Where 0 and 1 stand: at the ends that the part can have, or at those seen among the villages asked."""

    FIXED = "tetap"
    SEEN = "teramati"


class Source(StrEnum):
    """What a part is read from."""

    INDEX = "indeks"
    ITEM = "butir"
    STATUS = "status"
    INDICATOR = "indikator"
    VARIABLE = "variabel"
    FORMULA = "rumus"


@dataclass(frozen=True, slots=True)
class Span:
    """What a figure or a need can be, at least and at most; a figure that is sure has both alike."""

    least: Fraction
    most: Fraction

    @property
    def is_sure(self) -> bool:
        """Say whether there is one value only."""
        return self.least == self.most

    @staticmethod
    def of(value: Fraction | int) -> "Span":
        """Give the span of what is sure."""
        return Span(Fraction(value), Fraction(value))


UNKNOWN = Span(Fraction(0), Fraction(1))
"""The need of a part of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a need: `key` as it was asked, in words `label` and `unit`, what it weighs (> 0).

    `ends`: the lowest and highest figure that there can be; `None` = those seen among the villages asked.
    """

    key: str
    label: str
    source: Source
    unit: str = ""
    weight: Fraction = Fraction(1)
    sense: Sense = Sense.MORE
    ends: tuple[Fraction, Fraction] | None = None
    decimals: int = 0

    @property
    def scale(self) -> Scale:
        """Say where 0 and 1 stand."""
        return Scale.SEEN if self.ends is None else Scale.FIXED


@dataclass(frozen=True, slots=True)
class Asked:
    """A village with the figures of its parts, in their order; `None` = not known."""

    code: str
    name: str
    figures: tuple[Span | None, ...]


@dataclass(frozen=True, slots=True)
class Needy:
    """A village with its need: of each part, and altogether (0 to 1)."""

    code: str
    name: str
    figures: tuple[Span | None, ...]
    parts: tuple[Span, ...]
    need: Span


@dataclass(frozen=True)
class Needs:
    """The needs of villages, in the order in which they were asked.

    `ends`: what stood at 0 and 1 of each part (lower figure first), `None` where no figure is known or all
    are alike: such a part sets no village apart and counts 0 wherever it is known.
    """

    parts: tuple[Part, ...]
    ends: tuple[tuple[Fraction, Fraction] | None, ...]
    villages: tuple[Needy, ...]
    weights: tuple[Fraction, ...] = field(default=())

    @cached_property
    def unsure(self) -> int:
        """Count the villages whose need is a span."""
        return sum(not one.need.is_sure for one in self.villages)


def needs(parts: Sequence[Part], villages: Sequence[Asked]) -> Needs:
    """Normalise each part, weigh them, and give every village its need.

    Refuses (`ValueError`) no parts, and weights of 0 or less.
    """
    if not parts or any(one.weight <= 0 for one in parts):
        raise ValueError("parts with weights above 0 are needed")
    ends = tuple(one.ends or _seen(villages, at) for at, one in enumerate(parts))
    ends = tuple(one if one is not None and one[0] < one[1] else None for one in ends)
    whole = sum((one.weight for one in parts), Fraction(0))
    weights = tuple(one.weight / whole for one in parts)
    made = []
    for village in villages:
        own = tuple(
            normalised(figure, part.sense, end)
            for figure, part, end in zip(village.figures, parts, ends, strict=True)
        )
        made.append(Needy(village.code, village.name, village.figures, own, weighed(own, weights)))
    return Needs(tuple(parts), ends, tuple(made), weights)


def normalised(figure: Span | None, sense: Sense, ends: tuple[Fraction, Fraction] | None) -> Span:
    """Give a figure as need from 0 to 1; figures outside the ends stand at the ends."""
    if figure is None:
        return UNKNOWN
    if ends is None:
        return Span.of(0)
    low, high = ends
    first, last = (
        min(max((one - low) / (high - low), Fraction(0)), Fraction(1)) for one in (figure.least, figure.most)
    )
    return Span(first, last) if sense is Sense.MORE else Span(1 - last, 1 - first)


def weighed(parts: Sequence[Span], weights: Sequence[Fraction]) -> Span:
    """Give the weighed mean of spans; weights sum to 1."""
    pairs = list(zip(parts, weights, strict=True))
    least = sum((one.least * weight for one, weight in pairs), Fraction(0))
    return Span(least, sum((one.most * weight for one, weight in pairs), Fraction(0)))


def _seen(villages: Sequence[Asked], at: int) -> tuple[Fraction, Fraction] | None:
    """Give the lowest and highest figure that is sure."""
    sure = [one.least for village in villages if (one := village.figures[at]) is not None and one.is_sure]
    return (min(sure), max(sure)) if sure else None
