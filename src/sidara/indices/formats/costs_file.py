"""Costs as people write them: a file with `item`, `cost`, and `from`, `to`, or lines in a box of a page.

`cost` is a number of zero or more, or `tetap` for an item that nobody can change; item `*` prices a step of
every item that is not named; `from` and `to` make it the price of one move.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, NamedTuple

from sidara import tables
from sidara.indices.core.costs import DECIMALS, LARGEST, Costs
from sidara.indices.core.definition import Definition, Item
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number

ITEM, FROM, TO, COST = COLUMNS = "item", "from", "to", "cost"
FIXED = "tetap"
OTHERS = "*"
type Row = Mapping[str, str | None]


class Words(NamedTuple):
    """How what was written is called in remedies: the two scores of a move, a row that has none."""

    start: str
    end: str
    bare: str
    clear: str


IN_FILE = Words(FROM, TO, f"pada baris tanpa {FROM} dan {TO}", f"Kosongkan {FROM} dan {TO}.")
IN_BOX = Words("skor awal", "skor baru", "pada baris tanpa skor", "Tulis tanpa skor.")
_COST = re.compile(rf"\d{{1,12}}(?:\.\d{{1,{DECIMALS}}}0*)?", re.ASCII)


@dataclass(slots=True)
class _Prices:
    words: Words
    step: dict[str, Fraction] = field(default_factory=dict)
    move: dict[str, dict[tuple[int, int], Fraction]] = field(default_factory=dict)
    fixed: set[str] = field(default_factory=set)
    seen: dict[tuple[str, str | None, str | None], int] = field(default_factory=dict)


def read(
    source: Path | BinaryIO,
    definition: Definition,
    *,
    unit: str = "biaya",
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> tuple[Costs | None, tuple[Finding, ...]]:
    """Give the costs for the items of an index; `None` when the file or one of its rows is refused."""
    reading = tables.read(source, format=format, required=(ITEM, COST), known=COLUMNS)
    if reading.table is None:
        return None, reading.findings
    rows = ((int(row[tables.LINE] or 0), row) for row in reading.table.frame.iter_rows(named=True))
    costs, findings = _costs(rows, definition, unit, IN_FILE)
    said = (*reading.findings, *findings)
    return (None if any(one.severity is Severity.ERROR for one in said) else costs), said


def from_lines(
    text: str, definition: Definition, *, unit: str = "biaya"
) -> tuple[Costs | None, tuple[Finding, ...]]:
    """Give the costs that lines `item,cost` or `item,from,to,cost` hold, counted from 1; empty ones are none.

    Semicolons or tabs may separate, too; then a comma is the sign of decimals.
    """
    rows: list[tuple[int, Row]] = []
    for at, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = _cells(line)
        if len(cells) not in {2, len(COLUMNS)}:
            message = f"Baris ini memuat {len(cells)} isian."
            remedy = "Tulis kode butir, koma, biaya; atau kode butir, skor awal, skor baru, biaya."
            fault = Finding("COST_FORM", message, remedy, Severity.ERROR, Place(line=at), line.strip())
            return None, (fault,)
        whole = cells if len(cells) == len(COLUMNS) else [cells[0], "", "", cells[1]]
        rows.append((at, dict(zip(COLUMNS, (cell or None for cell in whole), strict=True))))
    costs, findings = _costs(rows, definition, unit, IN_BOX)
    return (None if findings else costs), findings


def _cells(line: str) -> list[str]:
    """Split a line; quotation marks mean nothing here."""
    plain = line.replace('"', "")
    is_wide = ";" in plain or "\t" in plain
    cells = [cell.strip() for cell in (re.split(r"[;\t]", plain) if is_wide else plain.split(","))]
    if is_wide:
        cells = [cell.replace(",", ".") for cell in cells]
    return cells if any(cells) else []


def _costs(
    rows: Iterable[tuple[int, Row]], definition: Definition, unit: str, words: Words
) -> tuple[Costs, tuple[Finding, ...]]:
    """Put rows, with their lines, into costs; what cannot be is told."""
    items = {code: item for version in definition.versions for code, item in version.by_code.items()}
    prices = _Prices(words)
    taken = (_take(prices, items, row, line) for line, row in rows)
    findings = tuple(fault for fault in taken if fault is not None)
    others = prices.step.pop(OTHERS, None)
    return Costs(prices.step, prices.move, others, frozenset(prices.fixed), unit), findings


def _take(prices: _Prices, items: dict[str, Item], row: Row, line: int) -> Finding | None:
    """Put one row into the prices, or say why not."""
    code, cost = row[ITEM] or "", row[COST] or ""
    key = (code, row.get(FROM), row.get(TO))
    if code not in items and code != OTHERS:
        message = f"Butir '{code}' tidak dikenal."
        return _fault("COST_ITEM", message, "Isi kode butir, misalnya S02, atau *.", line, (ITEM, code))
    if key in prices.seen:
        message = f"Biaya {code} ini sudah ada pada baris {prices.seen[key]}."
        return _fault("COST_DUPLICATE", message, "Sisakan satu baris.", line, (ITEM, code))
    prices.seen[key] = line
    is_whole_item = key[1:] == (None, None)
    if cost.casefold() == FIXED and code != OTHERS and is_whole_item:
        prices.fixed.add(code)
        return None
    if _COST.fullmatch(cost) is None:
        message = f"Biaya {code}, yaitu '{cost}', tidak dapat dipakai."
        remedy = (
            f"Isi angka dari nol sampai di bawah {format_number(LARGEST)}, paling banyak {DECIMALS} desimal "
            f"dengan titik; atau '{FIXED}' {prices.words.bare}."
        )
        return _fault("COST_VALUE", message, remedy, line, (COST, cost))
    if is_whole_item:
        prices.step[code] = Fraction(Decimal(cost))
        return None
    return _take_move(prices, items.get(code), key, Fraction(Decimal(cost)), line)


def _take_move(
    prices: _Prices, item: Item | None, key: tuple[str, str | None, str | None], price: Fraction, line: int
) -> Finding | None:
    """Put the price of one move into the prices; the scores must be the item's, and rise."""
    code, start, to = key
    scores = sorted({score for rule in item.rules for score in rule.possible}) if item else []
    known = {str(score): score for score in scores}
    if start not in known or to not in known or known[start] >= known[to]:
        message = f"Langkah {code} dari '{start or ''}' ke '{to or ''}' tidak ada."
        words = prices.words
        said = f"Skor {code}: {', '.join(known)}; {words.start} harus lebih rendah daripada {words.end}."
        remedy = said if scores else words.clear
        return _fault("COST_MOVE", message, remedy, line, (FROM, start))
    prices.move.setdefault(code, {})[known[start], known[to]] = price
    return None


def _fault(code: str, message: str, remedy: str, line: int, cell: tuple[str, str | None]) -> Finding:
    column, value = cell
    return Finding(code, message, remedy, Severity.ERROR, Place(line=line, column=column), value)
