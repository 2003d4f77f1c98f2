"""CSV: decode, find the separator, split; the line of every record is known.

Without a quotation mark every line is a record and all is split at once; so are lines whose only quotation
marks are those of empty fields (`,"",`). The others are read exactly (RFC 4180); where a record spans lines,
all of the file is, and the line of a record is the physical line on which it starts.
"""

import csv
import io
import re

import polars as pl

from sidara.kernel.finding import Finding, Place, Severity
from sidara.tables.escape import unescaped
from sidara.tables.table import (
    LINE,
    MAX_COLUMNS,
    Bounds,
    Expected,
    Raw,
    Reading,
    fault,
    finish,
    missing_columns,
    named,
    refused,
    size_fault,
)

_SEPARATORS = {",": "koma", ";": "titik koma", "\t": "tab", "|": "garis tegak"}
_BETWEEN = "\x01"
LINES_A_ROW = 4
"""How many lines of a file may stand for one row of a table at its bound: empty ones, and those of texts."""
_UTF8_MARK = b"\xef\xbb\xbf"
_RESAVE = "Simpan ulang sebagai CSV UTF-8 (di Excel: Simpan Sebagai, CSV UTF-8)."


def read(content: bytes, expected: Expected) -> Reading:
    """Read CSV bytes; refusals and rejected lines as in `tables.read`."""
    text, findings, problem = _decode(content)
    if problem is None:
        problem = _too_wide(text, expected.bounds)
    if problem is not None:
        return refused(problem)
    separator, notes, problem = _separator(text, expected)
    if problem is not None:
        return refused(problem)
    findings += notes
    bounds = expected.bounds
    raw, problem = _quick(text, separator, bounds) or _parse(text, separator, bounds)
    if problem is not None or raw is None:
        return refused(*([problem] if problem else []), *findings)
    raw.findings = findings + raw.findings
    raw.header = [unescaped(name.strip()) for name in raw.header]
    if "'" in text:
        raw.frame = raw.frame.with_columns(_without_guard(pl.col(pl.String)))
    return finish(raw, expected)


def _without_guard(column: pl.Expr) -> pl.Expr:
    """Take away the apostrophe that `write` sets before a text that a sheet would compute."""
    return column.str.replace(r"^\s*'('*[=+\-@＝＋－＠\t\r\n])", "${1}")


def _decode(content: bytes) -> tuple[str, list[Finding], Finding | None]:
    """Give the text with LF line ends, what is told about it, or why it cannot be read."""
    head = content[:4]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:2000].count(0) * 4 > len(content[:2000]):
        return "", [], fault("ENCODING_UTF16", "Berkas ditulis dalam UTF-16, bukan UTF-8.", _RESAVE, line=1)
    if 0 in content:
        at = content.index(0)
        line = content.count(b"\n", 0, at) + 1
        return (
            "",
            [],
            fault(
                "NUL_BYTE", f"Baris {line} memuat bita NUL; berkas rusak atau bukan CSV.", _RESAVE, line=line
            ),
        )
    findings = []
    if content.startswith(_UTF8_MARK):
        findings.append(
            Finding(
                "ENCODING_MARK",
                "Berkas diawali tanda urutan bita (BOM); tanda itu dilewati.",
                "Tidak perlu tindakan.",
                Severity.INFO,
                Place(line=1),
            )
        )
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        return (
            "",
            [],
            fault("ENCODING_NOT_UTF8", f"Baris {line} memuat huruf yang bukan UTF-8.", _RESAVE, line=line),
        )
    if not text.strip():
        return "", [], fault("FILE_EMPTY", "Berkas kosong.", "Pilih berkas yang berisi baris judul dan data.")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, findings, None


def _header_line(text: str) -> tuple[int, str]:
    """Give the first line that is not blank, with its number."""
    line = 1
    start = 0
    while True:
        end = text.find("\n", start)
        part = text[start:] if end < 0 else text[start:end]
        if part.strip() or end < 0:
            return line, part
        start, line = end + 1, line + 1


def _too_wide(text: str, bounds: Bounds) -> Finding | None:
    """Refuse too many columns or lines before anything is split; empty lines and those of texts count."""
    _, header = _header_line(text)
    columns = max(header.count(separator) for separator in _SEPARATORS) + 1
    lines = text.count("\n")
    return size_fault(lines if lines > bounds.rows * LINES_A_ROW else 0, columns, bounds)


def _separator(text: str, expected: Expected) -> tuple[str, list[Finding], Finding | None]:
    """Choose the separator: comma when its header fits, else another whose header fits."""
    line, header = _header_line(text)
    names = {sep: [part.strip().strip('"').strip() for part in header.split(sep)] for sep in _SEPARATORS}
    fitting = [sep for sep in _SEPARATORS if expected.is_met(names[sep])]
    widest = max(_SEPARATORS, key=lambda sep: len(names[sep]))
    asked = bool(expected.required or expected.one_of)
    chosen = fitting[0] if fitting else "," if asked or len(names[","]) > 1 else widest
    if not fitting and asked and widest != "," and len(names[","]) == 1:
        word = _SEPARATORS[widest]
        missing = missing_columns(names[widest], expected, line)
        return (
            ",",
            [],
            fault(
                "SEPARATOR",
                f"Pemisah kolom tampaknya {word}, bukan koma, dan baris judul tidak cocok. "
                + (missing[0].message if missing else ""),
                "Simpan ulang sebagai CSV dengan pemisah koma, dengan nama kolom seperti di petunjuk.",
                line=line,
                value=widest,
            ),
        )
    if chosen == ",":
        return ",", [], None
    note = Finding(
        "SEPARATOR_OTHER",
        f"Pemisah kolom adalah {_SEPARATORS[chosen]}, bukan koma; berkas dibaca dengan pemisah itu.",
        "Tidak perlu tindakan. Angka tetap ditulis dengan titik desimal.",
        Severity.INFO,
        Place(line=line),
        chosen,
    )
    return chosen, [note], None


def _quick(text: str, separator: str, bounds: Bounds) -> tuple[Raw | None, Finding | None] | None:
    """Split a text whose records are its lines; `None` where they may not be."""
    bare = _bare(text, separator)
    if '"' not in bare:
        return _split(bare, separator, bounds) if bare.strip() else None
    if _BETWEEN in text:
        return None
    lines = pl.DataFrame({"text": text.split("\n"), "bare": bare.split("\n")})
    is_quoted = lines["bare"].str.contains('"', literal=True)
    quoted = lines.filter(is_quoted)["text"].to_list()
    try:
        records = list(csv.reader(quoted, delimiter=separator, strict=True))
    except csv.Error:
        return None
    if len(records) != len(quoted):
        return None
    made = lines["bare"].str.replace_all(separator, _BETWEEN, literal=True)
    if records:
        joined = pl.Series([_BETWEEN.join(record) for record in records], dtype=pl.String)
        made = made.scatter(is_quoted.arg_true(), joined)
    split = "\n".join(made.to_list())
    return _split(split, _BETWEEN, bounds) if split.strip() else None


def _bare(text: str, separator: str) -> str:
    """Take the quotation marks of empty fields away; fields that hold something keep theirs."""
    if '"' not in text:
        return text
    bare = f"\n{text}\n"
    ends = (separator, "\n")
    for before, after in ((separator, separator), *((one, two) for one in ends for two in ends)):
        bare = bare.replace(f'{before}""{after}', before + after)
    return bare[1:-1]


def _split(text: str, separator: str, bounds: Bounds) -> tuple[Raw | None, Finding | None]:
    """Split a text without quotation marks: every line is a record."""
    header_line, first = _header_line(text)
    header = first.split(separator)
    rows = pl.Series("text", text.split("\n")[header_line:], pl.String)
    lines = pl.int_range(header_line + 1, header_line + 1 + rows.len(), eager=True).alias(LINE)
    frame = pl.DataFrame([rows, lines]).filter(pl.col("text").str.strip_chars() != "")
    if problem := size_fault(frame.height, len(header), bounds):
        return None, problem
    width = pl.col("text").str.count_matches(separator, literal=True) + 1
    ragged = frame.filter(width != len(header)).select(LINE, width.alias("width"))
    frame = frame.filter(width == len(header))
    raw = Raw(
        header,
        frame.select(
            pl.col("text")
            .str.split_exact(separator, len(header) - 1)
            .struct.rename_fields([str(at) for at in range(len(header))])
            .struct.unnest(),
            LINE,
        ),
        "csv",
        header_line,
    )
    _note_ragged(raw, ragged.rows(), len(header))
    return raw, None


def _parse(text: str, separator: str, bounds: Bounds) -> tuple[Raw | None, Finding | None]:
    """Read record by record; a record may span lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] | None = None
    header_line = 1
    rows: list[list[str]] = []
    lines: list[int] = []
    ragged: list[tuple[int, int]] = []
    start = 1
    try:
        for record in reader:
            line, start = start, reader.line_num + 1
            if not record or (len(record) == 1 and not record[0].strip()):
                continue
            if header is None:
                header, header_line = record, line
                if len(header) > MAX_COLUMNS:
                    return None, size_fault(0, len(header), bounds)
            elif len(record) == len(header):
                rows.append(record)
                lines.append(line)
                if problem := size_fault(len(rows), len(header), bounds):
                    return None, problem
            else:
                ragged.append((line, len(record)))
    except csv.Error as problem:
        return None, _quote_fault(start, str(problem))
    if header is None:
        return None, fault("HEADER_EMPTY", "Baris judul kosong.", "Tulis nama kolom di baris pertama.")
    frame = pl.DataFrame(rows, schema={str(at): pl.String for at in range(len(header))}, orient="row")
    raw = Raw(header, frame.with_columns(pl.Series(LINE, lines, pl.Int64)), "csv", header_line)
    _note_ragged(raw, ragged, len(header))
    return raw, None


def _quote_fault(line: int, problem: str) -> Finding:
    """Say what is wrong with a quotation mark."""
    if re.search("expected after", problem):
        message = f"Tanda kutip di dalam isian pada baris {line} tidak digandakan."
        remedy = 'Tulis tanda kutip di dalam isian dua kali (""), atau hapus.'
    else:
        message = f"Tanda kutip yang dibuka pada baris {line} tidak ditutup."
        remedy = "Tutup tanda kutip itu, atau hapus."
    return fault("QUOTE_OPEN", message, remedy, line=line)


def _note_ragged(raw: Raw, ragged: list[tuple[int, int]], width: int) -> None:
    """Reject the lines with too few or too many fields."""
    rows = (
        fault(
            "ROW_WIDTH",
            f"Baris {line} memuat {count} isian, seharusnya {width} seperti baris judul.",
            "Samakan jumlah isian; isian yang memuat koma ditulis di antara tanda kutip.",
            line=line,
            value=str(count),
        )
        for line, count in ragged
    )
    named(raw.findings, rows, len(ragged), "tidak sama jumlah isiannya dengan baris judul")
    raw.rejected.update(line for line, _ in ragged)
