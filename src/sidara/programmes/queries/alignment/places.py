"""What rows are called for people, and where villages lie."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.programmes.core.words import Level
from sidara.programmes.queries.rights import READ
from sidara.regions import queries as regions
from sidara.regions.core import DESA


@dataclass(frozen=True, slots=True)
class Label:
    """A row for people: its table, what it is called, in which document, whose it is, its money and area."""

    table: str
    name: str
    document: str
    owner: str
    level: str
    area: str
    amount_idr: int | None = None
    fund_source: str = ""
    kind: str = ""
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Names of areas, and the areas above each village, by code."""

    names: Mapping[str, str]
    above: Mapping[str, tuple[str, str, str]]

    def of_level(self, village: str, level: str) -> str:
        """Give the code of the area of a level in which a village lies, empty where there is none."""
        province, regency, _ = self.above.get(village, ("", "", ""))
        found = {Level.PROVINCE: province, Level.REGENCY: regency, Level.VILLAGE: village}
        return found.get(Level(level), "")

    def inside(self, area: str) -> tuple[str, ...]:
        """Give the villages at or below an area; all of them where it is empty (the country)."""
        return tuple(code for code, above in self.above.items() if not area or area in {code, *above})


def places_of(actor: Actor, *, is_simulated: bool) -> Places:
    """Give names of areas, and where each village lies, of real villages or of example villages."""
    require(actor, READ)
    frame = regions.dimension(OPERATOR, examples=is_simulated)
    above = frame.filter(pl.col("kind").is_in([str(one) for one in DESA]))
    columns = ("code", "province_code", "regency_code", "district_code")
    return Places(
        dict(frame.select("code", "name").iter_rows()),
        {
            code: (province, regency, district)
            for code, province, regency, district in above.select(columns).iter_rows()
        },
    )
