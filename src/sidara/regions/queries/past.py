"""Where a place stood on another day, and from which days on an area was another one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl
from django.db.models import Q

from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.regions import models
from sidara.regions.core import Change, Level, Region
from sidara.regions.core.lineage import DAY
from sidara.regions.queries.codes import READ
from sidara.regions.queries.history import dimension_on, lineage
from sidara.regions.queries.today import dimension, register_version

_ABOVE = ("", "__parent", "__parent__parent", "__parent__parent__parent")
_MOVING = [one.value for one in Change if one.is_structural or one is Change.REPARENT]
"""Changes that move figures from one area to another; a name or a code alone does not."""


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a village stood: its code and its kecamatan's then, the ids of its kecamatan and kabupaten."""

    code: str
    district: str
    district_id: int
    regency_id: int


def moving_days(actor: Actor, region_id: int) -> tuple[date, ...]:
    """Give the days on which a region, or one at any time below it, split, merged, began or moved; sorted."""
    require(actor, READ)
    return _moving_days(register_version(actor)).get(region_id, ())


@lru_cache(maxsize=4)
def _moving_days(_version: str) -> Mapping[int, tuple[date, ...]]:
    """Gather the days by region, those above included."""
    found: dict[int, set[date]] = {}
    rows = models.Succession.objects.filter(kind__in=_MOVING)
    for side in ("old", "new"):
        for day, *ids in rows.values_list("day", *(f"{side}{step}__pk" for step in _ABOVE)):
            for id_ in ids:
                found.setdefault(id_, set()).add(day)
    past = models.RegionPast.objects.filter(Q(parent__isnull=False) | ~Q(kind=""))
    for last, *ids in past.values_list(
        "valid_to", *(f"{side}{step}__pk" for side in ("region", "parent") for step in _ABOVE)
    ):
        for id_ in ids:
            found.setdefault(id_, set()).add(last + DAY)
    return {id_: tuple(sorted(days)) for id_, days in found.items() if id_ is not None}


def stood(actor: Actor, region: Region, *, on: date | None, as_today: bool = False) -> Stood | None:
    """Say where a village stood on a day (`None` = today); `None` when it was not there.

    With `as_today` codes are those of today, as in `dimension_on`.
    """
    frame = dimension(actor) if on is None else dimension_on(actor, on, as_today=as_today)
    rows = frame.filter(pl.col("region_id") == region.id)
    if rows.is_empty() or rows["district_id"][0] is None:
        return None
    row = rows.row(0, named=True)
    return Stood(row["code"], row["district_code"], row["district_id"], row["regency_id"])


def codes_within(
    actor: Actor, code: str, *, on: date | None = None, as_today: bool = False
) -> frozenset[str]:
    """Give the codes of all villages at or below a region on a day (`None` = today); an unknown one has none.

    By the tree and not by how codes begin: a village that moved into another kecamatan may keep its code.
    With `as_today` codes are those of today, as in `dimension_on`.
    """
    require(actor, READ)
    return _codes_within(register_version(actor), on, as_today=as_today).get(code, frozenset())


@lru_cache(maxsize=32)
def _codes_within(_version: str, on: date | None, *, as_today: bool) -> Mapping[str, frozenset[str]]:
    """Gather the villages below each region of a day."""
    frame = dimension(OPERATOR) if on is None else dimension_on(OPERATOR, on, as_today=as_today)
    found: dict[str, set[str]] = {}
    above = [f"{level.name.lower()}_code" for level in Level if level is not Level.VILLAGE]
    for code, *parents in frame.filter(pl.col("level") == Level.VILLAGE).select("code", *above).iter_rows():
        for region in (code, *parents):
            found.setdefault(region, set()).add(code)
    return {region: frozenset(codes) for region, codes in found.items()}


def codes_on(actor: Actor, day: date) -> Mapping[str, str]:
    """Give for today's villages the code that the area holding most of each had on a day, where unlike."""
    require(actor, READ)
    return _codes_on(register_version(actor), day)


@lru_cache(maxsize=16)
def _codes_on(_version: str, day: date) -> Mapping[str, str]:
    then = dict(dimension_on(OPERATOR, day).select("region_id", "code").iter_rows())
    lines = lineage(OPERATOR)
    today = dimension(OPERATOR).filter(pl.col("level") == Level.VILLAGE)
    found = {}
    for id_, code in today.select("region_id", "code").iter_rows():
        area = lines.main(id_, on=date.max, at=day) if id_ in lines.touched else id_
        if (other := then.get(area)) is not None and other != code:
            found[code] = other
    return found


def renamed_codes(actor: Actor, day: date) -> Mapping[str, Region]:
    """Give the regions of a day by the code that they had then, where that is not their code of today."""
    require(actor, READ)
    return _renamed_codes(register_version(actor), day)


@lru_cache(maxsize=16)
def _renamed_codes(_version: str, day: date) -> Mapping[str, Region]:
    then = dimension_on(OPERATOR, day).select("region_id", "code")
    today = dimension(OPERATOR).select("region_id", "code")
    unlike = then.join(today, on=["region_id", "code"], how="anti")
    rows = models.Region.objects.in_bulk(unlike["region_id"].to_list())
    return {code: rows[id_].as_word() for id_, code in unlike.iter_rows()}
