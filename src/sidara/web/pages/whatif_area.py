"""What if, for several desa of an area at once: choose desa and changes, see statuses before and after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from sidara.indices import queries as indices
from sidara.indices.core import Depth
from sidara.indices.core.whatif import EVERY, Change, WhatIf
from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region, bare, dotted
from sidara.ui.figures import Cell, Column, Figure, Table, mark_cell, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages import fields, ground, index, places, standings
from sidara.web.pages.fields import Form
from sidara.web.pages.ground import DATA, INDEX, Ground, Pairs
from sidara.web.pages.planning import ChangeView, Trying
from sidara.web.pages.standings import Standing

PAGE = "whatif"
VILLAGE = "desa"
MOST_ROWS = 120
OPEN_VILLAGES = 40
"""A list of no more villages than that stands open."""
OPEN_ROWS = 20


@dataclass(frozen=True, kw_only=True)
class AreaWhatIfPage(Trying):
    """All that the page shows; without `form` its lead says why.

    `villages` can be chosen (code, name, whether it is); none chosen means all. `wanted`: the codes of those
    that are.
    """

    villages: Sequence[tuple[str, str, bool]] = ()
    wanted: Sequence[str] = ()

    @property
    def chosen(self) -> int:
        """Count the villages that were chosen."""
        return len(self.wanted)

    @property
    def is_list_open(self) -> bool:
        """Say whether the list of villages stands open: something in it is chosen, or it is short."""
        return bool(self.wanted) or len(self.villages) <= OPEN_VILLAGES


def ask(actor: Actor, region: Region, pairs: Pairs) -> AreaWhatIfPage:
    """Read what the address of an area asks."""
    asked = {name: value for name, value in pairs if name != VILLAGE}
    where = ground.find(actor, region, asked, PAGE)
    title = say("Bagaimana jika: desa di {region_name}", region_name=region.name)
    if where is None:
        trail = places.trail(actor, region)
        return AreaWhatIfPage(
            region=region, title=title, lead=say("Belum ada angka indeks yang dimuat."), trail=trail
        )
    page = AreaWhatIfPage(
        region=region,
        title=title,
        lead=say("Pilih desa dan perubahannya. Data desa tidak berubah."),
        trail=where.trail,
        links=(*where.others, *where.indices),
        ground=where,
    )
    if where.table is None:
        lead = say(
            "Jawaban dan skor butir {definition_name} untuk desa di {region_name} belum ada dalam"
            " {title}, jadi perubahan belum dapat dihitung.",
            definition_name=where.definition.name,
            region_name=region.name,
            title=where.dataset.title,
        )
        return replace(page, lead=lead)
    held = set(where.table.frame["kode"])
    wanted = {value for name, value in pairs if name == VILLAGE}
    villages = tuple(
        (code, name, code in wanted) for code, name in sorted(where.table.names.items()) if bare(code) in held
    )
    chosen = [code for code, _, is_chosen in villages if is_chosen]
    form = fields.form(where.table, asked, reserved=(INDEX, DATA))
    return replace(
        page,
        form=form,
        villages=villages if region.level > Level.PROVINCE else tuple(one for one in villages if one[2]),
        wanted=tuple(chosen),
        pairs=(
            *where.chosen,
            *((VILLAGE, code) for code in chosen),
            *form.pairs,
            *((name, asked[name]) for name in form.strange),
        ),
        path=f"{places.planning('path', region.code)}?{urlencode(where.chosen)}",
    )


def answer(actor: Actor, page: AreaWhatIfPage) -> AreaWhatIfPage:
    """Add what the changes do."""
    where, form = page.ground, page.form
    if where is None or where.table is None or form is None or not form.changed:
        return page
    changes = [Change(code, one.name, one.plain) for one in form.changed for code in (page.wanted or [EVERY])]
    found = indices.whatif(actor, where.definition, where.table, changes, under=page.region.code)
    form = form.with_faults(found.findings)
    page = replace(page, form=form)
    return page if found.frame is None or form.faulty else _with_result(actor, page, where, form, found)


def _with_result(
    actor: Actor, page: AreaWhatIfPage, where: Ground, form: Form, found: WhatIf
) -> AreaWhatIfPage:
    """Add the classes before and after, the villages, and the changes with the way back from each."""
    assessed = sum(places.is_assessed(one.kind) for one in regions.villages(actor, page.region.code))
    figures = {one.key: one for one in _figures(where, found, assessed)}
    address = places.planning(PAGE, page.region.code)
    changes = tuple(
        ChangeView(
            one.label,
            say("yang ada"),
            one.said(one.value),
            "",
            f"{address}?{urlencode([pair for pair in page.pairs if pair[0] != one.name])}",
        )
        for one in form.changed
    )
    moved = say("{moved} desa lain bergeser urutannya.", moved=format_number(found.moved))
    return replace(page, changes=changes, result=moved if found.moved else "", figures=figures)


def _figures(where: Ground, found: WhatIf, assessed: int) -> Iterator[Figure]:
    if found.frame is None or found.after is None:
        return
    sides = {
        word: {row["kode"]: row for row in made.frame.iter_rows(named=True)}
        for word, made in (("before", found.before), ("after", found.after))
    }

    def side(row: dict[str, Any], word: str) -> Standing:
        return standings.of_row(where.scale, row, word, sides[word].get(row["kode"], {}))

    rows = [(row, side(row, "before"), side(row, "after")) for row in found.frame.iter_rows(named=True)]
    yield _classes(where, found, rows)
    yield _villages(where, rows, assessed)


type _Row = tuple[dict[str, Any], Standing, Standing]


def _classes(where: Ground, found: WhatIf, rows: Sequence[_Row]) -> Figure:
    """Count the desa of the table by class, before and after."""
    marks = index.by_status(where.scale)
    classes = tuple(reversed(marks.items()))
    counts = [{status: pair[side] for status, pair in found.statuses.items()} for side in (0, 1)]
    unsure = [sum(count for status, count in one.items() if status not in marks) for one in counts]
    columns = (
        Column("keadaan", say("Keadaan")),
        Column("susunan", say("Susunan"), is_screen_only=True),
        *(Column(status.lower().replace(" ", "_"), mark.label, is_number=True) for status, mark in classes),
        Column("belum_pasti", say("Belum pasti"), is_number=True),
    )
    body = tuple(
        (
            text_cell(word),
            Cell(
                None, "", parts=(*((mark.style, one.get(status, 0)) for status, mark in classes), ("x", left))
            ),
            *(number_cell(one.get(status, 0)) for status, _ in classes),
            number_cell(left),
        )
        for word, one, left in zip((say("Sekarang"), say("Dengan perubahan")), counts, unsure, strict=True)
    )
    rise = sum(after.place > before.place for _, before, after in rows)
    fall = sum(after.place < before.place for _, before, after in rows)
    parts = [
        say("{rise} desa naik status", rise=format_number(rise))
        if rise
        else say("Tidak ada desa yang naik status")
    ]
    if fall:
        parts.append(say("{fall} desa turun", fall=format_number(fall)))
    title = say("{parts} dari {rows} desa yang diubah", parts=", ".join(parts), rows=format_number(len(rows)))
    whole = sum(before for before, _ in found.statuses.values())
    subtitle = say(
        "Jumlah desa menurut status {index}, {whole} desa dalam hitungan.",
        index=where.scale.top.name,
        whole=format_number(whole),
    )
    return Figure("kelas", title, subtitle, Table(columns, body), where.sources)


def _villages(where: Ground, rows: Sequence[_Row], assessed: int) -> Figure:
    """List the changed desa, those that gain most first."""
    decimals = where.scale.thresholds.decimals
    names = {bare(code): name for code, name in (where.table.names if where.table else {}).items()}
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("desa", say("Desa")),
        Column("sekarang", say("Sekarang"), is_number=True),
        Column("status", say("Status")),
        Column("menjadi", say("Menjadi"), is_number=True),
        Column("status_baru", say("Status baru")),
        Column("tambahan", say("Tambah"), is_number=True),
        Column("urutan", say("Urutan"), is_number=True),
        Column("urutan_sampai", say("Urutan sampai"), is_number=True, is_file_only=True),
        Column("urutan_baru", say("Urutan baru"), is_number=True),
        Column("urutan_baru_sampai", say("Urutan baru sampai"), is_number=True, is_file_only=True),
        Column("dari", say("Dari"), is_number=True, is_file_only=True),
        Column("perubahan", say("Perubahan"), is_file_only=True),
    )
    body = tuple(
        (
            text_cell(dotted(row["kode"])),
            text_cell(
                names.get(row["kode"], row["kode"]),
                href=places.planning(PAGE, dotted(row["kode"]) or "") + f"?{urlencode(where.chosen)}",
            ),
            Cell(before.low if before.is_sure else None, before.cell_text),
            mark_cell(before.mark),
            Cell(after.low if after.is_sure else None, after.cell_text),
            mark_cell(after.mark),
            Cell(after.low - before.low, format_number(after.low - before.low, decimals, sign=True)),
            *_rank(row, "before"),
            *_rank(row, "after"),
            number_cell(row["ranked"]),
            text_cell(row["changes"] or None),
        )
        for row, before, after in sorted(rows, key=_gain)
    )
    title = say("{rows} desa sebelum dan sesudah perubahan", rows=format_number(len(rows)))
    return Figure(
        "desa",
        title,
        f"{where.scale.top.name} {where.scores.period}.",
        Table(columns, body),
        where.sources,
        notes=(_ranked(where, rows[0][0]["ranked"] if rows else 0, assessed),),
        first=OPEN_ROWS,
        most=MOST_ROWS,
    )


def _ranked(where: Ground, ranked: int, assessed: int) -> str:
    """Say which villages the ranks count, and how many of the area they leave out."""
    held = say("jawaban") if where.table and where.table.depth is Depth.ANSWERS else say("skor butir")
    rest = (
        say("; {assessed} desa lain tidak dihitung", assessed=format_number(assessed - ranked))
        if assessed > ranked
        else ""
    )
    return say(
        "Urutan di antara {ranked} desa di {region_name} yang punya {held}{rest}.",
        ranked=format_number(ranked),
        region_name=where.region.name,
        held=held,
        rest=rest,
    )


def _gain(one: _Row) -> tuple[Decimal, str]:
    row, before, after = one
    return before.low - after.low, row["kode"]


def _rank(row: Mapping[str, Any], word: str) -> tuple[Cell, Cell]:
    """Give the rank, on screen with its span, and its upper end for files."""
    best, worst = row[f"rank_min_{word}"], row[f"rank_max_{word}"]
    if best is None:
        return number_cell(None), number_cell(None)
    text = standings.span_text(format_number(best), format_number(worst))
    return Cell(best, text), number_cell(worst)
