"""Under which conditions villages work, as it was stated last."""

from collections.abc import Iterable
from datetime import date
from itertools import batched, groupby

from django.db.models import Q

from sidara.kernel.actor import Actor, require
from sidara.regions import models
from sidara.regions.core import Condition, condition_of
from sidara.regions.queries.codes import READ

BATCH = 500


def conditions(actor: Actor, region_ids: Iterable[int], *, on: date | None = None) -> dict[int, Condition]:
    """Give what is known of villages by their ids, on a day (without one: as stated last).

    Who is not among them: nobody stated anything.
    """
    require(actor, READ)
    by_then = Q() if on is None else Q(valid_from__lte=on)
    return {
        region: condition_of(row.as_word() for row in rows)
        for some in batched(region_ids, BATCH)
        for region, rows in groupby(
            models.RegionCondition.objects.filter(by_then, region__in=some).order_by(
                "region_id", "valid_from", "id"
            ),
            key=lambda row: row.region_id,
        )
    }
