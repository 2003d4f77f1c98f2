"""The common end of imports of data sets: judged cells become verdicts, what is new is written in one go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import batched

import polars as pl
from django.db import transaction

from sidara.collection import models, queries, signals
from sidara.collection.core import Account, DataSet, Melted, Variable, Verdict, counted, merge
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Place, Severity
from sidara.records.bulk import insert_rows, update_rows
from sidara.records.writing import next_number, writing

BATCH = 20_000
MAX_KEPT = 1_000
"""Findings that are kept with an import."""
MAX_NAMED = 200
"""Conflicts that get a finding of their own."""

type Progress = Callable[[str, int, int], None]
"""Told (step, done, total) while a file is read (`read`) and cells are written (`write`)."""


_CELL = (
    *("id", "variable_id", "region_id", "period", "row", "breakdown"),
    *("state", "value", "revision", "run_id"),
)
_SAID = ("state", "value", "revision", "run_id")
_CHANGE = ("sequence", "cell_id", "run_id", "revision", "old_state", "old_value", "state", "value")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where cells came from: the declaration, the file's name and SHA-256; empty for a program."""

    table: str = ""
    file_name: str = ""
    file_hash: str = ""


def store(  # noqa: PLR0913 - keyword-only, the common end of both commands
    actor: Actor,
    *,
    wanted: DataSet,
    variables: Sequence[Variable],
    melted: Melted,
    origin: Origin,
    now: datetime,
    is_dry: bool = False,
    all_or_nothing: bool = False,
    progress: Progress | None = None,
    is_announced: bool = True,
) -> Account:
    """Merge judged cells with what is stored, write what is new, announce it (`is_announced`)."""
    with writing():
        held = models.DataSet.objects.filter(code=wanted.code).first()
        ids = dict(models.Variable.objects.filter(dataset=held).values_list("code", "id")) if held else {}
        verdicts = merge(melted.cells, queries.present(actor, ids), wanted.retrieved_date)
        counts = dict(verdicts.group_by("verdict").len().iter_rows())
        counts[Verdict.REJECTED.value] = melted.rejected
        findings = (*melted.findings, *_conflicts(verdicts, wanted, origin))
        account = Account.of(counts, findings, is_stored=True)
        if account.sent == account.rejected:
            return replace(account, is_stored=False)
        if all_or_nothing and not account.is_clean:
            return replace(account, is_stored=False, findings=(_nothing_stored(account), *findings))
        if is_dry:
            return replace(account, is_stored=False)
        row = _write_dataset(held, wanted, origin.table)
        ids = _write_variables(row, variables)
        run = _write_run(actor, row, account, wanted=wanted, origin=origin, now=now)
        _write_cells(verdicts, ids, run.pk, progress or _silent)
        if is_announced:
            transaction.on_commit(
                partial(
                    signals.dataset_imported.send_robust,
                    sender=store,
                    dataset=wanted.code,
                    account=account,
                )
            )
    return account


def _silent(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def _conflicts(verdicts: pl.DataFrame, wanted: DataSet, origin: Origin) -> list[Finding]:
    """Say which stored values an older copy would have changed."""
    conflicts = verdicts.filter(pl.col("verdict") == Verdict.CONFLICTING.value)
    if "line" not in conflicts.columns:
        conflicts = conflicts.with_columns(line=pl.lit(None, pl.Int64), column=pl.col("variable"))
    made = [
        Finding(
            "OLDER_COPY",
            f"Salinan ini ({wanted.retrieved_date}) lebih lama daripada yang tersimpan "
            f"({row['stored_date']}): "
            f"tersimpan {row['old_value']}, dikirim {row['value']}. Yang tersimpan tetap.",
            "Bila salinan ini yang benar, impor lagi dengan tanggal pengambilan yang lebih baru.",
            Severity.WARNING,
            Place(row["line"], row["column"], file=origin.file_name or None),
            row["value"],
        )
        for row in conflicts.head(MAX_NAMED).iter_rows(named=True)
    ]
    return counted(made, conflicts.height)


def _nothing_stored(account: Account) -> Finding:
    """Say that all-or-nothing stored nothing."""
    return Finding(
        "ALL_OR_NOTHING",
        f"Tidak ada yang disimpan: {account.rejected} sel ditolak dan {account.conflicting} berselisih.",
        "Perbaiki temuan di bawah, atau impor tanpa --all-or-nothing.",
    )


def _write_dataset(held: models.DataSet | None, wanted: DataSet, table: str) -> models.DataSet:
    """Write the provenance; an older copy leaves that of a newer one."""
    row = held or models.DataSet(code=wanted.code)
    if held is None or wanted.retrieved_date >= held.retrieved_date:
        row.title, row.source, row.url = wanted.title, wanted.source, wanted.url
        row.licence, row.retrieved_date, row.code_scheme = (
            wanted.licence,
            wanted.retrieved_date,
            wanted.code_scheme,
        )
        row.measure = held.measure if held else wanted.measure
        row.definition, row.is_simulated, row.table = wanted.definition, wanted.is_simulated, table
        row.save()
    return row


def _write_variables(row: models.DataSet, variables: Sequence[Variable]) -> dict[str, int]:
    """Write the structure of the data set; gives the ids of its variables by code."""
    models.Variable.objects.bulk_create(
        (
            models.Variable(
                dataset=row,
                code=one.code,
                label=one.label,
                unit=one.unit,
                decimals=one.decimals,
                type=one.type,
                choices=[
                    {"code": choice.code, "label": choice.label, "published": choice.published}
                    for choice in one.choices
                ],
                minimum="" if one.minimum is None else str(one.minimum),
                maximum="" if one.maximum is None else str(one.maximum),
                is_whole=one.is_whole,
                aggregation=one.aggregation,
                numerator=one.numerator,
                denominator=one.denominator,
                scale=one.scale,
            )
            for one in variables
        ),
        update_conflicts=True,
        unique_fields=["dataset", "code"],
        update_fields=[
            *("label", "unit", "decimals", "choices", "minimum", "maximum", "is_whole"),
            *("aggregation", "numerator", "denominator", "scale"),
        ],
    )
    return dict(models.Variable.objects.filter(dataset=row).values_list("code", "id"))


def _write_run(  # noqa: PLR0913 - keyword-only
    actor: Actor, row: models.DataSet, account: Account, *, wanted: DataSet, origin: Origin, now: datetime
) -> models.ImportRun:
    """Write the import itself with its account."""
    return models.ImportRun.objects.create(
        dataset=row,
        file_name=origin.file_name,
        file_hash=origin.file_hash,
        retrieved_date=wanted.retrieved_date,
        definition=wanted.definition,
        actor_id=actor.id,
        actor_name=actor.name,
        made_at=now,
        created=account.created,
        updated=account.updated,
        unchanged=account.unchanged,
        conflicting=account.conflicting,
        rejected=account.rejected,
        findings=[finding.flat() for finding in account.findings[:MAX_KEPT]],
    )


def _write_cells(verdicts: pl.DataFrame, ids: dict[str, int], run: int, progress: Progress) -> None:
    """Write new and changed cells, and one change each, in bulk."""
    changed = verdicts.filter(pl.col("verdict").is_in([Verdict.CREATED.value, Verdict.UPDATED.value]))
    is_new = pl.col("cell_id").is_null()
    changed = changed.sort("region_id", "period", "variable", "breakdown").with_columns(
        variable_id=pl.col("variable").replace_strict(ids, return_dtype=pl.Int64),
        id=pl.when(is_new).then(is_new.cum_sum() + next_number(models.Cell) - 1).otherwise("cell_id"),
        row=pl.lit(""),
        is_new=is_new,
        run_id=pl.lit(run),
        revision=pl.col("revision").fill_null(0) + 1,
        old_state=pl.col("old_state").fill_null(State.EMPTY.value),
        sequence=pl.int_range(pl.len()) + next_number(models.Change),
    )
    changed = changed.with_columns(cell_id="id")
    fresh, moved = changed.filter("is_new"), changed.filter(~pl.col("is_new"))
    steps = (
        (partial(insert_rows, "collection_cell", _CELL), fresh.select(_CELL)),
        (partial(update_rows, "collection_cell", _SAID), moved.select(*_SAID, "id")),
        (partial(insert_rows, "collection_change", _CHANGE), changed.select(_CHANGE)),
    )
    total, done = sum(frame.height for _, frame in steps), 0
    for write, frame in steps:
        for rows in batched(frame.rows(), BATCH):
            write(rows)
            done += len(rows)
            progress("write", done, total)
