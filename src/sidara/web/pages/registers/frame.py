"""What the pages of the registers share: where the reader stands, choices, sources, areas below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.collection.core.rights import READ
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.programmes import queries
from sidara.programmes.core.registers import Status
from sidara.programmes.queries import Counted, Scope
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.charts import Bar, ranking_bars
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_date, format_number, format_percent, percent_sign, say
from sidara.web.pages.address import EXAMPLE, REAL
from sidara.web.pages.parts import Choice, Item, Note
from sidara.web.pages.places import Link, full_name, word
from sidara.web.pages.registers.asked import Asked

TABS = (
    ("register-apparatus", noop("Aparatur")),
    ("register-participation", noop("Partisipasi")),
    ("register-institutions", noop("Lembaga")),
    ("proposals", noop("Usulan")),
)
STATUS_WORDS = {
    Status.FINAL: noop("Final"),
    Status.SENT: noop("Sedikitnya terkirim"),
    Status.ALL: noop("Semua, termasuk draf"),
}
BARS = 15
"""Areas that a picture shows; the table has all of them."""


@dataclass(frozen=True)
class Page:
    """All that a page of the registers shows; without figures nothing is counted there."""

    title: str
    above: str = ""
    lead: str = ""
    is_simulated: bool = False
    items: Sequence[Item] = ()
    trail: Sequence[Link] = ()
    tabs: Sequence[Link] = ()
    choices: Sequence[Choice] = ()
    notes: Sequence[Note] = ()
    figures: Sequence[Figure] = ()
    query: str = ""
    area: str = ""

    @property
    def files(self) -> Mapping[str, Figure]:
        """Give the tables that may be fetched, by key."""
        return {one.key: one for one in self.figures if one.table is not None}


@dataclass(frozen=True)
class Stand:
    """Where a reader stands: who, what is asked, of which area; what every page needs."""

    actor: Actor
    page: str
    asked: Asked
    scope: Scope
    region: Region
    today: date
    years: Sequence[int] = ()
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_simulated(self) -> bool:
        """Whether the villages are example villages."""
        return self.scope.dataset == EXAMPLES

    @property
    def address(self) -> str:
        """The address of the page itself."""
        return reverse(self.page)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the figures come from, as of which day."""
        mark = queries.register_mark(self.actor).refreshed_at
        day = self.scope.as_of or (local_date(mark) if mark else None)
        title = say("Daftar isian desa contoh, SIMULASI") if self.is_simulated else say("Daftar isian desa")
        licence = say("bebas dipakai, angka rekaan") if self.is_simulated else say("tidak dinyatakan")
        return (
            Source(self.scope.dataset, title, "SIDARA", licence, None, day, is_simulated=self.is_simulated),
        )

    def label(self, column: str, code: str) -> str:
        """Give the word for an option of a column of a list; `?` = not said."""
        if code == "?":
            return say("tidak disebut")
        return say(self.options.get(column, {}).get(code, code))

    def codes(self, column: str) -> tuple[str, ...]:
        """Give the options of a column in their order."""
        return tuple(self.options.get(column, {}))


def stand(actor: Actor, page: str, asked: Asked, province: str, *, today: date) -> Stand | Page:
    """Settle what is asked; a page that says so where there is no such area, or nothing at all."""
    region = regions.resolve(actor, asked.wilayah or actor.own_area(READ) or province)
    if region is not None and region.is_example:
        asked = replace(asked, himpunan=EXAMPLE, wilayah=region.code)
    if not asked.himpunan:
        has_real = queries.has_lists(actor, COLLECTION)
        asked = replace(asked, himpunan=REAL if has_real else EXAMPLE)
    is_simulated = asked.dataset == EXAMPLES
    if region is None or (region.level is Level.VILLAGE and region.is_example is not is_simulated):
        return Page(say("Wilayah ini tidak ada"), is_simulated=is_simulated)
    years = queries.register_years(actor, asked.dataset)
    if not asked.tahun and years:
        past = [one for one in years if one < today.year]
        asked = replace(asked, tahun=str(past[-1] if past else years[-1]))
    scope = queries.settled(actor, asked.scope(region.code))
    asked = replace(asked, keadaan=scope.status.value)
    made = Stand(actor, page, asked, scope, region, today, years, _options(actor))
    if not years:
        return replace(
            empty(made),
            lead=say("Register dihitung dari daftar pada formulir desa, sesudah ada desa yang mengisinya."),
        )
    return made


def _options(actor: Actor) -> Mapping[str, Mapping[str, str]]:
    """Give the options of the columns of the lists, by column and code."""
    made = dictionary.dictionary(actor)
    return {
        column.code: {one.code: one.label for one in made.options_of(column)}
        for own in made.lists.values()
        for column in own.columns
        if column.is_choice
    }


def empty(at: Stand) -> Page:
    """Give the page of an area and year of which nothing is counted."""
    return Page(
        say("Belum ada daftar yang dapat dihitung di sini"),
        above(at),
        say("Pilih tahun, keadaan, atau wilayah lain."),
        at.is_simulated,
        trail=trail(at),
        tabs=tabs(at),
        choices=choices(at),
        area=at.region.code,
    )


def above(at: Stand) -> str:
    """Say of which area, year, status and day a page is."""
    year = str(at.scope.year or format_number(None))
    told = {"place": full_name(at.region), "year": year, "status": _status(at).lower()}
    if at.scope.as_of is not None:
        told["day"] = format_date(at.scope.as_of)
    sentence = "{place}, {year}, {status}, per {day}" if at.scope.as_of else "{place}, {year}, {status}"
    return sentence.format(**told)


def _status(at: Stand) -> str:
    return say(STATUS_WORDS[at.scope.status])


def trail(at: Stand) -> tuple[Link, ...]:
    """Lead up from an area."""
    above_it = regions.ancestors(at.actor, at.region.id)
    links = [Link(one.name, at.asked.href(at.address, wilayah=one.code)) for one in above_it]
    return (*links, Link(at.region.name)) if links else ()


def tabs(at: Stand) -> tuple[Link, ...]:
    """Lead to the other registers of the same area."""
    asked = replace(at.asked, tingkat="", asal="", nasib="")
    return tuple(
        Link(say(words), "" if name == at.page else asked.href(reverse(name))) for name, words in TABS
    )


def choices(at: Stand) -> tuple[Choice, ...]:
    """Give what may be chosen: real or example villages, year, status."""
    made = []
    both = [name for name in (REAL, EXAMPLE) if queries.has_lists(at.actor, Asked(name).dataset)]
    words = {REAL: say("Desa"), EXAMPLE: say("Desa contoh, SIMULASI")}
    if len(both) > 1:
        links = [
            Link(words[one], "" if one == at.asked.himpunan else Asked(one).href(at.address)) for one in both
        ]
        made.append(Choice(say("Data"), links))
    if len(at.years) > 1:
        links = [
            Link(str(one), "" if one == at.scope.year else at.asked.href(at.address, tahun=str(one)))
            for one in at.years
        ]
        made.append(Choice(say("Tahun"), links))
    if at.is_simulated or queries.may_see_closed(at.actor, at.scope):
        links = [
            Link(say(told), "" if one is at.scope.status else at.asked.href(at.address, keadaan=one.value))
            for one, told in STATUS_WORDS.items()
        ]
        made.append(Choice(say("Daftar yang dihitung"), links))
    return tuple(made)


def page(  # noqa: PLR0913, PLR0917 - what a page is made of
    at: Stand,
    title: str,
    items: Sequence[Item],
    figures: Sequence[Figure | None],
    made: Counted,
    notes: Sequence[Note] = (),
) -> Page:
    """Put a page together; its lead says who reported."""
    reported, expected = sum(made.reported.values()), sum(made.expected.values())
    lead = say("{n} dari {all} desa melapor.", n=format_number(reported), all=format_number(expected))
    return Page(
        title,
        above(at),
        lead,
        at.is_simulated,
        items,
        trail(at),
        tabs(at),
        choices(at),
        notes,
        tuple(one for one in figures if one is not None),
        at.asked.href(""),
        at.region.code,
    )


def count_cell(count: int | None) -> Cell:
    """Make a cell of a count; one that is withheld is said."""
    return Cell(None, say("ditutup")) if count is None else number_cell(count)


def share_cell(part: int | None, whole: int | None) -> Cell:
    """Make a cell of a share in percent; of nothing a dash."""
    if part is None or whole is None:
        return Cell(None, say("ditutup"))
    return number_cell(Decimal(100 * part) / whole if whole else None, 1, suffix=percent_sign())


def share(part: int | None, whole: int | None) -> str:
    """Write a share; of nothing a dash."""
    return format_percent(part, whole) if part is not None and whole else format_number(None)


def areas(
    at: Stand,
    made: Counted,
    columns: Sequence[tuple[Column, Callable[[int], Cell]]],
    known: Sequence[tuple[Column, Callable[[int], Cell]]] = (),
) -> Table:
    """Set the areas below beside each other: who reported, and the columns that are asked; they lead down.

    Where nobody reported there is a dash: nothing is known there, and that is no zero. What is `known` of an
    area comes from no list and stands everywhere.
    """
    places = regions.regions(at.actor, made.expected)
    level = Level(min(at.region.level + 1, Level.VILLAGE))
    head = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("wilayah", word(level)),
        Column("desa_melapor", say("Desa melapor"), is_number=True),
    )
    ordered = sorted(made.expected, key=lambda id_: places[id_].code)
    rows = tuple(
        (
            text_cell(places[id_].code),
            text_cell(places[id_].name, href=at.asked.href(at.address, wilayah=places[id_].code)),
            Cell(
                made.reported.get(id_, 0),
                say(
                    "{n} dari {all}",
                    n=format_number(made.reported.get(id_, 0)),
                    all=format_number(made.expected[id_]),
                ),
            ),
            *(cell(id_) if made.reported.get(id_) else number_cell(None) for _, cell in columns),
            *(cell(id_) for _, cell in known),
        )
        for id_ in ordered
    )
    return Table((*head, *(column for column, _ in (*columns, *known))), rows)


def share_bar(name: str, some: int, all_of: int, *, is_low: bool = False) -> Bar:
    """Draw a share with the counts that it is of; `all_of` is not 0."""
    part = format_percent(some, all_of)
    told = say("{share}, {n} dari {all}", share=part, n=format_number(some), all=format_number(all_of))
    return Bar(name, Decimal(100 * some) / all_of, told, part, is_low=is_low)


def area_bars(
    at: Stand, made: Counted, part: str, whole: str, *, is_lowest_first: bool = False
) -> tuple[Bar, ...]:
    """Rank the areas below by a share, the largest or lowest first; the table has those without figures."""
    places = regions.regions(at.actor, made.expected)
    told = []
    for id_ in made.expected:
        some, all_of = made.of_area(id_, part), made.of_area(id_, whole)
        if some is not None and all_of:
            told.append(share_bar(places[id_].name, some, all_of))
    told.sort(key=lambda bar: (bar.value if is_lowest_first else -bar.value, bar.label))
    return tuple(told[:BARS])


def figure(  # noqa: PLR0913, PLR0917 - what a picture is made of
    at: Stand,
    key: str,
    title: str,
    subtitle: str,
    table: Table | None,
    bars: Sequence[Bar] = (),
    notes: Sequence[str] = (),
) -> Figure:
    """Put a picture in its frame, with the table behind it."""
    drawing = ranking_bars(bars, label=title) if len(bars) > 1 else None
    return Figure(key, title, subtitle, table, at.sources, drawing=drawing, notes=notes)
