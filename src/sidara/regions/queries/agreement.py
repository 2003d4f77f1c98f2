"""Codes and names of a file against the register: what clashes, what disagrees, what must be asked back."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

import polars as pl

from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding, Place
from sidara.regions import models
from sidara.regions.core import EXAMPLE, KEMENDAGRI
from sidara.regions.core.agreement import Disagreement, compare, doubtful
from sidara.regions.core.code import bare_column
from sidara.regions.formats import content
from sidara.regions.queries.codes import READ, ambiguity
from sidara.regions.queries.today import register_version


@lru_cache(maxsize=2)
def _names(_version: str) -> Mapping[str, pl.DataFrame]:
    """Give bare code, region_id and name of all open codes, by scheme."""
    rows = models.RegionCode.objects.filter(valid_to=None).exclude(scheme=EXAMPLE).order_by("scheme", "code")
    frame = pl.DataFrame(
        list(rows.values_list("scheme", "code", "region_id", "region__name")),
        schema={"scheme": pl.String, "code": pl.String, "region_id": pl.Int64, "held": pl.String},
        orient="row",
    ).with_columns(bare_column(pl.col("code")))
    parts = frame.partition_by("scheme", as_dict=True, include_key=False)
    return {str(scheme): part for (scheme,), part in parts.items()}


@lru_cache(maxsize=2)
def _clashes(version: str) -> pl.DataFrame:
    """Give the bare codes that mean one place as Kemendagri codes and another elsewhere, with both names."""
    names = _names(version)
    schema = {"code": pl.String, "name": pl.String, "scheme": pl.String, "other_name": pl.String}
    own = names.get(KEMENDAGRI)
    if own is None:
        return pl.DataFrame(schema=schema)
    found = [
        own.join(other, on="code", suffix="_other")
        .filter(pl.col("region_id") != pl.col("region_id_other"))
        .select("code", name="held", scheme=pl.lit(scheme), other_name="held_other")
        for scheme, other in names.items()
        if scheme != KEMENDAGRI
    ]
    return pl.concat([pl.DataFrame(schema=schema), *found]).sort("code", "scheme")


def asked_back(actor: Actor, codes: Collection[str], *, denied: Collection[str] = ()) -> dict[str, Finding]:
    """Give a finding for each code of a file, as written, that may mean two places; see `doubtful`.

    Codes with dots state their scheme. Nothing is asked where the file's other codes leave no doubt, but for
    codes that a name speaks against (`denied`).
    """
    require(actor, READ)
    version = register_version(actor)
    bare = {code for code in codes if code and "." not in code}
    clashing = set(_clashes(version)["code"])
    if not bare & clashing:
        return {}
    names = _names(version)
    elsewhere = {code for scheme, frame in names.items() if scheme != KEMENDAGRI for code in frame["code"]}
    sure = set(names[KEMENDAGRI]["code"]) - elsewhere
    found = {
        code: ambiguity(actor, code)
        for code in sorted(doubtful(bare, clashing, sure) | (bare & clashing & set(denied)))
    }
    return {code: finding for code, finding in found.items() if finding is not None}


def doubt_of_names(
    actor: Actor, rows: Sequence[tuple[int, str, str]], *, is_past: bool = False
) -> Finding | None:
    """Say that codes stated to be Kemendagri codes (line, code, name) name other places; else `None`.

    `is_past` = names may be old ones: then only another scheme that fits better is a doubt.
    """
    told = [(line, code, name) for line, code, name in rows if code and name]
    schema = {"line": pl.Int64, "code": pl.String, "written": pl.String}
    found = check_names(actor, pl.DataFrame(told, schema=schema, orient="row"))
    if not found.is_doubtful or (is_past and found.likely is None):
        return None
    first = found.rows.row(0, named=True)
    better = f" Menurut {found.likely}, {found.agreeing} nama cocok." if found.likely else ""
    return Finding(
        "SCHEME_NAMES",
        f"{found.unlike} dari {found.compared} kode Kemendagri tidak cocok dengan namanya, misalnya"
        f" {first['code']}: di berkas {first['written']}, di daftar wilayah {first['held']}.{better}",
        "Ubah dahulu kodenya menjadi kode Kemendagri, atau perbaiki kolomnya.",
        place=Place(line=first["line"]),
        value=found.likely or KEMENDAGRI,
    )


def check_names(actor: Actor, rows: pl.DataFrame, *, scheme: str = KEMENDAGRI) -> Disagreement:
    """Hold names of a file against its codes: rows have line, code (dotted or bare), written."""
    require(actor, READ)
    told = rows.select("line", bare_column(pl.col("code")), pl.col("written").cast(pl.String))
    names = {one: frame.select("code", "held") for one, frame in _names(register_version(actor)).items()}
    return compare(told, names, scheme, content.reading())
