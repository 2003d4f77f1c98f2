"""Plain values that a page is made of: a table with its files, a mark of a class, where figures come from.

A table is built once; the screen, the CSV and the XLSX show the same cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sidara.ui.drawing import Drawing


@dataclass(frozen=True)
class Mark:
    """A class with its word: `style` 1 … 5, `x` (no figure) or `kel` (kelurahan)."""

    style: str
    label: str


@dataclass(frozen=True)
class Source:
    """Where figures come from: shown beneath each picture and written into each file.

    `retrieved` = day the data set was fetched, `as_of` = day of the answer, `definition` = version of the
    rules. A simulated data set says so everywhere.
    """

    dataset: str
    title: str
    publisher: str
    licence: str
    retrieved: date | None
    as_of: date | None
    definition: str = ""
    url: str = ""
    is_simulated: bool = False


@dataclass(frozen=True)
class Column:
    """One column: `key` names it in files and addresses, `label` on screen."""

    key: str
    label: str
    is_number: bool = False
    is_sortable: bool = False


@dataclass(frozen=True)
class Cell:
    """One figure or word: `value` for files and sorting, `text` for the screen; link, mark, note or bar if any."""

    value: str | int | Decimal | None
    text: str = ""
    href: str = ""
    note: str = ""
    mark: Mark | None = None
    share: Decimal | None = None
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows of cells under columns; the first column is the row's heading."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    footer: tuple[Cell, ...] = ()
    downloads: tuple[tuple[str, str], ...] = ()
    order: str = ""
    lines: tuple[tuple[tuple[Column, Cell], ...], ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        """Pair each cell with its column, for templates."""
        paired = tuple(tuple(zip(self.columns, row, strict=True)) for row in self.rows)
        object.__setattr__(self, "lines", paired)

    @property
    def foot_line(self) -> tuple[tuple[Column, Cell], ...]:
        """Pair the footer's cells with their columns."""
        return tuple(zip(self.columns, self.footer, strict=True)) if self.footer else ()

    def sorted_by(self, order: str) -> "Table":
        """Give the table in another order: a sortable column's key, `-key` = from high to low.

        Rows without a value come last; an unknown key changes nothing.
        """
        is_down, key = order.startswith("-"), order.removeprefix("-")
        place = next((i for i, column in enumerate(self.columns) if column.key == key and column.is_sortable), None)
        if place is None:
            return self
        known = [row for row in self.rows if row[place].value is not None]
        unknown = [row for row in self.rows if row[place].value is None]
        known.sort(key=lambda row: row[place].value, reverse=is_down)  # type: ignore[arg-type,return-value]
        return replace(self, rows=(*known, *unknown), order=order)


@dataclass(frozen=True)
class Figure:
    """A picture in its frame: the finding, the measure, the drawing, the table behind it, its source."""

    key: str
    title: str
    subtitle: str
    table: Table | None
    sources: Sequence[Source]
    drawing: Drawing | None = None
    level: int = 2
    notes: Sequence[str] = ()

    @property
    def is_simulated(self) -> bool:
        """Say whether any figure in it is simulated."""
        return any(source.is_simulated for source in self.sources)
