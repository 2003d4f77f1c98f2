"""Whose cells are they: places of a file become regions of the register, as they were in the cell's period.

Names in a file are no key. They bear out its codes or speak against the scheme that was stated.
"""

from collections.abc import Collection, Mapping

import polars as pl

from sidara.collection.core.cells import Melted, place_of
from sidara.collection.core.declaration import Declaration
from sidara.collection.core.wording import MAX_NAMED, absent_province, counted, strange_place
from sidara.kernel import period as periods
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number
from sidara.tables import LINE

_KEY = ("region_id", "period", "variable", "breakdown")


def placed(cells: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Find the region of each place and period: place, period, region_id, is_then.

    `spans`: code (dotted), region_id, valid_from, valid_to. The region that had the code on the last day
    of the period; where none had it then (`is_then` false), the one that has it now or had it last.
    """
    wanted = cells.select("place", "period").unique()
    days = {
        text: found.last_day
        for text in wanted["period"].unique()
        if (found := periods.parse(text)) is not None
    }
    day = pl.col("period").replace_strict(days, default=None, return_dtype=pl.Date)
    held = (pl.col("valid_from").is_null() | (pl.col("valid_from") <= day)) & (
        pl.col("valid_to").is_null() | (pl.col("valid_to") >= day)
    )
    return (
        wanted.join(spans.rename({"code": "place"}), on="place")
        .with_columns(is_then=held.fill_null(value=False))
        .sort(
            "place",
            "period",
            "is_then",
            "valid_to",
            descending=[False, False, True, True],
            nulls_last=[False, False, False, False],
        )
        .unique(["place", "period"], keep="first", maintain_order=True)
        .select("place", "period", "region_id", "is_then")
    )


def locate(melted: Melted, register: pl.DataFrame, column: str, places: pl.DataFrame | None = None) -> Melted:
    """Join regions to the cells by place and, with `places` (see `placed`), by period.

    `register`: code (dotted), region_id of all regions of today. Cells of unknown places are rejected: one
    finding a province that is not loaded, with the count, and one a place where the province is loaded. So
    are cells whose region has another code in the same file. The result's cells have `region_id`.
    """
    if places is None:
        known, on = register.select(place="code", region_id="region_id"), ["place"]
    else:
        known, on = places.select("place", "period", "region_id"), ["place", "period"]
    joined = melted.cells.join(known, on=on, how="left", maintain_order="left")
    twice = joined.filter(pl.struct(_KEY).is_duplicated() & pl.col("region_id").is_not_null())
    unknown = joined.filter(pl.col("region_id").is_null())
    if not unknown.height and not twice.height:
        return Melted(joined, melted.rejected, melted.findings)
    return Melted(
        joined.filter(pl.col("region_id").is_not_null() & ~pl.struct(_KEY).is_duplicated()),
        melted.rejected + unknown.height + twice.height,
        (*melted.findings, *_unknown(unknown, register, column), *_twice(twice, column)),
    )


def _unknown(unknown: pl.DataFrame, register: pl.DataFrame, column: str) -> list[Finding]:
    loaded = register.select(pl.col("code").str.slice(0, 2).alias("province")).unique()["province"].to_list()
    places = (
        unknown.group_by("place", maintain_order=True)
        .agg(pl.len().alias("cells"), pl.col("line").min(), pl.col("line").n_unique().alias("rows"))
        .with_columns(pl.col("place").str.slice(0, 2).alias("province"))
    )
    absent = (
        places.filter(~pl.col("province").is_in(loaded))
        .group_by("province")
        .agg(pl.col("cells").sum(), pl.col("rows").sum(), pl.col("line").min())
        .sort("province")
    )
    findings = [
        absent_province(row["province"], row["rows"], row["cells"], row["line"], column)
        for row in absent.iter_rows(named=True)
    ]
    strange = places.filter(pl.col("province").is_in(loaded))
    named = [
        strange_place(row["place"], row["cells"], row["line"], column)
        for row in strange.head(MAX_NAMED).iter_rows(named=True)
    ]
    return findings + counted(named, strange.height)


def _twice(twice: pl.DataFrame, column: str) -> list[Finding]:
    regions = (
        twice.group_by("region_id").agg(pl.col("place").unique().sort(), pl.col("line").min()).sort("line")
    )
    named = [
        Finding(
            "KEY_DUPLICATE",
            f"Kode {' dan '.join(places)} adalah wilayah yang sama.",
            "Sisakan satu baris untuk setiap wilayah dan periode.",
            place=Place(line, column),
            value=places[0],
        )
        for _, places, line in regions.head(MAX_NAMED).iter_rows()
    ]
    return counted(named, regions.height)


def recast(places: pl.DataFrame, column: str) -> list[Finding]:
    """Tell of codes that were not yet, or no longer, valid in the period for which they stand."""
    other = places.filter(~pl.col("is_then")).sort("place", "period")
    if other.is_empty():
        return []
    place, period = other.select("place", "period").row(0)
    return [
        Finding(
            "CODE_OTHER_TIME",
            f"{format_number(other.height)} kode tidak berlaku pada periodenya, misalnya {place} untuk "
            f"{period}; "
            "angkanya dicatat pada wilayah yang kini memakai kode itu.",
            "Tidak perlu tindakan bila penerbit menulis ulang angka lama menurut wilayah baru.",
            Severity.INFO,
            Place(column=column),
            place,
        )
    ]


def witnesses(frame: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """Give the names that a file has beside its codes: line, code (dotted), written; empty without any."""
    name = declaration.region.name
    if not name or name not in frame.columns:
        return pl.DataFrame(schema={"line": pl.Int64, "code": pl.String, "written": pl.String})
    return frame.select(
        pl.col(LINE).alias("line"), place_of(declaration).alias("code"), pl.col(name).alias("written")
    ).drop_nulls()


def set_aside(melted: Melted, lines: Mapping[int, Finding]) -> Melted:
    """Reject the cells of lines that must be asked back; one finding a line."""
    if not lines:
        return melted
    kept = melted.cells.filter(~pl.col("line").is_in(list(lines)))
    findings = counted([lines[line] for line in sorted(lines)[:MAX_NAMED]], len(lines))
    return Melted(kept, melted.rejected + melted.cells.height - kept.height, (*melted.findings, *findings))


def written(frame: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """Give the codes of a file as written: line, code; empty where regions stand by name."""
    if declaration.region.is_name:
        return pl.DataFrame(schema={"line": pl.Int64, "code": pl.String})
    return frame.select(
        pl.col(LINE).alias("line"), pl.col(declaration.region.column).alias("code")
    ).drop_nulls()


def unlike_findings(rows: pl.DataFrame, column: str) -> list[Finding]:
    """Tell of names that do not fit their codes: line, code, written, held."""
    named = [
        Finding(
            "NAME_UNLIKE",
            f"Kode {code} dalam daftar bernama {held}, dalam berkas {text}.",
            "Periksa kodenya; nama yang berganti tidak perlu tindakan.",
            Severity.WARNING,
            Place(line, column),
            text,
        )
        for line, code, text, held in rows.head(MAX_NAMED).iter_rows()
    ]
    return counted(named, rows.height)


def wrong_scheme(  # noqa: PLR0913 - keyword-only, the figures of one sentence
    *, scheme: str, compared: int, unlike: int, likely: str | None, agreeing: int, rows: pl.DataFrame
) -> Finding:
    """Say that names and codes of a file tell different places, and which scheme fits better."""
    sample, at = "", None
    for line, code, text, held in rows.head(1).iter_rows():
        sample, at = f", misalnya baris {line}: {code} adalah {held}, dalam berkas {text}", line
    better = (
        f" Menurut {likely}, {format_number(agreeing)} nama cocok."
        if likely
        else " Mungkin kodenya kode BPS."
    )
    return Finding(
        "SCHEME_NAMES",
        f"{format_number(unlike)} dari {format_number(compared)} kode yang dikenal menurut {scheme} tidak "
        f"cocok dengan namanya{sample}.{better}",
        "Sebutkan skema yang benar, atau ubah dahulu kodenya menjadi kode Kemendagri.",
        place=Place(at, "scheme"),
        value=likely or scheme,
    )


def asked(
    codes: pl.DataFrame, findings: Mapping[str, Finding], column: str, sure: Collection[int]
) -> dict[int, Finding]:
    """Give the lines whose code is asked back (code -> finding), with place; `sure` lines are believed."""
    rows = codes.filter(pl.col("code").is_in(list(findings)) & ~pl.col("line").is_in(list(sure)))
    return {
        line: Finding(
            findings[code].code,
            findings[code].message,
            findings[code].remedy,
            place=Place(line, column),
            value=code,
        )
        for line, code in rows.iter_rows()
    }
