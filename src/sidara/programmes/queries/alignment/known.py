"""Of which governments anything is known in a year: a level may be known in one kabupaten, not in the next.

Lines and activities of the year count (`areas_with_data`); where a government has neither, nothing may be
read out of its silence.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sidara.kernel.actor import Actor
from sidara.programmes.core.words import Level
from sidara.programmes.queries.activities import areas_with_data
from sidara.programmes.queries.alignment.places import Places

GOVERNMENTS = (Level.CENTRE, Level.PROVINCE, Level.REGENCY, Level.VILLAGE)


@dataclass(frozen=True, slots=True)
class Known:
    """The areas (dotted codes, empty = the country) of which anything is known, by level."""

    areas: Mapping[Level, frozenset[str]]
    places: Places

    def silent(self, village: str) -> tuple[Level, ...]:
        """Give the levels of government of which nothing is known for a village."""
        return tuple(level for level in GOVERNMENTS if not self._is_known(village, level))

    def without(self, villages: Iterable[str]) -> Mapping[Level, tuple[str, ...]]:
        """Give by level those of the villages for which nothing of it is known."""
        made: defaultdict[Level, list[str]] = defaultdict(list)
        for code in villages:
            for level in self.silent(code):
                made[level].append(code)
        return {level: tuple(codes) for level, codes in made.items()}

    def _is_known(self, village: str, level: Level) -> bool:
        held = self.areas.get(level, frozenset())
        return bool(held) if level is Level.CENTRE else self.places.of_level(village, level) in held


def known(actor: Actor, *, year: int, places: Places, is_simulated: bool) -> Known:
    """Read of whom there is any line or activity of a year."""
    return Known(areas_with_data(actor, is_simulated=is_simulated, year=year), places)
