"""Reading with DuckDB: one in-memory database over the file list of one pair of snapshots.

A pair never changes, so a database over it can be shared: each question runs on a cursor of its own
(threads of the web server), with its `units` registered as Arrow. When a refresh has committed, the
next question opens the new pair; questions that still run keep the old one.
"""

import threading
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
from deltalake import DeltaTable

from sidara.warehouse.core import FACTS, Mark
from sidara.warehouse.core.figures import ROWS
from sidara.warehouse.engines import delta

_TYPES = {
    pl.String: "VARCHAR",
    pl.Int64: "BIGINT",
    pl.Int8: "TINYINT",
    pl.Decimal: "DECIMAL(18, 4)",
    pl.Datetime: "TIMESTAMPTZ",
}


class Reader:
    """The facts of one pair of snapshots, open for questions from any thread."""

    def __init__(self, pair: delta.Pair, stamp: tuple[int, int] | None) -> None:
        """Open the files of the pair; nothing is read yet."""
        self.mark: Mark = pair.mark
        self.version = pair.version
        self.version_history: int = pair.history.version()
        self.stamp = stamp
        self._database = duckdb.connect(":memory:")
        self._database.execute("SET GLOBAL TimeZone = 'UTC'")
        self._database.execute("SET GLOBAL parquet_metadata_cache = true")
        self._view("current", pair.current)
        self._view("history", pair.history)

    def is_newest(self, folder: Path) -> bool:
        """Whether `folder` still holds nothing newer."""
        return self.stamp is not None and self.stamp == delta.stamp(folder, self.version)

    def _view(self, name: str, table: DeltaTable) -> None:
        files = table.file_uris()
        if files:
            source = "read_parquet($files, hive_partitioning = true, hive_types_autocast = false)"
            listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
            columns = ", ".join(f'"{column}"' for column in FACTS)
            self._database.execute(
                f'CREATE VIEW "{name}" AS SELECT {columns} FROM '  # noqa: S608 - names and paths are our own
                + source.replace("$files", f"[{listed}]")
            )
        else:
            columns = ", ".join(f'"{column}" {_TYPES[type(dtype)]}' for column, dtype in FACTS.items())
            self._database.execute(f'CREATE TABLE "{name}" ({columns})')

    def rows(self, statement: str, units: pa.Table, **more: pa.Table) -> pl.DataFrame:
        """Run the SQL of a plan over its units (and tables of a vintage); gives the columns `ROWS`."""
        frame = self.table(statement, units=units, **more)
        return frame.select(pl.col(name).cast(dtype) for name, dtype in ROWS.items())

    def table(self, statement: str, **tables: pa.Table) -> pl.DataFrame:
        """Run SQL over the facts and some tables of its own."""
        with self._database.cursor() as cursor:
            for name, table in tables.items():
                cursor.register(name, table)
            return pl.DataFrame(cursor.execute(statement).to_arrow_table())


_readers: dict[Path, Reader] = {}
_lock = threading.Lock()


def reader(folder: Path) -> Reader | None:
    """Open the newest facts in `folder`; `None` while there is no warehouse. Cached until the next commit."""
    known = _readers.get(folder)
    if known is not None and known.is_newest(folder):
        return known
    with _lock:
        known = _readers.get(folder)
        if known is not None and known.is_newest(folder):
            return known
        pair = delta.newest_pair(folder)
        if pair is None:
            _readers.pop(folder, None)
            return None
        _readers[folder] = Reader(pair, delta.stamp(folder, pair.version))
        return _readers[folder]
