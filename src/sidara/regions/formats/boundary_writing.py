"""Writes a layer's folder beside its place, syncs and then renames it.

A kill leaves at most a `.part` folder, which the next load removes.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from sidara.regions.core.boundaries.zooms import Zooms
from sidara.regions.formats import boundary_tiles
from sidara.regions.formats.boundary_layer import AREAS, LINES, TILES, is_whole

PART = ".part"


def write(root: Path, key: str, zooms: Zooms, names: Mapping[str, str], tiles: Mapping[int, int]) -> None:
    """Write the folder of a layer; one that is there already stays."""
    root.mkdir(parents=True, exist_ok=True)
    for rest in root.glob(f"*{PART}"):
        shutil.rmtree(rest)
    if is_whole(root, key):
        return
    part = root / f"{key}{PART}"
    part.mkdir()
    zooms.areas.write_parquet(part / AREAS, compression="zstd")
    zooms.lines.write_parquet(part / LINES, compression="zstd")
    boundary_tiles.write(part / TILES, zooms.areas, zooms.lines, names, tiles)
    for file in (*part.iterdir(), part):
        _sync(file)
    part.rename(root / key)
    _sync(root)


def _sync(path: Path) -> None:
    """Bring a file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
