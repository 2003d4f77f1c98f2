"""Numbers and dates as people write them: `1.432`, `12,5 %`, `24 November 2026`; in English `1,432`, `12.5%`.

Cases shared with the browser stand in `tests/kernel/cases/number.txt`. Rounding is half away from
zero on decimals, never on binary floats' dust: figures are given as `Decimal`, `int` or `Fraction`.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sidara.kernel.clock import WIB


class Language(StrEnum):
    """The languages of the screens, by their tags (BCP 47); Indonesian is the source of all words."""

    INDONESIAN = "id"
    ENGLISH = "en"


_INDONESIAN_MONTHS = (
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
_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS = {Language.INDONESIAN: _INDONESIAN_MONTHS, Language.ENGLISH: _ENGLISH_MONTHS}
_TURNED = str.maketrans(",.", ".,")
MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"


def rounded(value: Decimal | Fraction | int, decimals: int) -> Decimal:
    """Round half away from zero to `decimals` places, exactly."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{whole if exact >= 0 else -whole}E-{decimals}")


def format_number(
    value: Decimal | Fraction | int | None,
    decimals: int = 0,
    *,
    sign: bool = False,
    language: Language = Language.INDONESIAN,
) -> str:
    """Write a number in the style of a language; a missing one is an en dash."""
    if value is None:
        return "\N{EN DASH}"
    figure = rounded(value, decimals)
    text = f"{figure.copy_abs():,.{decimals}f}"
    if language is Language.INDONESIAN:
        text = text.translate(_TURNED)
    if figure < 0:
        return MINUS + text
    return "+" + text if sign and figure > 0 else text


def percent_sign(language: Language = Language.INDONESIAN) -> str:
    """Give what stands behind the number of a percentage: a blank and the sign, in English the sign alone."""
    return f"{NO_BREAK}%" if language is Language.INDONESIAN else "%"


def format_percent(
    part: Decimal | int,
    whole: Decimal | int,
    decimals: int = 0,
    *,
    language: Language = Language.INDONESIAN,
) -> str:
    """Write `part` of `whole` as a percentage with its sign, an en dash when there is no whole."""
    if not whole:
        return "\N{EN DASH}"
    share = Fraction(part) * 100 / Fraction(whole)
    return format_number(share, decimals, language=language) + percent_sign(language)


def format_date(day: date, *, language: Language = Language.INDONESIAN) -> str:
    """Write a day as `24 November 2026`; month names are the language's."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def format_moment(moment: datetime, *, language: Language = Language.INDONESIAN) -> str:
    """Write a moment in Asia/Jakarta: `24 November 2026, 10.05`, in English `24 November 2026, 10:05`."""
    local = moment.astimezone(WIB)
    sign = ":" if language is Language.ENGLISH else "."
    return f"{format_date(local.date(), language=language)}, {local:%H}{sign}{local:%M}"


def month_name(month: int, *, language: Language = Language.INDONESIAN) -> str:
    """Give the name of a month, 1 to 12."""
    return _MONTHS[language][month - 1]
