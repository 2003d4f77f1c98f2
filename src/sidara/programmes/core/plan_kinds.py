"""The documents of all levels as content has them, and what follows from them: owners, order, ties."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sidara.kernel.actor import EVERY_OPERATION, Actor, Right
from sidara.programmes.core.codes.entry import is_same_text, plain
from sidara.programmes.core.words import GoalKind, Level, PlanKind
from sidara.regions.core import level_of

_AREA = re.compile(r"\s+(kabupaten|kab\.?|kota|provinsi|prov\.?)(\s.*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OwnerLevel:
    """A level: its name, the kind of area that owns it (`None` = none), roles that plan for it alone."""

    code: Level
    name: str
    area: str | None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A kind of plan document; `order` within its level (smaller = higher), `span` in years."""

    code: PlanKind
    name: str
    levels: tuple[Level, ...]
    span: int
    order: int
    has_agency: bool
    basis: str
    deadline: str
    confidence: str
    follows: tuple[PlanKind, ...]
    goal_kinds: tuple[GoalKind, ...]


@dataclass(frozen=True, slots=True)
class PlanKinds:
    """All documents, levels and steps of a goal tree, each in the order of content: the highest first.

    `agencies`: sectors by the plain name of an agency (`core.codes.entry.plain`). `licence` is that of data
    sets with the targets of a real plan, `licence_simulated` of a made-up one.
    """

    licence: str
    licence_simulated: str
    levels: Mapping[Level, OwnerLevel]
    goal_kinds: Mapping[GoalKind, str]
    documents: Mapping[PlanKind, Document]
    agencies: Mapping[str, tuple[str, ...]]

    def of_level(self, level: Level) -> tuple[Document, ...]:
        """Give the documents of a level, the highest first."""
        return tuple(
            sorted((one for one in self.documents.values() if level in one.levels), key=lambda d: d.order)
        )

    def height(self, level: Level) -> int:
        """Give the place of a level, 0 = the highest."""
        return list(self.levels).index(level)

    def sectors_of(self, agency: str) -> tuple[str, ...]:
        """Give the sectors of an agency by its name, whatever area it names behind; none where unknown."""
        return self.agencies.get(plain(_AREA.sub("", agency)), ())

    def step(self, kind: GoalKind) -> int:
        """Give the place of a step of the goal tree, 0 = the highest."""
        return list(self.goal_kinds).index(kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStanding:
    """Where a plan stands among all: what decides which of its goals may follow which."""

    uid: str
    kind: PlanKind
    level: Level
    area: str = ""
    year_from: int = 0
    year_to: int = 0


def is_above(upper: PlanStanding, lower: PlanStanding, kinds: PlanKinds) -> bool:
    """Whether goals of `lower` may follow goals of `upper`: of a higher level, a higher or earlier plan."""
    return _rank(upper, kinds) < _rank(lower, kinds)


def _rank(plan: PlanStanding, kinds: PlanKinds) -> tuple[int, int, int]:
    return kinds.height(plan.level), kinds.documents[plan.kind].order, plan.year_from


def owns(  # noqa: PLR0913 - where a right is asked for
    actor: Actor,
    operation: str,
    kinds: PlanKinds,
    *,
    level: Level,
    area: str | None,
    sector: str = "",
    company: str | None = None,
) -> bool:
    """Whether the actor plans for a level of an area: its own only, an agency within its sectors.

    A company plans for itself alone, by the name in its grant (`company` `None` = for whichever that is); a
    grant that names none plans for nobody. `area` is the dotted code of the owner's area, `None` for the
    whole country. A grant for a kabupaten plans for neither the province nor a village; the role of a company
    plans for companies alone.
    """
    if EVERY_OPERATION in actor.operations or operation in actor.operations:
        return True
    right = Right(operation, region=area, sector=sector or None)
    only = {role: one.code for one in kinds.levels.values() for role in one.roles}
    for grant in actor.holding(operation):
        if not grant.gives(right):
            continue
        if grant.role in only or level in only.values():
            is_own = bool(grant.company) and (company is None or is_same_text(company, grant.company))
            if only.get(grant.role) is level and is_own:
                return True
        elif area is None:
            if kinds.levels[level].area is None:
                return True
        elif area in grant.area.under and kinds.levels[level].area == level_of(area).label:
            return True
    return False
