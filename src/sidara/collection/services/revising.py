"""The rows of an import: a revision for each submission that changes, all written at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched
from uuid import UUID, uuid4, uuid5

import polars as pl
from django.db import connection
from django.db.models import F
from django.db.transaction import on_commit

from sidara.collection import models, queries, signals
from sidara.collection.core.bulk.merging import KEY, content_rows
from sidara.collection.core.bulk.placing import Target
from sidara.collection.core.chain import GENESIS, Link, chain_hash, content_hash_of
from sidara.collection.core.prefill import Origin, reason_of
from sidara.collection.core.submission import Key
from sidara.collection.services.crediting import keep_origins
from sidara.collection.services.filed import Filed
from sidara.collection.services.rows import CELL, CHANGE, SAID
from sidara.collection.services.structure import keep_structure
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.records.bulk import insert_records, insert_rows, update_rows
from sidara.records.writing import next_number

_REVISION = (
    *("sequence", "submission_id", "number", "base", "source"),
    *("message_id", "author_id", "author_name", "author_function", "filler_name"),
    *("made_at", "claimed_at", "reason", "form_version"),
    *("content_hash", "previous_hash", "chain_hash"),
)
_FRESH = """
INSERT INTO collection_change (sequence, cell_id, record_id, revision, old_state, old_value, old_explanation,
                               state, value, explanation)
SELECT c.id + %s, c.id, r.sequence, c.revision, %s, NULL, '', c.state, c.value, c.explanation
FROM collection_cell c
JOIN collection_revision r ON r.submission_id = c.submission_id AND r.number = c.revision
WHERE c.id >= %s
ORDER BY c.id
"""
"""What was written as a cell a moment ago, as a change from nothing: it need not travel twice."""
BATCH = 5_000
"""Ids that go into one question to the database."""


def write(actor: Actor, *, filed: Filed, run: UUID) -> None:
    """Write a revision for each submission that changes, with its cells, changes, kept contents, decisions.

    `run` names the import: the message of each revision is made from it. Only inside `writing`.
    """
    targets = filed.changed_targets()
    rows = _submissions(actor, filed, targets)
    records = _revisions(actor, filed, targets, rows, run)
    update_rows(
        "collection_submission",
        ("revision",),
        ((one.revision + 1, rows[one.number].pk) for one in targets if one.id is not None),
    )
    ids = _cells(actor, filed, targets, rows)
    _kept(filed, records, ids)
    taken = ((records[number], ids[number, key], one) for (number, key), one in filed.origins.items())
    keep_origins(actor, origins=taken)
    if signals.cells_saved.has_listeners(write):
        on_commit(partial(_announce, [(rows[one.number].uid, one.revision + 1) for one in targets]))


def _announce(saved: Sequence[tuple[UUID, int]]) -> None:
    """Say which submissions were saved."""
    for uid, revision in saved:
        signals.cells_saved.send_robust(sender=write, submission=str(uid), revision=revision)


@dataclass(frozen=True, slots=True)
class _Row:
    """The row of a submission, as far as the others name it."""

    pk: int
    uid: UUID
    dataset_id: int
    form_version: str


def _submissions(actor: Actor, filed: Filed, targets: Sequence[Target]) -> dict[int, _Row]:
    """Open the submissions that nobody began, pinned to the version of their form; gives all rows."""
    datasets: dict[tuple[str, str], int] = {}
    fresh = [one for one in targets if one.id is None]
    for one in fresh:
        form = one.key.form, one.asking.version
        if form not in datasets:
            datasets[form] = keep_structure(actor, code=filed.dataset, asking=one.asking).pk
    first = next_number(models.Submission)
    uids = {one.number: uuid4() for one in fresh}
    insert_records(
        models.Submission,
        (
            *("uid", "dataset_id", "form", "form_version", "form_number"),
            *("subject", "region_id", "period", "revision"),
        ),
        (
            (
                *(uids[one.number], datasets[one.key.form, one.asking.version], one.key.form),
                *(one.asking.version, one.asking.number),
                *(f"region:{one.place.uid}", one.place.id, one.key.period, 1),
            )
            for one in fresh
        ),
    )
    opened = models.Submission.objects.filter(pk__gte=first).values_list("form", "region_id", "period", "pk")
    at = {(form, region, period): pk for form, region, period, pk in opened}
    made = {
        one.number: _Row(
            at[one.key.form, one.place.id, one.key.period],
            uids[one.number],
            datasets[one.key.form, one.asking.version],
            one.asking.version,
        )
        for one in fresh
    }
    fields = ("pk", "uid", "dataset_id", "form_version")
    numbers = {one.id: one.number for one in targets if one.id is not None}
    for ids in batched(numbers, BATCH):
        for row in models.Submission.objects.filter(pk__in=ids).values_list(*fields):
            made[numbers[row[0]]] = _Row(*row)
    return made


def _revisions(
    actor: Actor, filed: Filed, targets: Sequence[Target], rows: Mapping[int, _Row], run: UUID
) -> dict[int, int]:
    """Write the revisions, each chained to the one before; gives their sequence by number of the target."""
    texts, heads = content_rows(filed.after), _heads(targets)
    reasons = _reasons(filed)
    author, source = str(actor.id), filed.incoming.source
    records = {one.number: at for at, one in enumerate(targets, next_number(models.Revision))}

    def made() -> Iterator[tuple[object, ...]]:
        for one in targets:
            row, previous = rows[one.number], heads.get(one.id, GENESIS)
            uid = str(row.uid)
            message = uuid5(run, uid)
            number, base = one.revision + 1, one.revision if one.base is None else one.base
            content = content_hash_of(row.form_version, texts.get(one.number, ""))
            reason = reasons.get(one.number, "")
            link = Link(uid, number, base, author, filed.now, source, str(message), reason, content, previous)
            yield (
                *(records[one.number], row.pk, number, base, source.value),
                *(message, actor.id, actor.name, actor.function, filed.incoming.filler),
                *(filed.now, None, reason, row.form_version, content, previous, chain_hash(link)),
            )

    insert_records(models.Revision, _REVISION, made())
    return records


def _reasons(filed: Filed) -> dict[int, str]:
    """Say where cells were taken over from, by number of the target; most files say nothing of it."""
    if not filed.origins:
        return {}
    counts: dict[int, int] = dict(filed.changed.group_by("sub").len().iter_rows())
    by_target: dict[int, list[Origin]] = {}
    for (number, _), origin in filed.origins.items():
        by_target.setdefault(number, []).append(origin)
    return {number: reason_of(origins, counts[number]) for number, origins in by_target.items()}


def _heads(targets: Sequence[Target]) -> dict[int | None, str]:
    """Give the chain hash of the last revision of each submission that somebody began, by its id."""
    heads: dict[int | None, str] = {}
    for ids in batched([one.id for one in targets if one.id is not None], BATCH):
        newest = models.Revision.objects.filter(submission_id__in=ids, number=F("submission__revision"))
        heads |= dict(newest.values_list("submission_id", "chain_hash"))
    return heads


def _cells(
    actor: Actor, filed: Filed, targets: Sequence[Target], rows: Mapping[int, _Row]
) -> dict[tuple[int, Key], int]:
    """Write new and changed cells with their changes; gives ids of those merged one by one or taken over."""
    dataset = next(iter(rows.values())).dataset_id
    variables = queries.variable_ids(actor, dataset)
    numbers = pl.DataFrame(
        [
            (one.number, rows[one.number].pk, one.place.id, one.key.period, one.revision + 1)
            for one in targets
        ],
        schema={
            "sub": pl.Int64,
            "submission_id": pl.Int64,
            "region_id": pl.Int64,
            "period": pl.String,
            "revision": pl.Int64,
        },
        orient="row",
    ).with_columns(record_id=pl.int_range(pl.len()) + (next_number(models.Revision) - len(targets)))
    is_new = pl.col("cell").is_null()
    changed = filed.changed.join(numbers, on="sub", maintain_order="left").with_columns(
        variable_id=pl.col("variable").replace_strict(variables, return_dtype=pl.Int64),
        id=pl.when(is_new).then(is_new.cum_sum() + next_number(models.Cell) - 1).otherwise("cell"),
        is_new=is_new,
        old_state=pl.col("old_state").fill_null(State.EMPTY.value),
        old_explanation=pl.col("old_explanation").fill_null(""),
    )
    fresh, moved = changed.filter("is_new"), changed.filter(~pl.col("is_new"))
    insert_rows("collection_cell", CELL, fresh.select(CELL).rows())
    first = next_number(models.Change)
    if len(fresh):
        _log_fresh(first, int(fresh["id"][0]))
    update_rows("collection_cell", SAID, moved.select(*SAID, "id").rows())
    moved = moved.with_columns(sequence=pl.int_range(pl.len()) + first + len(fresh), cell_id=pl.col("id"))
    insert_rows("collection_change", CHANGE, moved.select(CHANGE).rows())
    alone = [*filed.alone, *{number for number, _ in filed.origins}]
    known = pl.concat(
        [
            filed.stored.select(*KEY, pl.col("cell").alias("id")),
            changed.filter("is_new").select(*KEY, "id"),
        ]
    ).filter(pl.col("sub").is_in(alone))
    return {(sub, Key(*key)): cell for sub, *key, cell in known.iter_rows()}


def _log_fresh(first: int, least: int) -> None:
    """Log the cells from the id `least` on, which nobody filled in before, from the sequence `first` on."""
    with connection.cursor() as cursor:
        cursor.execute(_FRESH, [first - least, State.EMPTY.value, least])


def _kept(filed: Filed, records: Mapping[int, int], ids: Mapping[tuple[int, Key], int]) -> None:
    """Write what is kept in conflict and what was decided."""
    alone = [(number, one) for number, one in filed.alone.items() if number in records]
    models.Kept.objects.bulk_create(
        models.Kept(
            record_id=records[number],
            cell_id=ids[number, one.key],
            state=one.content.state.value,
            value=one.content.value,
            explanation=one.content.explanation,
        )
        for number, merged in alone
        for one in merged.kept
    )
    models.Decision.objects.bulk_create(
        models.Decision(record_id=records[number], cell_id=ids[number, key])
        for number, merged in alone
        for key in merged.closed
    )
