"""Villages in the order of their need, with the places that they could have, and what the weights do to it.

The most sure need (the least that it can be) stands first, then the most possible one, then the lower code. A
village's best and worst place are over all that the needs of it and the others can be; equal needs stand in
the order of codes there, too, so that a sure ranking has one place each.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import lcm

from sidara.programmes.core.targeting.need import Needs, Needy, Span

SHARES = (Fraction(1, 20), Fraction(1, 10))
"""How much of the whole weight moves from one part to another, as `indices` does with sub-indices."""
MOST_PARTS = 10
"""With more parts than that the shifts of weights are left out, and that is said."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A `share` of the whole weight moves from part `giver` to part `taker` (their keys)."""

    giver: str
    taker: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Ranked:
    """A village at its place (1 = the most need), with the best and worst that it can have.

    `place_low` and `place_high`: its best and worst place when weights are moved; `shifts_in_top`: at how
    many shifts it is among the first `top`. `None` where no weights were moved.
    """

    village: Needy
    place: int
    best: int
    worst: int
    place_low: int | None = None
    place_high: int | None = None
    shifts_in_top: int | None = None


@dataclass(frozen=True)
class Ranking:
    """All villages by place, and the shifts of weights that were tried; `top` = how many are looked at."""

    needs: Needs
    rows: tuple[Ranked, ...]
    top: int
    shifts: tuple[Shift, ...]

    @property
    def sure(self) -> tuple[Ranked, ...]:
        """Give the villages that are among the first `top` whatever is not known turns out to be."""
        return tuple(one for one in self.rows if one.worst <= self.top)

    @property
    def possible(self) -> tuple[Ranked, ...]:
        """Give those that could be among the first `top`."""
        return tuple(one for one in self.rows if one.best <= self.top)


def ranking(needs: Needs, top: int) -> Ranking:
    """Put villages in order; `top` counts from 1."""
    order = _order([(one.need.least, one.need.most, one.code) for one in needs.villages])
    ranges = places([(one.need, one.code) for one in needs.villages])
    shifts = tuple(_shifts(needs))
    whole = _whole(needs) if shifts else None
    moved = [_order(whole.shifted(one)) for one in shifts] if whole else []
    rows = []
    for at, village in enumerate(needs.villages):
        tried = [one[at] for one in moved]
        rows.append(
            Ranked(
                village,
                order[at],
                *ranges[at],
                min([order[at], *tried]) if shifts else None,
                max([order[at], *tried]) if shifts else None,
                sum(one <= top for one in tried) if shifts else None,
            )
        )
    return Ranking(needs, tuple(sorted(rows, key=lambda one: one.place)), top, shifts)


def places(villages: Sequence[tuple[Span, str]]) -> list[tuple[int, int]]:
    """Give the best and worst place of each (need, code), over all that needs can be."""
    sure = sorted((-span.least, code) for span, code in villages)
    could = sorted((-span.most, code) for span, code in villages)
    found = []
    for span, code in villages:
        best = 1 + bisect_left(sure, (-span.most, code))
        ahead = bisect_left(could, (-span.least, code))
        itself = (-span.most, code) < (-span.least, code)
        found.append((best, 1 + ahead - itself))
    return found


def _order(villages: Sequence[tuple[Fraction | int, Fraction | int, str]]) -> list[int]:
    """Give the place of each (least, most, code), in the order in which they came."""
    keys = [(-least, -most, code, at) for at, (least, most, code) in enumerate(villages)]
    found = [0] * len(keys)
    for place, (*_, at) in enumerate(sorted(keys), 1):
        found[at] = place
    return found


def _shifts(needs: Needs) -> Iterator[Shift]:
    """Give every shift whose giver weighs more than that."""
    if not 1 < len(needs.parts) <= MOST_PARTS:
        return
    weight = {part.key: own for part, own in zip(needs.parts, needs.weights, strict=True)}
    for share in SHARES:
        for giver, taker in permutations(weight, 2):
            if weight[giver] > share:
                yield Shift(giver, taker, share)


@dataclass(frozen=True)
class _Whole:
    """Needs and their parts as whole numbers of one unit: sorting those is quick, and exact."""

    needs: Needs
    codes: tuple[str, ...]
    least: tuple[tuple[int, ...], ...]
    most: tuple[tuple[int, ...], ...]

    def shifted(self, shift: Shift) -> list[tuple[int, int, str]]:
        """Give needs with the weights moved: only what the two parts differ by changes."""
        keys = [one.key for one in self.needs.parts]
        giver, taker = keys.index(shift.giver), keys.index(shift.taker)
        number, unit = shift.share.numerator, shift.share.denominator
        return [
            (
                least[-1] * unit + number * (least[taker] - least[giver]),
                most[-1] * unit + number * (most[taker] - most[giver]),
                code,
            )
            for least, most, code in zip(self.least, self.most, self.codes, strict=True)
        ]


def _whole(needs: Needs) -> _Whole:
    rows = [(*one.parts, one.need) for one in needs.villages]
    unit = lcm(*{side.denominator for row in rows for span in row for side in (span.least, span.most)})
    least = tuple(tuple(int(span.least * unit) for span in row) for row in rows)
    most = tuple(tuple(int(span.most * unit) for span in row) for row in rows)
    return _Whole(needs, tuple(one.code for one in needs.villages), least, most)
