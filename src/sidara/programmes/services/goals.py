"""Goals of a plan with indicators and targets, and the ties between goals of different levels."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import models, queries
from sidara.programmes.core import Act, GoalKind, GoalTie, Subject
from sidara.programmes.core.plan_drafts import (
    GoalDraft,
    Node,
    fault,
    goal_faults,
    link_faults,
    tree_faults,
)
from sidara.programmes.core.revisions import changed_elsewhere
from sidara.programmes.core.targets import variable_code
from sidara.programmes.services.events import Deed, Outcome, tell, told_before
from sidara.programmes.services.plans import held_plan
from sidara.programmes.services.targets import indicator_faults, put_targets
from sidara.records.writing import writing
from sidara.regions import queries as regions


def make_goals(
    actor: Actor, *, plan: UUID, drafts: Sequence[GoalDraft], message_id: UUID, now: datetime
) -> Outcome:
    """Make goals of a plan, all or none; gives the uid of the first. A parent may come in the same message.

    Baseline and targets go into the data sets of the plan. Refuses (`NotAllowed`) who does not plan for it,
    `LookupError` a plan that does not exist.
    """
    asked = {"plan": plan, "goals": [_plain(one) for one in drafts]}
    deed = Deed(subject=Subject.GOAL, act=Act.MAKE, message_id=message_id, asked=asked)
    with writing():
        row = held_plan(actor, uid=plan)
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        findings = _faults(actor, row, drafts)
        if findings or not drafts:
            return Outcome(findings=findings)
        made: dict[UUID, models.Goal] = {}
        for one in _parents_first(drafts):
            goal = models.Goal(uid=one.uid, plan=row)
            made[one.uid] = goal
            _write(goal, one, made)
        put_targets(actor, plan=row, goals=drafts, now=now)
        return tell(actor, deed=deed, subject_uid=drafts[0].uid, before={}, revision=1, now=now)


def change_goal(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    draft: GoalDraft,
    revision: int,
    message_id: UUID,
    now: datetime,
    reason: str = "",
) -> Outcome:
    """Change the goal with the draft's uid as a whole, its indicators and targets with it.

    `revision` is the one that the editor read. Refuses (`NotAllowed`) who does not plan for its plan,
    `LookupError` a goal that does not exist.
    """
    deed = Deed(
        subject=Subject.GOAL, act=Act.CHANGE, message_id=message_id, asked=_plain(draft), reason=reason
    )
    with writing():
        goal = models.Goal.objects.filter(uid=draft.uid).first()
        if goal is None:
            raise LookupError(f"no goal {draft.uid}")
        plan = held_plan(actor, uid=goal.plan.uid)
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        findings = (
            *changed_elsewhere(held=goal.revision, seen=revision),
            *_faults(actor, plan, (draft,), own=goal),
        )
        if findings:
            return Outcome(findings=findings)
        was = _snapshot(actor, goal)
        gone = _dropped(goal, draft)
        goal.revision += 1
        _write(goal, draft, {})
        put_targets(actor, plan=plan, goals=(draft,), dropped=gone, now=now)
        return tell(actor, deed=deed, subject_uid=goal.uid, before=was, revision=goal.revision, now=now)


def link_goals(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, lower: UUID, upper: UUID, tie: GoalTie, message_id: UUID, now: datetime
) -> Outcome:
    """Say that a goal of one's own plan follows a goal of a higher or earlier document.

    Refuses (`NotAllowed`) who does not plan for the lower goal, `LookupError` goals that do not exist.
    """
    asked = {"lower": lower, "upper": upper, "tie": tie.value}
    deed = Deed(subject=Subject.GOAL, act=Act.LINK, message_id=message_id, asked=asked)
    with writing():
        low, high = _goal(lower), _goal(upper)
        held_plan(actor, uid=low.plan.uid)
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        findings = tuple(_tie_faults(actor, low, high, tie))
        if findings:
            return Outcome(findings=findings)
        models.GoalLink.objects.create(lower=low, upper=high, tie=tie.value)
        return _told(actor, deed, low, now)


def unlink_goals(actor: Actor, *, lower: UUID, upper: UUID, message_id: UUID, now: datetime) -> Outcome:
    """Take a tie back; the event keeps that it was there. Rights as `link_goals`."""
    deed = Deed(
        subject=Subject.GOAL, act=Act.UNLINK, message_id=message_id, asked={"lower": lower, "upper": upper}
    )
    with writing():
        low, high = _goal(lower), _goal(upper)
        held_plan(actor, uid=low.plan.uid)
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        found = models.GoalLink.objects.filter(lower=low, upper=high)
        if not found.exists():
            say = "Kaitan itu sudah tidak ada."
            return Outcome(findings=(fault("LINK_ABSENT", say, "Muat ulang halaman.", "upper"),))
        found.delete()
        return _told(actor, deed, low, now)


def _told(actor: Actor, deed: Deed, goal: models.Goal, now: datetime) -> Outcome:
    goal.revision += 1
    goal.save(update_fields=("revision",))
    return tell(actor, deed=deed, subject_uid=goal.uid, before={}, revision=goal.revision, now=now)


def _goal(uid: UUID) -> models.Goal:
    row = models.Goal.objects.select_related("plan__area").filter(uid=uid).first()
    if row is None:
        raise LookupError(f"no goal {uid}")
    return row


def _plain(draft: GoalDraft) -> dict[str, Any]:
    """Give a draft as the event keeps it: years of targets as texts."""
    made = asdict(draft)
    for one in made["indicators"]:
        one["targets"] = {str(year): str(value) for year, value in sorted(one["targets"].items())}
    return made


def _parents_first(drafts: Sequence[GoalDraft]) -> Sequence[GoalDraft]:
    """Put each goal behind the one above it; the tree has no cycle."""
    left, ordered = {one.uid: one for one in drafts}, dict[UUID, GoalDraft]()
    while left:
        for one in list(left.values()):
            if one.parent not in left:
                ordered[one.uid] = left.pop(one.uid)
    return tuple(ordered.values())


def _write(goal: models.Goal, draft: GoalDraft, made: Mapping[UUID, models.Goal]) -> None:
    if draft.parent is None:
        goal.parent = None
    else:
        goal.parent = made.get(draft.parent) or models.Goal.objects.get(uid=draft.parent)
    goal.kind, goal.code, goal.name = draft.kind.value, draft.code.strip(), draft.name.strip()
    goal.is_priority, goal.priority = draft.is_priority, draft.priority.strip()
    goal.valid_from, goal.valid_to, goal.place = draft.valid_from, draft.valid_to, draft.place
    goal.save()
    goal.indicators.exclude(name__in=[one.name.strip() for one in draft.indicators]).delete()
    for one in draft.indicators:
        goal.indicators.update_or_create(
            name=one.name.strip(),
            defaults={
                "indicator": one.indicator,
                "unit": one.unit,
                "direction": one.direction,
                "baseline_year": one.baseline_year,
            },
        )


def _faults(
    actor: Actor, plan: models.Plan, drafts: Sequence[GoalDraft], own: models.Goal | None = None
) -> tuple[Finding, ...]:
    kinds, standing = queries.plan_kinds(actor), plan.as_standing()
    found = [one for draft in drafts for one in goal_faults(draft, standing, kinds)]
    known = {one.uid for one in drafts}
    nodes = [
        Node(uid, GoalKind(kind), code, parent)
        for uid, kind, code, parent in models.Goal.objects.filter(plan=plan).values_list(
            "uid", "kind", "code", "parent__uid"
        )
        if uid not in known
    ]
    nodes += [Node(one.uid, one.kind, one.code.strip(), one.parent) for one in drafts]
    found += tree_faults(nodes, kinds)
    if own is None and models.Goal.objects.filter(uid__in=known).exists():
        say = "Tujuan dengan nomor itu sudah ada."
        found.append(fault("GOAL_TWICE", say, "Muat ulang halaman, lalu ulangi.", "uid"))
    return (*found, *indicator_faults(actor, plan=plan, goals=drafts))


def _snapshot(actor: Actor, goal: models.Goal) -> dict[str, Any]:
    """Give how a goal stands, in the words of its draft, targets as they lie in the data sets."""
    names = ("kind", "code", "name", "is_priority", "priority", "valid_from", "valid_to", "place")
    held = {name: getattr(goal, name) for name in names}
    targets = queries.stored_targets(actor, goal.plan.uid, goals=[goal.uid])
    return held | {
        "parent": goal.parent.uid if goal.parent else None,
        "indicators": [asdict(one) for one in targets.get(goal.uid, ())],
    }


def _dropped(goal: models.Goal, draft: GoalDraft) -> list[str]:
    """Name the variables that no goal of the plan has any more."""
    kept = {variable_code(goal.uid, one.indicator, one.name) for one in draft.indicators}
    others = models.GoalIndicator.objects.filter(goal__plan=goal.plan).exclude(goal=goal)
    kept |= {variable_code(one.goal.uid, one.indicator, one.name) for one in others.select_related("goal")}
    own = {variable_code(goal.uid, one.indicator, one.name) for one in goal.indicators.all()}
    return sorted(own - kept)


def _tie_faults(actor: Actor, low: models.Goal, high: models.Goal, tie: GoalTie) -> "list[Finding]":
    below, above = low.plan, high.plan
    within = above.area is None or (
        below.area is not None
        and above.area_id in {one.id for one in regions.with_above(actor, below.area_id or 0)}
    )
    found = list(
        link_faults(
            below.as_standing(),
            above.as_standing(),
            queries.plan_kinds(actor),
            is_within=within,
            is_circular=_follows(high, low),
            tie=tie,
        )
    )
    if below.is_simulated != above.is_simulated:
        say = "Tujuan nyata dan tujuan simulasi tidak dapat dikaitkan."
        found.append(fault("REAL_AND_SIMULATED", say, "Pilih dokumen yang sejenis.", "upper"))
    if models.GoalLink.objects.filter(lower=low, upper=high).exists():
        say = "Kaitan ini sudah ada."
        found.append(fault("LINK_TWICE", say, "Tidak perlu ditambahkan lagi.", "upper"))
    return found


def _follows(goal: models.Goal, other: models.Goal) -> bool:
    """Whether a goal already follows another, by trees and ties: then the other must not follow it."""
    seen: set[int] = set()
    waiting = [goal.pk]
    while waiting:
        now = waiting.pop()
        if now == other.pk:
            return True
        if now in seen:
            continue
        seen.add(now)
        waiting += models.GoalLink.objects.filter(lower_id=now).values_list("upper_id", flat=True)
        waiting += models.Goal.objects.filter(pk=now, parent__isnull=False).values_list(
            "parent_id", flat=True
        )
    return False
