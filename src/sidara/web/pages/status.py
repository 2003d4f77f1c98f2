"""Status of villages by area: what `ask` gave, gathered for maps, counts and rankings. One ask each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from sidara.kernel.actor import Actor
from sidara.regions.core import Level
from sidara.ui.figures import Mark
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import MIXED, Answer, Operation, Query
from sidara.web.pages import arrangement, index
from sidara.web.pages.index import Edition
from sidara.web.pages.places import is_assessed

SPAN_ENDS = ("MIN", "MAX")


@dataclass(frozen=True)
class Counts:
    """Villages of one area by class (code -> count), those assessed and all desa; the mean index.

    `unsure` counts the desa that have a span, or a mixture of merged ones, and no status; `estimated` those
    whose figures are estimates for their part of another area.
    """

    code: str
    name: str
    kind: str
    by_class: Mapping[str, int]
    assessed: int
    desa: int
    good: int
    mean: Fraction | None
    unsure: int = 0
    estimated: int = 0

    @property
    def missing(self) -> int:
        """Count the desa without status and span."""
        return self.desa - self.assessed - self.unsure

    @property
    def share(self) -> Fraction | None:
        """Give the good ones of those assessed, `None` where nobody was."""
        return Fraction(self.good, self.assessed) if self.assessed else None


@dataclass(frozen=True)
class Statuses:
    """Counts of the areas of one level with the answers they come from."""

    level: Level
    areas: tuple[Counts, ...]
    answers: tuple[Answer, ...]

    def with_unsure(self, unsure: int) -> "Statuses":
        """Give the counts of a single area with the desa that have a span and no status."""
        return replace(self, areas=tuple(replace(area, unsure=unsure) for area in self.areas))

    def total(self) -> Counts:
        """Add the areas up; the mean is taken over villages, not over areas."""
        by_class: dict[str, int] = {}
        for area in self.areas:
            for code, count in area.by_class.items():
                by_class[code] = by_class.get(code, 0) + count
        assessed = sum(area.assessed for area in self.areas)
        means = [(area.mean, area.assessed) for area in self.areas if area.mean is not None]
        weight = sum(count for _, count in means)
        return Counts(
            "",
            "",
            "",
            by_class,
            assessed,
            sum(area.desa for area in self.areas),
            sum(area.good for area in self.areas),
            sum((mean * count for mean, count in means), Fraction(0)) / weight if weight else None,
            sum(area.unsure for area in self.areas),
            sum(area.estimated for area in self.areas),
        )


def statuses(
    actor: Actor,
    edition: Edition,
    *,
    under: str,
    level: Level,
    villages: Mapping[str, "VillageScore"] | None = None,
) -> Statuses:
    """Count the villages below each area of a level by status, and take the mean of the index.

    `villages` tells which of those without status have a span.
    """
    unsure = [code for code, one in (villages or {}).items() if one.status is None and one.span is not None]
    estimated = [code for code, one in (villages or {}).items() if one.is_estimate]
    status, top = edition.variable("STATUS"), edition.variable(edition.top.code)
    counted = warehouse.ask(
        actor,
        Query(
            edition.dataset,
            (status,),
            Operation.COUNT_BY_CODE,
            level=level,
            under=under,
            periods=(edition.period,),
            vintage=edition.vintage,
        ),
    )
    means = warehouse.ask(
        actor,
        Query(
            edition.dataset,
            (top,),
            Operation.MEAN,
            level=level,
            under=under,
            periods=(edition.period,),
            vintage=edition.vintage,
        ),
    )
    mean_of = {figure.region: figure.exact for figure in means.figures}
    good = index.good_codes(edition.scale)
    areas = []
    for region, figures in counted.by_region().items():
        by_class = {figure.code: int(figure.value or 0) for figure in figures if figure.code}
        mixed = by_class.pop(MIXED, 0)
        first = figures[0]
        within = arrangement.codes_within(actor, region, edition.vintage, edition.period)
        areas.append(
            Counts(
                region,
                first.name,
                first.kind,
                by_class,
                sum(by_class.values()),
                first.expected,
                sum(by_class.get(code, 0) for code in good),
                mean_of.get(region),
                mixed + sum(1 for code in unsure if code in within),
                sum(1 for code in estimated if code in within),
            )
        )
    return Statuses(level, tuple(areas), (counted, means))


@dataclass(frozen=True)
class VillageScore:
    """One village's published figures of one period."""

    code: str
    name: str
    kind: str
    status: str | None
    mark: Mark
    figures: Mapping[str, Decimal | None]
    span: tuple[Decimal, Decimal] | None = None
    is_estimate: bool = False
    is_unavailable: bool = False


def village_scores(actor: Actor, edition: Edition, *, under: str) -> tuple[dict[str, VillageScore], Answer]:
    """Give index, sub-indices and status of all villages of an area by code, and the answer."""
    levels = (edition.top, *edition.scale.sub_indices)
    status = edition.variable("STATUS")
    variables = (status, *(edition.variable(level.code) for level in levels), *edition.ends)
    answer = warehouse.ask(
        actor,
        Query(edition.dataset, variables, under=under, periods=(edition.period,), vintage=edition.vintage),
    )
    found: dict[str, VillageScore] = {}
    for region, figures in answer.by_region().items():
        by_variable = {figure.variable: figure for figure in figures}
        first = figures[0]
        code = by_variable[status].code if status in by_variable else None
        ends = [by_variable[end].value for end in edition.ends if end in by_variable]
        low, high = ends if len(ends) == len(SPAN_ENDS) else (None, None)
        span = None if low is None or high is None else (low, high)
        is_unavailable = any(figure.is_unavailable for figure in figures)
        found[region] = VillageScore(
            region,
            first.name,
            first.kind,
            None if code == MIXED else code,
            index.mark(
                edition.scale,
                code,
                first.kind,
                between=edition.between(span) if span else "",
                is_unavailable=is_unavailable,
            ),
            {
                level.code: by_variable[edition.variable(level.code)].value
                for level in levels
                if edition.variable(level.code) in by_variable
            },
            span,
            any(figure.is_estimate for figure in figures),
            is_unavailable,
        )
    return found, answer


def tops(edition: Edition, villages: Mapping[str, VillageScore]) -> dict[str, Decimal | None]:
    """Give the index of each desa by code, `None` where it is missing or not sure."""
    top = edition.top.code
    return {code: one.figures.get(top) for code, one in villages.items() if is_assessed(one.kind)}


def before(actor: Actor, edition: Edition, *, under: str) -> dict[str, Decimal | None]:
    """Give the index of all desa of an area in the year before, nothing where there is none."""
    return earlier(actor, edition, edition.before, under=under) if edition.before else {}


def earlier(actor: Actor, edition: Edition, period: str, *, under: str) -> dict[str, Decimal | None]:
    """Give the index of all desa of an area in another period of the same data set."""
    top = edition.variable(edition.top.code)
    answer = warehouse.ask(
        actor, Query(edition.dataset, (top,), under=under, periods=(period,), vintage=edition.vintage)
    )
    return {figure.region: figure.value for figure in answer.figures if is_assessed(figure.kind)}


def earlier_shares(
    actor: Actor, edition: Edition, period: str, *, under: str, level: Level
) -> dict[str, Fraction | None]:
    """Give the share of good desa of each area in another period; `None` where one has no status."""
    query = Query(
        edition.dataset,
        (edition.variable("STATUS"),),
        Operation.COUNT_BY_CODE,
        level=level,
        under=under,
        periods=(period,),
        vintage=edition.vintage,
    )
    good = index.good_codes(edition.scale)
    shares: dict[str, Fraction | None] = {}
    for region, figures in warehouse.ask(actor, query).by_region().items():
        by_class = {figure.code: int(figure.value or 0) for figure in figures if figure.code}
        desa = figures[0].expected
        by_class.pop(MIXED, None)
        if desa:
            is_complete = sum(by_class.values()) == desa
            shares[region] = (
                Fraction(sum(by_class.get(code, 0) for code in good), desa) if is_complete else None
            )
    return shares
