"""Files of boundaries for tests: squares for the villages of a kecamatan, whole or broken in one way."""

import json
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from sidara.kernel.actor import OPERATOR
from sidara.regions import queries

WEST, SOUTH, SIDE = 111.6, -2.8, 0.02
DISTRICT = "62.01.02"


def villages() -> list[tuple[str, str]]:
    """Code and name of the villages of one kecamatan."""
    return [(one.code, one.name) for one in queries.villages(OPERATOR, DISTRICT)]


def squares(count: int, width: int = 5) -> list[shapely.Polygon]:
    """Squares side by side, row by row."""
    return [
        shapely.box(
            WEST + SIDE * (at % width),
            SOUTH + SIDE * (at // width),
            WEST + SIDE * (at % width + 1),
            SOUTH + SIDE * (at // width + 1),
        )
        for at in range(count)
    ]


def features(rows: Sequence[tuple[dict[str, Any], Any]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": None if shape is None else json.loads(shapely.to_geojson(shape)),
            }
            for properties, shape in rows
        ],
    }


def whole() -> list[tuple[dict[str, Any], Any]]:
    """A row a village: the good file that the others are made from."""
    listed = villages()
    shapes = squares(len(listed) // 5 * 5)
    return [
        ({"kode": code, "nama": name}, shape) for (code, name), shape in zip(listed, shapes, strict=False)
    ]


def geojson(file: Path, rows: Sequence[tuple[dict[str, Any], Any]]) -> Path:
    file.write_text(json.dumps(features(rows)), "utf-8")
    return file


def written(
    file: Path,
    rows: Sequence[tuple[dict[str, Any], Any]],
    *,
    driver: str,
    crs: str = "EPSG:4326",
    layer: str | None = None,
    append: bool = False,
    geometry: str = "Polygon",
) -> Path:
    """Write with GDAL."""
    names = list(rows[0][0])
    pyogrio.raw.write(
        file,
        geometry=shapely.to_wkb(np.array([shape for _, shape in rows], dtype=object), output_dimension=4),
        field_data=[np.array([row[name] for row, _ in rows], dtype=object) for name in names],
        fields=names,
        crs=crs,
        geometry_type=geometry,
        driver=driver,
        append=append,
        layer=layer,
    )
    return file


def zipped(
    folder: Path, rows: Sequence[tuple[dict[str, Any], Any]], *, crs: str | None = "EPSG:4326"
) -> Path:
    """A zipped Shapefile; without a system it has no `.prj`."""
    inside = folder / "isi"
    inside.mkdir()
    written(inside / "batas.shp", rows, driver="ESRI Shapefile", crs=crs or "EPSG:4326")
    files = [file for file in sorted(inside.iterdir()) if crs or file.suffix != ".prj"]
    return packed(folder / "batas.zip", {file.name: file.read_bytes() for file in files})


def packed(file: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def replaced(at: int, **change: Any) -> list[tuple[dict[str, Any], Any]]:
    rows = whole()
    row, shape = rows[at]
    rows[at] = (row | {k: v for k, v in change.items() if k != "shape"}, change.get("shape", shape))
    return rows


def moved(shape: shapely.Polygon, x: float = 0.0, y: float = 0.0) -> shapely.Polygon:
    return shapely.transform(shape, lambda points: points + np.array((x, y)))


type Make = Callable[[Path], Path]


def bowtie(folder: Path) -> Path:
    cross = shapely.Polygon(
        [(WEST, SOUTH), (WEST + SIDE, SOUTH + SIDE), (WEST + SIDE, SOUTH), (WEST, SOUTH + SIDE)]
    )
    return geojson(folder / "a.geojson", replaced(0, shape=cross))


def bps(folder: Path) -> Path:
    rows = [
        ({"kode": f"6201060{at:03}", "nama": row["nama"]}, shape)
        for at, (row, shape) in enumerate(whole(), 1)
    ]
    return geojson(folder / "a.geojson", rows)


def names_shifted(folder: Path) -> Path:
    rows = whole()
    names = [row["nama"] for row, _ in rows]
    turned = names[3:] + names[:3]
    return geojson(
        folder / "a.geojson",
        [(row | {"nama": name}, shape) for (row, shape), name in zip(rows, turned, strict=True)],
    )


def utm_without_prj(folder: Path) -> Path:
    rows = [(row, shapely.transform(shape, lambda p: (p - (111, -3)) * 111_000)) for row, shape in whole()]
    return zipped(folder, rows, crs=None)


def two_layers(folder: Path) -> Path:
    file = folder / "a.gpkg"
    written(file, whole(), driver="GPKG", layer="desa")
    return written(file, whole()[:3], driver="GPKG", layer="kecamatan", append=True)


def two_shapefiles(folder: Path) -> Path:
    file = zipped(folder, whole())
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return packed(
        folder / "dua.zip", members | {f"lain/{name}": content for name, content in members.items()}
    )


def bomb(folder: Path) -> Path:
    return packed(folder / "a.zip", {"batas.shp": bytes(40_000_000), "batas.shx": b"", "batas.dbf": b""})


def cut(file: Path, share: float = 0.6) -> Path:
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    return file


def cut_inside_zip(folder: Path) -> Path:
    """The archive is whole, the Shapefile in it is not."""
    file = zipped(folder, whole())
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["batas.shp"] = struct.pack(">i", 9994)
    return packed(folder / "potong.zip", members)


def linked(folder: Path) -> Path:
    file = folder / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        member = zipfile.ZipInfo("batas.shp")
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    return file


def hole(folder: Path) -> Path:
    """The middle of three by three squares is not there."""
    rows = whole()
    shapes = squares(9, 3)
    kept = [(rows[at][0], shape) for at, shape in enumerate(shapes) if at != 4]
    return geojson(folder / "a.geojson", kept)


def coordinate(value: str) -> Make:
    """One coordinate of the first row is written as `value`."""
    corners = [(WEST, SOUTH), (123.25, SOUTH), (WEST + SIDE, SOUTH + SIDE), (WEST, SOUTH + SIDE)]

    def make(folder: Path) -> Path:
        file = geojson(folder / "a.geojson", replaced(0, shape=shapely.Polygon(corners)))
        file.write_text(file.read_text("utf-8").replace("123.25", value), "utf-8")
        return file

    return make


def teeth(west: float, south: float) -> shapely.Geometry:
    """A square of 400 m with eighty teeth of 2 km that are 3 m thin."""
    thin = [shapely.box(west, south + at * 2e-4, west + 0.0185, south + at * 2e-4 + 3e-5) for at in range(80)]
    return shapely.union_all([shapely.box(west, south, west + 0.004, south + 0.004), *thin])


def comb(folder: Path) -> Path:
    """The first village lies on the second with a comb."""
    first = shapely.union(squares(1)[0], teeth(WEST + SIDE - 1e-9, SOUTH + 0.001))
    return geojson(folder / "a.geojson", replaced(0, shape=first))


def comb_hole(folder: Path) -> Path:
    """The seventh village has a comb cut out."""
    west, south = WEST + SIDE, SOUTH + SIDE
    cut_out = squares(7)[6].difference(teeth(west + 0.001, south + 0.001))
    return geojson(folder / "a.geojson", replaced(6, shape=cut_out))


def text_file(name: str, content: bytes) -> Make:
    def make(folder: Path) -> Path:
        file = folder / name
        file.write_bytes(content)
        return file

    return make


BROKEN: dict[str, tuple[str, Make]] = {
    "absent": ("BOUNDARY_FILE_ABSENT", lambda folder: folder / "tidak-ada.geojson"),
    "empty file": ("BOUNDARY_FILE_EMPTY", text_file("a.geojson", b"")),
    "no rows": ("BOUNDARY_FILE_EMPTY", lambda folder: geojson(folder / "a.geojson", [])),
    "a picture": ("BOUNDARY_FILE_KIND", text_file("a.geojson", b"\x89PNG\r\n\x1a\n")),
    "a virtual file of GDAL": (
        "BOUNDARY_FILE_KIND",
        text_file("a.geojson", b"<OGRVRTDataSource><OGRVRTLayer name='a'/></OGRVRTDataSource>"),
    ),
    "a table": ("BOUNDARY_FILE_KIND", text_file("a.csv", b"kode,nama\n62.01.02.2016,Natai Raya\n")),
    "JSON of another kind": ("BOUNDARY_FILE_KIND", text_file("a.json", b'{"type": "Topology"}')),
    "cut GeoJSON": ("BOUNDARY_FILE_BROKEN", lambda folder: cut(geojson(folder / "a.geojson", whole()))),
    "cut GeoPackage": (
        "BOUNDARY_FILE_BROKEN",
        lambda folder: cut(written(folder / "a.gpkg", whole(), driver="GPKG"), 0.2),
    ),
    "cut ZIP": ("BOUNDARY_FILE_BROKEN", lambda folder: cut(zipped(folder, whole()))),
    "cut Shapefile in a whole ZIP": ("BOUNDARY_FILE_BROKEN", cut_inside_zip),
    "ZIP bomb": ("BOUNDARY_ZIP_BOMB", bomb),
    "path out of the ZIP": ("BOUNDARY_ZIP_PATH", lambda f: packed(f / "a.zip", {"../../batas.shp": b"x"})),
    "absolute path in the ZIP": (
        "BOUNDARY_ZIP_PATH",
        lambda f: packed(f / "a.zip", {"/etc/batas.shp": b"x"}),
    ),
    "link in the ZIP": ("BOUNDARY_ZIP_PATH", linked),
    "ZIP without a Shapefile": ("BOUNDARY_ZIP_CONTENT", lambda f: packed(f / "a.zip", {"baca.txt": b"x"})),
    "Shapefile without its table": ("BOUNDARY_ZIP_CONTENT", lambda f: packed(f / "a.zip", {"a.shp": b"x"})),
    "two layers": ("BOUNDARY_LAYERS", two_layers),
    "two Shapefiles": ("BOUNDARY_LAYERS", two_shapefiles),
    "metres without a named system": ("BOUNDARY_PROJECTION", utm_without_prj),
    "outside Indonesia": (
        "BOUNDARY_OUTSIDE",
        lambda folder: geojson(folder / "a.geojson", replaced(1, shape=shapely.box(10, 50, 10.1, 50.1))),
    ),
    "latitude first": (
        "BOUNDARY_OUTSIDE",
        lambda folder: geojson(
            folder / "a.geojson", replaced(1, shape=shapely.box(-2.8, 111.6, -2.7, 111.7))
        ),
    ),
    "coordinates that are no numbers": ("BOUNDARY_COORDINATE", coordinate("NaN")),
    "endless coordinates": ("BOUNDARY_COORDINATE", coordinate("-Infinity")),
    "coordinates too large for any system": ("BOUNDARY_COORDINATE", coordinate("1e308")),
    "codes in lists": (
        "BOUNDARY_CODE_SHAPE",
        lambda folder: geojson(folder / "a.geojson", [({"kode": [1, 2]}, shape) for _, shape in whole()]),
    ),
    "a wide overlap with many thin parts": ("BOUNDARY_OVERLAP", comb),
    "a wide hole with many thin parts": ("BOUNDARY_GAP", comb_hole),
    "points": (
        "BOUNDARY_GEOMETRY_KIND",
        lambda folder: geojson(folder / "a.geojson", [(row, shape.centroid) for row, shape in whole()]),
    ),
    "a line among polygons": (
        "BOUNDARY_GEOMETRY_KIND",
        lambda folder: geojson(
            folder / "a.geojson", replaced(2, shape=shapely.box(111, -2, 112, -1).exterior)
        ),
    ),
    "no shape": ("BOUNDARY_GEOMETRY_EMPTY", lambda f: geojson(f / "a.geojson", replaced(2, shape=None))),
    "self-crossing": ("BOUNDARY_GEOMETRY_CROSSING", bowtie),
    "no code column": (
        "BOUNDARY_COLUMN",
        lambda f: geojson(f / "a.geojson", [({"nama": row["nama"]}, shape) for row, shape in whole()]),
    ),
    "placeholder": (
        "BOUNDARY_CODE_PLACEHOLDER",
        lambda folder: geojson(folder / "a.geojson", replaced(3, kode="12.--.--.----")),
    ),
    "no code": ("BOUNDARY_CODE_PLACEHOLDER", lambda f: geojson(f / "a.geojson", replaced(3, kode=None))),
    "half a code": (
        "BOUNDARY_CODE_SHAPE",
        lambda f: geojson(f / "a.geojson", replaced(3, kode="62.01.02.20")),
    ),
    "a kecamatan": ("BOUNDARY_CODE_LEVEL", lambda f: geojson(f / "a.geojson", replaced(3, kode="62.01.02"))),
    "twice the same code": (
        "BOUNDARY_CODE_DUPLICATE",
        lambda folder: geojson(folder / "a.geojson", replaced(3, kode=whole()[0][0]["kode"])),
    ),
    "BPS codes": ("BOUNDARY_CODE_SCHEME", bps),
    "codes that name other villages": ("BOUNDARY_CODE_SCHEME", names_shifted),
    "a province that is not loaded": (
        "BOUNDARY_NONE",
        lambda folder: geojson(
            folder / "a.geojson",
            [({"kode": f"11.01.01.20{at:02}"}, shape) for at, (_, shape) in enumerate(whole(), 1)],
        ),
    ),
    "overlap": (
        "BOUNDARY_OVERLAP",
        lambda f: geojson(f / "a.geojson", replaced(0, shape=moved(squares(1)[0], x=0.002))),
    ),
    "one inside another": (
        "BOUNDARY_OVERLAP",
        lambda f: geojson(f / "a.geojson", replaced(0, shape=squares(2)[1].buffer(-0.004))),
    ),
    "hole": ("BOUNDARY_GAP", hole),
}
"""What can be wrong with a file: the code of the fault, and how to make such a file."""
