"""JSON: an array of flat objects, one a row."""

import json
import re
from collections.abc import Sequence

import polars as pl

from sidara.kernel.finding import Finding
from sidara.tables.table import (
    LINE,
    MAX_COLUMNS,
    MAX_NAMED,
    Expected,
    Raw,
    Reading,
    fault,
    finish,
    named,
    refused,
    size_fault,
)
from sidara.tables.words import shortest

_SHAPE = 'Tulis larik berisi objek datar: [{"kode": "6201022016", …}, …].'


_HALF = re.compile("[\ud800-\udfff]")
"""Half of a pair of UTF-16: JSON can write it alone (`\\ud800`), no text can hold it."""


class _Twice(dict[str, object]):
    """An object in which a key stood more than once."""

    key = ""


def read(content: bytes, expected: Expected) -> Reading:
    """Read JSON bytes; the line of a row is the number of its record from 1."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        return refused(
            fault(
                "ENCODING_NOT_UTF8",
                f"Berkas memuat huruf yang bukan UTF-8 (baris teks {line}).",
                "Simpan ulang sebagai UTF-8.",
            )
        )
    try:
        data = json.loads(
            text,
            parse_int=str,
            parse_float=lambda written: shortest(float(written)),
            parse_constant=lambda word: {"NaN": "NaN", "Infinity": "inf", "-Infinity": "-inf"}[word],
            object_pairs_hook=_pairs,
        )
    except json.JSONDecodeError as problem:
        return refused(
            fault(
                "JSON_BROKEN",
                f"JSON tidak dapat dibaca: kesalahan tulis pada baris teks {problem.lineno}, "
                f"huruf ke-{problem.colno}.",
                _SHAPE,
            )
        )
    except (RecursionError, ValueError):
        return refused(fault("JSON_BROKEN", "JSON terlalu dalam atau terlalu besar.", _SHAPE))
    if not isinstance(data, list):
        return refused(fault("JSON_SHAPE", "JSON harus berupa larik (daftar) objek.", _SHAPE))
    if not data:
        return refused(fault("NO_ROWS", "Larik JSON kosong, tanpa baris data.", _SHAPE))
    return _rows(data, expected)


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build an object, marking a key that stands twice."""
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    twice = _Twice(made)
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            twice.key = key
        seen.add(key)
    return twice


def _rows(data: Sequence[object], expected: Expected) -> Reading:
    """Turn the records into columns; a record that is no flat object is rejected."""
    if too_many := size_fault(len(data), 0, expected.bounds):
        return refused(too_many)
    names: dict[str, None] = {}
    rejected: list[Finding] = []
    lines: set[int] = set()
    good: list[tuple[int, dict[str, object]]] = []
    for number, record in enumerate(data, 1):
        problem = _record_fault(number, record, expected)
        if problem is not None:
            lines.add(number)
            rejected += [problem] * (len(lines) <= MAX_NAMED)
            continue
        assert isinstance(record, dict)  # noqa: S101 - judged above, tells the type checker
        good.append((number, record))
        names.update(dict.fromkeys(record))
        if len(names) > MAX_COLUMNS or (
            number % 1000 == 0 and size_fault(number, len(names), expected.bounds)
        ):
            break
    if fault_of_size := size_fault(len(data), len(names), expected.bounds):
        return refused(fault_of_size)
    if not good:
        return refused(*rejected[:20])
    if not names:
        return refused(fault("NO_ROWS", "Semua objek dalam larik JSON kosong.", _SHAPE))
    frame = pl.DataFrame(
        {str(at): [_text(record.get(name)) for _, record in good] for at, name in enumerate(names)},
        schema={str(at): pl.String for at in range(len(names))},
    ).with_columns(pl.Series(LINE, [number for number, _ in good], pl.Int64))
    raw = Raw([name.strip() for name in names], frame, "json")
    named(raw.findings, rejected, len(lines), "tidak dapat dibaca")
    raw.rejected |= lines
    return finish(raw, expected)


def _record_fault(number: int, record: object, expected: Expected) -> Finding | None:
    """Say why a record cannot be a row."""
    if not isinstance(record, dict):
        return fault("JSON_SHAPE", f"Catatan ke-{number} bukan objek.", _SHAPE, line=number)
    if any(_HALF.search(text) for pair in record.items() for text in pair if isinstance(text, str)):
        return fault(
            "TEXT_BROKEN",
            f"Catatan ke-{number} memuat huruf yang terpotong (separuh pasangan UTF-16).",
            "Tulis ulang teks itu, lalu simpan sebagai UTF-8.",
            line=number,
        )
    if isinstance(record, _Twice):
        return fault(
            "KEY_TWICE",
            f"Catatan ke-{number} memuat kunci {record.key} lebih dari satu kali.",
            "Sisakan satu kunci dengan nama itu.",
            line=number,
            column=record.key,
        )
    for key, value in record.items():
        if isinstance(value, dict | list) and not expected.ignores(key):
            return fault(
                "VALUE_NESTED",
                f"Catatan ke-{number}, kolom {key}, berisi objek atau larik.",
                "Tulis nilai tunggal: teks, angka, true, false atau null.",
                line=number,
                column=key,
            )
    return None


def _text(value: object) -> str | None:
    """Write a value as text; nested ones of columns without a meaning are left out."""
    if value is None or isinstance(value, dict | list):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
