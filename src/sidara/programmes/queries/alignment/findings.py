"""Findings of the alignment as they stand, the runs that found them, and what people said."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Severity
from sidara.programmes import models
from sidara.programmes.core.alignment import SHORT, CheckCode
from sidara.programmes.core.words import Act, State, Subject
from sidara.programmes.queries.alignment.places import Label
from sidara.programmes.queries.rights import READ, READ_FINDINGS, holds_in, require_in
from sidara.regions import queries as regions

ORDER = list(Severity)
JUDGED = tuple(one for one in Severity if one is not Severity.NOT_EVALUATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSeen(Label):
    """A row behind a finding as it was called when it was found last."""

    id: str

    def flat(self) -> dict[str, Any]:
        """Give the row for programs."""
        return {
            "id": self.id,
            "name": self.name,
            "document": self.document,
            "owner": self.owner,
            "level": self.level,
            "amount_idr": self.amount_idr,
        }


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its state; `reason` is the explanation that holds, `key` names it in runs."""

    uid: UUID
    code: CheckCode
    severity: Severity
    rows: tuple[RowSeen, ...]
    villages: tuple[str, ...]
    value: str
    amount_idr: int | None
    message: str
    remedy: str
    owner: str
    area: str
    state: State
    first_seen_at: datetime
    last_run: int
    solved_at: datetime | None
    is_simulated: bool
    reason: str = ""
    explained_by: str = ""
    key: str = ""

    @property
    def owner_areas(self) -> tuple[str, ...]:
        """Give the areas whose people may explain it."""
        return tuple(sorted({one for one in (self.area, *(row.area for row in self.rows)) if one}))

    def flat(self) -> dict[str, Any]:
        """Give the finding for programs: plans and activities behind it with their ids."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "state": self.state.value,
            "plan": [row.flat() for row in self.rows if row.table == "plan_lines"],
            "activities": [row.flat() for row in self.rows if row.table == "activities"],
            "other_rows": [row.flat() for row in self.rows if row.table not in {"plan_lines", "activities"}],
            "villages": list(self.villages),
            "value": self.value,
            "amount_idr": self.amount_idr,
            "owner": self.owner,
            "area": self.area,
            "message": self.message,
            "remedy": self.remedy,
            "first_seen": self.first_seen_at.isoformat(),
            "reason": self.reason,
            "uid": str(self.uid),
        }


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run: what it was about, counts by check and severity, and what two runs are compared by."""

    number: int
    year: int
    area: str
    label: str
    is_simulated: bool
    day: date
    counts: Mapping[str, Mapping[str, int]]
    summary: Mapping[str, Any]
    actor_name: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class FindingQuery:
    """Which findings: of a year, real or made up, of an area (dotted code), of some states and checks."""

    year: int
    under: str
    is_simulated: bool = False
    states: tuple[State, ...] = (State.OPEN, State.EXPLAINED)
    codes: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = field(default=tuple(Severity))


@dataclass(frozen=True, slots=True)
class OpenFindings:
    """What nobody explained or solved yet of a year: how many findings, and the rupiah in them."""

    year: int
    count: int
    amount_idr: int


def findings(actor: Actor, query: FindingQuery) -> tuple[FindingRow, ...]:
    """Give findings that concern an area, by check, the gravest and costliest first.

    Refuses (`NotAllowed`) who may not read findings there; an area that is none has none.
    """
    area = regions.resolve(actor, query.under)
    if area is None:
        return ()
    require_in(actor, READ_FINDINGS, area.code)
    within = regions.within(actor, area.id)
    rows = models.AlignmentFinding.objects.filter(
        year=query.year, is_simulated=query.is_simulated, state__in=[one.value for one in query.states]
    )
    if query.codes:
        rows = rows.filter(check_code__in=query.codes)
    found = [_row(one) for one in rows.select_related("area")]
    kept = [one for one in found if one.severity in query.severities and _concerns(one, within)]
    said = _reasons([one.uid for one in kept if one.state is State.EXPLAINED])
    kept.sort(key=lambda one: (one.code, ORDER.index(one.severity), -(one.amount_idr or 0), one.message))
    return tuple(_with_reason(one, said) for one in kept)


def finding(actor: Actor, uid: UUID) -> FindingRow | None:
    """Give one finding; `None` where there is none, or where the actor may read none of its areas."""
    one = models.AlignmentFinding.objects.select_related("area").filter(uid=uid).first()
    if one is None:
        return None
    row = _row(one)
    own = {*row.owner_areas, *row.villages}
    if not any(holds_in(actor, READ_FINDINGS, code) for code in own):
        require(actor, READ_FINDINGS)
    return _with_reason(row, _reasons([row.uid]))


def documents_of(actor: Actor, rows: Sequence[RowSeen]) -> dict[str, UUID]:
    """Give the plan document of each line and goal that is still there, by the id of the row."""
    require(actor, READ)
    uids = [one.id for one in rows if one.table in {"plan_lines", "goals"}]
    found = [
        *models.PlanLine.objects.filter(uid__in=uids).values_list("uid", "plan__uid"),
        *models.Goal.objects.filter(uid__in=uids).values_list("uid", "plan__uid"),
    ]
    return {str(row): plan for row, plan in found}


def runs(actor: Actor, *, under: str, year: int, is_simulated: bool) -> tuple[RunRow, ...]:
    """Give the runs that looked at an area in a year: of it or of one around it, the newest first.

    Refuses (`NotAllowed`) who may not read findings of the area.
    """
    area = regions.resolve(actor, under)
    if area is None:
        return ()
    require_in(actor, READ_FINDINGS, area.code)
    chain = [one.id for one in regions.with_above(actor, area.id)]
    rows = models.AlignmentRun.objects.filter(area_id__in=chain, year=year, is_simulated=is_simulated)
    return tuple(
        RunRow(
            one.number,
            one.year,
            one.area.code if one.area else "",
            one.label,
            one.is_simulated,
            one.as_of_date,
            one.counts,
            one.summary,
            one.actor_name,
            one.made_at,
        )
        for one in rows.select_related("area")
    )


def open_findings(actor: Actor, under: str, *, is_simulated: bool) -> OpenFindings | None:
    """Count the open findings of an area (dotted code) in the year of the newest run.

    `None` where it never ran, where the area is none, and for who may not read findings there.
    """
    run = models.AlignmentRun.objects.filter(is_simulated=is_simulated).first()
    area = regions.resolve(actor, under)
    if run is None or area is None or not holds_in(actor, READ_FINDINGS, area.code):
        return None
    found = findings(actor, FindingQuery(run.year, under, is_simulated, (State.OPEN,), severities=JUDGED))
    return OpenFindings(run.year, len(found), sum(one.amount_idr or 0 for one in found))


def _concerns(one: FindingRow, within: frozenset[str]) -> bool:
    """Whether a finding concerns an area; what is not evaluated anywhere concerns every one."""
    own = {*one.owner_areas, *one.villages}
    return not own or not own.isdisjoint(within)


def _row(one: models.AlignmentFinding) -> FindingRow:
    return FindingRow(
        uid=one.uid,
        code=CheckCode(one.check_code),
        severity=Severity(one.severity),
        rows=tuple(RowSeen(**row) for row in one.rows),
        villages=tuple(one.villages),
        value=one.value,
        amount_idr=one.amount_idr,
        message=one.message,
        remedy=one.remedy,
        owner=one.owner,
        area=one.area.code if one.area else "",
        state=State(one.state),
        first_seen_at=one.first_seen_at,
        last_run=one.last_run_id,
        solved_at=one.solved_at,
        is_simulated=one.is_simulated,
        key=one.key[:SHORT],
    )


def _reasons(uids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """Give the newest explanation of findings, with its author."""
    found: defaultdict[UUID, tuple[str, str]] = defaultdict(lambda: ("", ""))
    rows = models.ProgrammeEvent.objects.filter(
        subject=Subject.FINDING, act=Act.EXPLAIN, subject_uid__in=uids
    )
    for uid, reason, name in rows.values_list("subject_uid", "reason", "actor_name"):
        found[uid] = reason, name
    return found


def _with_reason(one: FindingRow, said: Mapping[UUID, tuple[str, str]]) -> FindingRow:
    reason, name = said.get(one.uid, ("", "")) if one.state is State.EXPLAINED else ("", "")
    return replace(one, reason=reason, explained_by=name)
