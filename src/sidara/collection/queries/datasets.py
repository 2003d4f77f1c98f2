"""Reads of data sets, their cells and the change log."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import batched
from typing import Any

import polars as pl
import pyarrow as pa
from django.db import connection
from django.db.models import Count, Max

from sidara.collection import models
from sidara.collection.core import (
    PUBLISHED_LEVEL,
    Aggregation,
    Changes,
    Choice,
    DataSet,
    Declaration,
    Stored,
    ValueType,
    Variable,
)
from sidara.collection.core.rights import READ_OPEN
from sidara.collection.formats import declarations as content
from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import stamp
from sidara.records.writing import last_number
from sidara.regions import queries as regions

READ_CHANGES = "collection.read_changes"
BATCH = 5_000
"""Ids that go into one question to the database."""
VERSION_DIGITS = 12
"""So much of the hash of a form's version names the definition of a figure."""

CELLS = {
    "region_id": pl.Int64,
    "period": pl.String,
    "variable": pl.String,
    "breakdown": pl.String,
    "state": pl.String,
    "value": pl.String,
}
_CHANGES = pa.schema(
    [
        ("sequence", pa.int64()),
        ("dataset", pa.string()),
        ("measure", pa.string()),
        ("region_id", pa.int64()),
        ("period", pa.string()),
        ("row", pa.string()),
        ("variable", pa.string()),
        ("breakdown", pa.string()),
        ("state", pa.string()),
        ("value", pa.string()),
        ("revision", pa.int64()),
        ("definition", pa.string()),
        ("level", pa.int8()),
        ("changed_at", pa.timestamp("us", "UTC")),
    ]
)


def _frame_of(sql: str, parameters: Sequence[int | str], schema: dict[str, Any]) -> pl.DataFrame:
    """Read a statement of this room's own into a frame."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")


def _dataset(row: models.DataSet) -> DataSet:
    """Give a row of the table as the core's word."""
    return DataSet(
        code=row.code,
        title=row.title,
        source=row.source,
        url=row.url,
        licence=row.licence,
        retrieved_date=row.retrieved_date,
        code_scheme=row.code_scheme,
        is_simulated=row.is_simulated,
        measure=row.measure,
        definition=row.definition,
    )


def _variable(row: models.Variable) -> Variable:
    """Give a row of the table as the core's word."""
    return Variable(
        code=row.code,
        label=row.label,
        unit=row.unit,
        decimals=row.decimals,
        type=ValueType(row.type),
        choices=tuple(Choice(**choice) for choice in row.choices),
        minimum=Decimal(row.minimum) if row.minimum else None,
        maximum=Decimal(row.maximum) if row.maximum else None,
        is_whole=row.is_whole,
        aggregation=Aggregation(row.aggregation),
        numerator=row.numerator,
        denominator=row.denominator,
        scale=row.scale,
    )


def datasets(actor: Actor) -> tuple[DataSet, ...]:
    """Give all data sets, by code."""
    require(actor, READ_OPEN)
    return tuple(_dataset(row) for row in models.DataSet.objects.all())


def dataset(actor: Actor, code: str) -> DataSet | None:
    """Give one data set; `None` when there is none with this code."""
    require(actor, READ_OPEN)
    row = models.DataSet.objects.filter(code=code).first()
    return None if row is None else _dataset(row)


def variables(
    actor: Actor, dataset: str | None = None, codes: Collection[str] | None = None
) -> tuple[Variable, ...]:
    """Give the variables of one data set in its order, of all of them once each without `dataset`.

    `codes`: only these.
    """
    require(actor, READ_OPEN)
    rows = models.Variable.objects.all()
    if dataset is not None:
        rows = rows.filter(dataset__code=dataset)
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    found: dict[str, Variable] = {}
    for row in rows:
        found.setdefault(row.code, _variable(row))
    return tuple(found.values())


def declarations(actor: Actor) -> tuple[Declaration, ...]:
    """Give the kinds of published tables that can be imported, by name."""
    require(actor, READ_OPEN)
    return tuple(content.declarations().values())


def declaration(actor: Actor, name: str) -> Declaration | None:
    """Give one declaration; `None` when there is none of this name."""
    require(actor, READ_OPEN)
    return content.declarations().get(name)


def stored(actor: Actor, code: str | None = None) -> tuple[Stored, ...]:
    """Give data sets with what is held of each: cells, regions, periods, variables, last file."""
    require(actor, READ_OPEN)
    rows = models.DataSet.objects.all() if code is None else models.DataSet.objects.filter(code=code)
    return tuple(_stored(row) for row in rows)


def _stored(row: models.DataSet) -> Stored:
    """Count what is held of a data set."""
    cells = models.Cell.objects.filter(variable__dataset=row)
    counts = cells.aggregate(cells=Count("id"), regions=Count("region", distinct=True))
    last = models.ImportRun.objects.filter(dataset=row).last()
    return Stored(
        dataset=_dataset(row),
        table=row.table,
        cells=counts["cells"],
        regions=counts["regions"],
        periods=tuple(cells.order_by("period").values_list("period", flat=True).distinct()),
        variables=models.Variable.objects.filter(dataset=row).count(),
        file_name=last.file_name if last else "",
        file_hash=last.file_hash if last else "",
        imported_at=last.made_at if last else None,
    )


def cells(
    actor: Actor,
    dataset: str,
    *,
    variables: Collection[str] | None = None,
    periods: Collection[str] | None = None,
    under: str | None = None,
) -> pl.DataFrame:
    """Give the present cells of a data set, by region, period, variable, breakdown.

    Columns: region_id, period, variable, breakdown, state, value (number as published, choice as code;
    null unless state is `nilai`). `under` is a Kemendagri code, dotted or bare: cells of it and of what
    lies below; a code that means nothing gives none.
    """
    require(actor, READ_OPEN)
    names = _in_dataset(dataset, variables)
    if names.is_empty():
        return pl.DataFrame(schema=CELLS)
    marks = ",".join(["%s"] * names.height)
    chosen = list(periods) if periods is not None else []
    within = f" AND period IN ({','.join(['%s'] * len(chosen))})" if chosen else ""
    found = _frame_of(
        "SELECT region_id, period, variable_id, breakdown, state, value FROM collection_cell "  # noqa: S608 - marks only
        f"WHERE variable_id IN ({marks}){within}",
        [*names["variable_id"].to_list(), *chosen],
        {**{name: CELLS[name] for name in ("region_id", "period")}, "variable_id": pl.Int64}
        | dict.fromkeys(("breakdown", "state", "value"), pl.String),
    )
    if periods is not None and not chosen:
        found = found.clear()
    if under is not None:
        found = found.filter(pl.col("region_id").is_in(_ids_under(actor, under)))
    return (
        found.join(names, on="variable_id")
        .select(list(CELLS))
        .sort("region_id", "period", "variable", "breakdown")
    )


def _in_dataset(dataset: str, codes: Collection[str] | None) -> pl.DataFrame:
    """Give id and code of the variables of a data set."""
    rows = models.Variable.objects.filter(dataset__code=dataset)
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    return pl.DataFrame(
        list(rows.values_list("id", "code")),
        schema={"variable_id": pl.Int64, "variable": pl.String},
        orient="row",
    )


def _ids_under(actor: Actor, under: str) -> list[int]:
    """Give the ids of a region and of all below it."""
    top = regions.resolve(actor, under)
    if top is None:
        return []
    frame = regions.dimension(actor)
    within = pl.any_horizontal(
        pl.col(name) == top.id for name in ("region_id", "province_id", "regency_id", "district_id")
    )
    return frame.filter(within)["region_id"].to_list()


def present(actor: Actor, ids: Mapping[str, int]) -> pl.DataFrame:
    """Give the present cells of variables (code -> id) beside which `core.merge` puts what is sent."""
    require(actor, READ_OPEN)
    marks = ",".join(["%s"] * len(ids)) or "NULL"
    found = _frame_of(
        "SELECT c.id, c.variable_id, c.region_id, c.period, c.breakdown, c.state, c.value, c.revision, "  # noqa: S608 - marks only
        "r.retrieved_date FROM collection_cell c JOIN collection_importrun r ON r.id = c.run_id "
        f"WHERE c.variable_id IN ({marks})",
        list(ids.values()),
        {
            "cell_id": pl.Int64,
            "variable_id": pl.Int64,
            "region_id": pl.Int64,
            "period": pl.String,
            "breakdown": pl.String,
            "old_state": pl.String,
            "old_value": pl.String,
            "revision": pl.Int64,
            "stored_date": pl.Date,
        },
    )
    names = pl.DataFrame(
        list(ids.items()), schema={"variable": pl.String, "variable_id": pl.Int64}, orient="row"
    )
    return found.join(names, on="variable_id").drop("variable_id")


def epoch(actor: Actor) -> str:
    """Give the epoch of these records: made once, another one in other records."""
    require(actor, READ_CHANGES)
    return str(models.Store.objects.get().epoch)


def head(actor: Actor) -> int:
    """Give the sequence of the newest change; 0 while there is none."""
    require(actor, READ_CHANGES)
    return last_number(models.Change)


def seal_of(actor: Actor, sequence: int) -> str:
    """Say which change has a sequence: the chain hash of its revision, or import, moment and cell.

    Never the same for another change; empty where there is none.
    """
    require(actor, READ_CHANGES)
    row = models.Change.objects.filter(sequence=sequence).select_related("record", "run").first()
    if row is None:
        return ""
    if row.record is not None:
        return row.record.chain_hash
    run = row.run
    return "" if run is None else f"{run.pk}@{stamp(run.made_at)}/{row.cell_id}@{row.revision}"


def changes_since(actor: Actor, cursor: int, *, limit: int) -> Changes:
    """Give at most `limit` changes after `cursor`, in the order of commit (see `core.Changes`).

    Those of data sets and of submissions; these have no `level`: how far they are, `verification` tells.
    Start at 0; go on with the cursor that was given until there are no rows. What was given once is
    given the same again for ever.
    """
    require(actor, READ_CHANGES)
    log = _frame_of(
        'SELECT h.sequence, c.region_id, c.period, c."row", c.breakdown, c.variable_id, h.state, h.value, '
        "h.revision, h.run_id, h.record_id, s.form FROM collection_change h "
        "JOIN collection_cell c ON c.id = h.cell_id "
        "LEFT JOIN collection_submission s ON s.id = c.submission_id "
        "WHERE h.sequence > %s ORDER BY h.sequence LIMIT %s",
        [cursor, limit],
        {
            "sequence": pl.Int64,
            "region_id": pl.Int64,
            "period": pl.String,
            "row": pl.String,
            "breakdown": pl.String,
            "variable_id": pl.Int64,
            "state": pl.String,
            "value": pl.String,
            "revision": pl.Int64,
            "run_id": pl.Int64,
            "record_id": pl.Int64,
            "form": pl.String,
        },
    )
    names = pl.DataFrame(
        list(models.Variable.objects.values_list("id", "code", "dataset__code", "dataset__measure")),
        schema={"variable_id": pl.Int64, "variable": pl.String, "dataset": pl.String, "measure": pl.String},
        orient="row",
    )
    moments = pl.DataFrame(
        list(models.ImportRun.objects.values_list("id", "made_at", "definition")),
        schema={"run_id": pl.Int64, "changed_at": pl.Datetime("us", "UTC"), "definition": pl.String},
        orient="row",
    )
    rows = (
        log.join(names, on="variable_id", how="left", maintain_order="left")
        .join(moments, on="run_id", how="left", maintain_order="left")
        .join(_records(log), on="record_id", how="left", maintain_order="left")
        .with_columns(
            changed_at=pl.coalesce("changed_at", "made_at"),
            definition=pl.coalesce("definition", pl.format("{}@{}", "form", "version"), pl.lit("")),
            level=pl.when(pl.col("record_id").is_null()).then(pl.lit(PUBLISHED_LEVEL, pl.Int8)),
        )
        .select(_CHANGES.names)
        .to_arrow(compat_level=pl.CompatLevel.oldest())
        .cast(_CHANGES)
    )
    return Changes(epoch(actor), log["sequence"][-1] if log.height else cursor, rows)


def _records(log: pl.DataFrame) -> pl.DataFrame:
    """Give moment and version of the form of the revisions in a stretch of the log."""
    found = (log["record_id"].min(), log["record_id"].max()) if log.height else (None, None)
    rows = (
        models.Revision.objects.filter(sequence__gte=found[0], sequence__lte=found[1]).values_list(
            "sequence", "made_at", "form_version"
        )
        if found[0] is not None
        else ()
    )
    schema: dict[str, Any] = {
        "record_id": pl.Int64,
        "made_at": pl.Datetime("us", "UTC"),
        "version": pl.String,
    }
    return pl.DataFrame(list(rows), schema=schema, orient="row").with_columns(
        pl.col("version").str.slice(0, VERSION_DIGITS)
    )


def ends_of(actor: Actor, submissions: Collection[str]) -> dict[tuple[str, int], int]:
    """Give, by submission (uid) and number of the revision, the newest change up to it (see `changes_since`).

    So a decision about a revision finds its place in the change log. Same right as the log.
    """
    require(actor, READ_CHANGES)
    found: dict[tuple[str, int], int] = {}
    for uids in batched(sorted(submissions), BATCH):
        rows = (
            models.Revision.objects.filter(submission__uid__in=uids)
            .annotate(newest=Max("changes__sequence"))
            .order_by("submission_id", "number")
            .values_list("submission__uid", "number", "newest")
        )
        for uid, number, newest in rows:
            before = found.get((str(uid), number - 1), 0)
            found[str(uid), number] = max(newest or 0, before)
    return found
