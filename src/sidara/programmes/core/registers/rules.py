"""`content/registers.yaml`: what a register counts, all of it marked as proposed where no decree says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sidara.programmes.core.words import Level


class Register(StrEnum):
    """The three registers."""

    APPARATUS = "aparatur"
    PARTICIPATION = "partisipasi"
    INSTITUTIONS = "lembaga"


class Status(StrEnum):
    """Which lists count: by how far all cells of a list of a village have come."""

    FINAL = "final"
    SENT = "terkirim"
    ALL = "semua"


@dataclass(frozen=True, slots=True)
class Training:
    """What an official of a post is trained in: the main topic, and those that do as well."""

    topic: str
    also: frozenset[str]

    @property
    def topics(self) -> frozenset[str]:
        """All topics of which one is enough."""
        return self.also | {self.topic}


@dataclass(frozen=True, slots=True)
class Rules:
    """What registers count and how; see `content/registers.yaml`.

    `tenure` are bounds of years in office, `ages` of days that a proposal waits, both lowest first;
    `upper_secondary` codes of education. `smallest`: a closed count above 0 and below it is not shown to
    everybody; `closed_from` is the area level (1 province, 2 kabupaten) down to which closed counts are shown
    to everybody. `plan_year_after`: how many years after a meeting the plan is for which its proposals ask.
    """

    training: Mapping[str, Training]
    training_kinds: frozenset[str]
    tenure: tuple[int, ...]
    upper_secondary: frozenset[str]
    meeting_kinds: frozenset[str]
    vulnerable: tuple[str, ...]
    levels_asked: Mapping[str, Level]
    ages: tuple[int, ...]
    institutions: tuple[str, ...]
    active: str
    smallest: int
    closed_from: int
    plan_year_after: int


def rules_of(made: Mapping[str, Any]) -> Rules:
    """Read the content (`ValueError` where a level is none)."""
    apparatus, meetings, institutions = (made[one.value] for one in Register)
    return Rules(
        {post: Training(one["topic"], frozenset(one["also"])) for post, one in apparatus["training"].items()},
        frozenset(apparatus["training_kinds"]),
        tuple(apparatus["tenure_years"]),
        frozenset(apparatus["upper_secondary"]),
        frozenset(meetings["meeting_kinds"]),
        tuple(meetings["vulnerable"]),
        {code: Level(level) for code, level in meetings["levels_asked"].items()},
        tuple(sorted(meetings["ages_days"])),
        tuple(institutions["kinds"]),
        institutions["active"],
        int(made["shown"]["smallest"]),
        int(made["shown"]["closed_from_level"]),
        int(meetings["plan_year_after"]),
    )
