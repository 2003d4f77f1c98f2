"""Whose row is it: village code and year, judged for the whole table, and no key twice.

Kemendagri codes: ten digits, or dotted `62.01.02.2016`; the last group starts with 2 (desa) or 3 (desa
adat), with 1 for a kelurahan; that of an example village with 9. A BPS village code shows by a last group
that starts with 0.
"""

import polars as pl

from sidara.indices.core.definition import Definition
from sidara.kernel.finding import Finding, Place, Severity
from sidara.regions.core import Level, bare_column, dotted_column
from sidara.regions.core.code import EXAMPLE_FIGURE

CODE, YEAR = "kode", "tahun"
BARE = "__code"
YEAR_NUMBER = "__year"

_CODE_FAULTS = {
    "CODE_MISSING": ("Kode desa kosong.", "Isi kode desa 10 angka menurut Kemendagri, misalnya 6201022016."),
    "CODE_KELURAHAN": (
        "Kode {value} adalah kode kelurahan; kelurahan tidak dinilai dalam indeks ini.",
        "Hapus baris ini, atau periksa kodenya bila yang dimaksud sebuah desa.",
    ),
    "CODE_BPS": (
        "Kode {value} tampak seperti kode BPS, bukan kode Kemendagri.",
        "Ganti dengan kode desa menurut Kemendagri (kelompok terakhir diawali angka 2).",
    ),
    "CODE_NOT_VILLAGE": (
        "Kode {value} adalah kode kecamatan, kabupaten, atau provinsi, bukan desa.",
        "Isi kode desa 10 angka, misalnya 6201022016 atau 62.01.02.2016.",
    ),
    "CODE_MALFORMED": (
        "Kode {value} bukan kode desa.",
        "Isi kode desa 10 angka, misalnya 6201022016 atau 62.01.02.2016.",
    ),
}


def with_codes(definition: Definition, frame: pl.DataFrame) -> pl.DataFrame:
    """Name the columns of items by their codes: `I01_2` is `I01.2`."""
    items = {item.variable: item.code for version in definition.versions for item in version.items}
    return frame.rename(
        {name: code for name, code in items.items() if name in frame.columns and code not in frame.columns}
    )


def with_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the bare code and the year as a number; null where they cannot be read."""
    code = pl.col(CODE)
    dotted = dotted_column(code, Level.VILLAGE)
    year = pl.col(YEAR)
    return frame.with_columns(
        pl.when(code.str.contains("^[1-9]")).then(bare_column(dotted)).alias(BARE),
        pl.when(year.str.contains(r"^[12][0-9]{3}$"))
        .then(year.cast(pl.Int64, strict=False))
        .alias(YEAR_NUMBER),
    )


def _code_fault() -> pl.Expr:
    kind = pl.col(BARE).str.slice(6, 1)
    short = pl.col(CODE).str.contains(r"^[1-9][0-9](\.?[0-9]{2}){0,2}$")
    return (
        pl.when(pl.col(CODE).is_null())
        .then(pl.lit("CODE_MISSING"))
        .when(short)
        .then(pl.lit("CODE_NOT_VILLAGE"))
        .when(pl.col(BARE).is_null())
        .then(pl.lit("CODE_MALFORMED"))
        .when(kind == "1")
        .then(pl.lit("CODE_KELURAHAN"))
        .when(kind == "0")
        .then(pl.lit("CODE_BPS"))
        .when(~kind.is_in(["2", "3", EXAMPLE_FIGURE]))
        .then(pl.lit("CODE_MALFORMED"))
    )


def judge_codes(frame: pl.DataFrame, line: str) -> list[Finding]:
    """Give an error for each row whose code is no village code of the ministry."""
    bad = frame.select(line, CODE, fault=_code_fault()).filter(pl.col("fault").is_not_null())
    findings = []
    for at, value, code in bad.iter_rows():
        message, remedy = _CODE_FAULTS[code]
        findings.append(error(code, message.format(value=value), remedy, at, CODE, value))
    return findings


def judge_years(
    frame: pl.DataFrame, line: str, spans: list[tuple[int, int | None]], index: str
) -> list[Finding]:
    """Give an error for each row whose year is none, or one in which the index was not in force."""
    year = pl.col(YEAR_NUMBER)
    inside = pl.lit(value=False)
    for first, last in spans:
        inside = inside | ((year >= first) & (year <= (last or 2100)))
    said = ", ".join(f"{first} sampai {last or 'sekarang'}" for first, last in spans)
    findings = []
    for at, value, number in (
        frame.filter(~inside.fill_null(value=False)).select(line, YEAR, YEAR_NUMBER).iter_rows()
    ):
        if number is None:
            message = "Tahun kosong." if value is None else f"Tahun {value} tidak terbaca."
            findings.append(
                error(
                    "YEAR_MALFORMED", message, "Isi tahun dengan empat angka, misalnya 2024.", at, YEAR, value
                )
            )
        else:
            findings.append(
                error(
                    "YEAR_OUTSIDE",
                    f"{index} tidak berlaku pada tahun {number}.",
                    f"{index} berlaku {said}; periksa tahunnya atau pakai indeks yang berlaku.",
                    at,
                    YEAR,
                    value,
                )
            )
    return findings


def judge_duplicates(frame: pl.DataFrame, line: str) -> list[Finding]:
    """Give an error for each later row with the key of an earlier one; it names the first line."""
    key = [BARE, YEAR_NUMBER]
    first = pl.col(line).min().over(key)
    repeated = frame.select(line, CODE, YEAR, first=first).filter(pl.col(line) != pl.col("first"))
    return [
        error(
            "KEY_DUPLICATE",
            f"Desa {code} tahun {year} sudah ada pada baris {earlier}.",
            f"Sisakan satu baris; yang dihitung adalah baris {earlier}.",
            at,
            CODE,
            code,
        )
        for at, code, year, earlier in repeated.iter_rows()
    ]


def error(  # noqa: PLR0913, PLR0917 - the parts of a finding
    code: str, message: str, remedy: str, line: int, column: str, value: str | None
) -> Finding:
    """Make the finding that rejects a row."""
    return Finding(code, message, remedy, Severity.ERROR, Place(line=line, column=column), value)
