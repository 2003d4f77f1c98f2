"""Reads for acts on many submissions: how each stands, without its cells where all of them stand alike."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.db.models import Max

from sidara.collection import queries as collection
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Content, Held, Submission, SubmissionKey
from sidara.kernel.actor import Actor, require, require_somewhere
from sidara.kernel.cell import State
from sidara.verification import models
from sidara.verification.core import WHOLE, Event, Level, Moved, Standing, standing_of

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Ground:
    """A submission of which all cells stand alike, as acts on many see it.

    `filled` has one cell, `WHOLE`, in place of all of them, as what is done to all alike needs no more.
    """

    stub: collection.Stub
    held: Standing
    filled: collection.Filled


def ground(actor: Actor, keys: Collection[SubmissionKey]) -> dict[SubmissionKey, Ground]:
    """Give those of some submissions that were begun and of which all cells stand alike.

    Refuses (`NotAllowed`) an actor who may not read what is filled in for one of them.
    """
    stubs = collection.stubs(actor, keys)
    events = _events([one.uid for one in stubs.values()])
    found: dict[SubmissionKey, Ground] = {}
    for key, stub in stubs.items():
        held = events.get(stub.uid, Standing())
        if held is not None:
            found[key] = Ground(stub, held, _filled(key, stub))
    return found


def _filled(key: SubmissionKey, stub: collection.Stub) -> collection.Filled:
    whole = {WHOLE: Held(Content(State.EMPTY), stub.revision)}
    state = Submission(stub.revision, whole)
    return collection.Filled(
        stub.uid, key.form, stub.form_number, key.region, key.period, state, stub.content_hash
    )


def _events(uids: Collection[str]) -> dict[str, Standing | None]:
    """Give how submissions stand that have events; `None` where their cells do not stand alike."""
    made: dict[str, Standing | None] = {}
    for some in batched(sorted(uids), AT_ONCE):
        events: dict[str, list[Event]] = {}
        for row in models.Event.objects.filter(submission_id__in=some):
            events.setdefault(str(row.submission_id), []).append(row.kept)
        alike = {uid: own for uid, own in events.items() if all(one.is_whole for one in own)}
        moved: dict[tuple[str, int], list[Moved]] = {}
        fields = ("event__submission_id", "event__number", "level", "reason")
        for uid, number, level, reason in models.CellLevel.objects.filter(
            event__submission_id__in=list(alike)
        ).values_list(*fields):
            moved.setdefault((str(uid), number), []).append(Moved(WHOLE, Level(level), reason))
        made |= dict.fromkeys(events)
        for uid, own in alike.items():
            made[uid] = standing_of(own, {at: moved.get((uid, at), []) for at in range(1, len(own) + 1)})
    return made


def carried_out(actor: Actor, messages: Collection[UUID]) -> frozenset[UUID]:
    """Give those of some messages that were carried out. Refuses (`NotAllowed`) who may read nothing."""
    require_somewhere(actor, READ)
    found: set[UUID] = set()
    for some in batched(sorted(messages), AT_ONCE):
        rows = models.Event.objects.filter(message_id__in=some)
        found |= set(rows.values_list("message_id", flat=True))
    return frozenset(found)


def acted(
    actor: Actor, dataset: str, regions: Collection[str], actors: Collection[UUID]
) -> dict[tuple[str, str], datetime]:
    """Say when some persons (ids) last acted on submissions of villages (codes), by region and period.

    Refuses (`NotAllowed`) an actor who may not read what is filled in in one of them.
    """
    for code in regions:
        require(actor, READ, region=code, dataset=dataset)
    rows = models.Event.objects.filter(
        submission__dataset__code=dataset, submission__region__code__in=regions, actor_id__in=actors
    )
    told = rows.order_by().values_list("submission__region__code", "submission__period")
    return {(code, period): last for code, period, last in told.annotate(last=Max("made_at"))}
