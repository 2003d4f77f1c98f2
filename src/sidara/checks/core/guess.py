"""The vocabulary of a case that has no dictionary beside it: said in the case, else seen from its cells.

A frequency is that of the periods of a variable's cells; a kind is that of its values where the text of the
expression does not say it; categories are those that occur. What cannot be seen stays unknown.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sidara.expressions import Classes, Kind, Time, Variable, Vocabulary
from sidara.kernel import period as periods
from sidara.kernel.breakdown import parts_of
from sidara.kernel.period import Frequency

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
TYPES = {
    "bulat": Kind.NUMBER,
    "desimal": Kind.NUMBER,
    "uang": Kind.NUMBER,
    "persen": Kind.NUMBER,
    "ya_tidak": Kind.BOOLEAN,
    "pilihan": Kind.TEXT,
    "pilihan_jamak": Kind.TEXT,
    "teks": Kind.TEXT,
    "tanggal": Kind.DATE,
}
FREQUENCIES = {
    "tahunan": Frequency.YEAR,
    "saat_berubah": Frequency.YEAR,
    "semesteran": Frequency.SEMESTER,
    "triwulanan": Frequency.QUARTER,
    "bulanan": Frequency.MONTH,
}
TIMES = {
    "stok": Time.STOCK,
    "arus": Time.FLOW,
    "tahun_berjalan": Time.YEAR_TO_DATE,
    "tidak": Time.NONE,
}


def vocabulary(  # noqa: PLR0913 - one for each place where words come from
    given: Mapping[str, Any],
    cells: Sequence[Mapping[str, Any]],
    lists: Mapping[str, Any],
    indices: Mapping[str, Classes],
    *,
    with_days: bool,
    guess: Collection[str] = (),
) -> Vocabulary:
    """Give the words of a case. `guess`: names whose kind only their values can tell."""
    said: Mapping[str, Any] = given.get("variables") or {}
    own: dict[str, list[Mapping[str, Any]]] = {code: [] for code in said}
    for cell in cells:
        own.setdefault(str(cell.get("variable")), []).append(cell)

    def kind(name: str, values: Iterable[object]) -> Kind | None:
        return _kind(values, with_days=with_days, guess=name in guess)

    variables = {
        code: _variable(said.get(code) or {}, found, kind(code, [cell.get("value") for cell in found]))
        for code, found in own.items()
    }
    columns: dict[str, dict[str, Variable]] = {}
    for name, given_list in lists.items():
        rows = _rows(given_list)
        keys = dict.fromkeys(key for row in rows for key in row if key != "removed")
        columns[name] = {key: Variable(kind(key, [_plain(row.get(key)) for row in rows])) for key in keys}
    return Vocabulary(variables, columns, _classifications(cells), indices=indices, is_open=True)


def _rows(given: object) -> list[Mapping[str, Any]]:
    rows = given.get("rows") if isinstance(given, Mapping) else None
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _plain(value: object) -> object:
    return value.get("value") if isinstance(value, Mapping) else value


def _variable(said: Mapping[str, Any], cells: Sequence[Mapping[str, Any]], kind: Kind | None) -> Variable:
    seen = {found.frequency for cell in cells if (found := periods.parse(str(cell.get("period"))))}
    frequency = FREQUENCIES.get(str(said.get("frequency"))) or (seen.pop() if len(seen) == 1 else None)
    return Variable(
        TYPES.get(str(said.get("type")), kind),
        said.get("adds_up"),
        frequency,
        TIMES.get(str(said.get("time"))),
        tuple(_parts(cells)),
    )


def _parts(cells: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, None]]:
    """Give classifications and codes of breakdowns by one classification, in the order of the cells."""
    found: dict[str, dict[str, None]] = {}
    for cell in cells:
        parts = parts_of(str(cell.get("breakdown") or ""))
        if len(parts) == 1:
            found.setdefault(parts[0][0], {})[parts[0][1]] = None
    return found


def _classifications(cells: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    return {classification: tuple(codes) for classification, codes in _parts(cells).items()}


def _kind(values: Iterable[object], *, with_days: bool, guess: bool) -> Kind | None:
    """Give the kind that values show by themselves.

    `guess`: also that of texts that look like numbers; without any value it is a number, as most are.
    """
    known = [value for value in values if value is not None]
    for kind, types in _SHAPES:
        if known and all(isinstance(value, types) for value in known):
            return kind
    if not known:
        return Kind.NUMBER if guess else None
    if not all(isinstance(value, str) for value in known):
        return None
    if with_days and all(_DAY.fullmatch(str(text)) for text in known):
        return Kind.DATE
    looks = Kind.NUMBER if all(_NUMBER.fullmatch(str(text)) for text in known) else Kind.TEXT
    return looks if guess else None


_SHAPES: tuple[tuple[Kind, type | tuple[type, ...]], ...] = (
    (Kind.BOOLEAN, bool),
    (Kind.TEXT, list),
    (Kind.NUMBER, (int, Decimal)),
)
"""Kinds that values show by themselves; truths come first, for Python takes them for whole numbers."""
