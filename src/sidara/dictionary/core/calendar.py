"""Windows and planning: when a form is open, due and closed, and which step of planning its data are for.

A window says days relative to the end of a period, so that one entry holds for every year. Milestones are the
planning calendar of village, kabupaten, province. Neither is part of the version of a form.
"""

import calendar
from datetime import date
from typing import Literal

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from sidara.dictionary.core.words import Confidence

_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=False)
type Government = Literal["desa", "kabupaten", "provinsi", "pusat"]


@dataclass(frozen=True, config=_STRICT)
class DayAfter:
    """A day counted from the month in which a period ends: `months` later (0 = that month), its `day`.

    A day that the month lacks is its last one: day 31 of February is the 28th or 29th.
    """

    months: int
    day: int

    def after(self, end: date) -> date:
        """Give the day for a period that ends on `end`."""
        return _clamped(end.year, end.month + self.months, self.day)


@dataclass(frozen=True, config=_STRICT)
class DayOfYear:
    """A day that comes back every year."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """Give the day in a year; 29 February is the 28th in a year that lacks it."""
        return _clamped(year, self.month, self.day)


@dataclass(frozen=True, config=_STRICT)
class Days:
    """A span of days of a year, first and last."""

    starts: DayOfYear
    ends: DayOfYear


@dataclass(frozen=True, config=_STRICT)
class Window:
    """When forms are open (jendela): opens, due, until when what comes late is taken with a mark.

    `regions` = codes of kabupaten, kecamatan or desa for which it holds; empty = everywhere else. `serves` =
    milestones for which the data must be ready. It holds for periods whose last day lies in `valid_from` to
    `valid_to`. `confidence: inferred` = proposed, not decided. Drafts may be kept before and after.
    """

    code: str
    name: str
    forms: tuple[str, ...]
    opens: DayAfter
    due: DayAfter
    late_until: DayAfter
    source: str
    confidence: Confidence
    regions: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""

    def holds_for(self, end: date) -> bool:
        """Whether it holds for a period that ends on `end`."""
        return (self.valid_from or end) <= end <= (self.valid_to or end)


@dataclass(frozen=True, config=_STRICT)
class Milestone:
    """A step of planning (tonggak perencanaan): who takes it and when it comes back every year.

    `when` is the time as the source writes it, `days` how it is read, once or several times a year; none
    where the sources that were read set none.
    """

    code: str
    name: str
    levels: tuple[Government, ...]
    when: str
    source: str
    confidence: Confidence
    days: tuple[Days, ...] = ()
    note: str = ""


def _clamped(year: int, month: int, day: int) -> date:
    """Give a day of a month counted over the ends of years; a day that the month lacks is its last."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
