"""How a figure is spread over the villages of an area, period by period, from what the warehouse answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.programmes.core.spread import SpreadPeriod, VillageFigure
from sidara.regions import queries as regions
from sidara.regions.core import DESA, Level, Region, above
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import EVERY, Answer, IndicatorAnswer, IndicatorQuery, Query


@dataclass(frozen=True, slots=True)
class SpreadQuery:
    """What is asked: a variable, or an indicator of the dictionary, of the villages below an area.

    `kinds`: who is counted; an index is given to desa only. Each period is told in its own areas.
    """

    dataset: str
    measure: str
    under: str
    kinds: tuple[str, ...] = DESA


@dataclass(frozen=True)
class SpreadAnswer:
    """Periods in their order, names of the groups by code, and the answer behind, for source and date."""

    periods: tuple[SpreadPeriod, ...]
    groups: Mapping[str, str]
    level: Level | None
    answer: Answer | IndicatorAnswer | None

    def of(self, period: str) -> SpreadPeriod | None:
        """Give one period."""
        return next((one for one in self.periods if one.period == period), None)


def spread(actor: Actor, query: SpreadQuery) -> SpreadAnswer:
    """Give the villages of an area with their figure, for each period for which there is any.

    Villages are grouped by the area right below `under`: a province by kabupaten, a kabupaten by kecamatan;
    below a kecamatan there is nothing to group by. Rights are those of `warehouse.queries.ask`; an area or
    measure that does not exist gives no period.
    """
    area = regions.resolve(actor, query.under)
    if area is None:
        return SpreadAnswer((), {}, None, None)
    told, answer = _told(actor, query, area)
    level = Level(area.level + 1) if area.level < Level.DISTRICT else None
    rows: dict[str, list[VillageFigure]] = {}
    for code, name, period, value in told:
        rows.setdefault(period, []).append(VillageFigure(code, name, value, _group(code, level)))
    periods = tuple(
        SpreadPeriod(period, tuple(villages), query.dataset)
        for period, villages in sorted(rows.items())
        if any(one.value is not None for one in villages)
    )
    groups = {one.group for period in periods for one in period.villages}
    names = {code: region.name for code, region in regions.named(actor, groups).items()}
    return SpreadAnswer(periods, {code: names.get(code, code) for code in sorted(groups)}, level, answer)


def _told(
    actor: Actor, query: SpreadQuery, area: Region
) -> tuple[Sequence[tuple[str, str, str, Fraction | None]], Answer | IndicatorAnswer]:
    """Ask, and give code, name, period and figure of each village."""
    if query.measure in dictionary.dictionary(actor).indicators:
        years = warehouse.years(actor, query.dataset)
        asked = IndicatorQuery(query.dataset, (query.measure,), years, Level.VILLAGE, area.code)
        told = warehouse.indicators(actor, asked)
        return [(one.region, one.name, one.period, one.exact) for one in told.figures], told
    answer = warehouse.ask(actor, Query(query.dataset, (query.measure,), under=area.code, periods=EVERY))
    return [
        (one.region, one.name, one.period or "", one.exact)
        for one in answer.figures
        if one.kind in query.kinds
    ], answer


def _group(code: str, level: Level | None) -> str:
    """Give the area by which a village is grouped, as its code says: that of its period."""
    district = above(code) or ""
    if level is Level.REGENCY:
        return above(district) or ""
    return district if level is Level.DISTRICT else ""
