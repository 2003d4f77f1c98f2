"""What happened to a thing that is planned: every act, and which fields became what."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.core import Act, Subject
from sidara.programmes.core.listed import Change
from sidara.programmes.queries.rights import READ

_SILENT = {"revision", "uid", "plan"}


def changes(actor: Actor, subject: Subject, uid: UUID) -> tuple[Change, ...]:
    """Give the acts upon a thing, the newest first."""
    require(actor, READ)
    rows = models.ProgrammeEvent.objects.filter(subject=subject, subject_uid=uid).order_by("-id")
    return tuple(
        Change(
            act=Act(row.act),
            made_at=row.made_at,
            actor_name=row.actor_name,
            actor_function=row.actor_function,
            reason=row.reason,
            fields=tuple(_differences(row.before, row.after)) if row.act == Act.CHANGE else (),
        )
        for row in rows
    )


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name, value in after.items():
        if name not in _SILENT and before.get(name) != value:
            yield name, before.get(name), value
