"""Under which conditions a village works: how hard it is to reach, and where it has a link.

Somebody with the right states it, with a day and a source; nobody answers it about himself. What was stated
later holds; a part that nobody stated is not known, never "normal".
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Difficulty(StrEnum):
    """How hard a village is to reach and to serve."""

    NORMAL = "normal"
    HARD = "sulit"
    EXTREME = "ekstrem"

    @property
    def label(self) -> str:
        """The word on screen."""
        return self.value.capitalize()


class Connection(StrEnum):
    """Where a village has a link."""

    NONE = "tidak ada"
    OFFICE = "kantor"
    MOBILE = "seluler"

    @property
    def label(self) -> str:
        """The words on screen."""
        return _CONNECTIONS[self]


_CONNECTIONS = {
    Connection.NONE: "Tidak ada sinyal",
    Connection.OFFICE: "Hanya di kantor desa",
    Connection.MOBILE: "Ada sinyal seluler",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What is known of a village's conditions since a day, from a source; `None` = nobody stated it."""

    difficulty: Difficulty | None = None
    connection: Connection | None = None
    since: date | None = None
    source: str = ""

    def with_later(self, later: "Condition") -> "Condition":
        """Lay what was stated later over it: a part that it does not state stays."""
        return replace(
            later,
            difficulty=later.difficulty or self.difficulty,
            connection=later.connection or self.connection,
        )

    def is_changed_by(self, later: "Condition") -> bool:
        """Whether what is stated later says something that does not hold already."""
        made = self.with_later(later)
        return (made.difficulty, made.connection) != (self.difficulty, self.connection)


def condition_of(stated: Iterable[Condition]) -> Condition:
    """Put together what was stated, the earliest first."""
    made = Condition()
    for one in stated:
        made = made.with_later(one)
    return made
