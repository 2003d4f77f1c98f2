"""The page of a village: its index through the years, each score down to the deepest published level.

Sub-indices stand beside those of the kecamatan; what can be done and by whom follows from the items.
A kelurahan is named and not assessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.figures import Figure
from sidara.ui.language import say
from sidara.warehouse.core import AS_REPORTED, Vintage
from sidara.web.pages import (
    apart,
    around,
    arrangement,
    card,
    collected,
    explain,
    index,
    indicators,
    maps,
    other,
    places,
    series,
    sources,
    standing,
    status,
)
from sidara.web.pages.apart import Apart
from sidara.web.pages.around import Around
from sidara.web.pages.arrangement import Arrangement
from sidara.web.pages.card import Card
from sidara.web.pages.collected import OwnAnswers
from sidara.web.pages.explain import Opened
from sidara.web.pages.index import Edition
from sidara.web.pages.other import Other
from sidara.web.pages.parts import Item, Map, Note
from sidara.web.pages.places import Link
from sidara.web.pages.status import VillageScore


@dataclass(frozen=True)
class VillagePage:
    """All that the page of a village shows."""

    region: Region
    district: Region
    trail: Sequence[Link]
    title: str
    lead: str = ""
    items: Sequence[Item] = ()
    notes: Sequence[Note] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    opened: Opened | None = None
    simulated: Opened | None = None
    deepest: str = ""
    map: Map | None = None
    neighbours: Sequence[Link] = ()
    is_simulated: bool = False
    others: Sequence[Other] = ()
    apart: Apart | None = None
    parts: Figure | None = None
    card: Card | None = None
    arrangement: Arrangement | None = None
    query: str = ""
    own: OwnAnswers | None = None

    @property
    def neighbours_heading(self) -> str:
        """Name the list of the other villages."""
        if self.region.is_example:
            return say("Desa contoh lain di {district_name}", district_name=self.district.name)
        return say("Desa dan kelurahan lain di {district_name}", district_name=self.district.name)


def build(actor: Actor, region: Region, *, vintage: Vintage = AS_REPORTED) -> VillagePage:
    """Build the page of a desa or kelurahan; `vintage` = in which areas its figures are told."""
    page, own = _index(actor, region, vintage), collected.of_village(actor, region)
    told = (indicators.of_region(actor, region), own.figure if own else None)
    figures = {one.key: one for one in told if one is not None}
    return replace(page, figures={**page.figures, **figures}, own=own)


def _index(actor: Actor, region: Region, vintage: Vintage) -> VillagePage:
    """Build what indices say of a desa or kelurahan."""
    above = regions.ancestors(actor, region.id)
    district = above[-1]
    editions = index.editions(actor, vintage)
    query = editions[0].vintage_query if editions else ""
    trail = places.trail(actor, region, query=query)
    neighbours = tuple(
        Link(one.name, places.href(one) + query)
        for one in sorted(regions.children(actor, district.id), key=lambda one: one.name)
        if one.id != region.id
    )
    if region.is_example:
        return _example(actor, region, district, trail)
    if not editions:
        title = say("{region_name} belum punya angka indeks", region_name=region.name)
        return VillagePage(region, district, trail, title, neighbours=neighbours)
    edition = editions[0]
    found = around.of_village(actor, edition, region)
    shared: dict[str, Any] = {
        "neighbours": neighbours,
        "arrangement": _arrangement(actor, edition, region, found),
        "query": query,
    }
    if found is None:
        title = say(
            "{region_name} belum ada dalam {told_in}", region_name=region.name, told_in=_told_in(edition)
        )
        lead = say(
            (
                "{region_full_name} dibentuk sesudahnya, jadi tidak ada angkanya di sini. Wilayah asalnya"
                " ada pada riwayat di bawah."
            ),
            region_full_name=places.full_name(region),
        )
        return VillagePage(region, district, trail, title, lead, is_simulated=edition.is_simulated, **shared)
    own, near = found.own, found.near
    shown = sources.sources([found.answer])
    shared |= {
        "map": maps.framed(
            say(
                "{region_name} di antara desa lain di {district_name}",
                region_name=region.name,
                district_name=district.name,
            ),
            "",
            maps.of_villages(actor, district, edition, near, current=region.code),
            edition,
            shown,
        ),
        "is_simulated": found.answer.is_simulated,
    }
    if not places.is_assessed(region.kind):
        title = say(
            "{region_name} adalah kelurahan, tidak dinilai dengan {label}",
            region_name=region.name,
            label=edition.label,
        )
        lead = say(
            "Indeks hanya menilai desa. Kelurahan tidak masuk hitungan dan penyebut di halaman mana pun."
        )
        return VillagePage(region, district, trail, title, lead, **shared)
    chosen = edition.sets
    told = series.of_village(actor, edition, region)
    opened = explain.items(actor, edition, chosen.items, region) if chosen.items else None
    simulated = None
    if opened is None and chosen.simulated and not found.answer.is_simulated:
        simulated = explain.items(actor, edition, chosen.simulated, region, prefix=explain.APART)
    others = tuple(
        one for edition_ in editions[1:] if (one := other.of_village(actor, edition_, region)) is not None
    )
    parts = series.beside_neighbours(edition, own, near, found.district, shown)
    figures = (
        told.figure,
        parts,
        *(opened.figures if opened else ()),
        *(simulated.figures if simulated else ()),
        *(figure for one in others for figure in one.figures.values()),
    )
    before = status.before(actor, edition, under=found.regency.code)
    groups = ((found.district, near), (found.regency, found.peers))
    return VillagePage(
        region,
        district,
        trail,
        standing.title(region, own, edition),
        standing.lead(edition, own, near, found.district),
        standing.items(own, edition, groups, before),
        (*standing.notes(own, edition), *told.notes),
        figures={figure.key: figure for figure in figures if figure is not None},
        opened=opened,
        simulated=simulated,
        deepest=_deepest(opened, own, edition),
        others=others,
        apart=apart.why(editions) if others else None,
        parts=parts,
        card=card.of_village(actor, edition, region),
        **shared,
    )


def _example(actor: Actor, region: Region, district: Region, trail: Sequence[Link]) -> VillagePage:
    """Build the page of an example village: it is assessed by no index, and beside it stand its like."""
    return VillagePage(
        region,
        district,
        trail,
        say("{name} adalah desa contoh", name=region.name),
        say(
            (
                "Desa ini tidak ada. Ia dibuat untuk mencoba mengisi, mengirim, dan memeriksa tanpa menyentuh"
                " data desa sungguhan di {district}."
            ),
            district=places.full_name(district),
        ),
        neighbours=tuple(
            Link(one.name, places.href(one))
            for one in regions.villages(actor, district.code, examples=True)
            if one.id != region.id
        ),
    )


def _told_in(edition: Edition) -> str:
    """Name the areas of a page of which the village is none."""
    if edition.vintage == AS_REPORTED:
        return say(
            "wilayah {period}, tahun angka {label} terbaru", period=edition.period, label=edition.label
        )
    return arrangement.words(edition.vintage)


def _arrangement(actor: Actor, edition: Edition, region: Region, found: Around | None) -> Arrangement:
    """Say in which areas the page is told, and where its figures would be others."""

    @cache
    def figures(vintage: Vintage) -> frozenset[tuple[Any, ...]] | None:
        return _figures(actor, replace(edition, vintage=vintage), region)

    def look(vintage: Vintage) -> arrangement.Told:
        there = figures(vintage)
        return arrangement.Told(there == figures(AS_REPORTED), there is not None)

    return arrangement.of_page(
        actor,
        region,
        edition.vintage,
        look,
        address=places.href(region),
        history=places.history_href(region),
        estimated=int(found is not None and found.own.is_estimate),
    )


def _figures(actor: Actor, edition: Edition, region: Region) -> frozenset[tuple[Any, ...]] | None:
    """Give what the page would show of a village in a vintage, `None` where it would not be there."""
    found = around.of_village(actor, edition, region)
    years = series.told(actor, edition, region)
    if found is None and not years:
        return None
    own = (found.own.status, *found.own.figures.values(), found.own.span) if found else ()
    return frozenset({("", own), *years})


def _deepest(opened: Opened | None, own: VillageScore, edition: Edition) -> str:
    """Say the deepest level that was published for the village."""
    scale, period = edition.scale, edition.period
    if opened is not None:
        return say(
            "Tingkat terdalam yang terbit untuk desa ini: butir ({items} skor, {year}).",
            items=len(scale.items),
            year=opened.year,
        )
    if any(own.figures.get(level.code) is not None for level in scale.sub_indices):
        return say(
            "Tingkat terdalam yang terbit untuk desa ini: {parts_word} ({period}). Skor tiap butir"
            " tidak terbit, jadi kegiatan yang cocok belum dapat disarankan dari data nyata.",
            parts_word=index.parts_word(edition),
            period=period,
        )
    if own.status is not None:
        return say("Untuk desa ini yang terbit hanya status ({period}).", period=period)
    return say("Untuk desa ini tidak ada angka yang terbit ({period}).", period=period)
