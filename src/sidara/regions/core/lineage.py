"""How areas follow one another: successions, and what became of an area on another day.

A succession says that from `day` on a share of the old region is (part of) the new one. Going forward the
shares of an old region add up to 1, going back those of a new one do; so nothing is lost and nothing counted
twice, over any number of steps. All shares are exact fractions. A split or merge may name a region on both
sides: it goes on under its id with less or more than before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from operator import attrgetter

ONE = Fraction(1)
DAY = timedelta(days=1)


class Change(StrEnum):
    """What happened to an area. Only the first three make ids or end them; the others keep the id."""

    SPLIT = "pecah"
    MERGE = "gabung"
    NEW = "baru"
    RENAME = "ganti_nama"
    RECODE = "ganti_kode"
    REPARENT = "pindah_induk"

    @property
    def is_structural(self) -> bool:
        """Whether areas come or go."""
        return self in {Change.SPLIT, Change.MERGE, Change.NEW}

    @property
    def label(self) -> str:
        """The words on screen, first letter upper case."""
        return _LABELS[self]


_LABELS = {
    Change.SPLIT: "Pemekaran",
    Change.MERGE: "Penggabungan",
    Change.NEW: "Pembentukan",
    Change.RENAME: "Ganti nama",
    Change.RECODE: "Ganti kode",
    Change.REPARENT: "Pindah induk",
}


@dataclass(frozen=True, slots=True)
class Succession:
    """One link: `share` of `old` (until the day before) is in `new` (from `day` on).

    `share_back` is the part of `new` that came from `old`. `old` is `None` for an area that is new from
    nowhere, and `new` itself where the id is kept.
    """

    old: int | None
    new: int
    day: date
    kind: Change
    share: Fraction = ONE
    share_back: Fraction = ONE


type Shares = Mapping[int, Fraction]
"""Regions with the share that each has of something; the shares add up to 1."""


@dataclass(frozen=True)
class Lineage:
    """All successions of a register. Without any, every area is itself on every day."""

    successions: tuple[Succession, ...] = ()

    @cached_property
    def _steps(self) -> tuple[Succession, ...]:
        """Links between areas, in the order of days."""
        steps = [one for one in self.successions if one.kind.is_structural]
        return tuple(sorted(steps, key=attrgetter("day")))

    @cached_property
    def _ahead(self) -> Mapping[int, tuple[tuple[date, dict[int, Fraction]], ...]]:
        """By old region: each day on which it changed, and what it became."""
        return _grouped((one.old, one.day, one.new, one.share) for one in self._steps)

    @cached_property
    def _back(self) -> Mapping[int, tuple[tuple[date, dict[int, Fraction]], ...]]:
        """By new region: each day on which it changed, and what it came from, the last one first."""
        links = ((one.new, one.day, one.old, one.share_back) for one in self._steps if one.old is not None)
        return {region: tuple(reversed(days)) for region, days in _grouped(links).items()}

    @cached_property
    def births(self) -> Mapping[int, date]:
        """The first day of each region that a split, a merge or a foundation made."""
        before = {(one.old, one.day) for one in self._steps}
        return {one.new: one.day for one in self._steps if (one.new, one.day) not in before}

    @cached_property
    def ends(self) -> Mapping[int, date]:
        """The last day of each region that a split or a merge ended."""
        after = {(one.new, one.day) for one in self._steps}
        links = ((one.old, one.day) for one in self._steps if one.old is not None)
        return {old: day - DAY for old, day in links if (old, day) not in after}

    @cached_property
    def touched(self) -> frozenset[int]:
        """Regions that are more than themselves on some day: those of splits and merges."""
        links = [one for one in self._steps if one.old is not None]
        return frozenset(region for one in links for region in (one.old, one.new) if region is not None)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which any area came, went, or changed its name, code or parent; sorted."""
        return tuple(sorted({one.day for one in self.successions}))

    def within(self, region: int, on: date) -> date:
        """Give the day nearest to `on` on which the region exists."""
        birth, end = self.births.get(region), self.ends.get(region)
        if end is not None and on > end:
            return end
        return birth if birth is not None and on < birth else on

    def shares(self, region: int, *, on: date, at: date) -> Shares:
        """Tell where a region as it was `on` a day lies among the areas `at` another; the shares add up to 1.

        A region that did not exist on that day counts as on its nearest day. Going back beyond the day of an
        area that came from nowhere, it stays itself.
        """
        day = self.within(region, on)
        return self._forward(region, day, at) if at >= day else self._backward(region, day, at)

    def _forward(self, region: int, on: date, at: date) -> dict[int, Fraction]:
        for day, parts in self._ahead.get(region, ()):
            if on < day <= at:
                return _sum((share, self._forward(new, day, at)) for new, share in parts.items())
        return {region: ONE}

    def _backward(self, region: int, on: date, at: date) -> dict[int, Fraction]:
        for day, parts in self._back.get(region, ()):
            if at < day <= on:
                return _sum((share, self._backward(old, day - DAY, at)) for old, share in parts.items())
        return {region: ONE}

    def main(self, region: int, *, on: date, at: date) -> int:
        """Give the area `at` a day that holds most of a region `on` another; of equals the oldest."""
        shares = self.shares(region, on=on, at=at)
        return max(sorted(shares), key=lambda one: shares[one])


def _grouped(
    links: Iterable[tuple[int | None, date, int, Fraction]],
) -> dict[int, tuple[tuple[date, dict[int, Fraction]], ...]]:
    """Gather links (from, day, to, share) by where they start and day, days in order."""
    found: dict[int, dict[date, dict[int, Fraction]]] = {}
    for start, day, end, share in links:
        if start is not None:
            found.setdefault(start, {}).setdefault(day, {})[end] = share
    return {start: tuple(sorted(days.items())) for start, days in found.items()}


def _sum(parts: Iterable[tuple[Fraction, Mapping[int, Fraction]]]) -> dict[int, Fraction]:
    """Add up shares of shares."""
    total: dict[int, Fraction] = {}
    for share, inner in parts:
        for region, own in inner.items():
            total[region] = total.get(region, Fraction(0)) + share * own
    return total


def apportion(amount: int, shares: Shares) -> dict[int, int]:
    """Divide whole units by shares (that add up to 1), the rest by largest remainder; the sum is the amount.

    Equal remainders go to the smaller id. A negative amount is divided like its opposite.
    """
    sign = -1 if amount < 0 else 1
    quotas = {region: abs(amount) * share for region, share in shares.items()}
    whole = {region: quota.numerator // quota.denominator for region, quota in quotas.items()}
    rest = abs(amount) - sum(whole.values())
    order = sorted(quotas, key=lambda region: (whole[region] - quotas[region], region))
    for region in order[:rest]:
        whole[region] += 1
    return {region: sign * count for region, count in whole.items()}
