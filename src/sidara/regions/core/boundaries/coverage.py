"""Polygons as a coverage: what is wrong with them, closing of narrow gaps, simplification, parents, lines.

All in degrees (WGS 84). Areas are geodesic on the ellipsoid (Karney 2013, as in PROJ). A place is said as a
point that a map program finds: `111,7200 BT, 2,7400 LS`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number
from sidara.regions.core.boundaries.layer import Shapes

POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
ELLIPSOID = pyproj.Geod(ellps="WGS84")
HECTARE = 10_000
MOST_OVERLAPS = 100
"""Overlaps that are told; a file of villages drawn over each other has as many as it has pairs."""
PAIRS = 250
"""Pairs that are intersected at once."""
REASONS = {
    "Self-intersection": "garisnya berpotongan sendiri",
    "Ring Self-intersection": "garisnya menyentuh dirinya sendiri",
    "Hole lies outside shell": "lubangnya di luar bidang",
    "Holes are nested": "ada lubang di dalam lubang",
    "Interior is disconnected": "lubangnya memutus bidang",
    "Nested shells": "ada bidang di dalam bidang",
    "Duplicate Rings": "ada garis yang tertulis dua kali",
    "Too few points in geometry component": "titiknya kurang dari empat",
}
"""What the library says of a polygon that is not valid, and how it is told."""
ENDLESS = 1e9
"""No coordinate of any system in use is larger, in metres or degrees."""
FINEST = 1e-6
"""Degrees (0.1 m); a zoom made finer than this keeps every point."""
SLIVER = 1e-10
"""Degrees: what is narrower is the dust of rounding, not an overlap."""


def place_words(x: float, y: float) -> str:
    """Say a point in degrees as words that a map program understands."""
    north = f"{_said(abs(y), 4)} {'LU' if y >= 0 else 'LS'}"
    return f"{_said(x, 4)} BT, {north}"


def _said(value: float, decimals: int) -> str:
    """Write a measured figure with some decimals."""
    return format_number(Decimal(str(round(float(value), decimals))), decimals)


def areas(shapes: Shapes) -> npt.NDArray[np.float64]:
    """Give the geodesic area of each polygon, in square metres."""
    return np.array([abs(ELLIPSOID.geometry_area_perimeter(shape)[0]) for shape in shapes], dtype=float)


def faults_of_shapes(
    shapes: Shapes, places: Sequence[Place], country: tuple[float, float, float, float]
) -> Iterator[Finding]:
    """Find what no single polygon may be: no polygon, empty, self-crossing, outside the country."""
    kinds = shapely.get_type_id(shapes)
    west, south, east, north = country
    bounds = shapely.bounds(shapes)
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    endless = set(owner[~(np.abs(points) < ENDLESS).all(axis=1)].tolist())
    for at, (shape, place) in enumerate(zip(shapes, places, strict=True)):
        if shape is None or shape.is_empty:
            yield Finding(
                "BOUNDARY_GEOMETRY_EMPTY",
                "Baris ini tidak punya bentuk yang terbaca.",
                "Gambarlah batasnya sebagai bidang tertutup, atau hapus barisnya dari berkas.",
                place=place,
            )
        elif at in endless:
            yield Finding(
                "BOUNDARY_COORDINATE",
                "Ada koordinat yang bukan angka (NaN) atau terlampau besar.",
                "Gambarlah ulang batasnya di QGIS, atau periksa sistem koordinat berkas.",
                place=place,
            )
        elif kinds[at] not in POLYGONS:
            yield Finding(
                "BOUNDARY_GEOMETRY_KIND",
                f"Bentuknya {shape.geom_type}, bukan bidang.",
                "Pilih lapisan yang berisi bidang batas desa, bukan titik kantor atau garis.",
                place=place,
                value=shape.geom_type,
            )
        elif not (
            west <= bounds[at][0]
            and bounds[at][2] <= east
            and south <= bounds[at][1]
            and bounds[at][3] <= north
        ):
            x = float(bounds[at][2] if bounds[at][2] > east else bounds[at][0])
            y = float(bounds[at][3] if bounds[at][3] > north else bounds[at][1])
            is_swapped = west <= y <= east and south <= x <= north
            yield Finding(
                "BOUNDARY_OUTSIDE",
                f"Letaknya di luar Indonesia: {_said(x, 4)}; {_said(y, 4)}.",
                "Lintang dan bujur tertukar: tuliskan bujur lebih dulu."
                if is_swapped
                else "Periksa sistem koordinat berkas, lalu simpan ulang sebagai WGS 84 (EPSG:4326).",
                place=place,
            )
        elif not shapely.is_valid(shape):
            yield Finding(
                "BOUNDARY_GEOMETRY_CROSSING",
                f"Bidangnya tidak utuh: {_reason(shape)}.",
                "Perbaiki di QGIS: Processing, Fix geometries; lalu periksa hasilnya dan simpan ulang.",
                place=place,
            )


def _reason(shape: Any) -> str:
    """Say where a polygon is not valid; the library says `Self-intersection[111.7 -2.7]`."""
    told, _, point = shapely.is_valid_reason(shape).partition("[")
    words = REASONS.get(told.strip(), told.strip())
    parts = point.rstrip("]").split()
    return f"{words} di {place_words(float(parts[0]), float(parts[1]))}" if len(parts) >= 2 else words


def _width(shape: Any) -> float:
    """Give the mean width of a long thin polygon: twice its area by its rim."""
    return 2 * float(shape.area) / float(shape.length) if shape.length else 0.0


def _is_wide(shape: Any, narrow: float) -> bool:
    """Whether a circle of `narrow` across lies inside anywhere; long thin parts do not hide a wide one."""
    return _width(shape) >= narrow or not shapely.buffer(shape, -narrow / 2).is_empty


@dataclass(frozen=True, slots=True)
class Covered:
    """Polygons that form a coverage, with what was closed on the way and what refuses them."""

    shapes: Shapes
    findings: tuple[Finding, ...]


def cover(shapes: Shapes, codes: Sequence[str], *, narrow: float, with_gaps: bool) -> Covered:
    """Make a coverage of valid polygons: close what is narrower than `narrow`, find what is wider.

    A hole inside the whole is a gap; `with_gaps` takes wide ones as they are (lakes, villages without a
    boundary) and tells them.
    """
    findings = list(_overlaps(shapes, codes, narrow))
    if findings:
        return Covered(shapes, tuple(findings))
    holes = list(_holes(shapes))
    wide = [hole for hole in holes if _is_wide(hole, narrow)]
    has_narrow = len(wide) < len(holes)
    findings += _gaps(wide, shapes, codes, with_gaps=with_gaps)
    if has_narrow or not shapely.coverage_is_valid(shapes):
        before = shapely.area(shapes)
        cleaned = np.asarray(shapely.coverage_clean(shapes, gap_width=narrow), dtype=object)
        if shapely.is_empty(cleaned).any() or not shapely.coverage_is_valid(cleaned):
            findings.append(
                Finding(
                    "BOUNDARY_COVERAGE",
                    "Batas desa yang bersebelahan tidak bertemu dan tidak dapat dirapatkan.",
                    "Perbaiki pertemuan batasnya di QGIS (Topology checker), lalu simpan ulang.",
                )
            )
            return Covered(shapes, tuple(findings))
        change = np.abs(shapely.area(cleaned) - before) / before * 100
        worst = int(np.argmax(change))
        findings.append(
            Finding(
                "BOUNDARY_CLOSED",
                "Celah dan tumpang-tindih yang sempit dirapatkan; perubahan luas terbesar"
                f" {_said(float(change[worst]), 2)} % di {codes[worst]}.",
                severity=Severity.INFO,
            )
        )
        shapes = cleaned
    return Covered(shapes, tuple(findings))


def _overlaps(shapes: Shapes, codes: Sequence[str], narrow: float) -> Iterator[Finding]:
    """Find pairs of polygons that lie on each other wider than `narrow`, not more than `MOST_OVERLAPS`."""
    if shapely.coverage_is_valid(shapes):
        return
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    ahead = first < second
    told = 0
    for one, other, common in _shared(shapes, first[ahead], second[ahead]):
        if common.area <= SLIVER**2 or not _is_wide(common, narrow):
            continue
        told += 1
        if told > MOST_OVERLAPS:
            yield Finding(
                "BOUNDARY_OVERLAP",
                f"Lebih dari {MOST_OVERLAPS} pasang desa saling menindih; sisanya tidak diperiksa.",
                "Perbaiki yang disebut, lalu muat lagi.",
            )
            return
        point = common.representative_point()
        size = float(areas(np.array([_only_polygons(common)], dtype=object))[0]) / HECTARE
        yield Finding(
            "BOUNDARY_OVERLAP",
            f"Desa {codes[one]} dan {codes[other]} saling menindih {_said(size, 1)} ha di"
            f" {place_words(point.x, point.y)}.",
            "Tetapkan satu garis batas di antara keduanya, lalu simpan ulang berkasnya.",
            value=f"{codes[one]}, {codes[other]}",
        )


def _shared(
    shapes: Shapes, first: npt.NDArray[np.intp], second: npt.NDArray[np.intp]
) -> Iterator[tuple[int, int, Any]]:
    """Give pairs with what they share, some at a time."""
    for at in range(0, len(first), PAIRS):
        one, other = first[at : at + PAIRS], second[at : at + PAIRS]
        yield from zip(one, other, shapely.intersection(shapes[one], shapes[other]), strict=True)


def _only_polygons(shape: Any) -> Any:
    """Keep the polygons of an intersection, which may hold lines and points, too."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.multipolygons(parts) if parts else shapely.Polygon()


def _holes(shapes: Shapes) -> Iterator[Any]:
    """Give each hole inside the union of all polygons, as a polygon."""
    for part in shapely.get_parts(shapely.union_all(shapes)):
        for ring in range(shapely.get_num_interior_rings(part)):
            yield shapely.Polygon(shapely.get_interior_ring(part, ring))


def _gaps(
    holes: Sequence[Any], shapes: Shapes, codes: Sequence[str], *, with_gaps: bool
) -> Iterator[Finding]:
    """Tell the wide holes: where, how large, beside which villages."""
    if not holes:
        return
    tree = shapely.STRtree(shapes)
    for hole in holes:
        point = hole.representative_point()
        size = float(areas(np.array([hole], dtype=object))[0]) / HECTARE
        near = sorted(codes[at] for at in tree.query(hole, predicate="intersects"))
        beside = ", ".join(near[:3]) + (" …" if len(near) > 3 else "")
        yield Finding(
            "BOUNDARY_GAP",
            f"Ada lubang {_said(size, 1)} ha di {place_words(point.x, point.y)}, di antara {beside}.",
            ""
            if with_gaps
            else "Isi lubangnya, atau bila memang danau atau desa tanpa batas, ulangi dengan --gaps.",
            severity=Severity.WARNING if with_gaps else Severity.ERROR,
            value=beside,
        )


def dissolve(shapes: Shapes, keys: npt.NDArray[np.int64]) -> tuple[list[int], Shapes]:
    """Join the polygons of a coverage that share a key; gives the keys, sorted, and their polygons."""
    names = sorted(set(keys.tolist()))
    joined = np.empty(len(names), dtype=object)
    for at, name in enumerate(names):
        joined[at] = shapely.coverage_union_all(shapes[keys == name])
    return names, joined


@dataclass(frozen=True, slots=True)
class Simplified:
    """A coverage at one fineness: the tolerance used (degrees), the largest change of a group, percent."""

    shapes: Shapes
    tolerance: float
    area_percent: float


def simplify(
    shapes: Shapes, groups: npt.NDArray[np.int64], tolerance: float, *, percent: float
) -> Simplified:
    """Simplify and keep a coverage; halve the tolerance until no group's area changes more than `percent`."""
    before = _group_areas(shapes, groups)
    while tolerance > FINEST:
        simple = np.asarray(shapely.coverage_simplify(shapes, tolerance), dtype=object)
        change = float(np.max(np.abs(_group_areas(simple, groups) / before - 1))) * 100
        if change <= percent and not shapely.is_empty(simple).any() and shapely.coverage_is_valid(simple):
            return Simplified(simple, tolerance, change)
        tolerance /= 2
    return Simplified(shapes, 0.0, 0.0)


def _group_areas(shapes: Shapes, groups: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Add the geodesic areas up, group by group."""
    _, index = np.unique(groups, return_inverse=True)
    return np.bincount(index, weights=areas(shapes))


def lines(shapes: Shapes) -> Any:
    """Give all edges of a coverage once, joined into long lines."""
    edges = shapely.get_rings(shapely.get_parts(shapes))
    coordinates, ring = shapely.get_coordinates(edges, return_index=True)
    inside = ring[:-1] == ring[1:]
    ends = np.stack([coordinates[:-1][inside], coordinates[1:][inside]], axis=1)
    is_turned = (ends[:, 0, 0] > ends[:, 1, 0]) | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1])
    )
    ends[is_turned] = ends[is_turned][:, ::-1]
    once = np.unique(ends.reshape(-1, 4), axis=0).reshape(-1, 2, 2)
    return shapely.line_merge(shapely.multilinestrings(shapely.linestrings(once)))


def middles(shapes: Shapes) -> npt.NDArray[np.float64]:
    """Give the middle and radius of the largest circle inside each polygon: x, y, radius (degrees)."""
    radii = [
        shapely.maximum_inscribed_circle(shape, tolerance=max(float(shape.length) / 500, FINEST))
        for shape in shapes
    ]
    return np.array([(*line.coords[0], float(line.length)) for line in radii], dtype=float)
