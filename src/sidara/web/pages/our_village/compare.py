"""A village beside its neighbours and its like: what is strong, what is weak, who stands where.

Parts of the index are told as percent of their full points, so that parts of unlike size stand in one
picture. Of a village's own answers only items that are known count, for the neighbours the same ones.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from sidara.indices import queries as indices
from sidara.indices.core import Version
from sidara.indices.core.collected import CollectedIndex
from sidara.indices.queries import Collected
from sidara.kernel.actor import Actor
from sidara.kernel.number import rounded
from sidara.regions import queries as regions
from sidara.regions.core import Region, bare
from sidara.ui.charts import Spread, range_dots
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages import around, findings, index, places, series, sources, standing, status
from sidara.web.pages.our_village import neighbours
from sidara.web.pages.our_village.basis import Basis, Shares
from sidara.web.pages.our_village.neighbours import FEWEST, Place
from sidara.web.pages.parts import Item
from sidara.web.pages.status import VillageScore

SIMILAR = 10
"""How many villages of the kabupaten, next in the index, count as similar."""


@dataclass(frozen=True)
class Part:
    """A part of the index: the share of the village in percent, and those of its neighbours and its like."""

    name: str
    own: Decimal
    near: Sequence[Decimal]
    similar: Sequence[Decimal]

    @property
    def middle(self) -> Decimal:
        """The middle of the kecamatan."""
        return median(self.near)

    @property
    def beside_near(self) -> Decimal:
        """How far above (or below) the middle of the kecamatan."""
        return self.own - self.middle

    @property
    def like(self) -> Decimal | None:
        """The middle of similar villages, `None` where there are too few."""
        return median(self.similar) if len(self.similar) >= FEWEST else None


@dataclass(frozen=True)
class Compared:
    """Where the village stands, its parts and its neighbours; sentences first.

    `title` says the status and how far the next one is, `strong` and `weak` name parts.
    """

    title: str
    items: Sequence[Item]
    strong: str = ""
    weak: str = ""
    parts: Figure | None = None
    neighbours: Figure | None = None
    rank: str = ""
    listed: Sequence[Place] = ()
    parted: Sequence[Part] = ()


def of_village(actor: Actor, region: Region, basis: Basis) -> Compared:
    """Compare a village on its basis."""
    *_, regency, district = regions.ancestors(actor, region.id)
    if basis.edition is None:
        return _answered(actor, region, basis, (district, regency))
    found = around.of_village(actor, basis.edition, region)
    if found is None:
        title = say("{name} belum punya angka {label}", name=region.name, label=basis.label)
        return Compared(title, ())
    shown = sources.sources([found.answer])
    edition = basis.edition
    before = status.before(actor, edition, under=found.regency.code)
    groups = ((found.district, found.near), (found.regency, found.peers))
    near = {code: one for code, one in found.near.items() if places.is_assessed(one.kind)}
    top = edition.top.code
    like = _similar({code: one.figures.get(top) for code, one in found.peers.items()}, found.own.code)
    parts = _parts(
        basis.scale,
        _levels(basis.scale, found.own),
        [_levels(basis.scale, one) for code, one in near.items() if code != found.own.code],
        [_levels(basis.scale, found.peers[code]) for code in like],
    )
    listed = [
        Place(code, one.name, *(one.span or (one.figures.get(top),) * 2), one.mark, code == found.own.code)
        for code, one in near.items()
    ]
    items = standing.items(found.own, edition, groups, before)
    return _compared(
        basis,
        standing.title(region, found.own, edition),
        items,
        parts,
        listed,
        (region, found.district, shown),
    )


def _answered(actor: Actor, region: Region, basis: Basis, above: tuple[Region, Region]) -> Compared:
    """Compare a village by answers, its own and those of others for which as many governments stand."""
    own = basis.own
    if own is None or basis.query is None:
        raise LookupError("a basis without published figures has answers")
    district, regency = above
    asked = indices.collected(
        actor, index.definition(actor, basis.slug), replace(basis.query, codes=None, under=regency.code)
    )
    scores = _scores(asked, basis.scale)
    within = {one.code for one in regions.villages(actor, district.code, examples=region.is_example)}
    middle = {one.region: _middle(one) for one in asked.villages}
    like = _similar(middle, region.code)
    parts = _parts(
        basis.scale,
        _shares(basis.scale, scores.get(region.code, {}), basis.known),
        [
            _shares(basis.scale, one, basis.known)
            for code, one in scores.items()
            if code in within - {region.code}
        ],
        [_shares(basis.scale, scores[code], basis.known) for code in like if code in scores],
    )
    listed = [
        Place(one.region, one.name, one.low, one.high, neighbours.mark(basis, one), one.region == region.code)
        for one in asked.villages
        if one.region in within
    ]
    figure = neighbours.text(basis, own.low, own.high)
    known = say(
        "{final} dari {items} butir sudah final",
        final=format_number(own.final),
        items=format_number(own.items),
    )
    mark = neighbours.mark(basis, own)
    title = say("{name} {mark} menurut jawabannya sendiri", name=region.name, mark=mark.label.lower())
    item = Item(f"{basis.label} {basis.year}", figure, known, mark=mark)
    return _compared(basis, title, (item,), parts, listed, (region, district, basis.sources))


def _compared(  # noqa: PLR0913, PLR0917 - what the page says, in its order
    basis: Basis,
    title: str,
    items: Sequence[Item],
    parts: Sequence[Part],
    listed: Sequence[Place],
    told: tuple[Region, Region, Sequence[Source]],
) -> Compared:
    region, district, shown = told
    strong, weak = _words(parts, district)
    return Compared(
        title,
        items,
        strong,
        weak,
        _parts_figure(basis, parts, region, district, shown),
        neighbours.figure(basis, listed, region, district, shown),
        neighbours.rank(listed, district),
        neighbours.ordered(listed),
        parts,
    )


def _middle(one: CollectedIndex) -> Decimal | None:
    return None if one.low is None or one.high is None else (one.low + one.high) / 2


def _similar(figures: Mapping[str, Decimal | None], own: str) -> list[str]:
    """Choose the villages of a kabupaten whose index lies next to a village's own."""
    mine = figures.get(own)
    if mine is None:
        return []
    others = [
        (abs(value - mine), code) for code, value in figures.items() if value is not None and code != own
    ]
    return [code for _, code in sorted(others)[:SIMILAR]]


def _levels(scale: Version, one: VillageScore) -> Shares:
    """Give published parts as shares of what each can have."""
    found = {}
    for level in scale.sub_indices:
        value, full = one.figures.get(level.code), level.max if level.max is not None else level.points
        if value is not None and full:
            found[level.code] = Fraction(value) / Fraction(full)
    return found


def _scores(found: Collected, scale: Version) -> dict[str, dict[str, Fraction]]:
    """Give the known scores of items of each village, by its code."""
    if found.frame is None:
        return {}
    codes = {bare(one.region): one.region for one in found.villages}
    rows: dict[str, Mapping[str, Any]] = {
        bare(str(row["kode"])): row for row in found.frame.iter_rows(named=True)
    }
    return {
        codes[short]: {code: Fraction(str(row[code])) for code in scale.by_code if row.get(code) is not None}
        for short, row in rows.items()
        if short in codes
    }


def _shares(scale: Version, scores: Mapping[str, Fraction], known: Collection[str]) -> Shares:
    """Add up the items of each part that a village knows; another one counts where it knows them all."""
    found = {}
    for level in scale.sub_indices:
        asked = [one for one in scale.items if one.level == level.code and one.code in known]
        if asked and all(one.code in scores for one in asked):
            full = sum((Fraction(one.maximum) for one in asked), Fraction(0))
            found[level.code] = sum((scores[one.code] for one in asked), Fraction(0)) / full
    return found


def _parts(
    scale: Version, own: Shares, near: Sequence[Shares], similar: Sequence[Shares]
) -> tuple[Part, ...]:
    """Lay the parts side by side, the strongest first; those that no neighbour shares are left out."""
    made = []
    for level in scale.sub_indices:
        others = [_percent(one[level.code]) for one in near if level.code in one]
        if level.code in own and len(others) >= FEWEST:
            name = series.short_name(level.name).capitalize()
            like = [_percent(one[level.code]) for one in similar if level.code in one]
            made.append(Part(name, _percent(own[level.code]), others, like))
    return tuple(sorted(made, key=lambda one: (-one.beside_near, one.name)))


def _percent(share: Fraction) -> Decimal:
    return rounded(share * 100, 1)


def _words(parts: Sequence[Part], district: Region) -> tuple[str, str]:
    """Name what is above and what is below the middle of the kecamatan."""
    above = [one.name.lower() for one in parts if one.beside_near > 0]
    below = [one.name.lower() for one in reversed(parts) if one.beside_near < 0]
    strong = (
        say(
            "Lebih kuat daripada desa lain di {place}: {parts}.",
            place=district.name,
            parts=findings.joined(above),
        )
        if above
        else ""
    )
    weak = (
        say(
            "Masih di bawah desa lain di {place}: {parts}.", place=district.name, parts=findings.joined(below)
        )
        if below
        else ""
    )
    return strong, weak


def _parts_figure(
    basis: Basis, parts: Sequence[Part], region: Region, district: Region, shown: Sequence[Source]
) -> Figure | None:
    if not parts:
        return None
    columns = (
        Column("bagian", say("Bagian")),
        Column("desa_ini", say("Desa ini (%)"), is_number=True),
        Column("tengah_kecamatan", say("Nilai tengah kecamatan (%)"), is_number=True),
        Column("tengah_serupa", say("Nilai tengah desa serupa (%)"), is_number=True),
        Column("selisih", say("Selisih dengan kecamatan"), is_number=True),
    )
    rows = tuple(
        (
            text_cell(one.name),
            number_cell(one.own, 1),
            number_cell(one.middle, 1),
            number_cell(one.like, 1),
            Cell(one.beside_near, format_number(one.beside_near, 1, sign=True)),
        )
        for one in parts
    )
    spreads = [Spread(one.name, one.own, min(*one.near), median(one.near), max(*one.near)) for one in parts]
    return Figure(
        "kuat-lemah",
        _finding(parts),
        say(
            "{label} {year}, persen dari nilai penuh tiap bagian. Titik: desa ini. Pita: terendah"
            " sampai tertinggi desa lain di {place}. Garis tegak: nilai tengahnya. Desa serupa: {n} desa"
            " sekabupaten yang angkanya paling dekat.",
            label=basis.label,
            year=basis.year,
            place=district.name,
            n=format_number(SIMILAR),
        ),
        Table(columns, rows),
        tuple(shown),
        range_dots(
            spreads,
            label=say("Bagian {label} {name} di antara desa lain", label=basis.label, name=region.name),
            decimals=1,
        ),
    )


def _finding(parts: Sequence[Part]) -> str:
    best, worst = parts[0], parts[-1]
    if best.beside_near > 0 > worst.beside_near:
        return say(
            "Paling kuat: {best}. Paling lemah: {worst}.", best=best.name.lower(), worst=worst.name.lower()
        )
    if best.beside_near > 0:
        return say("Paling kuat: {best}. Tidak ada yang di bawah desa lain.", best=best.name.lower())
    if worst.beside_near < 0:
        return say("Paling lemah: {worst}. Tidak ada yang di atas desa lain.", worst=worst.name.lower())
    return say("Setara dengan nilai tengah desa sekecamatan")
