"""Own prices of serving a village, as people write them: a file or lines, several rows a village.

Columns: `kode` (a village, an area, or `*` for all others), `cost` (0 or more), and if wanted `gain` (which
part of the village's need it closes, percent, 100 where empty) and `name`. Rows of the nearest code count:
those of a village go before those of its kecamatan, its kabupaten, and `*`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sidara.kernel.finding import Finding, Place, Severity
from sidara.programmes.core.targeting.wishes import money, share
from sidara.regions.core import dotted

CODE, COST, GAIN, NAME = COLUMNS = "kode", "cost", "gain", "name"
EVERY = "*"
type Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Price:
    """One way to serve a village: what it costs, which part (0 to 1) of the need it closes, its name."""

    cost: Fraction
    part: Fraction = Fraction(1)
    name: str = ""


type Prices = Mapping[str, Sequence[Price]]
"""Prices by dotted code of a village or area, or `EVERY`."""


def prices(rows: Iterable[tuple[int, Row]], known: Iterable[str]) -> tuple[Prices, tuple[Finding, ...]]:
    """Read rows, each with its line; `known` codes of villages and areas. What cannot be used is told."""
    codes = set(known)
    found: dict[str, list[Price]] = {}
    faults: list[Finding] = []
    for line, row in rows:
        code = (row.get(CODE) or "").strip()
        area = code if code == EVERY else dotted(code) or code
        cost, part = money(row.get(COST) or ""), share(row.get(GAIN) or "100")
        if area != EVERY and area not in codes:
            message = f"Kode '{code}' bukan desa atau wilayah di sini."
            remedy = "Isi kode desa, kecamatan, kabupaten, atau * untuk semua yang lain."
            faults.append(_fault("PRICE_CODE", message, remedy, line, (CODE, code)))
        elif cost is None:
            message = f"Biaya {code}, yaitu '{row.get(COST) or ''}', tidak dapat dipakai."
            remedy = "Isi angka nol atau lebih, misalnya 250000000 atau Rp250.000.000."
            faults.append(_fault("PRICE_VALUE", message, remedy, line, (COST, row.get(COST))))
        elif part is None:
            message = f"Bagian kebutuhan '{row.get(GAIN)}' tidak dapat dipakai."
            faults.append(
                _fault("PRICE_GAIN", message, "Isi persen, 0 sampai 100.", line, (GAIN, row.get(GAIN)))
            )
        else:
            found.setdefault(area, []).append(Price(cost, part, (row.get(NAME) or "").strip()))
    return found, tuple(faults)


def lines(text: str) -> Iterator[tuple[int, Row]]:
    """Read lines `kode;cost;gain;name` of a box (semicolons or tabs, or commas), counted from 1."""
    for at, line in enumerate(text.splitlines(), 1):
        if line.strip():
            sign = next((one for one in (";", "\t") if one in line), ",")
            yield at, dict(zip(COLUMNS, (cell.strip() for cell in line.split(sign)), strict=False))


def nearest(priced: Prices, codes: Sequence[str]) -> Sequence[Price]:
    """Give the prices of the first of `codes` (village, kecamatan …) that has any, or of all others."""
    return next((priced[code] for code in (*codes, EVERY) if code in priced), ())


def _fault(code: str, message: str, remedy: str, line: int, cell: tuple[str, str | None]) -> Finding:
    column, value = cell
    return Finding(code, message, remedy, Severity.ERROR, Place(line=line, column=column), value)
