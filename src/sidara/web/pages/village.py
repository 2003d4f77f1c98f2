"""The page of a village: its index through the years, each score down to the deepest published level.

Sub-indices stand beside those of the kecamatan; what can be done and by whom follows from the items.
A kelurahan is named and not assessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median
from typing import Any

from sidara.indices.core import Version
from sidara.kernel.actor import Actor
from sidara.kernel.number import format_number
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.figures import Figure
from sidara.web.pages import explain, findings, index, maps, places, series, sources, status
from sidara.web.pages.explain import Opened
from sidara.web.pages.index import Edition
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
    edition = index.main(actor)
    if edition is None:
        title = f"{region.name} belum punya angka indeks"
        return VillagePage(region, district, trail, title, neighbours=neighbours)
    regency = above[-2]
    peers, answer = status.village_scores(actor, edition, under=regency.code)
    own = peers[region.code]
    near = {code: one for code, one in peers.items() if code.startswith(f"{district.code}.")}
    shown = sources.sources([answer])
    shared: dict[str, Any] = {
        "map": maps.framed(
            f"{region.name} di antara desa lain di {district.name}",
            f"Garis tebal: {region.name}. Pilih segi enam lain untuk membukanya.",
            maps.of_villages(actor, district, edition, near, current=region.code),
            edition,
            shown,
        ),
        "neighbours": neighbours,
        "is_simulated": answer.is_simulated,
    }
    if not places.is_assessed(region.kind):
        title = f"{region.name} adalah kelurahan, tidak dinilai dengan {edition.top.code}"
        lead = "Indeks hanya menilai desa. Kelurahan tidak masuk hitungan dan penyebut di halaman mana pun."
        return VillagePage(region, district, trail, title, lead, **shared)
    chosen = edition.sets
    told = series.of_village(actor, edition, region)
    opened = explain.items(actor, edition, chosen.items, region) if chosen.items else None
    simulated = None
    if opened is None and chosen.simulated and not answer.is_simulated:
        simulated = explain.items(actor, edition, chosen.simulated, region, is_apart=True)
    figures = (
        told.figure,
        series.beside_neighbours(edition, own, near, district, shown),
        *(opened.figures if opened else ()),
        *(simulated.figures if simulated else ()),
    )
    return VillagePage(
        region,
        district,
        trail,
        _title(region, own, edition),
        _lead(own, near, edition.scale, district),
        _items(own, edition, ((district, near), (regency, peers))),
        (*_notes(own, edition), *told.notes),
        figures={figure.key: figure for figure in figures if figure is not None},
        opened=opened,
        simulated=simulated,
        deepest=_deepest(opened, own, edition),
        **shared,
    )


def _title(region: Region, own: VillageScore, edition: Edition) -> str:
    """Say the status and how far the next one is."""
    scale = edition.scale
    value = own.figures.get(scale.top.code)
    if value is None:
        return f"{region.name} belum punya angka {scale.top.code}"
    place = scale.thresholds.position(Fraction(value))
    classes = scale.thresholds.classes
    now = own.mark.label.lower()
    if own.status is not None and own.status != classes[place].code:
        return (
            f"{region.name} terbit sebagai {now}, padahal angkanya termasuk {classes[place].status.lower()}"
        )
    if place == len(classes) - 1:
        return f"{region.name} sudah {now}, kelas tertinggi"
    target = classes[scale.thresholds.target(place)]
    lacking = index.decimal(target.minimum or Fraction(value), scale.thresholds.decimals) - value
    word = "sudah" if place >= len(classes) - index.GOOD else "masih"
    figure = format_number(lacking, scale.thresholds.decimals)
    return f"{region.name} {word} {now}, kurang {figure} menuju {target.status.lower()}"


def _lead(own: VillageScore, near: Mapping[str, VillageScore], scale: Version, district: Region) -> str:
    """Say which sub-indices lie above and below the middle of the kecamatan."""
    above: list[str] = []
    below: list[str] = []
    for level in scale.sub_indices:
        others = series.known(near.values(), level.code)
        value = own.figures.get(level.code)
        if value is None or len(others) < 2:
            continue
        middle = median(others)
        if value != middle:
            (above if value > middle else below).append(series.short_name(level.name))
    return findings.beside(above, below, district.name)


def _items(
    own: VillageScore,
    edition: Edition,
    groups: Sequence[tuple[Region, Mapping[str, VillageScore]]],
) -> tuple[Item, ...]:
    """Give the index with its status, and the rank in each group (kecamatan, kabupaten)."""
    top = edition.top.code
    value = own.figures.get(top)
    found = [Item(f"{top} {edition.period}", format_number(value, edition.decimals), mark=own.mark)]
    if value is not None:
        for place, group in groups:
            others = series.known(group.values(), top)
            rank = 1 + sum(1 for other in others if other > value)
            text = f"{format_number(rank)} dari {format_number(len(others))}"
            found.append(Item(f"Urutan di {place.name}", text, "desa yang dinilai"))
    return tuple(found)


def _notes(own: VillageScore, edition: Edition) -> tuple[Note, ...]:
    """Tell when the published status is not that of the published figure."""
    scale = edition.scale
    value = own.figures.get(scale.top.code)
    if value is None or own.status is None:
        return ()
    again = scale.thresholds.classes[scale.thresholds.position(Fraction(value))]
    if again.code == own.status:
        return ()
    figure = format_number(value, scale.thresholds.decimals)
    return (
        Note(
            "Status terbit tidak cocok dengan angkanya",
            f"Status yang terbit {own.mark.label}. Menurut ambang, {scale.top.code} {figure} termasuk"
            f" {again.status.title()}. Halaman ini menunjukkan keduanya dan tidak mengubah yang terbit.",
            "warning",
        ),
    )


def _deepest(opened: Opened | None, own: VillageScore, edition: Edition) -> str:
    """Say the deepest level that was published for the village."""
    scale, period = edition.scale, edition.period
    if opened is not None:
        return f"Tingkat terdalam yang terbit untuk desa ini: butir ({len(scale.items)} skor, {opened.year})."
    if any(own.figures.get(level.code) is not None for level in scale.sub_indices):
        return (
            f"Tingkat terdalam yang terbit untuk desa ini: subindeks ({period}). Skor tiap butir tidak"
            " terbit, jadi kegiatan yang cocok belum dapat disarankan dari data nyata."
        )
    if own.status is not None:
        return f"Untuk desa ini yang terbit hanya status ({period})."
    return f"Untuk desa ini tidak ada angka yang terbit ({period})."
