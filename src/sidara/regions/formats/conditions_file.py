"""Tables of conditions: one line a village, by its code, with `kesulitan`, `sambungan` or both."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sidara import tables
from sidara.kernel.finding import Finding
from sidara.regions.core import KEMENDAGRI, Connection, Difficulty

CODE = f"kode_{KEMENDAGRI}"
DIFFICULTY, CONNECTION = "kesulitan", "sambungan"
WORDS = {DIFFICULTY: tuple(Difficulty), CONNECTION: tuple(Connection)}
"""What each column may say; an empty place says nothing."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One line as written; empty = nothing is said."""

    line: int
    code: str
    difficulty: str
    connection: str


def read(
    source: Path | BinaryIO,
    *,
    format: str | None,  # noqa: A002 - the word of the command line
    sheet: str | None,
) -> tuple[tuple[Stated, ...], int, tuple[Finding, ...]]:
    """Read a table; gives its lines, how many there were, and findings."""
    reading = tables.read(
        source, format=format, required=(CODE,), one_of=[(DIFFICULTY,), (CONNECTION,)], sheet=sheet
    )
    if reading.table is None:
        return (), 0, reading.findings
    lines = [
        Stated(
            row[tables.LINE],
            str(row[CODE] or "").strip(),
            _word(row.get(DIFFICULTY)),
            _word(row.get(CONNECTION)),
        )
        for row in reading.table.frame.iter_rows(named=True)
    ]
    return tuple(lines), len(lines) + len(reading.rejected_lines), reading.findings


def _word(value: object) -> str:
    return " ".join(str(value or "").lower().split())
