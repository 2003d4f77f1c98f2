"""Commands of the indices: compare what a data set published with what its own items give."""

from collections.abc import Iterator

import polars as pl

from sidara.collection import queries as collection
from sidara.indices import core, models, queries
from sidara.indices.core import keys
from sidara.indices.core.evaluate import depth_of
from sidara.indices.core.variables import all_columns
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
from sidara.records.writing import writing
from sidara.regions import queries as regions
from sidara.regions.core import bare_column
from sidara.tables import LINE

COMPARE = "indices.compare"
WIDEST = 64
KEPT = frozenset({"PUBLISHED_DISAGREES", "OFF_GRID", "NO_VALUE"})
"""The findings that are kept; what is merely missing is seen in the figures themselves."""


def compare_published(actor: Actor, *, dataset: str) -> int:
    """Compare the figures of a data set with its own items or sub-indices, on the source's digits.

    Keeps a finding for each that disagrees, in place of those of earlier imports, and gives their number
    (0 where the data set holds no whole level of an index).
    """
    require(actor, COMPARE)
    rows = [row for index in queries.definitions(actor) for row in _findings(actor, index, dataset)]
    with writing():
        models.PublishedFinding.objects.filter(dataset=dataset).delete()
        models.PublishedFinding.objects.bulk_create(rows)
    return len(rows)


def _findings(actor: Actor, index: core.Definition, dataset: str) -> Iterator[models.PublishedFinding]:
    """Judge the villages of a data set as the command judges a file."""
    frame = _table(actor, index, dataset)
    if not any(depth_of(version, frame.columns) for version in index.versions):
        return
    places = dict(zip(frame[LINE], frame.select("region_id", keys.YEAR).iter_rows(), strict=True))
    for finding in core.compute(index, frame.drop("region_id")).findings:
        if finding.code in KEPT and finding.place.line in places:
            yield _row(finding, index, dataset, *places[finding.place.line])


def _row(
    finding: Finding, index: core.Definition, dataset: str, region_id: int, period: str
) -> models.PublishedFinding:
    return models.PublishedFinding(
        dataset=dataset,
        region_id=region_id,
        period=period,
        index=index.code,
        code=finding.code,
        severity=str(finding.severity),
        column=finding.place.column or "",
        value=(finding.value or "")[:WIDEST],
        message=finding.message,
        remedy=finding.remedy,
    )


def _table(actor: Actor, index: core.Definition, dataset: str) -> pl.DataFrame:
    """Lay the cells of an index as the table that it reads: `IDM.S01` -> S01, `IDM.IKS` -> iks."""
    columns = all_columns(index)
    cells = collection.cells(actor, dataset, variables=columns)
    wide = (
        cells.with_columns(pl.col("variable").replace_strict(columns, return_dtype=pl.String))
        .pivot("variable", index=["region_id", "period"], values="value")
        .rename({"period": keys.YEAR})
    )
    register = regions.dimension(actor).select("region_id", bare_column(pl.col("code")).alias(keys.CODE))
    return wide.join(register, on="region_id").with_row_index(LINE, offset=2).cast({LINE: pl.Int64})
