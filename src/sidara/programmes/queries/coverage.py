"""What supports each goal from below, and which goals nothing supports."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q

from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.core import GoalKind, Level, Stage
from sidara.programmes.core.coverage import ActivityAt, Coverage, GoalAt, LineAt, Web, web
from sidara.programmes.core.listed import Tied
from sidara.programmes.queries.owning import UNPUBLISHED
from sidara.programmes.queries.rights import READ

CARRIED = (GoalKind.OBJECTIVE, GoalKind.STRATEGY, GoalKind.PRIORITY_PROGRAMME)
"""The steps at which something must be done; the higher ones are carried by these."""


def coverage(actor: Actor, goals: Collection[UUID], *, is_simulated: bool) -> Mapping[UUID, Coverage]:
    """Count what supports goals of one world (see `core.coverage`); removed lines, cancelled acts do not."""
    require(actor, READ)
    held = _web(is_simulated=is_simulated)
    ids = models.Goal.objects.filter(uid__in=list(goals), plan__is_simulated=is_simulated)
    return {uid: held.coverage(pk) for pk, uid in ids.values_list("pk", "uid")}


def unsupported_goals(actor: Actor, *, is_simulated: bool) -> tuple[Tied, ...]:
    """Give the goals at which something should be done and that nothing supports, in the order of plans."""
    require(actor, READ)
    held = _web(is_simulated=is_simulated)
    rows = models.Goal.objects.filter(
        plan__is_simulated=is_simulated, kind__in=[one.value for one in CARRIED]
    ).select_related("plan")
    return tuple(one.as_tied() for one in rows if held.coverage(one.pk).is_bare)


def _web(*, is_simulated: bool) -> Web:
    goals = models.Goal.objects.filter(plan__is_simulated=is_simulated)
    ties = models.GoalLink.objects.filter(lower__plan__is_simulated=is_simulated)
    lines = models.PlanLine.objects.filter(
        plan__is_simulated=is_simulated, is_removed=False, goal__isnull=False
    )
    return web(
        [
            GoalAt(pk, plan, Level(level), parent)
            for pk, plan, level, parent in goals.values_list("pk", "plan_id", "plan__level", "parent_id")
        ],
        ties.values_list("lower_id", "upper_id"),
        [
            LineAt(pk, goal, Level(level), original if revised is None else revised)
            for pk, goal, level, original, revised in lines.values_list(
                "pk", "goal_id", "plan__level", "ceiling_original", "ceiling_revised"
            )
        ],
        _activities(is_simulated=is_simulated),
    )


def _activities(*, is_simulated: bool) -> list[ActivityAt]:
    live = models.Activity.objects.filter(is_simulated=is_simulated).exclude(
        UNPUBLISHED | Q(stage=Stage.CANCELLED.value)
    )
    goals: dict[int, set[int]] = defaultdict(set)
    ties = models.ActivityGoal.objects.filter(activity__is_simulated=is_simulated)
    for activity, goal in ties.values_list("activity_id", "goal_id"):
        goals[activity].add(goal)
    paid = live.filter(line__goal__isnull=False, line__is_removed=False)
    for activity, goal in paid.values_list("pk", "line__goal_id"):
        goals[activity].add(goal)
    villages: dict[int, set[int]] = defaultdict(set)
    places = models.ActivityVillage.objects.filter(activity__is_simulated=is_simulated)
    for activity, region in places.values_list("activity_id", "region_id"):
        villages[activity].add(region)
    return [
        ActivityAt(pk, frozenset(goals[pk]), Level(level), budget, frozenset(villages[pk]))
        for pk, level, budget in live.values_list("pk", "level", "budget_idr")
        if pk in goals
    ]
