"""Rows of redactions as words of the core, for the other queries of this room."""

from collections.abc import Container, Mapping

from django.db.models import QuerySet

from sidara.collection import models
from sidara.collection.core.redaction import By, Redaction, Scope, contents_since
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Key
from sidara.kernel.actor import Actor, require_somewhere


def redactions_done(actor: Actor, submission_id: int) -> tuple[Redaction, ...]:
    """Give what was taken out of a submission, for the audit and the services of this room."""
    rows = asked_rows(actor).filter(cell__submission=submission_id, decision__record__isnull=False)
    return tuple(redaction_of(actor, row) for row in rows)


def contents_redacted(actor: Actor, uid: str) -> Mapping[int, str]:
    """Give the hashes of contents that a redaction changed, by revision, as they are now."""
    require_somewhere(actor, READ)
    rows = asked_rows(actor).filter(cell__submission__uid=uid, decision__record__isnull=False)
    return contents_since(redaction_of(actor, row) for row in rows)


def cells_redacted(actor: Actor, submission_ids: Container[int]) -> list[tuple[int, int, Key]]:
    """Give the cells of submissions from which something was taken out, with the revision that says so."""
    require_somewhere(actor, READ)
    rows = models.RedactionDecision.objects.filter(record__isnull=False).values_list(
        "record__submission_id",
        "record__number",
        "request__cell__row",
        "request__cell__variable__code",
        "request__cell__breakdown",
    )
    return [(own, number, Key(*cell)) for own, number, *cell in rows if own in submission_ids]


def asked_rows(actor: Actor) -> QuerySet[models.RedactionRequest]:
    """Give all requests with what they are about, for the queries of this room."""
    require_somewhere(actor, READ)
    related = ("cell__variable", "cell__submission__dataset", "decision__record")
    return models.RedactionRequest.objects.select_related(*related).order_by("made_at")


def redaction_of(actor: Actor, row: models.RedactionRequest) -> Redaction:
    """Give a request with its decision as a word of the core, for the queries of this room."""
    require_somewhere(actor, READ)
    key = Key(row.cell.row, row.cell.variable.code, row.cell.breakdown)
    asked = By(str(row.actor_id), row.actor_name, row.actor_function, row.made_at)
    decision = getattr(row, "decision", None)
    if decision is None:
        return Redaction(row.id, key, Scope(row.scope), row.reason, asked)
    decided = By(str(decision.actor_id), decision.actor_name, decision.actor_function, decision.made_at)
    record = decision.record
    contents = dict(decision.contents)
    return Redaction(
        row.id,
        key,
        Scope(row.scope),
        row.reason,
        asked,
        decided,
        record is not None,
        record.number if record else 0,
        contents,
    )
