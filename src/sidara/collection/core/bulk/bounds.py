"""How much one file of cells may speak of, judged before anything is looked up for it."""

from sidara.collection.core.bulk import Incoming
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_number
from sidara.tables import Bounds

MOST_SPOKEN = {"form": (200, "formulir"), "region": (10_000, "wilayah"), "period": (200, "periode")}
"""Different forms, regions and periods of one file: each is looked up, and each that is unknown is told."""


def too_many(incoming: Incoming, bounds: Bounds) -> Finding | None:
    """Refuse a file with more cells than the bound, or one that speaks of too many different things."""
    cells = incoming.cells.height + incoming.rejected
    if cells > bounds.rows:
        return _fault(f"{format_number(cells)} sel", bounds.rows, bounds)
    for column, (most, words) in MOST_SPOKEN.items():
        spoken = incoming.cells[column].n_unique()
        if spoken > most:
            return _fault(f"{format_number(spoken)} {words} yang berbeda", most, bounds)
    return None


def _fault(spoken: str, most: int, bounds: Bounds) -> Finding:
    say = f"Berkas memuat {spoken}, sedangkan satu berkas paling banyak memuat {format_number(most)}."
    return Finding("CELLS_TOO_MANY", say, bounds.remedy, value=spoken)
