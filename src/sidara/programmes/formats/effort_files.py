"""`content/priorities.yaml` and `content/efficiency.yaml`."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from sidara.kernel import content
from sidara.programmes.core.board.priorities import Need, Priority, PriorityContent

PACKAGE = "sidara.programmes"


@dataclass(frozen=True, slots=True)
class EfficiencyContent:
    """How many comparable activities are enough, and where classes of size end (villages)."""

    least: int
    bounds: tuple[int, ...]


@cache
def priorities() -> PriorityContent:
    """Read the priority programmes."""
    made: dict[str, Any] = content.load(PACKAGE, "priorities")
    return PriorityContent(
        made["source"],
        made["whose"],
        made["is_simulated"],
        tuple(
            Priority(one["code"], one["name"], one["goal"], _need(one["need"]), one["reason"])
            for one in made["priorities"]
        ),
    )


@cache
def efficiency() -> EfficiencyContent:
    """Read when activities are comparable."""
    made: dict[str, Any] = content.load(PACKAGE, "efficiency")
    return EfficiencyContent(made["least_comparables"], tuple(made["size_classes"]))


def _need(made: dict[str, Any]) -> Need:
    bounds = {name: Fraction(str(made[name])) for name in ("below", "above") if name in made}
    return Need(made.get("indicator", ""), made.get("index", ""), made.get("item", ""), **bounds)
