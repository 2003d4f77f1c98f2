"""The finished map: which village sits on which cell. `ui.hexmap` draws it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

ALGORITHM = 1
"""Raised whenever the same points would give another map."""


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

    Rows and columns start at 0; odd rows are shifted right by half a cell.
    """

    under: str
    cells: Mapping[str, tuple[int, int]]

    def subset(self, under: str, codes: Collection[str]) -> "Layout":
        """Give the same cells of some villages only, moved to the corner of the picture."""
        kept = {code: self.cells[code] for code in codes}
        return Layout(under, cornered(kept))


def cornered(cells: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Move cells to the corner; rows by an even number so that the shift of odd rows stays."""
    if not cells:
        return {}
    top = min(row for row, _ in cells.values()) // 2 * 2
    left = min(column for _, column in cells.values())
    return {code: (row - top, column - left) for code, (row, column) in cells.items()}
