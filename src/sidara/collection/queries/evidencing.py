"""Reads of the evidence of a submission: its pieces by cell, and their files."""

from typing import BinaryIO
from uuid import UUID

from sidara.collection.core.proof import cell_text
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.collection.queries.judging import asking_of
from sidara.evidence import queries as evidence
from sidara.evidence.core import Owner, Piece
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding


def owner_of(actor: Actor, key: SubmissionKey, cell: Key | None = None) -> Owner | Finding:
    """Give a submission (or one of its cells) as the owner of evidence; nobody needs to have begun it.

    A finding where form, region or period do not exist.
    """
    found = asking_of(actor, key)
    if isinstance(found, Finding):
        return found
    asking, place, period = found
    reference = f"submission:{key.dataset}/{key.form}/{place.uid}/{period}"
    return Owner(reference, place.code, asking.questionnaire.form.sector, key.dataset, cell_text(cell))


def evidence_of(actor: Actor, key: SubmissionKey) -> tuple[Piece, ...] | Finding:
    """Give all pieces of a submission, those that were taken away too.

    Refuses (`NotAllowed`) an actor who may not read what is filled in there.
    """
    owner = owner_of(actor, key)
    return owner if isinstance(owner, Finding) else evidence.pieces(actor, owner, right=READ)


def evidence_file(
    actor: Actor, key: SubmissionKey, piece: UUID, *, is_small: bool = False
) -> tuple[Piece, BinaryIO] | None:
    """Open the file of a piece of a submission, or its small picture; `None` where there is none.

    Refuses (`NotAllowed`) an actor who may not read what is filled in there.
    """
    owner = owner_of(actor, key)
    if isinstance(owner, Finding):
        return None
    return evidence.piece_file(actor, owner, piece, right=READ, is_small=is_small)
