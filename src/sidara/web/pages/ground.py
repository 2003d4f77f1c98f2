"""On which villages a what-if or a path stands: index, data set and table that an address chooses.

Real scores come first. A simulated set answers when the address names it (`data=`) or nothing real is loaded;
real and simulated never stand in one table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sidara.collection.core import DataSet
from sidara.indices import queries as indices
from sidara.indices.core import Definition, Version
from sidara.indices.queries import VillageTable
from sidara.kernel.actor import Actor
from sidara.kernel.number import Language
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.figures import Source
from sidara.ui.language import say
from sidara.web.pages import index, places, sources, status
from sidara.web.pages.index import Edition
from sidara.web.pages.places import Link

SIMULATED = "SIMULASI "
"""How the title of a simulated data set begins; beside its tag the word would stand twice."""
INDEX, DATA = "indeks", "data"


@dataclass(frozen=True)
class Offer(Link):
    """A way to other figures; simulated ones say so. `language`: of a label that is a data set's title."""

    is_simulated: bool = False
    language: str = ""


type Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ground:
    """What a page stands on: `table` is `None` where the data set holds no answer or score of the place.

    `scores` is the edition that holds the figures of all villages beside those of the table. `chosen` are the
    parameters of the address that lead here; `others` offers other data sets of the same index, `indices`
    other indices.
    """

    region: Region
    edition: Edition
    dataset: DataSet
    table: VillageTable | None
    scores: Edition
    chosen: Pairs
    others: Sequence[Offer]
    indices: Sequence[Offer]
    trail: Sequence[Link]

    @property
    def definition(self) -> Definition:
        """Give the index."""
        return self.edition.definition

    @property
    def scale(self) -> Version:
        """Give the rules in force in the year of the table."""
        return index.version(self.definition, self.table.period) if self.table else self.edition.scale

    @property
    def is_simulated(self) -> bool:
        """Say whether every figure of the page is simulated."""
        return self.table is not None and self.dataset.is_simulated

    @property
    def sources(self) -> tuple[Source, ...]:
        """Name where the figures come from."""
        return sources.sources([self.table.answer]) if self.table else ()


def find(actor: Actor, region: Region, asked: dict[str, str], page: str) -> Ground | None:
    """Choose by `indeks` and `data` of an address to `page`; `None` when no index has figures."""
    editions = index.editions(actor)
    if not editions:
        return None
    slug = asked.get(INDEX, "")
    edition = next((one for one in editions if one.definition.is_called(slug)), editions[0])
    known = (edition.sets.items, edition.sets.simulated)
    sets = tuple({one.code: one for one in known if one is not None}.values())
    if not sets:
        return None
    dataset = next((one for one in sets if one.code == asked.get(DATA)), sets[0])
    where = {"codes": (region.code,)} if region.level is Level.VILLAGE else {"under": region.code}
    table = indices.table(actor, edition.definition, dataset.code, **where)
    address = places.planning(page, region.code)
    own = (INDEX, edition.definition.slug)
    data = ((DATA, dataset.code),) if dataset is not sets[0] else ()
    return Ground(
        region,
        edition,
        dataset,
        table,
        _scores(edition, dataset, table),
        (own, *data),
        tuple(
            Offer(
                one.title.removeprefix(SIMULATED),
                f"{address}?{urlencode([own, (DATA, one.code)])}",
                one.is_simulated,
                Language.INDONESIAN,
            )
            for one in sets
            if one is not dataset
        ),
        tuple(
            Offer(
                say("Menurut {definition_name}", definition_name=one.definition.name),
                f"{address}?{urlencode([(INDEX, one.definition.slug)])}",
                one.sets.is_simulated,
            )
            for one in editions
            if one is not edition
        ),
        _trail(actor, region),
    )


def _scores(edition: Edition, dataset: DataSet, table: VillageTable | None) -> Edition:
    """Give the edition with which villages are compared: of the same nature and year as the table."""
    if table is None:
        return edition
    is_same = edition.sets.is_simulated == dataset.is_simulated
    code = edition.dataset if is_same else dataset.code
    return replace(
        edition, dataset=code, periods=(table.period,), scale=index.version(edition.definition, table.period)
    )


def published(actor: Actor, where: Ground) -> str:
    """Write the village's published index where the page calculates from simulated figures; else nothing."""
    if not where.is_simulated or where.edition.is_simulated:
        return ""
    own = status.village_scores(actor, where.edition, under=where.region.code)[0].get(where.region.code)
    value = own.figures.get(where.edition.top.code) if own else None
    return where.edition.text(value, own.span) if own and (value is not None or own.span) else ""


def _trail(actor: Actor, region: Region) -> tuple[Link, ...]:
    """Give the way down to a region, the region itself a link: the page lies below it."""
    *above, _ = places.trail(actor, region)
    return (*above, Link(region.name, places.href(region)))


def regency(actor: Actor, region: Region) -> tuple[Region, Region]:
    """Give the kecamatan and the kabupaten of a village."""
    above = regions.ancestors(actor, region.id)
    return above[-1], above[-2]
