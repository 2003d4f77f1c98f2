"""What the drawing gives: plain rows; keys are names within the drawing, not of the records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sidara.programmes.core import GoalKind, Level, PlanKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeGoal:
    """A goal of a plan; `parent` is a key in the same plan, `upper` one of another plan that it follows."""

    key: str
    kind: GoalKind
    name: str
    code: str = ""
    parent: str = ""
    upper: str = ""
    is_priority: bool = False
    served: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePlan:
    """A plan document with its goals; `programmes` are the codes and names of programmes as its lines."""

    key: str
    kind: PlanKind
    level: Level
    area: str
    agency: str
    title: str
    year_from: int
    year_to: int
    established: date
    goals: tuple[MadeGoal, ...] = ()
    programmes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeTable:
    """A table as an office would hand it in: `table` of `plan_tables.yaml`, rows by column key.

    `kinds`: the activity kind that whoever hands it in chooses, by code or words of a row.
    """

    table: str
    level: Level
    area: str
    agency: str
    year: int
    rows: tuple[Mapping[str, str | int], ...]
    year_from: int = 0
    year_to: int = 0
    kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeActivity:
    """An activity typed by hand: what a table cannot say (phase, co-financing, place below the village).

    `goal`: the key of the goal that it supports.
    """

    key: str
    level: Level
    area: str
    agency: str
    kind: str
    code: str
    name: str
    year: int
    fund: str
    budget_idr: int
    village: str
    phase: str
    place: str = ""
    co_financing: str = ""
    central_programme: str = ""
    goal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSupport:
    """Which goal the activities of a kind support whose list has no column for it (centre, companies)."""

    level: Level
    area: str
    kind: str
    goal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeAnswer:
    """What the kabupaten says to a proposal of a village: done by its activity of the kind, or why not."""

    village: str
    area: str
    text: str
    kind: str
    is_accepted: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault that was planted on purpose for a check (`SIN_S10`): where, in words; near misses are none."""

    check: str
    where: str
    is_near: bool = False


@dataclass(slots=True)
class Made:
    """All of it, in the order in which it is to be written."""

    plans: list[MadePlan] = field(default_factory=list)
    tables: list[MadeTable] = field(default_factory=list)
    activities: list[MadeActivity] = field(default_factory=list)
    supports: list[MadeSupport] = field(default_factory=list)
    answers: list[MadeAnswer] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
