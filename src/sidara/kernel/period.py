"""Periods: SDMX text outside (`2026`, `2026-S1`, `2026-Q1`, `2026-03`), dates inside.

Source: SDMX 3.0 section 6, observational time period (Gregorian year, reporting semester and
quarter, Gregorian month).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from sidara.kernel.number import Language, month_name


class Frequency(StrEnum):
    """How often a thing is asked, in the letters of SDMX CL_FREQ."""

    YEAR = "A"
    SEMESTER = "S"
    QUARTER = "Q"
    MONTH = "M"


_MONTHS = {Frequency.YEAR: 12, Frequency.SEMESTER: 6, Frequency.QUARTER: 3, Frequency.MONTH: 1}
_WORDS = {
    (Frequency.SEMESTER, Language.INDONESIAN): "semester",
    (Frequency.SEMESTER, Language.ENGLISH): "semester",
    (Frequency.QUARTER, Language.INDONESIAN): "triwulan",
    (Frequency.QUARTER, Language.ENGLISH): "quarter",
}
_TEXT = re.compile(r"(?P<year>[12]\d{3})(?:-(?P<kind>[SQ])(?P<part>\d)|-(?P<month>\d{2}))?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1945, 2100
KEPT = 4096
"""How many periods are kept ready: judging one form asks for the same few thousands of times."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole months, ordered by its first day."""

    first_day: date
    last_day: date
    frequency: Frequency

    @property
    def year(self) -> int:
        """The calendar year in which the period lies."""
        return self.first_day.year

    @property
    def preceding(self) -> "Period":
        """The period of the same frequency that ends the day before this one begins."""
        return containing(self.frequency, self.first_day - timedelta(days=1))

    @property
    def year_earlier(self) -> "Period":
        """The same period of the year before."""
        return containing(self.frequency, self.first_day.replace(year=self.year - 1))

    def parts(self, frequency: Frequency) -> tuple["Period", ...]:
        """Give the periods of `frequency` that lie wholly inside, oldest first; none where it is coarser."""
        found: list[Period] = []
        part = last_ended(frequency, self.last_day)
        while part.first_day >= self.first_day:
            found.append(part)
            part = part.preceding
        return tuple(reversed(found))

    def __str__(self) -> str:
        """Give the SDMX text."""
        month = self.first_day.month
        match self.frequency:
            case Frequency.YEAR:
                return f"{self.year}"
            case Frequency.MONTH:
                return f"{self.year}-{month:02d}"
            case _:
                part = (month - 1) // _MONTHS[self.frequency] + 1
                return f"{self.year}-{self.frequency}{part}"


def format_period(period: Period, *, language: Language = Language.INDONESIAN) -> str:
    """Write a period for readers: `2026`, `semester 1 2026`, `triwulan 2 2026`, `Maret 2026`."""
    match period.frequency:
        case Frequency.YEAR:
            return str(period.year)
        case Frequency.MONTH:
            return f"{month_name(period.first_day.month, language=language)} {period.year}"
        case _:
            return f"{_WORDS[period.frequency, language]} {str(period)[-1]} {period.year}"


@lru_cache(maxsize=KEPT)
def parse(text: str) -> Period | None:
    """Read the SDMX text of a period; `None` when it is none (years 1945 to 2100)."""
    match = _TEXT.fullmatch(text)
    if match is None or not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
        return None
    year_number = int(match["year"])
    if match["month"]:
        frequency, part = Frequency.MONTH, int(match["month"])
    elif match["kind"]:
        frequency, part = Frequency(match["kind"]), int(match["part"])
    else:
        frequency, part = Frequency.YEAR, 1
    months = _MONTHS[frequency]
    if not 1 <= part <= 12 // months:
        return None
    last_month = part * months
    return Period(
        first_day=date(year_number, last_month - months + 1, 1),
        last_day=date(year_number, last_month, calendar.monthrange(year_number, last_month)[1]),
        frequency=frequency,
    )


def year(number: int) -> Period:
    """The calendar year `number` as a period."""
    return Period(date(number, 1, 1), date(number, 12, 31), Frequency.YEAR)


@lru_cache(maxsize=KEPT)
def containing(frequency: Frequency, day: date) -> Period:
    """The period of that frequency in which `day` lies."""
    months = _MONTHS[frequency]
    last_month = ((day.month - 1) // months + 1) * months
    return Period(
        first_day=date(day.year, last_month - months + 1, 1),
        last_day=date(day.year, last_month, calendar.monthrange(day.year, last_month)[1]),
        frequency=frequency,
    )


def last_ended(frequency: Frequency, day: date) -> Period:
    """The last period of that frequency that has ended on `day` or before."""
    period = containing(frequency, day)
    return period if period.last_day <= day else period.preceding
