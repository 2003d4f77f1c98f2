"""Lines of a plan by hand; files bring theirs through the import. A line is taken out, never deleted."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import models, queries
from sidara.programmes.core import Act, PlanKind, Subject
from sidara.programmes.core.plan_drafts import LineDraft, fault, line_faults
from sidara.programmes.core.revisions import changed_elsewhere
from sidara.programmes.services.codes import code_faults
from sidara.programmes.services.events import Deed, Outcome, tell, told_before
from sidara.programmes.services.plans import held_plan
from sidara.records.writing import writing

_SAME = (
    *("year", "agency", "activity_kind", "indicator", "direction", "baseline", "target", "target_revised"),
    *("ceiling_original", "ceiling_revised", "fund_source", "reason", "minutes"),
)
"""Fields that a draft and a row call alike."""


def keep_line(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    plan: UUID,
    draft: LineDraft,
    message_id: UUID,
    now: datetime,
    uid: UUID | None = None,
    revision: int = 0,
) -> Outcome:
    """Make a line of a plan (`uid` empty) or change one; `revision` is the one that the editor read.

    Refuses (`NotAllowed`) who does not plan for it, `LookupError` a plan or line that does not exist.
    """
    asked = {"plan": plan, "uid": uid, **asdict(draft)}
    deed = Deed(subject=Subject.LINE, act=Act.CHANGE if uid else Act.MAKE, message_id=message_id, asked=asked)
    with writing():
        held = held_plan(actor, uid=plan)
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        row = _line(held, uid) if uid else models.PlanLine(uid=uuid4(), plan=held, revision=0)
        goal = _goal(actor, held, draft.goal) if draft.goal else None
        findings = (
            *(changed_elsewhere(held=row.revision, seen=revision) if uid else ()),
            *line_faults(draft, held.as_standing()),
            *code_faults(
                actor, government=draft.government, code=draft.code, year=draft.year, name=draft.name
            ),
            *_goal_faults(draft, goal),
        )
        if findings:
            return Outcome(findings=findings)
        was = _snapshot(row) if uid else {}
        for name in _SAME:
            setattr(row, name, getattr(draft, name))
        row.name, row.government, row.code = draft.name.strip(), draft.government.value, draft.code.strip()
        row.code_as_written, row.unit_as_written, row.goal = draft.code, draft.unit, goal
        row.key = row.key or row.uid.hex
        row.revision += 1
        row.save()
        return tell(actor, deed=deed, subject_uid=row.uid, before=was, revision=row.revision, now=now)


def remove_line(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, plan: UUID, uid: UUID, revision: int, reason: str, message_id: UUID, now: datetime
) -> Outcome:
    """Take a line out of a plan, with a reason; it stays in the records and counts no more."""
    deed = Deed(
        subject=Subject.LINE,
        act=Act.REMOVE,
        message_id=message_id,
        asked={"plan": plan, "uid": uid},
        reason=reason,
    )
    with writing():
        held = held_plan(actor, uid=plan)
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        row = _line(held, uid)
        findings = (*changed_elsewhere(held=row.revision, seen=revision), *_reason_faults(reason))
        if findings:
            return Outcome(findings=findings)
        was = _snapshot(row)
        row.is_removed = True
        row.revision += 1
        row.save(update_fields=("is_removed", "revision"))
        return tell(actor, deed=deed, subject_uid=row.uid, before=was, revision=row.revision, now=now)


def _line(plan: models.Plan, uid: UUID) -> models.PlanLine:
    row = models.PlanLine.objects.filter(plan=plan, uid=uid, is_removed=False).first()
    if row is None:
        raise LookupError(f"no line {uid}")
    return row


def _snapshot(row: models.PlanLine) -> dict[str, Any]:
    held: dict[str, Any] = {name: getattr(row, name) for name in (*_SAME, "name", "government", "code")}
    return held | {"unit": row.unit_as_written, "goal": row.goal.uid if row.goal else None}


def _goal(actor: Actor, plan: models.Plan, uid: UUID) -> models.Goal | None:
    """Give a goal of the plan itself, or of one that its document follows: same owner, same agency."""
    goal = models.Goal.objects.select_related("plan").filter(uid=uid).first()
    if goal is None or goal.plan.pk == plan.pk:
        return goal
    above = goal.plan
    follows = queries.plan_kinds(actor).documents[PlanKind(plan.kind)].follows
    is_owners = (above.level, above.area_id) == (plan.level, plan.area_id)
    is_agencys = not (above.agency and plan.agency) or above.agency == plan.agency
    is_followed = above.kind in follows and above.is_simulated == plan.is_simulated
    return goal if is_followed and is_owners and is_agencys else None


def _goal_faults(draft: LineDraft, goal: models.Goal | None) -> tuple[Finding, ...]:
    if draft.goal is None or goal is not None:
        return ()
    say = "Tujuan yang dipilih tidak ada dalam dokumen ini atau dokumen yang diikutinya."
    return (fault("GOAL_PARENT_UNKNOWN", say, "Pilih tujuan dari dokumen itu.", "goal"),)


def _reason_faults(reason: str) -> tuple[Finding, ...]:
    if reason.strip():
        return ()
    say = "Alasan belum diisi."
    return (fault("REASON_MISSING", say, "Tulis mengapa, agar yang lain memahaminya.", "reason"),)
