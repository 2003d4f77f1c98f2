"""Vector tiles of a layer in one PMTiles file: villages, lines and names of the levels above.

Layers of a tile: `desa` (polygons: kode, nama), `batas` (lines: tingkat = 2 kabupaten, 3 kecamatan), `nama`
(points: tingkat, kode, nama). Spherical Mercator, y downwards, 4,096 units a tile (Mapbox Vector Tile 2.1,
PMTiles 3).
"""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import numpy.typing as npt
import polars as pl
import shapely
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from sidara.regions.core.region import Level

EXTENT = 4096
EDGE = 64
"""Units drawn beyond a tile's edge, so that no seam shows."""
DEGREE = 10_000_000
"""PMTiles counts places in ten millionths of a degree."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What one layer draws at one tile zoom: shapes in units of that zoom, and their properties."""

    name: str
    shapes: npt.NDArray[np.object_]
    properties: list[dict[str, Any]]


def write(
    file: Path, areas: pl.DataFrame, lines: pl.DataFrame, names: Mapping[str, str], tiles: Mapping[int, int]
) -> None:
    """Write the tiles of AREAS and LINES; `tiles`: tile zoom -> zoom of them."""
    made = sorted(
        (zxy_to_tileid(zoom, x, y), content)
        for zoom, drawn_zoom in sorted(tiles.items())
        for x, y, content in _tiles(_drawn(areas, lines, names, zoom, drawn_zoom))
    )
    whole = shapely.from_wkb(areas.filter(pl.col("level") == Level.PROVINCE)["shape"].to_numpy())
    west, south, east, north = (int(side * DEGREE) for side in shapely.total_bounds(whole))
    with file.open("wb") as out:
        writer = Writer(out)
        for number, content in made:
            writer.write_tile(number, gzip.compress(content, 9, mtime=0))
        writer.finalize(
            {
                "tile_type": TileType.MVT,
                "tile_compression": Compression.GZIP,
                "min_zoom": min(tiles),
                "max_zoom": max(tiles),
                "min_lon_e7": west,
                "min_lat_e7": south,
                "max_lon_e7": east,
                "max_lat_e7": north,
                "center_zoom": min(tiles),
                "center_lon_e7": (west + east) // 2,
                "center_lat_e7": (south + north) // 2,
            },
            {"vector_layers": [{"id": name, "fields": {}} for name in ("desa", "batas", "nama")]},
        )


def _drawn(
    areas: pl.DataFrame, lines: pl.DataFrame, names: Mapping[str, str], zoom: int, drawn_zoom: int
) -> list[_Drawn]:
    """Gather what a tile zoom draws."""
    here = areas.filter(pl.col("zoom") == drawn_zoom)
    villages = here.filter(pl.col("level") == Level.VILLAGE)
    between = lines.filter(pl.col("zoom") == drawn_zoom, pl.col("level") < Level.DISTRICT)
    named = here.filter(pl.col("level") > Level.PROVINCE)
    return [
        _Drawn(
            "desa",
            _units(shapely.from_wkb(villages["shape"].to_numpy()), zoom),
            [{"kode": code, "nama": names.get(code, code)} for code in villages["code"]],
        ),
        _Drawn(
            "batas",
            _units(shapely.from_wkb(between["shape"].to_numpy()), zoom),
            [{"tingkat": level + 1} for level in between["level"]],
        ),
        _Drawn(
            "nama",
            _units(shapely.points(named["x"].to_numpy(), named["y"].to_numpy()), zoom),
            [
                {"tingkat": level, "kode": code, "nama": names.get(code, code)}
                for level, code in named.select("level", "code").iter_rows()
            ],
        ),
    ]


def _units(shapes: Any, zoom: int) -> npt.NDArray[np.object_]:
    """Turn degrees into units of a tile zoom, counted from the north-west corner of the world."""
    size = EXTENT * 2**zoom

    def project(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        sine = np.sin(np.radians(points[:, 1]))
        y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
        return np.column_stack(((points[:, 0] / 360 + 0.5) * size, y * size))

    return np.asarray(shapely.transform(shapes, project), dtype=object)


def _tiles(drawn: list[_Drawn]) -> Iterator[tuple[int, int, bytes]]:
    """Cut what is drawn into tiles; those without a village are left out."""
    trees = [shapely.STRtree(one.shapes) for one in drawn]
    west, north, east, south = map(int, shapely.total_bounds(drawn[0].shapes) // EXTENT)
    for x, y in product(range(west, east + 1), range(north, south + 1)):
        layers = [
            {"name": one.name, "features": features}
            for one, tree in zip(drawn, trees, strict=True)
            if (features := _cut(one, tree, x * EXTENT, y * EXTENT))
        ]
        if any(layer["name"] == "desa" for layer in layers):
            yield x, y, mapbox_vector_tile.encode(layers, default_options={"y_coord_down": True})


def _cut(one: _Drawn, tree: shapely.STRtree, left: int, top: int) -> list[dict[str, Any]]:
    """Cut one layer to a tile; a name belongs to one tile only, so that it is written once."""
    edge = 0 if one.name == "nama" else EDGE
    last = EXTENT - 1 if one.name == "nama" else EXTENT
    window = shapely.box(left - edge, top - edge, left + last + edge, top + last + edge)
    inside = np.sort(tree.query(window, predicate="intersects"))
    cut = shapely.intersection(one.shapes[inside], window)
    moved = shapely.transform(cut, lambda points: points - (left, top))
    return [
        {"geometry": shape, "properties": one.properties[at]}
        for at, shape in zip(inside, moved, strict=True)
        if not shape.is_empty
    ]
