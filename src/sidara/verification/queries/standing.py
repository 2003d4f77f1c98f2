"""How submissions stand: one by its events, many by what is kept of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.expressions import OrderBy

from sidara.checks.core import Stage
from sidara.collection import queries as collection
from sidara.collection.core import dataset_of
from sidara.collection.core.judged import Judged
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.collection.core.village import Home
from sidara.dictionary import queries as dictionary
from sidara.kernel import content
from sidara.kernel.actor import Actor, NotAllowed, require, require_somewhere
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.records.prepared import Prepared, slot
from sidara.regions import queries as regions
from sidara.verification import models
from sidara.verification.core import (
    Chain,
    Chains,
    Level,
    Moved,
    Standing,
    chains_of,
    standing_of,
)

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
        .values_list("event__number", "row", "variable", "breakdown", "level", "reason")
    )
)
"""What the events of a submission (uid) since its event `number` did with cells, with their number."""
_ANSWERED = Prepared(
    lambda: models.Event.objects.filter(message_id=slot(models.Event, "message_id")).order_by("sequence")
)
"""The event of a message, as a model."""


@cache
def _chains() -> Chains:
    """Read the chains of forms."""
    return chains_of(content.load("sidara.verification", "chains"))


def chain(actor: Actor, form: str, sector: str) -> Chain:
    """Give the chain of a form of a sector. Refuses (`NotAllowed`) who may read no submission anywhere."""
    require_somewhere(actor, READ)
    return _chains().of(form, sector)


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
    events = tuple(one.kept for one in rows)
    whole = max((one.link.number for one in events if one.sets_all), default=0)
    moved: dict[int, list[Moved]] = {}
    for number, row, variable, breakdown, level, reason in _LEVELS.rows(
        submission=rows[0].submission_id, number=whole
    ):
        moved.setdefault(number, []).append(Moved(Key(row, variable, breakdown), Level(level), reason))
    return standing_of(events, moved)


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
    held, _ = _levels(actor, region, dataset)
    may_read = homes_read(actor, region, dataset)
    return {home: level for home, level in held.items() if may_read(home.form)}


def sent_days(actor: Actor, region: str, dataset: str = "") -> dict[Home, date]:
    """Give the day on which each submission of a village was first sent.

    Only those of sectors that the actor may read there. Refuses (`NotAllowed`) as `village_levels`.
    """
    rows = stands_of(actor, region, dataset, ("sent_at",), ("pk",), sent_at__isnull=False)
    return {home: local_date(sent_at) for home, sent_at in rows}


@dataclass(frozen=True, slots=True)
class Returned:
    """A submission of which cells were returned: how many, and until when they are to be mended."""

    home: Home
    count: int
    mend_by: date | None


def returned(actor: Actor, region: str, dataset: str = "") -> list[Returned]:
    """Give the submissions of a village of which verifiers returned cells, the most urgent first.

    Only those of sectors that the actor may read there. Refuses (`NotAllowed`) as `village_levels`.
    """
    order = F("mend_by").asc(nulls_last=True), "submission__form", "submission__period"
    rows = stands_of(actor, region, dataset, ("returned", "mend_by"), order, returned__gt=0)
    return [Returned(home, count, mend_by) for home, count, mend_by in rows]


def stands_of(
    actor: Actor,
    region: str,
    dataset: str,
    fields: Sequence[str],
    order: Sequence[str | OrderBy],
    **asked: Any,
) -> list[tuple[Any, ...]]:
    """Give form and period (as `Home`) and some fields of submissions of a village, by how they stand.

    Only those of sectors that the actor may read there; without a data set of that of the village. Refuses
    (`NotAllowed`) as `village_levels`.
    """
    place = regions.resolve(actor, region)
    may_read = homes_read(actor, region, dataset)
    if place is None:
        return []
    own = {"submission__region_id": place.id, "submission__dataset__code": dataset or dataset_of(place.code)}
    rows = models.Stand.objects.filter(**own, **asked).order_by(*order)
    told = rows.values_list("submission__form", "submission__period", *fields)
    return [(Home(form, period), *rest) for form, period, *rest in told if may_read(form)]


def homes_read(actor: Actor, region: str, dataset: str = "") -> Callable[[str], bool]:
    """Say of forms whether the actor may read them in a village.

    Refuses (`NotAllowed`) as `village_levels`.
    """
    _, sectors = _levels(actor, region, dataset)
    forms = dictionary.dictionary(actor).forms
    return lambda form: (forms[form].sector if form in forms else None) in sectors


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
    rows = models.Stand.objects.filter(
        submission__region_id=place.id, submission__dataset__code=dataset, level__gt=Level.DRAFT
    )
    fields = ("submission__form", "submission__period", "level")
    return {Home(form, period): Level(level) for form, period, level in rows.values_list(*fields)}, read


def judged(actor: Actor, key: SubmissionKey, *, today: date) -> Judged | Finding:
    """Judge a submission as `collection.queries.judged`, with the stages of the village's other ones."""
    return collection.judged(actor, key, today=today, stages=stages(actor, key.region, key.dataset))


def answered(actor: Actor, message_id: UUID) -> Mapping[str, Any] | None:
    """Give the event that a message made before, and whether it was this actor's, for the services."""
    row = _ANSWERED.model(message_id=message_id)
    if row is None:
        return None
    return {"event": row.kept, "is_own": row.actor_id == actor.id, "sequence": row.sequence}


def moved_by(actor: Actor, sequence: int) -> list[Moved]:
    """Give where the event with a sequence brought cells, for the services."""
    require_somewhere(actor, READ)
    rows = models.CellLevel.objects.filter(event_id=sequence)
    fields = ("row", "variable", "breakdown", "level", "reason")
    return [Moved(Key(*key), Level(level), reason) for *key, level, reason in rows.values_list(*fields)]
