"""The home page: the province in one finding, its map, status from rows beside the published recap, ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sidara.collection.core import DataSet
from sidara.indices.core import Version
from sidara.kernel.actor import Actor
from sidara.kernel.number import format_number, format_percent
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.figures import Column, Figure, Table, mark_cell, number_cell, text_cell
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Answer, Query
from sidara.web.pages import areas, findings, index, maps, places, recount, sources, status
from sidara.web.pages.parts import Item, Map
from sidara.web.pages.places import Link
from sidara.web.pages.status import Counts, VillageScore


@dataclass(frozen=True)
class HomePage:
    """All that the home page shows; without figures there is the register, without a register a way to load it."""

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

    @property
    def without_row(self) -> Figure | None:
        """Give the list of desa without a row."""
        return self.figures.get("tanpa-baris")


def build(actor: Actor, province: str, *, order: str = "") -> HomePage:
    """Build the home page of a province (Kemendagri code of two digits)."""
    region = regions.resolve(actor, province)
    if region is None:
        return HomePage(None, "SIDARA belum berisi daftar wilayah", "", "", ())
    items = _register(actor, province)
    children = tuple(Link(child.name, places.href(child)) for child in regions.children(actor, region.id))
    chosen = sources.sets(actor)
    period = status.newest(actor, chosen.scores.code) if chosen.scores else None
    if chosen.scores is None or period is None:
        return HomePage(
            region,
            f"Desa di {region.name}",
            "",
            "Angka indeks muncul setelah himpunan datanya dimuat.",
            items,
            children=children,
        )
    scale = index.version(actor, period)
    asked: dict[str, Any] = {"dataset": chosen.scores.code, "period": period, "under": province}
    villages, answer = status.village_scores(actor, scale, **asked)
    under = status.statuses(actor, scale, **asked, level=Level.REGENCY)
    total = under.total()
    word = places.child_word(Level.PROVINCE)
    recounted = recount.recount(scale, villages)
    recap, recap_answer = _recap(actor, scale, chosen.recap, region, period)
    figures = (
        _status(region, total, recap, recap_answer, recounted, scale, period, answer),
        areas.ranking(under, total, scale, period, level=Level.REGENCY, word=word),
        areas.by_area(under, total, scale, period, level=Level.REGENCY, word=word, order=order),
        _without_row(villages, actor, answer, period),
    )
    return HomePage(
        region,
        findings.of_area(region.name, total, scale, kelurahan=0),
        f"{scale.top.name} {period}, {format_number(total.assessed)} dari {format_number(total.desa)} desa ada angkanya",
        f"Itu {format_percent(total.good, total.assessed)} dari desa yang ada angkanya. "
        + findings.left_behind(total, scale),
        items,
        Map(
            _where_low(under.areas, scale),
            f"Status {scale.top.name} {period}. Satu segi enam satu desa atau kelurahan, dikelompokkan menurut"
            " kabupaten. Pilih kabupaten untuk membukanya.",
            maps.of_groups(
                actor,
                region,
                under.areas,
                villages,
                good_words=index.good_words(scale),
                label=f"Peta skematik desa dan kelurahan {region.name} menurut status {scale.top.name} {period}",
                with_titles=False,
            ),
            index.legend(scale),
            sources.sources([answer]),
        ),
        {figure.key: figure for figure in figures if figure is not None},
        children,
        tuple(
            Link(
                f"{villages[code].name}: terbit {villages[code].mark.label}, hitung ulang {mark.label}",
                places.href_of(code, Level.VILLAGE),
            )
            for code, mark in recounted.differing.items()
        ),
        answer.is_simulated,
    )


def _register(actor: Actor, province: str) -> tuple[Item, ...]:
    """Give the register's counts of the province."""
    counts = regions.counts(actor)["provinces"][province]
    return (
        Item("Kabupaten dan kota", f"{counts['kabupaten']} + {counts['kota']}"),
        Item("Kecamatan", format_number(counts["kecamatan"])),
        Item("Desa", format_number(counts["desa"])),
        Item("Kelurahan", format_number(counts["kelurahan"])),
    )


def _recap(
    actor: Actor, scale: Version, dataset: DataSet | None, region: Region, period: str
) -> tuple[dict[str, int], Answer | None]:
    """Give the counts that the source itself printed, by class; empty where it printed none."""
    if dataset is None:
        return {}, None
    variable, classification = index.code("VILLAGES"), f"{index.code('STATUS').replace('.', '_')}"
    answer = warehouse.ask(
        actor,
        Query(
            dataset.code,
            (variable,),
            level=Level.PROVINCE,
            codes=(region.code,),
            periods=(period,),
            breakdown=classification,
        ),
    )
    printed = {
        figure.breakdown.partition(":")[2]: int(figure.value)
        for figure in answer.figures
        if figure.value is not None
    }
    return {code: printed.get(code, 0) for code in index.marks(scale)} if printed else {}, answer


def _status(
    region: Region,
    total: Counts,
    recap: Mapping[str, int],
    recap_answer: Answer | None,
    recounted: recount.Recount,
    scale: Version,
    period: str,
    answer: Answer,
) -> Figure:
    """Set the counts from rows beside the published recap and our own recount, with the difference."""
    columns = [
        Column("status", "Status"),
        Column("dari_baris", "Dari baris", is_number=True),
        Column("hitung_ulang", "Hitung ulang", is_number=True),
    ]
    if recap:
        columns += [
            Column("rekap_terbit", "Rekap terbit", is_number=True),
            Column("selisih", "Selisih", is_number=True),
        ]

    def row(first: Any, rows: int, again: int, printed: int) -> tuple[Any, ...]:
        cells = (first, number_cell(rows), number_cell(again))
        return (*cells, number_cell(printed), _difference(printed - rows)) if recap else cells

    body = tuple(
        row(mark_cell(mark), total.by_class.get(code, 0), recounted.by_class.get(code, 0), recap.get(code, 0))
        for code, mark in reversed(index.marks(scale).items())
    )
    footer = row(text_cell("Semua"), total.assessed, sum(recounted.by_class.values()), sum(recap.values()))
    difference = sum(recap.values()) - total.assessed
    subtitle = f"Jumlah desa menurut status {scale.top.name} {period}."
    if recap and difference:
        subtitle += (
            f" Rekap yang terbit menyebut {format_number(sum(recap.values()))} desa; selisih"
            f" {format_number(difference)} desa tidak punya baris dalam himpunan data."
        )
    title = "Jumlah dari baris dan rekap yang terbit" if recap else f"Status desa di {region.name}"
    return Figure(
        "jumlah",
        title,
        subtitle,
        Table(tuple(columns), body, footer),
        sources.sources([answer, *([recap_answer] if recap_answer is not None and recap else [])]),
    )


def _difference(value: int) -> Any:
    """Write a difference with its sign."""
    cell = number_cell(value)
    return type(cell)(cell.value, format_number(value, sign=True))


def _without_row(
    villages: Mapping[str, VillageScore], actor: Actor, answer: Answer, period: str
) -> Figure | None:
    """Name the desa for which the data set has no row: they are missing, not zero."""
    without = [v for v in villages.values() if v.status is None and places.is_assessed(v.kind)]
    if not without:
        return None
    codes = {code[:cut] for code in (village.code for village in without) for cut in (5, 8)}
    names = {code: found.name for code in codes if (found := regions.resolve(actor, code)) is not None}
    return Figure(
        "tanpa-baris",
        f"{format_number(len(without))} desa tanpa baris pada {period}",
        "Desa ini ada dalam register, tetapi tidak ada dalam himpunan data yang terbuka.",
        Table(
            (
                Column("kode", "Kode", is_file_only=True),
                Column("nama", "Desa"),
                Column("kecamatan", "Kecamatan"),
                Column("kabupaten", "Kabupaten"),
            ),
            tuple(
                (
                    text_cell(village.code),
                    text_cell(village.name, href=places.href_of(village.code, Level.VILLAGE)),
                    text_cell(names.get(village.code[:8])),
                    text_cell(names.get(village.code[:5])),
                )
                for village in without
            ),
        ),
        sources.sources([answer]),
    )


def _where_low(under: Sequence[Counts], scale: Version) -> str:
    """Say where the desa of the two lowest classes are gathered."""
    codes = [one.code for one in scale.thresholds.classes[:2]]
    low = {area.name: sum(area.by_class.get(code, 0) for code in codes) for area in under}
    names = [name for name, count in sorted(low.items(), key=lambda pair: -pair[1]) if count][:3]
    if not names:
        return "Tidak ada desa tertinggal"
    share = format_percent(sum(low[name] for name in names), sum(low.values()))
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} dan {names[-1]}"
    return f"{share} desa tertinggal ada di {listed}"
