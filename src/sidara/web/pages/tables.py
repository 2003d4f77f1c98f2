"""Tables that several pages show: areas by status, villages with their figures, a status beside others."""

from collections.abc import Iterable, Mapping

from sidara.indices.core import Version
from sidara.kernel.number import format_percent
from sidara.regions.core import Level
from sidara.ui.figures import Cell, Column, Table, mark_cell, number_cell, text_cell
from sidara.web.pages import index, places
from sidara.web.pages.status import Counts, Statuses, VillageScore

SHARE = Column("persen_maju_mandiri", "Maju + mandiri", is_number=True, is_sortable=True)


def by_area(scale: Version, under: Statuses, total: Counts, *, order: str = "") -> Table:
    """Set the areas of one level beside each other: classes, assessed, share of good ones, mean index."""
    classes = tuple(reversed(index.marks(scale).items()))
    top = scale.top.code
    columns = (
        Column("kode", "Kode", is_file_only=True),
        Column("wilayah", places.word(under.level), is_sortable=True),
        Column("susunan", "Susunan", is_screen_only=True),
        *(Column(code.lower(), mark.label, is_number=True, is_sortable=True) for code, mark in classes),
        Column("tanpa_data", "Tanpa data", is_number=True, is_sortable=True),
        Column("dinilai", "Dinilai", is_number=True, is_sortable=True),
        SHARE,
        Column(f"rata_{top.lower()}", f"Rata-rata {top}", is_number=True, is_sortable=True),
    )

    def row(area: Counts, first: Cell) -> tuple[Cell, ...]:
        counts = [(mark, area.by_class.get(code, 0)) for code, mark in classes]
        return (
            text_cell(area.code),
            first,
            Cell(None, "", parts=(*((mark.style, count) for mark, count in counts), ("x", area.missing))),
            *(number_cell(count) for _, count in counts),
            number_cell(area.missing),
            number_cell(area.assessed),
            number_cell(area.share * 100 if area.share is not None else None, 1, suffix=PERCENT),
            number_cell(area.mean, scale.thresholds.decimals),
        )

    rows = tuple(
        row(area, text_cell(area.name, href=places.href_of(area.code, under.level))) for area in under.areas
    )
    table = Table(columns, rows, row(total, text_cell("Semua")))
    return table.sorted_by(f"-{SHARE.key}").ordered_by(order)


def good_shares(areas: Iterable[Counts], level: Level) -> Table:
    """Give the good ones of those assessed, one row an area: what stands behind a ranking."""
    columns = (
        Column("kode", "Kode", is_file_only=True),
        Column("wilayah", places.word(level)),
        Column("maju_mandiri", "Maju + mandiri", is_number=True),
        Column("dinilai", "Dinilai", is_number=True),
        Column("persen", "Persen", is_number=True),
    )
    return Table(
        columns,
        tuple(
            (
                text_cell(area.code),
                text_cell(area.name, href=places.href_of(area.code, level)),
                number_cell(area.good),
                number_cell(area.assessed),
                number_cell(area.share * 100 if area.share is not None else None, 1, suffix=PERCENT),
            )
            for area in areas
        ),
    )


def by_village(
    scale: Version,
    villages: Iterable[VillageScore],
    *,
    districts: Mapping[str, str] | None = None,
    order: str = "",
) -> Table:
    """List villages with status, index and sub-indices; `districts` (code -> name) adds their kecamatan."""
    levels = (scale.top, *scale.sub_indices)
    columns = (
        Column("kode", "Kode", is_file_only=True),
        Column("nama", "Desa atau kelurahan", is_sortable=True),
        *((Column("kecamatan", "Kecamatan", is_sortable=True),) if districts else ()),
        Column("status", "Status"),
        *(Column(level.code.lower(), level.code, is_number=True, is_sortable=True) for level in levels),
    )
    rows = tuple(
        (
            text_cell(village.code),
            text_cell(village.name, href=places.href_of(village.code, Level.VILLAGE)),
            *((text_cell(districts.get(village.code[:8])),) if districts else ()),
            mark_cell(village.mark),
            *(number_cell(village.figures.get(level.code), scale.thresholds.decimals) for level in levels),
        )
        for village in villages
    )
    table = Table(columns, rows)
    return table.sorted_by(f"-{scale.top.code.lower()}").ordered_by(order)


PERCENT = "\N{NO-BREAK SPACE}%"


def share_words(part: int, whole: int) -> str:
    """Write a share with its whole (`48 % (672 dari 1.410)`)."""
    return f"{format_percent(part, whole)} ({number_cell(part).text} dari {number_cell(whole).text})"
