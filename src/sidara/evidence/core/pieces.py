"""Pieces of evidence: what may be kept, what was kept, and the chain over every act.

A piece is a file that was written anew: without place, time and device in a photograph, without programs and
further files in a PDF. What became of it is a chain of acts: kept, taken away, redacted: then its file is
gone and what was said of it, too.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

import rfc8785

from sidara.kernel.clock import stamp
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number
from sidara.kernel.personal import looks_like

LARGEST = 10_000_000
"""Bytes of a file that is handed in."""
MOST_PIXELS = 64_000_000
"""Pixels of a photograph that is handed in."""
LONGEST_SIDE, SMALL_SIDE = 2_560, 320
"""Pixels of the longer side of what is kept, and of its small picture."""
MOST_PAGES = 60
"""Pages of a PDF."""
MOST_PIECES = 40
"""Pieces of one owner."""
LONGEST_NAME, LONGEST_CAPTION = 120, 300
GENESIS = "0" * 64
TAKEN_OUT = "[dihapus]"
"""What stands in the place of what a redaction took out."""
RESTORE = "Pulihkan berkas dan catatan dari cadangan, lalu bandingkan; jangan menyunting isi SIDARA_HOME."


class StoreAway(Exception):  # noqa: N818 - what happened
    """The store of files did not do what it was asked. Says why, for who runs the server."""


class Kind(StrEnum):
    """What a piece is, as its media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"

    @property
    def suffix(self) -> str:
        """The suffix of its name."""
        return {Kind.JPEG: ".jpg", Kind.PNG: ".png", Kind.PDF: ".pdf"}[self]

    @property
    def words(self) -> str:
        """What it is, in Indonesian."""
        return "dokumen PDF" if self is Kind.PDF else "foto"


class Act(StrEnum):
    """What somebody did with a piece."""

    KEEP = "keep"
    REMOVE = "remove"
    REDACT = "redact"


@dataclass(frozen=True, slots=True)
class Owner:
    """To what a piece belongs: a reference string, and where rights about it are asked.

    `cell` names a part of it (a cell: `row|variable|breakdown`), empty = the whole.
    """

    reference: str
    region: str
    sector: str
    dataset: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file after the look: written anew, with its small picture (empty for PDF) and what was told in it.

    `taken_at` and the place are there only where the owner asked to keep them; `left_out`: what was taken
    out.
    """

    content: bytes
    small: bytes
    kind: Kind
    width: int = 0
    height: int = 0
    pages: int = 0
    taken_at: str = ""
    latitude: str = ""
    longitude: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """An act: who did it, in which function, when (UTC), why."""

    act: Act
    actor_id: str
    actor_name: str
    actor_function: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence.

    `original` is the SHA-256 of the file as it was handed in, `digest` of what is kept, `small` of its small
    picture. `redacted`: who took its file out for ever; the hashes stay, as those of what was there.
    """

    id: UUID
    owner: str
    cell: str
    name: str
    kind: Kind
    size: int
    digest: str
    small: str
    original: str
    caption: str
    width: int
    height: int
    pages: int
    taken_at: str
    latitude: str
    longitude: str
    kept: Done | None = None
    removed: Done | None = None
    redacted: Done | None = None

    @property
    def is_there(self) -> bool:
        """Whether it can still be seen."""
        return self.removed is None and self.redacted is None

    @property
    def document(self) -> str:
        """The hash of all that a piece says of itself."""
        return digest(
            {
                "caption": self.caption,
                "cell": self.cell,
                "content": self.digest,
                "height": self.height,
                "id": str(self.id),
                "kind": self.kind.value,
                "latitude": self.latitude,
                "longitude": self.longitude,
                "name": self.name,
                "original": self.original,
                "owner": self.owner,
                "pages": self.pages,
                "size": self.size,
                "small": self.small,
                "taken_at": self.taken_at,
                "width": self.width,
            }
        )


@dataclass(frozen=True, slots=True)
class Link:
    """What is chained of an act. `document` is the hash of the piece.

    Of a redaction also `redaction`, the hash of all that the room of the owner says of it, and `since`: the
    hash that earlier acts on the piece have since, by number, where their reasons were taken out.
    """

    owner: str
    number: int
    act: Act
    piece: str
    document: str
    actor: str
    at: datetime
    reason: str
    previous: str
    redaction: str = ""
    since: tuple[tuple[int, str], ...] = ()


def digest(document: Mapping[str, Any]) -> str:
    """Give the SHA-256 of the canonical JSON of a document."""
    return hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()


def hash_of(content: bytes) -> str:
    """Give the SHA-256 of bytes."""
    return hashlib.sha256(content).hexdigest()


def chain_hash(link: Link) -> str:
    """Give the hash that chains an act to the one before it; of a redaction more of it counts."""
    told = {"redaction": link.redaction, "since": [list(one) for one in link.since]}
    return digest(
        {
            "act": link.act.value,
            "actor": link.actor,
            "at": stamp(link.at),
            "document": link.document,
            "number": link.number,
            "owner": link.owner,
            "piece": link.piece,
            "previous": link.previous,
            "reason": link.reason,
        }
        | {name: one for name, one in told.items() if one}
    )


def without_words(piece: Piece) -> Piece:
    """Give a piece without anything that somebody said of its file, and without place and time."""
    caption = TAKEN_OUT if piece.caption else ""
    name = named_for(TAKEN_OUT, piece.kind)
    return replace(piece, name=name, caption=caption, taken_at="", latitude="", longitude="")


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act as the records have it: what is chained, its hash, the piece as it says itself now."""

    link: Link
    chain_hash: str
    piece: Piece


def faults_of_chain(owner: str, acts: Sequence[Recorded]) -> Iterator[Finding]:
    """Go through the acts on an owner; gives each that does not fit the one before it, or its piece."""
    previous = GENESIS
    redacted = {one.piece.id: one.link.document for one in acts if one.link.act is Act.REDACT}
    before: dict[UUID, str] = {}
    since = {number: made for one in acts for number, made in one.link.since}
    for number, one in enumerate(acts, 1):
        where = f"Bukti {owner}, tindakan {one.link.number}"
        if one.link.number != number:
            yield _fault("EVIDENCE_CHAIN", f"Bukti {owner}: tindakan {number} hilang.", owner)
            return
        if one.link.previous != previous or chain_hash(one.link) != since.get(number, one.chain_hash):
            yield _fault("EVIDENCE_CHAIN", f"{where}: rantainya putus atau catatannya berubah.", owner)
        is_last = one.piece.id not in redacted or one.link.act is Act.REDACT
        said = one.piece.document if is_last else before.setdefault(one.piece.id, one.link.document)
        if said != one.link.document:
            yield _fault(
                "EVIDENCE_CHANGED", f"{where}: catatan berkas berubah sejak disimpan.", str(one.piece.id)
            )
        previous = one.chain_hash


def faults_of_files(pieces: Sequence[Piece], lying: Mapping[str, str]) -> Iterator[Finding]:
    """Hold pieces beside the files that lie on the shelf: their SHA-256 by name.

    The file of a redacted piece may lie there only where another piece names it, too.
    """
    named: set[str] = set()
    left = {name for one in pieces if one.redacted for name in (one.digest, one.small)}
    for one in pieces:
        if one.redacted:
            continue
        where = f"Bukti {one.owner}, {one.name}"
        for want in filter(None, (one.digest, one.small)):
            named.add(want)
            if want not in lying:
                yield _fault("EVIDENCE_FILE_MISSING", f"{where}: berkasnya hilang.", want)
            elif lying[want] != want:
                yield _fault("EVIDENCE_FILE_CHANGED", f"{where}: isi berkasnya berubah.", want)
    for stray in sorted(lying.keys() - named):
        if stray in left:
            yield Finding(
                "EVIDENCE_FILE_LEFT",
                "Ada berkas bukti yang seharusnya sudah hilang, karena datanya dihapus.",
                "Putuskan permintaannya sekali lagi, atau simpan bukti lain: berkasnya lalu ikut dihapus.",
                value=stray,
            )
        else:
            yield _fault("EVIDENCE_FILE_STRAY", "Ada berkas bukti yang catatannya hilang.", stray)


def named_for(name: str, kind: Kind) -> str:
    """Give the name under which a piece is kept: without folders and unseen signs, with its own suffix."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if sign.isprintable() and sign not in '"<>|*?:')
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", seen).strip(" .")[: LONGEST_NAME - 5]
    return (stem or "bukti") + kind.suffix


def faults_of_handed(size: int, name: str, caption: str) -> Iterator[Finding]:
    """Say what forbids a file of so many bytes before anybody looks into it."""
    if not size:
        yield fault("EVIDENCE_EMPTY", name)
    elif size > LARGEST:
        yield too_large(size, name)
    for text in (name, caption):
        what = looks_like(text)
        if what:
            yield Finding(
                "EVIDENCE_NAME_PERSONAL",
                f"Nama atau keterangan berkas memuat angka yang tampak seperti {what}.",
                "Ganti namanya, tanpa data pribadi warga; periksa juga isi berkasnya.",
            )


def too_large(size: int, name: str) -> Finding:
    """Say that a file is too large."""
    most, have = format_number(LARGEST // 1_000_000), format_number(Fraction(size // 100_000, 10), 1)
    return Finding(
        "EVIDENCE_TOO_LARGE",
        f"Berkas {have} MB terlalu besar; paling besar {most} MB.",
        "Foto ulang dengan ukuran lebih kecil, atau pisahkan dokumennya.",
        place=Place(file=_told(name)),
    )


_FAULTS = {
    "EVIDENCE_EMPTY": ("Berkas ini kosong.", "Pilih berkasnya sekali lagi; mungkin belum selesai disalin."),
    "EVIDENCE_KIND": (
        "Isi berkas ini bukan foto (JPEG, PNG, WebP, HEIC) dan bukan PDF, apa pun namanya.",
        "Kirim foto atau PDF; simpan dokumen lain sebagai PDF dahulu.",
    ),
    "EVIDENCE_BROKEN": (
        "Berkas ini rusak atau terpotong, jadi tidak dapat dibuka.",
        "Salin atau foto sekali lagi, lalu kirim ulang.",
    ),
    "EVIDENCE_PIXELS": (
        f"Gambar ini terlalu besar bila dibuka; paling banyak {MOST_PIXELS // 1_000_000} juta titik.",
        "Foto ulang dengan ukuran lebih kecil.",
    ),
    "EVIDENCE_PAGES": (
        f"Dokumen ini terlalu panjang; paling banyak {MOST_PAGES} halaman.",
        "Kirim halaman yang menjadi bukti saja.",
    ),
    "EVIDENCE_LOCKED": ("PDF ini terkunci dengan kata sandi.", "Simpan sekali lagi tanpa kata sandi."),
    "EVIDENCE_HEAVY": (
        "Berkas ini tidak selesai dibuka dalam batas waktu dan ingatan komputer.",
        "Simpan atau foto sekali lagi dengan cara biasa, lalu kirim ulang.",
    ),
}


def is_of_content(code: str) -> bool:
    """Whether a fault lies in the file itself, so that the same file has it whenever it comes."""
    return code in _FAULTS


def fault(code: str, name: str) -> Finding:
    """Say what is wrong with a file, by the code that the look gave."""
    message, remedy = _FAULTS[code]
    return Finding(code, message, remedy, place=Place(file=_told(name)))


def told_of(looked: Looked, name: str) -> Iterator[Finding]:
    """Say what a file was otherwise than it seemed, and what was taken out of it."""
    suffix = re.search(r"\.[A-Za-z0-9]{1,5}$", name)
    usual = {
        Kind.JPEG: {".jpg", ".jpeg", ".webp", ".heic", ".heif"},
        Kind.PNG: {".png", ".webp"},
        Kind.PDF: {".pdf"},
    }[looked.kind]
    if suffix and suffix[0].lower() not in usual:
        yield Finding(
            "EVIDENCE_NAME_OTHER",
            f"Nama berkas berakhiran {suffix[0]}, tetapi isinya {looked.kind.words}.",
            f"Disimpan sebagai {looked.kind.words}; periksa apakah berkas yang benar.",
            Severity.WARNING,
            Place(file=_told(name)),
        )
    if looked.left_out:
        yield Finding(
            "EVIDENCE_CLEANED",
            f"Yang tidak ikut disimpan: {', '.join(looked.left_out)}.",
            "Tidak ada yang perlu Anda lakukan.",
            Severity.INFO,
            Place(file=_told(name)),
        )


def too_many() -> Finding:
    """Say that an owner has as many pieces as it may."""
    return Finding(
        "EVIDENCE_TOO_MANY",
        f"Sudah ada {MOST_PIECES} bukti di sini.",
        "Hapus yang tidak perlu, atau gabungkan menjadi satu PDF.",
    )


def gone() -> Finding:
    """Say that a piece is not there."""
    return Finding("EVIDENCE_GONE", "Bukti ini tidak ada atau sudah dihapus.", "Muat ulang halamannya.")


def store_away() -> Finding:
    """Say that the store of files does not answer."""
    return Finding(
        "EVIDENCE_STORE",
        "Tempat menyimpan berkas bukti sedang tidak menjawab. Tidak ada yang berubah.",
        "Coba lagi beberapa menit lagi; bila tetap begitu, beri tahu pengelola SIDARA.",
    )


def reused() -> Finding:
    """Say that a message id was used for another file."""
    return Finding(
        "MESSAGE_REUSED",
        "Nomor kiriman ini sudah dipakai untuk berkas lain. Tidak ada yang disimpan.",
        "Kirim berkas ini dengan nomor yang baru.",
    )


def _told(name: str) -> str | None:
    """Give a name as a finding repeats it: not where it looks personal."""
    return None if looks_like(name) else name[:LONGEST_NAME] or None


def _fault(code: str, message: str, value: str) -> Finding:
    return Finding(code, message, RESTORE, value=value)
