"""Cells of many villages in one table, laid out so that rules are judged for all villages at once.

In: a long frame (`COLUMNS`), every value as text that fits its item. Out: columns of a slot, one row a
village (or a row of a list), as sheets of `expressions` hold them; and the cells of one village.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
import polars as pl

from sidara.checks.core.book import Item, RuleBook
from sidara.checks.core.judge import CellKey, Context
from sidara.expressions import Bound, Kind, Row, Slot
from sidara.expressions.nodes import CONTEXT, REGION_CODE, REGION_KIND, TODAY
from sidara.expressions.sheet import RECORD, Laid, Sheet, digits_of
from sidara.expressions.width import too_wide
from sidara.kernel.cell import Cell, State
from sidara.kernel.period import Period

COLUMNS = ("region", "period", "row", "variable", "breakdown", "state", "value")
"""Columns of a long frame, all String: `row` is empty but for rows of lists; `value` null without a value."""
_TYPES = {Kind.NUMBER: pl.Int64, Kind.TEXT: pl.String, Kind.BOOLEAN: pl.Boolean, Kind.DATE: pl.Date}
type _Places = np.ndarray[tuple[int], np.dtype[np.int64]]
type _Column = tuple[_Places, pl.Series, pl.Series]
"""Places of villages (or rows), states, values as text."""


class CellTable:
    """Cells of many villages. `kinds`: region -> kind (`desa`); a region that is absent is a desa."""

    def __init__(self, cells: pl.DataFrame, book: RuleBook, kinds: Mapping[str, str] | None = None) -> None:
        """Take cells as `COLUMNS` say; each key at most once."""
        self.cells, self.book, self.kinds = cells, book, kinds or {}
        self.regions: list[str] = sorted(cells["region"].unique())
        self._wide: dict[tuple[CellKey, Kind | None], bool] = {}
        self._laid: dict[tuple[CellKey, Kind | None], tuple[list[pl.Series], int]] = {}
        self._listed: dict[CellKey, tuple[_Places, list[str], list[str | None]] | None] = {}

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The place of each region."""
        return {region: place for place, region in enumerate(self.regions)}

    @cached_property
    def _columns(self) -> dict[CellKey, _Column]:
        own = self.cells.filter(pl.col("row") == "")
        own = own.select("variable", "breakdown", "period", "state", "value", place=self._places(own))
        return {
            (str(variable), str(breakdown), str(period)): (
                part["place"].to_numpy(),
                part["state"],
                part["value"],
            )
            for (variable, breakdown, period), part in own.sort("place")
            .partition_by(["variable", "breakdown", "period"], as_dict=True, include_key=False)
            .items()
        }

    def _places(self, part: pl.DataFrame) -> pl.Series:
        return part["region"].replace_strict(self.place_of, return_dtype=pl.Int64)

    @cached_property
    def _rows(self) -> dict[tuple[str, str], "ListRows"]:
        """Give the rows of each list and period, in the order of villages and rows."""
        lists = {item.code: item.own_list for item in self.book.items.values() if item.own_list}
        own = self.cells.filter(pl.col("row") != "").with_columns(
            own_list=pl.col("variable").replace_strict(lists, default=None)
        )
        made: dict[tuple[str, str], ListRows] = {}
        for (name, period), part in (
            own.drop_nulls("own_list").partition_by(["own_list", "period"], as_dict=True).items()
        ):
            rows = (
                part.select("region", "row").unique(maintain_order=True).sort("region", maintain_order=True)
            )
            rows = rows.with_row_index("at").cast({"at": pl.Int64})
            joined = part.join(rows, on=["region", "row"])
            columns = {
                str(variable): _column(one, one["at"])
                for (variable,), one in joined.partition_by(["variable"], as_dict=True).items()
            }
            made[str(name), str(period)] = ListRows(self._places(rows).to_numpy(), columns)
        return made

    def rows(self, own_list: str, period: Period) -> "ListRows":
        """Give the rows of a list at a period."""
        return self._rows.get((own_list, str(period)), ListRows(np.empty(0, np.int64), {}))

    @cached_property
    def _empty(self) -> dict[tuple[str, str], set[int]]:
        """Give where lists are declared empty: the code of the list stands in the place of a variable."""
        found: dict[tuple[str, str], set[int]] = {}
        own = self.cells.filter(
            pl.col("variable").is_in(list(self.book.lists)) & (pl.col("state") == State.NONE.value)
        )
        for region, period, name in own.select("region", "period", "variable").iter_rows():
            found.setdefault((name, period), set()).add(self.place_of[region])
        return found

    def is_filled(self, own_list: str, period: Period) -> list[bool]:
        """Say for each village whether a list is filled or declared empty."""
        filled = set(self.rows(own_list, period).owners.tolist()) | self._empty.get(
            (own_list, str(period)), set()
        )
        return [place in filled for place in range(len(self.regions))]

    def column(self, slot: Slot, places: np.ndarray | None = None) -> tuple[list[pl.Series], int]:
        """Give value and state of a slot for all villages (or for the owners of rows), and the scale."""
        key = (slot.variable, slot.breakdown, slot.period)
        if (key, slot.kind) not in self._laid:
            self._laid[key, slot.kind] = _laid_out(slot, self._columns.get(key), len(self.regions))
        made, scale = self._laid[key, slot.kind]
        return [_picked(one, places) for one in made], scale

    def is_wide(self, bound: Bound) -> bool:
        """Whether a cell that an expression reads holds a figure of more digits than a column does."""
        return any(self._is_slot_wide(slot) for slot in bound.cells)

    def _is_slot_wide(self, slot: Slot) -> bool:
        key = (slot.variable, slot.breakdown, slot.period), slot.kind
        if key not in self._wide:
            self._wide[key] = _is_wide(self.column(slot)[0])
        return self._wide[key]

    def states(
        self, variable: str, breakdown: str, period: Period, own_list: str = ""
    ) -> tuple[np.ndarray, pl.Series] | None:
        """Give the places and states of a cell, as far as it is filled."""
        if own_list:
            found = self.rows(own_list, period).columns.get(variable)
        else:
            found = self._columns.get((variable, breakdown, str(period)))
        return None if found is None else found[:2]

    def sheet(self, bound: Bound, context: Context, own_list: str = "") -> Sheet:
        """Lay out what a bound expression reads: one record a village, or a row of `own_list`.

        Refuses (`ExpressionFault`) figures of more digits than a column holds.
        """
        rows = self.rows(own_list, context.period) if own_list else None
        owners = rows.owners if rows is not None else None
        count = len(self.regions) if owners is None else len(owners)
        kinds: dict[str, Kind | None] = dict(CONTEXT)
        scales: dict[str, int] = {}
        series: list[pl.Series] = [pl.Series(RECORD, range(count), dtype=pl.Int64)]
        for slot in bound.cells:
            item = self.book.items.get(slot.variable)
            if rows is not None and item is not None and item.own_list == own_list:
                made, scale = _laid_out(slot, rows.columns.get(slot.variable), count)
            else:
                made, scale = self.column(slot, owners)
            series += _noted(slot, made, scale, kinds, scales)
        series += self._context(context, owners)
        frames = {}
        for name in bound.lists:
            series.append(_picked(pl.Series(name, self.is_filled(name, context.period)), owners))
            frames[name] = self._frame_of(name, bound, context.period, owners, (kinds, scales))
        subjects = pl.DataFrame(series)
        every = [subjects, *frames.values()]
        digits = max(
            (digits_of(frame[name]) for frame in every for name in scales if name in frame), default=1
        )
        tables = {name: context.tables.get(name, {}) for name in bound.tables}
        return Sheet(subjects, frames, kinds, scales, digits, tables)

    def laid(self, bounds: Sequence[Bound], context: Context) -> Laid:
        """Lay out what bound expressions without lists read together, one record a village."""
        kinds: dict[str, Kind | None] = dict(CONTEXT)
        scales: dict[str, int] = {}
        series: list[pl.Series] = [pl.Series(RECORD, range(len(self.regions)), dtype=pl.Int64)]
        for slot in {slot.key: slot for bound in bounds for slot in bound.cells}.values():
            made, scale = self.column(slot)
            series += _noted(slot, made, scale, kinds, scales)
        series += self._context(context, None)
        subjects = pl.DataFrame(series)
        sizes = subjects.lazy().select(pl.col(list(scales)).abs().max()).collect().row(0) if scales else ()
        digits = {name: len(str(size or 0)) for name, size in zip(scales, sizes, strict=True)}
        tables = {name: context.tables.get(name, {}) for bound in bounds for name in bound.tables}
        return Laid(subjects, kinds, scales, digits, tables)

    def _frame_of(
        self,
        name: str,
        bound: Bound,
        period: Period,
        owners: np.ndarray | None,
        known: tuple[dict[str, Kind | None], dict[str, int]],
    ) -> pl.DataFrame:
        """Give the rows of a list under the record of their village (or of each row that reads them)."""
        rows = self.rows(name, period)
        columns = [pl.Series("owner", rows.owners, dtype=pl.Int64)]
        for slot in bound.columns(name):
            made, scale = _laid_out(slot, rows.columns.get(slot.variable), len(rows.owners))
            columns += _noted(slot, made, scale, *known)
        frame = pl.DataFrame(columns)
        if owners is None:
            return frame.rename({"owner": RECORD})
        records = pl.DataFrame({RECORD: np.arange(len(owners)), "owner": owners})
        return records.join(frame, on="owner").drop("owner")

    def _context(self, context: Context, owners: np.ndarray | None) -> list[pl.Series]:
        given: dict[str, list[str] | list[date | None]] = {
            TODAY: [context.today] * len(self.regions),
            REGION_CODE: self.regions,
            REGION_KIND: [self.kinds.get(region, context.region_kind) for region in self.regions],
        }
        made = []
        for name, kind in CONTEXT.items():
            values = given.get(name, [None] * len(self.regions))
            made.append(_picked(pl.Series(name, values, dtype=_TYPES[kind]), owners))
        return made

    def context_of(self, region: str, context: Context) -> Context:
        """Give the context of one village: its code, its kind, its lists."""
        place, period = self.place_of[region], str(context.period)
        lists: dict[str, Sequence[Row] | None] = dict.fromkeys(self.book.lists)
        for name in self.book.lists:
            rows = self._rows.get((name, period))
            own = () if rows is None else np.flatnonzero(rows.owners == place)
            if len(own) or place in self._empty.get((name, period), ()):
                lists[name] = [] if rows is None else [rows.row(int(at), self.book) for at in own]
        return Context(
            context.period,
            context.form,
            region,
            self.kinds.get(region, context.region_kind),
            context.today,
            lists,
            context.tables,
        )

    def cells_of(self, region: str) -> "CellsOfOne":
        """Give the cells of one village, without those of lists."""
        return CellsOfOne(self, self.place_of[region])

    def cell(self, key: CellKey, place: int) -> Cell | None:
        """Give one cell of the village at a place; `None` where the table has none."""
        item = self.book.items.get(key[0])
        if key not in self._listed:
            self._listed[key] = _as_lists(self._columns.get(key))
        listed = self._listed[key]
        if listed is None or item is None:
            return None
        places, states, values = listed
        at = int(places.searchsorted(place))
        if at == len(places) or places[at] != place:
            return None
        return typed(item, states[at], values[at])

    @property
    def keys(self) -> Iterable[CellKey]:
        """The keys of all cells that any village has."""
        return self._columns.keys()


class CellsOfOne(Mapping[CellKey, Cell]):
    """The cells of one village, read from the table when they are asked for."""

    def __init__(self, table: CellTable, place: int) -> None:
        """Take the table and the place of the village."""
        self._table, self._place = table, place
        self._read: dict[CellKey, Cell | None] = {}

    def _of(self, key: CellKey) -> Cell | None:
        """Give a cell; rules and their words ask for the same ones again and again."""
        if key not in self._read:
            self._read[key] = self._table.cell(key, self._place)
        return self._read[key]

    def __getitem__(self, key: CellKey) -> Cell:
        found = self._of(key)
        if found is None:
            raise KeyError(key)
        return found

    def get[T](self, key: CellKey, default: T | None = None) -> Cell | T | None:  # type: ignore[override]  # as `Mapping.get`, without an exception
        """Give a cell, or the default."""
        found = self._of(key)
        return default if found is None else found

    def __iter__(self) -> Iterator[CellKey]:
        return (key for key in self._table.keys if self._table.cell(key, self._place) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class ListRows:
    """The rows of one list at one period: the place of each row's village, and its columns."""

    def __init__(self, owners: np.ndarray, columns: Mapping[str, _Column]) -> None:
        """Take owners in the order of the rows."""
        self.owners, self.columns = owners, columns

    def row(self, at: int, book: RuleBook) -> Row:
        """Give the cells of a row."""
        made = {}
        for variable, (places, states, values) in self.columns.items():
            here = int(np.searchsorted(places, at))
            if here < len(places) and places[here] == at:
                made[variable] = typed(book.items[variable], states[here], values[here])
        return made


def typed(item: Item, state: str, value: str | None) -> Cell:
    """Give the cell of a text that fits its item."""
    if state != State.VALUE.value or value is None:
        return Cell(State(state))
    match item.type.kind:
        case Kind.NUMBER:
            return Cell(State.VALUE, Decimal(value))
        case Kind.BOOLEAN:
            return Cell(State.VALUE, value == "true")
        case Kind.DATE:
            return Cell(State.VALUE, date.fromisoformat(value))
        case _:
            return Cell(State.VALUE, value)


def _as_lists(column: _Column | None) -> tuple[_Places, list[str], list[str | None]] | None:
    """Give a column from which single cells are read."""
    if column is None:
        return None
    places, states, values = column
    return places, states.to_list(), values.to_list()


def _column(part: pl.DataFrame, places: pl.Series) -> _Column:
    """Put a part in the order of its places."""
    order = places.arg_sort()
    return places.gather(order).to_numpy(), part["state"].gather(order), part["value"].gather(order)


def _picked(column: pl.Series, owners: np.ndarray | None) -> pl.Series:
    return column if owners is None else column.gather(owners)


def _noted(
    slot: Slot, made: list[pl.Series], scale: int, kinds: dict[str, Kind | None], scales: dict[str, int]
) -> list[pl.Series]:
    if _is_wide(made):
        raise too_wide()
    kinds |= {slot.key: slot.kind, slot.state_key: Kind.TEXT}
    if slot.kind is Kind.NUMBER:
        scales[slot.key] = scale
    return made


def _is_wide(made: Sequence[pl.Series]) -> bool:
    """Whether a number did not fit: it stands there as a value and is null."""
    values, states = made
    if values.dtype != pl.Int64 or not values.null_count():
        return False
    return bool((values.is_null() & (states == State.VALUE.value)).any())


def _laid_out(slot: Slot, given: _Column | None, count: int) -> tuple[list[pl.Series], int]:
    """Put the cells of a slot at their places; the others are not filled."""
    kind = slot.kind or Kind.TEXT
    scale = 0
    if given is None:
        own = pl.Series(dtype=_TYPES[kind])
        places, own_states = np.empty(0, np.int64), pl.Series(dtype=pl.String)
    else:
        places, own_states, texts = given
        has_value = own_states == State.VALUE.value
        if not has_value.all():
            texts = pl.select(pl.when(has_value).then(texts).alias("v"))["v"]
        own, scale = _read(texts, kind)
    if len(places) < count:
        own = pl.repeat(None, count, dtype=_TYPES[kind], eager=True).scatter(places, own)
        own_states = pl.repeat(State.EMPTY.value, count, eager=True).scatter(places, own_states)
    return [own.alias(slot.key), own_states.alias(slot.state_key)], scale


def _read(texts: pl.Series, kind: Kind) -> tuple[pl.Series, int]:
    """Read texts as values of a kind; numbers as whole numbers with a scale."""
    match kind:
        case Kind.NUMBER:
            decimals = texts.str.extract(r"\.(\d*)$").str.len_chars().max()
            scale = int(decimals) if isinstance(decimals, int) else 0
            return texts.str.to_decimal(scale=scale).to_physical().cast(pl.Int64, strict=False), scale
        case Kind.BOOLEAN:
            return texts == "true", 0
        case Kind.DATE:
            return texts.str.to_date("%Y-%m-%d"), 0
        case _:
            return texts, 0
