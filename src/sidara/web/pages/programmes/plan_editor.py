"""`/rencana/baru` and `/rencana/<uid>/ubah`: the forms of a plan as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import queries
from sidara.programmes.core import GoalKind, Level
from sidara.programmes.core.activity_drafts import plain_figure
from sidara.programmes.core.listed import GoalRow, IndicatorRow, LineRow, PlanView
from sidara.ui.language import say
from sidara.web.pages.parts import Option
from sidara.web.pages.programmes import form, words, world
from sidara.web.pages.programmes.editor import owners_of, sectors_of
from sidara.web.pages.programmes.form import Fields
from sidara.web.pages.programmes.plan_form import INDICATORS

MOST_UPPER = 300


@dataclass(frozen=True)
class IndicatorFields:
    """A row of an indicator."""

    n: int
    name: str = ""
    code: str = ""
    unit: str = ""
    baseline: str = ""
    baseline_year: str = ""
    targets: str = ""


@dataclass(frozen=True)
class GoalFields:
    """A goal with the fields of its form; `row` empty = a new one."""

    row: GoalRow | None
    kinds: Sequence[Option]
    parents: Sequence[Option]
    uppers: Sequence[Option]
    indicators: Sequence[IndicatorFields]
    heading: str
    message: UUID
    fresh: UUID


@dataclass(frozen=True)
class LineFields:
    """A line with the fields of its form; `row` empty = a new one."""

    row: LineRow | None
    goals: Sequence[Option]
    heading: str
    message: UUID

    @property
    def target(self) -> str:
        """Give the target as the field has it."""
        return "" if self.row is None or self.row.target is None else _plain(self.row.target)

    @property
    def target_revised(self) -> str:
        """Give the target of the change as the field has it."""
        return "" if self.row is None or self.row.target_revised is None else _plain(self.row.target_revised)


@dataclass(frozen=True)
class Page:
    """The editor of a plan."""

    view: PlanView
    goals: Sequence[GoalFields]
    lines: Sequence[LineFields]
    ties: Sequence[Option]
    message: UUID
    findings: Sequence[Finding] = ()
    posted: str = ""


@dataclass(frozen=True)
class NewPage:
    """The form of a new plan."""

    simulated: bool
    fields: dict[str, str]
    owners: Sequence[Option]
    sectors: Sequence[Option]
    kinds: Sequence[Option]
    message: str
    findings: Sequence[Finding] = ()

    @property
    def world(self) -> str:
        """Give the word of its world in addresses."""
        return world.word(simulated=self.simulated)


def build(actor: Actor, view: PlanView, *, findings: Sequence[Finding] = (), posted: str = "") -> Page:
    """Build the forms of a plan; `posted` names the part that was sent and could not be done."""
    uppers = queries.linkable_goals(actor, is_simulated=view.plan.is_simulated, plan=view.plan.uid)
    kinds = queries.plan_kinds(actor).documents[view.plan.kind].goal_kinds
    above = [
        Option(str(one.uid), one.name, note=f"{words.level(one.level)}, {one.plan_title}", is_cited=True)
        for one in uppers[:MOST_UPPER]
    ]
    rows: list[GoalRow | None] = [*view.goals, None] if kinds else []
    return Page(
        view,
        [_goal(actor, view, row, kinds, above) for row in rows],
        [_line(view, row) for row in (*view.lines[:100], None)],
        [Option(tie.value, say(word)) for tie, word in words.TIES.items()],
        uuid4(),
        findings,
        posted,
    )


def new(actor: Actor, fields: Fields, *, simulated: bool, findings: Sequence[Finding] = ()) -> NewPage:
    """Build the form of a new plan."""
    owners = owners_of(actor, fields)
    owner = next((one.value for one in owners if one.is_chosen), "")
    names = ("judul", "pelaksana", "dari", "sampai", "dokumen", "ditetapkan")
    places = queries.own_places(actor)
    documents = [
        one
        for one in queries.plan_kinds(actor).documents.values()
        if not places
        or any(level in one.levels and (one.has_agency or not sectors) for level, _, sectors in places)
    ]
    said = {name: form.one(fields, name) for name in names}
    own = queries.own_companies(actor, queries.PLAN)
    if owner.startswith(f"{Level.COMPANY.value}|") and not said["pelaksana"] and len(own) == 1:
        said["pelaksana"] = own[0]
    return NewPage(
        simulated,
        said,
        owners,
        sectors_of(actor, fields, owner),
        [
            Option(
                one.code.value,
                one.code.value,
                one.code.value == form.one(fields, "jenis"),
                ", ".join(words.level(level) for level in one.levels),
            )
            for one in documents
        ],
        form.one(fields, "pesan") or str(uuid4()),
        findings,
    )


def _goal(
    actor: Actor,
    view: PlanView,
    row: GoalRow | None,
    kinds: Sequence[GoalKind],
    uppers: Sequence[Option],
) -> GoalFields:
    order = queries.plan_kinds(actor)
    may_be_above = [one for one in view.goals if row is None or order.step(one.kind) < order.step(row.kind)]
    indicators = [_indicator(n, one) for n, one in enumerate(row.indicators if row else ())]
    indicators += [IndicatorFields(n) for n in range(len(indicators), min(len(indicators) + 1, INDICATORS))]
    return GoalFields(
        row,
        [Option(one.value, say(words.GOALS[one]), row is not None and one is row.kind) for one in kinds],
        [
            Option(
                str(one.uid),
                f"{say(words.GOALS[one.kind])}: {one.name}",
                row is not None and one.uid == row.parent,
                is_cited=True,
            )
            for one in may_be_above
        ],
        uppers,
        indicators,
        f"{say(words.GOALS[row.kind])}: {row.name}" if row else say("Tujuan baru"),
        uuid4(),
        uuid4(),
    )


def _indicator(n: int, one: IndicatorRow) -> IndicatorFields:
    return IndicatorFields(
        n,
        one.name,
        one.indicator,
        one.unit,
        "" if one.baseline is None else _plain(one.baseline),
        "" if one.baseline_year is None else str(one.baseline_year),
        "; ".join(f"{year}={_plain(value)}" for year, value in sorted(one.targets.items())),
    )


def _plain(value: Decimal) -> str:
    return format(plain_figure(value), "f").replace(".", ",")


def _line(view: PlanView, row: LineRow | None) -> LineFields:
    goals = [
        Option(str(one.uid), one.name, row is not None and one.uid == row.goal, is_cited=True)
        for one in view.goals
    ]
    heading = f"{row.year}: {row.name}" if row else say("Baris baru")
    return LineFields(row, goals, heading, uuid4())
