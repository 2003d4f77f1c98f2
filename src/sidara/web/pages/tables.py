"""Tables that several pages show: areas by status, villages with their figures, a status beside others."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_noop as noop

from sidara.regions.core import Level
from sidara.ui.figures import Cell, Column, Table, mark_cell, number_cell, text_cell
from sidara.ui.language import format_percent, percent_sign, say
from sidara.web.pages import index, places
from sidara.web.pages.index import Edition
from sidara.web.pages.moves import Moves, words
from sidara.web.pages.status import Counts, Statuses, VillageScore

SHARE = "persen_maju_mandiri"


def by_area(edition: Edition, under: Statuses, moved: Moves, *, order: str = "") -> Table:
    """Set the areas of one level beside each other: classes, assessed, share of good ones, mean index."""
    classes = tuple(reversed(index.marks(edition.scale).items()))
    is_open = bool(edition.ends) or any(area.unsure for area in under.areas)
    is_moved, is_estimated = bool(moved.places), any(area.estimated for area in under.areas)
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("wilayah", places.word(under.level), is_sortable=True),
        Column("susunan", say("Susunan"), is_screen_only=True),
        *(Column(code.lower(), mark.label, is_number=True, is_sortable=True) for code, mark in classes),
        *((Column("belum_pasti", say("Belum pasti"), is_number=True, is_sortable=True),) if is_open else ()),
        Column("tanpa_data", say("Tanpa data"), is_number=True, is_sortable=True),
        Column("dinilai", say("Dinilai"), is_number=True, is_sortable=True),
        Column(SHARE, say("Maju + mandiri"), is_number=True, is_sortable=True),
        Column(
            f"rata_{edition.top.code.lower()}",
            say("Rata-rata {label}", label=edition.label),
            is_number=True,
            is_sortable=True,
        ),
        *(
            (Column("perubahan_urutan", say("Urutan sejak {since}", since=moved.since), is_number=True),)
            if is_moved
            else ()
        ),
        *((Column("perkiraan", say("Termasuk perkiraan"), is_number=True),) if is_estimated else ()),
    )

    def row(area: Counts, first: Cell) -> tuple[Cell, ...]:
        counts = [(mark, area.by_class.get(code, 0)) for code, mark in classes]
        return (
            text_cell(area.code),
            first,
            Cell(
                None,
                "",
                parts=(
                    *((mark.style, count) for mark, count in counts),
                    (index.UNSURE, area.unsure),
                    (index.missing().style, area.missing),
                ),
            ),
            *(number_cell(count) for _, count in counts),
            *((number_cell(area.unsure),) if is_open else ()),
            number_cell(area.missing),
            number_cell(area.assessed),
            number_cell(area.share * 100 if area.share is not None else None, 1, suffix=percent_sign()),
            number_cell(area.mean, edition.decimals),
            *((_moved(moved, area.code),) if is_moved else ()),
            *((number_cell(area.estimated),) if is_estimated else ()),
        )

    rows = tuple(
        row(area, text_cell(area.name, href=edition.href(area.code, under.level))) for area in under.areas
    )
    table = Table(columns, rows, row(under.total(), text_cell(say("Semua"))))
    return table.sorted_by(f"-{SHARE}").ordered_by(order)


def good_shares(edition: Edition, areas: Iterable[Counts], level: Level) -> Table:
    """Give the good ones of those assessed, one row an area: what stands behind a ranking."""
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("wilayah", places.word(level)),
        Column("maju_mandiri", say("Maju + mandiri"), is_number=True),
        Column("dinilai", say("Dinilai"), is_number=True),
        Column("persen", say("Persen"), is_number=True),
    )
    return Table(
        columns,
        tuple(
            (
                text_cell(area.code),
                text_cell(area.name, href=edition.href(area.code, level)),
                number_cell(area.good),
                number_cell(area.assessed),
                number_cell(area.share * 100 if area.share is not None else None, 1, suffix=percent_sign()),
            )
            for area in areas
        ),
    )


def by_village(  # noqa: PLR0913 - the choices of one list
    edition: Edition,
    villages: Iterable[VillageScore],
    *,
    districts: Mapping[str, str] | None = None,
    moved: Moves | None = None,
    is_brief: bool = False,
    order: str = "",
) -> Table:
    """List villages with status, index and sub-indices; `districts` (village -> name) adds their kecamatan.

    A brief list shows sub-indices in files only. Where the index is not sure its span stands in its place;
    in files its ends are columns.
    """
    levels = (edition.top, *edition.scale.sub_indices)
    top = edition.top.code.lower()
    is_moved = moved is not None and bool(moved.places)
    villages = tuple(villages)
    is_estimated = any(village.is_estimate for village in villages)
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("nama", say("Desa atau kelurahan"), is_sortable=True),
        *((Column("kecamatan", say("Kecamatan"), is_sortable=True),) if districts else ()),
        Column("status", say("Status")),
        *(
            Column(
                level.code.lower(),
                edition.word_of(level),
                is_number=True,
                is_sortable=True,
                is_file_only=is_brief and level is not edition.top,
            )
            for level in levels
        ),
        *(
            Column(f"{top}_{end}", "", is_number=True, is_file_only=True)
            for end in ("min", "max")
            if edition.ends
        ),
        *(
            (Column("perubahan_urutan", say("Urutan sejak {since}", since=moved.since), is_number=True),)
            if moved and is_moved
            else ()
        ),
        *((Column("perkiraan", say("Keterangan")),) if is_estimated else ()),
    )
    rows = tuple(
        (
            text_cell(village.code),
            text_cell(village.name, href=edition.href(village.code, Level.VILLAGE)),
            *((text_cell(districts.get(village.code)),) if districts else ()),
            mark_cell(village.mark),
            _index_cell(edition, village),
            *(
                number_cell(village.figures.get(level.code), edition.decimals_of(level))
                for level in edition.scale.sub_indices
            ),
            *(number_cell(end, edition.decimals) for end in village.span or (None, None) if edition.ends),
            *((_moved(moved, village.code),) if moved and is_moved else ()),
            *((text_cell(say(ESTIMATE) if village.is_estimate else None),) if is_estimated else ()),
        )
        for village in villages
    )
    table = Table(columns, rows)
    return table.sorted_by(f"-{top}").ordered_by(order)


def _index_cell(edition: Edition, village: VillageScore) -> Cell:
    """Show the index, or its span where it is not sure."""
    value = village.figures.get(edition.top.code)
    if value is None and village.span is not None:
        return Cell(None, edition.span_text(village.span))
    if value is None and village.is_unavailable:
        return Cell(None, say(UNAVAILABLE))
    return number_cell(value, edition.decimals)


def _moved(moved: Moves, code: str) -> Cell:
    """Show how the rank moved; in files places won or lost."""
    places = moved.places.get(code)
    return text_cell(None) if places is None else Cell(places, words(places))


ESTIMATE = noop("perkiraan")
UNAVAILABLE = noop("tidak dapat dihitung")
"""What stands beside a figure of a part of another area, and in the place of one of merged areas."""


def share_words(part: int, whole: int) -> str:
    """Write a share with its whole (`48 % (672 dari 1.410)`)."""
    return say(
        "{part} ({figure} dari {whole})",
        part=format_percent(part, whole),
        figure=number_cell(part).text,
        whole=number_cell(whole).text,
    )
