"""A village among those of its kecamatan: its place, and the picture of all by their index."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sidara.indices.core.collected import CollectedIndex
from sidara.regions.core import Region
from sidara.ui.charts import Bar, Span, ranking_bars, spans
from sidara.ui.drawing import Drawing
from sidara.ui.figures import Cell, Column, Figure, Mark, Source, Table, mark_cell, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages import index, places
from sidara.web.pages.our_village.basis import Basis

FEWEST = 2
"""Fewer villages than that are no comparison."""


@dataclass(frozen=True)
class Place:
    """A village in the list of neighbours: its index or its span, its class."""

    code: str
    name: str
    low: Decimal | None
    high: Decimal | None
    mark: Mark
    is_own: bool = False


def mark(basis: Basis, one: CollectedIndex) -> Mark:
    """Give the class of an index by answers, or those that are possible."""
    made = index.marks(basis.scale)
    if one.status in made:
        return made[one.status]
    if not one.statuses:
        return index.missing()
    low, high = (index.word_of(end) for end in (one.statuses[0], one.statuses[-1]))
    return Mark(index.UNSURE, say("antara {low} dan {high}", low=low, high=high))


def text(basis: Basis, low: Decimal | None, high: Decimal | None) -> str:
    """Write a figure, or the span where it is open."""
    first, last = format_number(low, basis.decimals), format_number(high, basis.decimals)
    return first if first == last else say("{low} sampai {high}", low=first, high=last)


def ordered(listed: Sequence[Place]) -> list[Place]:
    """Put those with a figure in order, the highest first."""
    return sorted(
        (one for one in listed if one.high is not None),
        key=lambda one: (-(one.high or 0), -(one.low or 0), one.name),
    )


def _name(one: Place) -> str:
    """Name a village in the picture; its own stands out without colour, too."""
    return say("{name} (desa ini)", name=one.name) if one.is_own else one.name


def rank(listed: Sequence[Place], district: Region) -> str:
    """Say the village's place among its neighbours, where all figures are sure."""
    known = ordered(listed)
    own = next((one for one in known if one.is_own), None)
    if own is None or len(known) < FEWEST or any(one.low != one.high for one in known):
        return ""
    place = 1 + sum(1 for one in known if (one.high or 0) > (own.high or 0))
    return say(
        "Urutan {rank} dari {n} desa di {place}.",
        rank=format_number(place),
        n=format_number(len(known)),
        place=district.name,
    )


def figure(
    basis: Basis, listed: Sequence[Place], region: Region, district: Region, shown: Sequence[Source]
) -> Figure | None:
    """Picture the villages of the kecamatan; nothing where too few have a figure, or the own one has none."""
    known = ordered(listed)
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
            Cell(one.low if one.low == one.high else None, text(basis, one.low, one.high)),
            number_cell(one.low, basis.decimals),
            number_cell(one.high, basis.decimals),
        )
        for one in known
    )
    return Figure(
        "tetangga",
        rank(listed, district) or _unsure(basis, known, district),
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


def _unsure(basis: Basis, known: Sequence[Place], district: Region) -> str:
    if any(one.low == one.high for one in known):
        return say("{label} belum pasti di sebagian desa {place}", label=basis.label, place=district.name)
    return say("{label} belum pasti di semua desa {place}", label=basis.label, place=district.name)


def drawing(basis: Basis, listed: Sequence[Place], district: Region) -> Drawing:
    """Draw villages by their index, as bars, or as spans where one is not sure."""
    label = say(
        "{label} {year} desa-desa di {place}", label=basis.label, year=basis.year, place=district.name
    )
    if all(one.low == one.high for one in listed):
        bars = [
            Bar(_name(one), one.high or Decimal(0), text(basis, one.low, one.high), is_low=one.is_own)
            for one in listed
        ]
        return ranking_bars(bars, label=label)
    rows = [Span(_name(one), one.low or Decimal(0), one.high or Decimal(0)) for one in listed]
    return spans(rows, (), label=label, decimals=basis.decimals)
