"""A piece of evidence is redacted: its file leaves the shelf for ever, and so does what was said of it.

The room of the owner decided it, by two persons, and hands over what the chain shall carry of it. Rows
first, then the file: a kill between leaves the file named as leaving, and the next act takes it off the
shelf.
"""

import logging
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sidara.evidence import models, queries
from sidara.evidence.core import TAKEN_OUT, Act, Owner, StoreAway, chain_hash, gone, without_words
from sidara.evidence.services.keeping import record, settle
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
from sidara.records.writing import writing

_log = logging.getLogger(__name__)


def redact(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor, *, owner: Owner, right: str, piece: UUID, reason: str, redaction: str, now: datetime
) -> int | Finding:
    """Take the words of a piece out of the records and mark its file as leaving; gives the act's sequence.

    Only inside `writing`; `clear_away` follows once that is committed. `redaction` is the hash of all that
    the room of the owner says of it. A piece that was taken away can be redacted, too. Refuses
    (`NotAllowed`) an actor without `right` where the owner lies.
    """
    held = {one.id: one for one in queries.pieces(actor, owner, right=right)}
    found = held.get(piece)
    if found is None or found.redacted is not None:
        return gone()
    row = models.Piece.objects.get(pk=piece)
    mark = models.Redacting.objects.create(piece=row)
    bare = without_words(found)
    words = ("name", "caption", "taken_at", "latitude", "longitude")
    models.Piece.objects.filter(pk=piece).update(**{name: getattr(bare, name) for name in words})
    since = _without_reasons(actor, piece)
    mark.delete()
    models.Leaving.objects.bulk_create(
        [models.Leaving(name=name) for name in (found.digest, found.small) if name], ignore_conflicts=True
    )
    return record(
        actor,
        row=row,
        piece=bare,
        act=Act.REDACT,
        now=now,
        reason=reason,
        redaction=redaction,
        since=since,
    )


def clear_away(actor: Actor, *, owner: Owner, right: str) -> None:
    """Take the files of redacted pieces off the shelf, unless another piece names them.

    Where the store of files does not answer, they stay named as leaving, and the next act takes them off.
    Refuses (`NotAllowed`) as `redact`.
    """
    require(actor, right, region=owner.region, sector=owner.sector, dataset=owner.dataset)
    try:
        with writing():
            settle(actor)
    except StoreAway as fault:
        _log.warning("evidence: files that are to leave are still there: %s", fault)


def _without_reasons(actor: Actor, piece: UUID) -> tuple[tuple[int, str], ...]:
    """Take out why a piece was taken away; gives the hash that the act has since, by number."""
    made = []
    for row in models.Entry.objects.filter(piece=piece).exclude(reason=""):
        link = queries.link_of(actor, row)
        if chain_hash(link) == row.chain_hash:  # what was changed before is still found
            made.append((row.number, chain_hash(replace(link, reason=TAKEN_OUT))))
        models.Entry.objects.filter(pk=row.pk).update(reason=TAKEN_OUT)
    return tuple(made)
