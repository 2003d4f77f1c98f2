"""What revisions said of lists and their rows, for what counts rows as of a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from sidara.collection import models
from sidara.collection.queries.bulk import BATCH
from sidara.collection.queries.datasets import READ_CHANGES
from sidara.kernel.actor import Actor, require

AT_ONCE = 500
"""Submissions whose rows are read together."""


@dataclass(frozen=True, slots=True)
class Said:
    """A revision set a cell: submission (uid), its number and moment (UTC), the cell, what it says."""

    uid: str
    number: int
    made_at: datetime
    row: str
    variable: str
    state: str
    value: str | None


def rows_said(actor: Actor, submissions: Collection[str], variables: Collection[str]) -> list[Said]:
    """Give what revisions of submissions (uid) ever said of `variables` (a list, its columns), in order.

    Refuses (`NotAllowed`) an actor without `collection.read_changes`.
    """
    require(actor, READ_CHANGES)
    fields = ("record__submission__uid", "record__number", "record__made_at", "cell__row")
    found: list[Said] = []
    for uids in batched(sorted(submissions), AT_ONCE):
        rows = (
            models.Change.objects.filter(
                record__submission__uid__in=uids, cell__variable__code__in=list(variables)
            )
            .order_by("record__submission__uid", "record_id", "sequence")
            .values_list(*fields, "cell__variable__code", "state", "value")
        )
        found += [Said(str(uid), *rest) for uid, *rest in rows.iterator(chunk_size=BATCH)]
    return found
