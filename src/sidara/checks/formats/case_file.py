"""Reads a file of cases: a JSON list; numbers keep their digits."""

import json
from decimal import Decimal

from sidara.kernel.finding import Finding, Place


class _Refused(Exception):  # noqa: N818 - reads as the sentence it is
    def __init__(self, message: str, remedy: str, value: str) -> None:
        super().__init__(message)
        self.message, self.remedy, self.value = message, remedy, value


MOST_DIGITS = 40
"""Digits of a whole number that are read as one; a longer one is refused where it stands."""


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= MOST_DIGITS else Decimal(digits)


def _refuse_constant(name: str) -> object:
    raise _Refused(f"{name} bukan JSON yang sah.", "Tulis angka, atau null bila tidak diketahui.", name)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object; a key that stands twice would hide what was written first."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Refused(f"Kunci {twice} tertulis dua kali dalam satu objek.", "Sisakan satu.", twice)
    return made


def parse(content: bytes) -> tuple[list[object], tuple[Finding, ...]]:
    """Give the cases as plain values, or why the file cannot be read."""
    try:
        given = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=_whole,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError:
        return [], (Finding("CASES_UNREADABLE", "Berkas bukan teks UTF-8.", "Simpan berkas sebagai UTF-8."),)
    except json.JSONDecodeError as fault:
        say = f"Berkas bukan JSON yang sah ({fault.msg}, huruf ke-{fault.colno})."
        place = Place(line=fault.lineno)
        return [], (Finding("CASES_UNREADABLE", say, "Betulkan barisnya.", place=place),)
    except _Refused as fault:
        return [], (Finding("CASES_UNREADABLE", fault.message, fault.remedy, value=fault.value),)
    except RecursionError:
        return [], (Finding("CASES_UNREADABLE", "Berkas bersarang terlalu dalam.", "Ratakan isinya."),)
    if not isinstance(given, list):
        return [], (Finding("CASES_NO_LIST", "Berkas tidak memuat daftar kasus.", "Mulailah dengan [."),)
    return given, ()
