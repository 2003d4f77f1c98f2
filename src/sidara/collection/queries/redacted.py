"""Rows of redactions as words of the core, for the other queries of this room."""

from collections.abc import Container, Mapping

from django.db.models import Q, QuerySet

from sidara.collection import models
from sidara.collection.core.redaction import About, By, Proof, Reason, Redaction, Scope, contents_since
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Key
from sidara.kernel.actor import Actor, require_somewhere


def redactions_done(actor: Actor, submission_id: int) -> tuple[Redaction, ...]:
    """Give what was taken out of a submission, for the audit and the services of this room."""
    own = Q(cell__submission=submission_id) | Q(revision__submission=submission_id)
    rows = asked_rows(actor).filter(own, decision__record__isnull=False)
    return tuple(redaction_of(actor, row) for row in rows)


def proofs_redacted(actor: Actor) -> tuple[Redaction, ...]:
    """Give what was taken out of evidence anywhere, for the audit of this room."""
    rows = asked_rows(actor).filter(decision__act__isnull=False)
    return tuple(redaction_of(actor, row) for row in rows)


def contents_redacted(actor: Actor, uid: str) -> Mapping[int, str]:
    """Give the hashes of contents that a redaction changed, by revision, as they are now."""
    require_somewhere(actor, READ)
    own = Q(cell__submission__uid=uid) | Q(revision__submission__uid=uid)
    rows = asked_rows(actor).filter(own, decision__record__isnull=False)
    return contents_since(redaction_of(actor, row) for row in rows)


def cells_redacted(actor: Actor, submission_ids: Container[int]) -> list[tuple[int, int, Key]]:
    """Give the cells of submissions from which something was taken out, with the revision that says so."""
    require_somewhere(actor, READ)
    done = models.RedactionDecision.objects.filter(record__isnull=False, request__cell__isnull=False)
    rows = done.values_list(
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
    cell, revision = ("cell__variable", "cell__submission__dataset"), "revision__submission__dataset"
    related = (*cell, revision, "piece", "decision__record")
    return models.RedactionRequest.objects.select_related(*related).order_by("made_at")


def redaction_of(actor: Actor, row: models.RedactionRequest) -> Redaction:
    """Give a request with its decision as a word of the core, for the queries of this room."""
    require_somewhere(actor, READ)
    about = _about(row)
    asked = By(str(row.actor_id), row.actor_name, row.actor_function, row.made_at)
    decision = getattr(row, "decision", None)
    if decision is None:
        return Redaction(row.id, about, Scope(row.scope), row.reason, asked)
    decided = By(str(decision.actor_id), decision.actor_name, decision.actor_function, decision.made_at)
    record = decision.record
    return Redaction(
        row.id,
        about,
        Scope(row.scope),
        row.reason,
        asked,
        decided,
        record is not None or decision.act_id is not None,
        record.number if record else 0,
        dict(decision.contents),
        dict(decision.reasons),
    )


def _about(row: models.RedactionRequest) -> About:
    if row.cell is not None:
        return Key(row.cell.row, row.cell.variable.code, row.cell.breakdown)
    if row.revision is not None:
        return Reason(row.revision.number)
    assert row.piece is not None  # noqa: S101 - the table holds one of the three
    return Proof(row.piece.pk)
