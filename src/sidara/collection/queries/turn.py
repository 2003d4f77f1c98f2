"""What a save must know while nobody else writes, asked in one message."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from sidara.collection import models
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.queries import worded
from sidara.collection.queries.submissions import Seen
from sidara.kernel.actor import Actor, require_somewhere
from sidara.records.prepared import together
from sidara.records.writing import newest_number


@dataclass(frozen=True, slots=True)
class Turn:
    """What a save finds when it is its turn to write.

    `answered`: digest and answer of its message where that came before. `is_as_seen`: whether the submission
    still stands as it was read. `last`: number and hash of its last revision. `newest`: the last number of
    each table that it numbers.
    """

    answered: tuple[str, Mapping[str, Any]] | None
    is_as_seen: bool
    last: tuple[int, str] | None
    newest: Mapping[type[Model], int]


NUMBERED = (models.Revision, models.Cell, models.Change)
"""The tables whose rows a save numbers."""


def turn(actor: Actor, key: SubmissionKey, region_id: int, *, message_id: UUID, seen: Seen) -> Turn:
    """Look at what a save must know while nobody else writes; `seen` is how it found its submission."""
    require_somewhere(actor, READ)
    own = {"submission": seen.row.pk if seen.row else 0}
    about = {"code": key.dataset, "form": key.form, "region": region_id, "period": key.period}
    answered, found, locks, last, *newest = together(
        (worded.ANSWER, {"id": message_id}),
        (worded.SUBMISSION, about),
        (worded.LOCK, own),
        (worded.LAST, own),
        *((newest_number(one), {}) for one in NUMBERED),
    )
    row = worded.SUBMISSION.as_model(found[0]) if found else None
    moment = None if row is None else (row.pk, row.revision)
    is_same = moment == (seen.row and (seen.row.pk, seen.row.revision))
    return Turn(
        answered[0] if answered else None,
        is_same and (locks[0][0] if locks else 0) == seen.lock,
        last[0][:2] if last else None,
        {table: rows[0][0] if rows else 0 for table, rows in zip(NUMBERED, newest, strict=True)},
    )
