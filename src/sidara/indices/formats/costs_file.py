"""A file of costs: `item`, `cost`, and `from`, `to` where it is the price of one move.

`cost` is a number of zero or more, or `tetap` for an item that nobody can change; item `*` prices a step of
every item that the file does not name.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from sidara import tables
from sidara.indices.core.costs import DECIMALS, LARGEST, Costs
from sidara.indices.core.definition import Definition, Item
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number

ITEM, FROM, TO, COST = COLUMNS = "item", "from", "to", "cost"
FIXED = "tetap"
OTHERS = "*"
_COST = re.compile(rf"\d{{1,12}}(?:\.\d{{1,{DECIMALS}}}0*)?", re.ASCII)


@dataclass(slots=True)
class _Prices:
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
    items = {code: item for version in definition.versions for code, item in version.by_code.items()}
    prices = _Prices()
    findings = list(reading.findings)
    for row in reading.table.frame.iter_rows(named=True):
        fault = _take(prices, items, row)
        if fault is not None:
            findings.append(fault)
    if any(one.severity is Severity.ERROR for one in findings):
        return None, tuple(findings)
    others = prices.step.pop(OTHERS, None)
    return Costs(prices.step, prices.move, others, frozenset(prices.fixed), unit), tuple(findings)


def _take(prices: _Prices, items: dict[str, Item], row: dict[str, str | None]) -> Finding | None:
    """Put one row into the prices, or say why not."""
    line = int(row[tables.LINE] or 0)
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
            f"dengan titik; atau '{FIXED}' pada baris tanpa {FROM} dan {TO}."
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
        said = f"Skor {code}: {', '.join(known)}; {FROM} harus lebih rendah daripada {TO}."
        remedy = said if scores else f"Kosongkan {FROM} dan {TO}."
        return _fault("COST_MOVE", message, remedy, line, (FROM, start))
    prices.move.setdefault(code, {})[known[start], known[to]] = price
    return None


def _fault(code: str, message: str, remedy: str, line: int, cell: tuple[str, str | None]) -> Finding:
    column, value = cell
    return Finding(code, message, remedy, Severity.ERROR, Place(line=line, column=column), value)
