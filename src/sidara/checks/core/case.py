"""A case: an expression with everything that it reads, from the plain values of a file.

What is wrong is said with the number of the case and the key; a value of a wrong form is never guessed at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from sidara.checks.core.case_values import (
    CaseFault,
    cell,
    day,
    fault,
    mapping,
    number,
    refuse_broken,
    refuse_near_keys,
    shown,
    state,
    text,
)
from sidara.checks.core.guess import FREQUENCIES, TIMES, TYPES, vocabulary
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
from sidara.kernel.breakdown import TOTAL, breakdown_of, canonical, parts_of
from sidara.kernel.cell import Cell, State
from sidara.kernel.finding import Finding, Place
from sidara.kernel.period import Period

_KEYS = frozenset({"id", "expression", "today", "region", "period", "cells", "lists"}) | frozenset(
    {"params", "lookups", "variables"}
)
_CELL_KEYS = frozenset({"variable", "breakdown", "period", "state", "value"})
_LIST_KEYS = frozenset({"state", "rows"})
_SAID: Mapping[str, Mapping[str, object]] = {"type": TYPES, "frequency": FREQUENCIES, "time": TIMES}


@dataclass(frozen=True, slots=True)
class Case:
    """A case that can be judged, or (`findings`) why it cannot."""

    id: str | int
    bound: Bound | None = None
    subject: Subject = field(default_factory=Subject)
    tables: Tables = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def cases_of(given: Sequence[object], indices: Mapping[str, Classes]) -> list[Case]:
    """Read the cases of a file, each for itself; a second case with an id that is taken is refused."""
    made: list[Case] = []
    taken: dict[str | int, int] = {}
    for number_of, one in enumerate(given, 1):
        case = case_of(one, indices, number_of)
        first = taken.setdefault(case.id, number_of) if case.id != "" else number_of
        if first != number_of:
            say = f"id {shown(case.id)} sudah dipakai kasus ke-{first}."
            twice = fault("CASE_TWICE", say, "Beri setiap kasus id sendiri.", "id", case.id)
            case = Case(case.id, findings=_placed(twice.findings, number_of))
        made.append(case)
    return made


def case_of(given: object, indices: Mapping[str, Classes], number_of: int = 1) -> Case:
    """Read one case, the `number_of`th of a file; `indices` are the classes known to `class_of`."""
    identity: str | int = ""
    try:
        refuse_broken(given)
        if not isinstance(given, Mapping):
            raise fault("CASE_FORM", "Kasus bukan objek JSON.", 'Tulis {"id": …, "expression": …}.')
        identity = _identity(given.get("id"))
        return _Reader(given, identity, indices).case()
    except ExpressionFault as found:
        findings = tuple(
            replace(one, place=replace(one.place, column="expression")) for one in found.findings
        )
        return Case(identity, findings=_placed(findings, number_of))
    except CaseFault as found:
        return Case(identity, findings=_placed(found.findings, number_of))


def _placed(findings: Sequence[Finding], number_of: int, column: str = "") -> tuple[Finding, ...]:
    return tuple(
        replace(one, place=Place(line=number_of, column=one.place.column or column or None))
        for one in findings
    )


def _identity(given: object) -> str | int:
    if given is None:
        return ""
    if isinstance(given, bool) or not isinstance(given, str | int):
        say = f"id {shown(given)} bukan teks atau bilangan bulat."
        raise fault("CASE_FIELD", say, 'Tulis seperti "id": "a1".', "id", given)
    return given


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the parts of one case."""

    given: Mapping[str, Any]
    identity: str | int
    indices: Mapping[str, Classes]

    def case(self) -> Case:
        refuse_near_keys(self.given, _KEYS)
        asked = self.given.get("expression")
        if not isinstance(asked, str):
            raise fault("CASE_FIELD", "Kasus tidak memuat expression.", "Tulis ungkapannya.", "expression")
        at = self._period(self.given.get("period"), "period")
        cells = self._sequence("cells")
        lists = mapping(self.given.get("lists"), "lists")
        self._check_variables()
        words, expression = self._read(asked, cells, lists)
        kinds = dict(expression.kinds)
        region = mapping(self.given.get("region"), "region")
        refuse_near_keys(region, {"code", "kind"}, "region")
        given_params = mapping(self.given.get("params"), "params")
        params = {name: number(value, f"params.{name}") for name, value in given_params.items()}
        subject = Subject(
            self._cells(cells, kinds, at),
            {name: self._rows(name, value, kinds) for name, value in lists.items()},
            self._today(),
            text(region.get("code"), "region.code"),
            text(region.get("kind"), "region.kind"),
        )
        bound = bind(expression, words, at, params=params)
        return Case(self.identity, bound, subject, self._tables())

    def _read(
        self, asked: str, cells: Sequence[Any], lists: Mapping[str, Any]
    ) -> tuple[Vocabulary, Expression]:
        """Read the expression; kinds come from its text, and where it says nothing from the values."""
        first: ExpressionFault | None = None
        for sure in (True, False):
            words = vocabulary(self.given, cells, lists, self.indices, with_days=sure)
            try:
                expression = read(asked, words)
            except ExpressionFault as found:
                first = first or found
                continue
            open_kinds = {name for name, kind in expression.kinds if kind is None}
            if not open_kinds:
                return words, expression
            words = vocabulary(self.given, cells, lists, self.indices, with_days=sure, guess=open_kinds)
            return words, read(asked, words)
        raise first or ExpressionFault(())

    def _sequence(self, name: str) -> Sequence[Any]:
        value = self.given.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            raise fault("CASE_FIELD", f"{name} bukan larik objek.", f'Tulis "{name}": [{{…}}].', name, value)
        return value

    def _check_variables(self) -> None:
        """Refuse what is said of variables in words that do not exist."""
        for code, said in mapping(self.given.get("variables"), "variables").items():
            where = f"variables.{code}"
            own = mapping(said, where)
            refuse_near_keys(own, {*_SAID, "adds_up"}, where)
            for key, known in _SAID.items():
                if own.get(key) is not None and own[key] not in list(known):
                    say = f"{shown(own[key])} tidak dikenal sebagai {key}."
                    remedy = f"Pilih salah satu: {', '.join(known)}."
                    raise fault("CASE_FIELD", say, remedy, f"{where}.{key}", own[key])
            if not isinstance(own.get("adds_up"), bool | None):
                say = f"adds_up berisi {shown(own['adds_up'])}, bukan ya/tidak."
                raise fault("CASE_FIELD", say, "Tulis true atau false.", f"{where}.adds_up", own["adds_up"])

    def _period(self, given: object, column: str) -> Period:
        found = periods.parse(given) if isinstance(given, str) else None
        if found is None:
            say = (
                f"Periode {shown(given)} tidak dapat dibaca."
                if given is not None
                else "Periode belum ditulis."
            )
            remedy = 'Tulis seperti "2026", "2026-S1", "2026-Q1" atau "2026-03".'
            raise fault("CASE_PERIOD", say, remedy, column, given)
        return found

    def _today(self) -> date | None:
        given = self.given.get("today")
        return None if given is None else day(given, "today")

    def _tables(self) -> Tables:
        made: dict[str, dict[str, Fraction]] = {}
        for name, table in mapping(self.given.get("lookups"), "lookups").items():
            if not isinstance(table, Mapping):
                say = f"Tabel rujukan {name} bukan objek."
                raise fault("CASE_FIELD", say, 'Tulis {"62.01.02.2016": 750000000}.', f"lookups.{name}")
            figures = {key: number(value, f"lookups.{name}.{key}") for key, value in table.items()}
            made[name] = {key: Fraction(figure) for key, figure in figures.items() if figure is not None}
        return made

    def _cells(
        self, cells: Sequence[Mapping[str, Any]], kinds: Mapping[str, Kind | None], at: Period
    ) -> dict[tuple[str, str, str], Cell]:
        made: dict[tuple[str, str, str], Cell] = {}
        for number_of, given in enumerate(cells, 1):
            where = f"cells ke-{number_of}"
            refuse_near_keys(given, _CELL_KEYS, where)
            key, found = self._cell(given, kinds, at, where)
            if key in made:
                say = f"Sel {key[0]}, rincian {key[1]}, periode {key[2]} tertulis dua kali."
                raise fault("CASE_TWICE", say, "Sisakan satu.", where)
            made[key] = found
        return made

    def _cell(
        self, given: Mapping[str, Any], kinds: Mapping[str, Kind | None], at: Period, where: str
    ) -> tuple[tuple[str, str, str], Cell]:
        code = given.get("variable")
        if not isinstance(code, str) or not code:
            raise fault(
                "CASE_FIELD", "Sel tanpa variable.", "Tulis kode variabelnya.", f"{where}.variable", code
            )
        when = self._period(given["period"], f"{where}.period") if given.get("period") is not None else at
        breakdown = text(given.get("breakdown"), f"{where}.breakdown") or TOTAL
        key, parts = canonical(breakdown), parts_of(breakdown)
        if key != breakdown_of(parts) or not all(map(all, parts)):
            say = f"Rincian {shown(breakdown)} tidak dapat dibaca."
            remedy = 'Tulis "_T" bagi jumlahnya, atau seperti "ANGGARAN:R".'
            raise fault("CASE_FIELD", say, remedy, f"{where}.breakdown", breakdown)
        return (code, key, str(when)), cell(given, kinds.get(code), f"{where} ({code})")

    def _rows(self, name: str, given: object, kinds: Mapping[str, Kind | None]) -> Sequence[Row] | None:
        """Give the rows of a list: none when it is declared empty, `None` when it is not filled."""
        where = f"lists.{name}"
        if not isinstance(given, Mapping):
            say = f"Daftar {name} bukan objek."
            raise fault("CASE_FIELD", say, 'Tulis {"state": "nilai", "rows": [{…}]}.', where, given)
        refuse_near_keys(given, _LIST_KEYS, where)
        rows = given.get("rows")
        if rows is not None and not (
            isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows)
        ):
            say = f"Baris daftar {name} bukan larik objek."
            raise fault("CASE_FIELD", say, 'Tulis "rows": [{"USL_008": 5000000}].', f"{where}.rows", rows)
        said = given.get("state")
        found = state(
            (State.EMPTY if rows is None else State.VALUE) if said is None else said, f"{where}.state"
        )
        if found is State.NONE:
            return ()
        if found is not State.VALUE:
            return None
        if rows is None:
            say = f"Daftar {name} berkeadaan nilai tidak memuat rows."
            raise fault("CASE_VALUE", say, 'Tulis barisnya, atau "rows": [] bila kosong.', f"{where}.rows")
        numbered = [(f"{where}.rows ke-{at}", row) for at, row in enumerate(rows, 1)]
        return [_row(row, kinds, at) for at, row in numbered if not _is_removed(row, at)]


def _is_removed(row: Mapping[str, Any], where: str) -> bool:
    removed = row.get("removed")
    if not isinstance(removed, bool | None):
        say = f"removed berisi {shown(removed)}, bukan ya/tidak."
        raise fault("CASE_FIELD", say, "Tulis true atau false.", f"{where}.removed", removed)
    return removed is True


def _row(row: Mapping[str, Any], kinds: Mapping[str, Kind | None], where: str) -> Row:
    return {
        column: cell(
            value if isinstance(value, Mapping) else {"value": value}, kinds.get(column), f"{where}.{column}"
        )
        for column, value in row.items()
        if column != "removed"
    }
