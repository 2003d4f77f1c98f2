"""Reads of boundaries: a file as surveyed, the layers that are kept, what a map of an area draws."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl
from django.conf import settings

from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.regions import models
from sidara.regions.core.boundaries import Area, Layer, Sheet, Survey
from sidara.regions.core.region import Level, Region
from sidara.regions.formats import boundary_layer, boundary_rules, content
from sidara.regions.queries.agreement import asked_back
from sidara.regions.queries.codes import READ, resolve
from sidara.regions.queries.history import dimension_on
from sidara.regions.queries.past import codes_within
from sidara.regions.queries.today import dimension, register_version


def boundary_survey(
    actor: Actor, *, file: Path, on: date | None = None, layer: str | None = None, with_gaps: bool = False
) -> Survey:
    """Read a file of boundaries and hold it against the register of the day of its data. Keeps nothing.

    GeoJSON, GeoPackage or a zipped Shapefile with one polygon a village; codes are those of the day `on`, of
    today without it. `layer` chooses where a file has several, `with_gaps` takes holes (lakes, villages
    without a boundary). Faults are in its `findings`.
    """
    require(actor, "regions.load")
    # GDAL and PROJ take a second to import; who loads no boundaries does not wait for them.
    from sidara.regions.formats.boundary_survey import survey

    return survey(
        file,
        areas_of_survey(actor, on=on),
        on=on,
        layer=layer,
        with_gaps=with_gaps,
        rules=boundary_rules.rules(),
        reading=content.reading(),
        asked_back=lambda codes, denied: asked_back(actor, codes, denied=denied),
    )


def areas_of_survey(actor: Actor, *, on: date | None) -> pl.DataFrame:
    """Give the areas that a file of boundaries of a day is about, as `dimension` does; `None` = today's."""
    if on is None:
        return dimension(actor)
    return dimension_on(actor, on).filter("exists")


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


def boundary_codes(actor: Actor, *, layer: Layer) -> Mapping[str, str]:
    """Give the codes of a layer's villages that are others today: code of the day of the data -> of today."""
    require(actor, READ)
    then = boundary_layer.codes(_root() / layer.key, level=Level.VILLAGE)
    now = _codes(register_version(actor))
    return {code: now[region] for region, code in then.items() if now.get(region, code) != code}


def boundary_missing(actor: Actor, *, layer: Layer, under: str) -> tuple[str, ...]:
    """Give the codes of today's villages of an area that a layer has no boundary of, by code."""
    require(actor, READ)
    held = boundary_layer.codes(_root() / layer.key, level=Level.VILLAGE)
    now = _codes(register_version(actor))
    drawn = {now[region] for region in held if region in now}
    return tuple(sorted(codes_within(actor, under) - drawn))


def boundary_bounds(actor: Actor, *, layer: Layer, under: str) -> tuple[float, float, float, float] | None:
    """Give west, south, east, north (degrees) of an area, by its code of today, in a layer."""
    top = resolve(actor, under)
    return None if top is None else boundary_layer.bounds(_root() / layer.key, top.id)


def boundary_sheet(actor: Actor, *, under: str, width: float, height: float) -> Sheet | None:
    """Give what a map of an area draws, as fine as a drawing of `width` x `height` px can show.

    Areas bear today's codes, whatever their codes were on the day of the data. `None` without a current
    layer, or where it has nothing of the area.
    """
    layer, top = boundary_layer_now(actor), resolve(actor, under)
    sides = None if layer is None else boundary_bounds(actor, layer=layer, under=under)
    if layer is None or top is None or sides is None:
        return None
    west, south, east, north = sides
    pixel = max((east - west) / width, (north - south) / height)
    fineness = boundary_rules.rules().zooms
    zoom = next((at for at, tolerance in enumerate(fineness) if tolerance <= pixel), len(fineness) - 1)
    return _sheet(register_version(actor), layer, top, zoom, sides)


@lru_cache(maxsize=64)
def _sheet(
    version: str,  # noqa: ARG001 - part of the cache's key
    layer: Layer,
    region: Region,
    zoom: int,
    sides: tuple[float, float, float, float],
) -> Sheet:
    """Read a sheet once a process and version of the register."""
    folder = _root() / layer.key
    tree = dimension(OPERATOR)

    def at(level: Level) -> Sequence[Area]:
        above = "region_id" if level is region.level else f"{region.level.name.lower()}_id"
        rows = tree.filter(pl.col("level") == level, pl.col(above) == region.id)
        codes = dict(rows.select("region_id", "code").iter_rows())
        return boundary_layer.areas(folder, zoom=zoom, level=level, codes=codes)

    villages = at(Level.VILLAGE)
    below = Level(min(region.level + 1, Level.VILLAGE))
    parts = villages if below is Level.VILLAGE else at(below)
    return Sheet(layer, villages, parts, boundary_layer.lines(folder, zoom=zoom, region=region.id), sides)


@lru_cache(maxsize=2)
def _codes(_version: str) -> Mapping[int, str]:
    """Give the code of each region today, of an ended one its last."""
    return dict(models.Region.objects.values_list("pk", "code"))


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
