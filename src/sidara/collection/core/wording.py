"""What is said about cells that cannot be stored: one finding a fault, the many counted."""

import polars as pl

from sidara.collection.core.dataset import Variable
from sidara.collection.core.declaration import Declaration
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number
from sidara.regions.core import village_kind
from sidara.tables import LINE

MAX_NAMED = 500
"""Faults of one kind that get a finding of their own."""

_SHAPES = {1: "62", 2: "6201", 3: "620102", 4: "6201022016 atau 62.01.02.2016"}


def counted(findings: list[Finding], total: int) -> list[Finding]:
    """Add one finding that counts those which did not get one of their own."""
    rest = total - len(findings)
    if rest <= 0:
        return findings
    more = Finding(
        findings[0].code,
        f"{rest} temuan lain sejenis tidak ditulis satu per satu.",
        "Perbaiki dengan cara yang sama, lalu impor lagi.",
        findings[0].severity,
    )
    return [*findings, more]


def row_findings(cells: pl.DataFrame, rows: pl.DataFrame, declaration: Declaration) -> list[Finding]:
    """Say what is wrong with whole rows, and how many cells each one holds."""
    sizes = cells.group_by(LINE).len("cells")
    period_column = declaration.period_column or ""
    faulty = rows.filter(pl.col("fault").is_not_null()).join(sizes, on=LINE, how="left").sort("fault", LINE)
    twins = (
        rows.filter(pl.col("fault") == "KEY_DUPLICATE")
        .group_by("place", "period")
        .agg(pl.col(LINE).alias("twins"))
    )
    faulty = faulty.join(twins, on=["place", "period"], how="left", maintain_order="left")
    findings: list[Finding] = []
    for (code,), group in faulty.group_by("fault", maintain_order=True):
        made = []
        for row in group.head(MAX_NAMED).iter_rows(named=True):
            column, value = declaration.region.column, row["region"]
            match code:
                case "CODE_MALFORMED":
                    message = f"Kode wilayah tidak berbentuk kode {declaration.code_scheme}: {said(value)}"
                    remedy = f"Tulis kode seperti {_SHAPES[declaration.region.level]}."
                case "NAME_UNKNOWN":
                    message = f"Nama wilayah tidak ada dalam daftar nama yang telah diperiksa: {said(value)}"
                    remedy = f"Samakan ejaannya, atau tambahkan namanya pada deklarasi {declaration.name}."
                case "PERIOD_MALFORMED":
                    column, value = period_column, row["period_text"]
                    message = f"Periode kosong atau tidak berbentuk tahun: {said(value)}"
                    remedy = "Tulis tahun empat angka, misalnya 2024."
                case _:
                    others = [str(line) for line in row["twins"] if line != row[LINE]]
                    where = ", ".join(others[:5])
                    message = f"Wilayah {row['place']} periode {row['period']} juga ada di baris {where}"
                    remedy = "Sisakan satu baris untuk setiap wilayah dan periode."
            made.append(
                Finding(
                    str(code),
                    f"{message} ({row['cells'] or 0} sel ditolak).",
                    remedy,
                    place=Place(row[LINE], column),
                    value=value,
                )
            )
        findings.extend(counted(made, group.height))
    return findings


def said(value: str | None) -> str:
    """Write a value for a message."""
    if value is None:
        return "kosong"
    return value if len(value) <= 60 else value[:57] + "..."


def value_findings(bad: pl.DataFrame, declaration: Declaration) -> list[Finding]:
    """Say what is wrong with single values."""
    variables = {one.code: one for one in declaration.variables}
    findings: list[Finding] = []
    for (code,), group in bad.sort("fault", LINE).group_by("fault", maintain_order=True):
        made = []
        for row in group.head(MAX_NAMED).iter_rows(named=True):
            variable, value = variables[row["variable"]], row["value"]
            match code:
                case "CHOICE_UNKNOWN":
                    message = f"Pilihan tidak dikenal untuk {variable.label}: {said(value)}."
                    names = ", ".join(one.published for one in variable.choices if one.published)
                    remedy = f"Pakai salah satu: {names}."
                case "VALUE_OUTSIDE":
                    message = f"{said(value)} bukan nilai {variable.label} yang mungkin."
                    remedy = f"Isi {_domain(variable)}."
                case "VALUE_TOO_LARGE":
                    message = f"{said(value)} terlalu besar untuk disimpan."
                    remedy = "Isi angka dengan paling banyak 14 angka di depan titik desimal."
                case _:
                    message = f"Bukan angka: {said(value)}."
                    comma = "," in value
                    remedy = (
                        "Tulis titik desimal, bukan koma."
                        if comma
                        else "Isi angka biasa, atau kosongkan selnya."
                    )
            made.append(
                Finding(str(code), message, remedy, place=Place(row[LINE], row["column"]), value=value)
            )
        findings.extend(counted(made, group.height))
    return findings


def _domain(variable: Variable) -> str:
    """Say which numbers a variable takes."""
    kind = "bilangan bulat" if variable.is_whole else "angka"
    if variable.minimum is not None and variable.maximum is not None:
        return f"{kind} dari {variable.minimum} sampai {variable.maximum}"
    if variable.minimum is not None:
        return f"{kind} paling sedikit {variable.minimum}"
    return kind if variable.maximum is None else f"{kind} paling banyak {variable.maximum}"


def skipped_finding(rows: int, declaration: Declaration) -> list[Finding]:
    """Tell how many rows the declaration leaves out."""
    if not rows:
        return []
    names = ", ".join(sorted(declaration.region.skipped))
    return [
        Finding(
            "ROWS_SKIPPED",
            f"{rows} baris jumlah ({names}) dilewati sesuai deklarasi.",
            "Tidak perlu tindakan.",
            Severity.INFO,
            Place(column=declaration.region.column),
        )
    ]


def outside_finding(rows: int, declaration: Declaration, under: str | None) -> list[Finding]:
    """Tell how many rows lie outside the area that was asked for."""
    if not rows:
        return []
    return [
        Finding(
            "ROWS_OUTSIDE",
            f"{format_number(rows)} baris di luar wilayah {under} tidak dikirim.",
            "Tidak perlu tindakan. Untuk mengirim semuanya, hapus --under.",
            Severity.INFO,
            Place(column=declaration.region.column),
        )
    ]


def absent_province(province: str, rows: int, cells: int, line: int, column: str) -> Finding:
    """Say that a province is not loaded."""
    return Finding(
        "REGION_UNKNOWN",
        f"Provinsi {province} belum dimuat: {format_number(rows)} baris ({format_number(cells)} sel) "
        f"ditolak, mulai baris {line}.",
        f"Muat wilayahnya dengan: sidara regions load --province {province}, lalu impor lagi.",
        place=Place(line, column),
        value=province,
    )


def strange_place(place: str, cells: int, line: int, column: str) -> Finding:
    """Say that a code is not in the register, and whether it looks like one of another scheme."""
    is_village = len(place) == 13
    if is_village and village_kind(place) is None:
        return Finding(
            "REGION_UNKNOWN",
            f"Kode {place} tidak ada dalam daftar wilayah dan tampaknya kode BPS ({cells} sel ditolak).",
            "Ubah dahulu menjadi kode Kemendagri; kode BPS tidak dibaca sebagai kode Kemendagri.",
            place=Place(line, column),
            value=place,
        )
    return Finding(
        "REGION_UNKNOWN",
        f"Kode {place} tidak ada dalam daftar wilayah ({cells} sel ditolak).",
        'Periksa kodenya; cari dengan: sidara regions find "nama desa".',
        place=Place(line, column),
        value=place,
    )


VERDICTS = {
    "sent": "dikirim",
    "created": "baru",
    "updated": "diperbarui",
    "unchanged": "tetap",
    "conflicting": "berselisih",
    "rejected": "ditolak",
}
"""The verdicts of an account as commands say them, the cells sent first."""
