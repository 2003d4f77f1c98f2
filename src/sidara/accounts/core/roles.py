"""Roles as content says them, and the decision about giving them: nobody gives more than is his."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sidara.kernel.actor import EVERY_OPERATION, Actor, Area, Grant

GRANT = "accounts.grant"
KEEP_OWN = "accounts.keep_own"
"""What every account may do: see and change itself."""


class Level(StrEnum):
    """The levels on which a grant stands; `pusat` is the whole country."""

    VILLAGE = "desa"
    DISTRICT = "kecamatan"
    REGENCY = "kabupaten"
    PROVINCE = "provinsi"
    CENTRE = "pusat"


LEVELS = {0: Level.CENTRE, 1: Level.PROVINCE, 2: Level.REGENCY, 3: Level.DISTRICT, 4: Level.VILLAGE}
"""By the number of parts of a dotted code."""


class Sectors(StrEnum):
    """Whether a grant of the role names sectors."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Role:
    """One role: where it stands, what it may do, which roles it gives to others.

    `operations_at`: what it may do besides where it is given on one of these levels. `names_company`: a grant
    of it says for which company.
    """

    code: str
    name: str
    english: str
    meaning: str
    levels: tuple[Level, ...]
    operations: frozenset[str]
    operations_at: Mapping[Level, frozenset[str]] = field(default_factory=dict)
    is_several: bool = False
    names_company: bool = False
    sectors: Sectors = Sectors.NONE
    logs_in: bool = True
    gives: frozenset[str] = frozenset()
    datasets: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()


type Roles = Mapping[str, Role]
"""All roles by code, in the order of the content."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a grant is given for: the role's code, the area, the sectors (none = not bounded), the company."""

    role: str
    area: Area
    sectors: frozenset[str] = frozenset()
    company: str = ""


def levels_of(area: Area) -> frozenset[Level]:
    """Give the levels on which an area stands."""
    if area.is_everywhere:
        return frozenset({Level.CENTRE})
    return frozenset(LEVELS[code.count(".") + 1] for code in area.under)


def governs(actor: Actor, operation: str, bounds: Bounds, roles: Roles) -> bool:
    """Whether the actor may do `operation` (one of `accounts`) to a grant with these bounds.

    One grant of the actor must cover it alone: it has the operation, its role gives the role, its area holds
    the whole area, its sectors the sectors. So nobody gives a role above his own, a place beside his own, or
    more sectors than he has; and grants do not add up.
    """
    if EVERY_OPERATION in actor.operations:
        return True
    return any(
        bounds.role in roles[grant.role].gives
        and grant.area.holds_all(bounds.area)
        and (not grant.sectors or (bool(bounds.sectors) and bounds.sectors <= grant.sectors))
        for grant in actor.holding(operation)
        if grant.role in roles
    )


def governs_all(actor: Actor, operation: str, held: Iterable[Bounds], roles: Roles) -> bool:
    """Whether the actor may do `operation` to an account: to every one of its grants, and there is one.

    Who may take over an account gets all that it holds, so one grant out of reach keeps the account out
    of reach.
    """
    bounds = list(held)
    if EVERY_OPERATION in actor.operations:
        return True
    return bool(bounds) and all(governs(actor, operation, one, roles) for one in bounds)


def reachable(held: Iterable[tuple[Bounds, date | None]], today: date) -> tuple[Bounds, ...]:
    """Give the bounds that decide who governs an account: all grants that have not ended, else the last ones.

    `held` are bounds with last days. An account whose grants have all ended is still somebody's: of who
    governed what it held last.
    """
    rows = list(held)
    open_ = tuple(bounds for bounds, last in rows if last is None or last >= today)
    if open_ or not rows:
        return open_
    newest = max(last for _, last in rows if last is not None)
    return tuple(bounds for bounds, last in rows if last == newest)


def givable(actor: Actor, roles: Roles) -> tuple[Role, ...]:
    """Give the roles that the actor may give somewhere, in the order of the content."""
    if EVERY_OPERATION in actor.operations:
        return tuple(role for role in roles.values() if role.levels)
    given = {
        code for grant in actor.holding(GRANT) if grant.role in roles for code in roles[grant.role].gives
    }
    return tuple(role for role in roles.values() if role.code in given)


def operations_of(actor: Actor) -> frozenset[str]:
    """Give every operation that the actor holds somewhere."""
    return actor.operations.union(*(grant.operations for grant in actor.grants))


def is_program(held: Iterable[str], roles: Roles) -> bool:
    """Whether who holds these roles is a program: there is one, and none logs in with a password."""
    codes = list(held)
    return bool(codes) and all(code in roles and not roles[code].logs_in for code in codes)


def needs_totp(area: Area, totp_levels: frozenset[Level]) -> bool:
    """Whether rights on the area wait for a code from an app."""
    return bool(levels_of(area) & totp_levels)


def as_grant(role: Role, identity: str, bounds: Bounds, span: tuple[date | None, date | None]) -> Grant:
    """Make what an actor carries of one grant of a role; `span` = first and last day, `None` = open."""
    beside = (role.operations_at.get(level, frozenset()) for level in levels_of(bounds.area))
    return Grant(
        id=identity,
        role=role.code,
        operations=role.operations.union(*beside),
        area=bounds.area,
        sectors=bounds.sectors,
        datasets=role.datasets,
        stages=role.stages,
        valid_from=span[0],
        valid_to=span[1],
        company=bounds.company,
    )
