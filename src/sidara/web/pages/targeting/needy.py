"""Villages by need: the form, a table and a map that show what is not sure, and what weights would do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import UUID, uuid4

from django.urls import reverse

from sidara.dictionary import queries as dictionary
from sidara.indices import queries as indices
from sidara.kernel.actor import Actor
from sidara.programmes.core.targeting.need import Part, Scale, Sense, Span
from sidara.programmes.core.targeting.ranking import Ranked as Row
from sidara.programmes.core.targeting.ranking import Ranking
from sidara.programmes.queries import targeting
from sidara.programmes.queries.targeting import Ranked
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui import hexmap
from sidara.ui.figures import Cell, Column, Figure, Mark, Table, number_cell, text_cell
from sidara.ui.language import format_number, percent_sign, say
from sidara.web.pages import asking
from sidara.web.pages.parts import Option
from sidara.web.pages.targeting.asked import SIMULATED, Asked
from sidara.web.pages.targeting.places import cells, sources_of

HUNDRED = 100
STEPS = 5
"""So many classes of need: 0 to 20, … 80 to 100."""


@dataclass(frozen=True)
class Line:
    """A village of the table: its places, need and figures (of what, how much) in words; whether ticked."""

    code: str
    name: str
    area: str
    href: str
    place: str
    possible: str
    shifted: str
    need: str
    figures: Sequence[tuple[str, str]]
    is_sure: bool
    is_chosen: bool


@dataclass(frozen=True)
class NeedPage:
    """All that the page shows; without `lines` its findings say why."""

    region: Region
    asked: Asked
    title: str
    lead: str
    areas: Sequence[Option]
    indices: Sequence[Option]
    levels: Sequence[tuple[str, Sequence[Option]]]
    weights: Sequence[tuple[Option, str]]
    indicators: Sequence[Option]
    message_id: UUID
    formula_faults: Sequence[str] = ()
    findings: Sequence[str] = ()
    parts: Sequence[str] = ()
    heads: Sequence[str] = ()
    lines: Sequence[Line] = ()
    sure: str = ""
    map: str = ""
    legend: Sequence[Mark] = ()
    figures: Mapping[str, Figure] | None = None
    is_simulated: bool = False
    budget: str = ""
    switch: tuple[str, str] = ("", "")
    real: str = ""


def build(actor: Actor, region: Region, asked: Asked) -> NeedPage:
    """Build the page of an area."""
    made = targeting.ranked(actor, asked.need())
    formula = asked.one("rumus")
    faults = tuple(one.message for one in made.findings if formula and _is_of_formula(one.code))
    levels = tuple(_levels(actor, asked))
    world = ("", say("Desa nyata")) if asked.is_simulated else (SIMULATED, say("Desa contoh (SIMULASI)"))
    page = NeedPage(
        region=region,
        asked=asked,
        title=say("Kebutuhan desa di {name} belum dapat dihitung", name=region.name),
        lead=say("Ubah ukurannya di bawah ini."),
        areas=tuple(areas_of(actor, region)),
        indices=tuple(
            Option(one.slug, one.name, one.slug == asked.index) for one in indices.definitions(actor)
        ),
        levels=levels,
        weights=tuple(
            (one, asked.one(f"bobot-{one.value}")) for _, items in levels for one in items if one.is_chosen
        ),
        indicators=tuple(_indicators(actor, asked)),
        message_id=uuid4(),
        formula_faults=faults,
        findings=tuple(f"{one.message} {one.remedy}" for one in made.findings if one.message not in faults),
        budget=f"{reverse('target-budget')}?{asked.query}",
        switch=(f"{reverse('targets')}?{asked.other(data=world[0])}", world[1]),
    )
    few = next((one.value for one in made.findings if one.code == "NEED_SIMULATED" and one.value), "")
    if few:
        page = replace(page, real=f"{reverse('targets')}?{asked.other(himpunan=few)}")
    return page if made.ranking is None else _told(actor, page, made, made.ranking)


def _is_of_formula(code: str) -> bool:
    return code.startswith("EXPRESSION") or code == "NEED_FORMULA_KIND"


def _told(actor: Actor, page: NeedPage, made: Ranked, ranking: Ranking) -> NeedPage:
    """Add what a ranking shows."""
    region, asked = page.region, page.asked
    sure, possible = len(ranking.sure), len(ranking.possible)
    told = {"top": format_number(ranking.top), "sure": format_number(sure)}
    certain = say("{sure} desa pasti termasuk {top} teratas.", **told)
    if possible > sure:
        certain = say(
            "{sure} desa pasti termasuk {top} teratas; {possible} desa mungkin termasuk, sebab ada isi yang"
            " belum diketahui.",
            **told,
            possible=format_number(possible),
        )
    return replace(
        page,
        title=_title(ranking, region),
        lead=say(
            "Urutan {count} desa menurut kebutuhan 0 sampai 100, tahun {years}.",
            count=format_number(len(ranking.rows)),
            years=", ".join(map(str, made.years)),
        ),
        parts=tuple(_part(part, one, ends) for part, one, ends in _weighed(ranking)),
        heads=tuple(part.label for part in ranking.needs.parts),
        lines=tuple(_line(asked, made, ranking, one) for one in ranking.rows[: ranking.top]),
        sure=certain,
        map=_map(actor, region, asked, made, ranking) if region.level >= Level.REGENCY else "",
        legend=_legend(),
        figures={"urutan": _figure(made, ranking)},
        is_simulated=made.is_simulated,
    )


def _title(ranking: Ranking, region: Region) -> str:
    """Say who needs most, one village or several alike; where others could need as much, what is sure."""
    first, *others = (one.village for one in ranking.rows)
    alike = [one for one in others if one.need == first.need and first.need.is_sure]
    is_open = any(one.need.most >= first.need.least for one in others if one not in alike)
    told = {"first": first.name, "n": format_number(1 + len(alike)), "name": region.name}
    if alike and is_open:
        return say("Di {name}, kebutuhan yang sudah pasti terbesar di {n} desa", **told)
    if alike:
        return say("{n} desa sama-sama paling membutuhkan di {name}", **told)
    if is_open:
        return say("Di {name}, kebutuhan yang sudah pasti terbesar di {first}", **told)
    return say("{first} paling membutuhkan di {name}", **told)


def _weighed(ranking: Ranking) -> "Iterator[tuple[Part, str, str]]":
    """Give each part with its weight and its ends in words."""
    needs = ranking.needs
    for part, share, ends in zip(needs.parts, needs.weights, needs.ends, strict=True):
        between = "" if ends is None else f"{_number(ends[0], part)}–{_number(ends[1], part)}"
        yield part, format_number(share * HUNDRED) + percent_sign(), between


def _part(part: Part, share: str, ends: str) -> str:
    """Say how a part counts."""
    sense = say("angka besar lebih butuh") if part.sense is Sense.MORE else say("angka kecil lebih butuh")
    scale = (
        say("skala tetap {ends}", ends=ends)
        if part.scale is Scale.FIXED
        else say("dari terkecil ke terbesar di wilayah ini, {ends}", ends=ends)
    )
    return say(
        "{label}: bobot {share}, {sense}, {scale}", label=part.label, share=share, sense=sense, scale=scale
    )


def _line(asked: Asked, made: Ranked, ranking: Ranking, one: Row) -> Line:
    village, parts = one.village, ranking.needs.parts
    chosen = asked.all("desa")
    return Line(
        village.code,
        village.name,
        made.area.areas.get(made.area.area_of.get(village.code, ""), ""),
        f"{reverse('gap', args=[village.code])}?{asked.other(desa='')}",
        format_number(one.place),
        _between(one.best, one.worst),
        "" if one.place_low is None else _between(one.place_low, one.place_high or one.place_low),
        _need(village.need),
        tuple((part.label, _span(figure, part)) for figure, part in zip(village.figures, parts, strict=True)),
        one.worst <= ranking.top,
        village.code in chosen if chosen else True,
    )


def _between(low: int, high: int) -> str:
    if low == high:
        return format_number(low)
    return say("{low} sampai {high}", low=format_number(low), high=format_number(high))


def _need(span: Span) -> str:
    low, high = (format_number(one * HUNDRED, 1) for one in (span.least, span.most))
    return low if span.is_sure else say("{low} sampai {high}", low=low, high=high)


def _span(span: Span | None, part: Part) -> str:
    if span is None:
        return say("belum diketahui")
    low, high = _number(span.least, part), _number(span.most, part)
    return low if span.is_sure else say("{low} sampai {high}", low=low, high=high)


def _number(value: Fraction, part: Part) -> str:
    return format_number(value, part.decimals)


def _style(span: Span) -> str:
    """Give the class of a need on the map: 1 = the most, `s` = several possible, `x` = nothing known."""
    low, high = (min(int(one * STEPS), STEPS - 1) for one in (span.least, span.most))
    if low == 0 and high == STEPS - 1:
        return "x"
    return "s" if low != high else str(STEPS - low)


def _legend() -> tuple[Mark, ...]:
    bands = tuple(
        Mark(str(STEPS - at), say("{low} sampai {high}", low=at * 20, high=at * 20 + 20))
        for at in range(STEPS)
    )
    return (*bands[::-1], Mark("s", say("selang, belum pasti")), Mark("x", say("belum diketahui")))


def _map(actor: Actor, region: Region, asked: Asked, made: Ranked, ranking: Ranking) -> str:
    """Draw the villages of a kabupaten or kecamatan by need; each leads to what closes its gaps."""
    laid = cells(actor, region.code, simulated=asked.is_simulated)
    found = []
    for one in ranking.rows:
        village = one.village
        if village.code in laid:
            column, row = laid[village.code]
            title = say(
                "{name}: kebutuhan {need}, peringkat {places}",
                name=village.name,
                need=_need(village.need),
                places=_between(one.best, one.worst),
            )
            href = f"{reverse('gap', args=[village.code])}?{asked.other(desa='')}"
            found.append(hexmap.Cell(column, row, f"w{_style(village.need)}", village.name, title, href))
    if not found:
        return ""
    simulated = "SIMULASI: " if made.is_simulated else ""
    label = say("{simulated}Peta kebutuhan desa di {name}", simulated=simulated, name=region.name)
    return hexmap.villages([hexmap.Group(region.name, tuple(found))], label=label)


def _figure(made: Ranked, ranking: Ranking) -> Figure:
    """Give all villages for files."""
    parts = ranking.needs.parts
    columns = (
        Column("peringkat", say("No."), is_number=True),
        Column("terbaik", say("Terbaik"), is_number=True),
        Column("terburuk", say("Terburuk"), is_number=True),
        Column("kode", say("Kode")),
        Column("desa", say("Desa")),
        Column("kebutuhan", say("Kebutuhan"), is_number=True),
        Column("kebutuhan_tertinggi", say("Kebutuhan tertinggi"), is_number=True),
        *(
            column
            for at, part in enumerate(parts, 1)
            for column in (
                Column(f"ukuran_{at}", part.label, is_number=True),
                Column(f"ukuran_{at}_tertinggi", say("{label}, tertinggi", label=part.label), is_number=True),
            )
        ),
    )
    rows = tuple(tuple(_cells(one, parts)) for one in ranking.rows)
    title = say("Urutan {count} desa menurut kebutuhan", count=format_number(len(rows)))
    return Figure(
        "urutan",
        title,
        say("Kebutuhan 0 sampai 100."),
        Table(columns, rows),
        sources_of(made.datasets, made.as_of),
    )


def _cells(one: Row, parts: Sequence[Part]) -> Iterator[Cell]:
    village = one.village
    yield from (number_cell(one.place), number_cell(one.best), number_cell(one.worst))
    yield from (text_cell(village.code), text_cell(village.name))
    yield from (number_cell(side * HUNDRED, 2) for side in (village.need.least, village.need.most))
    for figure, part in zip(village.figures, parts, strict=True):
        yield number_cell(figure.least if figure else None, part.decimals)
        yield number_cell(figure.most if figure else None, part.decimals)


def areas_of(actor: Actor, region: Region) -> Iterator[Option]:
    """Give the areas that can be asked about: those above, itself, those below."""
    for one in regions.ancestors(actor, region.id):
        if one.level >= Level.PROVINCE:
            yield Option(one.code, one.name)
    yield Option(region.code, region.name, is_chosen=True)
    if region.level < Level.DISTRICT:
        for one in regions.children(actor, region.id):
            yield Option(one.code, one.name)


def _levels(actor: Actor, asked: Asked) -> "Iterator[tuple[str, Sequence[Option]]]":
    """Give the items of the index by level."""
    found = indices.definition(actor, asked.index)
    if found is None:
        return
    version = (asked.year and found.version_in(asked.year)) or found.versions[-1]
    chosen = asked.all("butir")
    for name, items in asking.parts(version):
        yield (
            name,
            tuple(Option(code, item, code in chosen, is_cited=True) for code, item in items),
        )


def _indicators(actor: Actor, asked: Asked) -> Iterator[Option]:
    chosen = asked.all("indikator")
    for code, one in dictionary.dictionary(actor).indicators.items():
        yield Option(code, one.name, code in chosen, is_cited=True)
