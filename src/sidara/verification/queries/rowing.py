"""To which levels acts brought lists and their rows, for what counts rows as of a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.db.models import Q

from sidara.kernel.actor import Actor, require
from sidara.verification import models
from sidara.verification.core import WHOLE
from sidara.verification.queries.levels import AT_ONCE, READ_LEVELS


@dataclass(frozen=True, slots=True)
class Raised:
    """An act brought a cell of revision `number` to a level; without variable: all of the submission."""

    uid: str
    sequence: int
    number: int
    made_at: datetime
    row: str
    variable: str
    level: int


def rows_raised(actor: Actor, submissions: Collection[str], variables: Collection[str]) -> list[Raised]:
    """Give to which levels `variables` of submissions (uid) were ever brought, in the order of commit.

    Refuses (`NotAllowed`) an actor without `verification.read_levels`.
    """
    require(actor, READ_LEVELS)
    asked = Q(variable__in=list(variables)) | Q(variable=WHOLE.variable, breakdown=WHOLE.breakdown)
    own = ("row", "variable", "level")
    fields = ("event__submission_id", "sequence", "event__revision", "event__made_at", *own)
    found: list[Raised] = []
    for uids in batched(sorted(submissions), AT_ONCE):
        rows = models.CellLevel.objects.filter(asked, event__submission__uid__in=uids).order_by("sequence")
        for uid, sequence, number, at, row, variable, level in rows.values_list(*fields):
            named = "" if variable == WHOLE.variable else variable
            found.append(Raised(str(uid), sequence, number, at, row, named, level))
    return found
