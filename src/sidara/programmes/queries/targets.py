"""Targets of a plan beside the actual, year by year: both are answers of the warehouse, from one store."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from sidara.collection import queries as collection
from sidara.collection.core import COLLECTION, EXAMPLES, PUBLISHED_LEVEL, ValueType
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.core.listed import IndicatorRow
from sidara.programmes.core.targets import BASELINE, TARGET, dataset_code, is_of_plan, measured, variable_code
from sidara.programmes.queries.plans import stored_targets
from sidara.programmes.queries.rights import READ
from sidara.regions.core import level_of
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import EVERY, IndicatorQuery, Operation, Query
from sidara.warehouse.core.indicators import KINDS

DECIMALS = 2


def goal_indicators(actor: Actor, plan: UUID) -> Mapping[UUID, tuple[IndicatorRow, ...]]:
    """Give the indicators of a plan's goals with baseline and targets beside the actual of each year.

    All figures come from `warehouse.queries.ask`: targets from the plan's own data sets, the actual from the
    first data set of the same world that holds the variable (a number: its mean over the villages, a
    category: their count), or from the answers of villages for an indicator of the dictionary. Where targets
    were saved since the last refresh the saved ones are given, and it is said (`is_waiting`).
    """
    require(actor, READ)
    held = models.Plan.objects.select_related("area").filter(uid=plan).first()
    rows = list(
        models.GoalIndicator.objects.filter(goal__plan__uid=plan).select_related("goal").order_by("id")
    )
    if held is None or not rows:
        return {}
    area = held.area.code if held.area else ""
    variables = {variable_code(one.goal.uid, one.indicator, one.name) for one in rows}
    targets = _own(actor, held, TARGET, variables, area)
    baselines = _own(actor, held, BASELINE, variables, area)
    saved = {(goal, one.name): one for goal, some in stored_targets(actor, plan).items() for one in some}
    years = sorted({year for one in saved.values() for year in one.targets} | {held.year_from, held.year_to})
    actuals = _Actuals(actor, area, is_simulated=held.is_simulated, years=range(years[0], years[-1] + 1))
    known = dictionary.dictionary(actor).indicators
    made: dict[UUID, list[IndicatorRow]] = defaultdict(list)
    for one in rows:
        variable = variable_code(one.goal.uid, one.indicator, one.name)
        figures, dataset = actuals.of(one.indicator)
        entry = known.get(one.indicator)
        base = baselines.get(variable, {})
        baseline = base.get(one.baseline_year) if one.baseline_year is not None else None
        newest = saved[one.goal.uid, one.name]
        is_waiting = (newest.baseline, dict(newest.targets)) != (baseline, targets.get(variable, {}))
        made[one.goal.uid].append(
            IndicatorRow(
                name=one.name,
                indicator=one.indicator,
                unit=one.unit or (entry.unit if entry else ""),
                direction=one.direction or (entry.direction.value if entry else ""),
                baseline_year=one.baseline_year,
                baseline=newest.baseline,
                targets=newest.targets,
                actuals=figures,
                decimals=entry.decimals if entry else DECIMALS,
                actual_dataset=dataset,
                is_waiting=is_waiting,
            )
        )
    return {goal: tuple(some) for goal, some in made.items()}


def _own(
    actor: Actor, plan: models.Plan, measure: str, variables: Collection[str], area: str
) -> dict[str, dict[int, Decimal]]:
    """Ask for the figures of one data set of the plan, by variable and year."""
    code = dataset_code(plan.uid, measure, is_simulated=plan.is_simulated)
    stored = {one.code for one in collection.variables(actor, code)}
    asked = tuple(sorted(stored & set(variables)))
    if not asked or not area:
        return {}
    answer = warehouse.ask(
        actor, Query(code, asked, level=level_of(area), codes=(area,), periods=EVERY, kinds=KINDS)
    )
    found: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for one in answer.figures:
        if one.value is not None and one.period is not None:
            found[one.variable][int(one.period)] = one.value
    return found


class _Actuals:
    """The actual of an area by indicator, each looked up once."""

    def __init__(self, actor: Actor, area: str, *, is_simulated: bool, years: Iterable[int]) -> None:
        self.actor, self.area, self.is_simulated = actor, area, is_simulated
        self.years = tuple(str(year) for year in years)
        self.known = dictionary.dictionary(actor).indicators
        self._held: dict[str, tuple[dict[int, Decimal], str]] = {}

    def of(self, indicator: str) -> tuple[dict[int, Decimal], str]:
        """Give figures by year and the data set that they are of; nothing where nothing is known."""
        if not indicator or not self.area:
            return {}, ""
        if indicator not in self._held:
            is_own = indicator in self.known
            self._held[indicator] = self._computed(indicator) if is_own else self._published(indicator)
        return self._held[indicator]

    def _computed(self, indicator: str) -> tuple[dict[int, Decimal], str]:
        dataset = EXAMPLES if self.is_simulated else COLLECTION
        answer = warehouse.indicators(
            self.actor,
            IndicatorQuery(
                dataset,
                (indicator,),
                self.years,
                level=level_of(self.area),
                codes=(self.area,),
                least_level=PUBLISHED_LEVEL,
            ),
        )
        figures = {int(one.period): one.value for one in answer.figures if one.value is not None}
        return figures, dataset if figures else ""

    def _published(self, indicator: str) -> tuple[dict[int, Decimal], str]:
        wanted = measured(indicator)
        for dataset in warehouse.open_datasets(self.actor):
            if dataset.is_simulated != self.is_simulated or is_of_plan(dataset.code):
                continue
            held = {one.code: one for one in collection.variables(self.actor, dataset.code)}
            variable = held.get(wanted.variable)
            if variable is None:
                continue
            is_number = variable.type is ValueType.NUMBER
            answer = warehouse.ask(
                self.actor,
                Query(
                    dataset.code,
                    (wanted.variable,),
                    Operation.MEAN if is_number else Operation.COUNT_BY_CODE,
                    level_of(self.area),
                    codes=(self.area,),
                    periods=EVERY,
                ),
            )
            figures = {
                int(one.period[:4]): one.value
                for one in answer.figures
                if one.value is not None
                and one.period is not None
                and one.reporting
                and (is_number or one.code == wanted.category)
            }
            if figures:
                return figures, dataset.code
        return {}, ""
