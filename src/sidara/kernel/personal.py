"""Free texts that look as if they named a person: an NIK or KK (16 digits) or a telephone number.

Persons stand in SIDARA only as officials in their function. What looks personal is warned about, and can be
taken out again. Sixteen digits in any groups count where they are built as an NIK or KK is (province, day and
month) and one sign divides all groups; so lists of years, days and codes of regions do not. A number in
groups of three with points (`1.085.000.000`) is an amount, whatever stands in it, but for one that begins as
a telephone number abroad does (`+62.812.345.678`).
"""

import re
import unicodedata

_PROVINCE = r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"


def _divided(sign: str) -> str:
    """Give sixteen digits built as an NIK (women: day + 40), with that sign between any two of them."""
    between = f"{sign}?"
    parts = [_split(_PROVINCE, between), *["[0-9]"] * 4, _split(_DAY, between), _split(_MONTH, between)]
    return between.join([*parts, *["[0-9]"] * 6])


def _split(pair: str, between: str) -> str:
    """Let a sign stand between the two digits of each choice."""
    return re.sub(r"(\[[^]]+\]|[0-9])(\[[^]]+\]|[0-9])", rf"\1{between}\2", pair)


_DIGITS_NIK = "|".join(
    (r"[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{6}[ .-]?[0-9]{4}", *map(_divided, (" ", "[.]", "-")))
)
_DIGITS_PHONE = r"(?:\+?62\)?[ .-]?\(?0?\)?[ .-]?|0)8[0-9]{1,2}\)?(?:[ .-]?[0-9]{3,4}){2}[0-9]{0,2}"
NIK = rf"(?:^|[^0-9])(?:{_DIGITS_NIK})(?:$|[^0-9])"
PHONE = rf"(?:^|[^0-9])(?:{_DIGITS_PHONE})(?:$|[^0-9])"
MAY_LOOK_PERSONAL = f"{NIK}|{PHONE}|[^\\x00-\\x7f]"
"""As one expression without looking around, which tables in memory understand, too; `looks_like` decides.

Digits and signs of other scripts are read there only.
"""
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_AMOUNT = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4}")
_NIK, _PHONE = re.compile(NIK), re.compile(PHONE)
_NUMBER = re.compile(rf"(?<![0-9])(?:{_DIGITS_NIK}|{_DIGITS_PHONE})(?![0-9])")


def looks_like(text: str) -> str:
    """Say what a text looks as if it held, in Indonesian: an NIK, a telephone number; empty = neither."""
    plain = _plain(text)
    return "NIK" if _NIK.search(plain) else "nomor telepon" if _PHONE.search(plain) else ""


def without_numbers(text: str, instead: str) -> str:
    """Give a text with `instead` in the place of every number that looks personal."""
    made, end = [], 0
    for found in _NUMBER.finditer(_plain(text)):
        made += [text[end : found.start()], instead]
        end = found.end()
    return "".join([*made, text[end:]])


def numbers_in(text: str) -> list[str]:
    """Give the numbers of a text that look personal, as they are written."""
    return [text[found.start() : found.end()] for found in _NUMBER.finditer(_plain(text))]


def _plain(text: str) -> str:
    """Write digits, spaces and dashes of every script as plain ones, amounts as none, each in its place."""
    plain = text if text.isascii() else "".join(map(_plain_sign, text))
    return _FIGURE.sub(lambda one: "#" * len(one[0]) if _is_amount(one) else one[0], plain)


def _is_amount(figure: re.Match[str]) -> bool:
    is_abroad = figure.string[: figure.start()].endswith("+") and figure[0].startswith("62.")
    return bool(_AMOUNT.fullmatch(figure[0])) and not is_abroad


def _plain_sign(sign: str) -> str:
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(sign)
    if kind in {"Pd", "Zs"} or sign == "\N{MINUS SIGN}":
        return " " if kind == "Zs" else "-"
    made = unicodedata.normalize("NFKC", sign)
    return made if len(made) == 1 else sign
