"""`/rencana`: the documents of all levels in a year, and which of them nobody has recorded."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core import Level
from sidara.programmes.core.listed import PlanRow
from sidara.programmes.core.plan_kinds import Document
from sidara.regions import queries as regions
from sidara.regions.core import DESA, Region
from sidara.ui.figures import Cell, Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.places import Link
from sidara.web.pages.programmes import words, world

NAMED = 14
"""So many missing owners are named; of more only the number is told."""
FIRST, MOST = 20, 400


@dataclass(frozen=True)
class Missing:
    """A kind of document of a level: how many owners have one, and which have none."""

    kind: str
    name: str
    told: str
    missing: str
    is_complete: bool


@dataclass(frozen=True)
class LevelPart:
    """The documents of a level."""

    name: str
    lines: Sequence[Missing]


@dataclass(frozen=True)
class Page:
    """The page of documents."""

    simulated: bool
    year: int
    years: Sequence[int]
    levels: Sequence[LevelPart]
    figures: Mapping[str, Figure]
    unsupported: Sequence[Link]
    more_unsupported: str
    other: Link
    count: int
    may_plan: bool

    @property
    def world(self) -> str:
        """Give the word of its world in addresses."""
        return world.word(simulated=self.simulated)


def build(actor: Actor, asked: Mapping[str, str], *, this_year: int) -> Page:
    """Build the page for a year; `asked`: the parts of the address."""
    simulated = world.is_simulated(actor, asked)
    everything = queries.plans(actor, is_simulated=simulated)
    years = sorted({year for one in everything for year in range(one.year_from, one.year_to + 1)})
    text = asked.get("tahun", "")
    yearly = {one.year_from for one in everything if one.year_from == one.year_to}
    year = int(text) if text in {str(one) for one in years} else _worked_on(yearly, years, this_year)
    rows = [one for one in everything if one.year_from <= year <= one.year_to]
    owners = _owners(actor, simulated=simulated)
    kinds = queries.plan_kinds(actor)
    levels = [
        LevelPart(
            words.level(level),
            [_missing(document, level, rows, owners.get(level, ())) for document in kinds.of_level(level)],
        )
        for level in Level
    ]
    bare = queries.unsupported_goals(actor, is_simulated=simulated)
    other = reverse("plans") + f"?{world.DATA}={world.word(simulated=not simulated)}"
    figures = {}
    if rows:
        figures["dokumen"] = Figure(
            "dokumen",
            say("{n} dokumen berlaku pada {year}", n=format_number(len(rows)), year=year),
            say("Pagu adalah jumlah baris dokumen; pagu perubahan dipakai bila ada."),
            _table(rows),
            (words.source(is_simulated=simulated),),
            first=FIRST,
            most=MOST,
        )
    return Page(
        simulated,
        year,
        years,
        levels,
        figures,
        [
            Link(f"{one.name} ({one.plan_title})", f"{reverse('plan', args=[one.plan])}#t-{one.uid}")
            for one in bare[:FIRST]
        ],
        say("dan {n} lainnya", n=format_number(len(bare) - FIRST)) if len(bare) > FIRST else "",
        Link(say("Lihat yang nyata") if simulated else say("Lihat simulasi"), other),
        len(rows),
        actor.may_somewhere(queries.PLAN),
    )


def _worked_on(yearly: Collection[int], years: Sequence[int], this_year: int) -> int:
    """Give the nearest coming year with a yearly plan; without one the year nearest to this one."""
    coming = [one for one in yearly if one >= this_year]
    return (
        min(coming) if coming else min(years, key=lambda one: (abs(one - this_year), one), default=this_year)
    )


def _owners(actor: Actor, *, simulated: bool) -> dict[Level, Sequence[Region]]:
    """Give who is expected to have documents, by level; of the centre and companies nobody knows all."""
    top = regions.resolve(actor, settings.SIDARA_PROVINCE)
    if top is None:
        return {}
    villages = world.villages(actor, top.code, simulated=simulated)
    return {
        Level.PROVINCE: (top,),
        Level.REGENCY: tuple(regions.children(actor, top.id)),
        Level.VILLAGE: tuple(one for one in villages if one.kind.value in DESA),
    }


def _missing(document: Document, level: Level, rows: Sequence[PlanRow], owners: Sequence[Region]) -> Missing:
    """Tell who has a kind of document and who has none that is known."""
    have = {one.area for one in rows if one.kind is document.code and one.level is level}
    count = sum(one.kind is document.code and one.level is level for one in rows)
    if not owners:
        told = say("{n} tercatat", n=format_number(count)) if count else say("belum ada data")
        return Missing(document.code.value, document.name, told, "", is_complete=bool(count))
    lacking = [one for one in owners if one.code not in have]
    told = say(
        "{have} dari {all} pemilik",
        have=format_number(len(owners) - len(lacking)),
        all=format_number(len(owners)),
    )
    if not lacking:
        names = ""
    elif len(lacking) == len(owners) > 1:
        names = say("belum ada satu pun")
    elif len(lacking) <= NAMED:
        names = say("belum ada: {names}", names=", ".join(one.name for one in lacking))
    else:
        names = say("belum ada dari {n} pemilik", n=format_number(len(lacking)))
    return Missing(document.code.value, document.name, told, names, is_complete=not lacking)


def _table(rows: Sequence[PlanRow]) -> Table:
    columns = (
        Column("dokumen", say("Dokumen")),
        Column("jenis", say("Jenis")),
        Column("tingkat", say("Tingkat")),
        Column("pemilik", say("Pemilik")),
        Column("masa", say("Masa berlaku")),
        Column("tujuan", say("Tujuan"), is_number=True, is_sortable=True),
        Column("baris", say("Baris"), is_number=True, is_sortable=True),
        Column("pagu", say("Pagu"), is_number=True, is_sortable=True),
    )
    return Table(
        columns,
        tuple(
            (
                text_cell(one.title, href=reverse("plan", args=[one.uid]), language="id"),
                text_cell(one.kind.value, language="id"),
                text_cell(words.level(one.level)),
                text_cell(one.agency or one.area_name, language="id"),
                Cell(f"{one.year_from}-{one.year_to}", _span(one)),
                number_cell(one.goals),
                number_cell(one.lines),
                Cell(one.ceiling_idr, words.rupiah(one.ceiling_idr)),
            )
            for one in rows
        ),
    )


def _span(one: PlanRow) -> str:
    return str(one.year_from) if one.year_from == one.year_to else f"{one.year_from}–{one.year_to}"
