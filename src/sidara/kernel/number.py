"""Numbers and dates as people write them here: `1.432`, `12,5 %`, `24 November 2026`.

Cases shared with the browser stand in `tests/kernel/cases/number.txt`. Rounding is half away from
zero on decimals, never on binary floats' dust: figures are given as `Decimal`, `int` or `Fraction`.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"


def rounded(value: Decimal | Fraction | int, decimals: int) -> Decimal:
    """Round half away from zero to `decimals` places, exactly."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{whole if exact >= 0 else -whole}E-{decimals}")


def format_number(value: Decimal | Fraction | int | None, decimals: int = 0, *, sign: bool = False) -> str:
    """Write a number in the Indonesian style; a missing one is an en dash."""
    if value is None:
        return "\N{EN DASH}"
    figure = rounded(value, decimals)
    text = f"{figure.copy_abs():,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    if figure < 0:
        return MINUS + text
    return "+" + text if sign and figure > 0 else text


def format_percent(part: Decimal | int, whole: Decimal | int, decimals: int = 0) -> str:
    """Write `part` of `whole` as a percentage with its sign, an en dash when there is no whole."""
    if not whole:
        return "\N{EN DASH}"
    return f"{format_number(Fraction(part) * 100 / Fraction(whole), decimals)}{NO_BREAK}%"


def format_date(day: date) -> str:
    """Write a day as `24 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
