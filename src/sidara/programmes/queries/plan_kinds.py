"""The documents of all levels, and for which level an actor plans."""

from sidara.kernel.actor import Actor, require
from sidara.programmes.core import Government, Level
from sidara.programmes.core.listed import ActivityRow
from sidara.programmes.core.plan_kinds import PlanKinds, owns
from sidara.programmes.formats import plan_kinds as content
from sidara.programmes.queries.rights import PLAN, READ


def plan_kinds(actor: Actor) -> PlanKinds:
    """Give documents, levels and steps of goal trees as content has them."""
    require(actor, READ)
    return content.plan_kinds()


def own_places(actor: Actor) -> tuple[tuple[Level, str, tuple[str, ...]], ...]:
    """Give for which level, area (dotted code) and sectors (empty = all) the actor plans by its grants."""
    found = [
        (level, code, tuple(sorted(grant.sectors)))
        for grant in actor.holding(PLAN)
        for code in grant.area.under
        for level in content.plan_kinds().levels
        if owns(
            actor,
            PLAN,
            content.plan_kinds(),
            level=level,
            area=code,
            sector=min(grant.sectors, default=""),
        )
    ]
    return tuple(dict.fromkeys(found))


def government_of(actor: Actor, row: ActivityRow) -> Government:
    """Give whose nomenclature the code of an activity belongs to; refuses (`ValueError`) one without code."""
    require(actor, READ)
    return Government(row.government)
