"""The page of a province, kabupaten, kota or kecamatan: map, counts by status, ranking, its villages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sidara.indices.core import Version
from sidara.kernel.actor import Actor
from sidara.kernel.number import format_number, format_percent, rounded
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.charts import Bar, Threshold, ranking_bars
from sidara.ui.figures import Figure, Source
from sidara.web.pages import findings, index, maps, places, sources, status, tables
from sidara.web.pages.parts import Item, Map
from sidara.web.pages.places import Link
from sidara.web.pages.status import Counts, Statuses, VillageScore

LONGEST_RANKING = 40
LOW_SHARE = 3
"""Bars of a ranking that are ochre: those below a third of the whole."""


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


def build(actor: Actor, region: Region, *, order: str = "") -> AreaPage:
    """Build the page of an area above the villages; `order` sorts its tables."""
    below = regions.children(actor, region.id)
    word = places.child_word(region.level)
    children = tuple(Link(child.name, places.href(child)) for child in below)
    chosen = sources.sets(actor).scores
    period = status.newest(actor, chosen.code) if chosen else None
    if chosen is None or period is None:
        return AreaPage(
            region,
            f"{region.full_name} belum punya angka indeks",
            "Daftar wilayahnya ada di bawah. Angka indeks muncul setelah himpunan datanya dimuat.",
            places.trail(actor, region),
            (Item(word, format_number(len(below))),),
            children,
            word,
        )
    scale = index.version(actor, period)
    asked = {"dataset": chosen.code, "period": period, "under": region.code}
    villages, answer = status.village_scores(actor, scale, **asked)
    total = status.statuses(actor, scale, **asked, level=region.level).areas[0]
    kelurahan = sum(1 for village in villages.values() if not places.is_assessed(village.kind))
    if region.level is Level.DISTRICT:
        drawn = maps.of_villages(actor, region, villages, label=_map_label(region, scale, period))
        figures = _of_villages(villages.values(), scale, period, sources.sources([answer]), order)
    else:
        under = status.statuses(actor, scale, **asked, level=Level(region.level + 1))
        drawn = maps.of_groups(
            actor,
            region,
            under.areas,
            villages,
            good_words=index.good_words(scale),
            label=_map_label(region, scale, period),
            with_titles=True,
        )
        figures = [
            ranking(under, total, scale, period, level=Level(region.level + 1), word=word),
            by_area(under, total, scale, period, level=Level(region.level + 1), word=word, order=order),
            _village_table(actor, region, villages.values(), scale, period, sources.sources([answer]), order),
        ]
    return AreaPage(
        region,
        findings.of_area(region.name, total, scale, kelurahan=kelurahan),
        findings.lead_of_area(total, scale, period),
        places.trail(actor, region),
        _items(region, total, len(below), kelurahan, word),
        children,
        word,
        Map(
            f"Status {scale.top.code} {period} menurut {word.lower()}",
            "Satu segi enam satu desa atau kelurahan." + (" Pilih satu untuk membukanya."),
            drawn,
            index.legend(scale),
            sources.sources([answer]),
            is_of_villages=region.level is Level.DISTRICT,
        ),
        {figure.key: figure for figure in figures if figure is not None},
        answer.is_simulated,
    )


def ranking(
    under: Statuses, total: Counts, scale: Version, period: str, *, level: Level, word: str
) -> Figure | None:
    """Rank areas by the share of good desa among those assessed; areas without desa are named, not drawn."""
    ranked = sorted(
        (area for area in under.areas if area.share is not None),
        key=lambda area: area.share or 0,
        reverse=True,
    )
    if not ranked or total.share is None:
        return None
    without = [area.name for area in under.areas if not area.desa]
    bars = [
        Bar(
            area.name,
            rounded((area.share or 0) * 100, 2),
            tables.share_words(area.good, area.assessed),
            format_percent(area.good, area.assessed),
            is_low=(area.share or 0) * LOW_SHARE < 1,
        )
        for area in ranked
    ]
    mean = Threshold(f"Semua {format_percent(total.good, total.assessed)}", rounded(total.share * 100, 2))
    words = index.good_words(scale).replace("atau", "dan")
    subtitle = f"Desa {words}, persen dari desa yang dinilai, {scale.top.code} {period}."
    if without:
        subtitle += f" {' dan '.join(without)} tidak punya desa."
    return Figure(
        "peringkat",
        findings.of_ranking([area.name for area in ranked]),
        subtitle,
        tables.good_shares(ranked, level=level, word=word),
        sources.sources(under.answers),
        ranking_bars(
            bars, label=f"Peringkat {len(bars)} {word.lower()} menurut persen desa {words}", reference=mean
        ),
    )


def by_area(
    under: Statuses, total: Counts, scale: Version, period: str, *, level: Level, word: str, order: str
) -> Figure:
    """Set the areas right below beside each other, class by class."""
    return Figure(
        "status",
        f"Status desa menurut {word.lower()}",
        f"Jumlah desa menurut status {scale.top.name} {period}. Tekan judul kolom untuk mengurutkan.",
        tables.by_area(scale, under.areas, level=level, word=word, total=total, order=order),
        sources.sources(under.answers),
    )


def _village_table(
    actor: Actor,
    region: Region,
    villages: Iterable[VillageScore],
    scale: Version,
    period: str,
    shown: Sequence[Source],
    order: str,
) -> Figure | None:
    """List all villages of a kabupaten; a province's 1,500 would be too long for a page."""
    if region.level is Level.PROVINCE:
        return None
    districts = {child.code: child.name for child in regions.children(actor, region.id)}
    return Figure(
        "desa",
        f"Semua desa dan kelurahan di {region.name}",
        f"Status, {scale.top.name} dan subindeksnya, {period}. Tekan judul kolom untuk mengurutkan.",
        tables.by_village(scale, villages, districts=districts, order=order),
        shown,
    )


def _of_villages(
    villages: Iterable[VillageScore], scale: Version, period: str, shown: Sequence[Source], order: str
) -> list[Figure]:
    """Give the ranking of a kecamatan's villages by the index, and their list."""
    top = scale.top
    listed = list(villages)
    known = [(village, value) for village in listed if (value := village.figures.get(top.code)) is not None]
    known.sort(key=lambda pair: -pair[1])
    figures = []
    if 1 < len(known) <= LONGEST_RANKING:
        decimals = scale.thresholds.decimals
        bars = [
            Bar(
                village.name,
                value,
                f"{format_number(value, decimals)} {village.mark.label}",
                format_number(value, decimals),
                is_low=village.mark.style in {"1", "2"},
            )
            for village, value in known
        ]
        figures.append(
            Figure(
                "peringkat",
                findings.of_ranking(
                    [village.name for village, _ in known], first="tertinggi", last="terendah"
                ),
                f"{top.name} {period}, skala 0 sampai {format_number(Decimal(int(top.max or 1)))}.",
                None,
                shown,
                ranking_bars(bars, label=f"Peringkat {len(bars)} desa menurut {top.code} {period}"),
            )
        )
    figures.append(
        Figure(
            "desa",
            "Semua desa dan kelurahan",
            f"Status, {top.name} dan subindeksnya, {period}. Tekan judul kolom untuk mengurutkan.",
            tables.by_village(scale, listed, order=order),
            shown,
        )
    )
    return figures


def _items(region: Region, total: Counts, below: int, kelurahan: int, word: str) -> tuple[Item, ...]:
    """Give the register's figures of an area, each level below it."""
    villages = (Item("Desa", format_number(total.desa)), Item("Kelurahan", format_number(kelurahan)))
    return villages if region.level is Level.DISTRICT else (Item(word, format_number(below)), *villages)


def _map_label(region: Region, scale: Version, period: str) -> str:
    """Name the map for those who do not see it."""
    return f"Peta skematik {region.full_name} menurut status {scale.top.name} {period}"
