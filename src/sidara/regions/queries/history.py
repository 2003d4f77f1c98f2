"""The register through time: the lineage, the areas of a day, the history of a place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

import polars as pl
from django.db.models import Q

from sidara.kernel.actor import Actor, require
from sidara.regions import models
from sidara.regions.core import KEMENDAGRI, Change, Lineage, Region, Succession
from sidara.regions.core.dimension import as_dimension, with_ancestors
from sidara.regions.core.lineage import DAY
from sidara.regions.queries.codes import READ
from sidara.regions.queries.today import EMPTY_VERSION, register_version

AREAS = pl.Schema(
    {
        "id": pl.Int64(),
        "code": pl.String(),
        "name": pl.String(),
        "level": pl.Int8(),
        "kind": pl.String(),
        "parent_id": pl.Int64(),
        "exists": pl.Boolean(),
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a place's history. `share` is the part of `old` that went to `new`, 1 where it is whole.

    `old` is `None` for an area from nowhere, and `new` where the place stayed itself. `before` and `after`
    are names, or what changed; `basis` is the legal basis.
    """

    day: date
    kind: Change
    old: Region | None
    new: Region
    share: Fraction
    share_back: Fraction
    before: str
    after: str
    basis: str


def history(actor: Actor, region_id: int) -> tuple[Event, ...]:
    """Give what happened to a place, and to those that it came from or went into by one step; by day."""
    require(actor, READ)
    rows = models.Succession.objects.select_related("old", "new")
    own = rows.filter(Q(old_id=region_id) | Q(new_id=region_id))
    days = {
        (row.day, part) for row in own for part in (row.old_id, row.new_id) if Change(row.kind).is_structural
    }
    near = Q(pk__in=[row.pk for row in own])
    for day, part in days:
        near |= Q(day=day, old_id=part) | Q(day=day, new_id=part)
    return tuple(
        Event(
            day=row.day,
            kind=Change(row.kind),
            old=None if row.old is None else row.old.as_word(),
            new=row.new.as_word(),
            share=Fraction(row.share),
            share_back=Fraction(row.share_back),
            before=row.before,
            after=row.after,
            basis=row.basis,
        )
        for row in rows.filter(near)
    )


def lineage(actor: Actor, *, known_before: datetime | None = None) -> Lineage:
    """Give how areas followed one another, as known now, or before a moment (UTC)."""
    require(actor, READ)
    return _lineage(register_version(actor), known_before)


@lru_cache(maxsize=8)
def _lineage(_version: str, known_before: datetime | None) -> Lineage:
    rows = models.Succession.objects.all()
    if known_before is not None:
        rows = rows.filter(recorded_at__lt=known_before)
    fields = ("old_id", "new_id", "day", "kind", "share", "share_back")
    return Lineage(
        tuple(
            Succession(old, new, day, Change(kind), Fraction(share), Fraction(back))
            for old, new, day, kind, share, back in rows.values_list(*fields)
        )
    )


def change_days(actor: Actor) -> tuple[date, ...]:
    """Give the days from which on any region, code, name, kind or parent was another, sorted."""
    require(actor, READ)
    return _change_days(register_version(actor))


@lru_cache(maxsize=4)
def _change_days(version: str) -> tuple[date, ...]:
    if version == EMPTY_VERSION:
        return ()
    found: set[date] = set(_lineage(version, None).days)
    tables = (
        (models.Region.objects.real(), "valid_from", "valid_to"),
        (models.RegionCode.objects.filter(scheme=KEMENDAGRI), "valid_from", "valid_to"),
        (models.RegionPast.objects.all(), None, "valid_to"),
    )
    for rows, first, last in tables:
        if first is not None:
            found |= set(rows.filter(**{f"{first}__isnull": False}).values_list(first, flat=True))
        ended = rows.filter(**{f"{last}__isnull": False}).values_list(last, flat=True)
        found |= {day + DAY for day in ended}
    return tuple(sorted(found))


def dimension_on(
    actor: Actor, day: date, *, as_today: bool = False, known_before: datetime | None = None
) -> pl.DataFrame:
    """Give the areas of a day for joining with facts, like `dimension`, with a column `exists`.

    Names, kinds, codes and parents are those of the day; with `as_today` codes and names are those by which
    the areas are known today (an ended one by its last). An area that came from nowhere after the day stands
    in the list as well, with `exists` false: figures of it have no other place. With `known_before` (UTC)
    nothing counts that successions recorded from that moment on made, ended or changed.
    """
    version = register_version(actor)
    past = [one for one in _change_days(version) if one <= day]
    return _areas(version, past[-1] if past else date.min, as_today=as_today, known_before=known_before)


@lru_cache(maxsize=64)
def _areas(version: str, day: date, *, as_today: bool, known_before: datetime | None) -> pl.DataFrame:
    """Lay out the areas between one change and the next."""
    lines = _lineage(version, known_before)
    codes = dict(
        models.RegionCode.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gte=day),
            scheme=KEMENDAGRI,
        ).values_list("region_id", "code")
    )
    then = _states(day, known_before)
    founded = {one.new for one in lines.successions if one.kind is Change.NEW}
    rows: list[tuple[int, str, str, int, str, int | None, bool]] = []
    valid: set[int] = set()
    for region in _held(known_before):
        is_later = region.valid_from is not None and region.valid_from > day
        if (region.valid_to is not None and region.valid_to < day) or (is_later and region.id not in founded):
            continue
        state = then.get(region.id, {})
        valid.add(region.id)
        code = codes.get(region.id, region.last_code)
        rows.append(
            (
                region.id,
                region.code if as_today or code == region.last_code else code,
                region.name if as_today else state.get("name", region.name),
                region.level,
                state.get("kind", region.kind),
                state.get("parent", region.parent),
                not is_later,
            )
        )
    placed = [
        (
            *row[:5],
            row[5] if row[5] is None or row[5] in valid else lines.main(row[5], on=day, at=day),
            row[6],
        )
        for row in rows
    ]
    frame = pl.DataFrame(placed, schema=AREAS, orient="row")
    whole = with_ancestors(frame)
    return as_dimension(whole).with_columns(exists=whole["exists"])


class _Held(NamedTuple):
    """A region as the register held it at a moment; `last_code` is the last that is known today."""

    id: int
    last_code: str
    level: int
    code: str
    name: str
    kind: str
    parent: int | None
    valid_from: date | None
    valid_to: date | None


def _held(known_before: datetime | None) -> Iterator[_Held]:
    """Give all regions as they are held now, or were before a moment (UTC)."""
    fields = ("code", "name", "kind", "parent_id", "valid_from", "valid_to")
    regions = models.Region.objects.real()
    records: dict[int, tuple[Any, ...]] = {}
    if known_before is not None:
        regions = regions.filter(Q(recorded_at=None) | Q(recorded_at__lt=known_before))
        later = models.RegionRecord.objects.filter(recorded_to__gte=known_before)
        for pk, *values in later.values_list("region_id", *fields):
            records.setdefault(pk, tuple(values))
    for pk, level, *values in regions.values_list("pk", "level", *fields):
        yield _Held(pk, values[0], level, *records.get(pk, values))


def _states(day: date, known_before: datetime | None) -> dict[int, dict[str, Any]]:
    """Give what regions were otherwise on a day than they are held: name, kind, parent."""
    found: dict[int, dict[str, Any]] = {}
    rows = models.RegionPast.objects.filter(valid_to__gte=day)
    if known_before is not None:
        rows = rows.filter(Q(recorded_at=None) | Q(recorded_at__lt=known_before))
    for row in rows.order_by("valid_to", "id"):
        state = found.setdefault(row.region_id, {})
        for key, value in (("name", row.name), ("kind", row.kind), ("parent", row.parent_id)):
            if value:
                state.setdefault(key, value)
    return found
