"""The page of a village: index through the years, sub-indices beside its kecamatan, each score down to the
deepest published level, what can be done and by whom. Kelurahan are named and not assessed.
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
    period: str = ""
    years: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    opened: Opened | None = None
    simulated: Opened | None = None
    deepest: str = ""
    map: Map | None = None
    neighbours: Sequence[Link] = ()
    is_simulated: bool = False


def build(actor: Actor, region: Region) -> VillagePage:
    """Build the page of a desa or kelurahan."""
    above = regions.ancestors(actor, region.id)
    district = above[-1]
    trail = places.trail(actor, region)
    neighbours = tuple(
        Link(one.name, places.href(one))
        for one in regions.children(actor, district.id)
        if one.id != region.id
    )
    chosen = sources.sets(actor)
    period = status.newest(actor, chosen.scores.code) if chosen.scores else None
    if chosen.scores is None or period is None:
        title = f"{region.name} belum punya angka indeks"
        return VillagePage(region, district, trail, title, neighbours=neighbours)
    scale = index.version(actor, period)
    regency = above[-2]
    peers, answer = status.village_scores(
        actor, scale, dataset=chosen.scores.code, period=period, under=regency.code
    )
    own = peers[region.code]
    near = {code: one for code, one in peers.items() if code.startswith(f"{district.code}.")}
    label = f"Peta skematik {district.full_name}, {region.full_name} diberi garis tebal"
    shared: dict[str, Any] = {
        "map": Map(
            f"{region.name} di antara desa lain di {district.name}",
            f"Garis tebal: {region.name}. Pilih segi enam lain untuk membukanya.",
            maps.of_villages(actor, district, near, label=label, current=region.code),
            index.legend(scale),
            sources.sources([answer]),
            is_of_villages=True,
        ),
        "neighbours": neighbours,
        "period": period,
        "is_simulated": answer.is_simulated,
    }
    if not places.is_assessed(region.kind):
        title = f"{region.name} adalah kelurahan, tidak dinilai dengan {scale.top.code}"
        lead = "Indeks hanya menilai desa. Kelurahan tidak masuk hitungan dan penyebut di halaman mana pun."
        return VillagePage(region, district, trail, title, lead, **shared)
    told = series.of_village(actor, scale, chosen, region, period)
    opened = explain.items(actor, scale, chosen.items, region) if chosen.items else None
    simulated = None
    if opened is None and chosen.simulated and not answer.is_simulated:
        simulated = explain.items(actor, scale, chosen.simulated, region, is_apart=True)
    shown = (
        told.figure,
        series.beside_neighbours(scale, own, near, district, period, sources.sources([answer])),
        *(opened.figures if opened else ()),
        *(simulated.figures if simulated else ()),
    )
    return VillagePage(
        region,
        district,
        trail,
        _title(region, own, scale),
        _lead(own, near, scale, district),
        _items(own, near, peers, scale, period, district, regency),
        (*_notes(own, scale), *told.notes),
        years=told.years,
        figures={figure.key: figure for figure in shown if figure is not None},
        opened=opened,
        simulated=simulated,
        deepest=_deepest(opened, own, scale, period),
        **shared,
    )


def _title(region: Region, own: VillageScore, scale: Version) -> str:
    """Say the status and how far the next one is."""
    value = own.figures.get(scale.top.code)
    if value is None:
        return f"{region.name} belum punya angka {scale.top.code}"
    place = scale.thresholds.position(Fraction(value))
    classes = scale.thresholds.classes
    now = own.mark.label.lower()
    if place == len(classes) - 1:
        return f"{region.name} sudah {now}, kelas tertinggi"
    target = classes[scale.thresholds.target(place)]
    lacking = index.decimal(target.minimum or Fraction(value), scale.thresholds.decimals) - value
    word = "sudah" if place >= len(classes) - index.GOOD else "masih"
    figure = format_number(lacking, scale.thresholds.decimals)
    return f"{region.name} {word} {now}, kurang {figure} menuju {target.status.lower()}"


def _lead(own: VillageScore, near: Mapping[str, VillageScore], scale: Version, district: Region) -> str:
    """Say which sub-indices lie above and below the middle of the kecamatan."""
    above, below = [], []
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
    near: Mapping[str, VillageScore],
    peers: Mapping[str, VillageScore],
    scale: Version,
    period: str,
    district: Region,
    regency: Region,
) -> tuple[Item, ...]:
    """Give the index with its status, and the rank in kecamatan and kabupaten."""
    top, decimals = scale.top.code, scale.thresholds.decimals
    value = own.figures.get(top)
    found = [Item(f"{top} {period}", format_number(value, decimals), mark=own.mark)]
    if value is not None:
        for place, group in ((district, near), (regency, peers)):
            others = series.known(group.values(), top)
            rank = 1 + sum(1 for other in others if other > value)
            text = f"{format_number(rank)} dari {format_number(len(others))}"
            found.append(Item(f"Peringkat di {place.name}", text, "desa yang dinilai"))
    return tuple(found)


def _notes(own: VillageScore, scale: Version) -> tuple[Note, ...]:
    """Tell when the published status is not that of the published figure."""
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


def _deepest(opened: Opened | None, own: VillageScore, scale: Version, period: str) -> str:
    """Say the deepest level that was published for the village."""
    if opened is not None:
        return f"Tingkat terdalam yang terbit untuk desa ini: butir ({len(scale.items)} skor, {opened.year})."
    if any(own.figures.get(level.code) is not None for level in scale.sub_indices):
        return (
            f"Tingkat terdalam yang terbit untuk desa ini: subindeks ({period}). Skor tiap butir tidak terbit,"
            " jadi kegiatan yang cocok belum dapat disarankan dari data nyata."
        )
    if own.status is not None:
        return f"Untuk desa ini yang terbit hanya status ({period})."
    return f"Untuk desa ini tidak ada angka yang terbit ({period})."
