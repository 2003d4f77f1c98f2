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
from sidara.ui.charts import Bar, Span, Spread, range_dots, ranking_bars, spans
from sidara.ui.drawing import Drawing
from sidara.ui.figures import Cell, Column, Figure, Mark, Source, Table, mark_cell, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages import around, findings, index, places, series, sources, standing, status
from sidara.web.pages.our_village.basis import Basis, Shares
from sidara.web.pages.parts import Item
from sidara.web.pages.status import VillageScore

SIMILAR = 10
"""How many villages of the kabupaten, next in the index, count as similar."""
FEWEST = 2
"""Fewer villages than that are no comparison."""


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
class Place:
    """A village in the list of neighbours: its index or its span, its class."""

    code: str
    name: str
    low: Decimal | None
    high: Decimal | None
    mark: Mark
    is_own: bool = False


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
        Place(one.region, one.name, one.low, one.high, _mark(basis, one), one.region == region.code)
        for one in asked.villages
        if one.region in within
    ]
    figure = _text(basis, own.low, own.high)
    known = say(
        "{final} dari {items} butir sudah final",
        final=format_number(own.final),
        items=format_number(own.items),
    )
    title = say(
        "{name} {mark} menurut jawabannya sendiri", name=region.name, mark=_mark(basis, own).label.lower()
    )
    item = Item(f"{basis.label} {basis.year}", figure, known, mark=_mark(basis, own))
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
        _neighbours(basis, listed, region, district, shown),
        _rank(listed, district),
        _ordered(listed),
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


def _mark(basis: Basis, one: CollectedIndex) -> Mark:
    """Give the class of an index by answers, or those that are possible."""
    made = index.marks(basis.scale)
    if one.status in made:
        return made[one.status]
    if not one.statuses:
        return index.missing()
    low, high = (index.word_of(end) for end in (one.statuses[0], one.statuses[-1]))
    return Mark(index.UNSURE, say("antara {low} dan {high}", low=low, high=high))


def _text(basis: Basis, low: Decimal | None, high: Decimal | None) -> str:
    """Write a figure, or the span where it is open."""
    first, last = format_number(low, basis.decimals), format_number(high, basis.decimals)
    return first if first == last else say("{low} sampai {high}", low=first, high=last)


def _ordered(listed: Sequence[Place]) -> list[Place]:
    return sorted(
        (one for one in listed if one.high is not None),
        key=lambda one: (-(one.high or 0), -(one.low or 0), one.name),
    )


def _name(one: Place) -> str:
    """Name a village in the picture; its own stands out without colour, too."""
    return say("{name} (desa ini)", name=one.name) if one.is_own else one.name


def _rank(listed: Sequence[Place], district: Region) -> str:
    """Say the village's place among its neighbours, where all figures are sure."""
    known = _ordered(listed)
    own = next((one for one in known if one.is_own), None)
    if own is None or len(known) < FEWEST or any(one.low != one.high for one in known):
        return ""
    rank = 1 + sum(1 for one in known if (one.high or 0) > (own.high or 0))
    return say(
        "Urutan {rank} dari {n} desa di {place}.",
        rank=format_number(rank),
        n=format_number(len(known)),
        place=district.name,
    )


def _neighbours(
    basis: Basis, listed: Sequence[Place], region: Region, district: Region, shown: Sequence[Source]
) -> Figure | None:
    known = _ordered(listed)
    if len(known) < FEWEST or not any(one.is_own for one in known):
        return None
    columns = (
        Column("desa", say("Desa")),
        Column("kode", say("Kode"), is_file_only=True),
        Column("status", say("Status")),
        Column("angka", basis.label, is_number=True),
        Column("terendah", "", is_number=True, is_file_only=True),
        Column("tertinggi", "", is_number=True, is_file_only=True),
    )
    rows = tuple(
        (
            text_cell(one.name, href=places.href_of(one.code, region.level)),
            text_cell(one.code),
            mark_cell(one.mark),
            Cell(one.low if one.low == one.high else None, _text(basis, one.low, one.high)),
            number_cell(one.low, basis.decimals),
            number_cell(one.high, basis.decimals),
        )
        for one in known
    )
    return Figure(
        "tetangga",
        _rank(listed, district)
        or say("{label} belum pasti di sebagian desa {place}", label=basis.label, place=district.name),
        say(
            "{label} {year}, desa di {place}, dari yang tertinggi.",
            label=basis.label,
            year=basis.year,
            place=district.name,
        ),
        Table(columns, rows),
        tuple(shown),
        drawing(basis, known, district),
    )


def drawing(basis: Basis, listed: Sequence[Place], district: Region) -> Drawing:
    """Draw villages by their index, as bars, or as spans where one is not sure."""
    label = say(
        "{label} {year} desa-desa di {place}", label=basis.label, year=basis.year, place=district.name
    )
    if all(one.low == one.high for one in listed):
        bars = [
            Bar(_name(one), one.high or Decimal(0), _text(basis, one.low, one.high), is_low=one.is_own)
            for one in listed
        ]
        return ranking_bars(bars, label=label)
    rows = [Span(_name(one), one.low or Decimal(0), one.high or Decimal(0)) for one in listed]
    return spans(rows, (), label=label, decimals=basis.decimals)
