"""What is judged: the cells of a subject, the rows of its lists, and where and when it is judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from sidara.expressions.binding import Bound, Slot
from sidara.expressions.nodes import REGION_CODE, REGION_KIND, TODAY, Name, Node, Operation, Operator, walk
from sidara.expressions.record import Record, exact
from sidara.kernel.cell import EMPTY, Cell

type Tables = Mapping[str, Mapping[str, Fraction]]
"""Look-up tables: name -> key -> figure."""
MOST_REASONS = 8
"""Reasons that are told one by one."""
type Row = Mapping[str, Cell]
"""A row of a list: column -> cell. Rows that are marked removed are left out by the caller."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The cells by (variable, breakdown, period) and the rows of each list; a list not filled is `None`."""

    cells: Mapping[tuple[str, str, str], Cell] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Row] | None] = field(default_factory=dict)
    today: date | None = None
    region_code: str | None = None
    region_kind: str | None = None

    def cell(self, slot: Slot) -> Cell:
        """Give the cell of a slot of the record; what is not there is not filled."""
        return self.cells.get((slot.variable, slot.breakdown, slot.period), EMPTY)

    @property
    def context(self) -> dict[str, str | date | None]:
        """Where and when, under the names that stand in expressions."""
        return {TODAY: self.today, REGION_CODE: self.region_code, REGION_KIND: self.region_kind}


def cell_of(row: Row, slot: Slot) -> Cell:
    """Give the cell of a slot of a row."""
    return row.get(slot.variable, EMPTY)


def record(bound: Bound, subject: Subject, tables: Tables) -> Record:
    """Give the record from which `to_python` evaluates a bound expression."""
    made: dict[str, object] = dict(subject.context)
    made |= {table: tables.get(table, {}) for table in bound.tables}
    for slot in bound.cells:
        _put(made, slot, subject.cell(slot))
    for name in bound.lists:
        rows = subject.lists.get(name)
        made[name] = None if rows is None else [_row(bound, name, row) for row in rows]
    return made


def _row(bound: Bound, name: str, row: Row) -> dict[str, object]:
    made: dict[str, object] = {}
    for slot in bound.columns(name):
        _put(made, slot, cell_of(row, slot))
    return made


def _put(made: dict[str, object], slot: Slot, cell: Cell) -> None:
    made[slot.key] = exact(cell.reading(adds_up=slot.reads_zero))
    made[slot.state_key] = cell.state.value


def missing(bound: Bound, subject: Subject) -> str:
    """Say why a result is null: what could not be read or is not known; the same for every evaluator."""
    said = list(bound.notes)
    read = {node.name for node in walk(bound.root) if isinstance(node, Name)}
    summed = _summed(bound.root)
    for slot in bound.cells:
        cell = subject.cell(slot)
        if cell.reading(adds_up=slot.reads_zero) is None:
            said.append(f"{slot} {cell.state.words}")
    for name in bound.lists:
        rows = subject.lists.get(name)
        if rows is None:
            said.append(f"daftar {name} belum diisi")
        for number, row in enumerate(rows or (), 1):
            for slot in bound.columns(name):
                cell = cell_of(row, slot)
                if slot.key in summed and cell.reading(adds_up=slot.reads_zero) is None:
                    said.append(f"{slot} baris {number} daftar {name} {cell.state.words}")
    said += [
        f"{_WORDS[name]} tidak diketahui"
        for name, value in subject.context.items()
        if name in read and value is None
    ]
    said += [f"tabel {name} mungkin tidak memuat barisnya" for name in bound.tables]
    reasons = list(dict.fromkeys(said)) or ["pembagian dengan nol atau bagian yang memang kosong"]
    rest = len(reasons) - MOST_REASONS
    return "; ".join(reasons[:MOST_REASONS]) + (f"; dan {rest} lagi" if rest > 0 else "")


def _summed(root: Node) -> set[str]:
    """Give the names that stand in summands: only they can make a sum over rows null."""
    summands = (
        node.operands[1]
        for node in walk(root)
        if isinstance(node, Operation) and node.operator is Operator.SUM_ROWS
    )
    return {node.name for summand in summands for node in walk(summand) if isinstance(node, Name)}


_WORDS = {TODAY: "hari ini", REGION_CODE: "kode wilayah", REGION_KIND: "jenis wilayah"}
