"""The finished map: which village sits on which cell, and the geometry to draw it.

Lengths are in widths of a cell; the picture's corner is (0, 0), y goes down.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from sidara.regions.core.code import LENGTHS
from sidara.regions.core.hexmap import grid
from sidara.regions.core.region import Level

ALGORITHM = 1
"""Raised whenever the same points would give another map."""

type Point = tuple[float, float]
type Segment = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Place:
    """A village to be placed: its code, its kecamatan and kabupaten, and its point in degrees if known."""

    code: str
    district: str
    regency: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A hexagon map of the villages at or below `under`: village code -> (row, column).

    Rows and columns start at 0; odd rows are shifted right by half a cell. Groups are given as a
    mapping village code -> group; `groups` makes one from the codes.
    """

    under: str
    cells: Mapping[str, tuple[int, int]]

    @property
    def width(self) -> float:
        """The width of the picture."""
        return max((column + 1 + 0.5 * (row % 2) for row, column in self.cells.values()), default=0.0)

    @property
    def height(self) -> float:
        """The height of the picture."""
        rows = max((row for row, _ in self.cells.values()), default=-1)
        return rows * grid.ROW_HEIGHT + 2 / math.sqrt(3) if rows >= 0 else 0.0

    def center(self, code: str) -> Point:
        """Give the centre of a village's cell."""
        return grid.center(*self.cells[code])

    def groups(self, level: Level) -> dict[str, str]:
        """Group the villages by the code of their region of a level."""
        return {code: code[: LENGTHS[level]] for code in self.cells}

    def subset(self, under: str, codes: Collection[str]) -> "Layout":
        """Give the same cells of some villages only, moved to the corner of the picture."""
        kept = {code: self.cells[code] for code in codes}
        return Layout(under, cornered(kept))

    def borders(self, groups: Mapping[str, str]) -> tuple[Segment, ...]:
        """Give the edges between unlike groups and around the whole, each once, in a fixed order."""
        at = {cell: groups[code] for code, cell in self.cells.items()}
        segments = []
        for cell in sorted(at):
            x, y = grid.center(*cell)
            for side, other in enumerate(grid.ring(*cell)):
                if at.get(other) != at[cell] and (other not in at or other > cell):
                    segments.append((_corner(x, y, side), _corner(x, y, side + 1)))
        return tuple(segments)

    def labels(self, groups: Mapping[str, str]) -> dict[str, Point]:
        """Give for each group the centre of the cell where a (wide) name has most room inside it."""
        members: dict[str, list[tuple[int, int]]] = {}
        for code, cell in self.cells.items():
            members.setdefault(groups[code], []).append(cell)
        wide = np.array([0.5, 1.0])
        places = {}
        for group, cells in sorted(members.items()):
            around = {other for cell in cells for other in grid.ring(*cell)}.difference(cells)
            inside = np.array([grid.center(*cell) for cell in cells])
            rim = np.array([grid.center(*cell) for cell in sorted(around)])
            apart = ((inside[:, None] - rim[None]) * wide) ** 2
            room = np.sqrt(apart.sum(2).min(1))
            middle = np.linalg.norm((inside - inside.mean(0)) * wide, axis=1)
            best = inside[int(np.argmax(room - 0.15 * middle))]
            places[group] = (float(best[0]), float(best[1]))
        return places


def _corner(x: float, y: float, number: int) -> Point:
    """Give a corner of the hexagon around (x, y): side s lies between corners s and s + 1."""
    angle = math.radians(60 * number - 30)
    radius = 1 / math.sqrt(3)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def cornered(cells: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Move cells to the corner; rows by an even number so that the shift of odd rows stays."""
    if not cells:
        return {}
    top = min(row for row, _ in cells.values()) // 2 * 2
    left = min(column for _, column in cells.values())
    return {code: (row - top, column - left) for code, (row, column) in cells.items()}
