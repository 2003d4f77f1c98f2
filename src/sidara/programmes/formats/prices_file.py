"""Own prices of serving villages from a file (CSV, XLSX, Parquet, JSON): see `core.targeting.prices`."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from sidara import tables
from sidara.kernel.finding import Finding, Severity
from sidara.programmes.core.targeting.prices import CODE, COLUMNS, COST, Prices, prices


def read(
    source: Path | BinaryIO,
    known: Iterable[str],
    *,
    format: str | None = None,  # noqa: A002 - the word of commands
) -> tuple[Prices | None, tuple[Finding, ...]]:
    """Give the prices of a file; `None` when the file or one of its rows is refused."""
    reading = tables.read(source, format=format, required=(CODE, COST), known=COLUMNS)
    if reading.table is None:
        return None, reading.findings
    rows = ((int(row[tables.LINE] or 0), row) for row in reading.table.frame.iter_rows(named=True))
    found, faults = prices(rows, known)
    said = (*reading.findings, *faults)
    return (None if any(one.severity is Severity.ERROR for one in said) else found), said
