"""Tables of codes: one line a code of another scheme beside the Kemendagri code of the same place.

The other scheme's columns carry its name: for `bps:2023` the code stands in `kode_bps` (or `kode`), names in
`desa_bps`, `kecamatan_bps`, `kabupaten_bps`; `cara_cocok` says how the two were matched.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sidara import tables
from sidara.kernel.finding import Finding
from sidara.regions.core import KEMENDAGRI

OWN = f"kode_{KEMENDAGRI}"
HOW = "cara_cocok"
SIMILAR = ("similar", "mirip")
"""Words in `cara_cocok` that tell of a match by likeness only."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the code, the Kemendagri code as written (empty = not matched), name, place, likeness."""

    line: int
    code: str
    own: str
    name: str
    place: str
    is_similar: bool


def read(
    source: Path | BinaryIO,
    *,
    scheme: str,
    format: str | None,  # noqa: A002 - the word of the command line
    sheet: str | None,
) -> tuple[tuple[Line, ...], int, tuple[Finding, ...]]:
    """Read a table; gives its lines, how many there were, and findings."""
    word = scheme.partition(":")[0]
    coded = (f"kode_{word}", "kode")
    reading = tables.read(
        source, format=format, required=(OWN,), one_of=[(one,) for one in coded], sheet=sheet
    )
    if reading.table is None:
        return (), 0, reading.findings
    frame = reading.table.frame
    column = next(one for one in coded if one in frame.columns)
    named = next((one for one in (f"desa_{word}", f"nama_{word}", "nama") if one in frame.columns), None)
    places = [one for one in (f"kecamatan_{word}", f"kabupaten_{word}") if one in frame.columns]
    lines = []
    for row in frame.iter_rows(named=True):
        how = str(row.get(HOW) or "").lower()
        lines.append(
            Line(
                row[tables.LINE],
                str(row[column] or "").strip(),
                str(row[OWN] or "").strip(),
                str(row[named] or "").strip() if named else "",
                ", ".join(str(row[one]).strip() for one in places if row[one]),
                any(sign in how for sign in SIMILAR),
            )
        )
    return tuple(lines), len(lines) + len(reading.rejected_lines), reading.findings
