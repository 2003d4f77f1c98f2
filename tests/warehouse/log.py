"""A change log in memory for tests: rows of plain Python, read in batches like the real one."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import polars as pl

from sidara.collection.core import Changes, ValueType, Variable
from sidara.warehouse.core.facts import LEVELS, Mark
from sidara.warehouse.engines.pulling import Source

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
    "row": pl.String,
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
    risen: list[dict[str, object]] = field(default_factory=list)

    def add(self, region_id: int, value: str | None, **more: object) -> None:
        sequence = len(self.rows) + 1
        row: dict[str, object] = {
            "sequence": sequence,
            "dataset": "external:idm",
            "measure": "published",
            "region_id": region_id,
            "period": "2024",
            "row": "",
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
        return pl.DataFrame(self.rows, schema=SCHEMA).with_columns(is_level=pl.lit(value=False))

    def read(self, cursor: int, limit: int) -> Changes:
        rows = self.frame().filter(pl.col("sequence") > cursor).head(limit)
        last = rows["sequence"].max() if rows.height else min(cursor, len(self.rows))
        return Changes(self.epoch, int(last), rows.to_arrow())

    def rise(self, region_id: int, level: int, **more: object) -> None:
        """Bring a cell to a level: about all that the log says of it by now."""
        row: dict[str, object] = {
            "sequence": len(self.risen) + 1,
            "after": len(self.rows),
            "dataset": "external:idm",
            "measure": "published",
            "region_id": region_id,
            "period": "2024",
            "row": "",
            "variable": "IDM.IDM",
            "breakdown": "_T",
            "level": level,
            "revision": len(self.rows),
            "changed_at": START + timedelta(minutes=len(self.rows) + len(self.risen) + 1),
        }
        self.risen.append(row | more)

    def levels(self, cursor: int, upto: int) -> tuple[int, pl.DataFrame]:
        """What `verification.queries.levels_since` is for the services."""
        rows = pl.DataFrame(self.risen, schema=LEVELS).filter(pl.col("sequence") > cursor)
        return min(cursor, len(self.risen)), rows

    def source(self, variables: dict[str, Variable] | None = None) -> Source:
        """Log, levels and variables as the engine takes them."""
        return Source(self.read, lambda: in_each(variables or VARIABLES), self.levels, self.seal)

    def seal(self, cursor: int, level: int) -> str:
        """Which change and level these are, as the records say it."""
        rows = self.rows[:cursor][cursor - 1 :], self.risen[:level][level - 1 :]
        return " ".join(repr(sorted(row.items(), key=str)) for part in rows for row in part)

    def mark(self) -> Mark:
        """The mark of facts that know all of it."""
        ends = len(self.rows), len(self.risen)
        return Mark(self.epoch, *ends, self.seal(*ends))
