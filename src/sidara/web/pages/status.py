"""Status of villages by area: what `ask` gave, gathered for maps, counts and rankings. One ask each."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sidara.kernel.actor import Actor
from sidara.regions.core import Level
from sidara.ui.figures import Mark
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Answer, Operation, Query
from sidara.web.pages import index
from sidara.web.pages.index import Edition


@dataclass(frozen=True)
class Counts:
    """Villages of one area by class (code -> count), those assessed and all desa; the mean index."""

    code: str
    name: str
    kind: str
    by_class: Mapping[str, int]
    assessed: int
    desa: int
    good: int
    mean: Fraction | None

    @property
    def missing(self) -> int:
        """Count the desa without a status."""
        return self.desa - self.assessed

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
        )


def statuses(actor: Actor, edition: Edition, *, under: str, level: Level) -> Statuses:
    """Count the villages below each area of a level by status, and take the mean of the index."""
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
        ),
    )
    means = warehouse.ask(
        actor,
        Query(edition.dataset, (top,), Operation.MEAN, level=level, under=under, periods=(edition.period,)),
    )
    mean_of = {figure.region: figure.exact for figure in means.figures}
    good = index.good_codes(edition.scale)
    areas = []
    for region, figures in counted.by_region().items():
        by_class = {figure.code: int(figure.value or 0) for figure in figures if figure.code}
        first = figures[0]
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


def village_scores(actor: Actor, edition: Edition, *, under: str) -> tuple[dict[str, VillageScore], Answer]:
    """Give index, sub-indices and status of all villages of an area by code, and the answer."""
    levels = (edition.top, *edition.scale.sub_indices)
    status = edition.variable("STATUS")
    variables = (status, *(edition.variable(level.code) for level in levels))
    answer = warehouse.ask(actor, Query(edition.dataset, variables, under=under, periods=(edition.period,)))
    found: dict[str, VillageScore] = {}
    for region, figures in answer.by_region().items():
        by_variable = {figure.variable: figure for figure in figures}
        first = figures[0]
        code = by_variable[status].code if status in by_variable else None
        found[region] = VillageScore(
            region,
            first.name,
            first.kind,
            code,
            index.mark(edition.scale, code, first.kind),
            {
                level.code: by_variable[edition.variable(level.code)].value
                for level in levels
                if edition.variable(level.code) in by_variable
            },
        )
    return found, answer
