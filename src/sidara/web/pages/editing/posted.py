"""What was typed, to plain values of an entry and its rows; however faulty, so that nothing is lost.

Names of inputs are paths: `rules.0.holds`. A row says itself by a hidden input `rules` with its number, so
that rows stay in their order. What is empty is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from sidara.web.pages.editing.shapes import Look, Shape

ADD, REMOVE, UP, DOWN = "tambah", "hapus", "naik", "turun"
ACTIONS = (ADD, REMOVE, UP, DOWN)


@dataclass(frozen=True)
class Act:
    """A button beside rows: which one, at which path."""

    action: str
    path: str


def act_of(posted: QueryDict) -> Act | None:
    """Say which button beside rows was pressed."""
    found = ((action, posted.get(action, "")) for action in ACTIONS)
    return next((Act(action, path) for action, path in found if path), None)


def body_of(posted: QueryDict, shapes: Sequence[Shape], act: Act | None = None) -> dict[str, Any]:
    """Read the plain values of an entry; empty rows fall out unless a button beside rows was pressed."""
    return _read(posted, shapes, "", act)


def _read(posted: QueryDict, shapes: Sequence[Shape], before: str, act: Act | None) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for shape in shapes:
        value = _value(posted, shape, f"{before}{shape.key}", act)
        if value is not None or shape.is_open:
            made[shape.key] = value
    return made


def _value(posted: QueryDict, shape: Shape, path: str, act: Act | None) -> Any:
    match shape.look:
        case Look.GROUP:
            return _read(posted, shape.inside, f"{path}.", act) or _nothing(shape, {})
        case Look.ROWS:
            return _rows(posted, shape, path, act) or _nothing(shape, [])
        case Look.TICK:
            return posted.get(path, "") == "on" or _nothing(shape, empty=False)
        case Look.TICKS | Look.PICKS | Look.LINES:
            return _several(posted, shape, path) or _nothing(shape, [])
        case Look.NUMBER:
            return _number(_text(posted, path).strip(), shape)
        case _:
            return _text(posted, path).strip() or None


def _nothing(shape: Shape, empty: object) -> Any:
    """Give what a field says that says nothing: what has a default is left out."""
    return empty if shape.is_needed else None


def _several(posted: QueryDict, shape: Shape, path: str) -> list[str]:
    given = _text(posted, path).split("\n") if shape.look is Look.LINES else posted.getlist(path)
    return list(dict.fromkeys(one.strip() for one in given if one.strip()))


def _text(posted: QueryDict, path: str) -> str:
    return str(posted.get(path, "") or "").replace("\r\n", "\n")


def _number(text: str, shape: Shape) -> Any:
    """Read a figure as people here write it, `0,75`; what is none stays as it was typed."""
    if not text:
        return None
    if shape.is_decimal:
        return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    return int(text) if text.isascii() and text.lstrip("-").isdigit() else text


def _rows(posted: QueryDict, shape: Shape, path: str, act: Act | None) -> list[dict[str, Any]]:
    """Read rows in the order in which they say themselves, and do what the pressed button asks."""
    numbers = [one for one in posted.getlist(path) if one.isascii() and one.isdigit()]
    rows = [(f"{path}.{one}", _read(posted, shape.inside, f"{path}.{one}.", act)) for one in numbers]
    if act is None:
        own = {"code"} if shape.of == "Rule" else set()
        return [row for _, row in rows if any(_says(one) for key, one in row.items() if key not in own)]
    if act.action == ADD and act.path == path:
        rows.append(("", _fresh(shape)))
    at = next((number for number, (own, _) in enumerate(rows) if own == act.path), None)
    if at is not None:
        row = rows.pop(at)
        if act.action == UP:
            rows.insert(max(at - 1, 0), row)
        elif act.action == DOWN:
            rows.insert(at + 1, row)
    return [row for _, row in rows]


def _says(value: Any) -> bool:
    """Whether a value of a row says anything; what is not ticked or has no rows says nothing."""
    return value not in (None, False, [], {}, "")


def _fresh(shape: Shape) -> dict[str, Any]:
    """Give a row in which nothing is filled in yet."""
    return {one.key: False for one in shape.inside if one.look is Look.TICK and one.is_needed}


def lettered(body: Mapping[str, Any], code: str) -> dict[str, Any]:
    """Give rules their codes, `KES_001_a` by their order: people need not write them."""
    made = dict(body)
    if isinstance(made.get("rules"), list):
        made["rules"] = [
            {**rule, "code": f"{code}_{chr(ord('a') + number)}"} for number, rule in enumerate(made["rules"])
        ]
    if isinstance(made.get("columns"), list):
        made["columns"] = [lettered(one, str(one.get("code") or "")) for one in made["columns"]]
    return made
