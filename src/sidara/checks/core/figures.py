"""Figures in messages, as people write them: grouped numbers, days in words, labels of choices."""

from datetime import date
from fractions import Fraction

from sidara.checks.core.book import Item, Type
from sidara.expressions import Value
from sidara.kernel.number import format_date, format_number

MOST_DECIMALS = 4
UNKNOWN = "(belum diketahui)"


def figure(value: Value, item: Item | None) -> str:
    """Write a value as the item is shown; a number that is no item's own keeps up to four decimals."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, str):
        return _labels(value, item)
    if item is not None and item.code and _fits(value, item.decimals):
        return format_number(value, item.decimals)
    return format_number(value, next((n for n in range(MOST_DECIMALS) if _fits(value, n)), MOST_DECIMALS))


def year(value: Value) -> str:
    """Write a year, which is never grouped: `2026`."""
    return UNKNOWN if value is None else str(value)


def _fits(value: Fraction, decimals: int) -> bool:
    return (value * int(10**decimals)).denominator == 1


def _labels(codes: str, item: Item | None) -> str:
    """Give the labels of a choice, or of several that stand apart by a blank."""
    options = {} if item is None else item.options
    if item is not None and item.type is Type.CHOICES:
        return ", ".join(options.get(code, code) for code in codes.split())
    return options.get(codes, codes)
