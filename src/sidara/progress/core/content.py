"""`content/progress.yaml`: since when submissions are expected, limits, classes, reminders."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sidara.verification.core import Step


@dataclass(frozen=True, slots=True)
class Limits:
    """After how many days in a hand a submission is stuck, after what a form is not understood."""

    days: Mapping[Step, int]
    errors: int
    returns: int


@dataclass(frozen=True, slots=True)
class Content:
    """What the content says, all of it proposed; `classes` are four bounds of a measure, the worst first."""

    first_year: int
    limits: Limits
    classes: Mapping[str, tuple[Decimal, ...]]
    reminders: Mapping[str, str]


def content_of(made: Mapping[str, Any]) -> Content:
    """Read the content (`ValueError` where a step is none)."""
    days = {Step(name): int(number) for name, number in made["limits"].items()}
    limits = Limits(days, **made["not_understood"])
    classes = {name: tuple(map(Decimal, steps)) for name, steps in made["classes"].items()}
    return Content(int(made["first_year"]), limits, classes, made["reminders"])
