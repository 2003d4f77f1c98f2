"""Files that come in parts: begun, taken part by part, kept once all has come, or dropped.

Who begins a file makes its id, which is that of its piece in the end. Every step may be said again, for its
answer may get lost: it is told the same. Only the account that began a file goes on with it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sidara.evidence import models, queries
from sidara.evidence.core import (
    HELD,
    LONGEST_CAPTION,
    MOST_PIECES,
    MOST_UPLOADS,
    Owner,
    Said,
    Span,
    Upload,
    different,
    fault,
    fault_of_part,
    faults_of_said,
    fresh_in,
    hash_of,
    is_of_content,
    is_same,
    reused,
    together,
    too_many,
    too_many_uploads,
    unfinished,
    upload_gone,
)
from sidara.evidence.formats import berth
from sidara.evidence.services.keeping import Guard, Handed, Kept, keep
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
from sidara.records.writing import writing


@dataclass(frozen=True, slots=True)
class Underway:
    """How far a file has come, or nothing and why."""

    upload: Upload | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part as a door takes it. `digest` is the SHA-256 that its device gives."""

    low: int
    content: bytes
    digest: str


def begin(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor, *, owner: Owner, right: str, upload: UUID, said: Said, now: datetime, guard: Guard
) -> Underway:
    """Begin to take a file in parts, or go on with it; tells what has not come yet.

    What is said of it besides size and hash may change until it is kept. Refuses (`NotAllowed`) an actor
    without `right` where the owner lies.
    """
    require(actor, right, region=owner.region, sector=owner.sector, dataset=owner.dataset)
    said = replace(said, caption=" ".join(said.caption.split())[:LONGEST_CAPTION])
    findings = tuple(faults_of_said(said))
    if findings:
        return Underway(None, findings)
    with writing():
        before = queries.piece_of_message(actor, upload)
        if before is not None:
            is_own = before.kept is not None and before.kept.actor_id == str(actor.id)
            if is_own and before.owner == owner.reference and is_same(before, said, owner.cell):
                return Underway(Upload(upload, owner.cell, said, now, (), is_kept=True))
            return Underway(None, (reused(),))
        models.Upload.objects.filter(expires_at__lt=now).delete()
        row = models.Upload.objects.filter(pk=upload).first()
        is_new = row is None
        forbidden = _forbidden(actor, owner, row, said) or guard()
        if forbidden is not None:
            return Underway(None, (forbidden,))
        if row is None:
            berth.clear(queries.folder(actor), upload)  # of another that had the same id
            row = models.Upload(id=upload, owner=owner.reference, actor_id=actor.id, begun_at=now)
        row.cell, row.name, row.caption, row.keeps_place = (
            *(owner.cell, said.name, said.caption, said.keeps_place),
        )
        row.size, row.original, row.expires_at = said.size, said.original, now + HELD
        row.save()
    if is_new:
        _tidy(actor)
    return Underway(queries.upload(actor, owner, upload, right=right))


def take_part(actor: Actor, *, owner: Owner, right: str, upload: UUID, part: Part) -> Underway:
    """Take a part of a file: it is on the disk, or nothing of it is. Tells what has not come yet.

    What came before is not taken again, nor anything of what can never be proof. Refuses (`NotAllowed`) as
    `begin`.
    """
    found = queries.upload(actor, owner, upload, right=right)
    if found is None or found.fault:
        return Underway(None, (_ended(found),))
    span = Span(part.low, part.low + len(part.content))
    wrong = fault_of_part(found.said.size, span, part.content, part.digest)
    if wrong is not None:
        return Underway(None, (wrong,))
    for one in fresh_in(span, found.gaps):
        content = part.content[one.low - part.low : one.high - part.low]
        berth.lay(queries.folder(actor), upload, one.low, content)
    found = queries.upload(actor, owner, upload, right=right)
    if found is None or found.fault:  # kept, dropped or refused meanwhile
        berth.clear(queries.folder(actor), upload)
        return Underway(None, (_ended(found),))
    return Underway(found)


def finish(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor, *, owner: Owner, right: str, upload: UUID, now: datetime, guard: Guard
) -> Kept:
    """Keep a file of which all has come, as `keep` does; a lock leaves what has come.

    What can never be proof is let go of, and that it was is told as long as the file would have been held.
    Refuses (`NotAllowed`) as `begin`.
    """
    found = queries.upload(actor, owner, upload, right=right)
    if found is None:
        return _kept_before(actor, owner, upload)
    if found.fault or found.gaps:
        return Kept(None, (_ended(found) if found.fault else unfinished(found),))
    root, said = queries.folder(actor), found.said
    content = together(said.size, berth.parts(root, upload))
    if hash_of(content) != said.original:
        found = queries.upload(actor, owner, upload, right=right)
        if found is None:  # kept or dropped meanwhile
            return _kept_before(actor, owner, upload)
        if not found.fault:
            berth.clear(root, upload)
        return Kept(None, (_ended(found) if found.fault else different(),))
    handed = Handed(upload, content, said.name, said.caption, said.keeps_place)
    own = replace(owner, cell=found.cell)
    kept = keep(actor, owner=own, right=right, handed=handed, now=now, guard=guard)
    if kept.piece is None and is_of_content(kept.findings[0].code):
        with writing():
            models.Upload.objects.filter(pk=upload).update(fault=kept.findings[0].code)
        berth.clear(root, upload)
    return kept


def drop(actor: Actor, *, owner: Owner, right: str, upload: UUID) -> None:
    """Let go of a file that is under way; of one that is not, nothing. Refuses (`NotAllowed`) as `begin`."""
    require(actor, right, region=owner.region, sector=owner.sector, dataset=owner.dataset)
    with writing():
        own = models.Upload.objects.filter(pk=upload, owner=owner.reference, actor_id=actor.id)
        was_there, _ = own.delete()
    if was_there:
        berth.clear(queries.folder(actor), upload)


def _ended(found: Upload | None) -> Finding:
    """Say why a file is not under way any more: it is not there, or can never be proof."""
    return upload_gone() if found is None else fault(found.fault, found.said.name)


def _forbidden(actor: Actor, owner: Owner, row: models.Upload | None, said: Said) -> Finding | None:
    """Say what forbids an account to begin a file, or to go on with it."""
    if row is not None:
        same = (row.actor_id, row.owner, row.size, row.original)
        if same != (actor.id, owner.reference, said.size, said.original):
            return reused()
        return fault(row.fault, said.name) if row.fault else None
    if queries.count_of(actor, owner) >= MOST_PIECES:
        return too_many()
    own = models.Upload.objects.filter(actor_id=actor.id, fault="").count()
    return too_many_uploads() if own >= MOST_UPLOADS else None


def _kept_before(actor: Actor, owner: Owner, upload: UUID) -> Kept:
    """Give the piece that an upload became whose answer got lost."""
    before = queries.piece_of_message(actor, upload)
    is_own = before is not None and before.kept is not None and before.kept.actor_id == str(actor.id)
    if before is None or not is_own or before.owner != owner.reference:
        return Kept(None, (upload_gone(),))
    return Kept(before, is_repeated=True)


def _tidy(actor: Actor) -> None:
    """Clear away what lies there of files that are no longer under way."""
    root = queries.folder(actor)
    lying = berth.held(root)
    for one in lying - set(models.Upload.objects.filter(pk__in=lying).values_list("pk", flat=True)):
        berth.clear(root, one)
