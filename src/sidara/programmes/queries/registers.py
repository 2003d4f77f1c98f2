"""Registers: which lists of which villages count, and what they count; areas add up from villages.

A village stands with the last period of the year whose list reached the asked status by the asked day: lists
of trainings and meetings hold the year so far, those of apparatus and institutions what is there.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from uuid import UUID

import polars as pl
from django.db.models import Q, QuerySet

from sidara.collection import queries as collection
from sidara.collection.core import EXAMPLES, dataset_of
from sidara.collection.core.rights import READ as READ_SUBMISSIONS
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core.words import AppliesTo
from sidara.kernel import content as files
from sidara.kernel.actor import Actor, require
from sidara.kernel.kept import KeptByName
from sidara.programmes import models
from sidara.programmes.core import registers as core
from sidara.programmes.core.registers import Row, Rules, Status
from sidara.programmes.queries.rights import READ
from sidara.regions import queries as regions
from sidara.regions.core import Kind, Region
from sidara.regions.core import Level as AreaLevel
from sidara.verification import queries as verification
from sidara.verification.core import Level

LEAST: Mapping[Status, int] = {
    Status.FINAL: Level.PROVINCE,
    Status.SENT: Level.SENT,
    Status.ALL: Level.DRAFT,
}
"""The lowest level of a list that counts."""
AREAS: Mapping[AreaLevel, str] = {
    AreaLevel.PROVINCE: "province_id",
    AreaLevel.REGENCY: "regency_id",
    AreaLevel.DISTRICT: "district_id",
    AreaLevel.VILLAGE: "village_id",
}
"""The column that says in which area of a level a village lies."""
FEW = 500
"""Villages and lists that are named in a question; of more, all are read and the others left out."""
KEPT = 64
_kept = KeptByName(KEPT)
type Counts = Counter[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which lists count: of one data set (empty = that of `under`), an area, a year, a status, as of a day.

    Real and simulated villages never together. `as_of`: as it stood at the end of that day in Asia/Jakarta;
    `None` = now.
    """

    under: str
    year: int
    status: Status = Status.SENT
    as_of: date | None = None
    dataset: str = ""

    def __post_init__(self) -> None:
        """Follow the area where no data set is named."""
        if not self.dataset:
            object.__setattr__(self, "dataset", dataset_of(self.under))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The list of a village that counts: of which period, since when (ordinal day), with its rows."""

    region_id: int
    period: str
    level: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Counted:
    """What a register counts of an area: all of it, and of each area below by id; who reports.

    `expected`: villages that are asked for the list; `reported`: those whose list counts, by area.
    `withheld` are the keys that the reader may not see; they stand in no count.
    """

    total: Counts = field(default_factory=Counter)
    below: Mapping[int, Counts] = field(default_factory=dict)
    reported: Mapping[int, int] = field(default_factory=dict)
    expected: Mapping[int, int] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    withheld_below: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def of(self, key: str) -> int | None:
        """Give a count of the whole area; `None` where it is withheld from the reader."""
        return None if key in self.withheld else self.total[key]

    def of_area(self, area: int, key: str) -> int | None:
        """Give a count of an area below; `None` where it is withheld, 0 where nothing is there."""
        if key in self.withheld_below.get(area, ()):
            return None
        return self.below.get(area, Counter())[key]


@cache
def _rules() -> Rules:
    return core.rules_of(files.load("sidara.programmes", "registers"))


def rules(actor: Actor) -> Rules:
    """Give what registers count (`content/registers.yaml`)."""
    require(actor, READ)
    return _rules()


@dataclass(frozen=True, slots=True)
class RegisterMark:
    """Up to where the lists were read, and when (UTC); `stamp` is another one after each refresh."""

    turn: int = 0
    stamp: UUID | None = None
    revisions: int = 0
    events: int = 0
    refreshed_at: datetime | None = None


def register_mark(actor: Actor) -> RegisterMark:
    """Give where the last refresh of the registers ended."""
    require(actor, READ)
    fields = ("turn", "stamp", "revisions", "events", "refreshed_at")
    found = models.RegisterMark.objects.filter(pk=1).values_list(*fields).first()
    return RegisterMark(*found) if found else RegisterMark()


def is_behind(actor: Actor) -> bool:
    """Whether a refresh has something to do: two short questions to the records."""
    mark = register_mark(actor)
    newest = collection.newest_revision(actor), verification.newest_event(actor)
    return bool(newest[0]) and (mark.revisions, mark.events) != newest


def has_lists(actor: Actor, dataset: str) -> bool:
    """Whether any list of a data set was ever filled."""
    require(actor, READ)
    return models.RegisterSheet.objects.filter(dataset=dataset).exists()


def register_years(actor: Actor, dataset: str) -> list[int]:
    """Give the years of which lists of a data set are there, the earliest first."""
    require(actor, READ)
    rows = models.RegisterSheet.objects.filter(dataset=dataset)
    return sorted(rows.order_by().values_list("year", flat=True).distinct())


def may_see_closed(actor: Actor, scope: Scope) -> bool:
    """Whether the actor sees lists before they are final, and closed counts: who reads the area's forms."""
    return actor.may(READ_SUBMISSIONS, region=scope.under, dataset=scope.dataset)


def settled(actor: Actor, scope: Scope) -> Scope:
    """Give the scope that the actor may see: of real villages everybody sees final lists only."""
    if scope.dataset == EXAMPLES or may_see_closed(actor, scope):
        return scope
    return replace(scope, status=Status.FINAL)


def sheets(actor: Actor, scope: Scope, list_code: str) -> list[Sheet]:
    """Give the lists that count in a scope, one for each village that has one, by region.

    For the queries and services of this room: rows are not everybody's.
    """
    require(actor, READ)
    area = regions.resolve(actor, scope.under)
    if area is None:
        return []
    wanted = set(villages_in(actor, area, scope.dataset)["region_id"])
    found = models.RegisterSheet.objects.filter(
        dataset=scope.dataset, list_code=list_code, year=scope.year
    ).order_by("region_id", "period")
    if len(wanted) <= FEW:
        found = found.filter(region_id__in=list(wanted))
    day = None if scope.as_of is None else scope.as_of.toordinal()
    if day is None:
        found = found.filter(until_day=None)
    else:
        found = found.filter(Q(until_day=None) | Q(until_day__gt=day), from_day__lte=day)
    least = LEAST[scope.status]
    chosen: dict[int, tuple[int, str, int]] = {}
    for pk, region_id, period, levels in found.values_list("pk", "region_id", "period", "levels"):
        held = [level for since, level in levels if day is None or since <= day]
        if region_id in wanted and held and held[-1] >= least:
            chosen[region_id] = pk, period, held[-1]
    rows = models.RegisterSheet.objects.filter(pk__in=[pk for pk, _, _ in chosen.values()])
    texts = dict(rows.values_list("pk", "rows")) if len(chosen) <= FEW else _every(found, chosen)
    return [
        Sheet(region_id, period, level, tuple(Row(*one) for one in texts[pk]))
        for region_id, (pk, period, level) in sorted(chosen.items())
    ]


def _every(
    found: QuerySet[models.RegisterSheet], chosen: Mapping[int, tuple[int, str, int]]
) -> dict[int, list[list[object]]]:
    """Read the rows of many lists: all of the question, and keep the chosen ones."""
    wanted = {pk for pk, _, _ in chosen.values()}
    found = found.filter(period__in={period for _, period, _ in chosen.values()})
    told = found.values_list("pk", "rows").iterator(chunk_size=500)
    return {pk: rows for pk, rows in told if pk in wanted}


def villages_in(actor: Actor, area: Region, dataset: str) -> pl.DataFrame:
    """Give the villages in an area, real or example ones: `region_id`, `kind`, ids of their areas."""
    every = regions.dimension(actor, examples=dataset == EXAMPLES)
    placed = every.filter(pl.col("level") == AreaLevel.VILLAGE).with_columns(village_id=pl.col("region_id"))
    return placed.filter(pl.col(AREAS[area.level]) == area.id)


def counted(actor: Actor, scope: Scope, list_code: str, count: Callable[[Sheet], Counts]) -> Counted:
    """Count a list of an area, and of each area of the next level below; `count` counts one village."""
    scope = settled(actor, scope)
    area = regions.resolve(actor, scope.under)
    if area is None:
        return Counted()
    own = dictionary.dictionary(actor).lists[list_code]
    places = villages_in(actor, area, scope.dataset)
    below_of = AREAS[AreaLevel(min(area.level + 1, AreaLevel.VILLAGE))]
    home = dict(zip(places["region_id"], places[below_of], strict=True))
    if own.applies_to is AppliesTo.VILLAGES:
        places = places.filter(pl.col("kind") != Kind.URBAN_VILLAGE)
    total: Counts = Counter()
    parts: dict[int, Counts] = {}
    reported: Counter[int] = Counter()
    for sheet in sheets(actor, scope, list_code):
        made = count(sheet)
        total.update(made)
        parts.setdefault(home[sheet.region_id], Counter()).update(made)
        reported[home[sheet.region_id]] += 1
    return Counted(total, parts, dict(reported), dict(Counter(places[below_of])))


def kept[Made](actor: Actor, name: Hashable, make: Callable[[], Made]) -> Made:
    """Give what was made under a name since the last refresh, making it where it was not."""
    return _kept.of((register_mark(actor).stamp, regions.register_version(actor), name), make)
