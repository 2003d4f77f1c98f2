"""What all levels plan to train officials in: activities of the kinds that the content names."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sidara.collection.core import EXAMPLES
from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.core import Stage
from sidara.programmes.queries.registers import Scope, rules, villages_in
from sidara.programmes.queries.rights import READ
from sidara.regions import queries as regions


@dataclass(frozen=True, slots=True)
class PlannedTraining:
    """A training that a level plans: who, what, when, for how many villages of the area, rupiah of all of it.

    `villages` is `None` where it is for a whole area and names none.
    """

    uid: UUID
    name: str
    agency: str
    level: str
    year: int
    starts: date | None
    ends: date | None
    villages: int | None
    participants: int | None
    budget_idr: int | None
    is_budgeted: bool


def training_plans(actor: Actor, scope: Scope) -> list[PlannedTraining]:
    """Give the trainings of officials that are planned in a scope for its year, by day and name."""
    require(actor, READ)
    area = regions.resolve(actor, scope.under)
    if area is None:
        return []
    own = set(villages_in(actor, area, scope.dataset)["region_id"])
    around = {one.id for one in regions.with_above(actor, area.id)}
    activities = models.Activity.objects.filter(
        activity_kind__in=rules(actor).training_kinds,
        year=scope.year,
        is_simulated=scope.dataset == EXAMPLES,
    ).exclude(stage=Stage.CANCELLED.value)
    found = []
    for one in activities.prefetch_related("villages"):
        there = {village.region_id for village in one.villages.all()} & own
        is_whole = one.is_whole_area and (one.area_id is None or one.area_id in around)
        if there or is_whole:
            found.append(
                PlannedTraining(
                    one.uid,
                    one.name,
                    one.agency,
                    one.level,
                    one.year,
                    one.starts,
                    one.ends,
                    len(there) if there else None,
                    one.beneficiary_count,
                    one.budget_idr,
                    one.stage == Stage.BUDGETED.value,
                )
            )
    return sorted(found, key=lambda one: (one.starts or date.max, one.name))
