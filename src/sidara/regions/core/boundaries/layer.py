"""The words of boundaries: rules of reading, a file as surveyed, a layer that is kept, what a map draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from sidara.kernel.finding import Finding, Severity
from sidara.regions.core.boundaries.account import Account

type Shapes = npt.NDArray[np.object_]
"""An array of shapely polygons in degrees (WGS 84), longitude first."""
type Line = tuple[tuple[float, float], ...]
"""Points in degrees, longitude first."""

LICENCE_UNKNOWN = "tidak dinyatakan"


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns that belong together: one of `code`, or `parts` joined; `label` for comparing names."""

    name: str
    code: tuple[str, ...]
    parts: tuple[str, ...]
    label: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The content of `content/boundaries.yaml`. Widths and zooms are degrees."""

    sets: tuple[ColumnSet, ...]
    country: tuple[float, float, float, float]
    narrow: float
    area_percent: float
    zooms: tuple[float, ...]
    tiles: Mapping[int, int]
    unlike: float
    unknown: float
    likeness: float
    disclaimer: str


@dataclass(frozen=True, slots=True)
class Survey:
    """A file as read: its account, its findings, and the polygons of the matched villages, in order of code.

    `shapes` is empty where an error refuses the file. Codes are those of the day `on` (`None` = today's),
    `regions` the ids of the villages that they meant then.
    """

    file: str
    columns: str
    account: Account
    codes: tuple[str, ...]
    shapes: Shapes
    findings: tuple[Finding, ...]
    regions: tuple[int, ...] = ()
    on: date | None = None

    @property
    def is_refused(self) -> bool:
        """Whether an error stands against keeping it."""
        return any(one.severity is Severity.ERROR for one in self.findings)


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer that is kept. `key` names its folder, `area_percent` the largest change by simplification."""

    key: str
    source: str
    licence: str
    data_date: date | None
    file: str
    provinces: tuple[str, ...]
    matched: int
    missing: int
    extra: int
    area_percent: float
    loaded_at: datetime
    is_current: bool
    disclaimer: str

    def as_row(self) -> dict[str, Any]:
        """Give the layer as a plain row."""
        return {
            "key": self.key,
            "source": self.source,
            "licence": self.licence,
            "date": self.data_date.isoformat() if self.data_date else None,
            "file": self.file,
            "provinces": list(self.provinces),
            "matched": self.matched,
            "missing": self.missing,
            "extra": self.extra,
            "area_percent": self.area_percent,
            "loaded_at": self.loaded_at.isoformat(),
            "is_current": self.is_current,
        }


@dataclass(frozen=True, slots=True)
class Area:
    """One polygon on a map: its rings; middle and radius of the largest circle inside it (degrees)."""

    code: str
    rings: tuple[Line, ...]
    middle: tuple[float, float]
    radius: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a map of one area draws: villages, the areas right below it, and the lines between those, once."""

    layer: Layer
    villages: Sequence[Area]
    parts: Sequence[Area]
    lines: Sequence[Line]
    bounds: tuple[float, float, float, float]
