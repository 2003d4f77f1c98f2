"""The board of leaders on one A4 page: status, areas, four fields, three aims, what is planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.queries import BoardQuery, PlannedMoney
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.drawing import SLIM, Drawing
from sidara.ui.figures import Column, Figure, Source, Table, mark_cell, number_cell
from sidara.ui.language import format_number, format_percent, say
from sidara.ui.status_charts import Classed, classes
from sidara.ui.tilemap import Tile, tilemap
from sidara.web.pages import areas, content, findings, index, places, sources, status
from sidara.web.pages.board import measured
from sidara.web.pages.board.measured import AimLine, FieldLine
from sidara.web.pages.index import Edition
from sidara.web.pages.parts import Item
from sidara.web.pages.places import Link
from sidara.web.pages.status import Counts, Statuses


@dataclass(frozen=True)
class PlanBlock:
    """What is planned: by field in words, the year; made-up plans stand in a block of their own."""

    year: int
    lines: Sequence[tuple[str, str]]
    lead: str
    is_simulated: bool


@dataclass(frozen=True)
class BoardPage:
    """All that the board shows; without an index only that there is none."""

    region: Region
    title: str
    lead: str
    place: str
    trail: Sequence[Link] = ()
    choices: Sequence[Link] = ()
    items: Sequence[Item] = ()
    status: Figure | None = None
    tiles: SafeString | None = None
    ranking: Figure | None = None
    fields: Sequence[FieldLine] = ()
    aims: Sequence[AimLine] = ()
    plans: PlanBlock | None = None
    points: Sequence[str] = ()
    areas: Sequence[Link] = ()
    sources: Sequence[Source] = ()
    as_of: date | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    is_simulated: bool = False
    query: str = ""


def address(code: str, edition: Edition | None = None) -> str:
    """Give the address of the board of an area, for an index."""
    slug = "" if edition is None or edition.is_main else f"&indeks={edition.slug}"
    return f"{reverse('board')}?wilayah={code}{slug}"


def build(actor: Actor, region: Region, *, asked: str = "") -> BoardPage:
    """Build the board of an area above the villages; `asked` = which index."""
    editions = index.editions(actor)
    edition = index.among(editions, asked)
    place = places.full_name(region)
    if edition is None:
        lead = say("Papan terisi setelah himpunan data indeks dimuat.")
        return BoardPage(region, say("Belum ada angka indeks untuk {place}", place=place), lead, place)
    level = Level(region.level + 1)
    counted = status.statuses(actor, edition, under=region.code, level=level)
    total = counted.total()
    before = _before(actor, edition, region)
    board = queries.board(actor, _query(edition, region))
    real = _planned(actor, region, is_simulated=False)
    made_up = None if real else _planned(actor, region, is_simulated=True)
    answers = (*counted.answers, *(board.answers if board else ()))
    told = sources.sources(answers)
    status_figure = _status(edition, total, before, told)
    ranking = areas.ranking(counted, edition, width=SLIM)
    figures = {status_figure.key: status_figure}
    if ranking is not None:
        figures[ranking.key] = ranking
    if board is not None:
        figures |= measured.tables(board, real, told)
    return BoardPage(
        region,
        _title(region, edition, total, before),
        _lead(total, edition),
        place,
        _trail(actor, region, edition),
        tuple(
            Link(f"{one.label} {one.period}", "" if one is edition else address(region.code, one))
            for one in editions
            if len(editions) > 1
        ),
        _items(edition, total, before),
        status_figure,
        _tiles(counted, edition),
        ranking,
        measured.field_lines(board, real, edition.scale) if board else (),
        measured.aim_lines(board) if board else (),
        _block(actor, made_up or real, is_simulated=real is None),
        _points(actor, region, is_simulated=real is None),
        _areas(actor, region, edition),
        told,
        answers[0].as_of if answers else None,
        figures,
        any(one.is_simulated for one in answers),
        f"?wilayah={region.code}" + ("" if edition.is_main else f"&indeks={edition.slug}"),
    )


def _query(edition: Edition, region: Region) -> BoardQuery:
    items = edition.sets.items
    return BoardQuery(
        edition.slug,
        edition.dataset,
        items.code if items else "",
        region.code,
        edition.period,
        edition.before or "",
    )


def _before(actor: Actor, edition: Edition, region: Region) -> Counts | None:
    """Count the year before in the same data set, `None` where there is none."""
    if edition.before is None:
        return None
    then = replace(edition, periods=edition.periods[:-1])
    return status.statuses(actor, then, under=region.code, level=region.level).total()


def _planned(actor: Actor, region: Region, *, is_simulated: bool) -> PlannedMoney | None:
    years = queries.activity_years(actor, is_simulated=is_simulated)
    return queries.planned_money(actor, region.code, years[0], is_simulated=is_simulated) if years else None


def _title(region: Region, edition: Edition, total: Counts, before: Counts | None) -> str:
    """Say how many more are good than in the year before, else how many are."""
    if before is None or not total.assessed or not before.assessed:
        return findings.of_area(region.name, total, edition.scale, kelurahan=0)
    change = total.good - before.good
    words = index.good_words(edition.scale, is_both=True)
    if not change:
        return say("Desa {words} tetap {n}", words=words, n=format_number(total.good))
    told = (
        say("Desa {words} bertambah {n}", words=words, n=format_number(change))
        if change > 0
        else say("Desa {words} berkurang {n}", words=words, n=format_number(-change))
    )
    return say(
        "{told}, kini {good} dari {assessed}",
        told=told,
        good=format_number(total.good),
        assessed=format_number(total.assessed),
    )


def _lead(total: Counts, edition: Edition) -> str:
    told = say(
        "{assessed} dari {desa} desa sudah dinilai dengan {index} {period}.",
        assessed=format_number(total.assessed),
        desa=format_number(total.desa),
        index=edition.top.name,
        period=edition.period,
    )
    lacking = total.desa - total.assessed
    if lacking:
        told += say(" {n} desa belum punya status.", n=format_number(lacking))
    return told


def _items(edition: Edition, total: Counts, before: Counts | None) -> tuple[Item, ...]:
    """Count each class, highest first, with last year's."""
    items = []
    for code, mark in reversed(index.marks(edition.scale).items()):
        count = total.by_class.get(code, 0)
        note = say("{share} desa", share=format_percent(count, total.assessed)) if total.assessed else ""
        if before is not None and before.assessed:
            change = count - before.by_class.get(code, 0)
            note = say(
                "{change} dari {year}", change=format_number(change, sign=True), year=edition.before or ""
            )
        items.append(Item(mark.label, format_number(count), note, mark))
    return tuple(items)


def _status(edition: Edition, total: Counts, before: Counts | None, told: Sequence[Source]) -> Figure:
    marks = index.marks(edition.scale)
    years = [(edition.before or "", before)] if before is not None else []
    years.append((edition.period, total))
    rows = [
        Classed(year, tuple((mark.style, counts.by_class.get(code, 0)) for code, mark in marks.items()))
        for year, counts in years
        if counts is not None
    ]
    columns = (
        Column("status", say("Status")),
        *(Column(f"tahun_{year}", year, is_number=True) for year, _ in years),
    )
    body = tuple(
        (
            mark_cell(mark),
            *(number_cell(counts.by_class.get(code, 0) if counts else None) for _, counts in years),
        )
        for code, mark in reversed(marks.items())
    )
    return Figure(
        "status",
        say(
            "{share} desa sudah {words}",
            share=format_percent(total.good, total.assessed) if total.assessed else format_number(None),
            words=index.good_words(edition.scale),
        ),
        say("Jumlah desa menurut status {label}, rendah ke tinggi", label=edition.label),
        Table(columns, body),
        told,
        _drawn(rows, edition) if total.assessed else None,
    )


def _drawn(rows: Sequence[Classed], edition: Edition) -> Drawing:
    years = say(" dan ").join(row.label for row in rows)
    return classes(rows, label=say("Susunan status desa {label} {years}", label=edition.label, years=years))


def _tiles(counted: Statuses, edition: Edition) -> SafeString | None:
    """Draw the kabupaten of a province that has a layout as tiles."""
    layout, short = content.pages()["tiles"], content.pages()["short_names"]
    if counted.level is not Level.REGENCY or any(area.code not in layout for area in counted.areas):
        return None
    tiles = []
    for area in counted.areas:
        percent = round(area.share * 100) if area.share is not None else None
        name = short.get(area.code, area.name)
        text = format_number(percent)
        title = (
            say("{name}: {share}", name=area.name, share=format_percent(area.good, area.assessed))
            if percent is not None
            else say("{name}: tidak ada desa yang dinilai", name=area.name)
        )
        column, row = layout[area.code]
        tiles.append(Tile(column, row, name, percent, text, title, address(area.code, edition)))
    words = index.good_words(edition.scale, is_both=True)
    return tilemap(tiles, label=say("Peta kabupaten dan kota: persen desa {words}", words=words))


def _block(actor: Actor, planned: PlannedMoney | None, *, is_simulated: bool) -> PlanBlock | None:
    if planned is None:
        return None
    names = {one.code: one.name for one in queries.field_content(actor).fields}
    lines = [
        (say(names[code]), measured.money(amount))
        for code, amount in planned.by_field.items()
        if code in names
    ]
    lead = say(
        "{n} kegiatan {year}, rencana dan bukan hasil; dibagi rata menurut desa sasarannya.",
        n=format_number(planned.activities),
        year=planned.year,
    )
    if planned.without_field:
        lead += say(" {money} belum bertanda jenis kegiatan.", money=measured.money(planned.without_field))
    if planned.unpriced:
        lead += say(" {n} belum menyebut anggaran.", n=format_number(planned.unpriced))
    return PlanBlock(planned.year, lines, lead, is_simulated)


def _points(actor: Actor, region: Region, *, is_simulated: bool) -> tuple[str, ...]:
    """Say what the alignment found, for who may see it."""
    found = queries.alignment.open_findings(actor, region.code, is_simulated=is_simulated)
    if found is None:
        return ()
    mark = "SIMULASI: " if is_simulated else ""
    return (
        mark
        + say(
            "{n} temuan sinkronisasi {year} masih terbuka, {money}.",
            n=format_number(found.count),
            year=found.year,
            money=measured.money(found.amount_idr),
        ),
    )


def _trail(actor: Actor, region: Region, edition: Edition) -> tuple[Link, ...]:
    above = regions.ancestors(actor, region.id)
    if not above:
        return ()
    return (*(Link(one.name, address(one.code, edition)) for one in above), Link(region.name))


def _areas(actor: Actor, region: Region, edition: Edition) -> tuple[Link, ...]:
    """Lead down: to the boards of areas, from a kecamatan to the pages of its villages."""
    below = regions.children(actor, region.id)
    if region.level is Level.DISTRICT:
        return tuple(Link(one.name, places.href(one) + edition.vintage_query) for one in below)
    return tuple(Link(one.name, address(one.code, edition)) for one in below)
