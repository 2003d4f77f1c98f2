"""Files that are handed in by a page or a program: tried first, stored once, not kept longer than needed."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sidara.collection import models, queries
from sidara.collection.core.account import Account
from sidara.collection.core.bringing import filler_missing, require_bringing
from sidara.collection.core.bulk import Incoming
from sidara.collection.core.handed import (
    BOUNDS,
    KEPT_FOR,
    LARGEST,
    Handed,
    Handing,
    none_left,
    told,
    too_large,
)
from sidara.collection.core.submission import Source
from sidara.collection.services.filing import Imported, import_cells
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.records.writing import writing


def hand_in(actor: Actor, *, handing: Handing, id: UUID, now: datetime) -> Handed | tuple[Finding, ...]:  # noqa: A002 - of the file
    """Take a file for a trial: every cell gets its verdict, nothing is stored but the file itself.

    A file of which nothing can be used is not kept: its findings come back. Files of which the time is over
    are thrown away. Refuses (`NotAllowed`) who may neither fill in nor bring in anywhere.
    """
    require_bringing(actor)
    if unfit := _unfit(handing):
        return unfit
    incoming = _incoming(actor, handing)
    tried = import_cells(
        actor, incoming=incoming, now=now, is_dry=True, all_or_nothing=handing.all_or_nothing
    )
    if tried.account.is_refused:
        return tried.account.findings
    with writing():
        models.HandedFile.objects.filter(made_at__lt=now - KEPT_FOR, content__isnull=False).update(
            content=None
        )
        row = _row(actor, handing, id, now)
        row.content, row.filler = handing.content, incoming.filler
        row.trial = _told(tried, is_dry=True)
        row.save(force_insert=True)
    found = queries.handed(actor, id, now=now)
    assert found is not None  # noqa: S101 - it was just written
    return found


def store_handed(actor: Actor, *, id: UUID, now: datetime) -> Handed | Finding:  # noqa: A002 - of the file
    """Store what a file that was tried brings, once; only a workbook with faults is kept on, to be marked.

    Nothing is stored of a file that was thrown away while it was read: `FILE_GONE`.
    """
    require_bringing(actor)
    handing = queries.handing(actor, id, now=now)
    before = queries.handed(actor, id, now=now)
    if handing is not None and before is not None and before.answer is None:

        def keep(done: Imported) -> None:
            row = models.HandedFile.objects.get(pk=id)
            if row.answer is not None or row.content is None:
                raise _Repeated
            row.answer = _told(done, is_dry=False)
            row.stored_at = now
            if handing.format != "xlsx" or not done.account.findings:
                row.content = None
            row.save()

        _import(actor, handing, now, keep)
    found = queries.handed(actor, id, now=now)
    return found if found is not None and found.answer is not None else none_left()


def drop_handed(actor: Actor, *, id: UUID) -> None:  # noqa: A002 - of the file
    """Throw away a file that was handed in; what was stored of it stays stored."""
    require_bringing(actor)
    with writing():
        models.HandedFile.objects.filter(pk=id, account_id=actor.id).update(content=None)


def import_file(
    actor: Actor, *, handing: Handing, message_id: UUID, now: datetime, is_dry: bool = False
) -> tuple[Mapping[str, Any], bool]:
    """Store what a file brings, once for each message id; gives the answer, and whether it is repeated.

    A dry run and a file that is refused as a whole leave no trace. Another file under a message id that was
    used before is refused (`MESSAGE_REUSED`).
    """
    require_bringing(actor)
    if unfit := _unfit(handing):
        return _refused(unfit, is_dry=is_dry), False
    if not is_dry and (again := _again(actor, handing, message_id)) is not None:
        return again
    incoming = _incoming(actor, handing)
    if is_dry or incoming.is_refused:
        tried = import_cells(
            actor, incoming=incoming, now=now, is_dry=True, all_or_nothing=handing.all_or_nothing
        )
        return _told(tried, is_dry=is_dry), False

    def keep(done: Imported) -> None:
        if models.HandedFile.objects.filter(pk=message_id).exists():
            raise _Repeated
        row = _row(actor, handing, message_id, now)
        row.answer, row.stored_at = _told(done, is_dry=False), now
        row.save(force_insert=True)

    is_new = _import(actor, handing, now, keep, incoming)
    answer, _ = _again(actor, handing, message_id) or ({}, False)
    return answer, not is_new


class _Repeated(Exception):  # noqa: N818 - what happened, not a fault
    """The same file was stored or thrown away meanwhile: what was just stored of it is taken back."""


def _import(
    actor: Actor,
    handing: Handing,
    now: datetime,
    keep: Callable[[Imported], None],
    incoming: Incoming | None = None,
) -> bool:
    """Import a file and keep its answer in one transaction; tells whether this request was the one."""
    incoming = incoming or _incoming(actor, handing)
    try:
        done = import_cells(
            actor, incoming=incoming, now=now, all_or_nothing=handing.all_or_nothing, keep=keep
        )
        if incoming.is_refused:
            with writing():
                keep(done)
    except _Repeated:
        return False
    return True


def _unfit(handing: Handing) -> tuple[Finding, ...]:
    """Say why a file cannot be taken at all, before it is read."""
    if len(handing.content) > LARGEST:
        return (too_large(len(handing.content)),)
    return (filler_missing(),) if handing.is_paper and not handing.filler else ()


def _incoming(actor: Actor, handing: Handing) -> Incoming:
    incoming = queries.read_cells_file(
        actor, io.BytesIO(handing.content), format=handing.format, bounds=BOUNDS
    )
    source = Source.PAPER if handing.is_paper else incoming.source
    return replace(incoming, filler=handing.filler or incoming.filler, source=source)


def _row(actor: Actor, handing: Handing, id: UUID, now: datetime) -> models.HandedFile:  # noqa: A002 - of the file
    return models.HandedFile(
        id=id,
        account_id=actor.id,
        name=handing.name[:200],
        format=handing.format,
        digest=handing.digest,
        filler=handing.filler,
        is_paper=handing.is_paper,
        all_or_nothing=handing.all_or_nothing,
        made_at=now,
    )


def _again(actor: Actor, handing: Handing, message_id: UUID) -> tuple[Mapping[str, Any], bool] | None:
    """Give the answer that this message had; refuse another file under its id."""
    row = models.HandedFile.objects.filter(pk=message_id).first()
    if row is None:
        return None
    if row.account_id == actor.id and row.digest == handing.digest and row.answer is not None:
        return row.answer, True
    say = "Nomor kiriman ini sudah dipakai untuk berkas lain. Tidak ada yang disimpan."
    reused = Finding("MESSAGE_REUSED", say, "Kirim berkas ini dengan nomor yang baru.", value=str(message_id))
    return _refused((reused,), is_dry=False), False


def _told(done: Imported, *, is_dry: bool) -> dict[str, Any]:
    return told(done.account, submissions=done.submissions, is_dry=is_dry, dataset=done.dataset)


def _refused(findings: tuple[Finding, ...], *, is_dry: bool) -> Mapping[str, Any]:
    return told(Account.refused(findings), submissions=0, is_dry=is_dry)
