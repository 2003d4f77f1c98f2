"""The home page: the province in one finding, its map, status from rows beside the published recap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sidara.collection.core import DataSet
from sidara.indices.core import Version
from sidara.kernel.actor import Actor
from sidara.kernel.breakdown import parts_of
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.drawing import WIDE
from sidara.ui.figures import Cell, Column, Figure, Source, Table, mark_cell, number_cell, text_cell
from sidara.ui.language import format_number, format_percent, say
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import AS_REPORTED, Query, Vintage
from sidara.web.pages import apart as both
from sidara.web.pages import areas, findings, index, maps, places, recount, sources, status
from sidara.web.pages.apart import Apart, Choice
from sidara.web.pages.arrangement import Arrangement
from sidara.web.pages.index import Edition
from sidara.web.pages.parts import Item, Map
from sidara.web.pages.places import Link
from sidara.web.pages.recount import Recount
from sidara.web.pages.status import Counts, VillageScore

REGENCY_DIGITS = 5
DISTRICT_DIGITS = 8
"""How much of a dotted code names the kabupaten and the kecamatan."""


@dataclass(frozen=True)
class HomePage:
    """All that the home page shows; without figures the register, without a register how to load it."""

    region: Region | None
    title: str
    above: str
    lead: str
    items: Sequence[Item]
    map: Map | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    children: Sequence[Link] = ()
    differing: Sequence[Link] = ()
    is_simulated: bool = False
    choices: Sequence[Choice] = ()
    apart: Apart | None = None
    query: str = ""
    arrangement: Arrangement | None = None

    @property
    def lists(self) -> tuple[Figure, ...]:
        """Give the lists of desa without a row and of those that open down to items."""
        return tuple(self.figures[key] for key in ("tanpa-baris", "sampai-butir") if key in self.figures)


def build(
    actor: Actor, province: str, *, order: str = "", asked: str = "", vintage: Vintage = AS_REPORTED
) -> HomePage:
    """Build the home page of a province (Kemendagri code of two digits).

    `order` sorts its tables, `asked` = which index, `vintage` = in which areas its figures are told.
    """
    region = regions.resolve(actor, province)
    if region is None:
        return HomePage(None, say("SIDARA belum berisi daftar wilayah"), "", "", ())
    items = _register(actor, province)
    children = tuple(Link(child.name, places.href(child)) for child in regions.children(actor, region.id))
    editions = index.editions(actor, vintage)
    edition = index.among(editions, asked)
    if edition is None:
        lead = say("Angka indeks muncul setelah himpunan datanya dimuat.")
        return HomePage(
            region, say("Desa di {region_name}", region_name=region.name), "", lead, items, children=children
        )
    villages, answer = status.village_scores(actor, edition, under=province)
    under = status.statuses(actor, edition, under=province, level=Level.REGENCY, villages=villages)
    total = under.total()
    again = recount.recount(edition, villages)
    shown = sources.sources([answer])
    apart = both.of_area(actor, region, editions, under) if edition.is_main else None
    recap = _recap(actor, edition, edition.sets.recap, region) if vintage == AS_REPORTED else None
    figures = (
        _status(edition, total, again, recap, shown),
        areas.ranking(under, edition, width=WIDE),
        areas.by_area(under, edition, areas.area_moves(actor, edition, region, under), order=order),
        _without_row(actor, edition, villages, shown),
        _with_items(actor, edition, edition.sets.items, villages),
        *(apart.figures if apart else ()),
    )
    return HomePage(
        region,
        findings.of_area(region.name, total, edition.scale, kelurahan=0),
        say(
            "{index} {period}, {assessed} dari {desa} desa ada angkanya",
            index=edition.top.name,
            period=edition.period,
            assessed=format_number(total.assessed),
            desa=format_number(total.desa),
        ),
        say("Itu {good} dari desa yang ada statusnya. ", good=format_percent(total.good, total.assessed))
        + findings.left_behind(total, edition.scale)
        + (
            say(" Status {unsure} desa belum pasti.", unsure=format_number(total.unsure))
            if total.unsure
            else ""
        ),
        items,
        maps.framed(
            _where_low(under.areas, edition.scale),
            say("Status {index} {period}.", index=edition.top.name, period=edition.period),
            maps.of_groups(actor, region, edition, under, villages),
            edition,
            shown,
        ),
        {figure.key: figure for figure in figures if figure is not None},
        children,
        tuple(
            Link(
                say(
                    "{name}: terbit {mark_label}, hitung ulang {recounted}",
                    name=villages[code].name,
                    mark_label=villages[code].mark.label,
                    recounted=mark.label,
                ),
                edition.href(code, Level.VILLAGE),
            )
            for code, mark in again.differing.items()
        ),
        answer.is_simulated,
        both.choices(editions, edition, places.href(region)),
        apart,
        edition.query,
        areas.arrangement_of(actor, region, edition, villages),
    )


def _register(actor: Actor, province: str) -> tuple[Item, ...]:
    """Give the register's counts of the province."""
    counts = regions.counts(actor)["provinces"][province]
    return (
        Item(say("Kabupaten dan kota"), f"{counts['kabupaten']} + {counts['kota']}"),
        Item(say("Kecamatan", context="banyak"), format_number(counts["kecamatan"])),
        Item(say("Desa", context="banyak"), format_number(counts["desa"])),
        Item(say("Kelurahan", context="banyak"), format_number(counts["kelurahan"])),
    )


@dataclass(frozen=True)
class Recap:
    """What the source itself printed: desa by class, and where it is from."""

    by_class: Mapping[str, int]
    source: Source


def _recap(actor: Actor, edition: Edition, dataset: DataSet | None, region: Region) -> Recap | None:
    """Give the counts that the source itself printed, `None` where it printed none."""
    if dataset is None:
        return None
    answer = warehouse.ask(
        actor,
        Query(
            dataset.code,
            (edition.variable("VILLAGES"),),
            level=Level.PROVINCE,
            codes=(region.code,),
            periods=(edition.period,),
            breakdown=edition.variable("STATUS").replace(".", "_"),
        ),
    )
    printed = {
        code: int(figure.value)
        for figure in answer.figures
        for _, code in parts_of(figure.breakdown)
        if figure.value is not None
    }
    return Recap(printed, sources.source(answer)) if printed else None


def _status(
    edition: Edition, total: Counts, again: Recount, recap: Recap | None, shown: Sequence[Source]
) -> Figure:
    """Set the counts from rows beside the published recap and our own recount, with the difference."""
    columns = [
        Column("status", say("Status")),
        Column("dari_baris", say("Dari baris"), is_number=True),
        Column("hitung_ulang", say("Hitung ulang"), is_number=True),
    ]
    if recap is not None:
        columns += [
            Column("rekap_terbit", say("Rekap terbit"), is_number=True),
            Column("selisih", say("Selisih"), is_number=True),
        ]

    def row(first: Cell, rows: int, recounted: int, printed: int) -> tuple[Cell, ...]:
        cells = (first, number_cell(rows), number_cell(recounted))
        if recap is None:
            return cells
        difference = printed - rows
        return (*cells, number_cell(printed), Cell(difference, format_number(difference, sign=True)))

    marks = index.marks(edition.scale)
    printed = {code: recap.by_class.get(code, 0) if recap else 0 for code in marks}
    body = tuple(
        row(mark_cell(mark), total.by_class.get(code, 0), again.by_class.get(code, 0), printed[code])
        for code, mark in reversed(marks.items())
    )
    whole = sum(printed.values())
    footer = row(text_cell(say("Semua")), total.assessed, sum(again.by_class.values()), whole)
    subtitle = say(
        "Jumlah desa menurut status {index} {period}.", index=edition.top.name, period=edition.period
    )
    if recap is not None and whole != total.assessed:
        subtitle += say(
            " Rekap yang terbit menyebut {whole} desa; selisih {lacking} desa tidak punya baris dalam"
            " himpunan data.",
            whole=format_number(whole),
            lacking=format_number(whole - total.assessed),
        )
    if again.unsure:
        subtitle += say(
            " Skor {unsure} desa belum pasti walaupun statusnya pasti; desa itu tidak dihitung ulang.",
            unsure=format_number(again.unsure),
        )
    return Figure(
        "jumlah",
        say("Jumlah dari baris dan rekap yang terbit") if recap else say("Jumlah desa menurut status"),
        subtitle,
        Table(tuple(columns), body, footer),
        (*shown, *([recap.source] if recap else ())),
    )


def _without_row(
    actor: Actor, edition: Edition, villages: Mapping[str, VillageScore], shown: Sequence[Source]
) -> Figure | None:
    """Name the desa for which the data set has no row: they are missing, not zero."""
    without = [
        v for v in villages.values() if v.status is None and v.span is None and places.is_assessed(v.kind)
    ]
    if not without:
        return None
    return Figure(
        "tanpa-baris",
        say(
            "{without} desa tanpa baris pada {period}",
            without=format_number(len(without)),
            period=edition.period,
        ),
        say("Desa ini ada dalam register, tetapi tidak ada dalam himpunan data yang terbuka."),
        _listed(actor, edition, without),
        shown,
        is_folded=True,
    )


def _with_items(
    actor: Actor, edition: Edition, dataset: DataSet | None, villages: Mapping[str, VillageScore]
) -> Figure | None:
    """Name the desa whose scores open down to items, where that is not all of them."""
    if dataset is None or dataset.code == edition.dataset:
        return None
    item = edition.variable(edition.scale.items[0].variable)
    under = next(iter(villages))[:2]
    answer = warehouse.ask(actor, Query(dataset.code, (item,), under=under, vintage=edition.vintage))
    opened = [
        villages[figure.region]
        for figure in answer.figures
        if figure.value is not None and figure.region in villages
    ]
    if not opened:
        return None
    return Figure(
        "sampai-butir",
        say("{opened} desa dapat dibuka sampai skor tiap butir", opened=format_number(len(opened))),
        say("Untuk desa lain yang terbit hanya indeks dan subindeksnya."),
        _listed(actor, edition, opened),
        sources.sources([answer]),
        is_folded=True,
    )


def _listed(actor: Actor, edition: Edition, villages: Sequence[VillageScore]) -> Table:
    """List villages with their kecamatan and kabupaten."""
    above = {village.code[:cut] for village in villages for cut in (REGENCY_DIGITS, DISTRICT_DIGITS)}
    names = {code: found.name for code in above if (found := regions.resolve(actor, code)) is not None}
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("nama", say("Desa")),
        Column("kecamatan", say("Kecamatan")),
        Column("kabupaten", say("Kabupaten")),
    )
    rows = tuple(
        (
            text_cell(village.code),
            text_cell(village.name, href=edition.href(village.code, Level.VILLAGE)),
            text_cell(names.get(village.code[:DISTRICT_DIGITS])),
            text_cell(names.get(village.code[:REGENCY_DIGITS])),
        )
        for village in villages
    )
    return Table(columns, rows)


def _where_low(under: Sequence[Counts], scale: Version) -> str:
    """Say where the desa of the two lowest classes are gathered."""
    lowest = index.low(scale)
    low = {area.name: sum(area.by_class.get(one.code, 0) for one in lowest) for area in under}
    words = findings.joined([index.word_of(one.status).lower() for one in reversed(lowest)])
    names = [name for name, count in sorted(low.items(), key=lambda pair: -pair[1]) if count][:3]
    if not names:
        return say("Tidak ada desa {words}", words=words)
    share = format_percent(sum(low[name] for name in names), sum(low.values()))
    return say(
        "{share} desa {words} ada di {joined}", share=share, words=words, joined=findings.joined(names)
    )
