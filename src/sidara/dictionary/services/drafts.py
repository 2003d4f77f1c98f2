"""Drafts: opened, filled entry by entry, joined with what others saved, published as one save, or discarded.

Only the author changes a draft; another one takes a copy. Faulty entries are kept as they were typed.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from sidara.dictionary import models, queries
from sidara.dictionary.core.drafts import (
    Body,
    Clashing,
    Draft,
    DraftState,
    Put,
    free_code,
    placed,
    tidy,
)
from sidara.dictionary.core.reading import plain
from sidara.dictionary.core.words import Thing
from sidara.dictionary.formats import xlsform
from sidara.dictionary.queries.drafts import _draft_of, meetings
from sidara.dictionary.queries.rights import EDIT, may_draft, require_entries
from sidara.dictionary.services.saving import Account, save
from sidara.kernel.actor import Actor, NotAllowed
from sidara.kernel.clock import Clock, local_date
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import format_date
from sidara.records.writing import writing


@dataclass(frozen=True)
class Drafted:
    """What came of a change of a draft: the draft as it is now, the entry that was put, what is wrong."""

    draft: Draft
    put: Put | None = None
    findings: tuple[Finding, ...] = ()


def open_draft(actor: Actor, *, title: str, clock: Clock) -> Drafted:
    """Open an empty draft; without a title it bears the day. Refuses who may change nothing."""
    with writing():
        current = queries.dictionary(actor)
        if not may_draft(actor, current):
            raise NotAllowed(actor, EDIT)
        now = clock()
        row = models.Draft.objects.create(
            title=title.strip()[:200] or f"Rancangan {format_date(local_date(now))}",
            state=DraftState.OPEN,
            author_id=actor.id,
            author_name=actor.name,
            author_function=actor.function,
            base_revision=current.revision,
            created_at=now,
            updated_at=now,
        )
        return Drafted(_draft_of(row))


def put_entry(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor, *, draft_id: UUID, kind: Thing, code: str, body: Body | None, clock: Clock
) -> Drafted:
    """Put an entry into a draft, as plain values however faulty; `None` takes it out of the dictionary.

    An empty `code` is a new entry; it goes by the code that its values say, else by a provisional one.
    Refuses (`NotAllowed`) who is not the author, or may not change the entry.
    """
    with writing():
        row, held = _own(actor, draft_id)
        current = queries.dictionary(actor)
        key = code or free_code(held.puts, kind)
        before = held.put(kind, key)
        revision = before.revision if before else current.revision
        given = Put(kind, key, tidy(kind, body) if body is not None else None, revision)
        require_entries(actor, current, {given.key: given.body})
        puts, made = placed(held.puts, given, current.of(kind))
        return replace(_kept(row, puts, clock), put=made)


def drop_entry(actor: Actor, *, draft_id: UUID, kind: Thing, code: str, clock: Clock) -> Drafted:
    """Take an entry out of a draft: the dictionary keeps what it has. Refuses who is not the author."""
    with writing():
        row, held = _own(actor, draft_id)
        return _kept(row, [one for one in held.puts if one.key != (kind, code)], clock)


def discard_draft(actor: Actor, *, draft_id: UUID, clock: Clock) -> Drafted:
    """Put a draft aside; `reopen_draft` brings it back. Refuses who is not the author."""
    with writing():
        row, held = _own(actor, draft_id)
        row.state = DraftState.DISCARDED
        return _kept(row, held.puts, clock)


def reopen_draft(actor: Actor, *, draft_id: UUID, clock: Clock) -> Drafted:
    """Bring back a draft that was discarded. Refuses who is not the author."""
    with writing():
        row, held = _own(actor, draft_id, state=DraftState.DISCARDED)
        row.state = DraftState.OPEN
        return _kept(row, held.puts, clock)


def copy_draft(actor: Actor, *, draft_id: UUID, clock: Clock) -> Drafted:
    """Make an own draft of somebody's, with all of its entries. Refuses who may change nothing."""
    with writing():
        given = queries.draft(actor, draft_id)
        if given is None:
            raise NotAllowed(actor, EDIT)
        made = open_draft(actor, title=f"{given.title} (salinan)", clock=clock)
        return _kept(models.Draft.objects.get(pk=made.draft.id), given.puts, clock)


def rebase_draft(actor: Actor, *, draft_id: UUID, theirs: Collection[Clashing], clock: Clock) -> Drafted:
    """Join a draft with what others saved since: keys in `theirs` become as they saved them, others stay.

    What only they changed is taken over. An entry of which nothing of ours is left falls out of the draft.
    """
    with writing():
        row, held = _own(actor, draft_id)
        found = {one.put.key: one for one in meetings(actor, held)}
        puts: list[Put] = []
        for put in held.puts:
            if put.key not in found:
                puts.append(put)
                continue
            body, is_ours = found[put.key].chosen(frozenset(theirs))
            if is_ours:
                puts.append(replace(put, body=body, revision=found[put.key].revision))
        return _kept(row, puts, clock)


def put_form(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor, *, draft_id: UUID, content: bytes, file_name: str, clock: Clock, sector: str = ""
) -> Drafted:
    """Put the entries of an XLSForm into a draft: what differs from our own export, and what is new.

    Findings tell sheet, row and column; an error leaves the draft as it was. Refuses who is not the author.
    """
    with writing():
        row, held = _own(actor, draft_id)
        current = queries.dictionary(actor)
        read = xlsform.read(content, file_name, current, sector=sector)
        if any(one.severity is Severity.ERROR for one in read.findings):
            return Drafted(held, findings=read.findings)
        changes = {key: plain(thing) for key, thing in read.things.items()}
        require_entries(actor, current, changes)
        puts = held.puts
        for (kind, code), body in changes.items():
            before = held.put(kind, code)
            revision = before.revision if before else current.revision
            puts, _ = placed(puts, Put(kind, code, body, revision), current.of(kind))
        return replace(_kept(row, puts, clock), findings=read.findings)


def publish_draft(actor: Actor, *, draft_id: UUID, reason: str, clock: Clock) -> Account:
    """Save a draft into the dictionary as one revision; what is refused leaves it open, with nothing lost."""
    with writing():
        row, held = _own(actor, draft_id)
        made = save(
            actor,
            changes=held.changes,
            reason=reason,
            base_revision=held.base_revision,
            seen=held.seen,
            clock=clock,
        )
        if made.is_stored:
            row.state = DraftState.PUBLISHED
            row.published_id = made.revision
            _kept(row, held.puts, clock)
        return made


def _own(actor: Actor, draft_id: UUID, state: DraftState = DraftState.OPEN) -> tuple[models.Draft, Draft]:
    """Give a draft that the actor may change; refuse all others."""
    row = models.Draft.objects.filter(pk=draft_id).first()
    if row is None or row.author_id != actor.id or row.state != state:
        raise NotAllowed(actor, EDIT)
    return row, _draft_of(row)


def _kept(row: models.Draft, puts: Collection[Put], clock: Clock) -> Drafted:
    row.changes = [
        {"kind": str(one.kind), "code": one.code, "revision": one.revision, "body": one.body} for one in puts
    ]
    row.updated_at = clock()
    row.save()
    return Drafted(_draft_of(row))
