"""Reads of redactions: what was asked and decided about a submission, what waits, what looks personal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sidara.collection import models
from sidara.collection.core import Source
from sidara.collection.core.redaction import Redaction
from sidara.collection.core.rights import READ, REDACT
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.collection.queries.evidencing import key_of, owner_of
from sidara.collection.queries.redacted import asked_rows, redaction_of
from sidara.collection.queries.submissions import submission_row
from sidara.dictionary import queries as dictionary
from sidara.evidence.core import Owner
from sidara.kernel.actor import Actor, require
from sidara.kernel.cell import State
from sidara.kernel.personal import looks_like
from sidara.regions import queries as regions


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits for a second person, and the submission that it is about."""

    submission: SubmissionKey
    redaction: Redaction


def redactions(actor: Actor, key: SubmissionKey) -> tuple[Redaction, ...]:
    """Give what was asked and decided about a submission, the oldest first.

    Refuses (`NotAllowed`) an actor who may not read what is filled in there.
    """
    row, owner = _row(actor, key), owner_of(actor, key)
    own = Q(cell__submission=row) | Q(revision__submission=row) if row else Q()
    if isinstance(owner, Owner):
        own |= Q(piece__owner=owner.reference)
    return tuple(redaction_of(actor, one) for one in asked_rows(actor).filter(own)) if own else ()


def redactions_waiting(actor: Actor) -> tuple[Waiting, ...]:
    """Give the requests that this actor may decide; none where he may nowhere."""
    found = []
    places = ("cell__submission__region", "revision__submission__region")
    for row in asked_rows(actor).filter(decision=None).select_related(*places):
        key = _key(actor, row)
        if key is None:
            continue
        form = dictionary.dictionary(actor).forms.get(key.form)
        sector = form.sector if form else None
        if actor.may(REDACT, region=key.region, sector=sector, dataset=key.dataset):
            found.append(Waiting(key, redaction_of(actor, row)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A revision that gives a reason: its number, what it says, who saved it and when (UTC)."""

    number: int
    reason: str
    author_name: str
    author_function: str
    made_at: datetime


def reasons(actor: Actor, key: SubmissionKey) -> tuple[Reasoned, ...]:
    """Give the reasons that revisions of a submission give, but for those of redactions; the oldest first.

    Refuses (`NotAllowed`) as `redactions`.
    """
    row = _row(actor, key)
    if row is None:
        return ()
    rows = models.Revision.objects.filter(submission=row).exclude(reason="").exclude(source=Source.REDACTION)
    told = rows.order_by("number").values_list(
        "number", "reason", "author_name", "author_function", "made_at"
    )
    return tuple(Reasoned(*one) for one in told)


def personal_cells(actor: Actor, key: SubmissionKey) -> tuple[tuple[Key, Content, str], ...]:
    """Give the cells of a submission whose texts look personal, and as what; their present content.

    Refuses (`NotAllowed`) as `redactions`.
    """
    row = _row(actor, key)
    return () if row is None else tuple(_personal(row))


def _personal(row: models.Submission) -> Iterator[tuple[Key, Content, str]]:
    for cell in models.Cell.objects.filter(submission=row).select_related("variable"):
        what = looks_like(cell.value or "") or looks_like(cell.explanation)
        if what:
            content = Content(State(cell.state), cell.value, cell.explanation)
            yield Key(cell.row, cell.variable.code, cell.breakdown), content, what


def _key(actor: Actor, row: models.RedactionRequest) -> SubmissionKey | None:
    """Give the submission that a request is about; `None` where it is about none that there is."""
    own = (row.cell and row.cell.submission) or (row.revision and row.revision.submission)
    if own:
        return SubmissionKey(own.form, own.region.code, own.period, own.dataset.code)
    return key_of(actor, row.piece.owner) if row.piece else None


def _row(actor: Actor, key: SubmissionKey) -> models.Submission | None:
    place = regions.resolve(actor, key.region)
    if place is None:
        return None
    form = dictionary.dictionary(actor).forms.get(key.form)
    require(actor, READ, region=place.code, sector=form.sector if form else None, dataset=key.dataset)
    return submission_row(actor, key, place.id)
