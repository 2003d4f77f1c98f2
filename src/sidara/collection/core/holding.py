"""The half of a bundle that is one village's: its submission as it stands, and what rules read beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sidara.collection.core.answering import PRESENT
from sidara.collection.core.bundle import Asked, CellKey
from sidara.collection.core.dataset import dataset_of
from sidara.collection.core.submission import Content, Key, Submission
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State


@dataclass(frozen=True)
class Filling:
    """Who fills in: code, name, kind, and the names of the areas above, the nearest first."""

    code: str
    name: str
    kind: str
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeldRow:
    """A row of a list that is there: its id and its cells by column."""

    id: str
    cells: Mapping[str, Content]


@dataclass(frozen=True)
class Beside:
    """Cells of other periods and forms, lists (`None` = not filled), look-up figures by year and table."""

    cells: Mapping[CellKey, Content] = field(default_factory=dict)
    lists: Mapping[tuple[str, str], Sequence[HeldRow] | None] = field(default_factory=dict)
    tables: Mapping[int, Mapping[str, Decimal]] = field(default_factory=dict)


def held(  # noqa: PLR0913 - keyword-only
    asked: Asked, village: Filling, *, submission: Submission, beside: Beside, today: date, is_readonly: bool
) -> dict[str, Any]:
    """Write what is held of a village for the device that fills in `asked`."""
    period = asked.body["period"]
    return {
        "region": {
            "code": village.code,
            "name": village.name,
            "kind": village.kind,
            "under": list(village.under),
        },
        "dataset": dataset_of(village.code),
        "today": today.isoformat(),
        "revision": submission.revision,
        "readonly": is_readonly or (submission.is_locked and not submission.opened),
        "own": [
            [key.row, key.variable, key.breakdown, *_content(one.content), one.content.explanation]
            for key, one in sorted(submission.cells.items())
        ],
        "conflicts": [
            [
                key.row,
                key.variable,
                key.breakdown,
                [[*_content(one), one.explanation] for one in conflict.sent],
            ]
            for key, conflict in sorted(submission.conflicts.items())
        ],
        "locked": [
            [key.row, key.variable, key.breakdown]
            for key in sorted({*submission.cells, *_of_rows(asked, submission)})
            if not submission.takes(key)
        ],
        "closed": [
            code for code in asked.body["lists"] if submission.is_locked and code not in submission.added
        ],
        "cells": {
            _key(key): _content(one)
            for key, one in sorted(beside.cells.items())
            if key in asked.cells and one.state is not State.EMPTY
        },
        "lists": {
            f"{code}@{when}": _list(rows)
            for (code, when), rows in sorted(beside.lists.items())
            if (code, when) in asked.lists and rows is not None and not _is_own(asked, code, when, period)
        },
        "tables": {
            str(year): {name: {village.code: str(figure)} for name, figure in sorted(figures.items())}
            for year, figures in sorted(beside.tables.items())
        },
    }


def _of_rows(asked: Asked, submission: Submission) -> Iterator[Key]:
    """Give the cells of lists and of the rows that are there by which they are taken out."""
    for code, one in asked.body["lists"].items() if submission.is_locked else ():
        columns = {code, *one["columns"]}
        yield from (Key(key.row, code, TOTAL) for key in submission.cells if key.variable in columns)
        yield Key("", code, TOTAL)


def _is_own(asked: Asked, code: str, when: str, period: str) -> bool:
    return code in asked.body["lists"] and when == period


def _key(key: CellKey) -> str:
    variable, breakdown, period = key
    return f"{variable}@{period}" if breakdown == TOTAL else f"{variable}|{breakdown}@{period}"


def _content(one: Content) -> list[str | None]:
    return [one.state.value, one.value]


def _list(rows: Sequence[HeldRow]) -> dict[str, Any]:
    """Write a list; one that is declared empty has no rows."""
    return {
        "state": (State.VALUE if rows else State.NONE).value,
        "rows": [
            {
                "id": row.id,
                "state": PRESENT,
                "cells": {
                    column: {"state": one.state.value, "value": one.value}
                    for column, one in row.cells.items()
                },
            }
            for row in rows
        ],
    }
