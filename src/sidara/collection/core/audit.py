"""The audit: everything that the records say of their own past is computed again and held beside it.

Pure: `queries` read the records, these functions find what does not fit. A finding names submission and
revision; what was there before cannot be told from the records, only that it was changed or is missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sidara.collection.core.chain import GENESIS, Leaf, Link, chain_hash, content_hash, root_hash
from sidara.collection.core.redaction import Proof, Redaction, contents_since, reasons_since
from sidara.collection.core.submission import EMPTY, Content, Delta, Key
from sidara.kernel.finding import Finding

RESTORE = "Pulihkan catatan dari cadangan sebelum kejadian, lalu bandingkan; jangan menyunting basis data."


@dataclass(frozen=True, slots=True)
class Past:
    """A revision as the records have it: what is chained, its hash, its form version, its changes."""

    link: Link
    chain_hash: str
    form_version: str
    deltas: tuple[Delta, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A submission as the records have it: its head, present cells, revisions by number, redactions done."""

    uid: str
    named: str
    revision: int
    cells: Mapping[Key, Content]
    past: Sequence[Past]
    redactions: Sequence[Redaction] = ()


@dataclass(frozen=True, slots=True)
class Root:
    """The root of a night: its heads that had moved, its hash, the hash of the root before."""

    day: date
    previous: str
    root_hash: str
    leaves: tuple[Leaf, ...]


def faults_of(one: Recorded) -> Iterator[Finding]:
    """Go through the revisions of a submission; gives each that does not fit, then the present cells."""
    cells: dict[Key, Content] = {}
    previous = GENESIS
    redacted, reasons = contents_since(one.redactions), reasons_since(one.redactions)
    for number, past in enumerate(one.past, 1):
        where = f"{one.named}, revisi {past.link.number}"
        if past.link.number != number:
            yield _fault("REVISION_MISSING", f"{one.named}: revisi {number} hilang.", past.link.submission)
            return
        for delta in past.deltas:
            if cells.get(delta.key, EMPTY) != delta.old:
                yield _fault(
                    "REVISION_CHANGED",
                    f"{where}: isi lama {delta.key.variable} tidak sama dengan isi revisi sebelumnya.",
                    delta.key.variable,
                )
            cells[delta.key] = delta.new
        if past.link.submission != one.uid or past.link.previous != previous:
            yield _fault("CHAIN_BROKEN", f"{where}: rantai ke revisi sebelumnya putus.", past.link.previous)
        if content_hash(past.form_version, cells) != redacted.get(number, past.link.content_hash):
            yield _fault(
                "CONTENT_CHANGED", f"{where}: isinya berubah sejak disimpan.", past.link.content_hash
            )
        if chain_hash(past.link) != reasons.get(number, past.chain_hash):
            yield _fault(
                "REVISION_CHANGED",
                f"{where}: penulis, waktu, pintu, atau alasannya berubah sejak disimpan.",
                past.chain_hash,
            )
        previous = past.chain_hash
    if one.revision != len(one.past):
        yield _fault(
            "REVISION_MISSING",
            f"{one.named}: tercatat {one.revision} revisi, yang ada {len(one.past)}.",
            str(one.revision),
        )
    if {key: one_ for key, one_ in cells.items() if one_ != EMPTY} != {
        key: one_ for key, one_ in one.cells.items() if one_ != EMPTY
    }:
        changed = sorted(
            key.variable
            for key in cells.keys() | one.cells.keys()
            if cells.get(key, EMPTY) != one.cells.get(key, EMPTY)
        )
        yield _fault(
            "CELL_CHANGED",
            f"{one.named}: isi sekarang tidak sama dengan riwayatnya ({', '.join(changed[:5])}).",
            changed[0],
        )


def faults_of_proofs(redactions: Sequence[Redaction], carried: Mapping[UUID, str]) -> Iterator[Finding]:
    """Hold redactions of evidence beside what the chain of the evidence carries of them, by piece."""
    said = {one.about.piece: one.digest for one in redactions if isinstance(one.about, Proof)}
    for piece in sorted(said.keys() | carried.keys()):
        if said.get(piece) != carried.get(piece):
            yield _fault(
                "REDACTION_CHANGED",
                f"Catatan penghapusan data pribadi pada bukti {piece} berubah atau hilang.",
                str(piece),
            )


def faults_of_roots(roots: Sequence[Root], heads: Mapping[tuple[str, int], str]) -> Iterator[Finding]:
    """Go through the nightly roots; `heads` = chain hash of every revision by submission and number.

    A submission that was removed and a tail that was cut are missing among the heads of some night.
    """
    previous = GENESIS
    for root in roots:
        if root.previous != previous or root_hash(root.day, root.previous, root.leaves) != root.root_hash:
            yield _fault("ROOT_CHANGED", f"Akar malam {root.day} berubah sejak dibuat.", root.root_hash)
        previous = root.root_hash
        for leaf in root.leaves:
            found = heads.get((leaf.submission, leaf.number))
            if found is None:
                yield _fault(
                    "HEAD_MISSING",
                    f"Malam {root.day} mencatat revisi {leaf.number} isian {leaf.submission}; kini hilang.",
                    leaf.submission,
                )
            elif found != leaf.chain_hash:
                yield _fault(
                    "HEAD_CHANGED",
                    f"Revisi {leaf.number} isian {leaf.submission} berbeda dari catatan malam {root.day}.",
                    leaf.submission,
                )


def _fault(code: str, message: str, value: str) -> Finding:
    return Finding(code, message, RESTORE, value=value)
