"""Arranging: from villages with points to a finished map. Needs SciPy, so only who arranges imports it."""

from collections.abc import Collection, Sequence

import numpy as np

from sidara.regions.core.hexmap import grid
from sidara.regions.core.hexmap.growth import Growth
from sidara.regions.core.hexmap.layout import Layout, Place, cornered
from sidara.regions.core.hexmap.rows import rows
from sidara.regions.core.hexmap.seats import seats
from sidara.regions.core.hexmap.spread import completed, drawn_in, projected, scaled, spread


def _numbered(names: Sequence[str]) -> grid.Ints:
    """Give groups numbers in the order of their names."""
    _, numbers = np.unique(np.array(names), return_inverse=True)
    return numbers.astype(np.int64)


def arrange(under: str, places: Collection[Place]) -> Layout:
    """Make the map of a province (or of any set of villages): one cell each, kabupaten in one piece.

    The same places in any order give the same map. A village without a point sits at the mean of its
    kecamatan, else of its kabupaten.
    """
    ordered = sorted(places, key=lambda place: place.code)
    if not ordered:
        return Layout(under, {})
    districts = _numbered([place.district for place in ordered])
    regencies = _numbered([place.regency for place in ordered])
    unknown = float("nan")
    raw = np.array(
        [
            (unknown, unknown)
            if place.longitude is None or place.latitude is None
            else (place.longitude, place.latitude)
            for place in ordered
        ]
    )
    points = drawn_in(projected(completed(raw, districts, regencies)), regencies)
    roomy = spread(scaled(points), regencies)
    board = grid.around(roomy, margin=6 + 0.15 * len(ordered) ** 0.5)
    growth = Growth(board, roomy, regencies)
    if growth.fill():
        growth.smooth()
        label = np.array(growth.label)
    else:
        board, label = rows(roomy, regencies)
    cells: dict[str, tuple[int, int]] = {}
    for regency in range(int(regencies.max()) + 1):
        members = np.flatnonzero(regencies == regency)
        mine = np.flatnonzero(label == regency)
        taken = mine[seats(roomy[members], districts[members], board.centers[mine])]
        cells |= {
            ordered[member].code: board.cell(int(cell)) for member, cell in zip(members, taken, strict=True)
        }
    return Layout(under, dict(sorted(cornered(cells).items())))
