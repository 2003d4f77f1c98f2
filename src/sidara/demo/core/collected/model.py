"""How cells are drawn, as content says it: a part of another, a count, an amount, a level."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """A part of another item: `share` of it, with `spread` of its log odds between villages."""

    of: str
    share: float
    spread: float = 0.3
    keep: float = 0.93
    season: float = 0.0


@dataclass(frozen=True, slots=True)
class Count:
    """A count: `mean` a village, or `rate` a thousand of the item `per`; `plus` where the thing exists.

    `zero`: chance that it does not exist at all. `least`, `most`: items below and above which it does not go.
    """

    mean: float = 0.0
    per: str = ""
    rate: float = 0.0
    plus: int = 0
    spread: float = 0.5
    zero: float = 0.0
    keep: float = 0.9
    season: float = 0.0
    least: str = ""
    most: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A measured amount: log-normal around `median`, rounded to `step` of the last decimal."""

    median: float
    spread: float = 0.8
    zero: float = 0.0
    keep: float = 0.95
    step: int = 1


@dataclass(frozen=True, slots=True)
class Level:
    """A figure between two limits."""

    low: float
    high: float
    keep: float = 0.95


type Model = Part | Count | Amount | Level
_KINDS = {"part": Part, "count": Count, "amount": Amount, "level": Level}


@dataclass(frozen=True, slots=True)
class Population:
    """What villages are drawn from: size, persons a household, share of men, shares of four ages."""

    median: float
    spread: float
    household: float
    male: float
    ages: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Models:
    """All models: by item, and by type where an item has none."""

    population: Population
    defaults: Mapping[str, Model] = field(default_factory=dict)
    items: Mapping[str, Model] = field(default_factory=dict)


def models_of(content: Mapping[str, Any]) -> Models:
    """Read the models from content that its schema has passed."""
    people = content["population"]
    return Models(
        Population(**{**people, "ages": tuple(people["ages"])}),
        {name: _model(one) for name, one in content["defaults"].items()},
        {code: _model(one) for code, one in content["models"].items()},
    )


def _model(given: Mapping[str, Any]) -> Model:
    ((kind, said),) = given.items()
    made: Model = _KINDS[kind](**said)
    return made
