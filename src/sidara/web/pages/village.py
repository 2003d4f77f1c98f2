"""The page of a village: its index through the years, each score down to the deepest published level.

Sub-indices stand beside those of the kecamatan; what can be done and by whom follows from the items.
A kelurahan is named and not assessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.figures import Figure
from sidara.web.pages import (
    apart,
    card,
    explain,
    index,
    maps,
    other,
    places,
    series,
    sources,
    standing,
    status,
)
from sidara.web.pages.apart import Apart
from sidara.web.pages.card import Card
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

    @property
    def neighbours_heading(self) -> str:
        """Name the list of the other villages."""
        return f"Desa dan kelurahan lain di {self.district.name}"


def build(actor: Actor, region: Region) -> VillagePage:
    """Build the page of a desa or kelurahan."""
    above = regions.ancestors(actor, region.id)
    district = above[-1]
    trail = places.trail(actor, region)
    neighbours = tuple(
        Link(one.name, places.href(one))
        for one in sorted(regions.children(actor, district.id), key=lambda one: one.name)
        if one.id != region.id
    )
    editions = index.editions(actor)
    if not editions:
        title = f"{region.name} belum punya angka indeks"
        return VillagePage(region, district, trail, title, neighbours=neighbours)
    edition = editions[0]
    regency = above[-2]
    peers, answer = status.village_scores(actor, edition, under=regency.code)
    own = peers[region.code]
    near = {code: one for code, one in peers.items() if code.startswith(f"{district.code}.")}
    shown = sources.sources([answer])
    shared: dict[str, Any] = {
        "map": maps.framed(
            f"{region.name} di antara desa lain di {district.name}",
            f"Garis tebal: {region.name}.",
            maps.of_villages(actor, district, edition, near, current=region.code),
            edition,
            shown,
        ),
        "neighbours": neighbours,
        "is_simulated": answer.is_simulated,
    }
    if not places.is_assessed(region.kind):
        title = f"{region.name} adalah kelurahan, tidak dinilai dengan {edition.label}"
        lead = "Indeks hanya menilai desa. Kelurahan tidak masuk hitungan dan penyebut di halaman mana pun."
        return VillagePage(region, district, trail, title, lead, **shared)
    chosen = edition.sets
    told = series.of_village(actor, edition, region)
    opened = explain.items(actor, edition, chosen.items, region) if chosen.items else None
    simulated = None
    if opened is None and chosen.simulated and not answer.is_simulated:
        simulated = explain.items(actor, edition, chosen.simulated, region, prefix=explain.APART)
    found = (other.of_village(actor, one, region, above) for one in editions[1:])
    others = tuple(one for one in found if one is not None)
    parts = series.beside_neighbours(edition, own, near, district, shown)
    figures = (
        told.figure,
        parts,
        *(opened.figures if opened else ()),
        *(simulated.figures if simulated else ()),
        *(figure for one in others for figure in one.figures.values()),
    )
    before = status.before(actor, edition, under=regency.code)
    return VillagePage(
        region,
        district,
        trail,
        standing.title(region, own, edition),
        standing.lead(edition, own, near, district),
        standing.items(own, edition, ((district, near), (regency, peers)), before),
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


def _deepest(opened: Opened | None, own: VillageScore, edition: Edition) -> str:
    """Say the deepest level that was published for the village."""
    scale, period = edition.scale, edition.period
    if opened is not None:
        return f"Tingkat terdalam yang terbit untuk desa ini: butir ({len(scale.items)} skor, {opened.year})."
    if any(own.figures.get(level.code) is not None for level in scale.sub_indices):
        return (
            f"Tingkat terdalam yang terbit untuk desa ini: {index.parts_word(edition)} ({period})."
            " Skor tiap butir tidak terbit, jadi kegiatan yang cocok belum dapat disarankan dari data nyata."
        )
    if own.status is not None:
        return f"Untuk desa ini yang terbit hanya status ({period})."
    return f"Untuk desa ini tidak ada angka yang terbit ({period})."
