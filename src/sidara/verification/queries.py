"""Reads of `verification`; each takes the actor first: standing of a submission, levels, audit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import polars as pl
from django.db.models import Max

from sidara.checks.core import Stage
from sidara.collection import queries as collection
from sidara.collection.core import dataset_of
from sidara.collection.core.judged import Judged
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.collection.core.village import Home
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, NotAllowed, require
from sidara.kernel.finding import Finding
from sidara.records.prepared import Prepared, slot
from sidara.regions import queries as regions
from sidara.verification import models
from sidara.verification.core import Act, Event, Level, Link, Standing, faults_of

_EVENTS = Prepared(
    lambda: models.Event.objects.filter(
        submission__dataset__code=slot(models.Event, "dataset", "reason"),
        submission__form=slot(models.Event, "form", "reason"),
        submission__region_id=slot(models.Event, "region", "sequence"),
        submission__period=slot(models.Event, "period", "reason"),
    ).order_by("sequence")
)
"""The events of a submission, as models, by `dataset`, `form`, `region` (id) and `period`."""
_LEVELS = Prepared(
    lambda: (
        models.CellLevel.objects.filter(
            event__submission_id=slot(models.Event, "submission"),
            event__number__gte=slot(models.Event, "number"),
        )
        .order_by("sequence")
        .values_list("row", "variable", "breakdown", "level")
    )
)
"""Key and level of cells of a submission (uid) since its event `number`."""
_ANSWERED = Prepared(
    lambda: models.Event.objects.filter(message_id=slot(models.Event, "message_id")).order_by("sequence")
)
"""The event of a message, as a model."""
READ_LEVELS = "verification.read_levels"
AUDIT = "verification.audit"
LEVELS: Mapping[str, Any] = {
    "sequence": pl.Int64,
    "after": pl.Int64,
    "dataset": pl.String,
    "region_id": pl.Int64,
    "period": pl.String,
    "row": pl.String,
    "variable": pl.String,
    "breakdown": pl.String,
    "level": pl.Int8,
    "revision": pl.Int64,
    "changed_at": pl.Datetime("us", "UTC"),
}
"""Levels as they are handed up; `revision` is the one of the submission that was brought there, `after` the
newest change of `collection` in that content: the level holds from there on."""


@dataclass(frozen=True, eq=False)
class Levels:
    """A stretch of levels in the order of commit (see `LEVELS`); `cursor` is the sequence of the last one."""

    cursor: int
    rows: pl.DataFrame


def standing(actor: Actor, key: SubmissionKey) -> Standing:
    """Give how far a submission has come; a draft where nobody did anything.

    Refuses (`NotAllowed`) an actor who may not read what is filled in for that region.
    """
    place = regions.resolve(actor, key.region)
    if place is None:
        return Standing()
    form = dictionary.dictionary(actor).forms.get(key.form)
    sector = form.sector if form else None
    require(actor, READ, region=place.code, sector=sector, dataset=key.dataset)
    rows = _EVENTS.models(dataset=key.dataset, form=key.form, region=place.id, period=key.period)
    if not rows:
        return Standing()
    events = tuple(_event(one) for one in rows)
    whole = max((one.link.number for one in events if one.act in {Act.SEND, Act.WITHDRAW}), default=0)
    since = _LEVELS.rows(submission=rows[0].submission_id, number=whole)
    return Standing(events, {Key(*cell): Level(level) for *cell, level in since})


def _event(row: models.Event) -> Event:
    link = Link(
        str(row.submission_id),
        row.number,
        Act(row.act),
        row.revision,
        row.content_hash,
        str(row.actor_id),
        row.made_at,
        str(row.message_id),
        row.reason,
        row.is_late,
        row.previous_hash,
    )
    return Event(link, row.actor_name, row.actor_function, row.due_date, row.chain_hash)


def stages(actor: Actor, region: str, dataset: str = "") -> dict[Home, Stage]:
    """Give how far the submissions of a village are for checks between them, those that are no drafts.

    Those of every sector, as rules between forms read them. Refuses (`NotAllowed`) as `village_levels`.
    """
    held, _ = _levels(actor, region, dataset)
    return {home: level.stage for home, level in held.items()}


def village_levels(actor: Actor, region: str, dataset: str = "") -> dict[Home, Level]:
    """Give the levels of the submissions of a village, those that are no drafts, as they were sent.

    Only those of sectors that the actor may read there. Refuses (`NotAllowed`) an actor who may not read what
    is filled in for that region in any sector.
    """
    held, sectors = _levels(actor, region, dataset)
    forms = dictionary.dictionary(actor).forms
    return {
        home: level
        for home, level in held.items()
        if (forms[home.form].sector if home.form in forms else None) in sectors
    }


def _levels(actor: Actor, region: str, dataset: str) -> tuple[dict[Home, Level], set[str | None]]:
    """Give the levels of all submissions of a village, and the sectors that the actor may read there.

    The sector `None` is that of forms that are no more.
    """
    place = regions.resolve(actor, region)
    if place is None:
        return {}, set()
    dataset = dataset or dataset_of(place.code)
    sectors = {None, *(form.sector for form in dictionary.dictionary(actor).forms.values())}
    read = {one for one in sectors if actor.may(READ, region=place.code, sector=one, dataset=dataset)}
    if not read:
        raise NotAllowed(actor, READ)
    last: dict[Home, Level] = {}
    rows = models.Event.objects.filter(submission__region_id=place.id, submission__dataset__code=dataset)
    for form, period, act in rows.order_by("sequence").values_list(
        "submission__form", "submission__period", "act"
    ):
        last[Home(form, period)] = Act(act).level
    return {home: level for home, level in last.items() if level > Level.DRAFT}, read


def judged(actor: Actor, key: SubmissionKey, *, today: date) -> Judged | Finding:
    """Judge a submission as `collection.queries.judged`, with the stages of the village's other ones."""
    return collection.judged(actor, key, today=today, stages=stages(actor, key.region, key.dataset))


def answered(actor: Actor, message_id: UUID) -> Mapping[str, Any] | None:
    """Give the event that a message made before, and whether it was this actor's, for the services."""
    row = _ANSWERED.model(message_id=message_id)
    return None if row is None else {"event": _event(row), "is_own": row.actor_id == actor.id}


def levels_since(actor: Actor, cursor: int, *, limit: int) -> Levels:
    """Give at most `limit` levels after `cursor`, in the order of commit.

    Start at 0; go on with the cursor that was given until there are no rows. What was given once is given
    the same again for ever. Refuses (`NotAllowed`) an actor without `verification.read_levels`.
    """
    require(actor, READ_LEVELS)
    rows = models.CellLevel.objects.filter(sequence__gt=cursor).order_by("sequence")
    found = rows.values_list(
        "sequence",
        "event__submission__uid",
        "event__submission__dataset__code",
        "event__submission__region_id",
        "event__submission__period",
        "row",
        "variable",
        "breakdown",
        "level",
        "event__revision",
        "event__made_at",
    )[:limit]
    read: list[list[Any]] = [list(one) for one in found]
    ends = collection.ends_of(actor, {str(one[1]) for one in read})
    made = [(one[0], ends.get((str(one[1]), one[-2]), 0), *one[2:]) for one in read]
    frame = pl.DataFrame(made, schema=LEVELS, orient="row")
    return Levels(int(frame["sequence"][-1]) if frame.height else cursor, frame)


def newest_level(actor: Actor) -> int:
    """Give the sequence of the newest level; 0 while there is none. Same right as `levels_since`."""
    require(actor, READ_LEVELS)
    newest: int | None = models.CellLevel.objects.aggregate(newest=Max("sequence"))["newest"]
    return newest or 0


def seal_of(actor: Actor, sequence: int) -> str:
    """Say which level has a sequence: the chain hash of its event. Empty where there is none."""
    require(actor, READ_LEVELS)
    rows = models.CellLevel.objects.filter(sequence=sequence)
    return rows.values_list("event__chain_hash", flat=True).first() or ""


def audit(actor: Actor) -> Iterator[Finding]:
    """Hold every event against its chain, and against the contents that `collection` has.

    Refuses (`NotAllowed`) an actor without `verification.audit`.
    """
    require(actor, AUDIT)
    held: dict[str, list[models.Event]] = {}
    for row in models.Event.objects.select_related("submission__region"):
        held.setdefault(str(row.submission.uid), []).append(row)
    for uid, rows in held.items():
        one = rows[0].submission
        named = f"{one.form} {one.period}, wilayah {one.region.code}"
        contents = collection.content_hashes(actor, uid)
        yield from faults_of(named, uid, [_event(row) for row in rows], contents)
