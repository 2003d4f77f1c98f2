"""A sheet as it lies: cells by place with what their style says, what is merged and what is hidden."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

type Value = str | float | int | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: cells by (row, column) from 1.

    `percents`: cells that are shown as percent. `empty_formulas`, `errors`: cells without a value that can
    be used. `merged`: areas (top, left, bottom, right). `is_hidden`: the sheet itself.
    """

    name: str
    cells: Mapping[tuple[int, int], Value]
    percents: frozenset[tuple[int, int]] = frozenset()
    empty_formulas: frozenset[tuple[int, int]] = frozenset()
    errors: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    rows: Mapping[int, Mapping[int, Value]] = field(init=False)

    def __post_init__(self) -> None:
        """Lay the cells out by row, once."""
        rows: dict[int, dict[int, Value]] = {}
        for (row, column), value in self.cells.items():
            rows.setdefault(row, {})[column] = value
        object.__setattr__(self, "rows", rows)

    @property
    def last_row(self) -> int:
        """The last row with a cell, 0 when empty."""
        return max(self.rows, default=0)

    @property
    def columns(self) -> tuple[int, ...]:
        """Columns with a cell, ascending."""
        return tuple(sorted({column for _, column in self.cells}))


def letters(number: int) -> str:
    """Write the letters of a column: 1 = A."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def words_of(value: Value) -> str:
    """Give a cell as text on one line; a whole number without decimals, a day as ISO 8601."""
    match value:
        case str():
            return " ".join(value.split())
        case bool():
            return "ya" if value else "tidak"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case _:
            return str(value)
