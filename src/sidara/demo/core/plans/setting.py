"""`content/plans.yaml`: which levels plan what, how far they reach, what is planted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sidara.programmes.core import Level


@dataclass(frozen=True, slots=True)
class Theme:
    """A goal that the levels share; `reach` and `strong` are percents of weak and of other villages.

    `item` is the item of Indeks Desa that tells who is weak, `cost` the rupiah for a village, from and to.
    `bound`: the part of each village's Dana Desa that serves it anyway (`food`, `blt`), else empty.
    """

    key: str
    goal: str
    is_priority: bool
    item: str
    agency: str
    kinds: Mapping[Level, str]
    reach: Mapping[Level, int]
    strong: Mapping[Level, int]
    cost: tuple[int, int]
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Purse:
    """The Dana Desa of a village, rupiah from and to, and the percents that are bound."""

    dana_desa: tuple[int, int]
    blt: int
    operations: int
    food: int


@dataclass(frozen=True, slots=True)
class Asking:
    """How villages ask: words with `{kind}` and `{place}`; month and day of the RKPD; reasons of a no."""

    words: str
    established: tuple[int, int]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The names of the runs before and after a meeting, and the reasons that it gives."""

    before: str
    after: str
    settled: str
    explained: str
    postponed: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What the content says; `span` and `village_span` are years before and after the year of plan."""

    seed: int
    regencies: tuple[str, ...]
    forms: tuple[str, ...]
    span: tuple[int, int]
    village_span: tuple[int, int]
    owners: Mapping[Level, str]
    themes: tuple[Theme, ...]
    funds: Mapping[Level, str]
    purse: Purse
    asking: Asking
    meeting: Meeting
    planted: Mapping[str, int]


MILLION = 1_000_000


def setting_of(made: Mapping[str, Any]) -> Setting:
    """Read the content (`ValueError` where a level is none)."""
    purse = made["village_budget"]
    return Setting(
        seed=made["seed"],
        regencies=tuple(made["regencies"]),
        forms=tuple(made["forms"]),
        span=(made["span"]["before"], made["span"]["after"]),
        village_span=(made["village_span"]["before"], made["village_span"]["after"]),
        owners=_levels(made["owners"]),
        themes=tuple(_theme(one) for one in made["themes"]),
        funds=_levels(made["funds"]),
        purse=Purse(
            (purse["dana_desa"][0] * MILLION, purse["dana_desa"][1] * MILLION),
            purse["blt_percent"],
            purse["operations_percent"],
            purse["food_percent"],
        ),
        asking=Asking(
            made["proposals"]["words"],
            (made["proposals"]["established"]["month"], made["proposals"]["established"]["day"]),
            tuple(made["proposals"]["reasons"]),
        ),
        meeting=Meeting(**made["meeting"]),
        planted=made["planted"],
    )


def _theme(made: Mapping[str, Any]) -> Theme:
    low, high = made["cost"]
    return Theme(
        made["key"],
        made["goal"],
        made["is_priority"],
        made["item"],
        made["agency"],
        kinds=_levels(made["kinds"]),
        reach=_levels(made["reach"]),
        strong=_levels(made["strong"]),
        cost=(low * MILLION, high * MILLION),
        bound=made.get("bound", ""),
    )


def _levels(made: Mapping[str, Any]) -> dict[Level, Any]:
    return {Level(name): value for name, value in made.items()}
