"""A coverage of villages at every zoom and level: what a layer keeps and what maps draw."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

from sidara.regions.core.boundaries import coverage
from sidara.regions.core.boundaries.layer import Rules, Shapes, Survey
from sidara.regions.core.code import LENGTHS
from sidara.regions.core.region import Level

AREAS = {
    "zoom": pl.Int8,
    "level": pl.Int8,
    "code": pl.String,
    "shape": pl.Binary,
    "x": pl.Float64,
    "y": pl.Float64,
    "radius": pl.Float64,
}
"""Polygons (WKB) of each zoom and level, with the middle and radius of the largest circle inside."""
LINES = {"zoom": pl.Int8, "under": pl.String, "shape": pl.Binary}
"""The lines between the areas right below `under`, and around it, each once (WKB)."""


@dataclass(frozen=True, slots=True)
class Zooms:
    """The frames AREAS and LINES, and the largest change of a kabupaten's area over all zooms, percent."""

    areas: pl.DataFrame
    lines: pl.DataFrame
    area_percent: float


def make(survey: Survey, rules: Rules, progress: Callable[[int, int], None]) -> Zooms:
    """Simplify, dissolve and draw the lines of a survey; the levels above follow from the codes."""
    prefixes = {level: np.array([code[: LENGTHS[level]] for code in survey.codes]) for level in Level}
    circles = {Level.VILLAGE: coverage.middles(survey.shapes)}
    areas, lines = [], []
    worst = 0.0
    for zoom, tolerance in enumerate(rules.zooms):
        simple = coverage.simplify(
            survey.shapes, prefixes[Level.REGENCY], tolerance, percent=rules.area_percent
        )
        worst = max(worst, simple.area_percent)
        shapes, names = {Level.VILLAGE: simple.shapes}, {Level.VILLAGE: list(survey.codes)}
        for level in (Level.PROVINCE, Level.REGENCY, Level.DISTRICT):
            names[level], shapes[level] = coverage.dissolve(simple.shapes, prefixes[level])
        for level in Level:
            circles.setdefault(level, coverage.middles(shapes[level]))
            areas.append(_areas(zoom, level, names[level], shapes[level], circles[level]))
        for level in (Level.PROVINCE, Level.REGENCY, Level.DISTRICT):
            below = Level(level + 1)
            parents = np.array([name[: LENGTHS[level]] for name in names[below]])
            for parent in names[level]:
                drawn = coverage.lines(shapes[below][parents == parent])
                lines.append((zoom, parent, shapely.to_wkb(drawn)))
        progress(zoom + 1, len(rules.zooms))
    return Zooms(pl.concat(areas), pl.DataFrame(lines, schema=LINES, orient="row"), worst)


def _areas(
    zoom: int, level: Level, names: list[str], shapes: Shapes, circles: npt.NDArray[np.float64]
) -> pl.DataFrame:
    """Lay the polygons of one zoom and level out as rows of AREAS."""
    return pl.DataFrame(
        {
            "zoom": [zoom] * len(names),
            "level": [int(level)] * len(names),
            "code": names,
            "shape": shapely.to_wkb(shapes).tolist(),
            "x": circles[:, 0],
            "y": circles[:, 1],
            "radius": circles[:, 2],
        },
        schema=AREAS,
    )
