"""Our own count of villages by status, from the published sub-indices, beside the published statuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sidara.indices.core import Version
from sidara.ui.figures import Mark
from sidara.web.pages import index
from sidara.web.pages.status import VillageScore


@dataclass(frozen=True)
class Recount:
    """Villages by recomputed status, and those (code -> recomputed mark) whose published status differs."""

    by_class: Mapping[str, int]
    differing: Mapping[str, Mark]


def recount(scale: Version, villages: Mapping[str, VillageScore]) -> Recount:
    """Class each published index by the thresholds and compare with the published status."""
    by_class: dict[str, int] = {}
    differing: dict[str, Mark] = {}
    marks = index.marks(scale)
    for code, village in villages.items():
        value = village.figures.get(scale.top.code)
        if value is None:
            continue
        again = scale.thresholds.classes[scale.thresholds.position(Fraction(value))].code
        by_class[again] = by_class.get(again, 0) + 1
        if village.status is not None and again != village.status:
            differing[code] = marks[again]
    return Recount(by_class, differing)
