"""What all levels plan to train officials in: activities of the kinds that the content names."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import polars as pl

from sidara.collection.core import EXAMPLES
from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.core import Stage
from sidara.programmes.queries.registers import AREAS, Scope, rules, villages_in
from sidara.programmes.queries.rights import READ
from sidara.regions import queries as regions
from sidara.regions.core import Level as AreaLevel


@dataclass(frozen=True, slots=True)
class PlannedTraining:
    """A training that a level plans: who, what, when, for how many villages of the area, rupiah of all of it.

    `villages` is `None` where it is for a whole area.
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
    """Give the trainings of officials that are planned in a scope for its year or later, by day and name."""
    found = [
        PlannedTraining(
            one.uid,
            one.name,
            one.agency,
            one.level,
            one.year,
            one.starts,
            one.ends,
            None if one.is_whole_area else len(reached),
            one.beneficiary_count,
            one.budget_idr,
            one.stage == Stage.BUDGETED.value,
        )
        for one, reached in _reaching(actor, scope)
    ]
    return sorted(found, key=lambda one: (one.year, one.starts or date.max, one.name))


def areas_planned(actor: Actor, scope: Scope) -> Mapping[int, int]:
    """Count the villages that any of these trainings reaches, by area of the next level below the scope's."""
    area = regions.resolve(actor, scope.under)
    if area is None:
        return {}
    below = AREAS[AreaLevel(min(area.level + 1, AreaLevel.VILLAGE))]
    reached = {village for _, some in _reaching(actor, scope) for village in some}
    places = villages_in(actor, area, scope.dataset).filter(pl.col("region_id").is_in(reached))
    return Counter(places[below])


def _reaching(actor: Actor, scope: Scope) -> list[tuple[models.Activity, frozenset[int]]]:
    """Give planned trainings with the villages of the scope that each reaches, those that reach any."""
    require(actor, READ)
    area = regions.resolve(actor, scope.under)
    if area is None:
        return []
    places = villages_in(actor, area, scope.dataset)
    own = frozenset(places["region_id"])
    activities = models.Activity.objects.filter(
        activity_kind__in=rules(actor).training_kinds,
        year__gte=scope.year,
        is_simulated=scope.dataset == EXAMPLES,
    ).exclude(stage=Stage.CANCELLED.value)
    found = []
    for one in activities.prefetch_related("villages"):
        reached = frozenset(village.region_id for village in one.villages.all()) & own
        if one.is_whole_area:
            inside = pl.any_horizontal(pl.col(name) == one.area_id for name in AREAS.values())
            reached = own if one.area_id is None else frozenset(places.filter(inside)["region_id"])
        if reached:
            found.append((one, reached))
    return found
