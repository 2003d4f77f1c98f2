"""Periods in words, in the language of the page."""

from sidara.kernel.period import Frequency, Period
from sidara.ui.language import month_name, say


def format_period(period: Period) -> str:
    """Write a period for readers: `2026`, `semester 1 2026`, `triwulan 2 2026`, `Maret 2026`."""
    part = str(period)[-1]
    match period.frequency:
        case Frequency.SEMESTER:
            return say("semester {part} {year}", part=part, year=period.year)
        case Frequency.QUARTER:
            return say("triwulan {part} {year}", part=part, year=period.year)
        case Frequency.MONTH:
            return f"{month_name(period.first_day.month)} {period.year}"
        case Frequency.YEAR:
            return str(period.year)


def in_words(period: Period) -> tuple[str, str]:
    """Write a period and the one before it for the script of a form."""
    return format_period(period), format_period(period.preceding)
