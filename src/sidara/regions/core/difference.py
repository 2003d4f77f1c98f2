"""What a load would change: the register held against the package. Nothing is ever deleted."""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

COLUMNS = ("code", "name", "level", "kind", "parent_code", "latitude", "longitude", "sort_key", "search_key")
"""Columns of both frames; the register's has `id` in front."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The change that a load makes. Each frame has one row a region, sorted by code.

    `added` COLUMNS; `renamed` id, code, name_before, name; `reparented` id, code, name,
    parent_before, parent_code; `relocated` (a point that is new or other) id, code, name;
    `missing` (in the register, not in the package: reported, kept) and `held` (a succession was recorded for
    it, and the package says otherwise: reported, kept as the succession says) id, code, name. `updates`
    holds id and all COLUMNS of each region that is renamed, moved or has other keys.
    """

    added: pl.DataFrame
    renamed: pl.DataFrame
    reparented: pl.DataFrame
    relocated: pl.DataFrame
    missing: pl.DataFrame
    held: pl.DataFrame
    updates: pl.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether a load would change nothing (missing and held regions are no change)."""
        return self.added.is_empty() and self.updates.is_empty()

    def counts(self) -> dict[str, int]:
        """How many regions each kind of change has."""
        return {
            "added": self.added.height,
            "renamed": self.renamed.height,
            "reparented": self.reparented.height,
            "relocated": self.relocated.height,
            "missing": self.missing.height,
            "held": self.held.height,
        }


def difference(
    register: pl.DataFrame, package: pl.DataFrame, settled: Collection[int] = frozenset()
) -> Difference:
    """Hold the register (id and COLUMNS) against the package (COLUMNS), by code.

    `settled`: ids of regions with a recorded succession; their names, kinds and parents stay.
    """
    both = register.join(package, on="code", how="inner", suffix="_package").sort("code")
    other = pl.any_horizontal(
        pl.col(column).ne_missing(pl.col(f"{column}_package")) for column in ("name", "kind", "parent_code")
    )
    stays = pl.col("id").is_in(list(settled)) & other
    held = both.filter(stays).select("id", "code", "name")
    both = both.with_columns(
        pl.when(stays).then(pl.col(column)).otherwise(pl.col(f"{column}_package")).alias(f"{column}_package")
        for column in ("name", "kind", "parent_code", "sort_key", "search_key")
    )
    name = pl.col("name") != pl.col("name_package")
    parent = pl.col("parent_code").ne_missing(pl.col("parent_code_package"))
    point = pl.col("latitude_package").is_not_null() & (
        pl.col("latitude").ne_missing(pl.col("latitude_package"))
        | pl.col("longitude").ne_missing(pl.col("longitude_package"))
    )
    keys = (pl.col("sort_key") != pl.col("sort_key_package")) | (
        pl.col("search_key") != pl.col("search_key_package")
    )
    kind = pl.col("kind") != pl.col("kind_package")
    named = pl.col("name_package").alias("name")
    return Difference(
        added=package.join(register, on="code", how="anti").sort("level", "code").select(COLUMNS),
        renamed=both.filter(name).select("id", "code", pl.col("name").alias("name_before"), named),
        reparented=both.filter(parent).select(
            "id",
            "code",
            named,
            pl.col("parent_code").alias("parent_before"),
            pl.col("parent_code_package").alias("parent_code"),
        ),
        relocated=both.filter(point).select("id", "code", named),
        missing=register.join(package, on="code", how="anti").sort("code").select("id", "code", "name"),
        held=held,
        updates=both.filter(name | parent | point | keys | kind).select(
            "id",
            "code",
            named,
            "level",
            pl.col("kind_package").alias("kind"),
            pl.col("parent_code_package").alias("parent_code"),
            pl.coalesce("latitude_package", "latitude").alias("latitude"),
            pl.coalesce("longitude_package", "longitude").alias("longitude"),
            pl.col("sort_key_package").alias("sort_key"),
            pl.col("search_key_package").alias("search_key"),
        ),
    )
