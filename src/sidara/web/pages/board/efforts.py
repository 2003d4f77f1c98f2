"""The page of priority programmes and of efficiency: plans of a year in an area, real or made up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core import Level
from sidara.programmes.core.board.efficiency import Efficiency
from sidara.programmes.core.board.priorities import Coverage
from sidara.regions.core import Region
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, format_percent, percent_sign, say
from sidara.web.pages import measured as figures_of
from sidara.web.pages import places
from sidara.web.pages.address import EXAMPLE, REAL
from sidara.web.pages.board.measured import money
from sidara.web.pages.places import Link

LEVELS = {
    Level.CENTRE: noop("pusat"),
    Level.PROVINCE: noop("provinsi"),
    Level.REGENCY: noop("kabupaten"),
    Level.VILLAGE: noop("desa"),
    Level.COMPANY: noop("perusahaan"),
}
MOST = 15
"""Activities on the screen; files hold all."""


@dataclass(frozen=True)
class EffortsPage:
    """All that the page shows; without figures that there is no plan yet."""

    region: Region
    title: str
    above: str
    lead: str
    trail: Sequence[Link]
    worlds: Sequence[Link]
    years: Sequence[Link] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    is_simulated: bool = False
    query: str = ""


def build(actor: Actor, region: Region, *, year: str = "", world: str = "", today: date) -> EffortsPage:
    """Build the page; `world` = `contoh` for example villages, `nyata` for real ones, else what is there."""
    real = queries.activity_years(actor, is_simulated=False)
    is_simulated = world == EXAMPLE or (world != REAL and not real)
    years = queries.activity_years(actor, is_simulated=True) if is_simulated else real

    def href(**told: str) -> str:
        asked = {"wilayah": region.code, "himpunan": EXAMPLE if is_simulated else REAL} | told
        return f"{reverse('efforts')}?{urlencode({name: text for name, text in asked.items() if text})}"

    worlds = (
        Link(say("Rencana nyata"), href(himpunan=REAL) if is_simulated else ""),
        Link(say("Desa contoh, SIMULASI"), "" if is_simulated else href(himpunan=EXAMPLE)),
    )
    page = EffortsPage(
        region,
        say("Belum ada rencana kegiatan di {place}", place=places.full_name(region)),
        places.full_name(region),
        say(
            "Rencana muncul setelah kegiatan diisi atau tabelnya dimuat. Tingkat tanpa data bukan berarti"
            " tanpa kegiatan."
        ),
        (Link(say("Papan pimpinan"), f"{reverse('board')}?wilayah={region.code}"), Link(say("Rencana"))),
        worlds,
        is_simulated=is_simulated,
    )
    if not years:
        return page
    chosen = int(year) if year.isascii() and year.isdigit() and int(year) in years else years[0]
    told = queries.priorities(actor, region.code, chosen, is_simulated=is_simulated)
    lacking = queries.lacking_points(actor, is_simulated=is_simulated)
    activities = queries.efficiency(actor, region.code, chosen, is_simulated=is_simulated, lacking=lacking)
    source = (_source(today, is_simulated=is_simulated),)
    behind = (*source, *((figures_of.source(told.answer),) if told.answer else ()))
    made = {
        "prioritas": _priorities(told.coverages, chosen, behind, is_made_up=told.content.is_simulated),
        "efisiensi": _efficiency(activities, queries.least_comparables(actor), chosen, source),
    }
    return EffortsPage(
        region,
        _title(told.coverages, activities, chosen),
        say("{place}, {year}", place=places.full_name(region), year=chosen),
        say("Rencana, bukan hasil: realisasi belum dibandingkan di sini."),
        page.trail,
        worlds,
        tuple(
            Link(str(one), "" if one == chosen else href(tahun=str(one))) for one in years if len(years) > 1
        ),
        {key: one for key, one in made.items() if one is not None},
        is_simulated,
        "?" + href(tahun=str(chosen)).partition("?")[2],
    )


def _title(coverages: Sequence[Coverage], activities: Sequence[Efficiency], year: int) -> str:
    needy = sum(one.needy for one in coverages)
    if needy:
        return say(
            "{served} dari {needy} kebutuhan desa akan program prioritas dilayani rencana {year}",
            served=format_number(sum(one.served for one in coverages)),
            needy=format_number(needy),
            year=year,
        )
    return say("{n} kegiatan direncanakan untuk {year}", n=format_number(len(activities)), year=year)


def _priorities(
    coverages: Sequence[Coverage], year: int, behind: Sequence[Source], *, is_made_up: bool
) -> Figure | None:
    if not coverages:
        return None
    columns = (
        Column("program", say("Program prioritas")),
        Column("kode", say("Kode"), is_file_only=True),
        Column("sasaran", say("Sasaran bertanda"), is_number=True, is_file_only=True),
        Column("membutuhkan", say("Desa perlu"), is_number=True),
        Column("dilayani", say("Dilayani"), is_number=True),
        Column("persen", say("Persen"), is_number=True),
        Column("tanpa_kebutuhan", say("Dilayani tanpa kebutuhan"), is_number=True),
        Column("belum_diketahui", say("Kebutuhannya belum diketahui"), is_number=True, is_file_only=True),
        Column("tingkat", say("Menurut tingkat")),
        Column("pagu_awal", say("Pagu semula"), is_number=True, is_file_only=True),
        Column("bagian_awal", say("Bagian"), is_number=True),
        Column("pagu_kini", say("Pagu berlaku"), is_number=True),
        Column("bagian_kini", say("Bagian kini"), is_number=True),
    )
    return Figure(
        "prioritas",
        say("Program prioritas {year}: desa yang membutuhkan dan yang dilayani", year=year),
        say("Bagian uang dari semua baris rencana tahun itu. Desa tanpa angka tidak dihitung membutuhkan."),
        Table(columns, tuple(map(_priority, coverages))),
        behind,
        notes=(say("Daftar program prioritas ini contoh rekaan (SIMULASI), bukan program nyata."),)
        if is_made_up
        else (),
    )


def _priority(one: Coverage) -> tuple[Cell, ...]:
    levels = ", ".join(f"{say(LEVELS[level])} {format_number(count)}" for level, count in one.levels.items())
    return (
        Cell(one.priority.name, one.priority.name, more=one.priority.reason, language="id"),
        text_cell(one.priority.code),
        number_cell(one.goals),
        Cell(one.needy, say("{n} dari {all}", n=format_number(one.needy), all=format_number(one.known))),
        number_cell(one.served),
        _share(one.share),
        number_cell(one.beside),
        number_cell(one.unknown),
        text_cell(levels),
        Cell(one.money.original, money(one.money.original)),
        _share(one.original_share),
        Cell(one.money.revised, money(one.money.revised)),
        _share(one.revised_share),
    )


def _efficiency(
    activities: Sequence[Efficiency], least: int, year: int, behind: Sequence[Source]
) -> Figure | None:
    if not activities:
        return None
    ordered = sorted(activities, key=_first)
    columns = (
        Column("kegiatan", say("Kegiatan")),
        Column("jenis", say("Jenis"), is_file_only=True),
        Column("desa", say("Desa"), is_number=True),
        Column("anggaran", say("Anggaran"), is_number=True),
        Column("keluaran", say("Keluaran"), is_number=True, is_file_only=True),
        Column("satuan", say("Satuan"), is_file_only=True),
        Column("rupiah_per_keluaran", say("Rupiah tiap keluaran"), is_number=True),
        Column("tengah_sebanding", say("Nilai tengah sebanding"), is_number=True),
        Column("kuartil_bawah", say("Kuartil bawah"), is_number=True, is_file_only=True),
        Column("kuartil_atas", say("Kuartil atas"), is_number=True, is_file_only=True),
        Column("kali_tengah", say("Kali nilai tengah"), is_number=True),
        Column("sebanding", say("Kegiatan sebanding"), is_number=True),
        Column("poin_tiap_juta", say("Poin tiap juta rupiah"), is_number=True),
        Column(
            "poin_tengah_sebanding", say("Poin, nilai tengah sebanding"), is_number=True, is_file_only=True
        ),
    )
    compared = sum(1 for one in activities if one.per_output is not None)
    return Figure(
        "efisiensi",
        say(
            "{n} dari {all} kegiatan {year} punya cukup pembanding",
            n=format_number(compared),
            all=format_number(len(activities)),
            year=year,
        ),
        say(
            "Rupiah tiap keluaran di samping kegiatan lain yang jenis, tahun, dan satuannya sama dan jumlah"
            " desanya sekelas; disebut bila ada sedikitnya {least} pembanding. Poin: paling banyak yang dapat"
            " naik pada butir yang dituju. Rencana, bukan hasil.",
            least=format_number(least),
        ),
        Table(columns, tuple(map(_activity, ordered))),
        behind,
        most=MOST,
    )


def _first(one: Efficiency) -> tuple[Fraction, bool, bool, str]:
    """Put those first that cost most beside others, then those with a figure of their own."""
    made = one.activity
    without = made.per_output is None, made.points_per_million is None
    return (-(one.times_median or Fraction(0)), *without, made.name)


def _activity(one: Efficiency) -> tuple[Cell, ...]:
    made, beside = one.activity, one.per_output
    return (
        Cell(made.name, made.name, language="id"),
        text_cell(made.kind),
        number_cell(made.villages),
        Cell(made.budget_idr, money(made.budget_idr)),
        number_cell(made.target, 0 if made.target is None or made.target.denominator == 1 else 2),
        text_cell(made.unit, language="id"),
        Cell(number_cell(made.per_output).value, money(made.per_output)),
        _middle(one),
        number_cell(beside.low if beside else None),
        number_cell(beside.high if beside else None),
        number_cell(one.times_median, 2),
        number_cell(one.comparables),
        number_cell(made.points_per_million, 3),
        number_cell(one.points.median if one.points else None, 3),
    )


def _middle(one: Efficiency) -> Cell:
    """Show the median of comparable ones with their quartiles."""
    beside = one.per_output
    if beside is None:
        return number_cell(None)
    words = say(
        "{median} ({low} sampai {high})",
        median=money(beside.median),
        low=money(beside.low),
        high=money(beside.high),
    )
    return Cell(number_cell(beside.median).value, words)


def _share(share: Fraction | None) -> Cell:
    if share is None:
        return number_cell(None)
    cell = number_cell(share * 100, 1, suffix=percent_sign())
    return Cell(cell.value, format_percent(share.numerator, share.denominator, 1))


def _source(today: date, *, is_simulated: bool) -> Source:
    title = say("Rencana desa contoh, SIMULASI") if is_simulated else say("Rencana di SIDARA")
    licence = say("bebas dipakai, angka rekaan") if is_simulated else say("tidak dinyatakan")
    code = "simulated:plans" if is_simulated else "plans"
    return Source(code, title, "SIDARA", licence, None, today, is_simulated=is_simulated)
