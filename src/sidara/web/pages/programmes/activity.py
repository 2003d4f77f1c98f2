"""`/program/<uid>`: an activity with everything: villages, money, goals upward, gaps, others, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from sidara.indices import queries as indices
from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core import Stage
from sidara.programmes.core.listed import ActivityRow, ActivityView, Change, Tied
from sidara.ui.figures import Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_date, format_moment, format_number, say
from sidara.web.pages.parts import Fact
from sidara.web.pages.places import Link
from sidara.web.pages.programmes import words, world


@dataclass(frozen=True)
class Upward:
    """A goal that the activity supports, with the goals that it follows."""

    goal: Tied
    label: str
    href: str
    above: Sequence[Link]


@dataclass(frozen=True)
class Other:
    """Another activity: what may double this one, or pays together with it."""

    row: ActivityRow
    label: str
    href: str
    note: str


@dataclass(frozen=True)
class Happened:
    """An act of the history in words."""

    text: str
    day: str
    who: str
    reason: str
    fields: Sequence[str]


@dataclass(frozen=True)
class Page:
    """The page of an activity."""

    view: ActivityView
    lead: str
    facts: Sequence[Fact]
    figures: dict[str, Figure]
    goals: Sequence[Upward]
    gaps: Sequence[Fact]
    together: Sequence[Other]
    alike: Sequence[Other]
    history: Sequence[Happened]
    back: str
    edit: str
    message: UUID
    is_cancelled: bool


def build(actor: Actor, uid: UUID, *, message: UUID) -> Page | None:
    """Build the page; `None` where there is no such activity."""
    view = queries.activity(actor, uid)
    if view is None:
        return None
    row, draft = view.row, view.draft
    may = queries.may_plan(actor, draft.level, draft.area or None, draft.sector, agency=draft.agency)
    source = words.source(is_simulated=row.is_simulated)
    figures = {}
    if view.villages:
        figures["desa"] = Figure(
            "desa",
            say("{n} desa sasaran", n=format_number(len(view.villages))),
            say("Desa tempat kegiatan dikerjakan, dan tempat di dalamnya bila disebut."),
            _villages(view),
            (source,),
            first=15,
        )
    if draft.outputs:
        figures["keluaran"] = Figure(
            "keluaran",
            say("Keluaran dan target"),
            say("Target triwulan adalah jumlah sampai triwulan itu."),
            _outputs(view),
            (source,),
        )
    return Page(
        view,
        _lead(view),
        tuple(_facts(actor, view)),
        figures,
        tuple(_upward(actor, one) for one in view.goals),
        tuple(_gaps(actor, view)),
        tuple(_other(one, one.agency or one.area_name) for one in queries.co_financed(actor, uid)),
        tuple(_alike(actor, uid)),
        tuple(_happened(actor, one) for one in view.history),
        f"{reverse('programmes')}?{world.DATA}={world.word(simulated=row.is_simulated)}&tahun={row.year}",
        reverse("programme-edit", args=[uid]) if may and row.stage is not Stage.CANCELLED else "",
        message,
        row.stage is Stage.CANCELLED,
    )


def _lead(view: ActivityView) -> str:
    row = view.row
    where = (
        say("di seluruh wilayah {area}", area=row.area_name)
        if row.is_whole_area
        else say("di {n} desa", n=format_number(len(view.villages)))
    )
    return say(
        "{level}, tahun {year}, {money}, {where}.",
        level=words.level(row.level),
        year=row.year,
        money=words.rupiah(row.budget_idr) if row.budget_idr is not None else say("anggaran belum disebut"),
        where=where,
    )


def _facts(actor: Actor, view: ActivityView) -> "list[Fact]":
    draft, catalogue = view.draft, queries.catalogue(actor)
    kind = catalogue.kinds.find(draft.activity_kind) if draft.activity_kind else None
    fund = catalogue.funds.find(draft.fund_source) if draft.fund_source else None
    entry = None
    if draft.code and view.row.government:
        entry = catalogue.entry(queries.government_of(actor, view.row), draft.code, draft.year)
    told = (
        (say("Keadaan"), say(words.STAGES[draft.stage]), False),
        (say("Pelaksana"), draft.agency or view.row.area_name, True),
        (say("Pemilik"), view.row.area_name, True),
        (say("Jenis kegiatan"), f"{kind.name} ({kind.code})" if kind else draft.activity_kind, True),
        (say("Nomenklatur"), f"{draft.code} {entry.name if entry else ''}".strip(), True),
        (say("Sumber dana"), f"{fund.name} ({fund.code})" if fund else draft.fund_source, True),
        (say("Anggaran"), words.rupiah(draft.budget_idr) if draft.budget_idr is not None else "", False),
        (say("Waktu"), _span(draft.starts, draft.ends), False),
        (say("Tahap"), ", ".join(one.replace("_", " ") for one in draft.phases), True),
        (say("Penerima manfaat"), draft.beneficiaries, True),
        (
            say("Jumlah penerima"),
            format_number(draft.beneficiary_count) if draft.beneficiary_count is not None else "",
            False,
        ),
        (say("Cara pelaksanaan"), draft.method, True),
        (say("Rekan pelaksana"), draft.executor, True),
        (say("Dibiayai bersama"), draft.co_financing, True),
        (say("Penanda"), ", ".join(draft.tags), True),
        (say("Catatan"), draft.note, True),
    )
    return [Fact(*one) for one in told if one[1]]


def _span(starts: Any, ends: Any) -> str:
    told = [format_date(day) for day in (starts, ends) if day is not None]
    return " – ".join(told)


def _villages(view: ActivityView) -> Table:
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("desa", say("Desa", context="satu")),
        Column("kecamatan", say("Kecamatan", context="satu")),
        Column("tempat", say("Tempat")),
    )
    return Table(
        columns,
        tuple(
            (
                text_cell(code),
                text_cell(name, href=reverse("village", args=[code])),
                text_cell(above),
                text_cell(place, language="id"),
            )
            for code, name, above, place in view.villages
        ),
    )


def _outputs(view: ActivityView) -> Table:
    columns = (
        Column("keluaran", say("Keluaran")),
        Column("satuan", say("Satuan")),
        Column("target", say("Target setahun"), is_number=True),
        *(Column(f"tw{n}", say("s.d. TW {n}", n=n), is_number=True) for n in range(1, 5)),
    )
    return Table(
        columns,
        tuple(
            (
                text_cell(one.indicator, language="id"),
                text_cell(one.unit, language="id"),
                number_cell(one.target, 2 if one.target and one.target % 1 else 0),
                *(
                    number_cell(value, 2 if value is not None and value % 1 else 0)
                    for value in (*one.quarters, *([None] * 4))[:4]
                ),
            )
            for one in view.draft.outputs
        ),
    )


def _upward(actor: Actor, goal: Tied) -> Upward:
    plan = queries.plan(actor, goal.plan)
    own = next((one for one in plan.goals if one.uid == goal.uid), None) if plan else None
    above = [
        Link(f"{one.name} ({one.plan_title})", f"{reverse('plan', args=[one.plan])}#t-{one.uid}")
        for one in (own.upward if own else ())
    ]
    return Upward(
        goal, say(words.GOALS[goal.kind]), f"{reverse('plan', args=[goal.plan])}#t-{goal.uid}", above
    )


def _gaps(actor: Actor, view: ActivityView) -> "list[Fact]":
    found = []
    for one in view.draft.gaps:
        index = indices.definition(actor, one.index) if one.index else None
        items = {item.code: item for version in index.versions for item in version.items} if index else {}
        item = items.get(one.item)
        found.append(Fact(index.name if index else one.item, item.name if item else one.item, is_cited=True))
    return found


def _other(row: ActivityRow, note: str) -> Other:
    return Other(row, words.level(row.level), reverse("programme", args=[row.uid]), note)


def _alike(actor: Actor, uid: UUID) -> "list[Other]":
    found = []
    for other, codes in queries.alike_in_villages(actor, uid).items():
        view = queries.activity(actor, other)
        if view is not None:
            names = {code: name for code, name, *_ in view.villages}
            told = ", ".join(names[code] for code in list(codes)[:3] if code in names)
            rest = len(codes) - 3
            more = say(" dan {n} desa lain", n=format_number(rest)) if rest > 0 else ""
            found.append(_other(view.row, told + more))
    return found


def _happened(actor: Actor, one: Change) -> Happened:
    who = one.actor_name if actor.may_somewhere(queries.PLAN) else one.actor_function
    fields = []
    for name, old, new in one.fields:
        before, after = old, new
        if name not in words.FIELDS:
            continue
        if name == "budget_idr":
            before, after = words.rupiah(before), words.rupiah(after)
        if name == "villages":
            before, after = format_number(len(before or ())), format_number(len(after or ()))
        if isinstance(after, list | dict):
            fields.append(say(words.FIELDS[name]))
        else:
            fields.append(
                say(
                    "{field}: {before} menjadi {after}",
                    field=say(words.FIELDS[name]),
                    before=before or "–",
                    after=after or "–",
                )
            )
    return Happened(
        say(words.ACTS.get(one.act, one.act)), format_moment(one.made_at), who, one.reason, fields
    )
