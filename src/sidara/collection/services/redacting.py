"""Redaction by two persons: one asks to take personal data out, another one takes them out.

It reaches the texts of a cell, the reason of a revision, and a piece of evidence with its file. What is
taken out is kept nowhere.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sidara.collection import models, queries
from sidara.collection.core import Source
from sidara.collection.core.answering import Asking
from sidara.collection.core.redaction import (
    About,
    By,
    Proof,
    Reason,
    Redaction,
    Scope,
    asking_fault,
    deciding_fault,
    gone,
    has_personal,
    open_already,
    reused,
    without_personal,
)
from sidara.collection.core.rights import PROPOSE_REDACTION, REDACT
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.collection.services.cleaning import clean_cell, clean_reason, every_content
from sidara.dictionary.core import Type
from sidara.evidence import services as evidence
from sidara.evidence.core import Owner
from sidara.kernel.actor import Actor, NotAllowed, require
from sidara.kernel.finding import Finding
from sidara.records.writing import writing

type _Named = models.Cell | models.Revision | UUID
"""What a request is about, as a row; of evidence the id of its piece."""


def propose_redaction(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor,
    *,
    key: SubmissionKey,
    about: About,
    scope: Scope,
    reason: str,
    request: UUID,
    now: datetime,
) -> Redaction | Finding:
    """Ask to take personal data out of a cell, a reason or the evidence, once for each `request`.

    The same request again, of the same person in the same words, is told the same; any other is refused.
    Gives what forbids it. Refuses (`NotAllowed`) an actor without `collection.propose_redaction` there.
    """
    found = queries.asking_of(actor, key)
    if isinstance(found, Finding):
        return found
    asking, place, _ = found
    sector = asking.questionnaire.form.sector
    require(actor, PROPOSE_REDACTION, region=place.code, sector=sector, dataset=key.dataset)
    reason = " ".join(reason.split())[:500]
    scope = Scope.ALL if isinstance(about, Proof) else scope
    with writing():
        named = _named(actor, key, about, queries.submission_row(actor, key, place.id))
        if named is None:
            return gone()
        columns = _columns(named)
        before = models.RedactionRequest.objects.filter(pk=request).first()
        if before is not None:
            own = {name: getattr(before, name) for name in columns}
            said = (before.actor_id, own, before.scope, before.reason)
            if said != (actor.id, columns, scope.value, reason):
                return reused(request)
            return next(one for one in queries.redactions(actor, key) if one.id == request)
        fault = asking_fault(reason, scope, has_any=_has_any(actor, key, asking, named, scope))
        if fault is None and models.RedactionRequest.objects.filter(**columns, decision=None).exists():
            fault = open_already()
        if fault is not None:
            return fault
        models.RedactionRequest.objects.create(
            id=request,
            **columns,
            scope=scope.value,
            reason=reason,
            actor_id=actor.id,
            actor_name=actor.name,
            actor_function=actor.function,
            made_at=now,
        )
    return Redaction(request, about, scope, reason, _by(actor, now))


def decide_redaction(
    actor: Actor, *, key: SubmissionKey, request: UUID, is_confirmed: bool, now: datetime
) -> Redaction | Finding:
    """Take out what was asked for, or refuse to; who asked may only take the request back.

    Who decided and says the same again is told the same (an answer may get lost); a file that a kill left on
    its shelf goes then. Refuses (`NotAllowed`) an actor without `collection.redact` there.
    """
    found = queries.asking_of(actor, key)
    if isinstance(found, Finding):
        return found
    asking, place, _ = found
    sector = asking.questionnaire.form.sector
    may_redact = actor.may(REDACT, region=place.code, sector=sector, dataset=key.dataset)
    needed = REDACT if is_confirmed or may_redact else PROPOSE_REDACTION
    require(actor, needed, region=place.code, sector=sector, dataset=key.dataset)
    with writing():
        done = _decided(actor, key, asking, request, now, is_confirmed=is_confirmed, may_redact=may_redact)
    owner = queries.owner_of(actor, key)
    if isinstance(done, Redaction) and done.is_done and isinstance(done.about, Proof):
        assert isinstance(owner, Owner)  # noqa: S101 - the form was found above
        evidence.clear_away(actor, owner=owner, right=REDACT)
    return done


def _decided(  # noqa: PLR0913 - the parts of one decision
    actor: Actor,
    key: SubmissionKey,
    asking: Asking,
    request: UUID,
    now: datetime,
    *,
    is_confirmed: bool,
    may_redact: bool,
) -> Redaction | Finding:
    """Decide inside the transaction."""
    one = next((held for held in queries.redactions(actor, key) if held.id == request), None)
    if one is None:
        return gone()
    if not may_redact and one.asked.id != str(actor.id):
        raise NotAllowed(actor, REDACT)
    if one.decided is not None and (one.decided.id, one.is_done) == (str(actor.id), is_confirmed):
        return one
    fault = deciding_fault(one, str(actor.id), is_confirmed=is_confirmed)
    if fault is not None:
        return fault
    one = replace(one, decided=_by(actor, now), is_done=is_confirmed)
    row = models.RedactionRequest.objects.select_related("cell__submission", "revision__submission").get(
        pk=request
    )
    record: models.Revision | None = None
    act: int | None = None
    if is_confirmed and row.cell is not None:
        is_text = _is_text(asking, row.cell.variable.code)
        one, record = clean_cell(actor, cell=row.cell, one=one, now=now, is_text=is_text)
    elif is_confirmed and row.revision is not None:
        one, record = clean_reason(actor, revision=row.revision, one=one, now=now)
    elif is_confirmed and row.piece_id is not None:
        made = _redact_proof(actor, key, one, row.piece_id, now)
        if isinstance(made, Finding):
            return made
        act = made
    models.RedactionDecision.objects.create(
        request=row,
        record=record,
        act_id=act,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_function=actor.function,
        made_at=now,
        contents=[[number, made] for number, made in sorted((one.contents or {}).items())],
        reasons=[[number, made] for number, made in sorted((one.reasons or {}).items())],
    )
    return one


def _by(actor: Actor, now: datetime) -> By:
    return By(str(actor.id), actor.name, actor.function, now)


def _named(actor: Actor, key: SubmissionKey, about: About, row: models.Submission | None) -> _Named | None:
    """Find what is meant among the cells, revisions and evidence of a submission."""
    match about:
        case Proof():
            held = queries.evidence_of(actor, key)
            found = () if isinstance(held, Finding) else (one.id for one in held)
            return about.piece if about.piece in found else None
        case Reason():
            rows = models.Revision.objects.filter(submission=row, number=about.revision)
            return rows.exclude(source=Source.REDACTION).first() if row else None
        case Key():
            cells = models.Cell.objects.filter(submission=row, row=about.row, breakdown=about.breakdown)
            return cells.filter(variable__code=about.variable).first() if row else None


def _columns(named: _Named) -> dict[str, object]:
    """Give what a request holds of what it is about."""
    return {
        "cell_id": named.pk if isinstance(named, models.Cell) else None,
        "revision_id": named.pk if isinstance(named, models.Revision) else None,
        "piece_id": named if isinstance(named, UUID) else None,
    }


def _has_any(actor: Actor, key: SubmissionKey, asking: Asking, named: _Named, scope: Scope) -> bool:
    """Whether there is anything to take out."""
    if isinstance(named, models.Cell):
        is_text = _is_text(asking, named.variable.code)
        return has_personal(every_content(actor, cell=named), scope, is_text=is_text)
    if isinstance(named, models.Revision):
        return without_personal(named.reason, scope) != named.reason
    held = queries.evidence_of(actor, key)
    return not isinstance(held, Finding) and any(one.id == named and not one.redacted for one in held)


def _is_text(asking: Asking, variable: str) -> bool:
    asked = asking.variables.get(variable) or asking.columns.get(variable)
    return asked is not None and asked.type is Type.TEXT


def _redact_proof(
    actor: Actor, key: SubmissionKey, one: Redaction, piece: UUID, now: datetime
) -> int | Finding:
    """Let the evidence be redacted; its chain carries the redaction."""
    owner = queries.owner_of(actor, key)
    if isinstance(owner, Finding):
        return owner
    return evidence.redact(
        actor,
        owner=owner,
        right=REDACT,
        piece=piece,
        reason=one.reason,
        redaction=one.digest,
        now=now,
    )
