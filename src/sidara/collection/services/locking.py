"""Locks: a higher room says which cells of a submission may be changed; this room only keeps to it."""

from collections.abc import Collection
from datetime import datetime

from sidara.collection import models, queries
from sidara.collection.core.submission import NEW_ROWS, Key, SubmissionKey
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
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

    A list whose own cell (without row) is among them takes new rows from then on.
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
            opened=sorted(
                [one.row, one.variable, one.breakdown]
                for one in (*opened, *_new_rows(actor, key, opened, row))
            ),
            reference=reference,
            made_at=now,
        )
    return True


def _new_rows(actor: Actor, key: SubmissionKey, opened: Collection[Key], row: models.Submission) -> list[Key]:
    """Mark the columns of the lists that take rows from now on, or do so already."""
    named = {one.variable for one in opened if not one.row}
    found = queries.asking_of(actor, key) if named else None
    if found is None or isinstance(found, Finding):
        return []
    lists = [one for one in found[0].questionnaire.lists if one.code in named]
    codes = {code for one in lists for code in (one.code, *(column.code for column in one.columns))}
    _, _, before = queries.lock_of(actor, row.pk)
    return [Key(NEW_ROWS, code, str(before.get(code, row.revision))) for code in sorted(codes)]
