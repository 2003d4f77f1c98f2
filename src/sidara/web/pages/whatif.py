"""What if, for one village: change answers or scores, see figure, status and rank before and after.

Nothing is stored. The changes are parameters of the address, so that it can be shared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from sidara.indices import queries as indices
from sidara.indices.core import Depth, compute
from sidara.indices.core.whatif import EVERY, Change, WhatIf
from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.drawing import SLIM
from sidara.ui.figures import Cell, Column, Figure, Table, mark_cell, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.ui.progress import Climb, climb
from sidara.web.pages import fields, ground, places, standing, standings, status
from sidara.web.pages.fields import Field
from sidara.web.pages.ground import DATA, INDEX, Ground, Pairs
from sidara.web.pages.planning import ChangeView, Trying
from sidara.web.pages.standings import Standing

PAGE = "whatif"


@dataclass(frozen=True, kw_only=True)
class WhatIfPage(Trying):
    """All that the page shows; without `form` its lead says why, and `links` what can be done instead.

    `today` is where the village stands, `note` tells a published figure beside a simulated one. `comparison`
    is the screen's turn of the figure of the same key, whose files have a row for each side.
    """

    comparison: Figure | None = None
    today: Standing | None = None
    note: str = ""


def ask(actor: Actor, region: Region, pairs: Pairs) -> WhatIfPage:
    """Read what the address of a desa asks; the last of a name counts."""
    asked = dict(pairs)
    where = ground.find(actor, region, asked, PAGE)
    title = say("Bagaimana jika: {region_name}", region_name=region.name)
    trail = where.trail if where else places.trail(actor, region)
    if where is None:
        return WhatIfPage(
            region=region, title=title, lead=say("Belum ada angka indeks yang dimuat."), trail=trail
        )
    if not places.is_assessed(region.kind):
        lead = say(
            "{region_name} adalah kelurahan, tidak dinilai dengan {index}.",
            region_name=region.name,
            index=where.edition.top.name,
        )
        return WhatIfPage(region=region, title=title, lead=lead, trail=trail)
    page = WhatIfPage(
        region=region,
        title=title,
        lead=say("Ubah jawaban, lihat skornya. Data desa tidak berubah."),
        trail=trail,
        links=(*where.others, *where.indices),
        ground=where,
    )
    if where.table is None:
        lead = say(
            "Jawaban dan skor butir {definition_name} untuk {region_name} belum ada dalam {title},"
            " jadi perubahan belum dapat dihitung.",
            definition_name=where.definition.name,
            region_name=region.name,
            title=where.dataset.title,
        )
        return replace(page, lead=lead)
    made = compute(where.definition, where.table.frame)
    row = fields.row_of(where.table, where.scale)
    scores = made.frame.row(0, named=True) if where.table.depth is Depth.ANSWERS else row
    form = fields.form(where.table, asked, row=row, scores=scores, reserved=(INDEX, DATA))
    return replace(
        page,
        form=form,
        pairs=(*where.chosen, *form.pairs, *((name, asked[name]) for name in form.strange)),
        path=f"{places.planning('path', region.code)}?{urlencode(where.chosen)}",
    )


def answer(actor: Actor, page: WhatIfPage) -> WhatIfPage:
    """Add what the changes do; without changes, where the village stands today."""
    where, form = page.ground, page.form
    if where is None or where.table is None or form is None:
        return page
    found = None
    if form.changed:
        changes = [Change(EVERY, one.name, one.plain) for one in form.changed]
        found = indices.whatif(actor, where.definition, where.table, changes)
        form = form.with_faults(found.findings)
    page = replace(
        page,
        form=form,
        today=standings.today(actor, where, form),
        note=standings.beside_published(actor, where, form),
    )
    return page if form.faulty or found is None else _with_result(actor, page, where, found)


def _with_result(actor: Actor, page: WhatIfPage, where: Ground, found: WhatIf) -> WhatIfPage:
    """Set both sides beside each other, with ranks and the changes in words."""
    if found.frame is None or found.after is None or page.form is None:
        return page
    before, after = (
        standings.of_row(where.scale, found.frame.row(0, named=True), word, made.frame.row(0, named=True))
        for word, made in (("before", found.before), ("after", found.after))
    )
    own = page.region.code
    peers = _others(actor, where, own)
    file = _file(where, before, after, peers)
    figures = [file, _drawn(where, before, after)]
    return replace(
        page,
        changes=tuple(_view(page, where, one, found) for one in page.form.changed),
        result=_rank_words(where, before, after, peers),
        figures={one.key: one for one in figures},
        comparison=_shown(where, file, before, after, peers),
    )


@dataclass(frozen=True)
class _Peers:
    """The figures of the other desa of an area, and whether the village itself is among those assessed."""

    name: str
    figures: tuple[Decimal, ...]
    uncounted: int

    @property
    def whole(self) -> int:
        """Count all of them with the village itself."""
        return len(self.figures) + 1


def _others(actor: Actor, where: Ground, own: str) -> tuple[_Peers, ...]:
    """Give the others of the kabupaten and of the kecamatan, largest area first."""
    district, regency = ground.regency(actor, where.region)
    villages, _ = status.village_scores(actor, where.scores, under=regency.code)
    top = where.scale.top.code
    desa = {one.code for one in regions.villages(actor, regency.code) if places.is_assessed(one.kind)} - {own}
    known = {
        code: value
        for code, one in villages.items()
        if code != own and (value := one.figures.get(top)) is not None
    }

    def peers(area: Region) -> _Peers:
        within = regions.codes_within(actor, area.code)
        figures = tuple(value for code, value in known.items() if code in within)
        uncounted = len((desa & within) - known.keys())
        return _Peers(area.name, figures, uncounted)

    return tuple(peers(area) for area in (regency, district))


def _ranked(where: Ground, peers: Sequence[_Peers]) -> Iterator[str]:
    """Say for each area which villages a rank counts, and how many it leaves out."""
    for one in peers:
        rest = (
            say("; {uncounted} desa lain tidak dihitung", uncounted=format_number(one.uncounted))
            if one.uncounted
            else ""
        )
        count = format_number(len(one.figures))
        yield (
            say(
                "Urutan di {one_name}: di antara desa ini dan {count} {ranked}{rest}.",
                one_name=one.name,
                count=count,
                ranked=standing.ranked(where.scores),
                rest=rest,
            )
        )


def _file(where: Ground, before: Standing, after: Standing, peers: Sequence[_Peers]) -> Figure:
    """Set both sides under each other for files: index, span, status, what is lacking, ranks, levels."""
    decimals = where.scale.thresholds.decimals
    top = where.scale.top
    columns = (
        Column("keadaan", say("Keadaan")),
        Column(top.column, top.name, is_number=before.is_sure and after.is_sure),
        Column("terendah", say("Terendah"), is_number=True, is_file_only=True),
        Column("tertinggi", say("Tertinggi"), is_number=True, is_file_only=True),
        Column("status", say("Status")),
        Column("kurang", say("Kurang ke status berikut"), is_number=True),
        Column("kurang_paling_banyak", say("Kurang paling banyak"), is_number=True),
        *(
            Column(f"urutan_{at}{end}", say("Urutan di {one_name}", one_name=one.name))
            for at, one in enumerate(peers, 1)
            for end in ("", "_sampai")
        ),
        *(
            Column(f"dari_{at}", say("Dari"), is_number=True, is_file_only=True)
            for at, _ in enumerate(peers, 1)
        ),
        *(Column(one.column, one.name, is_number=True) for one in where.scale.sub_indices),
    )
    rows = tuple(
        (
            text_cell(word),
            Cell(side.low if side.is_sure else None, side.text),
            number_cell(side.low, decimals),
            number_cell(side.high, decimals),
            mark_cell(side.mark),
            number_cell(side.lacking if side.is_sure else None, decimals),
            number_cell(None if side.is_sure else side.lacking, decimals),
            *(number_cell(place) for one in peers for place in side.rank(one.figures)),
            *(number_cell(one.whole) for one in peers),
            *(
                number_cell(side.levels[one.code], where.scores.decimals_of(one))
                for one in where.scale.sub_indices
            ),
        )
        for word, side in ((say("Sekarang"), before), (say("Dengan perubahan"), after))
    )
    subtitle = say(
        "{index} {scores_period}. Data desa tidak berubah, tidak ada yang disimpan.",
        index=top.name,
        scores_period=where.scores.period,
    )
    return Figure(
        "perbandingan", _finding(where, before, after), subtitle, Table(columns, rows), where.sources
    )


def _shown(where: Ground, file: Figure, before: Standing, after: Standing, peers: Sequence[_Peers]) -> Figure:
    """Set the measures under each other for the screen: before, after, and the difference."""
    decimals, top = where.scale.thresholds.decimals, where.scale.top
    is_sure = before.is_sure and after.is_sure
    columns = (
        Column("ukuran", say("Ukuran")),
        *(
            Column(key, word, is_number=is_sure)
            for key, word in (
                ("sebelum", say("Sebelum")),
                ("sesudah", say("Sesudah")),
                ("perubahan", say("Perubahan")),
            )
        ),
    )

    def line(
        name: str, *cells: Cell, change: Decimal | None = None, places: int = decimals
    ) -> tuple[Cell, ...]:
        text = (
            ""
            if change is None
            else format_number(change, places, sign=True)
            if change
            else say("tetap", context="urutan")
        )
        return (text_cell(name), *cells, Cell(change, text))

    sides = (before, after)
    rows = [
        line(
            top.name,
            *(Cell(side.low, side.cell_text) for side in sides),
            change=after.low - before.low if is_sure else None,
        ),
        line(say("Status"), *(mark_cell(side.mark) for side in sides)),
        line(say("Kurang ke status berikut"), *(Cell(side.lacking, side.lacking_figure) for side in sides)),
    ]
    for one in peers:
        start, end = (side.rank(one.figures) for side in sides)
        ranks = (standings.rank_cell(rank, one.whole) for rank in (start, end))
        climbed = start[0] - end[0]
        word = (
            f"{say('naik') if climbed > 0 else say('turun')} {format_number(abs(climbed))}"
            if climbed
            else say("tetap", context="urutan")
        )
        rows.append(
            (
                text_cell(say("Urutan di {one_name}", one_name=one.name)),
                *ranks,
                Cell(climbed, word if is_sure else ""),
            )
        )
    for level in where.scale.sub_indices:
        count = where.scores.decimals_of(level)
        first, last = (side.levels[level.code] for side in sides)
        known = None if first is None or last is None else last - first
        rows.append(
            line(level.name, number_cell(first, count), number_cell(last, count), change=known, places=count)
        )
    return replace(file, table=Table(columns, tuple(rows)), notes=tuple(_ranked(where, peers)))


def _drawn(where: Ground, before: Standing, after: Standing) -> Figure:
    """Draw both sides beside the line of the status above."""
    line = before.next
    title = (
        say("Kurang {lacking_text}", lacking_text=after.lacking_text)
        if after.next
        else say("Sudah pada status tertinggi")
    )
    label = say(
        "{index} sekarang {before_text}, dengan perubahan {after_text}",
        index=where.scale.top.name,
        before_text=before.text,
        after_text=after.text,
    )
    decimals = where.scale.thresholds.decimals
    drawing = climb(
        before.low, (Climb(say("Perubahan"), after.low),), line, label=label, decimals=decimals, width=SLIM
    )
    subtitle = say("{index}. Sumbu dipotong di dekat angka sekarang.", index=where.scale.top.name)
    if not after.is_sure:
        subtitle += say(" Digambar kemungkinan yang terendah.")
    return Figure("gambar", title, subtitle, None, where.sources, drawing)


def _finding(where: Ground, before: Standing, after: Standing) -> str:
    """Say what the changes do to figure and status."""
    decimals, name = where.scale.thresholds.decimals, where.scale.top.name
    change = after.low - before.low
    if before.is_sure and after.is_sure:
        word = say("naik") if change > 0 else say("turun")
        figure = say(
            "{name} {word} {change} menjadi {after_text}",
            name=name,
            word=word,
            change=format_number(abs(change), decimals),
            after_text=after.text,
        )
        if not change:
            figure = say("{name} tetap {after_text}", name=name, after_text=after.text)
    else:
        figure = say(
            "{name} dari {before_text} menjadi {after_text}",
            name=name,
            before_text=before.text,
            after_text=after.text,
        )
    if before.statuses == after.statuses:
        return say("{figure}, status tetap {mark_label}", figure=figure, mark_label=after.mark.label.lower())
    start = before.mark.label.lower()
    end = after.mark.label.lower()
    if before.is_classed:
        return say("{figure}, status dari {start} menjadi {end}", figure=figure, start=start, end=end)
    return say("{figure}, status {start} menjadi {end}", figure=figure, start=start, end=end)


def _rank_words(where: Ground, before: Standing, after: Standing, peers: Sequence[_Peers]) -> str:
    """Say how the place changes in each area, and how many others move."""
    said = []
    for one in peers:
        start, end = (standings.rank_text(side.rank(one.figures)) for side in (before, after))
        change = (
            say("dari {start} menjadi {end}", start=start, end=end)
            if start != end
            else say("tetap {end}", end=end)
        )
        said.append(
            say(
                "di {one_name} {change} dari {whole}",
                one_name=one.name,
                change=change,
                whole=format_number(one.whole),
            )
        )
    text = say("Urutan {parts} {ranked}.", parts=", ".join(said), ranked=standing.ranked(where.scores))
    if before.is_sure and after.is_sure and peers:
        count = standings.moved(before, after, peers[0].figures)
        others = (
            say("{count} desa lain bergeser", count=format_number(count))
            if count
            else say("Urutan desa lain tidak berubah")
        )
        text += f" {others}."
    return text


def _view(page: WhatIfPage, where: Ground, one: Field, found: WhatIf) -> ChangeView:
    """Write one change, with the scores that it moves."""
    moved = []
    if where.table is not None and where.table.depth is Depth.ANSWERS and found.after is not None:
        sides = [made.frame.row(0, named=True) for made in (found.before, found.after)]
        for item in where.scale.items:
            if one.name in {given.name for given in item.inputs}:
                start, end = (_score(side, item.code) for side in sides)
                moved.append(
                    say("{item_code} dari {start} menjadi {end}", item_code=item.code, start=start, end=end)
                    if start != end
                    else say("{item_code} tetap {end}", item_code=item.code, end=end)
                )
    rest = [pair for pair in page.pairs if pair[0] != one.name]
    return ChangeView(
        one.label,
        one.said(one.today),
        one.said(one.value),
        say("Skor {parts}", parts=", ".join(moved)) if moved else "",
        f"{places.planning(PAGE, page.region.code)}?{urlencode(rest)}",
    )


def _score(side: Mapping[str, Any], code: str) -> str:
    score = side.get(code)
    return say("belum pasti") if score is None else format_number(int(score))
