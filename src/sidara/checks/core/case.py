"""A case: an expression with everything that it reads, from the plain values of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from sidara.checks.core.guess import vocabulary
from sidara.expressions import (
    Bound,
    Classes,
    Expression,
    ExpressionFault,
    Kind,
    Row,
    Subject,
    Tables,
    Vocabulary,
    bind,
    read,
)
from sidara.kernel import period as periods
from sidara.kernel.breakdown import canonical
from sidara.kernel.cell import Cell, State
from sidara.kernel.finding import Finding, Place
from sidara.kernel.period import Period

MOST_DIGITS = 18
"""Digits of one figure, before and behind the decimal point together."""


class CaseFault(ValueError):  # noqa: N818 - carries findings that the writer of the file can mend
    """The case cannot be judged; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Carry the findings."""
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Case:
    """A case that can be judged, or (`findings`) why it cannot."""

    id: str | int
    bound: Bound | None = None
    subject: Subject = field(default_factory=Subject)
    tables: Tables = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def case_of(given: object, indices: Mapping[str, Classes]) -> Case:
    """Read one case of a file; `indices` are the classes known to `class_of` and `class_rank`."""
    identity = given.get("id", "") if isinstance(given, Mapping) else ""
    identity = identity if isinstance(identity, str | int) else str(identity)
    try:
        if not isinstance(given, Mapping):
            raise _fault("CASE_FORM", "Kasus bukan objek JSON.", 'Tulis {"id": …, "expression": …}.')
        return _Reader(given, identity, indices).case()
    except ExpressionFault as fault:
        return Case(identity, findings=fault.findings)
    except CaseFault as fault:
        return Case(identity, findings=fault.findings)


def _fault(code: str, message: str, remedy: str, column: str = "", value: object = None) -> CaseFault:
    place = Place(column=column or None)
    return CaseFault(
        (Finding(code, message, remedy, place=place, value=None if value is None else str(value)),)
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the parts of one case."""

    given: Mapping[str, Any]
    identity: str | int
    indices: Mapping[str, Classes]

    def case(self) -> Case:
        text = self.given.get("expression")
        if not isinstance(text, str):
            raise _fault("CASE_FIELD", "Kasus tidak memuat expression.", "Tulis ungkapannya.", "expression")
        at = self._period(self.given.get("period"), "period")
        cells = self._sequence("cells")
        lists = self._mapping("lists")
        words, expression = self._read(text, cells, lists)
        kinds = dict(expression.kinds)
        region = self._mapping("region")
        params = {name: _number(value, f"params.{name}") for name, value in self._mapping("params").items()}
        subject = Subject(
            dict(self._cell(cell, kinds, at) for cell in cells),
            {name: self._rows(name, value, kinds) for name, value in lists.items()},
            self._today(),
            _text(region.get("code")),
            _text(region.get("kind")),
        )
        bound = bind(expression, words, at, params=params)
        return Case(self.identity, bound, subject, self._tables())

    def _read(
        self, text: str, cells: Sequence[Any], lists: Mapping[str, Any]
    ) -> tuple[Vocabulary, Expression]:
        """Read the expression; kinds come from its text, and where it says nothing from the values."""
        fault: ExpressionFault | None = None
        for sure in (True, False):
            words = vocabulary(self.given, cells, lists, self.indices, with_days=sure)
            try:
                expression = read(text, words)
            except ExpressionFault as found:
                fault = fault or found
                continue
            open_kinds = {name for name, kind in expression.kinds if kind is None}
            if not open_kinds:
                return words, expression
            words = vocabulary(self.given, cells, lists, self.indices, with_days=sure, guess=open_kinds)
            return words, read(text, words)
        raise fault or ExpressionFault(())

    def _sequence(self, name: str) -> Sequence[Any]:
        value = self.given.get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            raise _fault("CASE_FIELD", f"{name} bukan larik objek.", f'Tulis "{name}": [{{…}}].', name)
        return value

    def _mapping(self, name: str) -> Mapping[str, Any]:
        value = self.given.get(name) or {}
        if not isinstance(value, Mapping):
            raise _fault("CASE_FIELD", f"{name} bukan objek.", f'Tulis "{name}": {{…}}.', name)
        return value

    def _period(self, text: object, column: str) -> Period:
        found = periods.parse(text) if isinstance(text, str) else None
        if found is None:
            say = f"Periode {text} tidak dapat dibaca."
            raise _fault(
                "CASE_PERIOD", say, "Tulis seperti 2026, 2026-S1, 2026-Q1 atau 2026-03.", column, text
            )
        return found

    def _today(self) -> date | None:
        text = self.given.get("today")
        return None if text is None else _day(text, "today")

    def _tables(self) -> Tables:
        made: dict[str, dict[str, Fraction]] = {}
        for name, table in self._mapping("lookups").items():
            if not isinstance(table, Mapping):
                say = f"Tabel rujukan {name} bukan objek."
                raise _fault("CASE_FIELD", say, 'Tulis {"62.01.02.2016": 750000000}.', f"lookups.{name}")
            figures = {str(key): _number(value, f"lookups.{name}") for key, value in table.items()}
            made[name] = {key: Fraction(figure) for key, figure in figures.items() if figure is not None}
        return made

    def _cell(
        self, given: Mapping[str, Any], kinds: Mapping[str, Kind | None], at: Period
    ) -> tuple[tuple[str, str, str], Cell]:
        code = given.get("variable")
        if not isinstance(code, str):
            raise _fault("CASE_FIELD", "Sel tanpa variable.", "Tulis kode variabelnya.", "cells.variable")
        when = self._period(given["period"], "cells.period") if given.get("period") is not None else at
        breakdown = canonical(str(given.get("breakdown") or ""))
        return (code, breakdown, str(when)), _cell(given, kinds.get(code), f"cells.{code}")

    def _rows(self, name: str, given: object, kinds: Mapping[str, Kind | None]) -> Sequence[Row] | None:
        """Give the rows of a list: none when it is declared empty, `None` when it is not filled."""
        if not isinstance(given, Mapping):
            say = f"Daftar {name} bukan objek."
            raise _fault("CASE_FIELD", say, 'Tulis {"state": "nilai", "rows": [{…}]}.', f"lists.{name}")
        rows = given.get("rows") or []
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            say = f"Baris daftar {name} bukan larik objek."
            raise _fault("CASE_FIELD", say, 'Tulis "rows": [{"USL_008": 5000000}].', f"lists.{name}.rows")
        state = _state(given.get("state", State.VALUE if "rows" in given else State.EMPTY), f"lists.{name}")
        if state is State.NONE:
            return ()
        if state is not State.VALUE:
            return None
        return [
            {
                column: _cell(
                    value if isinstance(value, Mapping) else {"value": value},
                    kinds.get(column),
                    f"lists.{name}.{column}",
                )
                for column, value in row.items()
            }
            for row in rows
            if not row.get("removed")
        ]


def _cell(given: Mapping[str, Any], kind: Kind | None, column: str) -> Cell:
    value = given.get("value")
    state = _state(given.get("state", State.EMPTY if value is None else State.VALUE), column)
    if state is not State.VALUE:
        return Cell(state)
    if value is None:
        raise _fault("CASE_VALUE", "Sel berkeadaan nilai tidak memuat nilai.", "Isi nilainya.", column)
    return Cell(state, _value(value, kind, column))


def _state(given: object, column: str) -> State:
    try:
        return State(str(given).replace(" ", "_"))
    except ValueError:
        words = ", ".join(state.value for state in State)
        say = f"Keadaan {given} tidak dikenal."
        raise _fault("CASE_STATE", say, f"Pilih salah satu: {words}.", column, given) from None


def _value(value: object, kind: Kind | None, column: str) -> Decimal | str | bool | date:
    if isinstance(value, list):
        value = " ".join(map(str, value))
    if kind is Kind.NUMBER:
        number = _number(value, column)
        if number is not None:
            return number
    if kind is Kind.DATE:
        return _day(value, column)
    if isinstance(value, bool) and kind in {Kind.BOOLEAN, None}:
        return value
    if isinstance(value, str) and kind in {Kind.TEXT, None}:
        return value
    if isinstance(value, int | Decimal) and kind is None:
        return Decimal(value)
    say = f"Nilai {value} bukan {kind or 'nilai satu sel'}."
    raise _fault("CASE_VALUE", say, "Betulkan nilainya atau ungkapannya.", column, value)


def _number(value: object, column: str) -> Decimal | None:
    if value is None:
        return None
    try:
        number = (
            Decimal(value) if isinstance(value, int | str | Decimal) and not isinstance(value, bool) else None
        )
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise _fault("CASE_VALUE", f"{value} bukan angka.", 'Tulis seperti 12 atau "0.75".', column, value)
    exponent = int(number.as_tuple().exponent)
    if max(number.adjusted() + 1, 0) + max(-exponent, 0) > MOST_DIGITS:
        say = f"Angka {value} lebih panjang dari {MOST_DIGITS} angka."
        raise _fault("CASE_VALUE", say, "Bulatkan angkanya.", column, value)
    return number


def _day(value: object, column: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        say = f"{value} bukan tanggal."
        raise _fault("CASE_VALUE", say, "Tulis seperti 2026-11-24.", column, value) from None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
