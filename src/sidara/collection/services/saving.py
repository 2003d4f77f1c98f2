"""Saving: cells of one submission, from any door, once.

A save is named by its author's message id. The same message again gets the answer that was given, another
content under the same id is refused; so a link that breaks after the save loses and doubles nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db.transaction import on_commit

from sidara.collection import models, queries, signals
from sidara.collection.core import Account, Source
from sidara.collection.core.account import finding_of
from sidara.collection.core.answering import Asking, Given, read_cells, shown
from sidara.collection.core.bringing import may_bring
from sidara.collection.core.chain import content_hash, digest
from sidara.collection.core.personal import personal_texts
from sidara.collection.core.prefill import Origin, reason_of
from sidara.collection.core.rights import FILL
from sidara.collection.core.submission import (
    Key,
    Merged,
    Submission,
    SubmissionKey,
    apply,
    merge_cells,
)
from sidara.collection.services.appending import append_revision
from sidara.collection.services.crediting import credited, keep_origins
from sidara.collection.services.rows import CELL, CHANGE, SAID
from sidara.collection.services.structure import keep_structure, structure_kept
from sidara.kernel.actor import Actor, NotAllowed
from sidara.kernel.finding import Finding, Place
from sidara.kernel.period import Period
from sidara.records.bulk import insert_rows, update_rows
from sidara.records.cursors import pipelined
from sidara.records.prepared import insert
from sidara.records.writing import writing
from sidara.regions.core import Region


@dataclass(frozen=True, slots=True)
class Save:
    """A save as a door hands it over.

    `base` is the revision that the author saw, `claimed_at` the device's own time,
    `filler` the person who filled it in where another one brings it. `request` is what a person asked for
    where the cells follow from what else is stored: by it, not by them, the same message is known again.
    `device` is the id of the device that sends it, where the door knows it. `unread` are findings about cells
    that were asked for and could not become one of `cells`: they count as rejected.
    """

    key: SubmissionKey
    base: int
    message_id: UUID
    source: Source
    cells: Sequence[Given]
    claimed_at: datetime | None = None
    filler: str = ""
    reason: str = ""
    request: tuple[str, ...] = ()
    device: UUID | None = None
    unread: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer to a save: its account, the submission's revision now, the hash of its content.

    `is_repeated`: the message had been answered before, and this is that answer. `state`: the submission as
    this save left it, where it looked at it.
    """

    account: Account
    revision: int = 0
    content_hash: str = ""
    is_repeated: bool = False
    state: Submission | None = None


def save_cells(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    save: Save,
    now: datetime,
    is_dry: bool = False,
    all_or_nothing: bool = False,
    found: tuple[Asking, Region, Period] | None = None,
) -> Saved:
    """Store the cells of a save in its submission, in one transaction; the answer says what became of each.

    `found` is what `queries.readable` gave for the key of the save, where a door has asked before.
    Refuses (`NotAllowed`) an actor who may not fill in that form of that region, nor bring in what the named
    filler filled in. Refuses as a whole, with a
    finding, an unknown form, region, or period, and a message id that was used for another content. A dry
    run gives the same verdicts and writes nothing.
    """
    asked = found or queries.asking_of(actor, save.key)
    if isinstance(asked, Finding):
        return Saved(Account.refused((asked,)))
    asking, place, period = asked
    sector, dataset = asking.questionnaire.form.sector, save.key.dataset
    if not may_bring(actor, filler=save.filler, region=place.code, sector=sector, dataset=dataset):
        raise NotAllowed(actor, FILL)
    plan = partial(_plan, actor, save, asked)
    look = partial(queries.turn, actor, save.key, place.id, message_id=save.message_id)
    fingerprint, planned = _fingerprint(save), plan()
    with writing():
        turn = look(seen=planned.seen)
        if turn.answered is not None:
            return _again(turn.answered, fingerprint, save)
        if not turn.is_as_seen:  # somebody else wrote meanwhile
            planned = plan()
            turn = look(seen=planned.seen)
        seen, merged, account = planned.seen, planned.merged, planned.account
        if is_dry or (all_or_nothing and not account.is_clean):
            return Saved(replace(account, is_stored=False), seen.state.revision, state=seen.state)
        if not merged.records and seen.row is None:
            return Saved(account, state=seen.state)
        row = seen.row or _open(
            actor, save=save, asking=asking, place=place, period=period, dataset=planned.dataset
        )
        variables = planned.variables
        if variables is None:
            variables = queries.variable_ids(actor, row.dataset_id, _fresh(merged, seen))
        saved = Saved(account, planned.after.revision, planned.content_hash, state=planned.after)
        with pipelined():
            if merged.records:
                _write(actor, row, save=save, planned=planned, turn=turn, variables=variables, now=now)
            insert(
                models.Message(
                    id=save.message_id,
                    submission=row,
                    digest=fingerprint,
                    answer=_packed(saved),
                    made_at=now,
                    device_id=save.device,
                )
            )
        if merged.records:
            on_commit(
                partial(
                    signals.cells_saved.send_robust,
                    sender=save_cells,
                    submission=str(row.uid),
                    revision=saved.revision,
                )
            )
    return saved


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a save comes to on its submission as it stood, worked out while others may write.

    `dataset`: for a submission that nobody began, its data set where that has all that the form asks.
    `variables`: ids of the variables of cells that are new, by code; `None` where there is no data set yet.
    `origins`: where cells that change were taken over from.
    """

    seen: queries.Seen
    merged: Merged
    account: Account
    after: Submission
    content_hash: str
    dataset: models.DataSet | None
    variables: Mapping[str, int] | None
    origins: Mapping[Key, Origin]


def _plan(actor: Actor, save: Save, found: tuple[Asking, Region, Period]) -> _Plan:
    asking, place, _ = found
    sent, unreadable = read_cells(asking, save.cells)
    row = queries.submission_row(actor, save.key, place.id)
    seen = queries.seen(actor, row)
    merged = merge_cells(seen.state, save.base, sent)
    account = _account(merged, (*save.unread, *unreadable), is_stored=merged.records)
    origins, doubts = credited(
        actor, found=found, dataset=save.key.dataset, given=save.cells, deltas=merged.deltas
    )
    account = replace(account, findings=(*account.findings, *personal_texts(asking, sent), *doubts))
    after = apply(seen.state, merged)
    contents = after.contents
    version = asking.version if row is None else row.form_version
    dataset = None if row else structure_kept(actor, code=save.key.dataset, asking=asking)
    home = row.dataset_id if row else dataset and dataset.pk
    variables = queries.variable_ids(actor, home, _fresh(merged, seen)) if home else None
    return _Plan(seen, merged, account, after, content_hash(version, contents), dataset, variables, origins)


def _fresh(merged: Merged, seen: queries.Seen) -> set[str]:
    """Give the codes of the variables of cells that were never there."""
    return {one.key.variable for one in merged.deltas if one.key not in seen.ids}


def _fingerprint(save: Save) -> str:
    """Give the digest of all that a save says."""
    about = {
        "submission": [save.key.form, save.key.region, save.key.period, save.key.dataset],
        "base": save.base,
        "source": save.source.value,
        "filler": save.filler,
    }
    if save.request:
        return digest(about | {"request": [shown(text) for text in save.request]})
    return digest(
        about
        | {
            "reason": save.reason,
            "cells": [
                [
                    shown(text)
                    for text in (one.row, one.variable, one.breakdown, one.state, one.value, one.explanation)
                ]
                + ([shown(one.origin)] if one.origin else [])
                for one in save.cells
            ],
        }
    )


def _again(answered: tuple[str, Mapping[str, Any]], fingerprint: str, save: Save) -> Saved:
    """Give the answer that this message had; refuse another content under its id."""
    told, given = answered
    if told == fingerprint:
        account = Account(
            **{name: given[name] for name in ("created", "updated", "unchanged", "conflicting", "rejected")},
            findings=tuple(finding_of(one) for one in given["findings"]),
            is_stored=given["stored"],
        )
        return Saved(account, given["revision"], given["content_hash"], is_repeated=True)
    return Saved(
        Account.refused(
            (
                Finding(
                    "MESSAGE_REUSED",
                    "Nomor kiriman ini sudah dipakai untuk isian lain. Tidak ada yang disimpan.",
                    "Kirim lagi dengan nomor baru; isian Anda tetap ada di perangkat.",
                    place=Place(column="message_id"),
                    value=str(save.message_id),
                ),
            )
        )
    )


def _packed(saved: Saved) -> dict[str, object]:
    """Give the answer as it is kept."""
    return {**saved.account.flat(), "revision": saved.revision, "content_hash": saved.content_hash}


def _account(merged: Merged, unreadable: Iterable[Finding], *, is_stored: bool) -> Account:
    """Count the verdicts of all cells sent, those that could not be read included."""
    findings = tuple(unreadable)
    counts = merged.counts()
    counts["rejected"] += len(findings)
    return Account.of(counts, (*findings, *merged.findings), is_stored=is_stored)


def _open(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    save: Save,
    asking: Asking,
    place: Region,
    period: Period,
    dataset: models.DataSet | None,
) -> models.Submission:
    """Open a submission, pinned to the version of its form."""
    return models.Submission.objects.create(
        uid=uuid4(),
        dataset=dataset or keep_structure(actor, code=save.key.dataset, asking=asking),
        form=save.key.form,
        form_version=asking.version,
        form_number=asking.number,
        subject=f"region:{place.uid}",
        region_id=place.id,
        period=str(period),
    )


def _write(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    row: models.Submission,
    *,
    save: Save,
    planned: _Plan,
    turn: queries.Turn,
    variables: Mapping[str, int],
    now: datetime,
) -> None:
    """Write the revision with its changes, kept contents and decisions, and the present cells."""
    merged, after = planned.merged, planned.after
    record = append_revision(
        actor,
        row=row,
        base=save.base,
        source=save.source,
        message_id=save.message_id,
        reason=save.reason or reason_of(planned.origins.values(), len(merged.deltas)),
        content_hash=planned.content_hash,
        now=now,
        filler=save.filler,
        claimed_at=save.claimed_at,
        last=turn.last,
        sequence=turn.newest[models.Revision] + 1,
    )
    ids = _write_cells(row, planned, variables, turn.newest[models.Cell] + 1)
    insert_rows(
        "collection_change",
        CHANGE,
        (
            (
                *(sequence, ids[one.key], record.pk, after.revision),
                *(one.old.state.value, one.old.value, one.old.explanation),
                *(one.new.state.value, one.new.value, one.new.explanation),
            )
            for sequence, one in enumerate(merged.deltas, turn.newest[models.Change] + 1)
        ),
    )
    if planned.origins:
        taken = ((record.pk, ids[key], origin) for key, origin in planned.origins.items())
        keep_origins(actor, origins=taken)
    if merged.kept:
        models.Kept.objects.bulk_create(
            models.Kept(record=record, cell_id=ids[one.key], **one.content.flat()) for one in merged.kept
        )
    if merged.closed:
        models.Decision.objects.bulk_create(
            models.Decision(record=record, cell_id=ids[key]) for key in merged.closed
        )


def _write_cells(
    row: models.Submission, planned: _Plan, variables: Mapping[str, int], first: int
) -> dict[Key, int]:
    """Write the present content of the cells that changed, new ones with ids from `first`; gives all ids."""
    ids = dict(planned.seen.ids)
    changed = {one.key: one.new for one in planned.merged.deltas}
    fresh = [key for key in changed if key not in ids]
    ids.update(zip(fresh, count(first)))
    revision = planned.after.revision
    insert_rows(
        "collection_cell",
        CELL,
        (
            (
                *(ids[key], variables[key.variable], row.region_id, row.period, key.row, key.breakdown),
                *changed[key].flat().values(),
                *(revision, row.pk),
            )
            for key in fresh
        ),
    )
    update_rows(
        "collection_cell",
        SAID,
        (
            (*content.flat().values(), revision, ids[key])
            for key, content in changed.items()
            if key in planned.seen.ids
        ),
    )
    return ids
