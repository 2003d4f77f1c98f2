"""`content/equity.yaml`: when a year is complete enough, how many ends are named, what is about poverty."""

from fractions import Fraction
from functools import cache
from typing import Any

from sidara.kernel import content
from sidara.programmes.core.equity import EquityContent, PovertyMeasure


@cache
def read() -> EquityContent:
    """Read the content of the room."""
    made: dict[str, Any] = content.load("sidara.programmes", "equity")
    return EquityContent(
        Fraction(made["least_coverage_percent"], 100),
        made["ends"],
        tuple(
            PovertyMeasure(one["variable"], one.get("per", ""), one["note"], key == "measures")
            for key in ("measures", "others")
            for one in made["poverty"][key]
        ),
    )
