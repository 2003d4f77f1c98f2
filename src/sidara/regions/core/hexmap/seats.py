"""Villages take their seats on the cells of their kabupaten, each kecamatan together.

A linear assignment in each kabupaten: cost = squared distance of the cell from the middle of the
kecamatan's cells, and from the village's own place. The middles follow the cells (Lloyd's way) for a
few rounds; the total of the costs is the least of all seatings in each round.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from sidara.regions.core.hexmap.grid import Floats, Ints

TOGETHER = 0.8
"""Share of the cost that keeps a kecamatan together; the rest keeps a village at its own place."""
ROUNDS = 7


def _fitted(points: Floats, cells: Floats) -> Floats:
    """Lay points over cells: same middle, same spread along both axes."""
    width = np.maximum(points.std(0), 1e-9)
    return (points - points.mean(0)) / width * cells.std(0) + cells.mean(0)


def seats(points: Floats, districts: Ints, cells: Floats) -> Ints:
    """Seat n villages on n cells: for each village the index of its cell.

    `points` (n, 2) where the villages want to sit, `districts` (n) their kecamatan (any numbers),
    `cells` (n, 2) the centres of the cells.
    """
    wish = _fitted(points, cells)
    _, district = np.unique(districts, return_inverse=True)
    own = cdist(wish, cells, "sqeuclidean")
    size = np.bincount(district)
    middle = np.column_stack([np.bincount(district, part) / size for part in wish.T])
    seat: Ints = np.arange(len(cells))
    for _ in range(ROUNDS):
        together = cdist(middle, cells, "sqeuclidean")[district]
        _, taken = linear_sum_assignment(TOGETHER * together + (1 - TOGETHER) * own)
        if (taken == seat).all():
            break
        seat = taken
        middle = np.column_stack([np.bincount(district, part) / size for part in cells[seat].T])
    return seat
