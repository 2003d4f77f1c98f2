"""The end of an import: what checks say of the cells that were sent, and the rows that are written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from uuid import UUID, uuid4, uuid5

import polars as pl
from django.db.models import F, Max, Model
from django.db.transaction import on_commit

from sidara.checks import queries as checks
from sidara.checks.core import CellFinding
from sidara.collection import models, queries, signals
from sidara.collection.core import Verdict
from sidara.collection.core.bulk import Incoming
from sidara.collection.core.bulk.judging import FRAME, Bulk, judge_cells
from sidara.collection.core.bulk.merging import KEY, content_rows, contents_after
from sidara.collection.core.bulk.placing import Target, at_cell
from sidara.collection.core.chain import GENESIS, Link, chain_hash, content_hash_of
from sidara.collection.core.judging import reason_missing
from sidara.collection.core.personal import LOOKS_PERSONAL, personal_texts
from sidara.collection.core.submission import Content, Key, Merged, Sent
from sidara.collection.core.village import Home
from sidara.collection.services.structure import keep_structure
from sidara.dictionary.core import Dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Place
from sidara.records.bulk import insert_rows, update_rows

REQUIRED = "REQUIRED_EMPTY"
CHANGED = [Verdict.CREATED.value, Verdict.UPDATED.value]
_CELL = (
    *("id", "variable_id", "region_id", "period", "row", "breakdown", "state", "value", "explanation"),
    *("revision", "submission_id"),
)
_SAID = ("state", "value", "explanation", "revision")
_CHANGE = (
    *("sequence", "cell_id", "record_id", "revision", "old_state", "old_value", "old_explanation"),
    *("state", "value", "explanation"),
)


@dataclass(frozen=True, eq=False)
class Filed:
    """An import once every cell has its verdict.

    `merged`: cells read, with verdict and what was stored; `cells`: those sent, with their places; `stored`:
    present cells of the targets; `alone`: what was merged one by one, by number of the target.
    """

    incoming: Incoming
    dataset: str
    targets: Sequence[Target]
    merged: pl.DataFrame
    cells: pl.DataFrame
    stored: pl.DataFrame
    alone: Mapping[int, Merged]
    now: datetime

    @cached_property
    def changed(self) -> pl.DataFrame:
        """The cells that change, each once, in the order of submissions and keys."""
        new = self.merged.filter(pl.col("verdict").is_in(CHANGED))
        return new.unique(list(KEY), keep="first", maintain_order=True).sort(KEY)

    @cached_property
    def after(self) -> pl.DataFrame:
        """The contents of the targets once the changes are stored."""
        return contents_after(self.stored, self.changed)

    def changed_targets(self) -> list[Target]:
        """Give the submissions that get a revision."""
        numbers = set(self.changed["sub"].to_list())
        numbers |= {number for number, one in self.alone.items() if one.records}
        return [self.targets[number] for number in sorted(numbers)]


def checked(actor: Actor, *, filed: Filed) -> Iterator[Finding]:
    """Judge the targets as they would be stored; gives what is said about cells that were sent."""
    yield from _texts(filed)
    yield from _reasons(filed)
    names = pl.DataFrame(
        [(one.number, one.key.form, one.key.region, one.key.period) for one in filed.targets],
        schema={"sub": pl.Int64, "form": pl.String, "region": pl.String, "period": pl.String},
        orient="row",
    )
    own = filed.after.join(names, on="sub").select(list(FRAME))
    taken = filed.merged.filter(pl.col("verdict").is_in([*CHANGED, Verdict.UNCHANGED.value]))
    sent = taken.join(names, on="sub").join(filed.cells.select("at", "line", "column", "sheet"), on="at")
    groups: dict[int, tuple[Dictionary, list[Target]]] = {}
    for one in filed.targets:
        groups.setdefault(id(one.asking.dictionary), (one.asking.dictionary, []))[1].append(one)
    for made, targets in groups.values():
        touched: dict[Home, set[str]] = {}
        for one in targets:
            touched.setdefault(Home(one.key.form, one.key.period), set()).add(one.key.region)
        bulk = Bulk(
            checks.rules_of(actor, made),
            queries.reader_of(actor, made),
            checks.kinds(actor),
            local_date(filed.now),
            {home: frozenset(regions) for home, regions in touched.items()},
            {one.key.region: one.place.kind.value for one in targets},
        )
        beside = _beside(actor, filed, targets, bulk.reads().homes)
        yield from _of_sent(judge_cells(bulk, pl.concat([own, beside])), sent, bulk)


def _beside(actor: Actor, filed: Filed, targets: Sequence[Target], homes: Iterable[Home]) -> pl.DataFrame:
    """Read what rules read beside the targets: other forms and periods of their regions."""
    regions = {one.place.id: one.key.region for one in targets}
    known = {one.id for one in filed.targets}
    found = queries.begun(actor, filed.dataset, regions, set(homes))
    other = {one.id: one for one in found if one.id not in known}
    if not other:
        return pl.DataFrame(schema=FRAME)
    names = pl.DataFrame(
        [(one.id, one.form, regions[one.region_id], one.period) for one in other.values()],
        schema={"sub": pl.Int64, "form": pl.String, "region": pl.String, "period": pl.String},
        orient="row",
    )
    cells = queries.stored_cells(actor, list(other))
    return (
        cells.rename({"old_state": "state", "old_value": "value"}).join(names, on="sub").select(list(FRAME))
    )


def _of_sent(found: Iterable[tuple[CellFinding, str]], sent: pl.DataFrame, bulk: Bulk) -> Iterator[Finding]:
    """Keep the findings that name a cell that was sent and taken, each at its place in the file.

    An empty cell is no matter of a file that does not send it, though it sends a cell by which it is asked.
    """
    told = list(found)
    key = ("region", "period", "row", "variable", "breakdown")
    rows = [
        (number, order, cell.region, cell.period, row if bulk.book.items[cell.variable].own_list else "",
         cell.variable, cell.breakdown)
        for number, (one, row) in enumerate(told)
        for order, cell in enumerate(one.cells)
        if cell.variable in bulk.book.items and not (order and one.code == REQUIRED)
    ]  # fmt: skip
    schema = {"number": pl.Int64, "order": pl.Int64, **dict.fromkeys(key, pl.String)}
    named = pl.DataFrame(rows, schema=schema, orient="row")
    first = (
        named.join(sent.select(*key, "line", "column", "sheet"), on=list(key))
        .sort("number", "order", "line")
        .unique("number", keep="first", maintain_order=True)
    )
    for number, line, column, sheet in first.select("number", "line", "column", "sheet").iter_rows():
        one = told[number][0]
        yield replace(one, place=replace(one.place, line=line, column=column or "value", sheet=sheet))


def _texts(filed: Filed) -> Iterator[Finding]:
    """Warn of texts that look personal."""
    looks = pl.col("value").str.contains(LOOKS_PERSONAL) | pl.col("explanation").str.contains(LOOKS_PERSONAL)
    for target, one in _sent_of(filed, filed.merged.filter(looks.fill_null(value=False))):
        for said in personal_texts(target.asking, [one]):
            yield at_cell(said, target, _named(one.key), one.place)


def _reasons(filed: Filed) -> Iterator[Finding]:
    """Warn of required answers that say `tidak_tahu` without a reason."""
    bare = (pl.col("state") == State.UNKNOWN.value) & (pl.col("explanation") == "")
    for target, one in _sent_of(filed, filed.merged.filter(bare)):
        asked = target.asking.variables.get(one.key.variable) or target.asking.columns.get(one.key.variable)
        if asked is not None and asked.is_required:
            yield at_cell(reason_missing(asked.name), target, _named(one.key), one.place)


def _named(key: Key) -> dict[str, str]:
    return {"row": key.row, "variable": key.variable, "breakdown": key.breakdown}


def _sent_of(filed: Filed, cells: pl.DataFrame) -> Iterator[tuple[Target, Sent]]:
    where = cells.join(filed.cells.select("at", "line", "column", "sheet"), on="at", maintain_order="left")
    names = (
        "sub",
        "row",
        "variable",
        "breakdown",
        "state",
        "value",
        "explanation",
        "line",
        "column",
        "sheet",
    )
    for sub, row, variable, breakdown, state, value, explanation, line, column, sheet in where.select(
        names
    ).iter_rows():
        content = Content(State(state), value, explanation)
        place = Place(line, column or "value", sheet)
        yield filed.targets[sub], Sent(Key(row, variable, breakdown), content, place)


def write(actor: Actor, *, filed: Filed, run: UUID) -> None:
    """Write a revision for each submission that changes, with its cells, changes, kept contents, decisions.

    `run` names the import: the message of each revision is made from it. Only inside `writing`.
    """
    targets = filed.changed_targets()
    rows = _submissions(actor, filed, targets)
    links = _links(actor, filed, targets, rows, run)
    records = _revisions(actor, filed, targets, rows, links)
    update_rows(
        "collection_submission",
        ("revision",),
        ((links[one.number].number, rows[one.number].pk) for one in targets if one.id is not None),
    )
    ids = _cells(actor, filed, targets, rows)
    _kept(filed, records, ids)
    for one in targets:
        on_commit(
            partial(
                signals.cells_saved.send_robust,
                sender=write,
                submission=str(rows[one.number].uid),
                revision=links[one.number].number,
            )
        )


def _submissions(actor: Actor, filed: Filed, targets: Sequence[Target]) -> dict[int, models.Submission]:
    """Open the submissions that nobody began, pinned to the version of their form; gives all rows."""
    datasets: dict[str, models.DataSet] = {}
    for one in targets:
        if one.id is None and one.asking.version not in datasets:
            datasets[one.asking.version] = keep_structure(actor, code=filed.dataset, asking=one.asking)
    fresh = [
        models.Submission(
            uid=uuid4(),
            dataset=datasets[one.asking.version],
            form=one.key.form,
            form_version=one.asking.version,
            form_number=one.asking.number,
            subject=f"region:{one.place.uid}",
            region_id=one.place.id,
            period=one.key.period,
            revision=1,
        )
        for one in targets
        if one.id is None
    ]
    made = iter(models.Submission.objects.bulk_create(fresh, batch_size=500))
    held = models.Submission.objects.in_bulk([one.id for one in targets if one.id is not None])
    return {one.number: next(made) if one.id is None else held[one.id] for one in targets}


def _links(
    actor: Actor, filed: Filed, targets: Sequence[Target], rows: Mapping[int, models.Submission], run: UUID
) -> dict[int, Link]:
    """Chain each submission: hash of its content, hash of the revision before."""
    texts = content_rows(filed.after)
    old = {rows[one.number].pk: one for one in targets if one.id is not None}
    heads = dict(
        models.Revision.objects.filter(submission_id__in=list(old), number=F("submission__revision"))
        .values_list("submission_id", "chain_hash")
    )  # fmt: skip
    return {
        one.number: Link(
            str(rows[one.number].uid),
            one.revision + 1,
            one.revision if one.base is None else one.base,
            str(actor.id),
            filed.now,
            filed.incoming.source,
            str(uuid5(run, str(rows[one.number].uid))),
            "",
            content_hash_of(rows[one.number].form_version, texts.get(one.number, "")),
            heads.get(rows[one.number].pk, GENESIS),
        )
        for one in targets
    }


def _revisions(
    actor: Actor,
    filed: Filed,
    targets: Sequence[Target],
    rows: Mapping[int, models.Submission],
    links: Mapping[int, Link],
) -> dict[int, int]:
    """Write the revisions; gives their sequence by number of the target."""
    records = {one.number: at for at, one in enumerate(targets, _next(models.Revision))}
    models.Revision.objects.bulk_create(
        (
            models.Revision(
                sequence=records[one.number],
                submission_id=rows[one.number].pk,
                number=links[one.number].number,
                base=links[one.number].base,
                source=filed.incoming.source.value,
                message_id=UUID(links[one.number].message),
                author_id=actor.id,
                author_name=actor.name,
                author_function=actor.function,
                filler_name=filed.incoming.filler,
                made_at=filed.now,
                reason="",
                form_version=rows[one.number].form_version,
                content_hash=links[one.number].content_hash,
                previous_hash=links[one.number].previous,
                chain_hash=chain_hash(links[one.number]),
            )
            for one in targets
        ),
        batch_size=500,
    )
    return records


def _cells(
    actor: Actor, filed: Filed, targets: Sequence[Target], rows: Mapping[int, models.Submission]
) -> dict[tuple[int, Key], int]:
    """Write new and changed cells with their changes; gives ids of cells that were merged one by one."""
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
    ).with_columns(record_id=pl.int_range(pl.len()) + (_next(models.Revision) - len(targets)))
    is_new = pl.col("cell").is_null()
    changed = filed.changed.join(numbers, on="sub", maintain_order="left").with_columns(
        variable_id=pl.col("variable").replace_strict(variables, return_dtype=pl.Int64),
        id=pl.when(is_new).then(is_new.cum_sum() + _next(models.Cell) - 1).otherwise("cell"),
        is_new=is_new,
        old_state=pl.col("old_state").fill_null(State.EMPTY.value),
        old_explanation=pl.col("old_explanation").fill_null(""),
        sequence=pl.int_range(pl.len()) + _next(models.Change),
    )
    changed = changed.with_columns(cell_id=pl.col("id"))
    insert_rows("collection_cell", _CELL, changed.filter("is_new").select(_CELL).iter_rows())
    update_rows("collection_cell", _SAID, changed.filter(~pl.col("is_new")).select(*_SAID, "id").iter_rows())
    insert_rows("collection_change", _CHANGE, changed.select(_CHANGE).iter_rows())
    alone = list(filed.alone)
    known = pl.concat(
        [
            filed.stored.select(*KEY, pl.col("cell").alias("id")),
            changed.filter("is_new").select(*KEY, "id"),
        ]
    ).filter(pl.col("sub").is_in(alone))
    return {(sub, Key(*key)): cell for sub, *key, cell in known.iter_rows()}


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


def _next(model: type[Model]) -> int:
    """Give the next free number of a table; only inside `writing`."""
    newest: int | None = model._default_manager.aggregate(newest=Max("pk"))["newest"]  # noqa: SLF001 - Django's
    return (newest or 0) + 1
