"""The last resort: groups follow one another along rows, each turned against the one before; any sizes fit.

Groups stay in one piece, the whole is one without holes, and only the order from north to south is kept.
"""

import math

import numpy as np

from sidara.regions.core.hexmap.grid import OUTSIDE, ROW_HEIGHT, Floats, Grid, Ints, around


def rows(points: Floats, groups: Ints) -> tuple[Grid, Ints]:
    """Lay n points of groups 0 … g-1 out on a grid of its own: the grid, and the label of each cell."""
    width = math.ceil(len(points) ** 0.5)
    tall = math.ceil(len(points) / width)
    board = around(np.array([(0.0, 0.0), (width - 1.0, (tall - 1) * ROW_HEIGHT)]), margin=0.0)
    sizes = np.bincount(groups)
    south = np.bincount(groups, points[:, 1]) / sizes
    order = np.argsort(south, kind="stable")
    label = np.full(board.size, OUTSIDE)
    way = [
        row * board.columns + (column if row % 2 == 0 else width - 1 - column)
        for row in range(tall)
        for column in range(width)
    ]
    label[way[: len(points)]] = np.repeat(order, sizes[order])
    return board, label
