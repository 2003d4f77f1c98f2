"""Reads of the evidence of a submission: its pieces by cell, their files, and files under way."""

from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from sidara.collection.core.proof import cell_text
from sidara.collection.core.rights import BRING, FILL, READ
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.collection.queries.judging import asking_of
from sidara.dictionary import queries as dictionary
from sidara.evidence import queries as evidence
from sidara.evidence.core import Owner, Piece, Upload
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.regions import queries as regions

_PREFIX = "submission:"


def owner_of(actor: Actor, key: SubmissionKey, cell: Key | None = None) -> Owner | Finding:
    """Give a submission (or one of its cells) as the owner of evidence; nobody needs to have begun it.

    A finding where form, region or period do not exist.
    """
    found = asking_of(actor, key)
    if isinstance(found, Finding):
        return found
    asking, place, period = found
    reference = f"{_PREFIX}{key.dataset}/{key.form}/{place.uid}/{period}"
    return Owner(reference, place.code, asking.questionnaire.form.sector, key.dataset, cell_text(cell))


def key_of(actor: Actor, reference: str) -> SubmissionKey | None:
    """Give the submission that `owner_of` made a reference of; `None` where its region is gone."""
    dataset, form, uid, period = reference.removeprefix(_PREFIX).split("/")
    place = regions.by_uid(actor, (uid,)).get(uid)
    return SubmissionKey(form, place.code, period, dataset) if place else None


@dataclass(frozen=True, slots=True)
class Same:
    """Where else a file is evidence: submissions that the actor may read, and how many others."""

    keys: tuple[SubmissionKey, ...]
    others: int = 0


def same_elsewhere(actor: Actor, key: SubmissionKey, piece: UUID) -> Same:
    """Give where else the file of a piece is evidence, perhaps at the same submission once more.

    Refuses (`NotAllowed`) an actor who may not read what is filled in there.
    """
    owner = owner_of(actor, key)
    if isinstance(owner, Finding):
        return Same(())
    found = [key_of(actor, one) for one in evidence.owners_of_same(actor, owner, piece, right=READ)]
    keys = tuple(one for one in found if one and _may_read(actor, one))
    return Same(keys, len(found) - len(keys))


def _may_read(actor: Actor, key: SubmissionKey) -> bool:
    form = dictionary.dictionary(actor).forms.get(key.form)
    return actor.may(READ, region=key.region, sector=form.sector if form else None, dataset=key.dataset)


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


def hand_in_right(actor: Actor, owner: Owner) -> str:
    """Give the right by which this actor hands evidence in: to fill in there, else to bring it in."""
    fills = actor.may(FILL, region=owner.region, sector=owner.sector, dataset=owner.dataset)
    return FILL if fills else BRING


def uploads_of(actor: Actor, key: SubmissionKey) -> tuple[Upload, ...] | Finding:
    """Give the files that the actor has under way to a submission.

    Refuses (`NotAllowed`) who may neither fill in that form there nor bring it in.
    """
    owner = owner_of(actor, key)
    if isinstance(owner, Finding):
        return owner
    return evidence.uploads(actor, owner, right=hand_in_right(actor, owner))


def upload_of(actor: Actor, key: SubmissionKey, upload: UUID) -> Upload | None:
    """Give a file that the actor has under way to a submission; `None` where it is not.

    Refuses (`NotAllowed`) as `uploads_of`.
    """
    owner = owner_of(actor, key)
    if isinstance(owner, Finding):
        return None
    return evidence.upload(actor, owner, upload, right=hand_in_right(actor, owner))
