"""Succession files: one line a link, columns in Indonesian; read into lines of `core.succession`.

Columns: tanggal, jenis, kode_lama, kode_baru; optional nama_lama, nama_baru, induk_lama, induk_baru, porsi,
porsi_balik, dasar. A share is written as a decimal (`0,6`), a percentage (`60 %`) or a fraction (`3/5`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from sidara import tables
from sidara.kernel.finding import Finding, Place
from sidara.regions.core import Change, dotted, is_example
from sidara.regions.core.succession import Told

REQUIRED = ("tanggal", "jenis", "kode_lama", "kode_baru")
OPTIONAL = ("nama_lama", "nama_baru", "induk_lama", "induk_baru", "porsi", "porsi_balik", "dasar")
SHARES = ("porsi", "porsi_balik")
CODES = ("kode_lama", "kode_baru", "induk_lama", "induk_baru")
KINDS: Mapping[str, Change] = {
    **{kind.value: kind for kind in Change},
    **{kind.label.lower().replace(" ", "_"): kind for kind in Change},
    **{kind.name.lower(): kind for kind in Change},
}
_FRACTION = re.compile(r"(\d{1,12})\s*/\s*([1-9]\d{0,11})", re.ASCII)
_DAY = re.compile(r"[0-9][0-9T:/ -]*")
EARLIEST = date(1900, 1, 1)
"""No area of the register is older in its present form; an earlier day is a slip of the pen."""
LENGTHS: Mapping[str, int] = {"nama_lama": 200, "nama_baru": 200, "dasar": 300}
"""Characters that the register keeps of a text."""
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
    """Read a day: `2012-07-01`, with the time of a workbook, or `01/07/2012`; none before 1900."""
    if _DAY.fullmatch(text.strip()) is None:
        return None
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y"):
        try:
            found = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return found if found >= EARLIEST else None
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
    text = {name: words for name, words in text.items() if words}
    day = _day(text.get("tanggal", ""))
    kind = KINDS.get(text.get("jenis", "").lower().replace(" ", "_"))
    codes = {column: dotted(text.get(column, "")) for column in CODES}
    shares = {column: share(text.get(column, "")) for column in SHARES}
    faults = [
        Finding(code, message, remedy, place=Place(line=line, column=column), value=text.get(column))
        for code, column, message, remedy in (
            *_unread(text, day, kind, {**codes, **shares}),
            *_unfit(text, kind),
        )
    ]
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


type Fault = tuple[str, str, str, str]
"""Code, column, message, remedy."""


def _unread(
    text: Mapping[str, str], day: date | None, kind: Change | None, parts: Mapping[str, object]
) -> Iterator[Fault]:
    """Say which parts of a line cannot be read."""
    if day is None:
        message = "Tanggal berlaku tidak terbaca, atau sebelum tahun 1900."
        yield "SUCCESSION_DAY", "tanggal", message, "Tulis TTTT-BB-HH, misalnya 2012-07-01."
    if kind is None:
        names = ", ".join(kind.value for kind in Change)
        yield "SUCCESSION_KIND", "jenis", "Jenis perubahan tidak dikenal.", f"Pilih salah satu: {names}."
    for column in CODES:
        if column in text and parts[column] is None:
            message = f"{text[column]} bukan kode wilayah."
            yield "CODE_MALFORMED", column, message, "Contoh yang benar: 62.01.02.2016."
        elif is_example(str(parts[column] or "")):
            message = f"{text[column]} adalah kode desa contoh, bukan kode Kemendagri."
            remedy = "Angka pertama bagian desa adalah 1, 2 atau 3, misalnya 62.01.02.2016."
            yield "CODE_EXAMPLE", column, message, remedy
    for column in SHARES:
        if column in text and parts[column] is None:
            message = f"{text[column]} bukan porsi."
            yield "SHARE_MALFORMED", column, message, "Tulis dari 0 sampai 1: 0,6 atau 60 % atau 3/5."


def _unfit(text: Mapping[str, str], kind: Change | None) -> Iterator[Fault]:
    """Say which columns are empty, filled for nothing, or too long."""
    for column in _lacking(kind, text):
        yield "SUCCESSION_EMPTY", column, f"Kolom {column} kosong.", f"Isi untuk jenis {kind}."
    for column in _surplus(kind, text):
        message = f"Kolom {column} terisi, padahal tidak dipakai untuk jenis {kind}."
        remedy = "Kosongkan kolom itu, atau pilih jenis yang sesuai."
        yield "SUCCESSION_SURPLUS", column, message, remedy
    for column, most in LENGTHS.items():
        if len(text.get(column, "")) > most:
            message = f"Isi kolom {column} lebih dari {most} huruf."
            yield "SUCCESSION_LONG", column, message, f"Singkatkan sampai {most} huruf."


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


def _surplus(kind: Change | None, text: Mapping[str, str]) -> list[str]:
    """Give the columns that a line of a kind fills, and that would be passed over."""
    if kind is None or kind in {Change.SPLIT, Change.MERGE}:
        return []
    unused = ("kode_lama", *SHARES) if kind is Change.NEW else SHARES
    return [column for column in unused if column in text]
