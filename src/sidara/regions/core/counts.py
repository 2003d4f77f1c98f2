"""Counts of the register beside the figures of the decree, in the shape of `sidara regions check`."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from sidara.regions.core.region import DESA, Kind, Level


def _villages(rows: pl.DataFrame) -> dict[str, int]:
    """Count desa (with desa adat), kelurahan and kecamatan among some rows."""
    return {
        "desa": rows.filter(pl.col("kind").is_in(DESA)).height,
        "kelurahan": rows.filter(pl.col("kind") == Kind.URBAN_VILLAGE).height,
        "kecamatan": rows.filter(pl.col("kind") == Kind.DISTRICT).height,
    }


def _province(rows: pl.DataFrame, figures: Mapping[str, Any] | None) -> dict[str, Any]:
    """Count one province, its kabupaten each for itself, and lay the decree's figures beside."""
    regencies = rows.filter(pl.col("level") == Level.REGENCY).sort("code")
    below = rows.filter(pl.col("level") > Level.REGENCY).partition_by("regency_code", as_dict=True)
    none = rows.clear()
    total = _villages(rows)
    return {
        "kabupaten": regencies.filter(pl.col("kind") == Kind.REGENCY).height,
        "kota": regencies.filter(pl.col("kind") == Kind.CITY).height,
        "kecamatan": total["kecamatan"],
        "desa": total["desa"],
        "kelurahan": total["kelurahan"],
        "per_kabupaten": {code: _villages(below.get((code,), none)) for code in regencies["code"]},
        "decree": dict(figures) if figures is not None else None,
    }


def counts(dimension: pl.DataFrame, decree: Mapping[str, Any]) -> dict[str, Any]:
    """Count what is loaded: `{"provinces": {code: …}, "nation": {…}}`, each with its `decree` figures.

    `dimension` has code, level, kind, province_code, regency_code. A figure that the decree file
    does not name is `None`; the register's own count never stands in its place.
    """
    by_level = dict(dimension.group_by("level").len().iter_rows())
    parts = dimension.partition_by("province_code", as_dict=True)
    return {
        "provinces": {
            str(code): _province(rows, decree["provinces"].get(code))
            for (code,), rows in sorted(parts.items())
        },
        "nation": {
            "provinsi": by_level.get(Level.PROVINCE, 0),
            "kabupaten_kota": by_level.get(Level.REGENCY, 0),
            "kecamatan": by_level.get(Level.DISTRICT, 0),
            "desa_kelurahan": by_level.get(Level.VILLAGE, 0),
            "decree": dict(decree["nation"]),
        },
    }
