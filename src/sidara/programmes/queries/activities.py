"""Activities of all levels: lists, sums, one with its history, and what everybody does in one village."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.core import Level, Stage, Subject
from sidara.programmes.core.activity_drafts import (
    ActivityDraft,
    At,
    Gap,
    OutputDraft,
    plain_figure,
    quarters_of,
)
from sidara.programmes.core.listed import ActivityRow, ActivityView, Sum
from sidara.programmes.queries.history import changes
from sidara.programmes.queries.owning import seen_by
from sidara.programmes.queries.rights import READ
from sidara.regions import queries as regions


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityQuery:
    """Which activities: of one world; by year, level, owner's area, kind, goal, agency, words.

    `within`: dotted code of an area or village in which something is done (with activities of a whole area
    that holds it or lies in it). Cancelled ones only with `with_cancelled`.
    """

    is_simulated: bool = False
    year: int | None = None
    level: Level | None = None
    owner: str = ""
    within: str = ""
    activity_kind: str = ""
    goal: UUID | None = None
    agency: str = ""
    words: str = ""
    fund_source: str = ""
    with_cancelled: bool = False


def activities(
    actor: Actor, query: ActivityQuery, *, limit: int | None = None, offset: int = 0
) -> tuple[ActivityRow, ...]:
    """Give activities by year, level, kind; `limit` after `offset` of them."""
    require(actor, READ)
    rows = _asked(actor, query).select_related("area").annotate(count=Count("villages", distinct=True))
    order = {level: number for number, level in enumerate(Level)}
    if limit is None:
        found = [_row(one) for one in rows]
        return tuple(sorted(found, key=lambda one: (-one.year, order[one.level])))
    return tuple(_row(one) for one in rows.order_by("-year", "level", "id")[offset : offset + limit])


def activity_sums(actor: Actor, query: ActivityQuery, *, by: str = "level") -> Mapping[str, Sum]:
    """Give how many and how much, by `level`, `year`, `activity_kind`, `fund_source` or `agency`."""
    require(actor, READ)
    if by not in {"level", "year", "activity_kind", "fund_source", "agency"}:
        raise ValueError(by)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for key, budget in _asked(actor, query).values_list(by, "budget_idr").order_by():
        held = counts[str(key)]
        held[0] += 1
        held[1] += budget or 0
        held[2] += budget is None
    return {key: Sum(*held) for key, held in sorted(counts.items())}


def villages_served(actor: Actor, query: ActivityQuery) -> Mapping[str, tuple[int, int]]:
    """Give by village code how many activities and of how many levels name it; whole areas name none."""
    require(actor, READ)
    ids = _asked(actor, query).values("pk")
    found: dict[str, tuple[int, set[str]]] = {}
    rows = models.ActivityVillage.objects.filter(activity_id__in=ids)
    for code, level in rows.values_list("region__code", "activity__level"):
        count, levels = found.get(code, (0, set()))
        found[code] = count + 1, levels | {level}
    return {code: (count, len(levels)) for code, (count, levels) in found.items()}


def in_village(
    actor: Actor, code: str, *, is_simulated: bool, year: int | None = None
) -> Mapping[Level, tuple[ActivityRow, ...]]:
    """Give what all levels do in one village, level by level; a level without anything is empty."""
    found = activities(actor, ActivityQuery(is_simulated=is_simulated, within=code, year=year))
    return {level: tuple(one for one in found if one.level is level) for level in Level}


def levels_with_data(actor: Actor, *, is_simulated: bool, year: int | None = None) -> frozenset[Level]:
    """Give the levels of which anything is known anywhere; see `areas_with_data`."""
    return frozenset(areas_with_data(actor, is_simulated=is_simulated, year=year))


def areas_with_data(
    actor: Actor, *, is_simulated: bool, year: int | None = None
) -> Mapping[Level, frozenset[str]]:
    """Give by level the areas (dotted codes, empty = the country) with any line or activity (of a year).

    The others are not known, not idle. Goals of several years tell nothing of what a level does in one of
    them.
    """
    require(actor, READ)
    lines = models.PlanLine.objects.filter(plan__is_simulated=is_simulated, is_removed=False)
    acts = models.Activity.objects.filter(is_simulated=is_simulated)
    if year is not None:
        lines, acts = lines.filter(year=year), acts.filter(year=year)
    found: defaultdict[Level, set[str]] = defaultdict(set)
    for level, code in (
        *lines.order_by().values_list("plan__level", "plan__area__code").distinct(),
        *acts.order_by().values_list("level", "area__code").distinct(),
    ):
        found[Level(level)].add(code or "")
    return {level: frozenset(codes) for level, codes in found.items()}


def has_plans(actor: Actor, *, is_simulated: bool) -> bool:
    """Whether any document or activity is kept."""
    require(actor, READ)
    kept = (models.Plan.objects, models.Activity.objects)
    return any(one.filter(is_simulated=is_simulated).exists() for one in kept)


def activity_years(actor: Actor, *, is_simulated: bool) -> tuple[int, ...]:
    """Give the years of which there are activities, the newest first."""
    require(actor, READ)
    years = models.Activity.objects.filter(is_simulated=is_simulated).values_list("year", flat=True)
    return tuple(sorted(set(years), reverse=True))


def activity(actor: Actor, uid: UUID) -> ActivityView | None:
    """Give an activity with everything and its history; `None` where there is none."""
    require(actor, READ)
    rows = models.Activity.objects.filter(seen_by(actor), uid=uid)
    rows = rows.select_related("area", "line", "target_list")
    row = rows.annotate(count=Count("villages", distinct=True)).first()
    if row is None:
        return None
    villages = row.villages.select_related("region__parent__parent").order_by("region__code")
    goals = models.Goal.objects.filter(activities__activity=row).select_related("plan")
    return ActivityView(
        row=_row(row),
        draft=_draft(row),
        revision=row.revision,
        villages=tuple(
            (
                one.region.code,
                one.region.as_word().full_name,
                one.region.parent.name if one.region.parent else "",
                one.place,
            )
            for one in villages
        ),
        goals=tuple(one.as_tied() for one in goals),
        history=changes(actor, Subject.ACTIVITY, uid),
    )


def activity_snapshot(actor: Actor, uid: UUID) -> Mapping[str, Any]:
    """Give how an activity stands, in the words of its draft; refuses (`LookupError`) one that is not."""
    require(actor, READ)
    row = models.Activity.objects.select_related("area", "line", "target_list").filter(uid=uid).first()
    if row is None:
        raise LookupError(f"no activity {uid}")
    return asdict(_draft(row))


def _asked(actor: Actor, query: ActivityQuery) -> "QuerySet[models.Activity]":
    rows = models.Activity.objects.filter(seen_by(actor), is_simulated=query.is_simulated)
    if not query.with_cancelled:
        rows = rows.exclude(stage=Stage.CANCELLED.value)
    plain = {
        "year": query.year,
        "level": query.level.value if query.level else None,
        "area__code": query.owner or None,
        "activity_kind": query.activity_kind or None,
        "agency": query.agency or None,
        "fund_source": query.fund_source or None,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value is not None})
    if query.goal is not None:
        rows = rows.filter(Q(goals__goal__uid=query.goal) | Q(line__goal__uid=query.goal)).distinct()
    for word in query.words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(code__icontains=word))
    if query.within:
        place = regions.resolve(actor, query.within)
        if place is None:
            return rows.none()
        chain = [one.id for one in regions.with_above(actor, place.id)]
        named = models.ActivityVillage.objects.filter(
            Q(region_id=place.id)
            | Q(region__parent_id=place.id)
            | Q(region__parent__parent_id=place.id)
            | Q(region__parent__parent__parent_id=place.id)
        )
        inside = Q(area_id__in=chain) | Q(area__parent_id=place.id) | Q(area=None)
        whole = Q(is_whole_area=True) & inside
        rows = rows.filter(Q(pk__in=named.values("activity_id")) | whole)
    return rows


def _row(one: models.Activity) -> ActivityRow:
    return ActivityRow(
        uid=one.uid,
        level=Level(one.level),
        area=one.area.code if one.area else "",
        area_name=one.area.as_word().full_name if one.area else "",
        agency=one.agency,
        name=one.name,
        activity_kind=one.activity_kind,
        government=one.government,
        code=one.code,
        year=one.year,
        fund_source=one.fund_source,
        budget_idr=one.budget_idr,
        stage=Stage(one.stage),
        is_whole_area=one.is_whole_area,
        is_simulated=one.is_simulated,
        villages=getattr(one, "count", 0),
    )


def _draft(row: models.Activity) -> ActivityDraft:
    villages = row.villages.select_related("region").order_by("region__code")
    return ActivityDraft(
        level=Level(row.level),
        area=row.area.code if row.area else "",
        agency=row.agency,
        sector=row.sector,
        name=row.name,
        activity_kind=row.activity_kind,
        code=row.code,
        central_programme=row.central_programme,
        year=row.year,
        fund_source=row.fund_source,
        budget_idr=row.budget_idr,
        phases=tuple(row.phases),
        starts=row.starts,
        ends=row.ends,
        co_financing=row.co_financing,
        tags=tuple(row.tags),
        beneficiaries=row.beneficiaries,
        beneficiary_count=row.beneficiary_count,
        method=row.method,
        executor=row.executor,
        note=row.note,
        stage=Stage(row.stage),
        is_whole_area=row.is_whole_area,
        is_simulated=row.is_simulated,
        villages=tuple(At(one.region.code, one.place) for one in villages),
        outputs=tuple(
            OutputDraft(
                indicator=one.indicator,
                unit=one.unit,
                target=None if one.target is None else plain_figure(one.target),
                quarters=quarters_of(one.quarters),
            )
            for one in row.outputs.order_by("id")
        ),
        goals=tuple(row.goals.order_by("id").values_list("goal__uid", flat=True)),
        gaps=tuple(Gap(item, index) for index, item in row.gaps.order_by("id").values_list("index", "item")),
        line=row.line.uid if row.line else None,
        target_list=row.target_list.uid if row.target_list else None,
    )


def co_financed(actor: Actor, uid: UUID) -> tuple[ActivityRow, ...]:
    """Give the other activities that pay together with one on purpose (its co-financing group)."""
    require(actor, READ)
    own = models.Activity.objects.filter(uid=uid).exclude(co_financing="").first()
    if own is None:
        return ()
    rows = models.Activity.objects.filter(
        seen_by(actor), co_financing=own.co_financing, is_simulated=own.is_simulated
    ).exclude(pk=own.pk)
    return tuple(_row(one) for one in rows.select_related("area").annotate(count=Count("villages")))


def alike_in_villages(actor: Actor, uid: UUID) -> Mapping[UUID, Collection[str]]:
    """Give activities of the same kind and year that name the same villages, with those villages' codes.

    What may be an overlap is told here by rows alone; whether it is one, the alignment judges.
    """
    require(actor, READ)
    own = models.Activity.objects.filter(uid=uid).first()
    if own is None or not own.activity_kind:
        return {}
    here = own.villages.values("region_id")
    rows = models.ActivityVillage.objects.filter(
        region_id__in=here,
        activity__in=models.Activity.objects.filter(seen_by(actor)),
        activity__year=own.year,
        activity__activity_kind=own.activity_kind,
        activity__is_simulated=own.is_simulated,
    ).exclude(Q(activity=own) | Q(activity__stage=Stage.CANCELLED.value))
    found: dict[UUID, list[str]] = defaultdict(list)
    for other, code in rows.order_by("region__code").values_list("activity__uid", "region__code"):
        found[other].append(code)
    return found
