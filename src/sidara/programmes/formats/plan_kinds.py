"""The documents of all levels from `content/plan_kinds.yaml`."""

from functools import cache

from sidara.kernel import content
from sidara.programmes.core import GoalKind, Level, PlanKind
from sidara.programmes.core.codes.entry import plain
from sidara.programmes.core.plan_kinds import Document, OwnerLevel, PlanKinds

PACKAGE = "sidara.programmes"


@cache
def plan_kinds() -> PlanKinds:
    """Read levels, steps and documents in their order; a kind that content lacks is a fault of content."""
    read = content.load(PACKAGE, "plan_kinds")
    made = PlanKinds(
        read["figures"]["licence"],
        read["figures"]["licence_simulated"],
        {
            Level(one["code"]): OwnerLevel(
                Level(one["code"]), one["name"], one["area"], frozenset(one.get("roles", ()))
            )
            for one in read["levels"]
        },
        {GoalKind(one["code"]): one["name"] for one in read["goal_kinds"]},
        {
            PlanKind(one["code"]): Document(
                code=PlanKind(one["code"]),
                name=one["name"],
                levels=tuple(map(Level, one["levels"])),
                span=one["span"],
                order=one["order"],
                has_agency=one["has_agency"],
                basis=one["basis"],
                deadline=one["deadline"] or "",
                confidence=one["confidence"],
                follows=tuple(map(PlanKind, one["follows"])),
                goal_kinds=tuple(map(GoalKind, one["goal_kinds"])),
            )
            for one in read["kinds"]
        },
        {plain(name): tuple(one["sectors"]) for one in read["agencies"] for name in one["names"]},
    )
    named = [name for one in read["agencies"] for name in one["names"]]
    if len(set(map(plain, named))) < len(named):
        raise ValueError("plan_kinds.yaml names an agency twice")
    if set(made.levels) != set(Level) or set(made.documents) != set(PlanKind):
        raise ValueError("plan_kinds.yaml lacks a level or a document")
    return made
