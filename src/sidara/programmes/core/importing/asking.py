"""What is asked when a table is brought in: whose plan it is, how it is read, what was chosen."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sidara.programmes.core.importing.reading import Reading
from sidara.programmes.core.words import Edition, Level

_PART = "\x1f"
KEPT_FOR = timedelta(hours=2)
"""How long a file is kept for its trial."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A file brought in for an owner: level, area (dotted code), agency, year of plan and its last year.

    `unit` and `percent` as in `Reading`. `kinds`: activity kind by code or name of a row as written, empty
    for none of those that were offered; `villages`: code by place as written. `over_hand`: the file holds
    where a person changed a row since the last file.
    """

    level: Level
    area: str
    year: int
    year_to: int = 0
    table: str = ""
    agency: str = ""
    sector: str = ""
    edition: Edition = Edition.ORIGINAL
    document: str = ""
    unit: str = ""
    percent: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    villages: Mapping[str, str] = field(default_factory=dict)
    is_simulated: bool = False
    over_hand: bool = False
    all_or_nothing: bool = False

    @property
    def last_year(self) -> int:
        """The last year of the plan."""
        return max(self.year, self.year_to)

    @property
    def reading(self) -> Reading:
        """How the file is to be read."""
        return Reading(
            table=self.table,
            year=self.year,
            first_year=self.year,
            unit=self.unit,
            percent=self.percent,
        )

    def told(self) -> dict[str, Any]:
        """Give what was asked as plain values, for the account."""
        return {
            "table": self.table,
            "level": self.level.value,
            "area": self.area,
            "agency": self.agency,
            "year": self.year,
            "year_to": self.last_year,
            "edition": self.edition.value,
            "document": self.document,
            "unit": self.unit,
            "percent": self.percent,
            "kinds": dict(self.kinds),
            "villages": dict(self.villages),
            "sector": self.sector,
            "is_simulated": self.is_simulated,
            "over_hand": self.over_hand,
            "all_or_nothing": self.all_or_nothing,
        }


def ask_of(asked: Mapping[str, Any]) -> Ask:
    """Read what was asked from plain values."""
    return Ask(
        level=Level(asked["level"]),
        area=asked["area"],
        year=asked["year"],
        year_to=asked.get("year_to", 0),
        table=asked.get("table", ""),
        agency=asked.get("agency", ""),
        sector=asked.get("sector", ""),
        edition=Edition(asked.get("edition", Edition.ORIGINAL.value)),
        document=asked.get("document", ""),
        unit=asked.get("unit", ""),
        percent=asked.get("percent", ""),
        kinds=asked.get("kinds", {}),
        villages=asked.get("villages", {}),
        is_simulated=asked.get("is_simulated", False),
        over_hand=asked.get("over_hand", False),
        all_or_nothing=asked.get("all_or_nothing", False),
    )


def key_of(*parts: object) -> str:
    """Give the key of a row out of what identifies it, without case and double blanks: SHA-256."""
    said = (" ".join(str("" if part is None else part).split()).casefold() for part in parts)
    return hashlib.sha256(_PART.join(said).encode()).hexdigest()
