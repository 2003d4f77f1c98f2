"""Plans with goal trees, ties, coverage and lines; targets as they lie in the data sets of each plan."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from sidara.collection import queries as collection
from sidara.kernel.actor import Actor, require
from sidara.kernel.cell import State
from sidara.programmes import models
from sidara.programmes.core import Edition, GoalKind, GoalTie, Government, Level, PlanKind
from sidara.programmes.core.listed import EditionRow, GoalRow, IndicatorRow, LineRow, PlanRow, PlanView, Tied
from sidara.programmes.core.plan_drafts import IndicatorDraft
from sidara.programmes.core.targets import BASELINE, TARGET, dataset_code, variable_code
from sidara.programmes.queries.coverage import coverage
from sidara.programmes.queries.rights import READ


def plans(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    is_simulated: bool,
    level: Level | None = None,
    areas: Collection[str] | None = None,
    year: int | None = None,
    kind: PlanKind | None = None,
) -> tuple[PlanRow, ...]:
    """Give plans of one world by level, owner's area (dotted codes), a year in which they hold, kind."""
    require(actor, READ)
    rows = models.Plan.objects.filter(is_simulated=is_simulated)
    if level is not None:
        rows = rows.filter(level=level.value)
    if areas is not None:
        rows = rows.filter(area__code__in=list(areas))
    if year is not None:
        rows = rows.filter(year_from__lte=year, year_to__gte=year)
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    return _plan_rows(rows)


def plan(actor: Actor, uid: UUID) -> PlanView | None:
    """Give a plan with goals (parents first), lines and coverage; `None` where there is none."""
    require(actor, READ)
    found = models.Plan.objects.filter(uid=uid)
    heads = _plan_rows(found)
    if not heads:
        return None
    held = found.get()
    return PlanView(plan=heads[0], goals=_goals(actor, held), lines=_lines(held))


def stored_targets(
    actor: Actor, plan: UUID, *, goals: Collection[UUID] | None = None
) -> Mapping[UUID, tuple[IndicatorDraft, ...]]:
    """Give the indicators of goals with baseline and targets out of the plan's data sets, newest of all."""
    require(actor, READ)
    rows = models.GoalIndicator.objects.filter(goal__plan__uid=plan).select_related("goal__plan")
    rows = rows.filter(goal__uid__in=list(goals)) if goals is not None else rows
    held = list(rows.order_by("goal_id", "id"))
    if not held:
        return {}
    is_simulated = held[0].goal.plan.is_simulated
    values: dict[tuple[str, str], dict[int, Decimal]] = defaultdict(dict)
    for measure in (TARGET, BASELINE):
        code = dataset_code(plan, measure, is_simulated=is_simulated)
        for cell in collection.cells(actor, code).iter_rows(named=True):
            if cell["state"] == State.VALUE.value:
                values[measure, cell["variable"]][int(cell["period"])] = Decimal(cell["value"])
    made: dict[UUID, list[IndicatorDraft]] = defaultdict(list)
    for row in held:
        variable = variable_code(row.goal.uid, row.indicator, row.name)
        baselines = values.get((BASELINE, variable), {})
        baseline = baselines.get(row.baseline_year) if row.baseline_year is not None else None
        made[row.goal.uid].append(
            IndicatorDraft(
                name=row.name,
                indicator=row.indicator,
                unit=row.unit,
                direction=row.direction,
                baseline_year=row.baseline_year if baseline is not None else None,
                baseline=baseline,
                targets=dict(sorted(values.get((TARGET, variable), {}).items())),
            )
        )
    return {uid: tuple(some) for uid, some in made.items()}


def linkable_goals(actor: Actor, *, is_simulated: bool, plan: UUID | None) -> tuple[Tied, ...]:
    """Give the goals of other plans of the same world, highest level first: what a goal may follow."""
    require(actor, READ)
    rows = models.Goal.objects.filter(plan__is_simulated=is_simulated)
    rows = rows.exclude(plan__uid=plan) if plan else rows
    order = list(Level)
    made = [one.as_tied(GoalTie.SUPPORTS) for one in rows.select_related("plan").order_by("plan", "place")]
    return tuple(sorted(made, key=lambda one: order.index(one.level)))


def _plan_rows(rows: "QuerySet[models.Plan]") -> tuple[PlanRow, ...]:
    rows = rows.select_related("area").prefetch_related("editions")
    goals = dict(rows.annotate(n=Count("goals")).values_list("pk", "n"))
    live = Q(lines__is_removed=False)
    money = Sum(Coalesce("lines__ceiling_revised", "lines__ceiling_original"), filter=live)
    sums = {
        pk: (count, total)
        for pk, count, total in rows.annotate(n=Count("lines", filter=live), total=money).values_list(
            "pk", "n", "total"
        )
    }
    return tuple(
        PlanRow(
            uid=one.uid,
            kind=PlanKind(one.kind),
            level=Level(one.level),
            area=one.area.code if one.area else "",
            area_name=one.area.as_word().full_name if one.area else "",
            agency=one.agency,
            sector=one.sector,
            title=one.title,
            year_from=one.year_from,
            year_to=one.year_to,
            is_simulated=one.is_simulated,
            revision=one.revision,
            goals=goals[one.pk],
            lines=sums[one.pk][0],
            ceiling_idr=sums[one.pk][1],
            editions=tuple(
                EditionRow(
                    number=edition.number,
                    edition=Edition(edition.edition),
                    document=edition.document,
                    established_date=edition.established_date,
                    note=edition.note,
                )
                for edition in one.editions.all()
            ),
        )
        for one in rows
    )


def _goals(actor: Actor, plan: models.Plan) -> tuple[GoalRow, ...]:
    rows = list(plan.goals.select_related("parent").order_by("place", "id"))
    targets = stored_targets(actor, plan.uid)
    carried = coverage(actor, [one.uid for one in rows], is_simulated=plan.is_simulated)
    up: dict[int, list[Tied]] = defaultdict(list)
    down: dict[int, list[Tied]] = defaultdict(list)
    for link in models.GoalLink.objects.filter(lower__plan=plan).select_related("upper__plan"):
        up[link.lower_id].append(link.upper.as_tied(GoalTie(link.tie)))
    for link in models.GoalLink.objects.filter(upper__plan=plan).select_related("lower__plan"):
        down[link.upper_id].append(link.lower.as_tied(GoalTie(link.tie)))
    return tuple(
        GoalRow(
            uid=one.uid,
            kind=GoalKind(one.kind),
            code=one.code,
            name=one.name,
            parent=one.parent.uid if one.parent else None,
            depth=depth,
            is_priority=one.is_priority,
            priority=one.priority,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            place=one.place,
            revision=one.revision,
            indicators=tuple(_indicator(two) for two in targets.get(one.uid, ())),
            upward=tuple(up[one.pk]),
            downward=tuple(down[one.pk]),
            coverage=carried[one.uid],
        )
        for one, depth in _as_tree(rows)
    )


def _as_tree(rows: Iterable[models.Goal]) -> list[tuple[models.Goal, int]]:
    """Put goals in the order of reading, each behind the one above it, with its depth."""
    below: dict[int | None, list[models.Goal]] = defaultdict(list)
    for one in rows:
        below[one.parent_id].append(one)
    made: list[tuple[models.Goal, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for one in below.get(parent, ()):
            made.append((one, depth))
            walk(one.pk, depth + 1)

    walk(None, 0)
    return made


def _indicator(draft: IndicatorDraft) -> IndicatorRow:
    return IndicatorRow(
        name=draft.name,
        indicator=draft.indicator,
        unit=draft.unit,
        direction=draft.direction,
        baseline_year=draft.baseline_year,
        baseline=draft.baseline,
        targets=draft.targets,
    )


def _lines(plan: models.Plan) -> tuple[LineRow, ...]:
    rows = plan.lines.filter(is_removed=False).select_related("goal").order_by("year", "code", F("id"))
    return tuple(
        LineRow(
            uid=one.uid,
            year=one.year,
            government=Government(one.government),
            code=one.code or one.code_as_written,
            name=one.name,
            agency=one.agency,
            activity_kind=one.activity_kind,
            indicator=one.indicator,
            unit=one.unit_as_written,
            direction=one.direction,
            baseline=one.baseline,
            target=one.target,
            target_revised=one.target_revised,
            ceiling_original=one.ceiling_original,
            ceiling_revised=one.ceiling_revised,
            fund_source=one.fund_source,
            reason=one.reason,
            minutes=one.minutes,
            goal=one.goal.uid if one.goal else None,
            goal_name=one.goal.name if one.goal else one.goal_as_written,
            revision=one.revision,
        )
        for one in rows
    )
