"""Activities of a year in an area: money by field, priority programmes, efficiency beside comparable ones.

Real and made-up rows never meet: `is_simulated` chooses one world, and figures of villages come from the
data set of the same world.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.indices import queries as indices
from sidara.indices.core import Definition
from sidara.indices.core.collected import FINAL
from sidara.indices.core.keys import CODE
from sidara.indices.queries import CollectedQuery
from sidara.kernel.actor import Actor, require
from sidara.kernel.number import rounded
from sidara.programmes.core.board import efficiency as core_efficiency
from sidara.programmes.core.board import priorities as core_priorities
from sidara.programmes.core.board.efficiency import Costed, Efficiency
from sidara.programmes.core.board.priorities import Coverage, Effort, Money, PriorityContent
from sidara.programmes.core.codes.kinds import index_key
from sidara.programmes.core.words import Level, Stage
from sidara.programmes.formats import catalogue_file, effort_files
from sidara.programmes.models import Activity, ActivityVillage, Goal, PlanLine
from sidara.programmes.queries.owning import UNPUBLISHED
from sidara.programmes.queries.rights import READ
from sidara.regions import queries as regions
from sidara.regions.core import Level as AreaLevel
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import IndicatorAnswer, IndicatorQuery


@dataclass(frozen=True, slots=True)
class PlannedMoney:
    """What activities of a year plan to spend in an area: rupiah by field, and how many activities.

    Of an activity for villages in and outside of the area, the part of its villages inside counts. `unpriced`
    activities have no budget and are not counted as zero; those without a kind have no field, and their money
    is `without_field`.
    """

    by_field: Mapping[str, int]
    activities: int
    unpriced: int
    year: int
    without_field: int = 0


@dataclass(frozen=True)
class Priorities:
    """The priority programmes of an area, with the data set behind the need and the year of the plans."""

    content: PriorityContent
    coverages: tuple[Coverage, ...]
    answer: IndicatorAnswer | None
    year: int
    is_simulated: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """An activity with its villages (codes) inside the area, and how many it has in all."""

    made: Activity
    inside: frozenset[str]
    all_villages: int

    @property
    def part(self) -> Fraction:
        """The part of it that lies in the area."""
        return Fraction(len(self.inside), self.all_villages) if self.all_villages else Fraction(0)


def planned_money(actor: Actor, under: str, year: int, *, is_simulated: bool) -> PlannedMoney | None:
    """Add up what is planned in an area by field of the activity kind; `None` where there is no activity."""
    require(actor, READ)
    rows = _rows(actor, under, year, is_simulated=is_simulated)
    if not rows:
        return None
    kinds = catalogue_file.catalogue().kinds
    summed: dict[str, Fraction] = {}
    for row in rows:
        kind = kinds.find(row.made.activity_kind)
        field = "" if kind is None else kind.field
        if row.made.budget_idr is not None:
            summed[field] = summed.get(field, Fraction(0)) + row.made.budget_idr * row.part
    told = {field: int(rounded(value, 0)) for field, value in summed.items()}
    unpriced = sum(1 for row in rows if row.made.budget_idr is None)
    by_field = {field: amount for field, amount in told.items() if field}
    return PlannedMoney(by_field, len(rows), unpriced, year, told.get("", 0))


def priorities(actor: Actor, under: str, year: int, *, is_simulated: bool) -> Priorities:
    """Say how far each priority programme is covered in an area by activities for goals that are flagged so.

    A list that is made up (`content.is_simulated`) meets made-up plans only; beside real ones it is empty.
    """
    require(actor, READ)
    content = effort_files.priorities()
    if content.is_simulated and not is_simulated:
        return Priorities(content, (), None, year, is_simulated)
    rows = _rows(actor, under, year, is_simulated=is_simulated)
    figures, answer = _figures(actor, content, under, is_simulated=is_simulated)
    goals = {
        one.id: {one.priority, one.code} - {""}
        for one in Goal.objects.filter(is_priority=True, plan__is_simulated=is_simulated)
        if one.valid_from <= year <= one.valid_to
    }
    lines = PlanLine.objects.filter(plan__is_simulated=is_simulated, year=year, is_removed=False)
    ceilings = [
        (goal, (first, second))
        for goal, first, second in lines.order_by().values_list(
            "goal_id", "ceiling_original", "ceiling_revised"
        )
    ]
    told = []
    for one in content.priorities:
        own = {goal for goal, names in goals.items() if one.goal in names}
        efforts = [Effort(Level(row.made.level), row.inside) for row in rows if own & _goals_of(row.made)]
        told.append(
            core_priorities.cover(
                one,
                figures.get(one.code, {}),
                efforts,
                goals=len(own),
                money=_money(ceilings, own),
                whole=_money(ceilings, None),
            )
        )
    return Priorities(content, tuple(told), answer, year, is_simulated)


def efficiency(
    actor: Actor,
    under: str,
    year: int,
    *,
    is_simulated: bool,
    lacking: Mapping[tuple[str, str, str], Fraction] | None = None,
) -> tuple[Efficiency, ...]:
    """Set the activities of an area beside comparable ones of all areas, by their first output with a target.

    `lacking` = the points that villages lack (`lacking_points`); without it there are no points. A
    plan is no result: what was realised is not here yet.
    """
    require(actor, READ)
    content = effort_files.efficiency()
    rows = _rows(actor, "", year, is_simulated=is_simulated)
    here = {row.made.id for row in _rows(actor, under, year, is_simulated=is_simulated)}
    told = core_efficiency.compare(
        [_costed(row, lacking) for row in rows], bounds=content.bounds, least=content.least
    )
    return tuple(one for row, one in zip(rows, told, strict=True) if row.made.id in here)


def least_comparables(actor: Actor) -> int:
    """Say how many other activities make a figure."""
    require(actor, READ)
    return effort_files.efficiency().least


def _rows(actor: Actor, under: str, year: int, *, is_simulated: bool) -> list[_Row]:
    """Give the activities of a year that lie in an area (empty = anywhere), with their villages."""
    found = (
        Activity.objects.filter(is_simulated=is_simulated, year=year)
        .exclude(UNPUBLISHED | Q(stage=Stage.CANCELLED.value))
        .select_related("line")
        .prefetch_related("goals", "outputs", "gaps")
    )
    villages: dict[int, set[int]] = {}
    pairs = ActivityVillage.objects.filter(activity__in=found).order_by()
    for activity, region in pairs.values_list("activity_id", "region_id"):
        villages.setdefault(activity, set()).add(region)
    area = regions.resolve(actor, under) if under else None
    own = {one.id for one in regions.villages(actor, area.code, examples=is_simulated)} if area else None
    whole: dict[int, set[int]] = {}
    rows = []
    for one in found:
        every = villages.get(one.id) or _whole(actor, one, whole, is_simulated=is_simulated)
        inside = every if own is None else every & own
        if inside or own is None:
            rows.append((one, inside, len(every)))
    named = regions.regions(actor, {region for _, inside, _ in rows for region in inside})
    return [
        _Row(one, frozenset(named[region].code for region in inside if region in named), count)
        for one, inside, count in rows
    ]


def _whole(actor: Actor, one: Activity, known: dict[int, set[int]], *, is_simulated: bool) -> set[int]:
    """Give all villages of the area of an activity that is for the whole of it; none for any other."""
    if not one.is_whole_area or one.area_id is None:
        return set()
    if one.area_id not in known:
        (area,) = regions.regions(actor, [one.area_id]).values()
        villages = regions.villages(actor, area.code, examples=is_simulated)
        known[one.area_id] = {village.id for village in villages}
    return known[one.area_id]


def lacking_points(actor: Actor, *, is_simulated: bool) -> Mapping[tuple[str, str, str], Fraction]:
    """Give, by (index, item, village), the points that villages lack by their own answers."""
    require(actor, READ)
    told: dict[tuple[str, str, str], Fraction] = {}
    for definition in indices.definitions(actor):
        version = definition.versions[-1]
        maxima = {one.code: one.maximum for one in version.items}
        for item, scores in _scores(actor, definition, is_simulated=is_simulated).items():
            for code, score in scores.items():
                told[index_key(definition.slug), item, code] = maxima[item] - score
    return told


def _scores(
    actor: Actor, definition: Definition, *, is_simulated: bool
) -> Mapping[str, Mapping[str, Fraction]]:
    """Give the score of each item of each village by what it answered itself; an open score is not known."""
    dataset = EXAMPLES if is_simulated else COLLECTION
    least = None if is_simulated else FINAL
    made = indices.collected(actor, definition, CollectedQuery(dataset, least_level=least))
    if made.frame is None:
        return {}
    held = [one.code for one in definition.versions[-1].items if one.code in made.frame.columns]
    told: dict[str, dict[str, Fraction]] = {item: {} for item in held}
    for row in made.frame.select(CODE, *held).iter_rows(named=True):
        for item in held:
            if row[item] is not None:
                told[item][row[CODE]] = Fraction(row[item])
    return told


def _figures(
    actor: Actor, content: PriorityContent, under: str, *, is_simulated: bool
) -> tuple[Mapping[str, Mapping[str, Fraction | None]], IndicatorAnswer | None]:
    """Give what each priority's need is read from, by its code and village, of the newest year answered."""
    dataset = EXAMPLES if is_simulated else COLLECTION
    years = warehouse.years(actor, dataset)
    if not years:
        return {}, None
    codes = tuple(dict.fromkeys(one.need.indicator for one in content.priorities if one.need.indicator))
    answer = warehouse.indicators(
        actor, IndicatorQuery(dataset, codes, (max(years),), AreaLevel.VILLAGE, under)
    )
    by_indicator: dict[str, dict[str, Fraction | None]] = {}
    for one in answer.figures:
        by_indicator.setdefault(one.indicator, {})[one.region] = one.exact
    villages = [one.code for one in regions.villages(actor, under, examples=is_simulated)]
    told: dict[str, Mapping[str, Fraction | None]] = {}
    scores = {
        index: _scores(actor, definition, is_simulated=is_simulated)
        for index in {one.need.index for one in content.priorities if one.need.index}
        if (definition := indices.definition(actor, index)) is not None
    }
    for priority in content.priorities:
        need = priority.need
        if need.indicator:
            told[priority.code] = by_indicator.get(need.indicator, {})
        else:
            own = scores.get(need.index, {}).get(need.item, {})
            told[priority.code] = {code: own.get(code) for code in villages}
    return told, answer


def _goals_of(one: Activity) -> set[int | None]:
    """Give the goals that an activity supports: its own, and that of the plan line that it carries out."""
    by_line = {one.line.goal_id} if one.line is not None else set()
    return by_line | {goal.goal_id for goal in one.goals.all()}


def _money(
    ceilings: Iterable[tuple[int | None, tuple[int | None, int | None]]], own: set[int] | None
) -> Money:
    return core_priorities.added([pair for goal, pair in ceilings if own is None or goal in own])


def _costed(row: _Row, lacking: Mapping[tuple[str, str, str], Fraction] | None) -> Costed:
    output = next((one for one in row.made.outputs.all() if one.target), None)
    items = [(index_key(gap.index), gap.item) for gap in row.made.gaps.all() if gap.index]
    points = None
    if lacking and items:
        told = [lacking.get((index, item, code)) for index, item in items for code in row.inside]
        known = [one for one in told if one is not None]
        points = sum(known, Fraction(0)) if len(known) == len(told) and told else None
    return Costed(
        id=str(row.made.uid),
        name=row.made.name,
        kind=row.made.activity_kind,
        year=row.made.year,
        villages=row.all_villages,
        budget_idr=row.made.budget_idr,
        unit=output.unit if output else "",
        target=Fraction(output.target) if output and output.target is not None else None,
        points=points,
    )
