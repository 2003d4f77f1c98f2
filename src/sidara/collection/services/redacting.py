"""Redaction by two persons: one asks to take personal data out of a cell, another one takes them out.

In one transaction the texts are cleaned in every revision, in contents kept beside and in answers that were
given; a revision without changes carries the redaction in the chain. What is taken out is kept nowhere.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from django.db.models import QuerySet

from sidara.collection import models, queries
from sidara.collection.core import Source
from sidara.collection.core.chain import content_hash
from sidara.collection.core.redaction import (
    By,
    Redaction,
    Scope,
    asking_fault,
    cleaned,
    contents_after,
    deciding_fault,
    gone,
    open_already,
    reused,
    without,
)
from sidara.collection.core.rights import PROPOSE_REDACTION, REDACT
from sidara.collection.core.submission import Content, Delta, Key, SubmissionKey
from sidara.collection.services.appending import append_revision
from sidara.dictionary.core import Type
from sidara.kernel.actor import Actor, NotAllowed, require
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding
from sidara.kernel.personal import numbers_in
from sidara.records.writing import next_number, writing


def propose_redaction(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor,
    *,
    key: SubmissionKey,
    cell: Key,
    scope: Scope,
    reason: str,
    request: UUID,
    now: datetime,
) -> Redaction | Finding:
    """Ask to take personal data out of the texts of a cell, once for each `request`; or say what forbids it.

    The same request again, of the same person in the same words, is told the same; any other is refused.
    Refuses (`NotAllowed`) an actor without `collection.propose_redaction` there.
    """
    found = queries.asking_of(actor, key)
    if isinstance(found, Finding):
        return found
    asking, place, _ = found
    sector = asking.questionnaire.form.sector
    require(actor, PROPOSE_REDACTION, region=place.code, sector=sector, dataset=key.dataset)
    reason = " ".join(reason.split())[:500]
    with writing():
        row = queries.submission_row(actor, key, place.id)
        held = (
            _cells(row).filter(row=cell.row, variable__code=cell.variable, breakdown=cell.breakdown).first()
        )
        if held is None:
            return gone()
        asked = asking.variables.get(cell.variable) or asking.columns.get(cell.variable)
        is_text = asked is not None and asked.type is Type.TEXT
        before = models.RedactionRequest.objects.filter(pk=request).first()
        if before is not None:
            said = (before.actor_id, before.cell_id, before.scope, before.reason)
            if said != (actor.id, held.pk, scope.value, reason):
                return reused(request)
            return next(one for one in queries.redactions(actor, key) if one.id == request)
        fault = asking_fault(reason, _every(held), scope, is_text=is_text)
        if fault is None and models.RedactionRequest.objects.filter(cell=held, decision=None).exists():
            fault = open_already()
        if fault is not None:
            return fault
        models.RedactionRequest.objects.create(
            id=request,
            cell=held,
            scope=scope.value,
            reason=reason,
            actor_id=actor.id,
            actor_name=actor.name,
            actor_function=actor.function,
            made_at=now,
        )
    return Redaction(request, cell, scope, reason, _by(actor, now))


def decide_redaction(
    actor: Actor, *, key: SubmissionKey, request: UUID, is_confirmed: bool, now: datetime
) -> Redaction | Finding:
    """Take out what was asked for, or refuse to; who asked may only take the request back.

    Who decided and says the same again is told the same (an answer may get lost).
    Refuses (`NotAllowed`) an actor without `collection.redact` there.
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
        row = models.RedactionRequest.objects.select_related("cell__submission").get(pk=request)
        record = None
        if is_confirmed:
            asked = asking.variables.get(one.key.variable) or asking.columns.get(one.key.variable)
            is_text = asked is not None and asked.type is Type.TEXT
            one, record = _redact(actor, row.cell, one, now, is_text=is_text)
        models.RedactionDecision.objects.create(
            request=row,
            record=record,
            actor_id=actor.id,
            actor_name=actor.name,
            actor_function=actor.function,
            made_at=now,
            contents=[[number, made] for number, made in sorted((one.contents or {}).items())],
        )
    return one


def _by(actor: Actor, now: datetime) -> By:
    return By(str(actor.id), actor.name, actor.function, now)


def _cells(row: models.Submission | None) -> QuerySet[models.Cell]:
    return models.Cell.objects.filter(submission=row) if row else models.Cell.objects.none()


def _every(cell: models.Cell) -> list[Content]:
    """Give every content that a cell has or had, or that was sent for it."""
    found = [_content(cell)]
    for one in models.Change.objects.filter(cell=cell):
        found += [_old(one), _content(one)]
    return found + [_content(one) for one in models.Kept.objects.filter(cell=cell)]


def _content(row: models.Cell | models.Change | models.Kept) -> Content:
    return Content(State(row.state), row.value, row.explanation)


def _old(row: models.Change) -> Content:
    return Content(State(row.old_state), row.old_value, row.old_explanation)


def _redact(
    actor: Actor, cell: models.Cell, one: Redaction, now: datetime, *, is_text: bool
) -> tuple[Redaction, models.Revision]:
    """Clean the whole past of a cell and chain that it was done."""
    row = cell.submission
    assert row is not None  # noqa: S101 - requests are about cells of submissions
    taken = _taken(_every(cell), one.scope, is_text=is_text)
    models.Redacting.objects.create(cell=cell, submission=row)
    _clean(cell, one.scope, is_text=is_text)
    _clean_answers(row, cell, taken)
    models.Redacting.objects.filter(cell=cell).delete()
    versions = dict(models.Revision.objects.filter(submission=row).values_list("number", "form_version"))
    stored = dict(models.Revision.objects.filter(submission=row).values_list("number", "content_hash"))
    made = contents_after(versions, _deltas(row))
    one = replace(one, contents={number: now_ for number, now_ in made.items() if now_ != stored[number]})
    return one, _chain(actor, row, one, now)


def _taken(contents: Iterable[Content], scope: Scope, *, is_text: bool) -> list[str]:
    """Give what is taken out, the longest first, to find it in answers; it is not kept anywhere."""
    texts = {one.explanation for one in contents} | {
        one.value or "" for one in contents if is_text and one.state is State.VALUE
    }
    found = {number for text in texts for number in numbers_in(text)}
    found |= {text for text in texts if scope is Scope.ALL and text}
    return sorted(found, key=len, reverse=True)


def _clean(cell: models.Cell, scope: Scope, *, is_text: bool) -> None:
    """Clean a cell, its changes, and what was kept beside it."""
    content = cleaned(_content(cell), scope, is_text=is_text)
    models.Cell.objects.filter(pk=cell.pk).update(value=content.value, explanation=content.explanation)
    for change in models.Change.objects.filter(cell=cell):
        old, new = (cleaned(part, scope, is_text=is_text) for part in (_old(change), _content(change)))
        models.Change.objects.filter(pk=change.pk).update(
            old_value=old.value, old_explanation=old.explanation, value=new.value, explanation=new.explanation
        )
    for kept in models.Kept.objects.filter(cell=cell):
        content = cleaned(_content(kept), scope, is_text=is_text)
        models.Kept.objects.filter(pk=kept.pk).update(value=content.value, explanation=content.explanation)


def _clean_answers(row: models.Submission, cell: models.Cell, taken: list[str]) -> None:
    """Clean the answers that were given to saves and files.

    Files that wait to be stored are thrown away, whoever handed them in: nobody can tell what is in them.
    """
    key = Key(cell.row, cell.variable.code, cell.breakdown)
    clean = partial(without, taken=taken, region=row.region.code, cell=key)
    for message in models.Message.objects.filter(submission=row):
        answer = clean(message.answer)
        if answer != message.answer:
            models.Message.objects.filter(pk=message.pk).update(answer=answer)
    models.HandedFile.objects.filter(content__isnull=False).update(content=None)
    for file in models.HandedFile.objects.only("id", "trial", "answer").iterator():
        made = {name: clean(one) for name in ("trial", "answer") if (one := getattr(file, name)) is not None}
        if any(getattr(file, name) != one for name, one in made.items()):
            models.HandedFile.objects.filter(pk=file.pk).update(**made)


def _deltas(row: models.Submission) -> dict[int, list[Delta]]:
    found: dict[int, list[Delta]] = {}
    changes = models.Change.objects.filter(record__submission=row).select_related("cell__variable", "record")
    for one in changes.order_by("sequence"):
        if one.record is not None:
            key = Key(one.cell.row, one.cell.variable.code, one.cell.breakdown)
            found.setdefault(one.record.number, []).append(Delta(key, _old(one), _content(one)))
    return found


def _chain(actor: Actor, row: models.Submission, one: Redaction, now: datetime) -> models.Revision:
    """Write the revision of a redaction: it changes nothing that is counted, and carries its hash.

    Its message is a new one: the id of the request came from a door and may be that of a save, too.
    """
    held = queries.state_of(actor, row)
    return append_revision(
        actor,
        row=row,
        base=None,
        last=queries.last_link(actor, row.pk),
        sequence=next_number(models.Revision),
        source=Source.REDACTION,
        message_id=uuid4(),
        reason=one.reason,
        content_hash=content_hash(row.form_version, {key: cell.content for key, cell in held.cells.items()}),
        now=now,
        redaction=one.digest,
    )
