"""Append a revision to a submission, chained to the one before."""

from datetime import datetime
from uuid import UUID

from sidara.collection import models
from sidara.collection.core import Source
from sidara.collection.core.chain import GENESIS, Link, chain_hash
from sidara.kernel.actor import Actor
from sidara.records.bulk import update_rows
from sidara.records.prepared import insert


def append_revision(  # noqa: PLR0913 - keyword-only, the parts of a revision
    actor: Actor,
    *,
    row: models.Submission,
    base: int | None,
    source: Source,
    message_id: UUID,
    reason: str,
    content_hash: str,
    now: datetime,
    filler: str = "",
    claimed_at: datetime | None = None,
    redaction: str = "",
    last: tuple[int, str] | None,
    sequence: int,
) -> models.Revision:
    """Chain a revision to the last one of a submission and raise its number; only inside `writing`.

    `base` is the revision that the sender saw, `None` for the last one; `redaction` the hash of a redaction;
    `last` number and hash of the revision before, `None` for the first; `sequence` the number of the new one.
    """
    newest, chained = last or (0, GENESIS)
    link = Link(
        str(row.uid),
        newest + 1,
        newest if base is None else base,
        str(actor.id),
        now,
        source,
        str(message_id),
        reason,
        content_hash,
        chained,
        redaction,
    )
    record = models.Revision(
        sequence=sequence,
        submission=row,
        number=link.number,
        base=link.base,
        source=link.source.value,
        message_id=message_id,
        author_id=actor.id,
        author_name=actor.name,
        author_function=actor.function,
        filler_name=filler,
        made_at=now,
        claimed_at=claimed_at,
        reason=reason,
        form_version=row.form_version,
        content_hash=content_hash,
        previous_hash=link.previous,
        chain_hash=chain_hash(link),
    )
    insert(record)
    update_rows("collection_submission", ("revision",), ((link.number, row.pk),))
    return record
