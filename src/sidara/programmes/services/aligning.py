"""A run of the alignment: judges the plans of a year, keeps each finding with its state from run to run."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sidara.collection.core.chain import digest
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Severity
from sidara.programmes import models
from sidara.programmes.core import Act, State, Subject
from sidara.programmes.core.alignment import SHORT, CheckCode, Folded, check, folded, state_after
from sidara.programmes.queries.alignment import Looked, looked, needs
from sidara.programmes.queries.rights import ALIGN, require_in
from sidara.records.writing import next_number, writing
from sidara.regions import queries as regions
from sidara.regions.core import Region

CONTENT = ("severity", "rows", "villages", "value", "amount_idr")
"""What makes a finding another one: an explanation holds for these."""
CHANGED = ("message", "remedy", "owner", "area_id", "state", "solved_at", "last_run_id", *CONTENT)
LONGEST_LABEL, MANY = 100, 500


@dataclass(frozen=True, slots=True)
class Aligned:
    """What came of a run: its number and how findings stand, or why there is none.

    `new`, `kept`, `changed` (explained ones that are open again or other figures), `solved` count findings.
    """

    number: int = 0
    new: int = 0
    kept: int = 0
    changed: int = 0
    solved: int = 0
    findings: tuple[Finding, ...] = ()
    is_repeated: bool = False

    @property
    def is_done(self) -> bool:
        """Whether there is a run."""
        return self.number > 0


def run_alignment(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, under: str, year: int, now: datetime, is_simulated: bool = False, label: str = ""
) -> Aligned:
    """Judge all plans of a year and keep what concerns an area (dotted code): whole or not at all.

    What was found before keeps the day on which it was first seen; what is not found any more is solved. The
    same findings again on the same day are the run that is there. Refuses (`NotAllowed`) who may not align
    the area.
    """
    area = regions.resolve(actor, under)
    if area is None:
        say, mend = f"Wilayah {under} tidak ada.", "Sebut kode wilayah, misalnya 62 atau 62.03."
        return Aligned(findings=(Finding("ALIGNMENT_AREA", say, mend, value=under),))
    require_in(actor, ALIGN, area.code)
    if len(label) > LONGEST_LABEL:
        say = f"Nama pemeriksaan lebih dari {LONGEST_LABEL} huruf."
        return Aligned(findings=(Finding("ALIGNMENT_LABEL", say, "Pendekkan namanya.", value=label),))
    seen = looked(actor, year=year, day=local_date(now), is_simulated=is_simulated)
    within = regions.within(actor, area.id)
    found = [one for one in folded(check(seen.tables, seen.context)) if _touches(one, seen, within)]
    return _kept(actor, found, seen, area, now=now, label=label.strip())


def _touches(one: Folded, seen: Looked, within: frozenset[str]) -> bool:
    """Whether a finding concerns an area: by its own area, its villages or the areas of its rows.

    What is not evaluated anywhere concerns every area.
    """
    found = one.found
    own = {found.area, *found.villages, *(seen.labels[row].area for row in found.rows if row in seen.labels)}
    own.discard("")
    return not own or not own.isdisjoint(within)


def _kept(  # noqa: PLR0913 - the parts of a run
    actor: Actor, found: Sequence[Folded], seen: Looked, area: Region, *, now: datetime, label: str
) -> Aligned:
    """Write the run and bring the findings up to date, in one transaction."""
    year, is_simulated = seen.context.year, seen.context.is_simulated
    day = local_date(now)
    rows = {one.key: _row(one, seen) for one in found}
    about = {"area": area.code, "year": year, "simulated": is_simulated, "label": label, "day": str(day)}
    content = digest(
        about | {"rules": seen.context.rules.version, "rows": sorted(map(digest, rows.values()))}
    )
    with writing():
        newest = models.AlignmentRun.objects.filter(
            area_id=area.id, year=year, is_simulated=is_simulated, label=label
        ).first()
        if newest is not None and newest.content_hash == content:
            return Aligned(newest.number, kept=len(rows), is_repeated=True)
        run = models.AlignmentRun.objects.create(
            number=next_number(models.AlignmentRun),
            year=year,
            area_id=area.id,
            label=label,
            is_simulated=is_simulated,
            as_of_date=day,
            counts=_counts(found),
            summary=_summary(actor, found, seen),
            content_hash=content,
            actor_id=actor.id,
            actor_name=actor.name,
            made_at=now,
        )
        before = {one.key: one for one in _held(actor, run, area)}
        return _settled(actor, run, rows, before, now)


def _held(actor: Actor, run: models.AlignmentRun, area: Region) -> list[models.AlignmentFinding]:
    """Give the findings that concern the area of the run, solved ones with them."""
    within = regions.within(actor, area.id)
    rows = models.AlignmentFinding.objects.filter(year=run.year, is_simulated=run.is_simulated)
    return [one for one in rows.select_related("area") if _is_within(one, within)]


def _is_within(one: models.AlignmentFinding, within: frozenset[str]) -> bool:
    own = {one.area.code if one.area else "", *one.villages, *(row.get("area", "") for row in one.rows)}
    own.discard("")
    return not own or not own.isdisjoint(within)


def _settled(
    actor: Actor,
    run: models.AlignmentRun,
    rows: Mapping[str, dict[str, Any]],
    before: Mapping[str, models.AlignmentFinding],
    now: datetime,
) -> Aligned:
    places = regions.named(actor, {row["area"] for row in rows.values() if row["area"]})
    ids = {code: one.id for code, one in places.items()}
    new, same, changed, events = [], [], [], []
    for key, row in rows.items():
        own = row | {"area_id": ids.get(row["area"])}
        del own["area"]
        held = before.get(key)
        if held is None:
            new.append(_new(run, key, own, now))
            continue
        is_changed = any(getattr(held, name) != own[name] for name in CONTENT)
        state = state_after(State(held.state), is_changed=is_changed)
        if not is_changed and state.value == held.state:
            same.append(held.pk)
            continue
        if state.value != held.state:
            events.append(_event(actor, run, held, Act.FOUND_AGAIN, now))
        for name, value in (own | {"state": state.value, "solved_at": None}).items():
            setattr(held, name, value)
        held.last_run_id = run.number
        changed.append(held)
    gone = [one for key, one in before.items() if key not in rows and one.state != State.SOLVED.value]
    events += [_event(actor, run, one, Act.SOLVE, now) for one in gone]
    models.AlignmentFinding.objects.bulk_create(new, batch_size=MANY)
    models.AlignmentFinding.objects.bulk_update(changed, CHANGED, batch_size=MANY // 10)
    for part in _parts(same):
        models.AlignmentFinding.objects.filter(pk__in=part).update(last_run_id=run.number)
    for part in _parts([one.pk for one in gone]):
        models.AlignmentFinding.objects.filter(pk__in=part).update(
            state=State.SOLVED.value, solved_at=now, last_run_id=run.number
        )
    models.ProgrammeEvent.objects.bulk_create(events, batch_size=MANY)
    return Aligned(run.number, len(new), len(same), len(changed), len(gone))


def _parts(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[at : at + MANY] for at in range(0, len(keys), MANY))


def _new(
    run: models.AlignmentRun, key: str, row: Mapping[str, Any], now: datetime
) -> models.AlignmentFinding:
    return models.AlignmentFinding(
        uid=uuid4(),
        key=key,
        year=run.year,
        is_simulated=run.is_simulated,
        state=State.OPEN.value,
        first_run_id=run.number,
        last_run_id=run.number,
        first_seen_at=now,
        **row,
    )


def _event(
    actor: Actor, run: models.AlignmentRun, one: models.AlignmentFinding, act: Act, now: datetime
) -> models.ProgrammeEvent:
    """Tell that a run changed the state of a finding."""
    return models.ProgrammeEvent(
        subject=Subject.FINDING,
        subject_uid=one.uid,
        act=act,
        before={"state": one.state, "value": one.value, "amount_idr": one.amount_idr},
        after={"run": run.number},
        message_id=uuid4(),
        actor_id=actor.id,
        actor_name=actor.name,
        actor_function=actor.function,
        made_at=now,
    )


def _row(one: Folded, seen: Looked) -> dict[str, Any]:
    """Give a finding as it is kept: rows with what they are called, so that it is read by itself."""
    found = one.found
    labels = ((row, seen.labels.get(row)) for row in found.rows)
    rows = [{"id": row} | asdict(label) for row, label in labels if label is not None]
    return {
        "check_code": found.code.value,
        "severity": found.severity.value,
        "rows": rows,
        "villages": list(found.villages),
        "value": one.value,
        "amount_idr": found.amount_idr,
        "message": found.message,
        "remedy": found.remedy,
        "owner": found.owner[:300],
        "area": seen.common(found.villages) if found.code is CheckCode.OVERLAPS else found.area,
    }


def _counts(found: Iterable[Folded]) -> dict[str, dict[str, int]]:
    made: dict[str, Counter[str]] = {}
    for one in found:
        made.setdefault(one.found.code.value, Counter())[one.found.severity.value] += 1
    return {code: dict(counts) for code, counts in made.items()}


def _money(judged: Sequence[Folded], code: CheckCode, seen: Looked) -> int:
    """Add up the money of a check; an activity that is doubled several times counts once."""
    own = [one.found for one in judged if one.found.code is code]
    if code is not CheckCode.OVERLAPS:
        return sum(one.amount_idr or 0 for one in own)
    rows = {row for one in own for row in one.rows}
    return sum(seen.labels[row].amount_idr or 0 for row in rows if row in seen.labels)


def _summary(actor: Actor, found: Sequence[Folded], seen: Looked) -> dict[str, Any]:
    """Give what two runs are compared by: each finding in short, and what the leader is told."""
    judged = [one for one in found if one.found.severity is not Severity.NOT_EVALUATED]
    told = [one for one in judged if one.found.severity is not Severity.INFO]
    index, need = needs(actor, is_simulated=seen.context.is_simulated)
    return {
        "findings": [
            [one.key[:SHORT], one.found.code.value, one.found.severity.value, one.found.amount_idr]
            for one in judged
        ],
        "unserved": len(
            {code for one in judged if one.found.code is CheckCode.LOCATIONS for code in one.found.villages}
        ),
        "missing": sorted(level.value for level in seen.context.missing),
        "villages": len(seen.tables.villages),
        "activities": len(seen.tables.activities),
        "money": {
            code.value: _money(told, code, seen) for code in dict.fromkeys(one.found.code for one in told)
        },
        "need_by": index,
        "need": need,
    }
