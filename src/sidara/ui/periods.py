"""Periods in words, in the language of the page."""

from sidara.kernel import period as periods
from sidara.kernel.period import Period
from sidara.ui.language import active


def format_period(period: Period) -> str:
    """Write a period for readers: `2026`, `semester 1 2026`, `triwulan 2 2026`, `Maret 2026`."""
    return periods.format_period(period, language=active())


def format_code(text: str) -> str:
    """Write a period that is given by its SDMX text; another text stays as it is."""
    found = periods.parse(text)
    return text if found is None else format_period(found)


def with_preceding(period: Period) -> tuple[str, str]:
    """Write a period and the one before it, as the script of a form takes them."""
    return format_period(period), format_period(period.preceding)
