"""Which columns of a file hold the code and the name, and how a code is read from them."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sidara.regions.core.boundaries.layer import ColumnSet
from sidara.regions.core.code import bare, dotted

PART_DIGITS = (2, 2, 2, 4)
_FLOAT = re.compile(r"(\d+)\.0*", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns of a file by their names there; `parts` empty unless all four are there."""

    set_name: str
    code: str
    parts: tuple[str, ...]
    label: str | None


def choose(fields: Sequence[str], sets: Sequence[ColumnSet]) -> Chosen | None:
    """Take the first set that has a code column among the fields, whatever their case."""
    known = {field.lower(): field for field in reversed(fields)}
    for one in sets:
        code = next((known[name.lower()] for name in one.code if name.lower() in known), None)
        if code is not None:
            parts = tuple(known[name.lower()] for name in one.parts if name.lower() in known)
            label = next((known[name.lower()] for name in one.label if name.lower() in known), None)
            return Chosen(one.name, code, parts if len(parts) == len(PART_DIGITS) else (), label)
    return None


def plain(value: object) -> str:
    """Write a value of a code column as text: no blanks around, no `.0` of a number, nothing for nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    text = str(value).strip()
    number = _FLOAT.fullmatch(text)
    return number[1] if number and len(number[1]) > max(PART_DIGITS) else text


def is_placeholder(text: str) -> bool:
    """Say whether a text stands for a code that is not there (`12.--.--.----`, `-`, `0`, nothing)."""
    return not text.strip("0.-_ xX") or "--" in text


def read_code(row: Mapping[str, object], chosen: Chosen) -> str | None:
    """Give the dotted code of a row: its code column, or its parts joined; `None` when it is none."""
    code = dotted(plain(row[chosen.code]))
    if code is not None and code.count(".") == len(PART_DIGITS) - 1:
        return code
    if not chosen.parts:
        return code
    digits = []
    for name, length in zip(chosen.parts, PART_DIGITS, strict=True):
        text = bare(plain(row[name]))
        if not _DIGITS.fullmatch(text):
            return code
        digits.append(text.zfill(length)[-length:])
    return ".".join(digits)
