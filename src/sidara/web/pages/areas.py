"""The page of a province, kabupaten, kota or kecamatan: map, counts by status, ranking, its villages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from django.utils.translation import gettext_noop as noop

from sidara.kernel.actor import Actor
from sidara.kernel.number import rounded
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.charts import Bar, Threshold, ranking_bars
from sidara.ui.drawing import SLIM
from sidara.ui.figures import Figure, Source, Table
from sidara.ui.language import format_number, format_percent, say
from sidara.warehouse.core import AS_REPORTED, Answer, Vintage
from sidara.web.pages import apart as both
from sidara.web.pages import (
    arrangement,
    findings,
    index,
    indicators,
    maps,
    moves,
    places,
    sources,
    status,
    tables,
)
from sidara.web.pages.apart import Apart, Choice
from sidara.web.pages.arrangement import Arrangement
from sidara.web.pages.index import Edition
from sidara.web.pages.moves import Moves
from sidara.web.pages.parts import Item, Map
from sidara.web.pages.places import Link
from sidara.web.pages.status import Counts, Statuses, VillageScore

LONGEST_RANKING = 40
PRESS = noop("Tekan judul kolom untuk mengurutkan.")
LOW_SHARE = Fraction(1, 3)
"""Bars of a ranking below this share of good desa are ochre."""


@dataclass(frozen=True)
class AreaPage:
    """All that the page of an area shows. Without figures there is the register only."""

    region: Region
    title: str
    lead: str
    trail: Sequence[Link]
    items: Sequence[Item]
    children: Sequence[Link]
    child_word: str
    map: Map | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    is_simulated: bool = False
    choices: Sequence[Choice] = ()
    apart: Apart | None = None
    query: str = ""
    arrangement: Arrangement | None = None


def build(
    actor: Actor, region: Region, *, order: str = "", asked: str = "", vintage: Vintage = AS_REPORTED
) -> AreaPage:
    """Build the page of an area above the villages.

    `order` sorts its tables, `asked` = which index, `vintage` = in which areas its figures are told.
    """
    page = _index(actor, region, order, asked, vintage)
    told = indicators.of_region(actor, region)
    return page if told is None else replace(page, figures={**page.figures, told.key: told})


def _index(actor: Actor, region: Region, order: str, asked: str, vintage: Vintage) -> AreaPage:
    """Build what indices say of an area."""
    below = regions.children(actor, region.id)
    word = places.word(Level(region.level + 1))
    editions = index.editions(actor, vintage)
    edition = index.among(editions, asked)
    query = edition.query if edition else ""
    is_lowest = region.level is Level.DISTRICT
    asks = edition.vintage_query if edition and is_lowest else query
    children = tuple(Link(child.name, places.href(child) + asks) for child in below)
    trail = places.trail(actor, region, query=query)
    if edition is None:
        title = say("{region_full_name} belum punya angka indeks", region_full_name=places.full_name(region))
        lead = say("Daftar wilayahnya ada di bawah. Angka indeks muncul setelah himpunan datanya dimuat.")
        items = (Item(word, format_number(len(below))),)
        return AreaPage(region, title, lead, trail, items, children, word)
    villages, answer = status.village_scores(actor, edition, under=region.code)
    kelurahan = sum(1 for village in villages.values() if not places.is_assessed(village.kind))
    shown = sources.sources([answer])
    figures: list[Figure | None]
    if is_lowest:
        counted = status.statuses(actor, edition, under=region.code, level=region.level, villages=villages)
        drawing = maps.of_villages(actor, region, edition, villages)
        moved = _village_moves(actor, edition, region, villages)
        listed = tables.by_village(edition, villages.values(), moved=moved, order=order)
        figures = [
            _village_ranking(villages, edition, shown),
            _village_list(region, listed, edition, shown, moved=moved),
        ]
    else:
        level = Level(region.level + 1)
        counted = status.statuses(actor, edition, under=region.code, level=level, villages=villages)
        drawing = maps.of_groups(actor, region, edition, counted, villages)
        figures = [
            ranking(counted, edition),
            by_area(counted, edition, area_moves(actor, edition, region, counted), order=order),
        ]
        if region.level is Level.REGENCY:
            districts = {
                code: child.name
                for child in counted.areas
                for code in arrangement.codes_within(actor, child.code, edition.vintage, edition.period)
            }
            listed = tables.by_village(edition, villages.values(), districts=districts, order=order)
            figures.append(_village_list(region, listed, edition, shown, is_folded=not listed.is_ordered))
    total = counted.total()
    apart = both.of_area(actor, region, editions, counted) if edition.is_main else None
    figures += apart.figures if apart else ()
    return AreaPage(
        region,
        findings.of_area(region.name, total, edition.scale, kelurahan=kelurahan),
        findings.lead_of_area(total, edition),
        trail,
        _items(region, total, len(below), kelurahan),
        children,
        word,
        maps.framed(
            say(
                "Status {label} {period} menurut {word}",
                label=edition.label,
                period=edition.period,
                word=places.word(Level(region.level + 1)).lower(),
            ),
            "",
            drawing,
            edition,
            shown,
        ),
        {figure.key: figure for figure in figures if figure is not None},
        answer.is_simulated,
        both.choices(editions, edition, places.href(region)),
        apart,
        query,
        arrangement_of(actor, region, edition, villages),
    )


def arrangement_of(
    actor: Actor, region: Region, edition: Edition, villages: Mapping[str, VillageScore]
) -> Arrangement:
    """Say in which areas the page of an area is told, and where its figures would be others."""

    @cache
    def scores(vintage: Vintage) -> tuple[dict[str, VillageScore], Answer]:
        return status.village_scores(actor, replace(edition, vintage=vintage), under=region.code)

    def look(vintage: Vintage) -> arrangement.Told:
        there, answer = scores(vintage)
        return arrangement.Told(there == scores(AS_REPORTED)[0], not answer.is_refused)

    return arrangement.of_page(
        actor,
        region,
        edition.vintage,
        look,
        address=places.href(region),
        history=places.history_href(region),
        index="" if edition.is_main else edition.slug,
        estimated=sum(1 for one in villages.values() if one.is_estimate),
    )


def area_moves(actor: Actor, edition: Edition, region: Region, counted: Statuses) -> Moves:
    """Tell how areas moved among each other since the year before, all their desa known in both years."""
    if edition.before is None:
        return moves.since(None, {}, {})
    now = {
        area.code: area.share if area.assessed == area.desa else None for area in counted.areas if area.desa
    }
    before = status.earlier_shares(actor, edition, edition.before, under=region.code, level=counted.level)
    return moves.since(edition.before, before, now, word=places.word(counted.level).lower())


def _village_moves(
    actor: Actor, edition: Edition, region: Region, villages: Mapping[str, VillageScore]
) -> Moves:
    """Tell how the desa of a kecamatan moved among each other since the year before."""
    if edition.before is None:
        return moves.since(None, {}, {})
    before = status.earlier(actor, edition, edition.before, under=region.code)
    return moves.since(edition.before, before, status.tops(edition, villages))


def ranking(under: Statuses, edition: Edition, *, width: int = SLIM) -> Figure | None:
    """Rank areas by the share of good desa among those assessed; areas without desa are named, not drawn."""
    shares = [(area, area.share) for area in under.areas if area.share is not None]
    total = under.total()
    if not shares or total.share is None:
        return None
    shares.sort(key=lambda pair: -pair[1])
    word = places.word(under.level)
    words = index.good_words(edition.scale, is_both=True)
    bars = [
        Bar(
            area.name,
            rounded(share * 100, 2),
            tables.share_words(area.good, area.assessed),
            format_percent(area.good, area.assessed),
            is_low=share < LOW_SHARE,
        )
        for area, share in shares
    ]
    subtitle = say(
        "Desa {words}, persen dari desa yang dinilai, {label} {period}.",
        words=words,
        label=edition.label,
        period=edition.period,
    )
    if without := [area.name for area in under.areas if not area.desa]:
        subtitle += say(" {joined} tidak punya desa.", joined=findings.joined(without))
    mean = Threshold(
        say("Semua desa {good}", good=format_percent(total.good, total.assessed)),
        rounded(total.share * 100, 2),
    )
    label = say(
        "Peringkat {bars} {word} menurut persen desa {words}", bars=len(bars), word=word.lower(), words=words
    )
    return Figure(
        "peringkat",
        findings.of_ranking([(area.name, share) for area, share in shares], word),
        subtitle,
        tables.good_shares(edition, [area for area, _ in shares], under.level),
        sources.sources(under.answers),
        ranking_bars(bars, label=label, reference=mean, width=width),
    )


def by_area(under: Statuses, edition: Edition, moved: Moves, *, order: str) -> Figure:
    """Set the areas right below beside each other, class by class."""
    return Figure(
        "status",
        say("Status desa menurut {word}", word=places.word(under.level).lower()),
        say(
            "Jumlah desa menurut status {index} {period}. {press}",
            index=edition.top.name,
            period=edition.period,
            press=say(PRESS),
        ),
        tables.by_area(edition, under, moved, order=order),
        sources.sources(under.answers),
        notes=(moved.why_not,) if moved.why_not else (),
    )


def _village_ranking(
    villages: Mapping[str, VillageScore], edition: Edition, shown: Sequence[Source]
) -> Figure | None:
    """Rank a kecamatan's villages by the index."""
    top, decimals = edition.top, edition.decimals
    known = [
        (village, value)
        for village in villages.values()
        if (value := village.figures.get(top.code)) is not None
    ]
    if not 1 < len(known) <= LONGEST_RANKING:
        return None
    known.sort(key=lambda pair: -pair[1])
    bars = [
        Bar(
            village.name,
            value,
            f"{format_number(value, decimals)} {village.mark.label}"
            + (f" ({say(tables.ESTIMATE)})" if village.is_estimate else ""),
            format_number(value, decimals),
            is_low=index.is_low(village.mark),
        )
        for village, value in known
    ]
    ranked = [(village.name, value) for village, value in known]
    is_brief = not edition.is_scaled or any(village.is_estimate for village, _ in known)
    label = say(
        "Peringkat {bars} desa menurut {label} {period}",
        bars=len(bars),
        label=edition.label,
        period=edition.period,
    )
    return Figure(
        "peringkat",
        findings.of_ranking(ranked, "desa"),
        say(
            "{index} {period}, skala 0 sampai {highest}.",
            index=top.name,
            period=edition.period,
            highest=format_number(Decimal(int(top.max or 1))),
        )
        + _left_out(villages),
        tables.by_village(edition, [village for village, _ in known], is_brief=is_brief),
        shown,
        ranking_bars(bars, label=label, width=SLIM),
    )


def _left_out(villages: Mapping[str, VillageScore]) -> str:
    """Say how many desa a ranking leaves out because their index is not sure."""
    count = sum(1 for village in villages.values() if village.span is not None)
    return (
        say(" {count} desa yang skornya belum pasti tidak diperingkat.", count=format_number(count))
        if count
        else ""
    )


def _village_list(  # noqa: PLR0913 - the parts of one figure
    region: Region,
    listed: Table,
    edition: Edition,
    shown: Sequence[Source],
    *,
    moved: Moves | None = None,
    is_folded: bool = False,
) -> Figure:
    """List all villages of an area; the long list of a kabupaten is opened by the reader."""
    return Figure(
        "desa",
        say("Semua desa dan kelurahan di {region_name}", region_name=region.name),
        say(
            "Status, {index} dan {parts_word}nya, {period}. {press}",
            index=edition.top.name,
            parts_word=index.parts_word(edition),
            period=edition.period,
            press=say(PRESS),
        ),
        listed,
        shown,
        notes=(moved.why_not,) if moved and moved.why_not else (),
        is_folded=is_folded,
    )


def _items(region: Region, total: Counts, below: int, kelurahan: int) -> tuple[Item, ...]:
    """Give the register's figures of an area, each level below it."""
    villages = (
        Item(places.word_of_many(Level.VILLAGE), format_number(total.desa)),
        Item(say("Kelurahan", context="banyak"), format_number(kelurahan)),
    )
    if region.level is Level.DISTRICT:
        return villages
    return (Item(places.word_of_many(Level(region.level + 1)), format_number(below)), *villages)
