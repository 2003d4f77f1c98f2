"""Reads of boundaries: a file as surveyed, the layers that are kept, what a map of an area draws."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sidara.kernel.actor import Actor, require
from sidara.regions import models
from sidara.regions.core.boundaries import Layer, Sheet, Survey
from sidara.regions.core.code import level_of
from sidara.regions.core.region import Level
from sidara.regions.formats import boundary_layer, boundary_rules, content
from sidara.regions.queries.agreement import asked_back
from sidara.regions.queries.codes import READ
from sidara.regions.queries.today import register


def boundary_survey(actor: Actor, *, file: Path, layer: str | None = None, with_gaps: bool = False) -> Survey:
    """Read a file of boundaries and hold it against the register. Keeps nothing.

    GeoJSON, GeoPackage or a zipped Shapefile with one polygon a village; `layer` chooses where a file has
    several, `with_gaps` takes holes (lakes, villages without a boundary). Faults are in its `findings`.
    """
    require(actor, "regions.load")
    # GDAL and PROJ take a second to import; who loads no boundaries does not wait for them.
    from sidara.regions.formats.boundary_survey import survey

    return survey(
        file,
        register(actor),
        layer=layer,
        with_gaps=with_gaps,
        rules=boundary_rules.rules(),
        reading=content.reading(),
        asked_back=lambda codes, denied: asked_back(actor, codes, denied=denied),
    )


def boundary_layers(actor: Actor) -> list[Layer]:
    """Give all layers that were ever kept, oldest first."""
    require(actor, READ)
    return [_layer(row) for row in models.BoundaryLayer.objects.all()]


def boundary_layer_now(actor: Actor) -> Layer | None:
    """Give the layer that maps draw; `None` when none was loaded or its files are gone."""
    require(actor, READ)
    row = models.BoundaryLayer.objects.filter(is_current=True).first()
    if row is None or not boundary_layer.is_whole(_root(), row.key):
        return None
    return _layer(row)


def boundary_tiles(actor: Actor, *, key: str) -> Path | None:
    """Give the PMTiles file of a kept layer, `None` for a key that none has."""
    require(actor, READ)
    known = models.BoundaryLayer.objects.filter(key=key).exists()
    return _root() / key / boundary_layer.TILES if known and boundary_layer.is_whole(_root(), key) else None


def boundary_bounds(actor: Actor, *, layer: Layer, under: str) -> tuple[float, float, float, float] | None:
    """Give west, south, east, north (degrees) of an area in a layer."""
    require(actor, READ)
    return boundary_layer.bounds(_root() / layer.key, under)


def boundary_sheet(actor: Actor, *, under: str, width: float, height: float) -> Sheet | None:
    """Give what a map of an area draws, as fine as a drawing of `width` x `height` px can show.

    `None` without a current layer, or where it has nothing of the area.
    """
    layer = boundary_layer_now(actor)
    sides = None if layer is None else boundary_bounds(actor, layer=layer, under=under)
    if layer is None or sides is None:
        return None
    west, south, east, north = sides
    pixel = max((east - west) / width, (north - south) / height)
    fineness = boundary_rules.rules().zooms
    zoom = next((at for at, tolerance in enumerate(fineness) if tolerance <= pixel), len(fineness) - 1)
    return _sheet(layer, under, zoom, sides)


@lru_cache(maxsize=64)
def _sheet(layer: Layer, under: str, zoom: int, sides: tuple[float, float, float, float]) -> Sheet:
    """Read a sheet once a process."""
    folder = _root() / layer.key
    level = level_of(under)
    villages = boundary_layer.areas(folder, zoom=zoom, level=Level.VILLAGE, under=under)
    below = Level(min(level + 1, Level.VILLAGE))
    parts = (
        villages
        if below is Level.VILLAGE
        else boundary_layer.areas(folder, zoom=zoom, level=below, under=under)
    )
    return Sheet(layer, villages, parts, boundary_layer.lines(folder, zoom=zoom, under=under), sides)


def _root() -> Path:
    """Give the folder of all layers."""
    return Path(settings.SIDARA_HOME) / boundary_layer.FOLDER


def _layer(row: models.BoundaryLayer) -> Layer:
    """Give a row of the table as the core's word."""
    return Layer(
        key=row.key,
        source=row.source,
        licence=row.licence,
        data_date=row.data_date,
        file=row.file,
        provinces=tuple(row.provinces.split()),
        matched=row.matched,
        missing=row.missing,
        extra=row.extra,
        area_percent=row.area_percent,
        loaded_at=row.loaded_at,
        is_current=row.is_current,
        disclaimer=boundary_rules.rules().disclaimer,
    )
