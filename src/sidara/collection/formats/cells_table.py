"""Files of cells (CSV, Parquet, plain workbooks, JSON): one row a cell, columns as `core.bulk.CELL`."""

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import polars as pl

from sidara import tables
from sidara.collection.core.bulk import CELL, SCHEMA, Incoming
from sidara.collection.core.submission import Source
from sidara.collection.formats.cells_file import SIMULATION
from sidara.tables import LINE

ALL = tables.Bounds()
REQUIRED = ("form", "region", "period", "variable", "value")
REMEDIES = {
    "FORMAT_UNKNOWN": (
        "Pakailah XLSX, CSV, Parquet, JSON, atau berkas hasil formulir HTML (.txt); untuk yang lain sebutkan "
        "--format."
    ),
    "SHEETS_SEVERAL": "Sisakan satu lembar yang berisi sel, simpan ulang, lalu kirim lagi.",
}
"""What is done here where a table of another door would have other formats, or one of its sheets chosen."""


def read(
    source: Path | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
    bounds: tables.Bounds = ALL,
) -> Incoming:
    """Read a file of cells; what cannot be read is said with its line, a file that is none is refused.

    A column that is absent beside the required ones is empty. In CSV the line is that of the file, in Parquet
    the number of the record.
    """
    reading = tables.read(source, format=format, required=REQUIRED, known=(*CELL, SIMULATION), bounds=bounds)
    if reading.table is None:
        told = (replace(one, remedy=REMEDIES.get(one.code, one.remedy)) for one in reading.findings)
        return Incoming.refused(tuple(told), Source.CSV)
    frame = reading.table.frame.rename({LINE: "line"})
    absent = [pl.lit(None, kind).alias(name) for name, kind in SCHEMA.items() if name not in frame.columns]
    cells = frame.with_columns(absent).select(list(SCHEMA)).cast(SCHEMA)  # type: ignore[arg-type]  # names to types
    return Incoming(cells, Source.CSV, reading.findings, len(reading.rejected_lines))
