"""What all levels plan in one village, as plain rows, and of which level nothing is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sidara.programmes.core.words import Level, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedHere:
    """Something that a level plans in a village in a year; `budget_idr` is for all its villages.

    `owner` is the agency, or the document of the village. `villages` counts those that it names, 0 = the
    whole `area`. What the document does not say is `None` or empty.
    """

    level: Level
    owner: str
    name: str
    year: int
    kind: str = ""
    code: str = ""
    fund_source: str = ""
    budget_idr: int | None = None
    place: str = ""
    villages: int = 0
    area: str = ""
    stage: Stage | None = None


class Known(StrEnum):
    """What SIDARA knows of a level's plans in a village: nothing, nothing here, something here."""

    NO_DATA = "tanpa_data"
    NOTHING_HERE = "tidak_di_sini"
    HERE = "di_sini"


@dataclass(frozen=True, slots=True)
class VillagePlans:
    """The plans of all levels in a village in some years; `known` says what is held of each."""

    years: tuple[int, ...]
    planned: tuple[PlannedHere, ...] = ()
    known: Mapping[tuple[Level, int], Known] = field(default_factory=dict)
