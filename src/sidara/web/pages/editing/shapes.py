"""What an entry is made of, read from its dataclass, so that every kind of entry is edited by the same form.

A shape is one field: a value, several values, rows of fields, or fields that belong together. A new kind or a
new field of the dictionary appears by itself; its words stand in `words`.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from dataclasses import Field as DataField
from dataclasses import dataclass as plain_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sidara.dictionary.core import Thing
from sidara.dictionary.core.reading import CLASSES


class Look(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    DATE = "date"
    TICK = "tick"
    TICKS = "ticks"
    CHOICE = "choice"
    PICKS = "picks"
    GROUP = "group"
    ROWS = "rows"


@plain_dataclass(frozen=True)
class Shape:
    """One field: its key, how it looks, its fixed values, the fields inside.

    `of` is the class of a group or row; `refers` the kind of entry whose code it holds; `is_decimal` figures
    may have a comma; `is_needed` = it has no default; `is_open` = it may say that nothing is known.
    """

    key: str
    look: Look
    is_needed: bool
    values: tuple[tuple[str, str], ...] = ()
    of: str = ""
    inside: tuple["Shape", ...] = ()
    refers: Thing | None = None
    is_decimal: bool = False
    is_open: bool = False


REFERS: Mapping[str, Thing] = {
    "sector": Thing.SECTOR,
    "form": Thing.FORM,
    "forms": Thing.FORM,
    "agency": Thing.AGENCY,
    "concept": Thing.CONCEPT,
    "unit": Thing.UNIT,
    "classifications": Thing.CLASSIFICATION,
    "options_from": Thing.CLASSIFICATION,
    "for_each": Thing.CLASSIFICATION,
    "serves": Thing.MILESTONE,
}
"""Keys that hold codes of other entries."""
LONG = frozenset(
    {
        "definition", "question", "question_en", "reason", "example", "evidence", "interpretation", "note",
        "hint", "message", "holds", "when", "formula", "relevance", "expression", "presentation", "value",
    }
)  # fmt: skip
"""Keys whose texts are long."""


@cache
def shapes(kind: Thing) -> tuple[Shape, ...]:
    """Give the fields of a kind of entry."""
    return _of(CLASSES[kind])


def _of(made: type) -> tuple[Shape, ...]:
    hints = get_type_hints(made)
    return tuple(_shape(one, hints[one.name]) for one in fields(made))


def _shape(field: DataField[Any], hint: Any) -> Shape:
    is_needed = field.default is MISSING and field.default_factory is MISSING
    hint, is_optional = _bare(hint)
    needed = is_needed and not is_optional
    if get_origin(hint) is tuple:
        return _several(field.name, _bare(get_args(hint)[0])[0], needed=needed)
    if is_dataclass(hint) and isinstance(hint, type):
        return Shape(field.name, Look.GROUP, needed, of=hint.__name__, inside=_of(hint))
    values = _values(hint)
    if values:
        return Shape(field.name, Look.CHOICE, needed, values)
    look = _LOOKS.get(hint, Look.TEXT if field.name in LONG else Look.LINE)
    refers = REFERS.get(field.name) if hint is str else None
    is_open = is_needed and is_optional
    return Shape(field.name, look, needed, refers=refers, is_decimal=hint is Decimal, is_open=is_open)


_LOOKS = {bool: Look.TICK, int: Look.NUMBER, Decimal: Look.NUMBER, date: Look.DATE}


def _several(name: str, one: Any, *, needed: bool) -> Shape:
    """Give the shape of several values: rows, ticks, picked codes, or a text of lines."""
    if is_dataclass(one) and isinstance(one, type):
        return Shape(name, Look.ROWS, needed, of=one.__name__, inside=_of(one))
    values = _values(one)
    if values:
        return Shape(name, Look.TICKS, needed, values)
    refers = REFERS.get(name)
    return Shape(name, Look.PICKS if refers else Look.LINES, needed, refers=refers)


def _bare(hint: Any) -> tuple[Any, bool]:
    """Take the name of a type and the `None` away; say whether there was one."""
    hint = getattr(hint, "__value__", hint)
    if get_origin(hint) in {Union, UnionType}:
        left = [one for one in get_args(hint) if one is not NoneType]
        return left[0], len(left) < len(get_args(hint))
    return hint, False


def _values(hint: Any) -> tuple[tuple[str, str], ...]:
    """Give the fixed values of a type with their words."""
    if get_origin(hint) is Literal:
        return tuple((str(one), str(one)) for one in get_args(hint))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return tuple((one.value, getattr(one, "words", "") or _spelled(one.value)) for one in hint)
    return ()


def _spelled(value: str) -> str:
    return value.replace("rata_rata", "rata-rata").replace("_", " ")
