"""What queries give of plans, goals and activities: plain rows with names, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sidara.programmes.core.activity_drafts import ActivityDraft
from sidara.programmes.core.coverage import Coverage
from sidara.programmes.core.words import Act, Edition, GoalKind, GoalTie, Government, Level, PlanKind, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """A text of a plan."""

    number: int
    edition: Edition
    document: str = ""
    established_date: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan with how much it holds; ceilings in rupiah, `None` where no line says one."""

    uid: UUID
    kind: PlanKind
    level: Level
    area: str
    area_name: str
    agency: str
    sector: str
    title: str
    year_from: int
    year_to: int
    is_simulated: bool
    revision: int
    goals: int = 0
    lines: int = 0
    ceiling_idr: int | None = None
    editions: tuple[EditionRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """The other end of a tie: a goal of another plan."""

    uid: UUID
    tie: GoalTie
    kind: GoalKind
    name: str
    plan: UUID
    plan_kind: PlanKind
    plan_title: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """An indicator of a goal: baseline and target by year beside the actual; `None` = not known.

    `is_waiting`: baseline and targets were just saved, the facts do not have them yet.
    """

    name: str
    indicator: str
    unit: str
    direction: str
    baseline_year: int | None = None
    baseline: Decimal | None = None
    targets: Mapping[int, Decimal] = field(default_factory=dict)
    actuals: Mapping[int, Decimal] = field(default_factory=dict)
    decimals: int = 2
    actual_dataset: str = ""
    is_waiting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A goal in its tree (`depth` 0 = the top) with ties upwards and downwards and what supports it."""

    uid: UUID
    kind: GoalKind
    code: str
    name: str
    parent: UUID | None
    depth: int
    is_priority: bool
    priority: str
    valid_from: int
    valid_to: int
    place: int
    revision: int
    indicators: tuple[IndicatorRow, ...] = ()
    upward: tuple[Tied, ...] = ()
    downward: tuple[Tied, ...] = ()
    coverage: Coverage = Coverage()  # noqa: RUF009 - frozen, counts nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A line of a plan; money in rupiah, empty where the document says nothing."""

    uid: UUID
    year: int
    government: Government
    code: str
    name: str
    agency: str
    activity_kind: str
    indicator: str
    unit: str
    direction: str
    baseline: Decimal | None
    target: Decimal | None
    target_revised: Decimal | None
    ceiling_original: int | None
    ceiling_revised: int | None
    fund_source: str
    reason: str
    minutes: str
    goal: UUID | None
    goal_name: str
    revision: int

    @property
    def ceiling(self) -> int | None:
        """The ceiling of the last document that holds."""
        return self.ceiling_original if self.ceiling_revised is None else self.ceiling_revised


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan with its goals as laid out (parents first), its lines by year and code."""

    plan: PlanRow
    goals: tuple[GoalRow, ...]
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """An activity in a list. `villages` counts them, 0 with `is_whole_area`: all of its owner's area."""

    uid: UUID
    level: Level
    area: str
    area_name: str
    agency: str
    name: str
    activity_kind: str
    government: str
    code: str
    year: int
    fund_source: str
    budget_idr: int | None
    stage: Stage
    is_whole_area: bool
    is_simulated: bool
    villages: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many activities and how much money, and how many of them say no money."""

    activities: int
    budget_idr: int
    without_money: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that happened to a plan, goal, line or activity: which fields became what."""

    act: Act
    made_at: datetime
    actor_name: str
    actor_function: str
    reason: str
    fields: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityView:
    """An activity with everything: the draft as it stands, its villages by name, goals, history."""

    row: ActivityRow
    draft: ActivityDraft
    revision: int
    villages: tuple[tuple[str, str, str, str], ...] = ()
    goals: tuple[Tied, ...] = ()
    history: tuple[Change, ...] = ()
