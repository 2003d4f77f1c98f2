"""Locks: a higher room says which cells of a submission may be changed; this room only keeps to it."""

from collections.abc import Collection
from datetime import datetime

from sidara.collection import models, queries
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import Actor, require
from sidara.records.writing import writing
from sidara.regions import queries as regions


def lock_submission(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor,
    *,
    key: SubmissionKey,
    right: str,
    sector: str,
    is_locked: bool,
    reference: str,
    now: datetime,
    opened: Collection[Key] = (),
) -> bool:
    """Lock a submission but for the cells in `opened`, or open it wholly; the last word holds.

    `right` is the operation by which the higher room decided, `reference` names its decision there. Gives
    false where there is no such submission. Refuses (`NotAllowed`) an actor without that right for the region
    and sector.
    """
    place = regions.resolve(actor, key.region)
    if place is None:
        return False
    require(actor, right, region=place.code, sector=sector, dataset=key.dataset)
    with writing():
        row = queries.submission_row(actor, key, place.id)
        if row is None:
            return False
        models.Lock.objects.create(
            submission=row,
            is_locked=is_locked,
            opened=sorted([one.row, one.variable, one.breakdown] for one in opened),
            reference=reference,
            made_at=now,
        )
    return True
