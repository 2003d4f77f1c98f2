"""A file of boundaries: GeoJSON, GeoPackage or a zipped Shapefile -> columns and polygons in WGS 84.

GDAL (pyogrio) reads; what it may be given is judged first by the first bytes, so that no other of its many
formats, some of which open further files, is ever reached. Z and M are dropped.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyogrio
import pyproj
import shapely

from sidara.kernel.finding import Finding, Place, Severity
from sidara.regions.core.boundaries.layer import Shapes
from sidara.regions.formats import boundary_zip

LARGEST = 1_500_000_000
"""Bytes of a file; the villages of the whole country in full detail need less."""
LARGEST_JSON = 400_000_000
MOST_ROWS = 200_000
KINDS = {"GeoJSON": b"{", "GPKG": b"SQLite format 3\x00", "ESRI Shapefile": b"\x00\x00\x27\x0a"}
WGS84 = "EPSG:4326"
MEND = "Simpan ulang dari QGIS sebagai GeoJSON, GeoPackage, atau Shapefile di dalam ZIP."


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds: column -> values, polygons (WGS 84), findings. No columns where it is refused."""

    columns: Mapping[str, Sequence[Any]]
    shapes: Shapes
    findings: tuple[Finding, ...]


def read(file: Path, *, layer: str | None, country: tuple[float, float, float, float]) -> Opened:
    """Read a file. A fault of the file as a whole refuses it; its rows are not judged here."""
    name = Place(file=file.name)
    fault = _fault_of_file(file, name)
    if fault is not None:
        return _refused(fault)
    if boundary_zip.is_zip(file):
        with TemporaryDirectory(prefix="sidara-batas-") as folder:
            unpacked = boundary_zip.unpack(file, Path(folder), name)
            if isinstance(unpacked, Finding):
                return _refused(unpacked)
            return _open(unpacked, layer, name, country)
    return _open(file, layer, name, country)


def _refused(*findings: Finding) -> Opened:
    return Opened({}, np.empty(0, dtype=object), findings)


def _fault_of_file(file: Path, name: Place) -> Finding | None:
    """Judge a file by its existence and size."""
    if not file.is_file():
        return Finding(
            "BOUNDARY_FILE_ABSENT", "Berkasnya tidak ada.", "Periksa nama dan foldernya.", place=name
        )
    size = file.stat().st_size
    if size == 0:
        return Finding("BOUNDARY_FILE_EMPTY", "Berkasnya kosong.", "Unduh atau simpan ulang.", place=name)
    if size > LARGEST:
        return Finding(
            "BOUNDARY_FILE_SIZE",
            "Berkasnya lebih besar dari 1,5 GB.",
            "Potong menurut provinsi, lalu muat provinsi yang dipakai.",
            place=name,
        )
    return None


def _open(file: Path, layer: str | None, name: Place, country: tuple[float, float, float, float]) -> Opened:
    """Open a file that is not packed."""
    with file.open("rb") as opened:
        start = opened.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = next((kind for kind, magic in KINDS.items() if start.startswith(magic)), None)
    if kind is None:
        return _refused(
            Finding("BOUNDARY_FILE_KIND", "Ini bukan berkas peta yang dikenal.", MEND, place=name)
        )
    if kind == "GeoJSON" and (fault := _fault_of_json(file, name)) is not None:
        return _refused(fault)
    try:
        chosen = _layer(file, layer, name)
        if isinstance(chosen, Finding):
            return _refused(chosen)
        meta, _, geometry, values = pyogrio.raw.read(
            file, layer=chosen, force_2d=True, max_features=MOST_ROWS + 1
        )
        with np.errstate(invalid="ignore"):
            shapes = np.asarray(
                shapely.force_2d(shapely.from_wkb(geometry, on_invalid="ignore")), dtype=object
            )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, OSError) as fault:
        return _refused(_broken(name, str(fault)))
    count = len(shapes)
    if count > MOST_ROWS or count == 0:
        return _refused(_fault_of_count(count, name))
    return _projected(meta["crs"], dict(zip(meta["fields"], values, strict=True)), shapes, name, country)


def _fault_of_count(count: int, name: Place) -> Finding:
    """Say that a file has no row, or too many."""
    if count:
        return Finding(
            "BOUNDARY_FILE_SIZE", "Barisnya lebih dari 200.000.", "Potong menurut provinsi.", place=name
        )
    return Finding("BOUNDARY_FILE_EMPTY", "Berkasnya tidak berisi satu baris pun.", MEND, place=name)


def _broken(name: Place, detail: str) -> Finding:
    """Say that a file cannot be read to its end."""
    return Finding(
        "BOUNDARY_FILE_BROKEN",
        f"Berkasnya rusak atau terpotong: {detail.strip().splitlines()[-1][:160] if detail.strip() else ''}.",
        "Unduh atau salin ulang; bila tetap gagal, mintalah berkas baru kepada pemberinya.",
        place=name,
    )


def _fault_of_json(file: Path, name: Place) -> Finding | None:
    """Judge a JSON file before GDAL, which takes a cut file for a shorter one."""
    if file.stat().st_size > LARGEST_JSON:
        return Finding(
            "BOUNDARY_FILE_SIZE",
            "GeoJSON ini lebih besar dari 400 MB.",
            "Simpan sebagai GeoPackage, atau potong menurut provinsi.",
            place=name,
        )
    try:
        content = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as fault:
        return _broken(name, f"JSON tidak utuh ({fault})")
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        return Finding(
            "BOUNDARY_FILE_KIND",
            "JSON ini bukan kumpulan bidang (FeatureCollection).",
            MEND,
            place=name,
        )
    if not content.get("features"):
        return Finding("BOUNDARY_FILE_EMPTY", "Berkasnya tidak berisi satu baris pun.", MEND, place=name)
    return None


def _layer(file: Path, wanted: str | None, name: Place) -> str | Finding:
    """Choose the layer of a file; several need a choice."""
    layers = [str(row[0]) for row in pyogrio.list_layers(file) if row[1] is not None]
    listed = ", ".join(layers)
    if not layers:
        return Finding("BOUNDARY_FILE_EMPTY", "Berkasnya tidak berisi lapisan peta.", MEND, place=name)
    if wanted is not None and wanted not in layers:
        return Finding(
            "BOUNDARY_LAYERS",
            f"Lapisan {wanted} tidak ada; yang ada: {listed}.",
            "Pilih salah satu dengan --layer NAMA.",
            place=name,
            value=wanted,
        )
    if wanted is None and len(layers) > 1:
        return Finding(
            "BOUNDARY_LAYERS",
            f"Berkasnya berisi {len(layers)} lapisan: {listed}.",
            "Pilih lapisan batas desa dengan --layer NAMA.",
            place=name,
            value=listed,
        )
    return wanted or layers[0]


def _projected(
    crs: str | None,
    columns: Mapping[str, Sequence[Any]],
    shapes: Shapes,
    name: Place,
    country: tuple[float, float, float, float],
) -> Opened:
    """Convert to WGS 84; without a named system only what looks like degrees in the country is taken."""
    mend = "Sertakan berkas .prj, atau simpan ulang sebagai WGS 84 (EPSG:4326)."
    if crs is None:
        west, south, east, north = shapely.total_bounds(shapes)
        if not (country[0] <= west and country[1] <= south and east <= country[2] and north <= country[3]):
            return _refused(
                Finding(
                    "BOUNDARY_PROJECTION",
                    "Sistem koordinatnya tidak disebut, dan angkanya bukan derajat di Indonesia.",
                    mend,
                    place=name,
                )
            )
        told = Finding(
            "BOUNDARY_PROJECTION_ASSUMED",
            "Sistem koordinatnya tidak disebut; angkanya dibaca sebagai derajat WGS 84.",
            mend,
            severity=Severity.WARNING,
            place=name,
        )
        return Opened(columns, shapes, (told,))
    try:
        system = pyproj.CRS.from_user_input(crs)
        if system.equals(pyproj.CRS.from_user_input(WGS84), ignore_axis_order=True):
            return Opened(columns, shapes, ())
        change = pyproj.Transformer.from_crs(system, WGS84, always_xy=True)
        turned = shapely.transform(
            shapes, lambda points: np.column_stack(change.transform(points[:, 0], points[:, 1]))
        )
    except pyproj.exceptions.ProjError as fault:
        return _refused(
            Finding(
                "BOUNDARY_PROJECTION",
                f"Sistem koordinatnya tidak dikenal: {str(fault)[:120]}.",
                mend,
                place=name,
                value=crs[:80],
            )
        )
    told = Finding(
        "BOUNDARY_PROJECTED",
        f"Koordinat dialihkan dari {system.name} ke WGS 84.",
        severity=Severity.INFO,
        place=name,
    )
    return Opened(columns, np.asarray(turned, dtype=object), (told,))
