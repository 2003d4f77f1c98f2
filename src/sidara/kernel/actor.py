"""Who asks and what they may do: the actor that every query and service takes first.

A right is (operation, region, sector, data set, stage). It comes from what everybody holds (`operations`,
without bounds) or from a grant, which bounds operations to an area, to sectors, data sets, stages and days.
Default is deny, and **a right asked without a place is asked for every place**: a service that forgets
to name the village refuses, rather than lets pass. A door that only decides whether to show itself asks
`may_somewhere`. The room `accounts` makes actors of accounts; this module knows neither accounts nor clocks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict, Unpack
from uuid import UUID

EVERY_OPERATION = "*"


@dataclass(frozen=True, slots=True)
class Area:
    """Regions by their dotted public code of today, or the whole country.

    `under` names the regions for which a grant was given, `codes` all that lie in them: who makes an area
    asks the register, since a code does not tell where a region lies. Without `codes` it holds what it names.
    """

    under: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()
    is_everywhere: bool = False

    def holds(self, code: str) -> bool:
        """Whether a region lies in the area."""
        return self.is_everywhere or code in self.codes or code in self.under

    def holds_all(self, other: "Area") -> bool:
        """Whether another area lies wholly in this one; an empty area lies nowhere."""
        if self.is_everywhere:
            return True
        return not other.is_everywhere and bool(other.under) and all(map(self.holds, other.under))

    def part_in(self, other: "Area") -> "Area | None":
        """Give the part of the area that lies in another; `None` where they do not meet."""
        if other.is_everywhere:
            return self
        if self.is_everywhere:
            return other
        under = tuple(dict.fromkeys((*filter(other.holds, self.under), *filter(self.holds, other.under))))
        codes = frozenset(filter(other.holds, self.codes))
        return Area(under or tuple(sorted(codes)), codes) if under or codes else None


EVERYWHERE = Area(is_everywhere=True)


class Place(TypedDict, total=False):
    """Where a right is asked for; what is absent is asked for all of its kind."""

    region: str | None
    sector: str | None
    dataset: str | None
    stage: str | None


@dataclass(frozen=True, slots=True)
class Right:
    """What is asked for. `None` = of every kind: only who holds it without bounds has it."""

    operation: str
    region: str | None = None
    sector: str | None = None
    dataset: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """One role as its holder carries it. Empty `sectors`, `datasets` or `stages` = not bounded by them.

    `id` is the grant's own, `role` its code; days are inclusive in Asia/Jakarta, `None` = open. `company` is
    whose commitments its holder keeps, where the role names one.
    """

    id: str
    role: str
    operations: frozenset[str]
    area: Area
    sectors: frozenset[str] = frozenset()
    datasets: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None
    company: str = ""

    def gives(self, right: Right) -> bool:
        """Whether the grant covers all that is asked for, days aside."""
        bounds = ((self.sectors, right.sector), (self.datasets, right.dataset), (self.stages, right.stage))
        return (
            self.names(right.operation)
            and (self.area.is_everywhere if right.region is None else self.area.holds(right.region))
            and all(not bound or asked in bound for bound, asked in bounds)
        )

    def names(self, operation: str) -> bool:
        """Whether the grant has the operation for any place at all."""
        return EVERY_OPERATION in self.operations or operation in self.operations

    def is_valid(self, day: date) -> bool:
        """Whether the grant is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or program. `operations` are held without bounds (`*` = all), `grants` within theirs.

    `grants` are those in force when the actor was made. History keeps `id`, `name`, `function` of that day.
    """

    id: UUID
    name: str
    function: str
    operations: frozenset[str] = field(default_factory=frozenset)
    grants: tuple[Grant, ...] = ()

    def may(self, operation: str, **place: Unpack[Place]) -> bool:
        """Whether the actor holds the right; what is not named is asked for all of its kind."""
        if EVERY_OPERATION in self.operations or operation in self.operations:
            return True
        right = Right(operation, **place)
        return any(grant.gives(right) for grant in self.grants)

    def may_somewhere(self, operation: str) -> bool:
        """Whether the actor holds the operation for any place at all: enough to be shown a door, no more."""
        return (
            EVERY_OPERATION in self.operations
            or operation in self.operations
            or any(grant.names(operation) for grant in self.grants)
        )

    def areas(self, operation: str) -> tuple[Area, ...]:
        """Give the areas for which the actor holds an operation, whatever the sector; empty = none."""
        if EVERY_OPERATION in self.operations or operation in self.operations:
            return (EVERYWHERE,)
        return tuple(grant.area for grant in self.grants if grant.names(operation))

    def own_area(self, operation: str) -> str:
        """Give the one area (dotted code) for which the actor holds an operation; empty for several."""
        under = {code for one in self.areas(operation) for code in one.under}
        return under.pop() if len(under) == 1 else ""

    def holding(self, operation: str) -> tuple[Grant, ...]:
        """Give the grants by which the actor holds an operation."""
        return tuple(grant for grant in self.grants if grant.names(operation))


PUBLIC_OPERATIONS = frozenset(
    {
        "accounts.log_in",
        "warehouse.ask",
        "regions.read",
        "dictionary.read",
        "collection.read_open",
        "indices.read",
        "verification.check_minutes",
        "progress.read",
        "programmes.read",
    }
)
"""What everybody may do without log-in; the role `publik` in the content of `accounts` says the same."""

PUBLIC = Actor(UUID(int=0), "Umum", "pembaca tanpa masuk", PUBLIC_OPERATIONS)
OPERATOR = Actor(UUID(int=1), "Pengelola", "pengelola lewat baris perintah", frozenset({EVERY_OPERATION}))


class NotAllowed(PermissionError):  # noqa: N818 - reads as the sentence it is
    """The actor lacks the right for the operation. Doors turn it into 403 or exit code 1."""

    def __init__(self, actor: Actor, operation: str) -> None:
        """Name who was refused what."""
        super().__init__(f"{actor.name} tidak berhak melakukan {operation}.")


def require(actor: Actor, operation: str, **place: Unpack[Place]) -> None:
    """Refuse (`NotAllowed`) unless the actor holds the right; what is not named is asked for all of it."""
    if not actor.may(operation, **place):
        raise NotAllowed(actor, operation)


def require_somewhere(actor: Actor, operation: str) -> None:
    """Refuse (`NotAllowed`) who holds the operation nowhere; what is given must still keep to `areas`."""
    if not actor.may_somewhere(operation):
        raise NotAllowed(actor, operation)


def require_each(actor: Actor, operation: str, regions: Iterable[str]) -> None:
    """Refuse (`NotAllowed`) unless the actor holds the operation in each of the regions."""
    for code in regions:
        require(actor, operation, region=code)
