"""The page of equity: a finding, key figures, what can be chosen, pictures with tables, poverty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core.spread import Spread, SpreadPeriod
from sidara.programmes.queries import SpreadAnswer, SpreadQuery
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.figures import Figure, Source
from sidara.ui.language import format_number, format_percent, percent_sign, say
from sidara.ui.periods import format_code
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Answer
from sidara.web.pages import content, index, measured, places, sources
from sidara.web.pages.address import EXAMPLE, REAL
from sidara.web.pages.equity import measures, pictures
from sidara.web.pages.equity import poverty as about_poverty
from sidara.web.pages.equity.asked import Asked
from sidara.web.pages.equity.measures import Measure, Options
from sidara.web.pages.equity.pictures import Shown
from sidara.web.pages.parts import Item, Note
from sidara.web.pages.places import Link


@dataclass(frozen=True)
class EquityPage:
    """All that the page shows; without `items` there is no figure to measure."""

    region: Region
    title: str
    above: str
    lead: str
    asked: Asked
    trail: Sequence[Link] = ()
    items: Sequence[Item] = ()
    options: Sequence[Options] = ()
    periods: Sequence[Link] = ()
    indices: Sequence[Link] = ()
    areas: Sequence[Link] = ()
    notes: Sequence[Note] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    is_simulated: bool = False
    is_example: bool = False
    query: str = ""


def build(actor: Actor, asked: Asked, region: Region) -> EquityPage:
    """Build the page of an area above the villages."""
    editions = index.editions(actor)
    edition = index.among(editions, asked.indeks)
    if not asked.himpunan and asked.ukuran and measures.of_dictionary(actor, asked) is not None:
        is_real = bool(warehouse.periods(actor, COLLECTION))
        asked = replace(asked, himpunan=REAL if is_real else EXAMPLE)
    measure = measures.chosen(actor, asked, edition)
    is_example = asked.dataset == EXAMPLES
    poverty = about_poverty.build(actor, asked, region)
    page = EquityPage(
        region,
        say("Belum ada angka untuk diukur di {place}", place=places.full_name(region)),
        places.full_name(region),
        say("Pilih ukuran, tahun, atau wilayah lain."),
        asked,
        _trail(actor, region, asked),
        options=measures.offered(actor, asked, edition, measure),
        indices=_indices(editions, edition, asked, measure),
        areas=_areas(actor, region, asked),
        notes=_notes(editions, asked),
        figures={} if poverty is None else {poverty.key: poverty},
        is_example=is_example,
        query=asked.href(page="x").removeprefix("x"),
    )
    if measure is None:
        return page
    told = queries.spread(actor, SpreadQuery(measure.dataset, measure.variable, region.code, measure.kinds))
    now = told.of(asked.tahun) or (told.periods[-1] if told.periods else None)
    if now is None:
        return page
    return _with_figures(actor, page, measure, told, now)


def _with_figures(
    actor: Actor, page: EquityPage, measure: Measure, told: SpreadAnswer, now: SpreadPeriod
) -> EquityPage:
    """Add what the figures of one period say."""
    limits = queries.equity_content(actor)
    more = _further(actor, page.region, measure, told)
    shown = Shown(
        measure, told, now, _sources(told), limits.least_coverage, limits.ends, _sources(told, more)
    )
    hrefs = _hrefs(page, measure, told, now)
    spread = now.spread if now.coverage >= limits.least_coverage else None
    figures = [
        pictures.by_group(shown, spread, hrefs) if spread else None,
        pictures.over_years(shown, more.periods if more else ()),
        pictures.ends(shown, hrefs),
        pictures.movers(shown, hrefs) if spread else None,
    ]
    return replace(
        page,
        title=_finding(shown, spread),
        above=say("{place}, {what}", place=places.full_name(page.region), what=shown.subtitle),
        lead=_lead(shown, spread),
        items=_items(shown, spread),
        periods=[
            Link(format_code(one.period), "" if one is now else page.asked.href(tahun=one.period))
            for one in told.periods
            if len(told.periods) > 1
        ],
        figures={one.key: one for one in figures if one is not None} | dict(page.figures),
        is_simulated=not page.is_example and bool(told.answer and told.answer.is_simulated),
    )


def _finding(shown: Shown, spread: Spread | None) -> str:
    """Say where most of the spread lies."""
    if spread is None:
        return say(
            "{label}: angkanya baru ada untuk {n} dari {all} {many}",
            label=shown.measure.label,
            many=shown.many,
            n=format_number(len(shown.now.known)),
            all=format_number(len(shown.now.villages)),
        )
    share = spread.between_share
    if share is None or shown.answer.level is None:
        return say(
            "Sepersepuluh desa teratas sedikitnya {times} kali sepersepuluh terbawah",
            times=format_number(spread.ratio, 2),
        )
    within = f"{format_number(100 - measured.percent(share))}{percent_sign()}"
    if share < measured.HALF:
        return say(
            "{within} ketimpangan {label} ada di dalam {word}, bukan antar{word}",
            within=within,
            label=shown.measure.label,
            word=shown.word,
        )
    return say(
        "{between} ketimpangan {label} ada antar{word}, bukan di dalamnya",
        between=f"{format_number(measured.percent(share))}{percent_sign()}",
        label=shown.measure.label,
        word=shown.word,
    )


def _lead(shown: Shown, spread: Spread | None) -> str:
    if spread is None:
        return say(
            "Terlalu sedikit untuk menyebut ketimpangan seluruh wilayah. Desa yang ada angkanya disebut"
            " di bawah."
        )
    told = say(
        "Sepersepuluh desa terbawah paling tinggi {low}, sepersepuluh teratas paling rendah {high}.",
        low=shown.number(spread.p10),
        high=shown.number(spread.p90),
    )
    if spread.missing:
        told += say(" {n} desa tidak ada angkanya dan tidak dihitung nol.", n=format_number(spread.missing))
    return told


def _items(shown: Shown, spread: Spread | None) -> tuple[Item, ...]:
    counted = Item(
        say("Desa ada angka"),
        format_number(len(shown.now.known)),
        say(
            "dari {all}, {share}",
            all=format_number(len(shown.now.villages)),
            share=format_percent(len(shown.now.known), len(shown.now.villages)),
        ),
    )
    if spread is None:
        return (counted,)
    return (
        counted,
        Item(
            "P90/P10",
            format_number(spread.ratio, 2),
            say("{high} dan {low}", high=shown.number(spread.p90), low=shown.number(spread.p10)),
        ),
        Item(
            say("Indeks Theil"),
            format_number(measured.of(spread.theil), pictures.FINE),
            say("0 = semua desa sama"),
        ),
        Item("Gini", format_number(spread.gini, 3), say("0 = semua desa sama, 1 = satu desa punya semua")),
    )


def _further(actor: Actor, region: Region, measure: Measure, told: SpreadAnswer) -> SpreadAnswer | None:
    """Ask a second data set for periods that the first one does not hold."""
    if not measure.more:
        return None
    more = queries.spread(actor, SpreadQuery(measure.more, measure.variable, region.code, measure.kinds))
    held = {one.period for one in told.periods}
    return replace(more, periods=tuple(one for one in more.periods if one.period not in held))


def _sources(*told: SpreadAnswer | None) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for one in told:
        if one is None or not one.periods or one.answer is None:
            continue
        made = sources.source(one.answer) if isinstance(one.answer, Answer) else measured.source(one.answer)
        found[made.dataset] = made
    return tuple(found.values())


def _hrefs(page: EquityPage, measure: Measure, told: SpreadAnswer, now: SpreadPeriod) -> dict[str, str]:
    """Give the addresses of areas (this page again) and of villages (their own page)."""
    edition = measure.edition
    villages = {
        one.code: edition.href(one.code, Level.VILLAGE)
        if edition
        else places.href_of(one.code, Level.VILLAGE)
        for one in now.villages
    }
    return {code: page.asked.href(wilayah=code) for code in told.groups if code} | villages


def _trail(actor: Actor, region: Region, asked: Asked) -> tuple[Link, ...]:
    above = regions.ancestors(actor, region.id)
    if not above:
        return ()
    return (*(Link(one.name, asked.href(wilayah=one.code)) for one in above), Link(region.name))


def _areas(actor: Actor, region: Region, asked: Asked) -> tuple[Link, ...]:
    if region.level >= Level.DISTRICT:
        return ()
    return tuple(Link(one.name, asked.href(wilayah=one.code)) for one in regions.children(actor, region.id))


def _indices(
    editions: Sequence[index.Edition], edition: index.Edition | None, asked: Asked, measure: Measure | None
) -> tuple[Link, ...]:
    """Lead to the page of each index, and to what example villages filled in."""
    is_index = measure is not None and measure.is_of_index
    links = [
        Link(
            say("{label}, SIMULASI", label=one.label) if one.is_simulated else one.label,
            ""
            if is_index and one is edition
            else Asked(wilayah=asked.wilayah, indeks="" if one.is_main else one.slug).href(),
        )
        for one in editions
    ]
    examples = Asked(wilayah=asked.wilayah, himpunan=EXAMPLE)
    links.append(
        Link(say("Isian desa contoh, SIMULASI"), "" if asked.dataset == EXAMPLES else examples.href())
    )
    return tuple(links)


def _notes(editions: Sequence[index.Edition], asked: Asked) -> tuple[Note, ...]:
    """Say that the figures of two indices are never joined."""
    if len(editions) < 2 or asked.dataset == EXAMPLES:
        return ()
    told = content.pages()["apart"]
    return (Note(say(told["title"]), say(told["lead"])),)
