"""The rows of a year that the alignment looks at, out of the records: few questions, however many rows.

Real and made-up rows never meet: a question is about one of them. Every row has a label for people.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl
from django.db.models import Q

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.programmes import models
from sidara.programmes.core.alignment import Context, Rules, versions_of
from sidara.programmes.core.alignment.rows import Activity, Goal, PlanLine, Tables, Tie
from sidara.programmes.core.alignment.village_funds import FUND
from sidara.programmes.core.codes.entry import plain
from sidara.programmes.core.words import (
    GoalKind,
    GoalTie,
    Government,
    Level,
    PlanKind,
    Stage,
)
from sidara.programmes.formats import catalogue_file
from sidara.programmes.queries.alignment.known import GOVERNMENTS, known
from sidara.programmes.queries.alignment.places import Label, Places, places_of
from sidara.programmes.queries.alignment.proposed import proposal_rows
from sidara.programmes.queries.alignment.rules import kinds, rules
from sidara.programmes.queries.alignment.villages import villages
from sidara.programmes.queries.owning import UNPUBLISHED
from sidara.programmes.queries.rights import READ
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Query

OF_SEVERAL_YEARS = (PlanKind.RPJMD, PlanKind.RENSTRA, PlanKind.RPJM_DESA)
"""Documents of which all years are looked at."""
YEARS = "years"
"""Under which name a line of an RPJM Desa keeps its years, where it has several."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a run looks at: rows, context, labels of rows by id, levels of which anything is known."""

    tables: Tables
    context: Context
    labels: Mapping[str, Label]
    levels: frozenset[Level]
    places: Places

    def common(self, villages: Sequence[str]) -> str:
        """Give the code of the smallest area that holds all of these villages, empty where none does."""
        chains = [(*self.places.above.get(code, ()), code) for code in villages]
        shared = ""
        for codes in zip(*chains, strict=False):
            if len(set(codes)) > 1:
                break
            shared = codes[0]
        return shared


def looked(actor: Actor, *, year: int, day: date, is_simulated: bool) -> Looked:
    """Read everything of a year, real or made up; needs the right to read plans."""
    require(actor, READ)
    places = places_of(actor, is_simulated=is_simulated)
    labels: dict[str, Label] = {}
    lines = line_rows(actor, year, places, labels, is_simulated=is_simulated)
    activities = activity_rows(actor, year, places, labels, is_simulated=is_simulated)
    told = known(actor, year=year, places=places, is_simulated=is_simulated)
    levels = frozenset(told.areas)
    tables = Tables(
        plan_lines=lines,
        goals=goal_rows(actor, year, places, labels, is_simulated=is_simulated),
        ties=tie_rows(actor, is_simulated=is_simulated),
        activities=activities,
        proposals=proposal_rows(actor, year, places, labels, is_simulated=is_simulated),
        realisations=None,
        villages=villages(actor, is_simulated=is_simulated),
    )
    made = rules(actor)
    lists = catalogue_file.catalogue()
    context = Context(
        rules=made,
        year=year,
        day=day,
        kinds=kinds(actor),
        nomenclature=lists.nomenclature,
        versions=versions_of(lists.nomenclature),
        periods=_periods(year, is_simulated=is_simulated),
        rkpd_dates=_established(year, is_simulated=is_simulated),
        parameters=_parameters(),
        forms=_forms(made, year, EXAMPLES if is_simulated else COLLECTION),
        missing=frozenset(GOVERNMENTS) - levels,
        without={level: codes for level, codes in told.without(places.above).items() if level in levels},
        is_simulated=is_simulated,
    )
    return Looked(tables, context, labels, levels, places)


def line_rows(
    actor: Actor, year: int, places: Places, labels: dict[str, Label], *, is_simulated: bool
) -> tuple[PlanLine, ...]:
    """Read lines of plans of a year; of documents of several years all of their lines."""
    require(actor, READ)
    rows = models.PlanLine.objects.filter(
        plan__is_simulated=is_simulated, plan__year_from__lte=year, plan__year_to__gte=year, is_removed=False
    )
    names = (
        *("uid", "plan__kind", "plan__level", "plan__area__code", "plan__agency", "plan__title", "agency"),
        *("year", "government", "code", "name", "indicator", "direction", "unit_as_written", "target"),
        *("target_revised", "ceiling_original", "ceiling_revised", "fund_source", "account", "reason"),
        *("goal__uid", "goal_as_written", "activity_kind", "tags", "minutes", "more"),
    )
    named = _objectives(year, is_simulated=is_simulated)
    made = []
    for row in rows.order_by().values_list(*names, named=True).iterator(chunk_size=5_000):
        kind = PlanKind(row.plan__kind)
        if row.year != year and kind not in OF_SEVERAL_YEARS:
            continue
        area = row.plan__area__code or ""
        owner = row.agency or row.plan__agency or places.names.get(area, area)
        years = row.more.get(YEARS) if kind is PlanKind.RPJM_DESA else None
        line = PlanLine(
            id=str(row.uid),
            plan=kind,
            owner=owner,
            government=Government(row.government),
            year=row.year,
            code=row.code or None,
            name=row.name,
            indicator=row.indicator,
            direction=row.direction,
            unit=row.unit_as_written,
            target=row.target if row.target_revised is None else row.target_revised,
            ceiling_original=row.ceiling_original,
            ceiling_revised=row.ceiling_revised,
            fund_source=row.fund_source,
            account=row.account,
            reason=row.reason,
            goal_id=str(row.goal__uid) if row.goal__uid else None,
            more_goals=named.get((area, plain(owner), plain(row.goal_as_written)), ()),
            kind=row.activity_kind,
            years=tuple(int(one) for one in years) if isinstance(years, list) else (row.year,),
            tags=frozenset(row.tags),
            minutes=row.minutes,
            area=area,
        )
        made.append(line)
        words = " ".join(part for part in (row.code, row.name) if part)
        labels[line.id] = Label(
            *("plan_lines", words, f"{kind.value} {row.year}", owner, row.plan__level, area),
            *(line.ceiling, row.fund_source, row.activity_kind, line.goal_id or ""),
        )
    return tuple(made)


def _objectives(year: int, *, is_simulated: bool) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Give the objectives of each agency's Renstra by area, agency and name, as documents below name them."""
    rows = models.Goal.objects.filter(
        plan__kind=PlanKind.RENSTRA.value,
        kind=GoalKind.OBJECTIVE.value,
        plan__is_simulated=is_simulated,
        plan__year_from__lte=year,
        plan__year_to__gte=year,
    )
    names = rows.values_list("plan__area__code", "plan__agency", "name", "uid")
    return {(area or "", plain(agency), plain(name)): (str(uid),) for area, agency, name, uid in names}


def activity_rows(
    actor: Actor, year: int, places: Places, labels: dict[str, Label], *, is_simulated: bool
) -> tuple[Activity, ...]:
    """Read activities of a year with their villages; cancelled ones are none."""
    require(actor, READ)
    rows = models.Activity.objects.filter(is_simulated=is_simulated, year=year).exclude(
        UNPUBLISHED | Q(stage=Stage.CANCELLED.value)
    )
    where: defaultdict[int, dict[str, str]] = defaultdict(dict)
    spots = models.ActivityVillage.objects.filter(activity__in=rows)
    for activity, code, place in spots.values_list("activity_id", "region__code", "place"):
        where[activity][code] = place
    supported: defaultdict[int, str] = defaultdict(str)
    ties = models.ActivityGoal.objects.filter(activity__in=rows).order_by("-id")
    supported |= {activity: str(goal) for activity, goal in ties.values_list("activity_id", "goal__uid")}
    made = []
    for row in rows.select_related("area", "line__plan", "line__goal"):
        area = row.area.code if row.area else ""
        owner = row.agency or places.names.get(area, area)
        own = where[row.pk]
        here = places.inside(area) if row.is_whole_area else tuple(sorted(own))
        one = Activity(
            id=str(row.uid),
            owner=owner,
            level=Level(row.level),
            kind=row.activity_kind,
            year=row.year,
            fund_source=row.fund_source,
            budget_idr=row.budget_idr,
            villages=here,
            phases=frozenset(row.phases),
            places={code: place for code, place in own.items() if place},
            co_financing=row.co_financing,
            central_programme=row.central_programme,
            start=row.starts,
            end=row.ends,
            name=row.name,
            area=area,
        )
        made.append(one)
        document = f"{row.line.plan.kind} {row.line.year}" if row.line else ""
        goal = supported[row.pk] or (str(row.line.goal.uid) if row.line and row.line.goal else "")
        labels[one.id] = Label(
            *("activities", row.name, document, owner, row.level, area),
            *(row.budget_idr, row.fund_source, row.activity_kind, goal),
        )
    return tuple(made)


def goal_rows(
    actor: Actor, year: int, places: Places, labels: dict[str, Label], *, is_simulated: bool
) -> tuple[Goal, ...]:
    """Read the goals of plans that hold in a year."""
    require(actor, READ)
    rows = models.Goal.objects.filter(
        plan__is_simulated=is_simulated, plan__year_from__lte=year, plan__year_to__gte=year
    ).select_related("plan__area", "parent")
    made = []
    for row in rows:
        area = row.plan.area.code if row.plan.area else ""
        owner = row.plan.agency or places.names.get(area, area)
        one = Goal(
            id=str(row.uid),
            plan=PlanKind(row.plan.kind),
            kind=GoalKind(row.kind),
            owner=owner,
            name=row.name,
            parent=str(row.parent.uid) if row.parent else None,
            is_priority=row.is_priority,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            area=area,
        )
        made.append(one)
        labels[one.id] = Label("goals", row.name, row.plan.title, owner, row.plan.level, area)
    return tuple(made)


def tie_rows(actor: Actor, *, is_simulated: bool) -> tuple[Tie, ...]:
    """Read ties between goals."""
    require(actor, READ)
    rows = models.GoalLink.objects.filter(lower__plan__is_simulated=is_simulated)
    return tuple(
        Tie(str(lower), str(upper), GoalTie(tie))
        for lower, upper, tie in rows.values_list("lower__uid", "upper__uid", "tie")
    )


def _parameters() -> dict[int | None, dict[str, Decimal | None]]:
    """Give the yearly parameters of the dictionary by year."""
    made: defaultdict[int | None, dict[str, Decimal | None]] = defaultdict(dict)
    for code, one in dictionary.dictionary(OPERATOR).parameters.items():
        for figure in one.figures:
            made[figure.year][code] = figure.value
    return dict(made)


def _periods(year: int, *, is_simulated: bool) -> dict[str, tuple[int, int]]:
    rows = models.Plan.objects.filter(
        kind=PlanKind.RPJMD.value, is_simulated=is_simulated, year_from__lte=year, year_to__gte=year
    )
    return {
        code or "": (first, last)
        for code, first, last in rows.values_list("area__code", "year_from", "year_to")
    }


def _established(year: int, *, is_simulated: bool) -> dict[str, date]:
    """Give when the RKPD of a year was established first, by area."""
    rows = models.PlanEdition.objects.filter(
        plan__kind=PlanKind.RKPD.value,
        plan__is_simulated=is_simulated,
        plan__year_from__lte=year,
        plan__year_to__gte=year,
        established_date__isnull=False,
    ).order_by("-number")
    found = rows.values_list("plan__area__code", "established_date")
    return {code or "": day for code, day in found if day is not None}


def _forms(made: Rules, year: int, dataset: str) -> dict[tuple[str, int], dict[str, int]]:
    """Give what villages planned by the forms of finance, of each the newest quarter of the year."""
    named = {made.fund_variable: FUND} | {one.variable: one.form for one in made.parts}
    quarters = tuple(f"{year}-Q{quarter}" for quarter in (1, 2, 3, 4))
    breakdown = f"{made.fund_breakdown}:{made.fund_planned}"
    frame = warehouse.ask(OPERATOR, Query(dataset, tuple(named), periods=quarters, breakdown=breakdown)).frame
    rows = frame.filter(pl.col("value").is_not_null()).sort("period")
    found: defaultdict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for code, variable, value in rows.select("region", "variable", "value").iter_rows():
        found[code, year][named[variable]] = int(Decimal(value))
    return dict(found)
