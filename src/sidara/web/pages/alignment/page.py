"""The page Sinkronisasi: what to speak about, matrix, findings, money by need, map, proposals, runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core.words import State
from sidara.programmes.queries import ALIGN, READ_FINDINGS, TARGET
from sidara.programmes.queries.alignment import FindingQuery, FindingRow, RunRow
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.figures import Figure, Source
from sidara.ui.language import format_date, format_number, percent_sign, say
from sidara.web.pages.address import EXAMPLE, REAL
from sidara.web.pages.alignment import compared as runs_compared
from sidara.web.pages.alignment import found as findings
from sidara.web.pages.alignment import matrix as matrices
from sidara.web.pages.alignment import overlap as overlaps
from sidara.web.pages.alignment import proposed as proposals
from sidara.web.pages.alignment import spread as spreads
from sidara.web.pages.alignment.asked import Asked
from sidara.web.pages.alignment.money import rupiah
from sidara.web.pages.alignment.words import silence
from sidara.web.pages.parts import Choice
from sidara.web.pages.places import Link


@dataclass(frozen=True)
class Page:
    """All that the page shows; parts that have nothing to show are `None`."""

    asked: Asked
    title: str
    above: str
    lead: str
    is_simulated: bool
    area: Region | None = None
    trail: Sequence[Link] = ()
    choices: Sequence[Choice] = ()
    missing: Sequence[str] = ()
    matrix: matrices.Matrix | None = None
    found: findings.Found | None = None
    spread: Figure | None = None
    overlap: overlaps.Overlap | None = None
    proposed: Figure | None = None
    compared: runs_compared.Compared | None = None
    last_run: str = ""
    may_align: bool = False
    may_target: bool = False
    files: Mapping[str, Figure] = field(default_factory=dict)
    query: str = ""


def settled(actor: Actor, asked: Asked, province: str, today: date) -> Asked:
    """Begin where the reader works, in the world and the year of which anything is known."""
    asked = replace(asked, wilayah=asked.wilayah or actor.own_area(READ_FINDINGS) or province)
    place = regions.resolve(actor, asked.wilayah)
    if place is not None:
        asked = replace(asked, wilayah=place.code)
    if place is not None and place.is_example:
        asked = replace(asked, himpunan=EXAMPLE)
    elif place is not None and place.level is Level.VILLAGE:
        asked = replace(asked, himpunan=REAL)
    if not asked.himpunan:
        asked = replace(asked, himpunan=EXAMPLE if queries.alignment.only_made_up(actor) else REAL)
    if not asked.tahun:
        year = queries.alignment.year_worked_on(actor, today, is_simulated=asked.is_simulated)
        asked = replace(asked, tahun=str(year))
    return asked


def build(actor: Actor, asked: Asked, province: str, *, today: date) -> Page:
    """Build the page; refuses (`NotAllowed`) who may not read findings of the area."""
    asked = settled(actor, asked, province, today)
    area = regions.resolve(actor, asked.wilayah)
    if area is None:
        return Page(asked, say("Wilayah ini tidak ada"), "", "", asked.is_simulated)
    year, is_simulated = asked.year, asked.is_simulated
    runs = queries.alignment.runs(actor, under=area.code, year=year, is_simulated=is_simulated)
    told = queries.alignment.findings(
        actor,
        FindingQuery(asked.year, area.code, is_simulated=asked.is_simulated, states=tuple(State)),
    )
    planned = queries.alignment.planned(actor, under=area.code, year=year, is_simulated=is_simulated)
    rules, kinds = queries.alignment.rules(actor), queries.catalogue(actor).kinds
    sources = (_source(asked, runs[0].day if runs else today),)
    need = runs[0].summary.get("need", {}) if runs else {}
    parts = {
        "matrix": matrices.build(asked, planned, kinds, told, sources) if planned.activities else None,
        "found": findings.build(actor, asked, rules, told, sources) if told else None,
        "overlap": overlaps.build(actor, asked, area, planned, kinds, need, sources)
        if planned.activities
        else None,
        "proposed": proposals.build(planned, kinds, sources, asked.year),
        "compared": runs_compared.build(asked, rules, runs, told, sources),
    }
    spread_out = spreads.build(
        planned, need, runs[0].summary.get("need_by", "") if runs else "", sources, asked.year
    )
    may_align = queries.holds_in(actor, ALIGN, area.code)
    title, lead = _finding(asked, told, spread_out, may_align=may_align)
    page = Page(
        asked,
        title,
        say("Rencana {year}, {area}: pusat, provinsi, kabupaten, desa", year=asked.year, area=area.full_name),
        lead,
        asked.is_simulated,
        area,
        _trail(actor, area, asked),
        _choices(actor, asked),
        silence(planned),
        spread=spread_out.figure if spread_out else None,
        last_run=_run_words(runs),
        may_align=may_align,
        may_target=actor.may(TARGET, region=area.code),
        query=asked.href(page="x").removeprefix("x"),
        **parts,  # type: ignore[arg-type]  # by name
    )
    return replace(page, files=_files(page))


def _files(page: Page) -> dict[str, Figure]:
    figures = (
        page.matrix and page.matrix.figure,
        page.found and page.found.summary,
        page.found and page.found.whole,
        page.spread,
        page.overlap and page.overlap.figure,
        page.overlap and page.overlap.unserved,
        page.proposed,
        page.compared and page.compared.figure,
    )
    return {one.key: one for one in figures if one}


def _finding(
    asked: Asked, told: Sequence[FindingRow], spread_out: spreads.Spread | None, *, may_align: bool
) -> tuple[str, str]:
    """Say what is to be spoken about, with money and counts."""
    if not told:
        run = say(
            "Jalankan pemeriksaan untuk melihat tumpang tindih, desa yang terlewat, dan pagu yang"
            " tidak cocok."
        )
        wait = say(
            "Perencana dan Dinas PMD menjalankan pemeriksaan; sesudah itu tumpang tindih, desa yang"
            " terlewat, dan pagu yang tidak cocok tampak di sini."
        )
        return say("Rencana {year} belum diperiksa", year=asked.year), run if may_align else wait
    opened = [one for one in told if one.state is State.OPEN and findings.is_told(one)]
    if not opened:
        return say("Tidak ada temuan yang masih terbuka"), say("Yang belum dapat dinilai disebut di bawah.")
    amount, villages = findings.money(opened), findings.reached(opened)
    title = (
        say("{money} perlu dibicarakan lagi", money=rupiah(amount))
        if amount
        else say("{n} temuan perlu dibicarakan lagi", n=format_number(len(opened)))
    )
    lead = say(
        "{n} temuan terbuka di {villages} desa.",
        n=format_number(len(opened)),
        villages=format_number(len(villages)),
    )
    if spread_out is not None and spread_out.neediest < Decimal(spreads.EVEN):
        lead += " " + say(
            "Desa yang paling membutuhkan mendapat {share} anggaran, padahal bagian meratanya {even}.",
            share=format_number(spread_out.neediest, 1) + percent_sign(),
            even=format_number(spreads.EVEN) + percent_sign(),
        )
    return title, lead


def _source(asked: Asked, day: date) -> Source:
    title = (
        say("Rencana desa contoh, SIMULASI") if asked.is_simulated else say("Rencana semua tingkat di SIDARA")
    )
    licence = say("bebas dipakai, angka rekaan") if asked.is_simulated else say("tidak dinyatakan")
    return Source("rencana", title, "SIDARA", licence, None, day, is_simulated=asked.is_simulated)


def _run_words(runs: Sequence[RunRow]) -> str:
    if not runs:
        return ""
    newest = runs[0]
    return say(
        "Pemeriksaan terakhir {day} oleh {name}{label}.",
        day=format_date(newest.day),
        name=newest.actor_name,
        label=f", {newest.label}" if newest.label else "",
    )


def _trail(actor: Actor, area: Region, asked: Asked) -> tuple[Link, ...]:
    above = regions.ancestors(actor, area.id)
    allowed = [one for one in above if queries.holds_in(actor, READ_FINDINGS, one.code)]
    if not allowed:
        return ()
    return (*(Link(one.name, asked.href(wilayah=one.code)) for one in allowed), Link(area.name))


def _choices(actor: Actor, asked: Asked) -> tuple[Choice, ...]:
    """Give what may be chosen: the world, the year, the areas below."""
    made = []
    worlds = [one for one in (False, True) if queries.alignment.years_of(actor, is_simulated=one)]
    if len(worlds) > 1:
        names = {False: (REAL, say("Rencana nyata")), True: (EXAMPLE, say("Desa contoh, SIMULASI"))}
        links = [
            Link(
                names[one][1],
                "" if one == asked.is_simulated else Asked(names[one][0], _upper(actor, asked)).href(),
            )
            for one in worlds
        ]
        made.append(Choice(say("Data"), links))
    years = sorted({*queries.alignment.years_of(actor, is_simulated=asked.is_simulated), asked.year})
    if len(years) > 1:
        links = [
            Link(str(one), "" if one == asked.year else asked.href(tahun=str(one), uji="", dari="", ke=""))
            for one in years
        ]
        made.append(Choice(say("Tahun rencana"), links))
    area = regions.resolve(actor, asked.wilayah)
    if area is not None and area.level < Level.DISTRICT:
        links = [
            Link(one.name, asked.href(wilayah=one.code, uji="", dari="", ke=""))
            for one in regions.children(actor, area.id)
            if queries.holds_in(actor, READ_FINDINGS, one.code)
        ]
        if links:
            made.append(Choice(say("Lihat wilayah"), links))
    return tuple(made)


def _upper(actor: Actor, asked: Asked) -> str:
    """Give the area that exists in both worlds: that of a village is its kecamatan."""
    area = regions.resolve(actor, asked.wilayah)
    if area is None or area.level is not Level.VILLAGE:
        return asked.wilayah
    return regions.ancestors(actor, area.id)[-1].code
