"""Succession files: one line a link, columns in Indonesian; read into lines of `core.succession`.

Columns: tanggal, jenis, kode_lama, kode_baru; optional nama_lama, nama_baru, induk_lama, induk_baru, porsi,
porsi_balik, dasar. A share is written as a decimal (`0,6`), a percentage (`60 %`) or a fraction (`3/5`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from sidara import tables
from sidara.kernel.finding import Finding, Place
from sidara.regions.core import Change, dotted
from sidara.regions.core.succession import Told

REQUIRED = ("tanggal", "jenis", "kode_lama", "kode_baru")
OPTIONAL = ("nama_lama", "nama_baru", "induk_lama", "induk_baru", "porsi", "porsi_balik", "dasar")
CODES = ("kode_lama", "kode_baru", "induk_lama", "induk_baru")
KINDS: Mapping[str, Change] = {
    **{kind.value: kind for kind in Change},
    **{kind.label.lower().replace(" ", "_"): kind for kind in Change},
    **{kind.name.lower(): kind for kind in Change},
}
_FRACTION = re.compile(r"(\d{1,12})\s*/\s*([1-9]\d{0,11})", re.ASCII)
_DECIMAL = re.compile(r"(\d{1,12}(?:[.,]\d{1,12})?)\s*(%?)", re.ASCII)


@dataclass(frozen=True)
class Lines:
    """What a file told: its lines, how many there were, what is wrong with them."""

    told: tuple[Told, ...]
    read: int
    findings: tuple[Finding, ...]


def share(text: str) -> Fraction | None:
    """Read a share between 0 and 1 exactly; `None` when it is none."""
    if match := _FRACTION.fullmatch(text.strip()):
        found = Fraction(int(match[1]), int(match[2]))
    elif match := _DECIMAL.fullmatch(text.strip()):
        found = Fraction(match[1].replace(",", ".")) / (100 if match[2] else 1)
    else:
        return None
    return found if 0 <= found <= 1 else None


def _day(text: str) -> date | None:
    """Read a day: `2012-07-01`, also with the time that a workbook adds, or `01/07/2012`."""
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def read(source: Path | BinaryIO, *, format: str | None, sheet: str | None) -> Lines:  # noqa: A002 - the word of the command line
    """Read a file; each line that cannot be understood has a finding."""
    reading = tables.read(source, format=format, required=REQUIRED, known={*REQUIRED, *OPTIONAL}, sheet=sheet)
    if reading.table is None:
        return Lines((), 0, reading.findings)
    told: list[Told] = []
    findings = list(reading.findings)
    rows = reading.table.frame.to_dicts()
    for row in rows:
        found = _line(row)
        if isinstance(found, Told):
            told.append(found)
        else:
            findings += found
    return Lines(tuple(told), len(rows) + len(reading.rejected_lines), tuple(findings))


def _line(row: Mapping[str, object]) -> Told | list[Finding]:
    """Read one line, or say all that is wrong with it."""
    line = int(str(row[tables.LINE]))
    text = {name: str(row[name] or "").strip() for name in (*REQUIRED, *OPTIONAL) if row.get(name)}
    faults: list[Finding] = []

    def wrong(code: str, column: str, message: str, remedy: str) -> None:
        faults.append(
            Finding(code, message, remedy, place=Place(line=line, column=column), value=text.get(column))
        )

    day = _day(text.get("tanggal", ""))
    if day is None:
        wrong(
            "SUCCESSION_DAY",
            "tanggal",
            "Tanggal berlaku tidak terbaca.",
            "Tulis TTTT-BB-HH, misalnya 2012-07-01.",
        )
    kind = KINDS.get(text.get("jenis", "").lower().replace(" ", "_"))
    if kind is None:
        names = ", ".join(kind.value for kind in Change)
        wrong("SUCCESSION_KIND", "jenis", "Jenis perubahan tidak dikenal.", f"Pilih salah satu: {names}.")
    codes = {column: dotted(text.get(column, "")) for column in CODES}
    for column, code in codes.items():
        if column in text and code is None:
            wrong(
                "CODE_MALFORMED",
                column,
                f"{text[column]} bukan kode wilayah.",
                "Contoh yang benar: 62.01.02.2016.",
            )
    shares = {column: share(text.get(column, "")) for column in ("porsi", "porsi_balik")}
    for column, found in shares.items():
        if column in text and found is None:
            wrong(
                "SHARE_MALFORMED",
                column,
                f"{text[column]} bukan porsi.",
                "Tulis dari 0 sampai 1: 0,6 atau 60 % atau 3/5.",
            )
    for column in _lacking(kind, text):
        wrong("SUCCESSION_EMPTY", column, f"Kolom {column} kosong.", f"Isi untuk jenis {kind}.")
    if faults or day is None or kind is None:
        return faults
    return Told(
        line,
        day,
        kind,
        codes["kode_lama"],
        codes["kode_baru"] or (None if kind.is_structural else codes["kode_lama"]),
        text.get("nama_lama"),
        text.get("nama_baru"),
        codes["induk_lama"],
        codes["induk_baru"],
        shares["porsi"],
        shares["porsi_balik"],
        text.get("dasar", ""),
    )


def _lacking(kind: Change | None, text: Mapping[str, str]) -> list[str]:
    """Give the columns that a line of a kind must fill, and does not."""
    needed: Mapping[Change | None, tuple[str, ...]] = {
        Change.SPLIT: ("kode_lama", "kode_baru"),
        Change.MERGE: ("kode_lama", "kode_baru"),
        Change.NEW: ("kode_baru",),
        Change.RENAME: ("kode_lama", "nama_baru"),
        Change.RECODE: ("kode_lama", "kode_baru"),
        Change.REPARENT: ("kode_lama", "induk_baru"),
    }
    return [column for column in needed.get(kind, ()) if column not in text]
