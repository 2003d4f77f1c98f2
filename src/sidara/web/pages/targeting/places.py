"""What the pages share: where villages lie on the hexagon map, where figures come from."""

from collections.abc import Iterable
from datetime import date

from sidara.collection.core import DataSet
from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.ui.figures import Source
from sidara.ui.language import say


def cells(actor: Actor, area: str, *, simulated: bool) -> dict[str, tuple[int, int]]:
    """Give column and row of each village; there are as many example villages in a kecamatan as real ones."""
    laid = {code: (column, row) for code, (row, column) in regions.hexmap(actor, area).cells.items()}
    if not simulated:
        return laid
    free: dict[int | None, list[tuple[int, int]]] = {}
    for one in regions.villages(actor, area):
        if one.code in laid:
            free.setdefault(one.parent_id, []).append(laid[one.code])
    found = {}
    for one in regions.villages(actor, area, examples=True):
        if free.get(one.parent_id):
            found[one.code] = free[one.parent_id].pop(0)
    return found


def sources_of(datasets: Iterable[DataSet], as_of: date | None) -> tuple[Source, ...]:
    """Name where figures come from."""
    return tuple(
        Source(
            one.code,
            one.title,
            one.source,
            say(one.licence),
            one.retrieved_date,
            as_of,
            is_simulated=one.is_simulated,
        )
        for one in datasets
    )
