"""The cheapest paths of all desa of an area, what one budget buys, who is one item from a threshold.

Searches are kept by the index as long as facts and register stay the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from typing import Any
from urllib.parse import urlencode

from sidara.indices import queries as indices
from sidara.indices.core import Version
from sidara.indices.core.budget import Shared, is_candidate
from sidara.indices.core.path import Outcome, Path, Paths
from sidara.kernel.actor import Actor
from sidara.kernel.number import rounded
from sidara.regions.core import Region, dotted
from sidara.ui.figures import Cell, Column, Figure, Mark, Table, mark_cell, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.ui.progress import Reach, reach
from sidara.web.pages import asking, ground, index, places
from sidara.web.pages import path as path_page
from sidara.web.pages.asking import Asked
from sidara.web.pages.ground import Ground, Pairs
from sidara.web.pages.planning import Searching
from sidara.web.pages.retold import retold

PAGE = "path"
MOST_ROWS = 120
"""How many villages a screen lists; files hold all."""
OPEN_ROWS = 20
NAMED_ITEMS = 3
MOVE = re.compile(r"(\S+) (-?\d+) -> (-?\d+)")


@dataclass(frozen=True, kw_only=True)
class AreaPathPage(Searching):
    """All that the page shows; without `asked` its lead says why there is no form."""

    @property
    def near(self) -> str:
        """Give the address that also lists who is one item from a threshold."""
        return urlencode((*self.pairs, (asking.NEAR, "1")))


def ask(actor: Actor, region: Region, pairs: Pairs) -> AreaPathPage:
    """Read what the address of an area asks."""
    where = ground.find(actor, region, dict(pairs), PAGE)
    title = say("Jalur termurah: desa di {region_name}", region_name=region.name)
    if where is None:
        trail = places.trail(actor, region)
        return AreaPathPage(
            region=region, title=title, lead=say("Belum ada angka indeks yang dimuat."), trail=trail
        )
    page = AreaPathPage(
        region=region,
        title=title,
        lead="",
        trail=where.trail,
        links=(*where.others, *where.indices),
        ground=where,
    )
    if where.table is None:
        lead = say(
            "Jawaban dan skor butir {definition_name} untuk desa di {region_name} belum ada dalam"
            " {title}, jadi jalurnya belum dapat dicari.",
            definition_name=where.definition.name,
            region_name=region.name,
            title=where.dataset.title,
        )
        return replace(page, lead=lead)
    asked = asking.read(where.definition, where.scale, pairs)
    height = format_number(where.table.frame.height)
    return replace(
        page,
        lead=say(
            "{height} desa punya jawaban atau skor butir {index} {table_period}.",
            height=height,
            index=where.scale.top.name,
            table_period=where.table.period,
        ),
        asked=asked,
        whatif=f"{places.planning('whatif', region.code)}?{urlencode(where.chosen)}",
        pairs=(*where.chosen, *asked.pairs),
    )


def answer(actor: Actor, page: AreaPathPage) -> AreaPathPage:
    """Add the paths of all desa, what one budget buys, and who is near a threshold where that is asked."""
    where, asked = page.ground, page.asked
    if where is None or where.table is None or asked is None or asked.wish is None:
        return page
    found = indices.paths(actor, where.table, asked.wish)
    said, is_refused = path_page.told(found, where.scale)
    page = replace(page, findings=() if asked.faults else said, is_refused=is_refused)
    if not isinstance(found, Paths) or not found.paths:
        return page
    shared = None
    if asked.amount is not None:
        shared = indices.share(actor, where.table, asked.wish, asked.amount)
    figures = list(_figures(where, asked, found.paths, shared))
    figures += [_near(actor, where)] if asked.is_near else []
    return replace(
        page,
        proof=_proof(shared, asked) if shared else (),
        figures={one.key: one for one in figures},
    )


def _figures(where: Ground, asked: Asked, paths: Sequence[Path], shared: Shared | None) -> Iterator[Figure]:
    """Give the villages with what their path costs, how many a budget reaches, and all steps for files."""
    chosen = {one.code for one in shared.chosen} if shared else set()
    yield _villages(where, asked, paths, chosen if shared else None)
    costs = sorted(one.cost for one in paths if is_candidate(one) and one.cost is not None)
    if costs:
        yield _reached(where, asked, costs, shared)
    steps = [one for one in paths if not shared or one.code in chosen]
    yield _steps(where, asked, steps)


def _villages(where: Ground, asked: Asked, paths: Sequence[Path], chosen: set[str] | None) -> Figure:
    """List all villages, cheapest first; those that a budget pays for before the others."""
    scale, names = where.scale, _names(where)
    decimals = scale.thresholds.decimals
    marks = index.by_status(scale)
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("desa", say("Desa")),
        *((Column("terpilih", say("Terpilih")),) if chosen is not None else ()),
        Column("status", say("Status")),
        Column("nilai", say("Sekarang"), is_number=True),
        Column("tujuan", say("Tujuan")),
        Column("butir", say("Butir", context="banyak"), is_number=True),
        Column("biaya", say("Biaya"), is_number=True),
        Column("satuan_biaya", say("Satuan biaya"), is_file_only=True),
        Column("nilai_sesudah", say("Menjadi"), is_number=True),
        Column("skor_lengkap", say("Skor lengkap"), is_file_only=True),
        Column("terbukti_termurah", say("Terbukti termurah"), is_file_only=True),
        Column("catatan", say("Catatan"), is_file_only=True),
    )
    ordered = sorted(paths, key=lambda one: (*_order(one, chosen), one.code))
    query = urlencode([*where.chosen, *asked.shared])
    rows = tuple(
        (
            text_cell(_dotted(one.code)),
            text_cell(
                names.get(one.code, one.code), href=f"{places.planning('path', _dotted(one.code))}?{query}"
            ),
            *((text_cell(say("ya") if one.code in chosen else say("tidak")),) if chosen is not None else ()),
            mark_cell(marks.get(one.status, Mark("x", one.status))),
            number_cell(one.index, decimals),
            text_cell(_goal(one)),
            number_cell(len(one.steps) if one.outcome is Outcome.REACHABLE else None),
            _cost(one if one.outcome is Outcome.REACHABLE else None),
            text_cell(asked.cost_unit),
            number_cell(one.index_after if one.outcome is Outcome.REACHABLE else None, decimals),
            text_cell(say("ya") if one.is_complete else say("tidak")),
            text_cell(say("ya") if one.is_optimal else say("tidak")),
            text_cell(retold(one.note) or None),
        )
        for one in ordered
    )
    count = sum(one.outcome is Outcome.REACHABLE for one in paths)
    reached = sum(one.outcome is Outcome.REACHED for one in paths)
    told = {"count": format_number(count), "paths": format_number(len(paths))}
    title = (
        say(
            "{count} dari {paths} desa dapat mencapai tujuan, {reached} sudah mencapainya",
            **told,
            reached=format_number(reached),
        )
        if reached
        else say("{count} dari {paths} desa dapat mencapai tujuan", **told)
    )
    subtitle = say(
        "Biaya jalur termurah tiap desa dalam {cost_unit}{unit_note}, dari yang terkecil. Tekan"
        " nama desa untuk melihat langkahnya.",
        cost_unit=asked.cost_unit,
        unit_note=asked.unit_note,
    )
    return Figure(
        "desa", title, subtitle, Table(columns, rows), where.sources, first=OPEN_ROWS, most=MOST_ROWS
    )


def _order(one: Path, chosen: set[str] | None) -> tuple[bool, bool, Fraction]:
    is_open = one.outcome is not Outcome.REACHABLE
    return (chosen is not None and one.code not in chosen, is_open, one.cost or Fraction(0))


def _goal(one: Path) -> str:
    words = {Outcome.REACHED: say("sudah tercapai"), Outcome.UNREACHABLE: say("tidak terjangkau")}
    return (
        f"{index.word_of(one.goal)}, {words[one.outcome]}"
        if one.outcome in words
        else index.word_of(one.goal)
    )


def _cost(one: Path | None) -> Cell:
    cost = one.cost if one else None
    return number_cell(cost, 0 if cost is None or cost.denominator == 1 else 2)


def _reached(where: Ground, asked: Asked, costs: Sequence[Fraction], shared: Shared | None) -> Figure:
    """Draw how many desa reach their goal as the budget grows."""
    totals = list(accumulate(costs, initial=Fraction(0)))
    points = [Reach(rounded(total, 2), at) for at, total in enumerate(totals)]
    mark = None
    if shared:
        mark = Reach(rounded(min(shared.budget, totals[-1]), 2), len(shared.chosen))
    whole = asking.amount_text(totals[-1], asked.cost_unit)
    title = say(
        "Semua {costs} desa yang dapat dipilih perlu {whole}", costs=format_number(len(costs)), whole=whole
    )
    if shared:
        spent = asking.amount_text(shared.cost, asked.cost_unit)
        title = say(
            "Anggaran ini cukup untuk {chosen} desa, terpakai {spent}",
            chosen=format_number(len(shared.chosen)),
            spent=spent,
        )
    decimals = 0 if all(one.denominator == 1 for one in totals) else 2
    table = Table(
        (
            Column("desa", say("Desa", context="banyak"), is_number=True),
            Column("anggaran", say("Anggaran ({cost_unit})", cost_unit=asked.cost_unit), is_number=True),
        ),
        tuple((number_cell(one.count), number_cell(one.amount, decimals)) for one in points[1:]),
    )
    subtitle = say(
        "Jumlah desa yang mencapai tujuan menurut anggaran, dalam {cost_unit}; desa termurah lebih dulu.",
        cost_unit=asked.cost_unit,
    )
    simulated = "SIMULASI: " if where.is_simulated else ""
    label = say(
        "{simulated}Jumlah desa yang mencapai tujuan, sampai {costs} desa",
        simulated=simulated,
        costs=len(costs),
    )
    drawing = reach(tuple(points), mark, label=label, unit=asked.cost_unit)
    return Figure("anggaran", title, subtitle, table, where.sources, drawing, most=MOST_ROWS)


def _steps(where: Ground, asked: Asked, paths: Sequence[Path]) -> Figure:
    """Give all steps of all villages, or of those chosen: for files only."""
    names = _names(where)
    columns = (Column("kode", say("Kode")), Column("desa", say("Desa")), *path_page.step_columns())
    rows = tuple(
        (
            text_cell(_dotted(one.code)),
            text_cell(names.get(one.code)),
            *path_page.cells(where, step, one.year, asked.cost_unit),
        )
        for one in paths
        for step in one.steps
    )
    title = say(
        "{rows} butir di {paths} desa", rows=format_number(len(rows)), paths=format_number(len(paths))
    )
    return Figure(
        "langkah", title, say("Langkah jalur termurah tiap desa."), Table(columns, rows), where.sources
    )


def _proof(shared: Shared, asked: Asked) -> tuple[str, ...]:
    """Say what the budget buys and how sure it is that nothing serves more, or costs less."""
    amount = asking.amount_text(shared.budget, asked.cost_unit)
    spent = asking.amount_text(shared.cost, asked.cost_unit)
    first = say(
        "Dengan {amount}, {chosen} dari {candidates} desa yang dapat dipilih mencapai tujuan;"
        " terpakai {spent}.",
        amount=amount,
        chosen=format_number(len(shared.chosen)),
        candidates=format_number(shared.candidates),
        spent=spent,
    )
    if shared.is_optimal:
        second = say(
            "Tidak ada pilihan yang melayani lebih banyak desa, atau sama banyak dengan biaya lebih"
            " kecil; dibuktikan."
        )
    else:
        second = say("Pilihan ini sah, tetapi belum terbukti yang terbaik.")
    return first, second, *_left_out(shared)


def _left_out(shared: Shared) -> Iterator[str]:
    """Say how many villages could not be chosen, and why."""
    for count, why in (
        (shared.perhaps_reached, say("tujuannya mungkin sudah tercapai hari ini")),
        (shared.perhaps_short, say("jalurnya belum tentu cukup untuk sampai ke tujuan")),
    ):
        if count:
            yield say("{count} desa tidak ikut dipilih: {why}.", count=format_number(count), why=why)


def _near(actor: Actor, where: Ground) -> Figure:
    """List the desa of which one item alone, one step up or down, changes the status."""
    if where.table is None:
        raise TypeError("no table to look at")
    frame = indices.sensitivity(actor, where.table).frame
    scale, names = where.scale, _names(where)
    decimals = scale.thresholds.decimals
    marks = {
        one.status: mark
        for one, mark in zip(scale.thresholds.classes, index.marks(scale).values(), strict=True)
    }
    rows = [row for row in frame.iter_rows(named=True) if row["up"] or row["down"]]
    rows.sort(
        key=lambda row: (not row["up"], row["to_next"] if row["to_next"] is not None else 9e9, row["kode"])
    )
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("desa", say("Desa")),
        Column("status", say("Status")),
        Column("kurang", say("Kurang"), is_number=True),
        Column("naik_bila", say("Naik bila satu butir naik selangkah")),
        Column("lebih", say("Lebih"), is_number=True),
        Column("turun_bila", say("Turun bila satu butir turun selangkah")),
    )
    body = tuple(
        (
            text_cell(_dotted(row["kode"])),
            text_cell(
                names.get(row["kode"], row["kode"]),
                href=f"{places.planning('whatif', _dotted(row['kode']))}?{urlencode(where.chosen)}",
            ),
            mark_cell(marks.get(row["status"], index.missing())),
            _figure_cell(row["to_next"], decimals),
            _moves(scale, row["up"]),
            _figure_cell(row["to_previous"], decimals),
            _moves(scale, row["down"]),
        )
        for row in rows
    )
    up = sum(bool(row["up"]) for row in rows)
    down = sum(bool(row["down"]) for row in rows)
    title = (
        say(
            "{up} desa selangkah dari naik status, {down} desa selangkah dari turun",
            up=format_number(up),
            down=format_number(down),
        )
        if rows
        else say("Tidak ada desa yang selangkah dari ambang")
    )
    subtitle = say(
        "Satu butir yang naik atau turun satu langkah saja sudah mengubah statusnya. Yang"
        " terdekat lebih dulu."
    )
    return Figure(
        "ambang", title, subtitle, Table(columns, body), where.sources, first=OPEN_ROWS, most=MOST_ROWS
    )


def _figure_cell(value: float | None, decimals: int) -> Cell:
    return number_cell(None if value is None else Fraction(str(value)), decimals)


def _moves(scale: Version, text: str) -> Cell:
    """Write the first items that would do, with their scores; files hold all by code."""
    found = MOVE.findall(text or "")
    if not found:
        return text_cell(None)
    said = [
        say("{name} {start} ke {to}", name=scale.by_code[code].name, start=start, to=to)
        for code, start, to in found[:NAMED_ITEMS]
    ]
    rest = say("; {found} butir lain", found=len(found) - NAMED_ITEMS) if len(found) > NAMED_ITEMS else ""
    return Cell(text, "; ".join(said) + rest)


def _names(where: Ground) -> Mapping[str, Any]:
    """Give the names of villages by bare code."""
    names = where.table.names if where.table else {}
    return {code.replace(".", ""): name for code, name in names.items()}


def _dotted(code: str) -> str:
    """Write a bare code as addresses do."""
    return dotted(code) or code
