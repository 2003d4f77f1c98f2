"""The shares by which the story is told, as content says them, and the habit of each village."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sidara.verification.core import Step


class Habit(StrEnum):
    """How a village fills in its forms."""

    STEADY = "steady"
    SLOW = "slow"
    SILENT = "silent"
    COPIES_LAST_YEAR = "copies_last_year"
    COPIES_NEIGHBOUR = "copies_neighbour"
    INVENTS = "invents"


class Kind(StrEnum):
    """What is wrong with a submission as it is first filled in."""

    NONE = ""
    THOUSAND = "thousand"
    DIGITS = "digits"
    PARTS = "parts"
    LAST_YEAR = "last_year"
    NEIGHBOUR = "neighbour"
    INVENTED = "invented"

    @property
    def is_made_up(self) -> bool:
        """Whether the village did not count at all: it copied, or invented."""
        return self in {Kind.LAST_YEAR, Kind.NEIGHBOUR, Kind.INVENTED}


OF_HABIT = {
    Habit.COPIES_LAST_YEAR: Kind.LAST_YEAR,
    Habit.COPIES_NEIGHBOUR: Kind.NEIGHBOUR,
    Habit.INVENTS: Kind.INVENTED,
}
"""What the forms of a village that does not count are."""
SLIPS = (Kind.THOUSAND, Kind.DIGITS, Kind.PARTS)


@dataclass(frozen=True)
class Story:
    """Shares in a hundred by their names of content, weeks between sittings by step, the words of reasons."""

    villages: Mapping[str, int]
    submissions: Mapping[str, int]
    returns: Mapping[str, int]
    rhythms: Mapping[Step, Sequence[int]]
    minutes: int
    reasons: Sequence[str]
    correction: str
    mended: str


def story_of(content: Mapping[str, Any]) -> Story:
    """Read `content/submissions.yaml`."""
    return Story(
        content["villages"],
        content["submissions"],
        content["returns"],
        {Step(step): tuple(weeks) for step, weeks in content["rhythms"].items()},
        content["minutes_percent"],
        tuple(content["reasons"]),
        content["correction"],
        content["mended"],
    )


def luck(seed: int, *words: object) -> int:
    """Draw a number below 100 by seed and words: the same words, the same number."""
    return number(seed, *words) % 100


def number(seed: int, *words: object) -> int:
    """Draw a large number by seed and words."""
    name = "|".join(map(str, (seed, *words)))
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])


def habit_of(story: Story, seed: int, region: str) -> Habit:
    """Say how a village (dotted code) fills in its forms."""
    drawn, below = luck(seed, "habit", region), 0
    for habit in Habit:
        below += story.villages.get(f"{habit.value}_percent", 0)
        if drawn < below:
            return habit
    return Habit.STEADY


def is_silent(seed: int, region: str, year: int) -> bool:
    """Whether a village of which one year has no officer has none in that one, of each three years."""
    return (year + number(seed, "silent", region)) % 3 == 0
