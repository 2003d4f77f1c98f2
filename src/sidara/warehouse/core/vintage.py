"""In which areas figures are told: as reported, in today's areas, or in those of a year.

Facts keep the region for which they were reported and are never rewritten. A vintage other than *as reported*
joins them with the lineage of the regions: `Moves` says where each region of each period lies in the areas
asked.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

import polars as pl

from sidara.kernel import period as periods
from sidara.kernel.finding import Finding
from sidara.regions.core import Lineage, Shares

MOVES = pl.Schema({"region_id": pl.Int64(), "period": pl.String(), "target_id": pl.Int64()})


class VintageKind(StrEnum):
    """Whose areas: those of each figure's own period, those of today, those of the end of a year."""

    AS_REPORTED = "dilaporkan"
    TODAY = "kini"
    YEAR = "tahun"


@dataclass(frozen=True, slots=True)
class Vintage:
    """The areas in which figures are told; `year` with YEAR only."""

    kind: VintageKind = VintageKind.AS_REPORTED
    year: int | None = None

    def __str__(self) -> str:
        """Write it as in addresses and on the command line: `dilaporkan`, `kini`, `2015`."""
        return str(self.year) if self.kind is VintageKind.YEAR else self.kind.value

    def day(self, today: date) -> date:
        """Give the day whose areas are asked: the last of the year, never one to come."""
        return today if self.year is None else min(date(self.year, 12, 31), today)


AS_REPORTED = Vintage()
TODAY = Vintage(VintageKind.TODAY)


def of_year(year: int) -> Vintage:
    """Give the areas of the end of a year."""
    return Vintage(VintageKind.YEAR, year)


def parse(text: str) -> Vintage | None:
    """Read `dilaporkan`, `kini` or a year; `None` when it is none."""
    word = text.strip().lower()
    for known in (AS_REPORTED, TODAY):
        if word == known.kind.value:
            return known
    found = periods.parse(word)
    is_year = found is not None and found.frequency is periods.Frequency.YEAR
    return of_year(found.year) if found is not None and is_year else None


def check_vintage(vintage: Vintage, *, today: date) -> tuple[Finding, ...]:
    """Refuse the areas of a year to come."""
    if vintage.year is None or vintage.year <= today.year:
        return ()
    return (
        Finding(
            "VINTAGE_IN_FUTURE",
            f"Tahun {vintage.year} belum tiba.",
            "Pilih tahun ini atau sebelumnya, 'kini', atau 'dilaporkan'.",
            value=str(vintage.year),
        ),
    )


@dataclass(frozen=True)
class Moves:
    """Where regions of some periods lie among the areas of a day.

    `shares`: (region, period) -> areas of the day with their share of it; `sources`: (area, period) -> all
    regions of that period that lie in it. Regions that are in no split or merge are themselves and absent.
    """

    shares: Mapping[tuple[int, str], Shares]
    sources: Mapping[tuple[int, str], frozenset[int]]

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Give the table that is joined with facts: region_id, period, target_id."""
        rows = [(region, period, to) for (region, period), shares in self.shares.items() for to in shares]
        return pl.DataFrame(rows, schema=MOVES, orient="row")


def moves(lineage: Lineage, texts: Iterable[str], *, at: date) -> Moves | None:
    """Work out the moves of some periods (their last day) into the areas of a day; `None` without any."""
    if not lineage.touched:
        return None
    shares: dict[tuple[int, str], Shares] = {}
    sources: dict[tuple[int, str], set[int]] = {}
    for text in texts:
        period = periods.parse(text)
        if period is None:
            continue
        for region in sorted(lineage.touched):
            found = lineage.shares(region, on=period.last_day, at=at)
            shares[region, text] = found
            if lineage.within(region, period.last_day) == period.last_day:
                for to in found:
                    sources.setdefault((to, text), set()).add(region)
    return Moves(shares, {key: frozenset(regions) for key, regions in sources.items()})


def stretches(texts: Sequence[str], change_days: Sequence[date]) -> dict[date | None, tuple[str, ...]]:
    """Put periods together that saw the same areas: a day of each stretch, `None` for today's, its periods.

    `change_days` are those from which on any area was another one, sorted.
    """
    found: dict[date | None, list[str]] = {}
    for text in texts:
        period = periods.parse(text)
        place = len(change_days) if period is None else bisect_right(change_days, period.last_day)
        is_now = place == len(change_days)
        day = None if is_now else change_days[place - 1] if place else date.min
        found.setdefault(day, []).append(text)
    return {day: tuple(members) for day, members in found.items()}
