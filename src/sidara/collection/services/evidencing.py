"""Evidence of a submission: photographs and documents beside a cell, or beside the whole form."""

from datetime import datetime
from uuid import UUID

from sidara.collection import queries
from sidara.collection.core.answering import cell_fault
from sidara.collection.core.proof import cell_of
from sidara.collection.core.submission import Key, SubmissionKey, evidence_locked
from sidara.evidence import services as evidence
from sidara.evidence.core import Owner
from sidara.evidence.services import Guard, Handed, Kept
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.regions import queries as regions


def keep_evidence(
    actor: Actor, *, key: SubmissionKey, cell: Key | None, handed: Handed, now: datetime
) -> Kept:
    """Keep a file as evidence of a cell (or of the whole form), once for each id; or say what forbids it.

    Refuses (`NotAllowed`) who may neither fill in that form there nor bring it in. What was sent takes none.
    """
    owner = owner_for(actor, key=key, cell=cell)
    if isinstance(owner, tuple):
        return Kept(None, owner)
    return evidence.keep(
        actor,
        owner=owner,
        right=queries.hand_in_right(actor, owner),
        handed=handed,
        now=now,
        guard=guard_of(actor, key=key, cell=cell),
    )


def remove_evidence(
    actor: Actor, *, key: SubmissionKey, piece: UUID, reason: str, now: datetime
) -> Finding | None:
    """Take a piece of evidence away; gives what forbids it. Refuses (`NotAllowed`) as `keep_evidence`."""
    owner = queries.owner_of(actor, key)
    if isinstance(owner, Finding):
        return owner
    held = queries.evidence_of(actor, key)
    found = None if isinstance(held, Finding) else next((one for one in held if one.id == piece), None)
    cell = cell_of(found.cell) if found else None
    return evidence.remove(
        actor,
        owner=owner,
        right=queries.hand_in_right(actor, owner),
        piece=piece,
        reason=reason,
        now=now,
        guard=guard_of(actor, key=key, cell=cell),
    )


def owner_for(actor: Actor, *, key: SubmissionKey, cell: Key | None) -> Owner | tuple[Finding, ...]:
    """Give to whom a file that is handed in for a cell (or the whole form) belongs; or what forbids it."""
    found = queries.asking_of(actor, key)
    if isinstance(found, Finding):
        return (found,)
    wrong = cell_fault(found[0], cell) if cell else None
    owner = queries.owner_of(actor, key, cell)
    if wrong is None and isinstance(owner, Owner):
        return owner
    return tuple(one for one in (wrong, owner) if isinstance(one, Finding))


def guard_of(actor: Actor, *, key: SubmissionKey, cell: Key | None) -> Guard:
    """Ask whether the cell still takes changes; where no cell is meant, whether any does."""

    def ask() -> Finding | None:
        place = regions.resolve(actor, key.region)
        row = queries.submission_row(actor, key, place.id) if place else None
        state = queries.state_of(actor, row)
        is_open = state.takes(cell) if cell else not state.is_locked or bool(state.opened)
        return None if is_open else evidence_locked()

    return ask
