"""Values out of JSON, each read strictly: `where` is its place in words, `Wrong` says what was expected."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

FIRST_YEAR, LAST_YEAR = 1945, 2200
MOST_MONEY = 10**18
SHOWN = 60


class Wrong(Exception):  # noqa: N818 - says where, and becomes a finding
    """A value that cannot be read: where in the case, and what is expected."""

    def __init__(self, where: str, expected: str, value: object = None) -> None:
        super().__init__(where)
        self.where, self.expected, self.value = where, expected, value


def mapping_of(value: object, where: str) -> Mapping[str, Any]:
    """Give fields by name."""
    if not isinstance(value, dict):
        raise Wrong(where, "sekumpulan medan {…}", value)
    return value


def text_of(value: object, where: str, *, required: bool = False) -> str:
    """Give a text, empty for nothing unless it must be there; a whole number is one, too."""
    if value is None and not required:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int)) or (required and not str(value).strip()):
        raise Wrong(where, "teks", value if value is not None else "kosong")
    return str(value)


def maybe_text(value: object, where: str) -> str | None:
    """Give a text or nothing."""
    return text_of(value, where) or None


def year_of(value: object, where: str) -> int:
    """Give a year."""
    if isinstance(value, bool) or not isinstance(value, int) or value not in range(FIRST_YEAR, LAST_YEAR + 1):
        raise Wrong(where, f"tahun {FIRST_YEAR} sampai {LAST_YEAR}", value if value is not None else "kosong")
    return value


def maybe_year(value: object, where: str) -> int | None:
    """Give a year or nothing."""
    return None if value is None else year_of(value, where)


def number_of(value: object, where: str) -> Decimal:
    """Give an exact number."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise Wrong(where, "angka", value)
    if abs(Decimal(value)) >= MOST_MONEY:
        raise Wrong(where, "angka di bawah 10^18", value)
    return Decimal(value)


def maybe_number(value: object, where: str) -> Decimal | None:
    """Give a number or nothing."""
    return None if value is None else number_of(value, where)


def money_of(value: object, where: str) -> int | None:
    """Give whole rupiah, not below 0, or nothing."""
    if value is None:
        return None
    amount = number_of(value, where)
    if amount != int(amount) or amount < 0:
        raise Wrong(where, "rupiah utuh, tidak di bawah 0", value)
    return int(amount)


def yes_of(value: object, where: str) -> bool:
    """Give true or false."""
    if not isinstance(value, bool):
        raise Wrong(where, "true atau false", value)
    return value


def day_of(value: object, where: str) -> date | None:
    """Give a day or nothing."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]  # tried
    except (TypeError, ValueError):
        raise Wrong(where, "tanggal seperti 2026-07-15", value) from None


def word_of[Word: StrEnum](
    words: type[Word],
) -> Callable[[object, str], Word]:
    """Give what reads one of some words."""

    def read_word(value: object, where: str) -> Word:
        try:
            return words(str(value))
        except ValueError:
            expected = "salah satu dari " + ", ".join(one.value for one in words)
            raise Wrong(where, expected, value if value is not None else "kosong") from None

    return read_word


def list_of(value: object, where: str) -> list[Any]:
    """Give a list, empty for nothing."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise Wrong(where, "daftar […]", value)
    return value


def texts_of(value: object, where: str) -> tuple[str, ...]:
    """Give texts, none of them empty."""
    return tuple(text_of(one, where, required=True) for one in list_of(value, where))


def years_of(value: object, where: str) -> tuple[int, ...]:
    """Give years."""
    return tuple(year_of(one, where) for one in list_of(value, where))


def set_of(value: object, where: str) -> frozenset[str]:
    """Give texts without an order."""
    return frozenset(texts_of(value, where))


def required_of(value: object, where: str) -> str:
    """Give a text that must be there."""
    return text_of(value, where, required=True)


def quarter_of(value: object, where: str) -> int:
    """Give a quarter, 1 to 4."""
    if isinstance(value, bool) or value not in {1, 2, 3, 4}:
        raise Wrong(where, "triwulan 1 sampai 4", value if value is not None else "kosong")
    return int(str(value))
