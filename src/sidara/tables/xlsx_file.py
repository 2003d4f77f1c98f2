"""XLSX: measured and looked over as a zip first, then read by calamine.

calamine gives values only, so formulas and error values are found in the sheet's own XML. Every part
is unpacked and counted before calamine sees the file: a part that unpacks to more than allowed, or a
cell far outside, never reaches it.
Source of the format: ECMA-376 part 1, SpreadsheetML (18.3.1.4 c, 18.3.1.40 f, 18.2.19 sheet).
"""

import html
import io
import itertools
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from posixpath import normpath

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number
from sidara.tables.table import (
    LINE,
    MAX_NAMED,
    NOTES_SHEET,
    Bounds,
    Expected,
    Raw,
    Reading,
    fault,
    finish,
    listed,
    named,
    refused,
    size_fault,
)
from sidara.tables.words import text_of

_MAX_PARTS = 2_000
_RESAVE = "Simpan ulang sebagai buku kerja Excel (.xlsx) biasa."
BROKEN = fault(
    "XLSX_BROKEN", "Buku kerja rusak atau bukan XLSX.", "Buka di Excel atau LibreOffice, " + _RESAVE.lower()
)
BREAKAGES = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ValueError,
    ArithmeticError,
    EOFError,
    OSError,
    RuntimeError,
    MemoryError,
)
FORMULA = rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f[\s/>]"
ERROR = rb'<(?:\w+:)?c\s([^>]*\st="e"[^>]*|t="e"[^>]*)>'
_HINTS = {FORMULA: re.compile(rb"[<:]f[\s/>]"), ERROR: re.compile(rb't="e"')}
"""What stands in every sheet where a sign is found: quickly looked for, and mostly not there."""
_CELLS = [
    b"%bc%b" % signs for signs in itertools.product((b"<", b":"), (b" ", b">", b"/", b"\n", b"\r", b"\t"))
]
"""How a cell begins in the XML of a sheet."""
_SHARED = re.compile(rb"<(?:[^\s<>/:]+:)?si[\s>/]")
_IS_SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
_SHARED_CELL = re.compile(_IS_SHARED.pattern + rb"""[^>]*>\s*<(?:\w+:)?v>([0-9]{1,9})<""")
_COLUMN = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)[0-9]""")
_ROW = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]+([0-9]+)""")
_ROW_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?row(?=[\s/>])")
_UNPLACED_ROW = re.compile(_ROW_TAG.pattern + rb"(?![^>]*\sr\s*=)")
_ROW_PLACE = re.compile(rb"""\sr\s*=\s*["']([0-9]+)""")
MOST_SIGNS = 9
"""Letters or digits of a place that are read: what has more lies beyond every bound all the same."""
_UNPLACED = re.compile(rb"<(?:[^\s<>/:]+:)?c(?=[\s/>])(?![^>]*\sr\s*=)")
"""A cell that does not say where it is: it follows the one before it in its row."""
_REFERENCE = re.compile(rb'(?:^|\s)r="([A-Z]{1,3})([0-9]{1,7})"')


def read(content: bytes, expected: Expected, *, sheet: str | None = None, suffix: str = ".xlsx") -> Reading:
    """Read workbook bytes; the line of a row is its row in the sheet."""
    problem = not_a_workbook(content, suffix)
    try:
        parts, problem = ({}, problem) if problem else parts_of(content, expected.bounds)
        return refused(problem) if problem else _sheet(content, parts, expected, sheet)
    except PasswordError:
        return refused(locked())
    except BREAKAGES:
        return refused(BROKEN)
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # what a fault inside calamine's Rust raises
            raise
    return refused(BROKEN)


def locked() -> Finding:
    """Say that a workbook is locked by a password."""
    return fault("XLSX_LOCKED", "Buku kerja terkunci dengan kata sandi.", "Buka kuncinya, lalu simpan ulang.")


def not_a_workbook(content: bytes, suffix: str) -> Finding | None:
    """Judge the first bytes and the suffix."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return locked()
        return fault("XLS_OLD", "Berkas memakai bentuk Excel lama (.xls).", _RESAVE)
    if suffix == ".xlsm":
        return _macros()
    if not content.startswith(b"PK\x03\x04"):
        return BROKEN
    return None


def _macros() -> Finding:
    """Say that a workbook carries macros."""
    return fault("XLSX_MACROS", "Buku kerja memuat makro.", "Simpan ulang sebagai .xlsx tanpa makro.")


def parts_of(content: bytes, bounds: Bounds) -> tuple[dict[str, zipfile.ZipInfo], Finding | None]:
    """List the parts, refuse macros and what unpacks to too much, by the directory and by measure."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    parts = {info.filename.lower(): info for info in entries}
    if len(parts) != len(entries):
        return parts, BROKEN
    if len(parts) > _MAX_PARTS or sum(info.file_size for info in parts.values()) > bounds.unpacked:
        return parts, _bomb(bounds)
    if problem := _foreign(parts):
        return parts, problem
    total = 0
    for info in parts.values():
        for piece in unpack(content, info):
            total += len(piece)
            if total > bounds.unpacked:
                return parts, _bomb(bounds)
    return parts, None


def _foreign(names: Iterable[str]) -> Finding | None:
    """Find out by its parts that a workbook is of another kind, or carries macros."""
    found = set(names)
    if any(name.endswith("vbaproject.bin") for name in found):
        return _macros()
    if "content.xml" in found and "mimetype" in found:
        return fault("ODS_FILE", "Berkas ini berbentuk LibreOffice (.ods).", _RESAVE)
    if "xl/workbook.bin" in found:
        return fault("XLSB_FILE", "Berkas ini berbentuk Excel biner (.xlsb).", _RESAVE)
    return None


def _bomb(bounds: Bounds) -> Finding:
    """Say that a workbook unpacks to too much."""
    limit = bounds.unpacked // (1024 * 1024)
    return fault("XLSX_TOO_LARGE", f"Isi buku kerja melebihi {limit} MB setelah dibuka.", bounds.remedy)


def unpack(content: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part piece by piece from its raw bytes, whatever size the directory claims."""
    start = info.header_offset
    name_size, extra_size = struct.unpack("<HH", content[start + 26 : start + 30])
    begin = start + 30 + name_size + extra_size
    packed = memoryview(content)[begin : begin + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("compression of another kind")
    stream = zlib.decompressobj(-15)
    rest: bytes | memoryview = packed
    while rest and not stream.eof:
        yield stream.decompress(rest, 4 * 1024 * 1024)
        rest = stream.unconsumed_tail
    yield stream.flush()


def sheet_parts(content: bytes, parts: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Map the name of each sheet to the part that holds it."""
    book = b"".join(unpack(content, parts["xl/workbook.xml"]))
    links = b"".join(unpack(content, parts["xl/_rels/workbook.xml.rels"]))
    targets = {}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", links):
        target = _attribute(tag, b"Target")
        targets[_attribute(tag, b"Id")] = normpath(
            target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        )
    return {
        _attribute(tag, b"name"): targets.get(_attribute(tag, rb"\w+:id"), "")
        for tag in re.findall(rb"<(?:\w+:)?sheet\s[^>]*>", book)
    }


def _attribute(tag: bytes, name: bytes) -> str:
    """Read one attribute of an XML tag."""
    match = re.search(rb"\s" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
    return html.unescape((match[1] or match[2] or b"").decode("utf-8")) if match else ""


def _sheet(
    content: bytes, parts: dict[str, zipfile.ZipInfo], expected: Expected, wanted: str | None
) -> Reading:
    """Choose the sheet, look it over, read it."""
    places = sheet_parts(content, parts)
    codes = {name: b"".join(unpack(content, parts[part.lower()])) for name, part in places.items()}
    if problem := too_full(content, parts, codes, expected.bounds):
        return refused(problem)
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        chosen, notes, problem = _choose(book, wanted)
        if chosen is None or problem is not None:
            return refused(*([problem] if problem else []), *notes)
        raw, problem = _rows(chosen, expected.bounds)
    if raw is None or problem is not None:
        return refused(*([problem] if problem else []), *notes)
    raw.findings += notes
    marks = [(found, "rumus") for found in signed(FORMULA, codes[chosen.name])]
    marks += [(found, "nilai galat") for found in signed(ERROR, codes[chosen.name])]
    if marks and (problem := _reject_marked(raw, marks, expected)):
        return refused(problem)
    return finish(raw, expected)


def too_full(
    content: bytes, parts: dict[str, zipfile.ZipInfo], codes: Mapping[str, bytes], bounds: Bounds
) -> Finding | None:
    """Refuse sheets (name -> XML) that hold or span too many cells, or whose cells repeat too long texts."""
    cells = spanned = 0
    for name, code in codes.items():
        rows, columns = _span(code)
        cells += sum(code.count(sign) for sign in _CELLS)
        spanned += rows * columns
        if problem := size_fault(max(rows - 1, 0), columns, bounds):
            return replace(problem, place=Place(sheet=name))
    if max(cells, spanned) > bounds.cells:
        return fault(
            "TOO_MANY_CELLS",
            f"Lembar-lembar buku kerja memuat {format_number(max(cells, spanned))} sel "
            f"(batas {format_number(bounds.cells)} sel).",
            bounds.remedy,
        )
    shared = parts.get("xl/sharedstrings.xml")
    if shared is None:
        return None
    texts = b"".join(unpack(content, shared))
    starts = [found.start() for found in _SHARED.finditer(texts)]
    lengths = [after - at for at, after in itertools.pairwise((*starts, len(texts)))]
    longest = max(lengths, default=0)
    if longest * cells <= bounds.unpacked:
        return None
    total = 0
    for code in codes.values():
        found = [int(number) for number in _SHARED_CELL.findall(code)]
        total += sum(lengths[at] for at in found if at < len(lengths))
        total += longest * (sum(1 for _ in _IS_SHARED.finditer(code)) - len(found))
    return bounds.too_long() if total > bounds.unpacked else None


def _span(code: bytes) -> tuple[int, int]:
    """Give how many rows and columns the outermost cells of a sheet span, at most.

    However the XML writes where a cell is: in any quotes, in small letters, or by its place in its row only.
    """
    columns = [column_number(letters.decode().upper()[:MOST_SIGNS]) for letters in set(_COLUMN.findall(code))]
    rows = [int(number.lstrip(b"0")[:MOST_SIGNS] or b"0") for number in set(_ROW.findall(code))]
    if _UNPLACED.search(code):
        parts = _ROW_TAG.split(code)
        columns += [1, max(columns, default=0) + max(len(_UNPLACED.findall(part)) for part in parts)]
        rows += [int(number.lstrip(b"0")[:MOST_SIGNS] or b"0") for number in set(_ROW_PLACE.findall(code))]
        rows += [1, max(rows, default=0) + len(_UNPLACED_ROW.findall(code))]
    if not columns or not rows:
        return 0, 0
    return max(rows) - min(rows) + 1, max(columns) - min(columns) + 1


def column_number(letters: str) -> int:
    """Read the letters of a column: A = 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Write the letters of a column: 1 = A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def area(first: tuple[int, int], last: tuple[int, int]) -> str:
    """Write an area by its first and last cell (row, column from 0): `B2:C3`."""
    (top, left), (bottom, right) = first, last
    return f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"


def signed(sign: bytes, code: bytes) -> list[bytes]:
    """Give the attributes of the cells of a sheet that bear a sign (`FORMULA`, `ERROR`)."""
    return re.findall(sign, code) if _HINTS[sign].search(code) else []


def places(sign: bytes, code: bytes) -> Iterator[tuple[int, int]]:
    """Give the places (row, column from 1) of the cells of a sheet that bear a sign."""
    for attributes in signed(sign, code):
        place = _REFERENCE.search(attributes)
        if place is not None:
            yield int(place[2]), column_number(place[1].decode())


def _choose(
    book: CalamineWorkbook, wanted: str | None
) -> tuple[CalamineSheet | None, list[Finding], Finding | None]:
    """Choose the one visible sheet with content, or the one that is wanted; each is read once."""
    kinds = {one.name: one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet}
    if wanted is not None:
        if wanted in kinds:
            return book.get_sheet_by_name(wanted), [], None
        return (
            None,
            [],
            fault("SHEET_MISSING", f"Lembar {wanted} tidak ada.", f"Lembar yang ada: {listed(list(kinds))}."),
        )
    read = {name: book.get_sheet_by_name(name) for name in kinds if name != NOTES_SHEET}
    filled = [name for name, one in read.items() if one.start is not None]
    visible = [name for name in filled if kinds[name].visible == SheetVisibleEnum.Visible]
    hidden = [name for name in filled if name not in visible]
    notes = [
        Finding(
            "SHEET_HIDDEN",
            f"Lembar tersembunyi {name} tidak dibaca.",
            "Tampilkan lembar itu bila isinya diperlukan.",
            Severity.INFO,
            Place(sheet=name),
        )
        for name in hidden
    ]
    if len(visible) == 1:
        return read[visible[0]], notes, None
    if not visible:
        return (
            None,
            notes,
            fault("FILE_EMPTY", "Buku kerja tidak memuat lembar yang berisi.", "Isi satu lembar."),
        )
    return (
        None,
        notes,
        fault(
            "SHEETS_SEVERAL",
            f"Buku kerja memuat {len(visible)} lembar yang berisi: {listed(visible)}.",
            "Sisakan satu lembar berisi, atau sebutkan lembarnya bila perintahnya mempunyai --sheet.",
        ),
    )


def _rows(sheet: CalamineSheet, bounds: Bounds) -> tuple[Raw | None, Finding | None]:
    """Read the rows of a sheet as text, with their numbers."""
    name = sheet.name
    if sheet.start is None:
        return None, fault(
            "FILE_EMPTY", f"Lembar {name} kosong.", "Isi lembar itu, atau pilih lembar lain.", sheet=name
        )
    if sheet.merged_cell_ranges:
        (top, left), (bottom, right) = sheet.merged_cell_ranges[0]
        found = area((top, left), (bottom, right))
        return None, fault(
            "CELLS_MERGED",
            f"Lembar {name} memuat sel gabungan ({found}).",
            "Pisahkan sel gabungan (Unmerge), isi setiap sel, lalu simpan ulang.",
            sheet=name,
            line=top + 1,
            value=found,
        )
    if problem := size_fault(sheet.height - 1, sheet.width, bounds):
        return None, problem
    rows = sheet.to_python(skip_empty_area=True)
    first = sheet.start[0] + 1
    columns = [[text_of(value) for value in column] for column in zip(*rows, strict=True)]
    header = [(column[0] or "").strip() for column in columns]
    frame = pl.DataFrame(
        {str(at): column[1:] for at, column in enumerate(columns)},
        schema={str(at): pl.String for at in range(len(columns))},
    ).with_columns(pl.int_range(first + 1, first + len(rows), dtype=pl.Int64, eager=True).alias(LINE))
    return Raw(header, frame, "xlsx", first, name, [], set(), sheet.start[1] + 1), None


def _reject_marked(raw: Raw, marks: list[tuple[bytes, str]], expected: Expected) -> Finding | None:
    """Reject the rows with a formula or an error value; in the header, or without a place, refuse."""
    rows: list[Finding] = []
    lines: list[int] = []
    for attributes, kind in marks:
        place = _REFERENCE.search(attributes)
        if place is None:
            return fault(
                "CELL_FORMULA", f"Lembar memuat {kind}.", "Tempel sebagai nilai (Paste Special, Values)."
            )
        letters, line = place[1].decode(), int(place[2])
        at = column_number(letters) - raw.first_column
        column = raw.header[at] if 0 <= at < len(raw.header) else ""
        if line != raw.header_line and (not column or expected.ignores(column)):
            continue
        if line != raw.header_line:
            lines.append(line)
            if len(lines) > MAX_NAMED:
                continue
        found = fault(
            "CELL_FORMULA" if kind == "rumus" else "CELL_ERROR",
            f"Sel {letters}{line} berisi {kind}, bukan nilai.",
            "Salin sel itu dan tempel sebagai nilai (Paste Special, Values), atau ketik nilainya.",
            line=line,
            column=column or None,
            sheet=raw.sheet,
            value=f"{letters}{line}",
        )
        if line == raw.header_line:
            return found
        rows.append(found)
    named(raw.findings, rows, len(lines), "memuat rumus atau nilai galat")
    raw.rejected.update(lines)
    return None
