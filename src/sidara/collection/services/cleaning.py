"""What a redaction does to the records: texts of a cell and reasons are cleaned, and the chain says so.

In one transaction the texts are cleaned in every revision, in contents kept beside and in answers that were
given; a revision without changes carries the redaction in the chain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import uuid4

from sidara.collection import models, queries
from sidara.collection.core import Source
from sidara.collection.core.chain import content_hash
from sidara.collection.core.redaction import (
    Redaction,
    Scope,
    cleaned,
    contents_after,
    reason_taken_out,
    reasons_since,
    without,
    without_personal,
)
from sidara.collection.core.submission import Content, Delta, Key
from sidara.collection.services.appending import append_revision
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.personal import numbers_in
from sidara.records.writing import next_number


def clean_cell(
    actor: Actor, *, cell: models.Cell, one: Redaction, now: datetime, is_text: bool
) -> tuple[Redaction, models.Revision]:
    """Clean the whole past of a cell and chain that it was done; `is_text`: its value is free text."""
    row = cell.submission
    assert row is not None  # noqa: S101 - requests are about cells of submissions
    taken = _taken(every_content(actor, cell=cell), one.scope, is_text=is_text)
    models.Redacting.objects.create(cell=cell, submission=row)
    _clean(cell, one.scope, is_text=is_text)
    _clean_answers(row, cell, taken)
    models.Redacting.objects.filter(cell=cell).delete()
    return _chained(actor, row, one, reasons_since(queries.redactions_done(actor, row.pk)), now)


def clean_reason(
    actor: Actor, *, revision: models.Revision, one: Redaction, now: datetime
) -> tuple[Redaction, models.Revision]:
    """Clean the reason of a revision and chain that it was done."""
    row = revision.submission
    reasons = dict(reasons_since(queries.redactions_done(actor, row.pk)))
    known = reasons.get(revision.number, revision.chain_hash)
    made = reason_taken_out(queries.link_of(actor, str(row.uid), revision), known, one.scope)
    if made is not None:
        reasons[revision.number] = made
    mark = models.RedactingReason.objects.create(revision=revision)
    models.Revision.objects.filter(pk=revision.pk).update(reason=without_personal(revision.reason, one.scope))
    mark.delete()
    return _chained(actor, row, one, reasons, now)


def every_content(actor: Actor, *, cell: models.Cell) -> list[Content]:  # noqa: ARG001 - as every service
    """Give every content that a cell has or had, or that was sent for it."""
    found = [_content(cell)]
    for one in models.Change.objects.filter(cell=cell):
        found += [_old(one), _content(one)]
    return found + [_content(one) for one in models.Kept.objects.filter(cell=cell)]


def _content(row: models.Cell | models.Change | models.Kept) -> Content:
    return Content(State(row.state), row.value, row.explanation)


def _old(row: models.Change) -> Content:
    return Content(State(row.old_state), row.old_value, row.old_explanation)


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


def _chained(
    actor: Actor, row: models.Submission, one: Redaction, reasons: Mapping[int, str], now: datetime
) -> tuple[Redaction, models.Revision]:
    """Write the revision of a redaction: it changes nothing that is counted, and carries its hash.

    It says of all earlier revisions which contents and reasons are other ones since. Its message is a new
    one: the id of the request came from a door and may be that of a save, too.
    """
    versions = dict(models.Revision.objects.filter(submission=row).values_list("number", "form_version"))
    stored = dict(models.Revision.objects.filter(submission=row).values_list("number", "content_hash"))
    made = contents_after(versions, _deltas(row))
    contents = {number: now_ for number, now_ in made.items() if now_ != stored[number]}
    one = replace(one, contents=contents, reasons=reasons)
    held = queries.state_of(actor, row)
    record = append_revision(
        actor,
        row=row,
        base=None,
        last=queries.last_link(actor, row.pk),
        sequence=next_number(models.Revision),
        source=Source.REDACTION,
        message_id=uuid4(),
        reason=one.reason,
        content_hash=content_hash(row.form_version, held.contents),
        now=now,
        redaction=one.digest,
    )
    return replace(one, revision=record.number), record
