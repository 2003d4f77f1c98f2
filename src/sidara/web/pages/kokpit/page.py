"""The page of the kokpit: a finding, key figures, the heat table with its ways down, who is stuck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.number import Language
from sidara.progress import queries
from sidara.progress.core import Reason, Sums
from sidara.progress.queries import READ_VILLAGES, Scope
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.figures import Figure, Source
from sidara.ui.language import active, format_moment, format_number, format_percent, say
from sidara.ui.periods import format_code
from sidara.verification.core import Step
from sidara.web.pages.address import EXAMPLE, REAL
from sidara.web.pages.kokpit import heat as tiles
from sidara.web.pages.kokpit import people
from sidara.web.pages.kokpit.asked import Asked
from sidara.web.pages.parts import Choice, Item
from sidara.web.pages.places import Link, full_name, word_of_many

LOWER = {Level.PROVINCE: "regency", Level.REGENCY: "district", Level.DISTRICT: "village"}
COLUMNS = {Level.REGENCY: "regency", Level.DISTRICT: "district", Level.VILLAGE: "village"}


@dataclass(frozen=True)
class Page:
    """All that the kokpit shows; without `heat` nothing is expected there."""

    title: str
    above: str
    lead: str
    is_simulated: bool
    items: Sequence[Item] = ()
    trail: Sequence[Link] = ()
    choices: Sequence[Choice] = ()
    measures: Sequence[Link] = ()
    heat: tiles.Heat | None = None
    villages: Figure | None = None
    held: people.Held | None = None
    is_closed: bool = False
    files: Mapping[str, Figure] = field(default_factory=dict)
    query: str = ""
    area: str = ""


def build(actor: Actor, asked: Asked, province: str, *, today: date, whole: bool = False) -> Page:
    """Build the page; `whole` names everybody in its files instead of the longest ones."""
    asked = _settled(actor, asked, province)
    mark, region = queries.marked(actor), regions.resolve(actor, asked.wilayah or province)
    is_simulated = asked.dataset == EXAMPLES
    if region is None or (region.level is Level.VILLAGE and not _may_see(actor, region)):
        return Page(say("Wilayah ini tidak ada"), "", "", is_simulated)
    scope = asked.scope(province)
    years = queries.years(actor, asked.dataset)
    if not asked.tahun and years:
        asked = replace(asked, tahun=str(_current(years, today)))
        scope = asked.scope(province)
    counted = _counted(actor, asked, scope, region, today)
    parts = counted.sums if counted else queries.rolled(actor, scope, by=("province",), today=today)
    sums = sum(parts.values(), start=Sums())
    as_of = format_moment(mark.refreshed_at) if mark.refreshed_at else ""
    above = say(
        "{place}, {period}, per {moment} WIB", place=full_name(region), period=_period(asked), moment=as_of
    )
    choices = _choices(actor, asked, years)
    trail = _trail(actor, region, asked)
    if not sums.expected:
        lead = say("Formulir ditunggu sejak masa pengisiannya dibuka dan ada desa yang mulai mengisi.")
        title = say("Belum ada formulir yang ditunggu di sini")
        return Page(title, above if as_of else "", lead, is_simulated, trail=trail, choices=choices)
    sources = (_source(mark.refreshed_at and local_date(mark.refreshed_at), is_simulated=is_simulated),)
    zero = queries.days_to_zero(actor)
    measures = tiles.measures(queries.content(actor), today.toordinal(), zero)
    measure = measures[asked.ukuran]
    table = tiles.build(measure, counted, sources) if counted else None
    held = people.build(actor, scope, today=today, sources=sources, all_named=whole)
    listed = None
    if whole or asked.formulir or region.level in {Level.DISTRICT, Level.VILLAGE}:
        listed = people.villages(actor, scope, today=today, sources=sources, whole=whole)
    files = [table.figure if table else None, held.reasons, held.named, listed]
    owing, villages = queries.villages_owing(actor, scope, today=today)
    return Page(
        _finding(owing, villages, queries.reasons(actor, scope, today=today)),
        above,
        "",
        is_simulated,
        _items(actor, scope, sums, today),
        trail,
        choices,
        tuple(
            Link(one.name, "" if key == asked.ukuran else asked.href(ukuran=key))
            for key, one in measures.items()
        ),
        table,
        listed,
        held,
        not actor.may_somewhere(READ_VILLAGES),
        {one.key: one for one in files if one is not None},
        asked.href(page="x").removeprefix("x"),
        region.code,
    )


def _may_see(actor: Actor, village: Region) -> bool:
    """Whether the reader may see how far a village is: who answers for it."""
    return any(area.holds(village.code) for area in actor.areas(READ_VILLAGES))


def _settled(actor: Actor, asked: Asked, province: str) -> Asked:
    """Begin where the reader works; choose real villages where anybody began there, else example villages."""
    asked = replace(asked, wilayah=asked.wilayah or _own(actor, province))
    if asked.wilayah:
        place = regions.resolve(actor, asked.wilayah)
        if place is not None and place.is_example:
            return replace(asked, himpunan=EXAMPLE, wilayah=place.code)
    if asked.himpunan:
        return asked
    has_real = queries.is_expected(actor, COLLECTION)
    return replace(asked, himpunan=REAL if has_real or not queries.is_expected(actor, EXAMPLES) else EXAMPLE)


def _own(actor: Actor, province: str) -> str:
    """Give the area whose villages the reader may see; empty for the province, all of it and several."""
    own = actor.own_area(READ_VILLAGES)
    return "" if own == province else own


def _current(years: Sequence[int], today: date) -> int:
    """Give the year that is collected now: the last one whose yearly forms are open."""
    past = [one for one in years if one < today.year]
    return past[-1] if past else years[-1]


def _period(asked: Asked) -> str:
    return format_code(asked.periode or asked.tahun)


def _source(day: date | None, *, is_simulated: bool) -> Source:
    title = say("Isian desa contoh, SIMULASI") if is_simulated else say("Isian desa di SIDARA")
    dataset = EXAMPLES if is_simulated else COLLECTION
    licence = say("bebas dipakai, angka rekaan") if is_simulated else say("tidak dinyatakan")
    return Source(dataset, title, "SIDARA", licence, None, day, is_simulated=is_simulated)


def _choices(actor: Actor, asked: Asked, years: Sequence[int]) -> tuple[Choice, ...]:
    """Give what may be chosen: real or example villages, year, sector, form."""
    both = [one for one in (COLLECTION, EXAMPLES) if queries.is_expected(actor, one)]
    words = {COLLECTION: (REAL, say("Desa")), EXAMPLES: (EXAMPLE, say("Desa contoh, SIMULASI"))}
    made = []
    if len(both) > 1:
        links = [
            Link(words[one][1], "" if one == asked.dataset else Asked(words[one][0]).href()) for one in both
        ]
        made.append(Choice(say("Data"), links))
    if len(years) > 1:
        links = [
            Link(str(one), "" if str(one) == asked.tahun else asked.href(tahun=str(one), periode=""))
            for one in years
        ]
        made.append(Choice(say("Tahun"), links))
    if asked.bidang or asked.formulir:
        links = [Link(say("Semua bidang"), asked.href(bidang="", formulir="", periode=""))]
        sectors = dictionary.dictionary(actor).sectors
        if asked.bidang in sectors:
            href = asked.href(formulir="", periode="") if asked.formulir else ""
            links.append(Link(_named(sectors[asked.bidang]), href))
        forms = dictionary.dictionary(actor).forms
        if asked.formulir in forms:
            href = asked.href(periode="") if asked.periode else ""
            links.append(Link(forms[asked.formulir].topic, href))
        if asked.periode:
            links.append(Link(format_code(asked.periode)))
        made.append(Choice(say("Bidang dan formulir"), links))
    return tuple(made)


def _named(one: object) -> str:
    english = getattr(one, "name_en", "")
    return english if english and active() is Language.ENGLISH else str(getattr(one, "name", ""))


def _short(name: str) -> str:
    """Give the first word of a sector's Indonesian name: a column is narrow, and it is known by that."""
    return name if active() is Language.ENGLISH else name.split(maxsplit=1)[0].rstrip(",")


def _trail(actor: Actor, region: Region, asked: Asked) -> tuple[Link, ...]:
    above = regions.ancestors(actor, region.id)
    if not above:
        return ()
    links = [Link(one.name, asked.href(wilayah=one.code)) for one in above]
    return (*links, Link(region.name))


def _counted(actor: Actor, asked: Asked, scope: Scope, region: Region, today: date) -> tiles.Counted | None:
    """Count what lies below a region, by sector, within one by form, within one by period."""
    lower = LOWER.get(region.level)
    if lower is None or (lower == "village" and not actor.may_somewhere(READ_VILLAGES)):
        return None
    made = dictionary.dictionary(actor)
    column = "period" if asked.formulir else "form" if asked.bidang else "sector"
    sums = queries.rolled(actor, scope, by=(lower, column), today=today)
    ids = {area for area, _ in sums}
    places = regions.regions(actor, ids)
    areas = {one: Link(place.name, asked.href(wilayah=place.code)) for one, place in places.items()}
    found = {one for _, one in sums}
    links: dict[str, Link]
    if column == "sector":
        links = {
            code: Link(_short(_named(one)), asked.href(bidang=code)) for code, one in made.sectors.items()
        }
    elif column == "form":
        links = {code: Link(one.name, asked.href(formulir=code)) for code, one in made.forms.items()}
    else:
        links = {one: Link(format_code(one), asked.href(periode=one)) for one in sorted(found)}
    key = {"sector": "bidang", "form": "formulir", "period": "periode"}[column]

    def tile(area: object, one: str) -> str:
        place = places.get(area) if isinstance(area, int) else None
        return asked.href(**{key: one} | ({"wilayah": place.code} if place else {}))

    words = (
        word_of_many(Level(region.level + 1)),
        {"sector": say("Bidang"), "form": say("Formulir")}.get(column, say("Periode")),
    )
    return tiles.Counted(sums, areas, {one: link for one, link in links.items() if one in found}, tile, words)


def _finding(owing: int, villages: int, reasons: Mapping[Reason, int]) -> str:
    if not owing:
        return say("Semua formulir yang jatuh tempo sudah dikirim")
    told = say(
        "{n} dari {all} desa dan kelurahan belum mengirim semua formulir",
        n=format_number(owing),
        all=format_number(villages),
    )
    no_link = reasons.get(Reason.NO_LINK, 0)
    if no_link:
        return say("{told}, {n} karena tidak ada sinyal", told=told, n=format_number(no_link))
    return told


def _items(actor: Actor, scope: Scope, sums: Sums, today: date) -> tuple[Item, ...]:
    waits = queries.waits(actor, scope, today=today)
    limits = queries.content(actor).limits.days
    district = waits.get(Step.DISTRICT)
    return (
        Item(
            say("Formulir terkirim"),
            format_number(sums.sent),
            say(
                "dari {all}, {share}",
                all=format_number(sums.expected),
                share=format_percent(sums.sent, sums.expected),
            ),
        ),
        Item(
            say("Diperiksa kabupaten"),
            format_number(sums.regency),
            say(
                "{share}, {n} sudah final",
                share=format_percent(sums.regency, sums.expected),
                n=format_number(sums.final),
            ),
        ),
        Item(
            say("Isian meragukan"),
            format_number(sums.doubted),
            say("{share} dari isian yang terisi", share=format_percent(sums.doubted, sums.cells or 1, 1)),
        ),
        Item(
            say("Lama di kecamatan"),
            say("{n} hari", n=format_number(district.median)) if district else format_number(None),
            say(
                "nilai tengah {n} kiriman, batas {limit} hari",
                n=format_number(district.count),
                limit=limits[Step.DISTRICT],
            )
            if district
            else say("tidak ada yang menunggu"),
        ),
    )
