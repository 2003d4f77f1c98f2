"""What may be sent, withdrawn and endorsed: everything that holds it back, each with its remedy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sidara.dictionary.core import Opening
from sidara.dictionary.core import Standing as Days
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_date, format_moment, format_number
from sidara.verification.core.events import Standing
from sidara.verification.core.levels import Level

_RELOAD = "Muat ulang halaman ini, periksa isinya, lalu ulangi."


@dataclass(frozen=True, slots=True)
class Sending:
    """A submission that somebody wants to send: as it stands, and the revision that the sender saw."""

    revision: int
    seen: int
    level: Level
    blocking: int
    conflicts: int
    opening: Opening | None = None
    days: Days | None = None


def sending(one: Sending) -> Iterator[Finding]:
    """Say everything that holds back sending."""
    if one.revision == 0:
        yield Finding("SEND_NOTHING", "Formulir ini belum diisi.", "Isi formulirnya dahulu, lalu kirim.")
        return
    if one.level > Level.DRAFT:
        say = f"Formulir ini sudah {one.level.words}."
        yield Finding(
            "SEND_ALREADY", say, "Tidak perlu mengirim lagi; tarik kembali bila isinya perlu diubah."
        )
        return
    if one.seen != one.revision:
        say = f"Isian berubah sejak Anda membukanya (revisi {one.seen}, kini {one.revision})."
        yield Finding("SEND_MOVED", say, _RELOAD, value=str(one.seen))
    yield from _window(one)
    if one.conflicts:
        say = f"{format_number(one.conflicts)} sel mempunyai dua isi yang berbeda."
        yield Finding("SEND_CONFLICTS", say, "Pilih isi yang benar pada tiap sel itu, lalu kirim.")
    if one.blocking:
        say = f"{format_number(one.blocking)} hal menahan pengiriman."
        remedy = "Betulkan galatnya, dan beri penjelasan pada tiap peringatan, lalu kirim."
        yield Finding("SEND_BLOCKED", say, remedy, value=str(one.blocking))


def decided_on_device(at: datetime | None) -> str:
    """Say when a sending was decided that waited for a link, in the words that its event keeps."""
    if at is None:
        return "diputuskan di perangkat, yang jamnya salah"
    return f"diputuskan di perangkat {format_moment(at)} menurut jam perangkat"


def _window(one: Sending) -> Iterator[Finding]:
    """Say whether the window of the form takes it today."""
    if one.opening is None or one.days is None or one.days.takes_sent:
        return
    if one.days is Days.NOT_YET:
        say = f"Formulir ini baru dapat dikirim mulai {format_date(one.opening.opens_date)}."
        yield Finding(
            "WINDOW_NOT_OPEN", say, "Isian Anda tersimpan sebagai draf; kirim pada hari itu atau sesudahnya."
        )
    else:
        say = f"Penerimaan formulir ini berakhir {format_date(one.opening.late_until)}."
        remedy = "Isian Anda tersimpan sebagai draf; minta walidata memperpanjang masa pengisian desa Anda."
        yield Finding("WINDOW_CLOSED", say, remedy)


def withdrawing(held: Standing, actor_id: str) -> Iterator[Finding]:
    """Say what holds back withdrawing: only the sender may, and only before the first verification."""
    sent = held.last_sent
    if sent is None:
        yield Finding(
            "WITHDRAW_NOT_SENT", "Formulir ini tidak sedang terkirim.", "Isinya dapat langsung diubah."
        )
    elif held.is_verified:
        say = "Formulir ini sudah dilihat pemeriksa, jadi tidak dapat ditarik."
        yield Finding("WITHDRAW_VERIFIED", say, "Minta pemeriksa mengembalikan sel yang perlu diubah.")
    elif sent.link.actor != actor_id:
        say = f"Formulir ini dikirim oleh {sent.actor_name}; hanya pengirimnya yang dapat menariknya."
        yield Finding("WITHDRAW_OTHER", say, "Minta pengirimnya menariknya kembali.")


def endorsing(held: Standing, seen: str, content: str) -> Iterator[Finding]:
    """Say what holds back endorsing: `seen` is the hash of the content that the head of the village saw.

    `content` is that of what was sent, as it is now: a redaction changes it.
    """
    if held.last_sent is None:
        yield Finding(
            "ENDORSE_NOT_SENT", "Formulir ini belum dikirim oleh operator.", "Minta operator mengirimnya."
        )
    elif held.level is Level.DRAFT:
        say = "Beberapa sel dikembalikan dan belum dikirim lagi oleh operator."
        yield Finding("ENDORSE_OPEN", say, "Tunggu operator membetulkan dan mengirimnya, lalu sahkan.")
    elif held.level >= Level.ENDORSED:
        yield Finding(
            "ENDORSE_ALREADY", f"Formulir ini sudah {held.level.words}.", "Tidak ada yang perlu dilakukan."
        )
    elif content != seen:
        yield Finding("ENDORSE_MOVED", "Isi yang terkirim bukan isi yang Anda lihat.", _RELOAD, value=seen)
