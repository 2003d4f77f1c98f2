"""A grid of hexagons, pointed top, odd rows shifted right; cells numbered row by row.

Unit of length: the width of a cell. Rows lie sqrt(3)/2 apart.
"""

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

ROW_HEIGHT = math.sqrt(3) / 2
OUTSIDE = -1
"""The label of cells that belong to no group."""

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]


def ring(row: int, column: int) -> tuple[tuple[int, int], ...]:
    """Give the six neighbours of a cell in the order of the clock: E, SE, SW, W, NW, NE."""
    shift = row % 2
    return (
        (row, column + 1),
        (row + 1, column + shift),
        (row + 1, column - 1 + shift),
        (row, column - 1),
        (row - 1, column - 1 + shift),
        (row - 1, column + shift),
    )


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangle of cells around a set of points; cell (0, 0) has its centre at `origin`."""

    rows: int
    columns: int
    origin: tuple[float, float]
    rings: list[tuple[int, ...]] = field(repr=False)
    centers: Floats = field(repr=False)

    @property
    def size(self) -> int:
        """The number of cells."""
        return self.rows * self.columns

    def cell(self, number: int) -> tuple[int, int]:
        """Give (row, column) of a cell's number."""
        return divmod(number, self.columns)


def around(points: Floats, margin: float) -> Grid:
    """Make a grid that reaches `margin` cells beyond the points; the ring of a rim cell is its own ring.

    Neighbours beyond the rim are cell 0, which lies outside of everything as the margin is wide.
    """
    low, high = points.min(0) - margin, points.max(0) + margin
    rows = math.ceil((high[1] - low[1]) / ROW_HEIGHT) + 1
    columns = math.ceil(high[0] - low[0]) + 1
    row, column = np.divmod(np.arange(rows * columns), columns)
    centers = np.column_stack((low[0] + column + 0.5 * (row % 2), low[1] + row * ROW_HEIGHT))
    rings = [
        tuple(
            r * columns + c if 0 <= r < rows and 0 <= c < columns else 0
            for r, c in ring(*divmod(number, columns))
        )
        for number in range(rows * columns)
    ]
    return Grid(rows, columns, (float(low[0]), float(low[1])), rings, centers)
