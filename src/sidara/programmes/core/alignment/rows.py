"""The tables that the alignment looks at, as plain rows: the same for a list of cases and for the records.

Money is whole rupiah, targets are exact, villages are Kemendagri codes, years are calendar years. `id` is
what a finding names. What a document does not say is `None` or empty, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sidara.programmes.core.words import Decision, GoalKind, GoalTie, Government, Level, PlanKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A line of a plan document; `revised` figures hold where there are any.

    `owner`: the agency, or the code of the village. `years`: of a line of an RPJM Desa. `minutes`: the
    minutes (berita acara) that changed the plan. `more_goals`: goals that its document names besides
    `goal_id`.
    """

    id: str
    plan: PlanKind
    owner: str
    government: Government
    year: int
    code: str | None = None
    name: str = ""
    indicator: str = ""
    direction: str = ""
    unit: str = ""
    target: Decimal | None = None
    ceiling_original: int | None = None
    ceiling_revised: int | None = None
    fund_source: str = ""
    account: str = ""
    reason: str = ""
    goal_id: str | None = None
    more_goals: tuple[str, ...] = ()
    kind: str = ""
    years: tuple[int, ...] = ()
    tags: frozenset[str] = frozenset()
    minutes: str = ""
    area: str = ""

    @property
    def goals(self) -> tuple[str, ...]:
        """The goals that it follows, the one that was chosen first."""
        return (*((self.goal_id,) if self.goal_id else ()), *self.more_goals)

    @property
    def ceiling(self) -> int | None:
        """The ceiling of the last document that holds, rupiah."""
        return self.ceiling_original if self.ceiling_revised is None else self.ceiling_revised


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal of a plan; `parent` is the goal above it, in the same plan or (by a tie) in another."""

    id: str
    plan: PlanKind
    kind: GoalKind
    owner: str
    name: str = ""
    parent: str | None = None
    is_priority: bool = False
    valid_from: int | None = None
    valid_to: int | None = None
    area: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """`lower` follows `upper`; see `GoalTie`."""

    lower: str
    upper: str
    tie: GoalTie


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something that a level does in villages in a year; `phases` are words of `activity_kinds.yaml`.

    `place` is the place below the village, `places` that of single villages (code -> place).
    """

    id: str
    owner: str
    level: Level
    kind: str
    year: int
    fund_source: str = ""
    budget_idr: int | None = None
    villages: tuple[str, ...] = ()
    phases: frozenset[str] = frozenset()
    place: str = ""
    places: Mapping[str, str] = field(default_factory=dict, compare=False)
    co_financing: str = ""
    central_programme: str = ""
    start: date | None = None
    end: date | None = None
    name: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposal of a village to a level; `area_asked` is the area of that level, if one is known.

    `year`: of the plan that it asks for. `since`: the first year whose plans may answer it, where that is an
    earlier one (it was agreed on before). `linked_year`: of what it is tied to, where its rows are not here.
    """

    id: str
    document: str
    year: int
    village: str
    level_asked: str
    kind: str = ""
    decision: Decision = Decision.OPEN
    reason: str = ""
    linked_activity: str | None = None
    budget_idr: int | None = None
    area_asked: str = ""
    since: int | None = None
    linked_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Realisation:
    """What a quarter came to, cumulative: rupiah, physical percent (0 to 100), output in its unit."""

    activity: str
    quarter: int
    money: int | None = None
    physical_pct: Decimal | None = None
    output: Decimal | None = None
    obstacle: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """Item scores of a village in one index, and whether they are simulated; `most` of a span counts."""

    is_simulated: bool
    items: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """A village with its status and its scores by index (`indeks_desa`, `idm`)."""

    code: str
    status: str | None = None
    scores: Mapping[str, Scores] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All rows of one question. A table that is `None` is not known: what needs it is not evaluated."""

    plan_lines: tuple[PlanLine, ...] = ()
    goals: tuple[Goal, ...] = ()
    ties: tuple[Tie, ...] = ()
    activities: tuple[Activity, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    realisations: tuple[Realisation, ...] | None = ()
    villages: tuple[Village, ...] = ()
