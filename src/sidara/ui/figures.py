"""Plain values that a page is made of: a table with its files, a mark of a class, where figures come from.

A table is built once; the screen, the CSV and the XLSX show the same cells.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import overload

from sidara.kernel.number import rounded
from sidara.ui.drawing import Drawing
from sidara.ui.language import format_number

HALF_A_PHONE = 18
"""Signs of a label's word and its figure that stand beside each other in half of 360 px."""


@dataclass(frozen=True)
class Mark:
    """A class with its word: `style` 1 … 5, `s` (several possible), `x` (no figure) or `kel` (kelurahan)."""

    style: str
    label: str


@dataclass(frozen=True)
class Source:
    """Where figures come from: shown beneath each picture and written into each file.

    `retrieved` = day the data set was fetched, `as_of` = day of the answer, `definition` = version of the
    rules. A simulated data set says so everywhere. `vintage` = in which areas the figures are told, in words
    (nothing as reported) and, for files, as in addresses.
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
    vintage: str = ""
    vintage_code: str = ""


@dataclass(frozen=True)
class Column:
    """One column: `key` names it in files and addresses, `label` on screen.

    `is_file_only` = in files but not on screen (codes); `is_screen_only` = a drawing, in files as figures.
    `is_wide` = a number that takes a line of its own on a phone; a table sees that itself.
    """

    key: str
    label: str
    is_number: bool = False
    is_sortable: bool = False
    is_file_only: bool = False
    is_screen_only: bool = False
    is_wide: bool = False

    @property
    def style(self) -> str:
        """Give the class of the column's cells: numbers stand right, wide ones alone on a phone."""
        if not self.is_number:
            return "t"
        return "n n--sebaris" if self.is_wide else "n"

    def holds(self, texts: Iterable[str]) -> bool:
        """Whether the label's longest word and each text fit beside each other into half a phone."""
        word = max(map(len, self.label.split()), default=0)
        return all(word + len(text) <= HALF_A_PHONE for text in texts)


@dataclass(frozen=True)
class Cell:
    """One figure or word: `value` for files and sorting, `text` for the screen; link, mark or drawing.

    `more` = what the reader opens behind the text. `language` = that of `more`, else of the text, where it is
    not the page's (names as published).
    """

    value: str | int | Decimal | None
    text: str = ""
    href: str = ""
    more: str = ""
    mark: Mark | None = None
    parts: tuple[tuple[str, int], ...] = ()
    language: str = ""


class LaidOut[Thing](Sequence[tuple[Cell, ...]]):
    """Rows that are made of things when they are read: a page that shows fifty of thousands makes no more."""

    def __init__(self, things: Sequence[Thing], row: Callable[[Thing], tuple[Cell, ...]]) -> None:
        """Remember what rows are made of, and how."""
        self._things, self._row = things, row

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._things)

    @overload
    def __getitem__(self, at: int) -> tuple[Cell, ...]: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[Cell, ...], ...]: ...

    def __getitem__(self, at: int | slice) -> tuple[Cell, ...] | tuple[tuple[Cell, ...], ...]:
        """Make one row, or several."""
        if isinstance(at, slice):
            return tuple(self._row(one) for one in self._things[at])
        return self._row(self._things[at])


@dataclass(frozen=True)
class Table:
    """Rows of cells under columns; the first column on screen is the row's heading.

    `order` = how the rows lie; `is_ordered` = the reader asked for it.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    footer: tuple[Cell, ...] = ()
    order: str = ""
    is_ordered: bool = False

    def __post_init__(self) -> None:
        """Refuse two columns of one key: files would hold only one of them."""
        keys = [column.key for column in self.columns]
        if len(set(keys)) < len(keys):
            raise ValueError(f"columns of one key: {', '.join(keys)}")

    @property
    def shown(self) -> tuple[Column, ...]:
        """Give the columns of the screen."""
        return tuple(column for column in self.columns if not column.is_file_only)

    @property
    def lines(self) -> tuple[tuple[tuple[Column, Cell], ...], ...]:
        """Pair the cells of each row with their columns, for the screen."""
        return tuple(self._pair(row) for row in self.rows)

    @property
    def foot_line(self) -> tuple[tuple[Column, Cell], ...]:
        """Pair the footer's cells with their columns, for the screen."""
        return self._pair(self.footer) if self.footer else ()

    @cached_property
    def _widened(self) -> tuple[Column, ...]:
        """Give the columns, those of numbers that need a line of their own on a phone marked so."""
        cells = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.columns)
        return tuple(
            replace(column, is_wide=not column.holds(cell.text for cell in below))
            if column.is_number
            else column
            for column, below in zip(self.columns, cells, strict=True)
        )

    def _pair(self, row: tuple[Cell, ...]) -> tuple[tuple[Column, Cell], ...]:
        """Leave out what only files show."""
        pairs = zip(self._widened, row, strict=True)
        return tuple((column, cell) for column, cell in pairs if not column.is_file_only)

    def ordered_by(self, order: str) -> "Table":
        """Give the table in the order that a reader asked for; an unknown one changes nothing."""
        table = self.sorted_by(order)
        return table if table is self else replace(table, is_ordered=True)

    def sorted_by(self, order: str) -> "Table":
        """Give the table in another order: a sortable column's key, `-key` = from high to low.

        Rows without a value come last; an unknown key changes nothing.
        """
        is_down, key = order.startswith("-"), order.removeprefix("-")
        place = next(
            (i for i, column in enumerate(self.columns) if column.key == key and column.is_sortable), None
        )
        if place is None:
            return self
        known = [row for row in self.rows if row[place].value is not None]
        unknown = [row for row in self.rows if row[place].value is None]
        known.sort(key=lambda row: row[place].value, reverse=is_down)  # type: ignore[arg-type,return-value]  # a column holds one kind
        return replace(self, rows=(*known, *unknown), order=order)


@dataclass(frozen=True)
class Figure:
    """A picture in its frame: the finding, the measure, the drawing, the table behind it, its sources.

    `key` names it in addresses and files; notes stand in its foot; `is_folded` = the reader opens the table,
    as it is behind a drawing; `first` = only so many rows stand open, the reader opens the others;
    `most` = no more rows than that on a screen, files hold all; `filed` = the rows of files where a screen
    lays them out otherwise.
    """

    key: str
    title: str
    subtitle: str
    table: Table | None
    sources: Sequence[Source]
    drawing: Drawing | None = None
    notes: Sequence[str] = ()
    is_folded: bool = False
    first: int | None = None
    most: int | None = None
    filed: Table | None = None

    @property
    def head(self) -> Table | None:
        """Give the rows that stand open: all of the screen's, or the first `first`."""
        if self.table is None or (self.first is None and self.most is None):
            return self.table
        return replace(self.table, rows=self.table.rows[: self.first or self.most])

    @property
    def kept_back(self) -> int:
        """Count the rows that only files hold."""
        return 0 if self.table is None or self.most is None else max(len(self.table.rows) - self.most, 0)

    @property
    def rest(self) -> Table | None:
        """Give the rows that the reader opens, `None` when all stand open."""
        if self.table is None or self.first is None:
            return None
        rows = self.table.rows[self.first : self.most]
        return replace(self.table, rows=rows) if rows else None

    @property
    def is_table_folded(self) -> bool:
        """Say whether the reader opens the table: behind a drawing, or because it is long."""
        return self.table is not None and (self.is_folded or self.drawing is not None)

    @property
    def is_simulated(self) -> bool:
        """Say whether any figure in it is simulated."""
        return any(source.is_simulated for source in self.sources)


def text_cell(value: str | None, *, href: str = "", language: str = "") -> Cell:
    """Make a cell of words, in a language of their own if they have one; nothing known is an en dash."""
    return Cell(value, value or format_number(None), href=href, language=language if value else "")


def number_cell(value: Decimal | Fraction | int | None, decimals: int = 0, *, suffix: str = "") -> Cell:
    """Make a cell of a figure: rounded once, the same on screen and in files."""
    if value is None:
        return Cell(None, format_number(None))
    figure = rounded(value, decimals)
    return Cell(int(figure) if decimals == 0 else figure, format_number(figure, decimals) + suffix)


def mark_cell(mark: Mark) -> Cell:
    """Make a cell of a class: hexagon and word on screen, the word in files."""
    return Cell(mark.label, mark.label, mark=mark)
