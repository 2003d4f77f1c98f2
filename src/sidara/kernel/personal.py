"""Free texts that look as if they named a person: an NIK (16 digits) or a telephone number.

Persons stand in SIDARA only as officials in their function. What looks personal is warned about, and can be
taken out again.
"""

import re

_DIGITS_NIK = r"[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{6}[ .-]?[0-9]{4}"
_DIGITS_PHONE = r"(?:\+?62|0)[ .-]?8[0-9]{1,2}(?:[ .-]?[0-9]{3,4}){2}[0-9]{0,2}"
NIK = rf"(?:^|[^0-9]){_DIGITS_NIK}(?:$|[^0-9])"
PHONE = rf"(?:^|[^0-9]){_DIGITS_PHONE}(?:$|[^0-9])"
LOOKS_PERSONAL = f"{NIK}|{PHONE}"
"""As one expression without looking around, which tables in memory understand, too."""
_NIK, _PHONE = re.compile(NIK), re.compile(PHONE)
_NUMBER = re.compile(rf"(?<![0-9])(?:{_DIGITS_NIK}|{_DIGITS_PHONE})(?![0-9])")


def looks_like(text: str) -> str:
    """Say what a text looks as if it held, in Indonesian: an NIK, a telephone number; empty = neither."""
    return "NIK" if _NIK.search(text) else "nomor telepon" if _PHONE.search(text) else ""


def without_numbers(text: str, instead: str) -> str:
    """Give a text with `instead` in the place of every number that looks personal."""
    return _NUMBER.sub(instead, text)


def numbers_in(text: str) -> list[str]:
    """Give the numbers of a text that look personal."""
    return _NUMBER.findall(text)
