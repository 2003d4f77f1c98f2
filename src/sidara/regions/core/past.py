"""A region through time: names, kinds, parents and codes with their days.

The register holds the present; what was otherwise before stands as *past*: an attribute and the last day on
which it was so. Codes are spans. All days are inclusive; an empty day is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sidara.regions.core.region import Kind, Level


@dataclass(frozen=True, slots=True)
class Past:
    """What a region was until a day: only the attributes that are set were otherwise."""

    until: date
    name: str | None = None
    kind: Kind | None = None
    parent: int | None = None


@dataclass(slots=True)
class Span:
    """A Kemendagri code and the days on which it is the region's. `pk` 0 = not stored yet."""

    code: str
    valid_from: date | None
    valid_to: date | None
    pk: int = 0

    def holds(self, day: date) -> bool:
        """Whether the code is the region's on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(slots=True)
class Known:
    """A region with all its days, while a plan is made. `id` below 0 = to be made."""

    id: int
    name: str
    kind: Kind
    level: Level
    parent: int | None
    valid_from: date | None = None
    valid_to: date | None = None
    spans: list[Span] = field(default_factory=list)
    past: list[Past] = field(default_factory=list)

    def is_valid(self, day: date) -> bool:
        """Whether the region exists on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def name_on(self, day: date) -> str:
        """Give the name of a day."""
        return next((one.name for one in _after(self.past, day) if one.name is not None), self.name)

    def parent_on(self, day: date) -> int | None:
        """Give the parent of a day."""
        return next((one.parent for one in _after(self.past, day) if one.parent is not None), self.parent)

    def changed_after(self, attribute: str, day: date) -> bool:
        """Whether an attribute changed on a later day."""
        return any(getattr(one, attribute) is not None for one in _after(self.past, day))

    @property
    def code(self) -> str:
        """The code of today, of an ended region its last."""
        return max(self.spans, key=lambda span: span.valid_to or date.max).code


def _after(past: Sequence[Past], day: date) -> list[Past]:
    """Give what still held on a day, the first to end first."""
    return sorted((one for one in past if one.until >= day), key=lambda one: one.until)
