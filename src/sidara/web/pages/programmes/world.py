"""Real plans or made-up ones: chosen in the address, never together; where villages lie on the map."""

from collections.abc import Mapping

from django.conf import settings

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.regions import queries as regions
from sidara.regions.core import Region

DATA, SIMULATED, REAL = "data", "simulasi", "nyata"


def is_simulated(actor: Actor, asked: Mapping[str, str]) -> bool:
    """Whether the made-up plans are asked for; without a word the real ones, unless there are none."""
    word = asked.get(DATA, "")
    if word in {SIMULATED, REAL}:
        return word == SIMULATED
    return not queries.has_plans(actor, is_simulated=False) and queries.has_plans(actor, is_simulated=True)


def word(*, simulated: bool) -> str:
    """Give the word of a world in addresses."""
    return SIMULATED if simulated else REAL


def villages(actor: Actor, area: str, *, simulated: bool) -> list[Region]:
    """Give the villages of an area in one world."""
    return regions.villages(actor, area or settings.SIDARA_PROVINCE, examples=simulated)


def cells(actor: Actor, area: str, *, simulated: bool) -> dict[str, tuple[int, int]]:
    """Put each village of an area on its cell (column, row); example villages on those of their kecamatan.

    There are as many example villages below a kecamatan as real ones, so each finds a place.
    """
    laid = regions.hexmap(actor, area).cells
    if not simulated:
        return {code: (column, row) for code, (row, column) in laid.items()}
    free: dict[int | None, list[tuple[int, int]]] = {}
    for one in sorted(villages(actor, area, simulated=False), key=lambda one: one.code):
        if one.code in laid:
            row, column = laid[one.code]
            free.setdefault(one.parent_id, []).append((column, row))
    found: dict[str, tuple[int, int]] = {}
    for one in sorted(villages(actor, area, simulated=True), key=lambda one: one.code):
        if free.get(one.parent_id):
            found[one.code] = free[one.parent_id].pop(0)
    return found
