"""`content/progress.yaml`: since when submissions are expected, limits of hands."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    """What the content says; all of it proposed."""

    first_year: int
    days_to_zero: int
    copied_from: int
    limits: Limits


def content_of(made: Mapping[str, Any]) -> Content:
    """Read the content (`ValueError` where a step is none)."""
    days = {Step(name): int(number) for name, number in made["limits"].items()}
    limits = Limits(days, **made["not_understood"])
    return Content(made["first_year"], made["days_to_zero"], made["copied_from"], limits)
