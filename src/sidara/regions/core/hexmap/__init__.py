"""The schematic hexagon map: one equal cell a village, each kabupaten in one piece.

`layout` is the finished map and its geometry; `arrange` makes one. Steps: `spread` pushes the
villages' points apart until each has room; `growth` gives each kabupaten as many cells as it has
villages, all in one piece, beside its true neighbours; `seats` puts the villages on the cells of
their kabupaten, each kecamatan together. All is deterministic. Words: cell (row, column; odd rows
shifted right by half a cell), group (kabupaten or kecamatan), layout.
"""

from sidara.regions.core.hexmap.layout import ALGORITHM, Layout, Place

__all__ = ["ALGORITHM", "Layout", "Place"]
