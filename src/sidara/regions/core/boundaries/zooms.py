"""A coverage of villages at every zoom and level: what a layer keeps and what maps draw."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

from sidara.regions.core.boundaries import coverage
from sidara.regions.core.boundaries.layer import Rules, Shapes, Survey
from sidara.regions.core.region import Level

AREAS = {
    "zoom": pl.Int8,
    "level": pl.Int8,
    "region_id": pl.Int64,
    "code": pl.String,
    "shape": pl.Binary,
    "x": pl.Float64,
    "y": pl.Float64,
    "radius": pl.Float64,
}
"""Polygons (WKB) of each zoom and level, with the middle and radius of the largest circle inside; by code.

Areas are known by `region_id`; `code` is that of the day of the data.
"""
LINES = {"zoom": pl.Int8, "level": pl.Int8, "region_id": pl.Int64, "shape": pl.Binary}
"""The lines between the areas right below a region of a level, and around it, each once (WKB)."""
ABOVE = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT)


@dataclass(frozen=True, slots=True)
class Zooms:
    """The frames AREAS and LINES, and the largest change of a kabupaten's area over all zooms, percent."""

    areas: pl.DataFrame
    lines: pl.DataFrame
    area_percent: float


def make(survey: Survey, tree: pl.DataFrame, rules: Rules, progress: Callable[[int, int], None]) -> Zooms:
    """Simplify, dissolve and draw the lines of a survey.

    `tree` tells of each region its code, and of each village what lies above it: region_id, code,
    province_id, regency_id, district_id.
    """
    codes = dict(tree.select("region_id", "code").iter_rows())
    parents = _parents(survey, tree)
    circles = {Level.VILLAGE: coverage.middles(survey.shapes)}
    areas, lines = [], []
    worst = 0.0
    for zoom, tolerance in enumerate(rules.zooms):
        simple = coverage.simplify(
            survey.shapes, parents[Level.REGENCY], tolerance, percent=rules.area_percent
        )
        worst = max(worst, simple.area_percent)
        shapes, ids = {Level.VILLAGE: simple.shapes}, {Level.VILLAGE: list(survey.regions)}
        for level in ABOVE:
            ids[level], shapes[level] = coverage.dissolve(simple.shapes, parents[level])
        for level in Level:
            circles.setdefault(level, coverage.middles(shapes[level]))
            names = [codes[region] for region in ids[level]]
            areas.append(_areas((zoom, level), ids[level], names, shapes[level], circles[level]))
        for level in ABOVE:
            below = Level(level + 1)
            above = dict(zip(parents[below].tolist(), parents[level].tolist(), strict=True))
            owners = np.array([above[region] for region in ids[below]])
            for region in ids[level]:
                drawn = coverage.lines(shapes[below][owners == region])
                lines.append((zoom, int(level), region, shapely.to_wkb(drawn)))
        progress(zoom + 1, len(rules.zooms))
    return Zooms(
        pl.concat(areas).sort("zoom", "level", "code"),
        pl.DataFrame(lines, schema=LINES, orient="row"),
        worst,
    )


def _parents(survey: Survey, tree: pl.DataFrame) -> dict[Level, npt.NDArray[np.int64]]:
    """Give the region of each level in which each village of a survey lies, in its order."""
    villages = pl.DataFrame({"region_id": survey.regions}, schema={"region_id": pl.Int64})
    found = villages.join(tree, on="region_id", how="left", maintain_order="left")
    above = {level: found[f"{level.name.lower()}_id"].to_numpy() for level in ABOVE}
    return {**above, Level.VILLAGE: found["region_id"].to_numpy()}


def _areas(
    at: tuple[int, Level], ids: list[int], names: list[str], shapes: Shapes, circles: npt.NDArray[np.float64]
) -> pl.DataFrame:
    """Lay the polygons of one zoom and level out as rows of AREAS."""
    return pl.DataFrame(
        {
            "zoom": [at[0]] * len(names),
            "level": [int(at[1])] * len(names),
            "region_id": ids,
            "code": names,
            "shape": shapely.to_wkb(shapes).tolist(),
            "x": circles[:, 0],
            "y": circles[:, 1],
            "radius": circles[:, 2],
        },
        schema=AREAS,
    )
