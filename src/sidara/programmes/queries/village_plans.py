"""What all levels plan in one village, and of which levels there are no data at all."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.core import Level, PlanKind
from sidara.programmes.core.codes.village_codes import TopAccount, top_of
from sidara.programmes.core.listed import ActivityRow
from sidara.programmes.core.village_plans import Known, PlannedHere, VillagePlans
from sidara.programmes.queries.activities import ActivityQuery, activities
from sidara.programmes.queries.rights import READ
from sidara.regions import queries as regions
from sidara.regions.core import Region

OWN_PLANS = (PlanKind.RKP_DESA.value, PlanKind.APBDES.value)
"""The documents of a village whose lines are what it plans itself in a year."""


def village_plans(actor: Actor, village: Region, years: Iterable[int]) -> VillagePlans:
    """Give what each level plans in a village in some years, and of which level there are no data at all.

    A level is known in a year where anything of the governments above this village is: the plans of another
    kabupaten tell nothing of it. Real and made-up rows never meet: of an example village the made-up ones.
    """
    require(actor, READ)
    asked = tuple(sorted(set(years)))
    query = ActivityQuery(is_simulated=village.is_example, within=village.code)
    rows = [one for year in asked for one in activities(actor, replace(query, year=year))]
    places = _places(village, [one.uid for one in rows])
    told_already = {(one.year, one.code) for one in rows if one.level is Level.VILLAGE}
    own = (one for one in _own_lines(village, asked) if (one.year, one.code) not in told_already)
    planned = (*(_activity(one, places) for one in rows), *own)
    there = {(one.level, one.year) for one in planned}
    held = _held(actor, village, asked) | there

    def known(one: tuple[Level, int]) -> Known:
        return Known.HERE if one in there else Known.NOTHING_HERE if one in held else Known.NO_DATA

    told = {(level, year): known((level, year)) for level in Level for year in asked}
    return VillagePlans(asked, tuple(sorted(planned, key=_place)), told)


def _place(one: PlannedHere) -> tuple[int, int, str, str]:
    return one.year, list(Level).index(one.level), one.owner, one.name


def _held(actor: Actor, village: Region, years: tuple[int, ...]) -> set[tuple[Level, int]]:
    """Tell for which levels and years any activity of the governments above this village is held."""
    above = [village.id, *(one.id for one in regions.ancestors(actor, village.id))]
    rows = models.Activity.objects.filter(
        Q(area__isnull=True) | Q(area__in=above), is_simulated=village.is_example, year__in=years
    )
    return {(Level(level), year) for level, year in rows.order_by().values_list("level", "year").distinct()}


def _places(village: Region, uids: list[UUID]) -> dict[UUID, str]:
    """Give the place below the village that each activity names."""
    rows = models.ActivityVillage.objects.filter(activity__uid__in=uids, region=village.id)
    return dict(rows.values_list("activity__uid", "place"))


def _activity(one: ActivityRow, places: dict[UUID, str]) -> PlannedHere:
    return PlannedHere(
        level=one.level,
        owner=one.agency,
        name=one.name,
        year=one.year,
        kind=one.activity_kind,
        code=one.code,
        fund_source=one.fund_source,
        budget_idr=one.budget_idr,
        place=places.get(one.uid, ""),
        villages=one.villages,
        area=one.area_name,
        stage=one.stage,
    )


def _own_lines(village: Region, years: tuple[int, ...]) -> Iterator[PlannedHere]:
    """Give the lines of the village's own documents of a year that no activity carries on.

    Where the budget (APBDes) is there, the work plan of that year is not told beside it. What comes in and
    what is financed (accounts 4 and 6) is no activity.
    """
    rows = models.PlanLine.objects.filter(
        plan__area=village.id,
        plan__level=Level.VILLAGE.value,
        plan__kind__in=OWN_PLANS,
        plan__is_simulated=village.is_example,
        year__in=years,
        is_removed=False,
        activities__isnull=True,
    ).select_related("plan")
    budgeted = {one.year for one in rows if one.plan.kind == PlanKind.APBDES.value}
    for one in rows:
        if one.plan.kind != PlanKind.APBDES.value and one.year in budgeted:
            continue
        if one.account and top_of(one.account) is not TopAccount.SPENDING:
            continue
        yield PlannedHere(
            level=Level.VILLAGE,
            owner=one.plan.kind,
            name=one.name,
            year=one.year,
            kind=one.activity_kind,
            code=one.code,
            fund_source=one.fund_source,
            budget_idr=one.ceiling_original if one.ceiling_revised is None else one.ceiling_revised,
            place=one.place,
            villages=1,
        )
