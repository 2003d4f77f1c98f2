"""Cells as values: rupiah, numbers, amounts with a unit, days, ticks; Indonesian figures, nothing guessed.

A point parts thousands and a comma decimals. What may mean two things is refused with both readings.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from sidara.programmes.core.fitting import FIGURE_LIMIT, MOST_MONEY
from sidara.programmes.core.importing.definition import Words, plain
from sidara.programmes.core.importing.grid import Value, words_of

_RUPIAH = re.compile(r"^(?:rp\.?|idr)\s*", re.IGNORECASE)
_TAIL = re.compile(r"(?:,\s*-+|,--)$")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:,\d+)?")
_POINT = re.compile(r"\d+\.\d{1,2}|\d{4,}\.\d+|0\.\d+")
_FOREIGN = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+")
_AMOUNT = re.compile(r"^([-(]?\s*\d[\d.,]*\)?)\s*(%|[^\d\W][^\d]*[23]?)?$")
_DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_WORDED = re.compile(r"(\d{1,2})\s+([a-z]{3,})\.?\s+(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_SERIALS = (20_000, 80_000)
_EPOCH = date(1899, 12, 30)
ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}


class Unreadable(Exception):  # noqa: N818 - what a cell is, not a fault of ours
    """A cell holds what cannot be taken: code, message and remedy of its finding."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        """Keep the parts of the finding."""
        super().__init__(message)
        self.code, self.message, self.remedy = code, message, remedy


def is_nothing(value: Value | None, words: Words) -> bool:
    """Whether a cell says that it is not filled in."""
    if value is None:
        return True
    return isinstance(value, str) and (not value.strip() or value.strip().casefold() in words.nothing)


def number_of(value: Value) -> Decimal:
    """Read a number with at most 4 decimals; brackets or a minus make it negative."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise _no_number(words_of(value))
    if isinstance(value, (int, float)):
        try:
            return _bounded(Decimal(repr(value)), str(value))
        except InvalidOperation:
            raise _no_number(str(value)) from None
    text = value.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-").strip()
    bare = text.removesuffix("%").strip()
    is_minus = (bare.startswith("(") and bare.endswith(")")) or bare.startswith("-")
    bare = bare.strip("()").removeprefix("-").replace(" ", "")
    figure = _bounded(_figure(bare, text), text)
    return -figure if is_minus else figure


def _figure(bare: str, text: str) -> Decimal:
    if _THOUSANDS.fullmatch(bare):
        return Decimal("".join(bare.split(".")).replace(",", "."))
    if _PLAIN.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    if _FOREIGN.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    if _POINT.fullmatch(bare):
        return Decimal(bare)
    raise _no_number(text)


def _bounded(figure: Decimal, text: str) -> Decimal:
    if not figure.is_finite() or abs(figure) >= FIGURE_LIMIT:
        raise _no_number(text)
    exact = figure.quantize(Decimal("0.0001"))
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


def _no_number(text: str) -> Unreadable:
    return Unreadable(
        "PLAN_NUMBER_UNREADABLE",
        f"“{text[:60]}” bukan angka yang dapat dibaca.",
        "Tulis angka saja (titik ribuan, koma desimal), misalnya 1.250,5; bila belum ada, kosongkan.",
    )


def money_of(value: Value, factor: int = 1, *, is_difference: bool = False) -> int:
    """Read whole rupiah; `factor` is what the money is written in. Only a difference may be negative."""
    text = value
    if isinstance(value, str):
        text = _TAIL.sub("", _RUPIAH.sub("", value.replace("\N{NO-BREAK SPACE}", " ").strip()))
        if text.startswith("(") and text.endswith(")"):
            text = "(" + _RUPIAH.sub("", text[1:-1].strip()) + ")"
        elif text.startswith("-"):
            text = "-" + _RUPIAH.sub("", text[1:].strip())
        text = _TAIL.sub("", text)
    figure = number_of(text) * factor
    if figure != figure.to_integral_value():
        raise Unreadable(
            "PLAN_MONEY_NOT_WHOLE",
            f"“{words_of(value)[:60]}” bukan rupiah utuh.",
            "Bulatkan ke rupiah utuh; bila tabel ditulis dalam ribuan atau jutaan, pilih satuan uangnya.",
        )
    if figure < 0 and not is_difference:
        raise Unreadable(
            "PLAN_MONEY_NEGATIVE",
            f"“{words_of(value)[:60]}” kurang dari nol.",
            "Pagu tidak boleh kurang dari nol. Pengurangan ditulis pada kolom Bertambah/(Berkurang).",
        )
    if abs(figure) >= MOST_MONEY:
        raise _no_number(words_of(value))
    return int(figure)


def quantity_of(value: Value) -> tuple[Decimal, str]:
    """Read an amount with the unit that stands in the same cell (`120 M` -> 120, `M`), else no unit."""
    if not isinstance(value, str):
        return number_of(value), ""
    text = " ".join(value.replace("\N{NO-BREAK SPACE}", " ").split())
    found = _AMOUNT.match(text)
    if found is None:
        raise Unreadable(
            "PLAN_VOLUME_UNREADABLE",
            f"“{text[:60]}” tidak dapat dipisah menjadi angka dan satuan.",
            "Tulis satu angka dan satu satuan, misalnya 120 M.",
        )
    return number_of(found[1]), (found[2] or "").strip()


def day_of(value: Value, words: Words) -> date:
    """Read a day: of a cell, a serial number of Excel, dd/mm/yyyy, ISO 8601 or `1 Januari 2027`."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and _SERIALS[0] < value < _SERIALS[1]:
        return _EPOCH + timedelta(days=int(value))
    text = words_of(value)
    try:
        if found := _DAY.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _WORDED.fullmatch(text):
            return date(int(found[3]), _month(found[2], words), int(found[1]))
    except ValueError:
        pass
    raise Unreadable(
        "PLAN_DAY_UNREADABLE",
        f"“{text[:60]}” bukan tanggal yang dapat dibaca.",
        "Tulis tanggal seperti 31/01/2027, atau kosongkan.",
    )


def _month(word: str, words: Words) -> int:
    found = [at for at, name in enumerate(words.months, 1) if name.startswith(word.casefold()[:3])]
    if len(found) != 1:
        raise ValueError(word)
    return found[0]


def year_of(value: Value) -> int:
    """Read a calendar year."""
    found = _YEAR.fullmatch(words_of(value))
    if found is None:
        raise Unreadable(
            "PLAN_YEAR_UNREADABLE", f"“{words_of(value)[:60]}” bukan tahun.", "Tulis tahun seperti 2027."
        )
    return int(found[1])


def is_ticked(value: Value, words: Words) -> bool:
    """Read a tick: marks of the content, a number above nought, or what stands for no."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value > 0
    text = words_of(value).casefold()
    if text in words.ticks:
        return True
    if text in words.not_ticks:
        return False
    try:
        return number_of(text) > 0
    except Unreadable:
        raise Unreadable(
            "PLAN_TICK_UNREADABLE",
            f"“{text[:60]}” bukan tanda centang.",
            "Beri tanda v atau kosongkan; tanda lain tidak ditebak.",
        ) from None


def years_listed(value: Value, first: int, most: int) -> tuple[int, ...]:
    """Read the years of one cell: `2027, 2029`, `2027-2029`, `1, 3` or `I-III` (numbers from `first`)."""
    text = words_of(value).casefold().replace("s.d.", "-").replace("s/d", "-").replace("sampai", "-")
    found: list[int] = []
    for part in re.split(r"[,;/&\n]|\bdan\b", text):
        ends = [
            _numbered(word, first, most) for word in re.split(r"\s*[-–]\s*", part.strip()) if word.strip()
        ]
        if not ends or len(ends) > 2 or None in ends:
            raise Unreadable(
                "PLAN_YEAR_UNREADABLE",
                f"“{words_of(value)[:60]}” bukan daftar tahun.",
                "Tulis tahun pelaksanaan seperti 2027, 2029 atau 2027-2029.",
            )
        low, high = int(ends[0] or 0), int(ends[-1] or 0)
        found += range(low, min(high, low + most) + 1)
    return tuple(dict.fromkeys(found))


def _numbered(word: str, first: int, most: int) -> int | None:
    bare = plain(word).removeprefix("tahun ").removeprefix("ke ").strip()
    if _YEAR.fullmatch(bare):
        return int(bare)
    number = ROMAN.get(bare) or (int(bare) if bare.isdecimal() and len(bare) < 3 else None)
    return first + number - 1 if number is not None and 1 <= number <= most else None


def chosen(value: Value, choices: Iterable[tuple[str, tuple[str, ...]]]) -> str | None:
    """Find the choice that a cell names, by its words; `None` when it names none of them."""
    text = plain(words_of(value))
    return next((key for key, names in choices if text == plain(key) or text in names), None)


def is_shown_as_percent(value: Value, *, in_percent_style: bool) -> bool:
    """Whether a cell of percent style may mean 100 times what is stored: 0.96 that is shown as 96%."""
    return in_percent_style and isinstance(value, (int, float)) and not isinstance(value, bool) and value != 0
