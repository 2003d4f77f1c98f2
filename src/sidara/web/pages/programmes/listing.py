"""`/program`: what all levels do where, with money by level, a map, and what is not known said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core import Level
from sidara.programmes.core.listed import ActivityRow, Sum
from sidara.programmes.queries import ActivityQuery
from sidara.regions import queries as regions
from sidara.regions.core import Level as Depth
from sidara.regions.core import Region
from sidara.ui import charts, hexmap
from sidara.ui.figures import Cell, Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.parts import Option
from sidara.web.pages.places import Link
from sidara.web.pages.programmes import form, words, world

YEAR, LEVEL, AREA, KIND, WORDS, GOAL = "tahun", "tingkat", "wilayah", "jenis", "kata", "tujuan"
LONGEST = 80
FIRST, MOST = 20, 300
YEAR_DIGITS = 4
CLASSES = (1, 2, 4)
"""From how many activities on a village is drawn darker."""


@dataclass(frozen=True)
class Asked:
    """The parts of the address, as they were read; `simulated`: which world."""

    simulated: bool
    year: int | None = None
    level: Level | None = None
    area: str = ""
    kind: str = ""
    words: str = ""
    goal: UUID | None = None

    @property
    def world(self) -> str:
        """Give the word of its world in addresses."""
        return world.word(simulated=self.simulated)

    @property
    def query(self) -> ActivityQuery:
        """Give what is asked of the room."""
        return ActivityQuery(
            is_simulated=self.simulated,
            year=self.year,
            level=self.level,
            within=self.area,
            activity_kind=self.kind,
            words=self.words,
            goal=self.goal,
        )

    def href(self, **changed: object) -> str:
        """Give the address with some parts changed."""
        said = {
            world.DATA: self.world,
            YEAR: self.year or "",
            LEVEL: self.level.value if self.level else "",
            AREA: self.area,
            KIND: self.kind,
            WORDS: self.words,
            GOAL: self.goal or "",
        } | changed
        told = {name: value for name, value in said.items() if value}
        return f"{reverse('programmes')}?{urlencode(told)}"


def read(actor: Actor, asked: Mapping[str, str]) -> Asked:
    """Read an address; what is none is left out."""
    told = {name: value[:LONGEST] if value.isprintable() else "" for name, value in asked.items()}
    year = told.get(YEAR, "")
    place = regions.resolve(actor, told.get(AREA, "")) if told.get(AREA) else None
    return Asked(
        world.is_simulated(actor, told),
        int(year) if year.isascii() and year.isdigit() and len(year) == YEAR_DIGITS else None,
        Level(told[LEVEL]) if told.get(LEVEL) in set(Level) else None,
        place.code if place else "",
        told.get(KIND, ""),
        told.get(WORDS, ""),
        form.uuid_of(told.get(GOAL, "")),
    )


@dataclass(frozen=True)
class LevelLine:
    """A level with its activities and money, or that nothing of it is known."""

    name: str
    count: str = ""
    money: str = ""
    note: str = ""
    href: str = ""
    is_known: bool = True


@dataclass(frozen=True)
class Page:
    """The list page."""

    asked: Asked
    place: Region | None
    levels: Sequence[LevelLine]
    figures: Mapping[str, Figure]
    drawing: str
    legend: Sequence[tuple[str, str]]
    choices: Mapping[str, Sequence[Option]]
    other: Link
    count: int
    unserved: int
    may_plan: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing answers what is asked."""
        return not self.count


def build(actor: Actor, asked: Asked) -> Page:
    """Build the page: everything that answers, sums by level, the map of the area."""
    rows = queries.activities(actor, asked.query)
    known = queries.levels_with_data(actor, is_simulated=asked.simulated, year=asked.year)
    sums = queries.activity_sums(actor, asked.query)
    place = regions.resolve(actor, asked.area or settings.SIDARA_PROVINCE)
    source = words.source(is_simulated=asked.simulated)
    kinds = {one.code: one.name for one in queries.catalogue(actor).kinds.kinds}
    drawing, legend, unserved = _map(actor, asked, place)
    figures = {
        "kegiatan": Figure(
            "kegiatan",
            say("{n} kegiatan", n=format_number(len(rows))),
            say("Kegiatan semua tingkat menurut saringan di atas; yang dibatalkan tidak dihitung."),
            _table(rows, kinds),
            (source,),
            first=FIRST,
            most=MOST,
        ),
    }
    if money := _money(sums):
        figures["uang"] = Figure(
            "uang",
            say("Uang menurut tingkat"),
            say("Anggaran kegiatan, rupiah. Kegiatan tanpa angka tidak dihitung sebagai nol."),
            money,
            (source,),
            drawing=charts.ranking_bars(
                [
                    charts.Bar(words.level(Level(key)), Decimal(one.budget_idr), words.brief(one.budget_idr))
                    for key, one in sorted(sums.items(), key=lambda pair: -pair[1].budget_idr)
                ],
                label=say("Uang menurut tingkat"),
            ),
        )
    return Page(
        asked,
        place if asked.area else None,
        _levels(asked, sums, known),
        figures,
        drawing,
        legend,
        _choices(actor, asked),
        Link(
            say("Lihat yang nyata") if asked.simulated else say("Lihat simulasi"),
            asked.href(**{world.DATA: world.word(simulated=not asked.simulated), AREA: "", YEAR: ""}),
        ),
        len(rows),
        unserved,
        actor.may_somewhere(queries.PLAN),
    )


def _levels(asked: Asked, sums: Mapping[str, Sum], known: "frozenset[Level]") -> list[LevelLine]:
    """Tell each level; one without any plan or activity is not known, which is not nothing."""
    lines = []
    for level in Level:
        held = sums.get(level.value)
        if level not in known:
            note = say("belum tentu tidak ada kegiatan")
            lines.append(LevelLine(words.level(level), note=note, is_known=False))
            continue
        held = held or Sum(0, 0, 0)
        note = (
            say("{n} tanpa angka anggaran", n=format_number(held.without_money)) if held.without_money else ""
        )
        lines.append(
            LevelLine(
                words.level(level),
                say("{n} kegiatan", n=format_number(held.activities)),
                words.brief(held.budget_idr),
                note,
                asked.href(**{LEVEL: level.value}),
            )
        )
    return lines


def _table(rows: Sequence[ActivityRow], kinds: Mapping[str, str]) -> Table:
    columns = (
        Column("kegiatan", say("Kegiatan")),
        Column("tahun", say("Tahun"), is_sortable=True),
        Column("tingkat", say("Tingkat")),
        Column("pelaksana", say("Pelaksana")),
        Column("jenis", say("Jenis")),
        Column("kode", say("Kode"), is_file_only=True),
        Column("anggaran", say("Anggaran"), is_number=True, is_sortable=True),
        Column("desa", say("Desa"), is_number=True, is_sortable=True),
        Column("keadaan", say("Keadaan")),
    )
    return Table(
        columns,
        tuple(
            (
                text_cell(one.name, href=reverse("programme", args=[one.uid]), language="id"),
                Cell(one.year, str(one.year)),
                text_cell(words.level(one.level)),
                text_cell(one.agency or one.area_name, language="id"),
                text_cell(kinds.get(one.activity_kind, one.activity_kind), language="id"),
                text_cell(one.code),
                Cell(one.budget_idr, words.rupiah(one.budget_idr)),
                text_cell(say("seluruh wilayah")) if one.is_whole_area else number_cell(one.villages),
                text_cell(say(words.STAGES[one.stage])),
            )
            for one in rows
        ),
    )


def _money(sums: Mapping[str, Sum]) -> Table | None:
    if not any(one.budget_idr for one in sums.values()):
        return None
    columns = (
        Column("tingkat", say("Tingkat")),
        Column("kegiatan", say("Kegiatan"), is_number=True),
        Column("anggaran", say("Anggaran"), is_number=True),
        Column("tanpa_angka", say("Tanpa angka"), is_number=True),
    )
    return Table(
        columns,
        tuple(
            (
                text_cell(words.level(Level(key))),
                number_cell(one.activities),
                Cell(one.budget_idr, words.rupiah(one.budget_idr)),
                number_cell(one.without_money),
            )
            for key, one in sums.items()
        ),
    )


def _map(actor: Actor, asked: Asked, place: Region | None) -> tuple[str, list[tuple[str, str]], int]:
    """Draw the villages of the area by how many activities name them; counts those that none names."""
    if place is None or place.level is Depth.VILLAGE:
        return "", [], 0
    served = queries.villages_served(actor, asked.query)
    laid = world.cells(actor, place.code, simulated=asked.simulated)
    if not laid:
        return "", [], 0
    names = {one.code: one for one in world.villages(actor, place.code, simulated=asked.simulated)}
    groups = []
    for part in [place] if place.level is Depth.DISTRICT else regions.children(actor, place.id):
        inside = regions.within(actor, part.id)
        own = [code for code in laid if code in inside]
        if own:
            busy = sum(code in served for code in own)
            title = say(
                "{name}: {busy} dari {all} desa disebut kegiatan",
                name=part.name,
                busy=format_number(busy),
                all=format_number(len(own)),
            )
            cells = tuple(
                hexmap.Cell(
                    *laid[code],
                    _mark(served.get(code, (0, 0))[0]),
                    names[code].name if code in names else code,
                    _title(names[code].full_name if code in names else code, served.get(code, (0, 0))),
                    asked.href(**{AREA: code}),
                )
                for code in own
            )
            groups.append(hexmap.Group(part.name, cells, title, asked.href(**{AREA: part.code})))
    draw = hexmap.villages if place.level is not Depth.PROVINCE else hexmap.overview
    label = say("Peta skematik {name}: banyaknya kegiatan tiap desa", name=place.full_name)
    legend = [
        ("k0", say("belum ada kegiatan yang menyebut desa ini")),
        ("k1", "1"),
        ("k2", "2–3"),
        ("k3", say("4 atau lebih")),
    ]
    return draw(groups, label=label), legend, sum(code not in served for code in laid)


def _mark(count: int) -> str:
    return f"k{sum(count >= bound for bound in CLASSES)}"


def _title(name: str, served: tuple[int, int]) -> str:
    if not served[0]:
        return say("{name}: belum ada kegiatan yang menyebutnya", name=name)
    return say(
        "{name}: {n} kegiatan dari {levels} tingkat",
        name=name,
        n=format_number(served[0]),
        levels=format_number(served[1]),
    )


def _choices(actor: Actor, asked: Asked) -> dict[str, list[Option]]:
    """Give the options of the filters by their name in addresses."""
    top = regions.resolve(actor, settings.SIDARA_PROVINCE)
    areas = regions.children(actor, top.id) if top else []
    chosen = regions.resolve(actor, asked.area) if asked.area else None
    own = [Option(one.code, one.full_name, one.code == asked.area) for one in areas]
    if chosen is not None and not any(one.is_chosen for one in own):
        own.append(Option(chosen.code, chosen.full_name, is_chosen=True))
    kinds = queries.catalogue(actor).kinds.kinds
    years = queries.activity_years(actor, is_simulated=asked.simulated)
    return {
        YEAR: [Option(str(one), str(one), one == asked.year) for one in years],
        AREA: own,
        LEVEL: [Option(one.value, words.level(one), one is asked.level) for one in Level],
        KIND: [Option(one.code, one.name, one.code == asked.kind) for one in kinds],
    }
