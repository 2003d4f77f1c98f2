"""Many submissions at once: cells of a file read, merged and judged by column, with the ends of `save_cells`.

What is plain is decided for all cells together; everything else goes, cell by cell, through the same
functions as one save, so that both can only agree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from sidara.collection.core.answering import Given
from sidara.collection.core.submission import Source, SubmissionKey
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.finding import Finding

CELL = ("form", "region", "period", "row", "variable", "breakdown", "state", "value", "explanation")
"""The columns of a file of cells."""
WHERE = {"line": pl.Int64, "column": pl.String, "sheet": pl.String}
MORE = {"base": pl.Int64, "version": pl.Int64}
ORIGIN = {"origin": pl.String}
"""The source from which a cell says that it was taken over."""
SCHEMA: dict[str, type[pl.DataType]] = {**dict.fromkeys(CELL, pl.String), **WHERE, **MORE, **ORIGIN}


@dataclass(frozen=True, slots=True)
class GivenCell:
    """A cell as a reader of a file gives it.

    `base` is the revision that the file was made on and `version` the number of the form's version, where the
    file says so; `None` = as it stands now.
    """

    key: SubmissionKey
    cell: Given
    base: int | None = None
    version: int | None = None


@dataclass(frozen=True, eq=False)
class Incoming:
    """What a file brings. Each reader of a format makes one; from there on all formats are one.

    `cells` has the columns of `SCHEMA`, all of the file's cells in its order, texts as they stand there.
    `findings` are about the file; `rejected` counts cells that could not be read out of it. `is_refused`:
    nothing of the file can be used. `filler` names the person who filled it in, where another one brings it.
    `left` counts findings that are not in `findings`, by code.
    """

    cells: pl.DataFrame
    source: Source
    findings: tuple[Finding, ...] = ()
    rejected: int = 0
    is_refused: bool = False
    filler: str = ""
    left: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Iterable[GivenCell], source: Source, findings: Iterable[Finding] = ()) -> "Incoming":
        """Take cells one by one."""
        rows = [
            (
                *(one.key.form, one.key.region, one.key.period),
                *(one.cell.row, one.cell.variable, one.cell.breakdown),
                *(one.cell.state, one.cell.value, one.cell.explanation),
                *(one.cell.place.line, one.cell.place.column, one.cell.place.sheet),
                *(one.base, one.version, one.cell.origin),
            )
            for one in cells
        ]
        return cls(pl.DataFrame(rows, schema=SCHEMA, orient="row"), source, tuple(findings))

    @classmethod
    def refused(cls, findings: Iterable[Finding], source: Source) -> "Incoming":
        """Refuse a file as a whole."""
        return cls(pl.DataFrame(schema=SCHEMA), source, tuple(findings), is_refused=True)

    @cached_property
    def sent(self) -> pl.DataFrame:
        """The cells that are sent, numbered (`at`): all but those without value, state and explanation."""
        texts = self.cells.with_columns(pl.col(name).fill_null("") for name in CELL).with_columns(
            pl.when(pl.col("breakdown") == "").then(pl.lit(TOTAL)).otherwise("breakdown").alias("breakdown")
        )
        is_sent = pl.any_horizontal(pl.col("value", "state", "explanation").str.strip_chars() != "")
        return texts.filter(is_sent).with_row_index("at").cast({"at": pl.Int64})
