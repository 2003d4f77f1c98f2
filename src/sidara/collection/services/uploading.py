"""Evidence of a submission that comes in parts: begun, taken part by part, kept, dropped."""

from datetime import datetime
from uuid import UUID

from sidara.collection import queries
from sidara.collection.core.proof import cell_of
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.collection.services.evidencing import guard_of, owner_for
from sidara.evidence import services as evidence
from sidara.evidence.core import Said
from sidara.evidence.services import Kept, Part, Underway
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding


def begin_upload(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor, *, key: SubmissionKey, cell: Key | None, upload: UUID, said: Said, now: datetime
) -> Underway:
    """Begin to take a file in parts as evidence of a cell (or of the whole form), or go on with it.

    Refuses (`NotAllowed`) who may neither fill in that form there nor bring it in.
    """
    owner = owner_for(actor, key=key, cell=cell)
    if isinstance(owner, tuple):
        return Underway(None, owner)
    return evidence.begin(
        actor,
        owner=owner,
        right=queries.hand_in_right(actor, owner),
        upload=upload,
        said=said,
        now=now,
        guard=guard_of(actor, key=key, cell=cell),
    )


def take_part(actor: Actor, *, key: SubmissionKey, upload: UUID, part: Part) -> Underway:
    """Take a part of a file. Refuses (`NotAllowed`) as `begin_upload`."""
    owner = queries.owner_of(actor, key)
    if isinstance(owner, Finding):
        return Underway(None, (owner,))
    right = queries.hand_in_right(actor, owner)
    return evidence.take_part(actor, owner=owner, right=right, upload=upload, part=part)


def keep_upload(actor: Actor, *, key: SubmissionKey, upload: UUID, now: datetime) -> Kept:
    """Keep a file of which all has come, as `keep_evidence` does. Refuses (`NotAllowed`) as it."""
    owner = queries.owner_of(actor, key)
    if isinstance(owner, Finding):
        return Kept(None, (owner,))
    found = queries.upload_of(actor, key, upload)
    cell = cell_of(found.cell) if found else None
    return evidence.finish(
        actor,
        owner=owner,
        right=queries.hand_in_right(actor, owner),
        upload=upload,
        now=now,
        guard=guard_of(actor, key=key, cell=cell),
    )


def drop_upload(actor: Actor, *, key: SubmissionKey, upload: UUID) -> Finding | None:
    """Let go of a file that is under way; gives what forbids it. Refuses (`NotAllowed`) as `begin_upload`."""
    owner = queries.owner_of(actor, key)
    if isinstance(owner, Finding):
        return owner
    evidence.drop(actor, owner=owner, right=queries.hand_in_right(actor, owner), upload=upload)
    return None
