"""Reads of `evidence`: pieces of an owner, their bytes, files under way, and the audit.

The owner's room decided by which right its evidence is read; it names right, region, sector and data set.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from sidara.evidence import models
from sidara.evidence.core import (
    Act,
    Done,
    Kind,
    Link,
    Owner,
    Piece,
    Recorded,
    Said,
    StoreAway,
    Upload,
    faults_of_chain,
    faults_of_files,
    gaps_of,
    store_away,
)
from sidara.evidence.core.address import Address
from sidara.evidence.formats import berth, shelf
from sidara.evidence.formats.bucket import Bucket
from sidara.evidence.formats.folder import Folder
from sidara.evidence.formats.store import Store
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
from sidara.records.writing import reading

AUDIT = "evidence.audit"


def pieces(actor: Actor, owner: Owner, *, right: str) -> tuple[Piece, ...]:
    """Give the pieces of an owner, those that were taken away too, in the order in which they came.

    Refuses (`NotAllowed`) an actor without `right` where the owner lies. `owner.cell` is not looked at.
    """
    require(actor, right, region=owner.region, sector=owner.sector, dataset=owner.dataset)
    return _pieces(owner.reference)


def piece_file(
    actor: Actor, owner: Owner, piece: UUID, *, right: str, is_small: bool = False
) -> tuple[Piece, BinaryIO] | None:
    """Open the file of a piece of an owner, or its small picture; `None` where there is none any more.

    Raises `StoreAway` where the store of files does not answer. Refuses (`NotAllowed`) as `pieces`.
    """
    found = next((one for one in pieces(actor, owner, right=right) if one.id == piece), None)
    if found is None or not found.is_there:
        return None
    name = found.small if is_small else found.digest
    content = shelf.opened(store(actor), name) if name else None
    return None if content is None else (found, content)


def uploads(actor: Actor, owner: Owner, *, right: str) -> tuple[Upload, ...]:
    """Give the files that the actor has under way to an owner, the oldest first.

    Refuses (`NotAllowed`) as `pieces`.
    """
    require(actor, right, region=owner.region, sector=owner.sector, dataset=owner.dataset)
    rows = models.Upload.objects.filter(owner=owner.reference, actor_id=actor.id, fault="")
    return tuple(_upload(actor, row) for row in rows.order_by("begun_at", "pk"))


def upload(actor: Actor, owner: Owner, upload: UUID, *, right: str) -> Upload | None:
    """Give a file that the actor has under way to an owner; `None` where it is not.

    Refuses (`NotAllowed`) as `pieces`.
    """
    require(actor, right, region=owner.region, sector=owner.sector, dataset=owner.dataset)
    row = models.Upload.objects.filter(pk=upload, owner=owner.reference, actor_id=actor.id).first()
    return None if row is None else _upload(actor, row)


def folder(actor: Actor) -> Path:  # noqa: ARG001 - as every query
    """Give the folder of files, at least of those under way, for the services of this room."""
    return Path(settings.SIDARA_HOME) / shelf.FOLDER


def store(actor: Actor) -> Store:
    """Give where files that are kept lie, for the services of this room."""
    place: Address | None = settings.SIDARA_EVIDENCE
    return _bucket(place) if place else Folder(folder(actor))


@lru_cache(maxsize=4)
def _bucket(place: Address) -> Bucket:
    """Give a bucket, once a process: its links are kept."""
    return Bucket(place.bucket, place.prefix)


def refuse_away(actor: Actor) -> None:
    """Ask whether files can be kept where the settings say. Refuses (`ImproperlyConfigured`) where not.

    Only a bucket is asked. Refuses (`NotAllowed`) an actor without `evidence.audit`.
    """
    require(actor, AUDIT)
    found = store(actor)
    try:
        if isinstance(found, Bucket):
            found.reach()
    except StoreAway as fault:
        raise ImproperlyConfigured(
            f"Penyimpanan objek di SIDARA_EVIDENCE tidak menjawab sebagaimana mestinya ({fault}). Periksa "
            "nama ember, AWS_ENDPOINT_URL, kunci dan wilayahnya, lalu jalankan lagi."
        ) from fault


def is_named(actor: Actor, name: str) -> bool:  # noqa: ARG001 - as every query
    """Whether a piece that was not redacted names a file, for the services of this room."""
    named = models.Piece.objects.filter(Q(digest=name) | Q(small=name))
    return named.exclude(entries__act=Act.REDACT).exists()


def owners_of_same(actor: Actor, owner: Owner, piece: UUID, *, right: str) -> tuple[str, ...]:
    """Give the owners of other pieces that are the same file and were not redacted; perhaps the owner itself.

    Refuses (`NotAllowed`) as `pieces`.
    """
    found = next((one for one in pieces(actor, owner, right=right) if one.id == piece), None)
    if found is None:
        return ()
    same = models.Piece.objects.filter(digest=found.digest).exclude(pk=piece)
    same = same.exclude(entries__act=Act.REDACT)
    return tuple(same.order_by("owner").values_list("owner", flat=True).distinct())


def redactions(actor: Actor, *, right: str) -> dict[UUID, str]:
    """Give what the chain carries of each redaction, by piece. Refuses (`NotAllowed`) without `right`."""
    require(actor, right)
    return dict(models.Entry.objects.filter(act=Act.REDACT).values_list("piece_id", "redaction"))


def count_of(actor: Actor, owner: Owner) -> int:  # noqa: ARG001 - as every query
    """Give how many pieces an owner has, for the services of this room."""
    acts = models.Entry.objects.filter(owner=owner.reference)
    gone = acts.filter(act__in=(Act.REMOVE, Act.REDACT)).values("piece").distinct()
    return acts.filter(act=Act.KEEP).count() - gone.count()


def piece_of_message(actor: Actor, message_id: UUID) -> Piece | None:  # noqa: ARG001 - as every query
    """Give the piece that a message made before, for the services of this room."""
    row = models.Piece.objects.filter(pk=message_id).first()
    return None if row is None else next(one for one in _pieces(row.owner) if one.id == message_id)


def link_of(actor: Actor, row: models.Entry) -> Link:  # noqa: ARG001 - as every query
    """Give what is chained of an act, for the services of this room."""
    return Link(
        row.owner,
        row.number,
        Act(row.act),
        str(row.piece_id),
        row.document,
        str(row.actor_id),
        row.made_at,
        row.reason,
        row.previous_hash,
        row.redaction,
        tuple((number, made) for number, made in row.since),
    )


def audit(actor: Actor) -> Iterator[Finding]:
    """Hold every act against its chain, every piece against its file, every file against its piece.

    Keeps nobody from saving: what comes meanwhile is left for the next audit.
    Refuses (`NotAllowed`) an actor without `evidence.audit`.
    """
    require(actor, AUDIT)
    acts: dict[str, list[Recorded]] = {}
    with reading():
        for row in models.Entry.objects.select_related("piece").order_by("owner", "number"):
            acts.setdefault(row.owner, []).append(_recorded(actor, row))
        held = _all()
    for owner, recorded in acts.items():
        yield from faults_of_chain(owner, recorded)
    known = {one.piece.id for recorded in acts.values() for one in recorded}
    for one in held:
        if one.id not in known:
            yield Finding(
                "EVIDENCE_CHAIN",
                f"Bukti {one.owner}, {one.name}: tindakan yang menyimpannya hilang.",
                value=str(one.id),
            )
    own = {name for one in held for name in (one.digest, one.small)}
    lying = shelf.lying(store(actor), lambda name: is_named(actor, name))
    try:
        found = {name: made for name, made in lying if name in own or not is_named(actor, name)}
    except StoreAway:
        yield store_away()
        return
    redacted = {one.id: one.redacted for one in _all() if one.redacted}
    held = [replace(one, redacted=redacted.get(one.id)) for one in held]  # also what was redacted meanwhile
    yield from faults_of_files(held, found)


def _all() -> list[Piece]:
    """Give all pieces, by owner, with their redaction only."""
    acts = models.Entry.objects.filter(act=Act.REDACT)
    redacted = {row.piece_id: _done(row) for row in acts}
    rows = models.Piece.objects.order_by("owner")
    return [replace(_piece(row), redacted=redacted.get(row.pk)) for row in rows]


def _pieces(owner: str) -> tuple[Piece, ...]:
    found: dict[UUID, Piece] = {}
    for row in models.Entry.objects.filter(owner=owner).select_related("piece").order_by("sequence"):
        held = found.get(row.piece_id) or _piece(row.piece)
        done = _done(row)
        found[row.piece_id] = replace(
            held,
            kept=done if done.act is Act.KEEP else held.kept,
            removed=done if done.act is Act.REMOVE else held.removed,
            redacted=done if done.act is Act.REDACT else held.redacted,
        )
    return tuple(found.values())


def _done(row: models.Entry) -> Done:
    return Done(Act(row.act), str(row.actor_id), row.actor_name, row.actor_function, row.made_at, row.reason)


def _piece(row: models.Piece) -> Piece:
    return Piece(
        row.id,
        row.owner,
        row.cell,
        row.name,
        Kind(row.kind),
        row.size,
        row.digest,
        row.small,
        row.original,
        row.caption,
        row.width,
        row.height,
        row.pages,
        row.taken_at,
        row.latitude,
        row.longitude,
    )


def _upload(actor: Actor, row: models.Upload) -> Upload:
    gaps = gaps_of(row.size, berth.spans(folder(actor), row.id))
    said = Said(row.name, row.size, row.original, row.caption, row.keeps_place)
    return Upload(row.id, row.cell, said, row.expires_at, gaps, fault=row.fault)


def _recorded(actor: Actor, row: models.Entry) -> Recorded:
    return Recorded(link_of(actor, row), row.chain_hash, _piece(row.piece))
