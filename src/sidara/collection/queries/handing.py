"""Reads of files that were handed in; each belongs to who handed it in, nobody else sees it."""

from datetime import datetime
from uuid import UUID

from sidara.collection import models
from sidara.collection.core.bringing import require_bringing
from sidara.collection.core.handed import (
    KEPT_FOR,
    Handed,
    Handing,
    findings_of,
    summary,
)
from sidara.collection.queries.files import annotated
from sidara.kernel.actor import Actor

XLSX = "xlsx"


def handed(actor: Actor, id: UUID, *, now: datetime) -> Handed | None:  # noqa: A002 - of the file
    """Give an own file that was handed in for a trial; `None` where there is none."""
    require_bringing(actor)
    row = models.HandedFile.objects.filter(pk=id, account_id=actor.id, trial__isnull=False).first()
    if row is None or row.trial is None:
        return None
    return Handed(
        row.id,
        row.name,
        row.format,
        row.filler,
        row.is_paper,
        row.all_or_nothing,
        row.made_at,
        row.trial,
        row.answer,
        row.stored_at,
        row.content is not None and row.made_at >= now - KEPT_FOR,
    )


def handing(actor: Actor, id: UUID, *, now: datetime) -> Handing | None:  # noqa: A002 - of the file
    """Give the content of an own file, as long as it is kept."""
    require_bringing(actor)
    row = models.HandedFile.objects.filter(
        pk=id, account_id=actor.id, content__isnull=False, made_at__gte=now - KEPT_FOR
    ).first()
    if row is None or row.content is None:
        return None
    return Handing(bytes(row.content), row.name, row.filler, row.is_paper, row.all_or_nothing)


def handed_marked(actor: Actor, id: UUID, *, now: datetime) -> bytes | None:  # noqa: A002 - of the file
    """Give an own workbook with its faults marked; `None` where it is not kept, or no workbook."""
    kept, found = handing(actor, id, now=now), handed(actor, id, now=now)
    if kept is None or found is None or found.format != XLSX:
        return None
    answer = found.answer or found.trial
    return annotated(actor, kept.content, findings_of(answer), account=summary(answer))
