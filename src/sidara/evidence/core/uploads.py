"""Files under way: sent in parts over weak links, put together once all of a file has come.

Parts begin on a grid, so that few of them lie there wherever a device cuts. Words: upload (a file under way),
part, gap (a stretch that has not come).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sidara.evidence.core.pieces import Piece, faults_of_handed, hash_of
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_number

GRAIN = 32_000
"""Bytes from one place where a part may begin to the next."""
PART = 8 * GRAIN
"""Bytes of a part at most."""
MOST_UPLOADS = 5
"""Files of one account that may be under way."""
HELD = timedelta(days=7)
"""How long a file is held after its device asked for it last."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: its bytes from `low` up to, but without, `high`."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a device says of a file before it sends it. `original` is the SHA-256 of the whole."""

    name: str
    size: int
    original: str
    caption: str = ""
    keeps_place: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """A file under way, of one account.

    `is_kept`: all of it came before, and it is a piece of evidence. `fault`: the code of why it can be none.
    """

    id: UUID
    cell: str
    said: Said
    expires_at: datetime
    gaps: tuple[Span, ...]
    is_kept: bool = False
    fault: str = ""

    @property
    def received(self) -> int:
        """How many bytes have come."""
        return self.said.size - sum(one.high - one.low for one in self.gaps)


def gaps_of(size: int, come: Iterable[Span]) -> tuple[Span, ...]:
    """Give what has not come of a file; what came may overlap."""
    found, at = [], 0
    for one in sorted(come):
        if one.low > at:
            found.append(Span(at, one.low))
        at = max(at, one.high)
    if at < size:
        found.append(Span(at, size))
    return tuple(found)


def fresh_in(part: Span, gaps: Sequence[Span]) -> Iterator[Span]:
    """Give the stretches of a part that have not come yet."""
    for gap in gaps:
        low, high = max(part.low, gap.low), min(part.high, gap.high)
        if low < high:
            yield Span(low, high)


def together(size: int, parts: Iterable[tuple[int, bytes]]) -> bytes:
    """Put a file together from its parts, each with the place where it begins; they may overlap."""
    whole = bytearray(size)
    for low, content in parts:
        whole[low : low + len(content)] = content
    return bytes(whole)


def faults_of_said(said: Said) -> Iterator[Finding]:
    """Say what forbids a file before a byte of it is sent."""
    return faults_of_handed(said.size, said.name, said.caption)


def fault_of_part(size: int, part: Span, content: bytes, digest: str) -> Finding | None:
    """Say what is wrong with a part: with its place in a file of that size, or with what came of it."""
    fits = 0 <= part.low < part.high <= size and len(content) <= PART
    if not fits or part.low % GRAIN or (part.high % GRAIN and part.high != size):
        grain, most = format_number(GRAIN), format_number(PART)
        return Finding(
            "UPLOAD_PART_WRONG",
            "Potongan ini tidak pada tempatnya.",
            f"Mulai dan akhiri pada kelipatan {grain} byte (atau ujung berkas), paling panjang {most} byte.",
            value=str(part.low),
        )
    if hash_of(content) != digest:
        return Finding(
            "UPLOAD_PART_BROKEN",
            "Potongan ini berubah di jalan.",
            "Kirim potongan ini sekali lagi.",
            value=str(part.low),
        )
    return None


def is_same(piece: Piece, said: Said, cell: str) -> bool:
    """Whether a piece is what a device says of its file; of a redacted one nobody knows what was said."""
    caption = piece.caption if piece.redacted else said.caption
    return (piece.original, piece.caption, piece.cell) == (said.original, caption, cell)


def upload_gone() -> Finding:
    """Say that a file is not under way."""
    return Finding(
        "UPLOAD_GONE", "Kiriman ini tidak ada, atau sudah dibuang.", "Kirim berkasnya sekali lagi dari awal."
    )


def unfinished(upload: Upload) -> Finding:
    """Say that not all of a file has come."""
    come, size = format_number(upload.received), format_number(upload.said.size)
    return Finding(
        "UPLOAD_UNFINISHED",
        f"Berkas ini belum sampai seluruhnya: {come} dari {size} byte.",
        "Kirim yang belum sampai, lalu simpan.",
    )


def different() -> Finding:
    """Say that what came is not the file that was meant."""
    return Finding(
        "UPLOAD_DIFFERENT",
        "Yang sampai tidak sama dengan berkas di perangkat; mungkin berkasnya berubah selama dikirim.",
        "Pilih berkasnya sekali lagi, lalu kirim ulang.",
    )


def too_many_uploads() -> Finding:
    """Say that an account has as many files under way as it may."""
    return Finding(
        "UPLOAD_TOO_MANY",
        f"Sudah ada {MOST_UPLOADS} berkas Anda yang belum selesai dikirim.",
        "Selesaikan atau buang salah satunya dahulu.",
    )
