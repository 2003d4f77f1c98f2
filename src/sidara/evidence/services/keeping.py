"""A piece of evidence is kept, or taken away.

The room of the owner decided that it may; it names the right, which is asked here once more. A piece's id is
made by who hands it in: the same file under the same id is kept once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sidara.evidence import models, queries
from sidara.evidence.core import (
    GENESIS,
    LONGEST_CAPTION,
    MOST_PIECES,
    Act,
    Link,
    Looked,
    Owner,
    Piece,
    Said,
    StoreAway,
    chain_hash,
    fault,
    faults_of_handed,
    gone,
    hash_of,
    is_same,
    named_for,
    reused,
    store_away,
    told_of,
    too_many,
)
from sidara.evidence.formats import berth, shelf, shelter
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
from sidara.records.writing import next_number, writing

_log = logging.getLogger(__name__)

type Guard = Callable[[], Finding | None]
"""Asked inside the transaction whether the owner still takes changes; gives what forbids it."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as a door takes it. `keeps_place`: time and place of a photograph are kept beside it."""

    id: UUID
    content: bytes
    name: str
    caption: str = ""
    keeps_place: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a file: the piece, or nothing and why. `is_repeated`: it was kept before."""

    piece: Piece | None
    findings: tuple[Finding, ...] = ()
    is_repeated: bool = False


def keep(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor, *, owner: Owner, right: str, handed: Handed, now: datetime, guard: Guard
) -> Kept:
    """Look into a file and keep what was written anew, with its act in the chain of its owner; or nothing.

    A store that does not answer is told (`EVIDENCE_STORE`), and nothing is kept then. Refuses (`NotAllowed`)
    an actor without `right` where the owner lies.
    """
    require(actor, right, region=owner.region, sector=owner.sector, dataset=owner.dataset)
    caption = " ".join(handed.caption.split())[:LONGEST_CAPTION]
    findings = tuple(faults_of_handed(len(handed.content), handed.name, caption))
    if findings:
        return Kept(None, findings)
    original = hash_of(handed.content)
    looked = shelter.look(handed.content, keeps_place=handed.keeps_place)
    if isinstance(looked, str):
        return Kept(None, (fault(looked, handed.name),))
    piece = _piece(owner, handed, caption, original, looked)
    try:
        if queries.store(actor).is_far and queries.piece_of_message(actor, piece.id) is None:
            _lay(actor, piece, looked)  # so that no writer of the records waits for the whole file
        with writing():
            kept = _stored(actor, owner, piece, looked, now, guard)
            was_underway = kept.piece is not None and _ended(actor, handed.id)
    except StoreAway as away:
        _log.warning("evidence: the store of files is away: %s", away)
        return Kept(None, (store_away(),))
    if was_underway:
        berth.clear(queries.folder(actor), handed.id)
    told = () if kept.is_repeated else tuple(told_of(looked, handed.name))
    return replace(kept, findings=kept.findings or told)


def remove(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor, *, owner: Owner, right: str, piece: UUID, reason: str, now: datetime, guard: Guard
) -> Finding | None:
    """Take a piece away: nobody sees it any more, its act and its bytes stay for the audit.

    Who took it away and asks again is told the same (an answer may get lost). Refuses (`NotAllowed`) as
    `keep`. Gives what forbids it.
    """
    require(actor, right, region=owner.region, sector=owner.sector, dataset=owner.dataset)
    with writing():
        held = {one.id: one for one in queries.pieces(actor, owner, right=right)}
        found = held.get(piece)
        if found is not None and found.removed is not None and found.removed.actor_id == str(actor.id):
            return None
        if found is None or not found.is_there:
            return gone()
        forbidden = guard()
        if forbidden is not None:
            return forbidden
        row = models.Piece.objects.get(pk=piece)
        said = " ".join(reason.split())[:500]
        record(actor, row=row, piece=found, act=Act.REMOVE, now=now, reason=said)
    return None


def _stored(  # noqa: PLR0913, PLR0917 - the parts of one piece
    actor: Actor, owner: Owner, piece: Piece, looked: Looked, now: datetime, guard: Guard
) -> Kept:
    """Store a piece with its files and its act, unless it was before or something forbids it."""
    before = queries.piece_of_message(actor, piece.id)
    if before is not None:
        return _again(actor, before, piece)
    forbidden = guard()
    if forbidden is None and queries.count_of(actor, owner) >= MOST_PIECES:
        forbidden = too_many()
    if forbidden is not None:
        return Kept(None, (forbidden,))
    settle(actor)
    _lay(actor, piece, looked)
    row = models.Piece(**_columns(piece))
    row.save(force_insert=True)
    record(actor, row=row, piece=piece, act=Act.KEEP, now=now)
    return Kept(piece)


def _lay(actor: Actor, piece: Piece, looked: Looked) -> None:
    for content, name in ((looked.content, piece.digest), (looked.small, piece.small)):
        if content:
            shelf.lay(queries.store(actor), content, name)


def _ended(actor: Actor, upload: UUID) -> bool:
    """Let go of what the actor has under way under the id of a piece that is kept now."""
    ended, _ = models.Upload.objects.filter(pk=upload, actor_id=actor.id).delete()
    return bool(ended)


def _piece(owner: Owner, handed: Handed, caption: str, original: str, looked: Looked) -> Piece:
    return Piece(
        handed.id,
        owner.reference,
        owner.cell,
        named_for(handed.name, looked.kind),
        looked.kind,
        len(looked.content),
        hash_of(looked.content),
        hash_of(looked.small) if looked.small else "",
        original,
        caption,
        looked.width,
        looked.height,
        looked.pages,
        looked.taken_at,
        looked.latitude,
        looked.longitude,
    )


def _columns(piece: Piece) -> dict[str, object]:
    names = (field.attname for field in models.Piece._meta.concrete_fields)  # noqa: SLF001 - Django's
    return {name: getattr(piece, name) for name in names}


def _again(actor: Actor, before: Piece, piece: Piece) -> Kept:
    """Give the answer that this message had; refuse another file, place or person under its id."""
    is_own = before.kept is not None and before.kept.actor_id == str(actor.id)
    said = Said(piece.name, 0, piece.original, piece.caption)
    if is_own and before.owner == piece.owner and is_same(before, said, piece.cell):
        return Kept(before, is_repeated=True)
    return Kept(None, (reused(),))


def settle(actor: Actor) -> None:
    """Move what is kept onto the shelf and take off it what was redacted; only inside `writing`."""
    store = queries.store(actor)
    shelf.settle(store, lambda name: queries.is_named(actor, name))
    for leaving in models.Leaving.objects.all():
        if not queries.is_named(actor, leaving.name):
            shelf.take_off(store, leaving.name)
        leaving.delete()


def record(  # noqa: PLR0913 - keyword-only, the parts of one row
    actor: Actor,
    *,
    row: models.Piece,
    piece: Piece,
    act: Act,
    now: datetime,
    reason: str = "",
    redaction: str = "",
    since: tuple[tuple[int, str], ...] = (),
) -> int:
    """Write an act, chained to the one before it on the same owner; gives its sequence."""
    last = models.Entry.objects.filter(owner=piece.owner).order_by("-number").first()
    link = Link(
        piece.owner,
        last.number + 1 if last else 1,
        act,
        str(piece.id),
        piece.document,
        str(actor.id),
        now,
        reason,
        last.chain_hash if last else GENESIS,
        redaction,
        since,
    )
    return models.Entry.objects.create(
        sequence=next_number(models.Entry),
        owner=link.owner,
        number=link.number,
        act=act.value,
        piece=row,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_function=actor.function,
        made_at=now,
        reason=reason,
        document=link.document,
        previous_hash=link.previous,
        chain_hash=chain_hash(link),
        redaction=redaction,
        since=[list(one) for one in since],
    ).sequence
