"""What others plan in a village, level by level and year by year; a level without data is said so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as noop

from sidara.programmes.core import Level, Stage
from sidara.programmes.core.village_plans import Known, PlannedHere, VillagePlans
from sidara.regions.core import Region
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages import findings

LEVELS = {
    Level.CENTRE: noop("Pusat"),
    Level.PROVINCE: noop("Provinsi"),
    Level.REGENCY: noop("Kabupaten"),
    Level.VILLAGE: noop("Desa"),
    Level.COMPANY: noop("Perusahaan"),
}
STAGES = {
    Stage.DRAFT: noop("rancangan"),
    Stage.PLANNED: noop("direncanakan"),
    Stage.BUDGETED: noop("dianggarkan"),
    Stage.CANCELLED: noop("dibatalkan"),
}
OPEN = 8


@dataclass(frozen=True)
class Planned:
    """The plans in the village: a table, and a sentence for each year on levels that are silent."""

    title: str
    figure: Figure | None
    silent: Sequence[str]


def of_village(region: Region, found: VillagePlans, *, today: date) -> Planned:
    """Lay out the plans of all levels in a village."""
    title = (
        say("{n} kegiatan direncanakan di {name}", n=format_number(len(found.planned)), name=region.name)
        if found.planned
        else say("Belum ada kegiatan yang tercatat di {name}", name=region.name)
    )
    figure = _figure(found, title, held(region, today)) if found.planned else None
    return Planned(title, figure, _silent(found))


def held(region: Region, today: date) -> Source:
    """Name the records of plans and proposals as a source; those of example villages are made up."""
    return Source(
        f"{'simulated:' if region.is_example else ''}programmes",
        say("Rencana dan usulan yang tercatat di SIDARA"),
        "SIDARA",
        say("tidak dinyatakan"),
        None,
        today,
        is_simulated=region.is_example,
    )


def rupiah(amount: int | None) -> str:
    """Write an amount of whole rupiah; one that is not stated is an en dash."""
    return format_number(None) if amount is None else f"Rp{format_number(amount)}"


def _silent(found: VillagePlans) -> tuple[str, ...]:
    told = []
    for year in found.years:
        lacking = [say(LEVELS[level]).lower() for level in Level if found.known[level, year] is Known.NO_DATA]
        nothing = [
            say(LEVELS[level]).lower() for level in Level if found.known[level, year] is Known.NOTHING_HERE
        ]
        if lacking:
            told.append(
                say(
                    "{year}: belum ada data rencana {levels}. Itu bukan berarti tidak ada kegiatan.",
                    year=year,
                    levels=findings.joined(lacking),
                )
            )
        if nothing:
            told.append(
                say(
                    "{year}: rencana {levels} ada datanya, tetapi tidak menyebut desa ini.",
                    year=year,
                    levels=findings.joined(nothing),
                )
            )
    return tuple(told)


def _figure(found: VillagePlans, title: str, source: Source) -> Figure:
    columns = (
        Column("kegiatan", say("Kegiatan")),
        Column("tahun", say("Tahun"), is_number=True),
        Column("tingkat", say("Tingkat")),
        Column("pelaksana", say("Pelaksana")),
        Column("lokasi", say("Lokasi")),
        Column("anggaran", say("Anggaran"), is_number=True),
        Column("banyak_desa", say("Untuk berapa desa"), is_number=True),
        Column("sumber_dana", say("Sumber dana")),
        Column("tahap", say("Tahap")),
        Column("kode_kegiatan", say("Kode"), is_file_only=True),
        Column("jenis_kegiatan", say("Jenis kegiatan"), is_file_only=True),
    )
    rows = tuple(_row(one) for one in found.planned)
    return Figure(
        "rencana",
        title,
        say(
            "Anggaran untuk semua desa sasaran kegiatan itu, bukan hanya desa ini. Tahun {years}.",
            years=findings.joined([str(year) for year in found.years]),
        ),
        Table(columns, rows),
        (source,),
        first=OPEN,
    )


def _row(one: PlannedHere) -> tuple[Cell, ...]:
    place = one.place or (say("seluruh {area}", area=one.area) if not one.villages and one.area else "")
    return (
        text_cell(one.name, language="id"),
        Cell(one.year, str(one.year)),
        text_cell(say(LEVELS[one.level])),
        text_cell(one.owner or say("Pemerintah desa"), language="id"),
        text_cell(place or None),
        Cell(one.budget_idr, rupiah(one.budget_idr)),
        number_cell(one.villages or None),
        text_cell(one.fund_source or None, language="id"),
        text_cell(say(STAGES[one.stage]) if one.stage else None),
        text_cell(one.code or None),
        text_cell(one.kind or None),
    )
