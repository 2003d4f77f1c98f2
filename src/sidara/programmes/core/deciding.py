"""Decisions on proposals: the fate that each leads to, and which of those that a file brings count."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sidara.kernel.finding import Finding, Place, Severity
from sidara.programmes.core.importing.records import Record, Row
from sidara.programmes.core.importing.verdicts import HeldRecords
from sidara.programmes.core.words import Decision, Fate, Subject

FATES = {Decision.REJECTED: Fate.REJECTED, Decision.POSTPONED: Fate.POSTPONED}
SAID = ("decision", "reason", "linked_code")
"""What a file says of a decision."""
_NOTHING: Mapping[str, Any] = {"decision": Decision.OPEN.value}


def fate_of(decision: Decision, *, is_budgeted: bool = False) -> Fate:
    """Give what becomes of a proposal by a decision; an accepted one stands in a plan, or in a budget."""
    if decision is Decision.ACCEPTED:
        return Fate.BUDGETED if is_budgeted else Fate.IN_PLAN
    return FATES.get(decision, Fate.NOTED)


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who decides what a file brings: asked with a proposal's fields; `today` = the day of the import."""

    may: Callable[[Mapping[str, Any]], bool]
    today: date


def judge_decisions(rows: Sequence[Row], held: HeldRecords, deciders: Deciders) -> tuple[Row, ...]:
    """Take decisions out of rows whose sender does not decide them: told, and the proposals are kept.

    The sender must decide the proposal as the file has it and as it is stored, and so leaves its kind, too. A
    decision that a level took here is left to the verdict. What counts is told where the file says no day for
    it, or one to come.
    """
    return tuple(_judge(row, held, deciders) for row in rows)


def _judge(row: Row, held: HeldRecords, deciders: Deciders) -> Row:
    at = next((n for n, one in enumerate(row.records) if one.subject is Subject.PROPOSAL), None)
    if at is None or row.is_rejected:
        return row
    record = row.records[at]
    before = held.get(record.name)
    if before is not None and before.is_decided:
        return row
    stored = before.fields if before else _NOTHING
    may = deciders.may(record.fields) and (before is None or deciders.may(before.fields))
    if may:
        is_new = record.fields.get("decision", stored["decision"]) != stored["decision"]
        return _dated(row, at, deciders.today) if is_new else row
    return _without_kind(_without_decision(row, at, stored), at, stored)


def _without_decision(row: Row, at: int, stored: Mapping[str, Any]) -> Row:
    record = row.records[at]
    said = {name: record.fields[name] for name in SAID if name in record.fields}
    is_decided = Decision.OPEN not in (said.get("decision", stored["decision"]), stored["decision"])
    is_new = said.get("decision", stored["decision"]) != stored["decision"]
    is_other = is_decided and any(value != stored.get(name) for name, value in said.items())
    if not is_new and not is_other:
        return row
    kept = {name: value for name, value in record.fields.items() if name not in SAID}
    told = _refused(row, str(said.get("decision", stored["decision"])))
    return _with(row, at, replace(record, fields=kept, decided=None), told)


def _without_kind(row: Row, at: int, stored: Mapping[str, Any]) -> Row:
    """Leave the kind that is stored: it says whose a proposal is to decide."""
    record = row.records[at]
    kind, held = record.fields.get("activity_kind"), stored.get("activity_kind")
    if not kind or not held or kind == held:
        return row
    told = Finding(
        "PLAN_KIND_OF_OTHERS",
        f"Jenis kegiatan usulan ini tetap {held}: akun ini tidak memutus usulan itu.",
        "Minta yang memutusnya mengganti jenisnya bila memang lain.",
        Severity.WARNING,
        _place(row, "Jenis kegiatan"),
        str(kind),
    )
    kept = {name: value for name, value in record.fields.items() if name != "activity_kind"}
    return _with(row, at, replace(record, fields=kept), told)


def _dated(row: Row, at: int, today: date) -> Row:
    record = row.records[at]
    if record.decided is not None and record.decided <= today:
        return row
    if record.decided is None:
        say, severity = "Berkas tidak menyebut hari keputusan ini; dicatat pada hari impor.", Severity.INFO
    else:
        say, severity = "Hari keputusan ini belum tiba; dicatat pada hari impor.", Severity.WARNING
    told = Finding(
        "PLAN_DECISION_DAY",
        say,
        "Isi kolom Tanggal keputusan agar lama menunggu dihitung dari hari yang benar.",
        severity,
        _place(row),
    )
    return _with(row, at, replace(record, decided=None), told)


def _refused(row: Row, decision: str) -> Finding:
    return Finding(
        "PLAN_DECISION_OF_OTHERS",
        f"Keputusan “{decision}” tidak diambil: akun ini tidak memutus usulan itu. Usulannya disimpan.",
        "Minta yang memutus membawa berkas ini, atau memutuskannya di halaman usulan.",
        Severity.WARNING,
        _place(row),
        decision,
    )


def _place(row: Row, column: str = "Keputusan") -> Place:
    return Place(line=row.draft.line, sheet=row.draft.sheet, column=column)


def _with(row: Row, at: int, record: Record, told: Finding) -> Row:
    records: list[Record] = list(row.records)
    records[at] = record
    return replace(row, records=tuple(records), findings=(*row.findings, told))
