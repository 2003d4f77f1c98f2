"""The verdict of each row: what is stored already held against what the file says. Pure; nothing is written.

created + updated + unchanged + conflicting + rejected = data rows of the file.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sidara.kernel.finding import Finding, Place, Severity
from sidara.programmes.core.importing.records import Record, Row
from sidara.programmes.core.words import Stage, Subject

_STAGES = (Stage.DRAFT, Stage.PLANNED, Stage.BUDGETED)
_EMPTY: tuple[Any, ...] = (None, "", [], {})


class Verdict(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICTING = "conflicting"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Held:
    """What is stored under the key of a record; `is_by_hand`: a person changed it since the last file.

    `is_decided`: a level decided it, and who brings the file must not decide.
    """

    id: int
    fields: Mapping[str, Any]
    villages: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    is_by_hand: bool = False
    is_decided: bool = False


type HeldRecords = Mapping[tuple[Subject, int, str], Held]


@dataclass(frozen=True, slots=True)
class Change:
    """A record that is to be written: new (`held` is `None`), or over what is held, with what changes."""

    record: Record
    held: Held | None
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with its verdict, the changes that it brings and all its findings."""

    row: Row
    verdict: Verdict
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()


def judge(rows: Sequence[Row], held: HeldRecords, *, over_hand: bool = False) -> tuple[Judged, ...]:
    """Give every row its verdict. `over_hand`: the file holds where a person changed a row since."""
    twice = _twice(rows)
    seen: set[tuple[Subject, int, str]] = set()
    judged = []
    for at, row in enumerate(rows):
        if row.is_rejected:
            judged.append(Judged(row, Verdict.REJECTED, (), row.findings))
            continue
        if at in twice:
            judged.append(Judged(row, Verdict.CONFLICTING, (), (*row.findings, _said_twice(row, twice[at]))))
            continue
        names = {one.name for one in row.records if one.subject is _main(row)}
        if names and names <= seen:
            judged.append(Judged(row, Verdict.UNCHANGED, (), (*row.findings, _said_again(row))))
            continue
        seen |= names
        judged.append(_judge(row, held, over_hand=over_hand))
    return tuple(judged)


def counts(judged: Sequence[Judged]) -> dict[str, int]:
    """Count the verdicts, and all rows as `sent`."""
    found = Counter(one.verdict for one in judged)
    return {"sent": len(judged)} | {one.value: found[one] for one in Verdict}


def _main(row: Row) -> Subject:
    """Give what identifies a row: its activity only where it is nothing else."""
    subjects = {one.subject for one in row.records}
    return next((one for one in (Subject.LINE, Subject.PROPOSAL) if one in subjects), Subject.ACTIVITY)


def _judge(row: Row, held: HeldRecords, *, over_hand: bool) -> Judged:
    changes: list[Change] = []
    findings = list(row.findings)
    is_new = is_changed = is_conflict = False
    for record in row.records:
        before = held.get(record.name)
        changed = _changed(record, before)
        if before is None:
            is_new = True
            changes.append(Change(record, None, record.fields))
        elif changed:
            is_changed = True
            changes.append(Change(record, before, changed))
            if before.is_decided or (before.is_by_hand and not over_hand):
                is_conflict = True
                findings.append(_changed_here(row, before, changed))
    if is_conflict:
        return Judged(row, Verdict.CONFLICTING, (), tuple(findings))
    if not changes:
        return Judged(row, Verdict.UNCHANGED, (), tuple(findings))
    is_created = is_new and not is_changed and len(changes) == len(row.records)
    verdict = Verdict.CREATED if is_created else Verdict.UPDATED
    return Judged(row, verdict, tuple(changes), tuple(findings))


def _changed(record: Record, before: Held | None) -> dict[str, Any]:
    """Give what the file says otherwise than what is stored; an empty cell says nothing."""
    if before is None:
        return dict(record.fields)
    changed: dict[str, Any] = {}
    is_older = _is_older(record, before)
    for key, value in record.fields.items():
        stored = before.fields.get(key)
        if is_older and stored not in _EMPTY:
            continue
        if isinstance(value, Mapping):
            merged = {**(stored or {}), **value}
            if merged != (stored or {}):
                changed[key] = merged
        elif value != stored:
            changed[key] = value
    if record.villages and any(before.villages.get(code) != place for code, place in record.villages.items()):
        changed["villages"] = sorted(record.villages)
    outputs = {
        name: told
        for name, told in record.outputs.items()
        if any(before.outputs.get(name, {}).get(key) != value for key, value in told.items())
        or name not in before.outputs
    }
    if outputs:
        changed["outputs"] = sorted(outputs)
    return changed


def _is_older(record: Record, before: Held) -> bool:
    """Whether an activity stands further than the document says: a Renja after its DPA fills gaps only."""
    held, said = before.fields.get("stage"), record.fields.get("stage")
    return held in _STAGES and said in _STAGES and _STAGES.index(said) < _STAGES.index(held)


def _twice(rows: Sequence[Row]) -> dict[int, list[int]]:
    """Give rows that share their key with another one of other content, each with the lines of all."""
    groups: dict[tuple[Subject, int, str], list[int]] = {}
    for at, row in enumerate(rows):
        for one in row.records if not row.is_rejected else ():
            if one.subject is _main(row):
                groups.setdefault(one.name, []).append(at)
    found: dict[int, list[int]] = {}
    for group in groups.values():
        if len({_content(rows[at]) for at in group}) > 1:
            for at in group:
                found[at] = [rows[other].draft.line for other in group]
    return found


def _content(row: Row) -> str:
    return repr(
        [(one.name, sorted(one.fields.items(), key=str)) for one in row.records if one.subject is _main(row)]
    )


def _place(row: Row) -> Place:
    return Place(line=row.draft.line, sheet=row.draft.sheet)


def _said_twice(row: Row, lines: Sequence[int]) -> Finding:
    others = ", ".join(str(line) for line in lines if line != row.draft.line)
    return Finding(
        "PLAN_ROW_TWICE",
        f"Baris ini dan baris {others} berkunci sama, tetapi isinya berbeda; tidak satu pun diambil.",
        "Satukan baris-baris itu, atau bedakan kode, indikator atau lokasinya.",
        Severity.ERROR,
        _place(row),
    )


def _said_again(row: Row) -> Finding:
    return Finding(
        "PLAN_ROW_REPEATED",
        "Baris ini sama dengan baris lain dalam berkas.",
        "Hapus salah satu bila tidak disengaja.",
        Severity.INFO,
        _place(row),
    )


def _changed_here(row: Row, before: Held, changed: Mapping[str, Any]) -> Finding:
    pairs = "; ".join(
        f"{key}: di sini {_short(before.fields.get(key))}, di berkas {_short(value)}"
        for key, value in list(changed.items())[:3]
    )
    return Finding(
        "PLAN_CHANGED_HERE",
        f"Baris ini diubah orang di sini sejak berkas terakhir, dan berkas mengatakan lain ({pairs}).",
        "Samakan isinya; putusan hanya diganti oleh tingkat yang memutus."
        if before.is_decided
        else "Samakan isinya, atau pilih agar berkas yang berlaku.",
        Severity.ERROR,
        _place(row),
    )


def _short(value: object) -> str:
    text = "kosong" if value in (None, "", []) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
