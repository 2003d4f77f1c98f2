"""The language of the screen: words, numbers and dates in the form of the one that is active.

Indonesian sentences are the keys of the catalogues (`locale/en/LC_MESSAGES/django.po` of each room that
owns words). A sentence names its figures in braces; `say` fills them after the translation, so that each
language sets them in its own order. A translation chooses a form by a figure: `{n} {n:desa|villages}`
takes the first form where `n` is written 1 and the second else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils import translation

from sidara.kernel import number
from sidara.kernel.number import Language


def active() -> Language:
    """Give the language of the page that is made; Indonesian where none was asked."""
    return Language.ENGLISH if translation.get_language() == Language.ENGLISH else Language.INDONESIAN


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Make pages in a language as long as the block lasts."""
    with translation.override(language):
        yield


def say(sentence: str, /, *, context: str = "", **figures: object) -> str:
    """Give a sentence in the active language with its figures filled in.

    `context` parts words that are one in Indonesian only (`Desa` of one and of many).
    """
    if not sentence:
        return ""
    text = translation.pgettext(context, sentence) if context else translation.gettext(sentence)
    return text.format(**{name: _Figure(figure) for name, figure in figures.items()}) if figures else text


class _Figure(str):
    """A figure or word in a sentence that can choose between two forms."""

    __slots__ = ()

    def __format__(self, forms: str) -> str:
        """Give itself, or, where two forms are given, the one for one or the one for more."""
        if "|" not in forms:
            return str(self)
        one, more = forms.split("|")
        return one if self == "1" else more


def format_number(value: Decimal | Fraction | int | None, decimals: int = 0, *, sign: bool = False) -> str:
    """Write a number in the style of the active language; a missing one is an en dash."""
    return number.format_number(value, decimals, sign=sign, language=active())


def format_percent(part: Decimal | int, whole: Decimal | int, decimals: int = 0) -> str:
    """Write `part` of `whole` as a percentage in the style of the active language."""
    return number.format_percent(part, whole, decimals, language=active())


def percent_sign() -> str:
    """Give what stands behind the number of a percentage in the active language."""
    return number.percent_sign(active())


def format_moment(moment: datetime) -> str:
    """Write a moment in Asia/Jakarta: `24 November 2026, 10.05`, in English `24 November 2026, 10:05`."""
    return number.format_moment(moment, language=active())


def format_date(day: date) -> str:
    """Write a day with the month's name in the active language."""
    return number.format_date(day, language=active())


def month_name(month: int) -> str:
    """Give the name of a month in the active language."""
    return number.month_name(month, language=active())
