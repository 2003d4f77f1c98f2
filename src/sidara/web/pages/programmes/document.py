"""`/rencana/<uid>`: one plan: its goals with targets beside the actual, ties and coverage, and its lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core.coverage import Coverage
from sidara.programmes.core.listed import GoalRow, IndicatorRow, LineRow, PlanView, Tied
from sidara.ui.figures import Cell, Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_date, format_number, say
from sidara.web.pages.places import Link
from sidara.web.pages.programmes import words, world

DEEPEST = 5


@dataclass(frozen=True)
class IndicatorView:
    """An indicator: its years with target and actual, and whether the last actual reaches its target."""

    name: str
    code: str
    unit: str
    baseline: str
    years: Sequence[tuple[int, str, str]]
    note: str


@dataclass(frozen=True)
class GoalView:
    """A goal of the tree."""

    row: GoalRow
    kind: str
    style: str
    span: str
    up: Sequence[tuple[str, Link, str]]
    down: Sequence[tuple[str, Link, str]]
    coverage: str
    levels: str
    indicators: Sequence[IndicatorView]
    activities: str

    @property
    def is_bare(self) -> bool:
        """Whether nothing supports it although something should."""
        return self.row.coverage.is_bare and self.row.kind in queries.CARRIED


@dataclass(frozen=True)
class Page:
    """The page of a plan."""

    view: PlanView
    lead: str
    basis: str
    editions: Sequence[str]
    goals: Sequence[GoalView]
    figures: Mapping[str, Figure]
    back: str
    edit: str


def build(actor: Actor, uid: UUID) -> Page | None:
    """Build the page; `None` where there is no such plan."""
    view = queries.plan(actor, uid)
    if view is None:
        return None
    plan = view.plan
    document = queries.plan_kinds(actor).documents[plan.kind]
    indicators = queries.goal_indicators(actor, uid)
    figures = {}
    if view.lines:
        figures["baris"] = Figure(
            "baris",
            say("{n} baris rencana", n=format_number(len(view.lines))),
            say("Pagu murni dan pagu perubahan, rupiah; kosong berarti dokumen tidak menyebutnya."),
            _lines(view.lines),
            (words.source(is_simulated=plan.is_simulated),),
            first=20,
            most=400,
        )
    owner = ", ".join(one for one in (plan.agency, plan.area_name) if one) or words.level(plan.level)
    may = queries.may_plan(
        actor, plan.level, plan.area or None, plan.sector, agency=plan.agency, kind=plan.kind
    )
    return Page(
        view,
        say("{owner}, {span}.", owner=owner, span=f"{plan.year_from}–{plan.year_to}"),
        ". ".join(one for one in (document.name, document.basis, document.deadline) if one),
        [
            " ".join(
                part
                for part in (
                    say(words.EDITIONS[one.edition]),
                    one.document,
                    format_date(one.established_date) if one.established_date else "",
                )
                if part
            )
            for one in plan.editions
        ],
        [_goal(one, indicators.get(one.uid, ()), is_simulated=plan.is_simulated) for one in view.goals],
        figures,
        f"{reverse('plans')}?{world.DATA}={world.word(simulated=plan.is_simulated)}",
        reverse("plan-edit", args=[uid]) if may else "",
    )


def _goal(row: GoalRow, indicators: Sequence[IndicatorRow], *, is_simulated: bool) -> GoalView:
    return GoalView(
        row,
        say(words.GOALS[row.kind]),
        f"p{min(row.depth, DEEPEST)}",
        f"{row.valid_from}–{row.valid_to}",
        [_tie(one) for one in row.upward],
        [_tie(one) for one in row.downward],
        _covered(row.coverage),
        ", ".join(words.level(one) for one in words.LEVELS if one in row.coverage.levels),
        [_indicator(one) for one in indicators],
        f"{reverse('programmes')}?{world.DATA}={world.word(simulated=is_simulated)}&tujuan={row.uid}",
    )


def _tie(one: Tied) -> tuple[str, Link, str]:
    href = f"{reverse('plan', args=[one.plan])}#t-{one.uid}"
    return say(words.TIES[one.tie]), Link(one.name, href), one.plan_title


def _covered(one: Coverage) -> str:
    if one.is_bare:
        return say("Belum didukung dokumen lain, baris rencana, atau kegiatan.")
    return say(
        "{goals} tujuan, {lines} baris ({ceiling}), {activities} kegiatan ({budget}) di {villages} desa.",
        goals=format_number(one.goals),
        lines=format_number(one.lines),
        ceiling=words.brief(one.ceiling_idr),
        activities=format_number(one.activities),
        budget=words.brief(one.budget_idr),
        villages=format_number(one.villages),
    )


def _indicator(one: IndicatorRow) -> IndicatorView:
    years = sorted({*one.targets, *one.actuals})
    return IndicatorView(
        one.name,
        one.indicator,
        one.unit,
        f"{words.figure(one.baseline, 4)} ({one.baseline_year})" if one.baseline is not None else "",
        [
            (
                year,
                words.figure(one.targets[year], 4) if year in one.targets else format_number(None),
                words.figure(one.actuals[year], one.decimals) if year in one.actuals else format_number(None),
            )
            for year in years
        ],
        " ".join(_notes(one)),
    )


def _notes(one: IndicatorRow) -> Iterable[str]:
    if one.is_waiting:
        yield say("Angka ini baru disimpan dan belum masuk gudang data; halaman lain menyusul sebentar lagi.")
    if one.indicator and not one.actuals:
        yield say("Capaian belum ada angkanya.")


def _lines(rows: Sequence[LineRow]) -> Table:
    columns = (
        Column("uraian", say("Uraian")),
        Column("kode", say("Kode")),
        Column("tahun", say("Tahun"), is_sortable=True),
        Column("pelaksana", say("Pelaksana")),
        Column("indikator", say("Indikator"), is_file_only=True),
        Column("target", say("Target"), is_number=True),
        Column("satuan", say("Satuan")),
        Column("pagu_murni", say("Pagu murni"), is_number=True, is_sortable=True),
        Column("pagu_perubahan", say("Pagu perubahan"), is_number=True, is_sortable=True),
        Column("tujuan", say("Tujuan")),
    )
    return Table(
        columns,
        tuple(
            (
                text_cell(one.name, language="id"),
                text_cell(one.code),
                Cell(one.year, str(one.year)),
                text_cell(one.agency, language="id"),
                text_cell(one.indicator, language="id"),
                number_cell(_target(one), 2 if (_target(one) or 0) % 1 else 0),
                text_cell(one.unit, language="id"),
                Cell(one.ceiling_original, words.rupiah(one.ceiling_original)),
                Cell(one.ceiling_revised, words.rupiah(one.ceiling_revised)),
                text_cell(one.goal_name, language="id"),
            )
            for one in rows
        ),
    )


def _target(one: LineRow) -> Decimal | None:
    return one.target if one.target_revised is None else one.target_revised
