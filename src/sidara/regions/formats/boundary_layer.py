"""A layer's folder as maps read it: `polygons.parquet`, `between.parquet`, `tiles.pmtiles`; whole or absent.

Folders are named by a hash of what is in them and are never changed (see `boundary_writing`). Reading needs
neither GDAL nor PROJ: pages draw without them.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
import shapely

from sidara.regions.core.boundaries.layer import Area, Line, Shapes
from sidara.regions.core.region import Level

AREAS, LINES, TILES = "polygons.parquet", "between.parquet", "tiles.pmtiles"
FOLDER = "boundaries"
"""The folder of all layers, in `SIDARA_HOME`."""


def is_whole(root: Path, key: str) -> bool:
    """Say whether a layer's files are there."""
    return all((root / key / name).is_file() for name in (AREAS, LINES, TILES))


def areas(folder: Path, *, zoom: int, level: Level, codes: Mapping[int, str]) -> list[Area]:
    """Give the areas of a level among some regions, at a zoom, by code; `codes`: id -> the code to give."""
    rows = (
        _rows(folder, zoom, level)
        .filter(pl.col("region_id").is_in(list(codes)))
        .with_columns(code=pl.col("region_id").replace_strict(codes, return_dtype=pl.String))
        .sort("code")
        .collect()
    )
    shapes = shapely.from_wkb(rows["shape"].to_numpy())
    return [
        Area(code, _rings(shape), (x, y), radius)
        for shape, (code, x, y, radius) in zip(
            shapes, rows.select("code", "x", "y", "radius").iter_rows(), strict=True
        )
    ]


def shapes(folder: Path, *, zoom: int, level: Level) -> Shapes:
    """Give all polygons of a level at a zoom, by the code of the day of the data."""
    rows = _rows(folder, zoom, level).sort("code").collect()
    return np.asarray(shapely.from_wkb(rows["shape"].to_numpy()), dtype=object)


def _rows(folder: Path, zoom: int, level: Level) -> pl.LazyFrame:
    """Read AREAS of a level at a zoom."""
    return pl.scan_parquet(folder / AREAS).filter(pl.col("zoom") == zoom, pl.col("level") == level)


def lines(folder: Path, *, zoom: int, region: int) -> list[Line]:
    """Give the lines between the areas right below a region, at a zoom."""
    wanted = (pl.col("zoom") == zoom, pl.col("region_id") == region)
    rows = pl.scan_parquet(folder / LINES).filter(*wanted).collect()
    found: list[Line] = []
    for shape in shapely.from_wkb(rows["shape"].to_numpy()):
        found += [_points(line) for line in shapely.get_parts(shape)]
    return found


def codes(folder: Path, *, level: Level) -> dict[int, str]:
    """Give the codes of a level's regions on the day of the data, by id."""
    rows = _rows(folder, 0, level).select("region_id", "code").collect()
    return dict(rows.iter_rows())


def bounds(folder: Path, region: int) -> tuple[float, float, float, float] | None:
    """Give west, south, east, north of a region, `None` where the layer has nothing of it."""
    return _bounds(folder).get(region)


@lru_cache(maxsize=2)
def _bounds(folder: Path) -> dict[int, tuple[float, float, float, float]]:
    """Read the bounds of all areas of a layer once a process."""
    rows = pl.scan_parquet(folder / AREAS).filter(pl.col("zoom") == 0).select("region_id", "shape").collect()
    sides = shapely.bounds(shapely.from_wkb(rows["shape"].to_numpy()))
    return {region: tuple(map(float, four)) for region, four in zip(rows["region_id"], sides, strict=True)}  # type: ignore[misc]  # four sides each


def _rings(shape: shapely.Geometry) -> tuple[Line, ...]:
    """Give the rings of a polygon, the last point of each left out."""
    return tuple(_points(ring)[:-1] for ring in shapely.get_rings(shapely.get_parts(shape)))


def _points(line: shapely.Geometry) -> Line:
    return tuple(map(tuple, shapely.get_coordinates(line).tolist()))
