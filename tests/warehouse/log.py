"""A change log in memory for tests: rows of plain Python, read in batches like the real one."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import polars as pl

from sidara.collection.core import Changes, ValueType, Variable

START = datetime(2026, 1, 5, 1, tzinfo=UTC)
VARIABLES = {
    "IDM.IDM": Variable("IDM.IDM", "IDM", "indeks", 4, ValueType.NUMBER),
    "IDM.STATUS": Variable("IDM.STATUS", "Status", "", 0, ValueType.CHOICE),
    "CATATAN": Variable("CATATAN", "Catatan", "", 0, ValueType.TEXT),
}
DATASETS = ("external:idm", "simulated:idm")


def in_each(variables: dict[str, Variable]) -> dict[tuple[str, str], Variable]:
    """The variables by data set and code, the same in each data set."""
    return {(dataset, code): variable for dataset in DATASETS for code, variable in variables.items()}


SCHEMA = {
    "sequence": pl.Int64,
    "dataset": pl.String,
    "measure": pl.String,
    "region_id": pl.Int64,
    "period": pl.String,
    "variable": pl.String,
    "breakdown": pl.String,
    "state": pl.String,
    "value": pl.String,
    "revision": pl.Int64,
    "definition": pl.String,
    "level": pl.Int8,
    "changed_at": pl.Datetime("us", "UTC"),
}


@dataclass
class Log:
    """Changes in order; `read` is what `collection.queries.changes_since` is for the services."""

    epoch: str = "epoch-1"
    rows: list[dict[str, object]] = field(default_factory=list)

    def add(self, region_id: int, value: str | None, **more: object) -> None:
        sequence = len(self.rows) + 1
        row: dict[str, object] = {
            "sequence": sequence,
            "dataset": "external:idm",
            "measure": "published",
            "region_id": region_id,
            "period": "2024",
            "variable": "IDM.IDM",
            "breakdown": "_T",
            "state": "nilai",
            "value": value,
            "revision": sequence,
            "definition": "idm@1",
            "level": 0,
            "changed_at": START + timedelta(minutes=sequence),
        }
        self.rows.append(row | more)

    def frame(self) -> pl.DataFrame:
        return pl.DataFrame(self.rows, schema=SCHEMA)

    def read(self, cursor: int, limit: int) -> Changes:
        rows = self.frame().filter(pl.col("sequence") > cursor).head(limit)
        last = rows["sequence"].max() if rows.height else min(cursor, len(self.rows))
        return Changes(self.epoch, int(last), rows.to_arrow())
