"""Files of cells (CSV, Parquet, plain workbooks, JSON): one row a cell, columns as `core.bulk.CELL`."""

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import polars as pl

from sidara import tables
from sidara.collection.core.bulk import CELL, SCHEMA, Incoming
from sidara.collection.core.submission import Source
from sidara.collection.formats.cells_file import SIMULATION
from sidara.kernel.finding import Finding
from sidara.tables import LINE

REQUIRED = ("form", "region", "period", "variable", "value")


def read(
    source: Path | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> Incoming:
    """Read a file of cells; what cannot be read is said with its line, a file that is none is refused.

    A column that is absent beside the required ones is empty. In CSV the line is that of the file, in Parquet
    the number of the record.
    """
    reading = tables.read(source, format=format, required=REQUIRED, known=(*CELL, SIMULATION))
    if reading.table is None:
        return Incoming.refused(tuple(map(_without_choice, reading.findings)), Source.CSV)
    frame = reading.table.frame.rename({LINE: "line"})
    absent = [pl.lit(None, kind).alias(name) for name, kind in SCHEMA.items() if name not in frame.columns]
    cells = frame.with_columns(absent).select(list(SCHEMA)).cast(SCHEMA)  # type: ignore[arg-type]  # names to types
    return Incoming(cells, Source.CSV, reading.findings, len(reading.rejected_lines))


def _without_choice(one: Finding) -> Finding:
    """Leave out of a remedy what no door of cells offers: to name one of several sheets."""
    if one.code != "SHEETS_SEVERAL":
        return one
    return replace(one, remedy="Sisakan satu lembar yang berisi sel, simpan ulang, lalu kirim lagi.")
