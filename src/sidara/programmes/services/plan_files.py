"""Files of plans handed in by a page: kept for a trial, changed in what is asked of them, thrown away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sidara.kernel.actor import Actor
from sidara.programmes import models
from sidara.programmes.core.importing import Ask
from sidara.programmes.core.importing.asking import KEPT_FOR
from sidara.programmes.formats import plan_book
from sidara.programmes.queries.plan_tables import require_import
from sidara.records.writing import writing

LARGEST_PLAN_FILE = plan_book.LARGEST
"""The largest file that is taken, in bytes."""


def keep_plan_file(actor: Actor, *, content: bytes, name: str, ask: Ask, now: datetime) -> UUID:
    """Keep a file for a trial and throw away those of which the time is over; gives its id.

    Refuses (`NotAllowed`) who does not bring in files for that owner.
    """
    require_import(actor, ask.level, ask.area, ask.sector)
    with writing():
        models.PlanFile.objects.filter(made_at__lt=now - KEPT_FOR).delete()
        row = models.PlanFile.objects.create(
            id=uuid4(), account_id=actor.id, name=name[-300:], content=content, asked=ask.told(), made_at=now
        )
    return row.id


def change_asked(actor: Actor, *, id: UUID, asked: Mapping[str, Any]) -> None:  # noqa: A002 - of the file
    """Change what is asked of a file that is kept, only by its owner."""
    with writing():
        row = models.PlanFile.objects.filter(pk=id, account_id=actor.id).first()
        if row is not None:
            row.asked = {**row.asked, **asked}
            row.save(update_fields=("asked",))


def drop_plan_file(actor: Actor, *, id: UUID) -> None:  # noqa: A002 - of the file
    """Throw away a file, only by its owner; what was stored of it stays stored."""
    with writing():
        models.PlanFile.objects.filter(pk=id, account_id=actor.id).delete()
