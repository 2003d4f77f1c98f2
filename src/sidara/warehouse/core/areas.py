"""Which regions a query shows, which of them report, and how many are expected to.

Works on the register's dimension as a frame: region_id, code, name, kind, level and the ids of the
province, regency and district above; `exists` is false for an area that came later (see
`regions.queries.dimension_on`): it is shown with its figures, and expected nowhere.
"""

from dataclasses import dataclass

import polars as pl

from sidara.kernel.finding import Finding
from sidara.regions.core import Level, dotted
from sidara.warehouse.core.query import Query

_ANCESTOR = {Level.PROVINCE: "province_id", Level.REGENCY: "regency_id", Level.DISTRICT: "district_id"}


@dataclass(frozen=True, eq=False)
class Areas:
    """The regions of a query.

    `groups`: one row a figure's region (region_id, code, name, kind, expected), in order of code;
    `units`: who reports for whom (region_id, group_id). Both empty when there is a finding.
    """

    groups: pl.DataFrame
    units: pl.DataFrame
    findings: tuple[Finding, ...] = ()


def _at(level: Level) -> pl.Expr:
    """Give the id of the region of `level` in which a row lies (itself on its own level)."""
    own = pl.when(pl.col("level") == int(level)).then(pl.col("region_id"))
    return own if level is Level.VILLAGE else own.otherwise(pl.col(_ANCESTOR[level]))


def _refused(*findings: Finding) -> Areas:
    groups = pl.DataFrame(
        schema={
            "region_id": pl.Int64,
            "code": pl.String,
            "name": pl.String,
            "kind": pl.String,
            "expected": pl.Int64,
        }
    )
    return Areas(groups, pl.DataFrame(schema={"region_id": pl.Int64, "group_id": pl.Int64}), findings)


def _unknown(code: str) -> Finding:
    return Finding(
        "REGION_UNKNOWN",
        f"Kode wilayah {code!r} tidak ada dalam register.",
        "Cari kodenya dengan: sidara regions find NAMA",
        value=code,
    )


def choose(dimension: pl.DataFrame, query: Query) -> Areas:
    """Choose the regions of a query from the register.

    Refuses an area that the register does not hold (REGION_UNKNOWN) and a level above the area
    (LEVEL_ABOVE_AREA). Expected: the units of the asked kinds below a region; for LATEST 1, or 0 for a
    village of another kind, which is shown but stands outside denominators.
    """
    if "exists" not in dimension.columns:
        dimension = dimension.with_columns(exists=pl.lit(value=True))
    inside = dimension
    if query.under is not None:
        area = dimension.filter(pl.col("code") == (dotted(query.under) or query.under))
        if area.is_empty():
            return _refused(_unknown(query.under))
        area_level = Level(area["level"][0])
        if area_level > query.level:
            return _refused(
                Finding(
                    "LEVEL_ABOVE_AREA",
                    "Tingkat hasil lebih tinggi daripada wilayah yang ditanyakan.",
                    "Pilih wilayah induknya, atau tingkat hasil yang lebih rendah.",
                    value=query.under,
                )
            )
        inside = dimension.filter(_at(area_level) == area["region_id"][0])
    groups = inside.filter(pl.col("level") == int(query.level))
    if query.codes is not None:
        wanted = [dotted(code) or code for code in query.codes]
        groups = groups.filter(pl.col("code").is_in(wanted))
        missing = set(wanted) - set(groups["code"])
        if missing:
            return _refused(*(_unknown(code) for code in sorted(missing)))
    groups = groups.select("region_id", "code", "name", "kind", "exists").sort("code")
    if not query.is_gathering:
        judged = pl.col("kind").is_in(query.kinds) if query.level is Level.VILLAGE else pl.lit(value=True)
        return Areas(
            groups.with_columns(expected=(judged & pl.col("exists")).cast(pl.Int64)).drop("exists"),
            groups.select("region_id", group_id="region_id"),
        )
    units = inside.filter(pl.col("level") == int(query.unit))
    if query.unit is Level.VILLAGE:
        units = units.filter(pl.col("kind").is_in(query.kinds))
    units = units.select("region_id", "exists", group_id=_at(query.level)).join(
        groups.select(group_id="region_id"), on="group_id", how="semi"
    )
    expected = units.group_by("group_id").agg(expected=pl.col("exists").sum().cast(pl.Int64))
    groups = (
        groups.drop("exists")
        .join(expected, left_on="region_id", right_on="group_id", how="left", maintain_order="left")
        .with_columns(pl.col("expected").fill_null(0))
    )
    return Areas(groups, units.drop("exists"))
