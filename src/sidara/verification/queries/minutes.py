"""Minutes: what a step would close now, what was closed, and whether a paper is the one that was made."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db.models import Count, Q

from sidara.collection import queries as collection
from sidara.collection.core.chain import digest
from sidara.collection.core.rights import READ
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, NotAllowed, require, require_somewhere
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.verification import models
from sidara.verification.core import WHOLE, Act, Entry, Minutes, Step

CHECK = "verification.check_minutes"
LISTED = 200
"""The newest minutes that a list shows."""


@dataclass(frozen=True)
class Open:
    """What a step did in an area and did not close yet: entries for minutes, and the events behind them.

    `events` are sequences of all acts; `last` that of the last act of each entry; `since`: when the first
    one was done (UTC).
    """

    entries: Sequence[Entry] = ()
    last: Sequence[int] = ()
    events: frozenset[int] = frozenset()
    since: datetime | None = None

    @property
    def seal(self) -> str:
        """Name what would be closed now: who was shown it says by this what he closes."""
        return digest({"events": sorted(self.events)})


@dataclass(frozen=True)
class Kept:
    """Minutes that were made: what they say, and the SHA-256 of their PDF."""

    minutes: Minutes
    code: str
    content_hash: str
    file_hash: str

    @property
    def is_whole(self) -> bool:
        """Whether what is kept is what was closed: hash and code follow from it."""
        return self.minutes.content_hash == self.content_hash and self.minutes.code == self.code


@dataclass(frozen=True, slots=True)
class Listed:
    """Minutes in a list: code, area, when (UTC), how many submissions."""

    code: str
    area_name: str
    made_at: datetime
    count: int


def open_batch(actor: Actor, step: Step, *, under: str, form: str = "", period: str = "") -> Open:
    """Give what a step accepted and returned in an area since its last minutes, by village, form and period.

    Only what lies within the rights of the actor. Refuses (`NotAllowed`) who may take that step nowhere.
    """
    if not actor.may_somewhere(step.operation):
        raise NotAllowed(actor, step.operation)
    rows = models.Event.objects.filter(
        collection.below(actor, under, of="submission__"),
        step=step.value,
        act__in=(Act.ACCEPT.value, Act.RETURN.value),
    ).exclude(pk__in=models.MinutesEvent.objects.values("event_id"))
    if form:
        rows = rows.filter(submission__form=form)
    if period:
        rows = rows.filter(submission__period=period)
    forms = dictionary.dictionary(actor).forms
    found: dict[str, list[models.Event]] = {}
    for row in rows.select_related("submission__region", "submission__dataset").order_by("sequence"):
        one = row.submission
        sector = forms[one.form].sector if one.form in forms else None
        place = {"region": one.region.code, "sector": sector, "dataset": one.dataset.code}
        if actor.may(step.operation, **place):
            found.setdefault(str(one.uid), []).append(row)
    counts = _cells(actor, [row for events in found.values() for row in events])
    made = []
    for events in found.values():
        last, one = events[-1], events[-1].submission
        made.append(
            (
                Entry(
                    one.form,
                    forms[one.form].topic if one.form in forms else one.form,
                    one.region.code,
                    one.region.name,
                    one.period,
                    one.dataset.code,
                    last.revision,
                    last.content_hash,
                    last.chain_hash,
                    sum(counts[row.pk] for row in events if row.act == Act.ACCEPT.value),
                    sum(counts[row.pk] for row in events if row.act == Act.RETURN.value),
                ),
                last.pk,
            )
        )
    made.sort(key=lambda pair: (pair[0].region, pair[0].form, pair[0].period))
    every = [row for events in found.values() for row in events]
    since = min((row.made_at for row in every), default=None)
    own = frozenset(row.pk for row in every)
    return Open([entry for entry, _ in made], [last for _, last in made], own, since)


def areas_of(actor: Actor, step: Step) -> list[Region]:
    """Give the regions for which an actor takes a step, as they were granted: a batch is closed for one."""
    codes = {code for area in actor.areas(step.operation) for code in area.under}
    return sorted(regions.named(actor, sorted(codes)).values(), key=lambda one: one.code)


def _cells(actor: Actor, events: Collection[models.Event]) -> dict[int, int]:
    """Count the cells that each event accepted, or returned for a reason."""
    counts = dict.fromkeys((row.pk for row in events), 0)
    by_event = {row.pk: row for row in events}
    rows = models.CellLevel.objects.filter(event_id__in=counts).exclude(
        Q(event__act=Act.RETURN.value, reason="") | Q(variable=WHOLE.variable)
    )
    for event in rows.values_list("event_id", flat=True):
        counts[event] += 1
    whole = {pk: row for pk, row in by_event.items() if row.is_whole}
    held = collection.cells_at(actor, {str(row.submission_id) for row in whole.values()})
    for pk, row in whole.items():
        is_there = (pl.col("uid") == str(row.submission_id)) & (pl.col("first_revision") <= row.revision)
        counts[pk] = held.filter(is_there).height
    return counts


def minutes(actor: Actor, code: str) -> Kept | None:
    """Give minutes by their code; `None` where there are none. Everybody may, without log-in."""
    require(actor, CHECK)
    row = models.Minutes.objects.filter(code=code).first()
    if row is None:
        return None
    entries = [
        Entry(
            one.event.submission.form,
            one.form_name,
            one.region_code,
            one.region_name,
            one.event.submission.period,
            one.event.submission.dataset.code,
            one.event.revision,
            one.event.content_hash,
            one.event.chain_hash,
            one.accepted,
            one.returned,
        )
        for one in row.entries.select_related("event__submission__dataset").order_by("number")
    ]
    made = Minutes(
        Step(row.step),
        row.area_code,
        row.area_name,
        row.actor_name,
        row.actor_function,
        row.made_at,
        row.root_day,
        row.root_hash,
        entries,
    )
    return Kept(made, row.code, row.content_hash, row.file_hash)


def minutes_file(actor: Actor, code: str) -> bytes | None:
    """Give the PDF of minutes; `None` where there are none.

    Refuses (`NotAllowed`) an actor who may not read what is filled in in their area.
    """
    require_somewhere(actor, READ)
    row = models.Minutes.objects.filter(code=code).first()
    if row is None:
        return None
    if not any(area.holds(row.area_code) for area in actor.areas(READ)) and not actor.may(READ):
        raise NotAllowed(actor, READ)
    return bytes(row.file)


def minutes_of(actor: Actor, step: Step, *, under: str) -> list[Listed]:
    """Give the newest minutes of a step in an area and below. Refuses (`NotAllowed`) as `open_batch`."""
    if not actor.may_somewhere(step.operation):
        raise NotAllowed(actor, step.operation)
    place = regions.resolve(actor, under)
    if place is None:
        return []
    inside = Q(area=place.id) | Q(area__parent=place.id) | Q(area__parent__parent=place.id)
    rows = models.Minutes.objects.filter(inside, step=step.value).annotate(count=Count("entries"))
    fields = ("code", "area_name", "made_at", "count")
    return [Listed(*told) for told in rows.values_list(*fields)[:LISTED]]
