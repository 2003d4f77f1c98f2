"""The one door for reading: takes a path or an open file, knows the format, guards the size."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from sidara.kernel.finding import Finding
from sidara.kernel.reasons import reason_of
from sidara.tables import csv_file, json_file, parquet_file, xlsx_file
from sidara.tables.table import MAX_BYTES, Bounds, Expected, Reading, fault, refused

ALL = Bounds()
FORMATS = ("csv", "xlsx", "parquet", "json")
"""The formats that are read and written, by the suffix of the file's name."""

_SUFFIXES = {
    "csv": "csv",
    "tsv": "csv",
    "txt": "csv",
    "xlsx": "xlsx",
    "xlsm": "xlsx",
    "xls": "xlsx",
    "parquet": "parquet",
    "json": "json",
}
_READERS = {
    "csv": csv_file.read,
    "parquet": parquet_file.read,
    "json": json_file.read,
}
_SIGNS = (
    (b"PK\x03\x04", "xlsx", "buku kerja Excel (XLSX)"),
    (b"\xd0\xcf\x11\xe0", "xlsx", "buku kerja Excel lama (XLS) atau yang terkunci"),
    (b"PAR1", "parquet", "Parquet"),
)


def format_of(name: str | Path) -> str | None:
    """Tell the format of a file by its suffix; `None` when it has none of ours."""
    return _SUFFIXES.get(Path(name).suffix.lower().removeprefix("."))


def read(  # noqa: PLR0913 - each says another thing about the file
    source: Path | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
    required: Sequence[str] = (),
    one_of: Sequence[Sequence[str]] = (),
    known: Collection[str] | None = None,
    sheet: str | None = None,
    bounds: Bounds = ALL,
) -> Reading:
    """Read a table; all that a person can mend comes as findings, nothing is raised.

    `format` (one of `FORMATS`) is needed for an open file and goes before the suffix of a path.
    `required` columns must be there, and one whole group of `one_of`; columns outside `known` are
    told (info) and kept. `sheet` chooses the sheet of a workbook that has several.

    Line of a row: in CSV the physical line on which its record starts (quoted fields may hold line
    breaks), in a workbook the row of the sheet, in JSON and Parquet the number of the record from 1.
    CSV: UTF-8 with or without a mark; comma, or semicolon or tab when the header then fits; a leading
    apostrophe before `= + - @` (see `write`) is taken away. Limits: `MAX_BYTES`, `MAX_COLUMNS`, and
    `bounds`; a file beyond them is refused before memory is taken for what it holds.
    """
    name = source.name if isinstance(source, Path) else None
    suffix = source.suffix.lower() if isinstance(source, Path) else ""
    chosen = format or (format_of(source) if isinstance(source, Path) else None)
    if chosen not in FORMATS:
        given = format or suffix or "tanpa akhiran"
        return refused(
            fault(
                "FORMAT_UNKNOWN",
                f"Jenis berkas tidak dikenal ({given}).",
                "Pakailah CSV, XLSX, Parquet atau JSON; untuk pipa sebutkan --format.",
                value=given,
            )
        )
    expected = Expected(required, one_of, known, bounds)
    content, problem = content_of(source)
    if problem is None:
        problem = _mismatch(content, chosen)
    if problem is not None:
        reading = refused(problem)
    elif chosen == "xlsx":
        reading = xlsx_file.read(content, expected, sheet=sheet, suffix=suffix)
    else:
        reading = _READERS[chosen](content, expected)
    if name is None:
        return reading
    return replace(
        reading,
        findings=tuple(replace(one, place=replace(one.place, file=name)) for one in reading.findings),
    )


def content_of(source: Path | BinaryIO) -> tuple[bytes, Finding | None]:
    """Read the whole file, never more than the limit."""
    try:
        if isinstance(source, Path):
            with source.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        else:
            content = source.read(MAX_BYTES + 1)
    except OSError as problem:
        return b"", fault(
            "FILE_UNREADABLE",
            f"Berkas tidak dapat dibuka: {reason_of(problem)}.",
            "Periksa nama berkas, foldernya, dan hak bacanya.",
        )
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        return b"", fault(
            "FILE_TOO_LARGE", f"Berkas lebih besar dari {limit} MB.", "Bagi berkas menjadi beberapa bagian."
        )
    if not content.strip():
        return b"", fault("FILE_EMPTY", "Berkas kosong.", "Pilih berkas yang berisi baris judul dan data.")
    return content, None


def _mismatch(content: bytes, chosen: str) -> Finding | None:
    """Find a file whose content is of another format than its name says."""
    for sign, real, words in _SIGNS:
        if content.startswith(sign) and real != chosen:
            return fault(
                "FORMAT_MISMATCH",
                f"Isi berkas adalah {words}, bukan {chosen.upper()}.",
                "Beri akhiran nama yang benar, atau simpan ulang dalam jenis yang dimaksud.",
            )
    return None
