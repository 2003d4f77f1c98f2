"""What all levels plan in an area and a year, as pictures need it: activities, their goals, proposals."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F

from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.core.alignment import above_of, climb
from sidara.programmes.core.alignment.rows import Activity, Proposal, Tables
from sidara.programmes.core.words import GoalKind, Level
from sidara.programmes.queries.alignment.known import known
from sidara.programmes.queries.alignment.places import Label, Places, places_of
from sidara.programmes.queries.alignment.proposed import proposal_rows
from sidara.programmes.queries.alignment.tables import activity_rows, goal_rows, tie_rows
from sidara.programmes.queries.rights import READ
from sidara.regions import queries as regions


@dataclass(frozen=True, slots=True)
class Planned:
    """Activities that reach villages of an area, with those villages only; `shares`: their part of each.

    `goals` are the flagged priorities by id that follow no other one, `row_of` which of them stands for a
    flagged one, `goal_of` which of them an activity follows. `levels` are those
    of which anything is known here in the year: the others are not known, not idle; `without` gives by level
    the villages for which nothing of it is known. `silent`: the villages in a kabupaten of which no plan is
    known, its own nor one of a village, and in which nobody else plans. `names` are of all areas, `villages`
    those of the area by code with their kecamatan and kabupaten.
    """

    activities: tuple[Activity, ...]
    shares: Mapping[str, tuple[int, int]]
    goals: Mapping[str, str]
    row_of: Mapping[str, str]
    goal_of: Mapping[str, str]
    proposals: tuple[Proposal, ...]
    levels: frozenset[Level]
    silent: frozenset[str]
    without: Mapping[Level, tuple[str, ...]]
    names: Mapping[str, str]
    villages: Mapping[str, tuple[str, str]]

    def money(self, activity: Activity) -> int | None:
        """Give what an activity brings into the area: its budget in equal parts for its villages, rupiah."""
        if activity.budget_idr is None:
            return None
        here, everywhere = self.shares[activity.id]
        return activity.budget_idr * here // everywhere if everywhere else activity.budget_idr

    def by_village(self) -> Mapping[str, int]:
        """Give the rupiah that come to each village of the area; one that gets nothing is 0."""
        found = Counter(dict.fromkeys(self.villages, 0))
        for one in self.activities:
            everywhere = self.shares[one.id][1]
            for code in one.villages:
                found[code] += (one.budget_idr or 0) // everywhere
        return found


def planned(actor: Actor, *, year: int, under: str, is_simulated: bool) -> Planned:
    """Read what is planned in an area (dotted code); an unknown area has nothing."""
    require(actor, READ)
    places = places_of(actor, is_simulated=is_simulated)
    area = regions.resolve(actor, under)
    inside = set(places.inside(area.code)) if area else set()
    labels: dict[str, Label] = {}
    activities = activity_rows(actor, year, places, labels, is_simulated=is_simulated)
    goals = goal_rows(actor, year, places, {}, is_simulated=is_simulated)
    flagged = {
        one.id: one.name for one in goals if one.is_priority and one.kind is GoalKind.PRIORITY_PROGRAMME
    }
    above = above_of(Tables(goals=goals, ties=tie_rows(actor, is_simulated=is_simulated)))
    row_of = _rows(flagged, above)
    tops: dict[str, str] = {}
    kept, shares = [], {}
    for one in activities:
        here = tuple(code for code in one.villages if code in inside)
        if not here and not (area and one.area == area.code):
            continue
        shares[one.id] = len(here), len(one.villages)
        kept.append(replace(one, villages=here))
        tops[one.id] = row_of.get(_top(labels[one.id].goal, above, flagged), "")
    proposals = proposal_rows(actor, year, places, {}, is_simulated=is_simulated)
    told = known(actor, year=year, places=places, is_simulated=is_simulated)
    without = told.without(sorted(inside))
    return Planned(
        activities=tuple(kept),
        shares=shares,
        goals={one: flagged[one] for one in row_of.values()},
        row_of=row_of,
        goal_of=tops,
        proposals=tuple(one for one in proposals if one.village in inside),
        levels=frozenset(
            level for level in told.areas if not inside or len(without.get(level, ())) < len(inside)
        ),
        without=without,
        silent=_silent(places, inside, told.areas, kept),
        names=places.names,
        villages={code: places.above[code][2:0:-1] for code in sorted(inside)},
    )


def _silent(
    places: Places,
    inside: Collection[str],
    areas: Mapping[Level, frozenset[str]],
    activities: Sequence[Activity],
) -> frozenset[str]:
    """Give the villages of which nobody can say whether they are served; `areas` with plans, by level."""
    own = areas.get(Level.REGENCY, frozenset()) | areas.get(Level.VILLAGE, frozenset())
    regencies = {places.of_level(code, Level.REGENCY) or code for code in own}
    served = {code for one in activities for code in one.villages}
    return frozenset(
        code
        for code in inside
        if code not in served and places.of_level(code, Level.REGENCY) not in regencies
    )


def years_of(actor: Actor, *, is_simulated: bool) -> tuple[int, ...]:
    """Give the years of which there are activities, lines of yearly plans or runs, the newest first.

    A plan of several years makes no year a year to be checked: its years to come have nothing else yet.
    """
    require(actor, READ)
    found = set(
        models.Activity.objects.filter(is_simulated=is_simulated).values_list("year", flat=True).distinct()
    )
    lines = models.PlanLine.objects.filter(
        plan__is_simulated=is_simulated, plan__year_from=F("plan__year_to"), is_removed=False
    )
    found |= set(lines.order_by().values_list("year", flat=True).distinct())
    found |= set(models.AlignmentRun.objects.filter(is_simulated=is_simulated).values_list("year", flat=True))
    return tuple(sorted(found, reverse=True))


def only_made_up(actor: Actor) -> bool:
    """Whether plans are known of example villages only: then these are what is looked at unless asked."""
    return not years_of(actor, is_simulated=False) and bool(years_of(actor, is_simulated=True))


def year_worked_on(actor: Actor, today: date, *, is_simulated: bool) -> int:
    """Give the year of plan that is worked on: the nearest coming one that is known, else the newest."""
    years = years_of(actor, is_simulated=is_simulated)
    coming = [one for one in years if one >= today.year]
    return min(coming) if coming else max(years, default=today.year)


def _top(goal: str, above: Mapping[str, set[str]], flagged: Mapping[str, str]) -> str:
    """Give the first priority that stands above a goal, empty where none does."""
    reached: set[str] = set()
    if goal:
        climb(goal, above, reached)
    return min(reached & set(flagged), key=lambda one: (flagged[one], one), default="")


def _rows(flagged: Mapping[str, str], above: Mapping[str, set[str]]) -> dict[str, str]:
    """Give for each priority the one that stands for it: the highest that it follows, itself where none."""
    reached: dict[str, set[str]] = {}
    for one in flagged:
        found: set[str] = set()
        climb(one, above, found)
        reached[one] = (found & set(flagged)) - {one}
    return {
        one: min(
            (high for high in ups if not reached[high]), key=lambda high: (flagged[high], high), default=one
        )
        for one, ups in reached.items()
    }
