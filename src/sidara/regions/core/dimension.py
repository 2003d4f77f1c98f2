"""Areas as a frame for joining with facts: each with the ids and codes of all above it."""

import polars as pl

from sidara.regions.core.region import Level


def with_ancestors(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the ids and codes of each region's province, regency and district to id, code, level, parent_id."""
    up = frame.select("id", "parent_id")
    chain = frame.select("id", "level", pl.col("id").alias("at"))
    lines = []
    for _ in Level:
        lines.append(chain)
        chain = (
            chain.join(up.rename({"id": "at"}), on="at")
            .select("id", "level", pl.col("parent_id").alias("at"))
            .drop_nulls("at")
        )
    above = pl.concat(lines).join(
        frame.select(
            pl.col("id").alias("at"), pl.col("level").alias("at_level"), pl.col("code").alias("at_code")
        ),
        on="at",
    )
    for level in (Level.PROVINCE, Level.REGENCY, Level.DISTRICT):
        part = above.filter(pl.col("at_level") == level).select(
            "id",
            pl.col("at").alias(f"{level.name.lower()}_id"),
            pl.col("at_code").alias(f"{level.name.lower()}_code"),
        )
        frame = frame.join(part, on="id", how="left")
    return frame.sort("code")


def as_dimension(frame: pl.DataFrame) -> pl.DataFrame:
    """Choose the columns of a dimension."""
    return frame.select(
        pl.col("id").alias("region_id"),
        "code",
        "name",
        "kind",
        "level",
        *(f"{level}_{part}" for part in ("id", "code") for level in ("province", "regency", "district")),
    )
