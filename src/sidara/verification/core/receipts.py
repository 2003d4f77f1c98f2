"""Receipts: a village without a link hands its file over at the kecamatan, and that day counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sidara.collection.core.answering import tidy
from sidara.collection.core.chain import digest
from sidara.collection.core.submission import Source
from sidara.dictionary.core import Opening
from sidara.kernel.clock import local_date, stamp
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_date, format_moment, format_number
from sidara.kernel.period import Period
from sidara.verification.core.events import Standing
from sidara.verification.core.levels import Act, Level
from sidara.verification.core.minutes import code_of

DOORS = {
    Source.TAKE_AWAY: "berkas hasil formulir HTML",
    Source.EXCEL: "buku kerja Excel",
    Source.PAPER: "formulir kertas",
    Source.CSV: "berkas CSV",
}
"""The doors by which something is handed over, in Indonesian."""
SHORTEST_NAME, LONGEST_NAME = 3, 200
SHORTEST_REASON, LONGEST_REASON = 5, 2_000
"""Characters by which a person is named, and of a reason that somebody can work with."""


BY_RECEIPT = "(tanda terima "
"""Stands in the reason of a sending whose day is that of a receipt, before its code."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a village handed over, as it is told: when (UTC), by whom, by which door, which file.

    `file_hash` is its SHA-256 in hexadecimal digits, empty for paper.
    """

    handed_at: datetime
    brought_by: str
    door: Source
    file_name: str = ""
    file_hash: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form and period that a receipt is about, with its name of that day."""

    code: str
    name: str
    period: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as it is kept: the `number`-th of its kecamatan, chained to the one before it.

    Regions are told by code and name of that day, who took it in by id, name and function.
    """

    number: int
    district: str
    district_name: str
    region: str
    region_name: str
    dataset: str
    forms: Sequence[Form]
    brought: Brought
    actor: str
    actor_name: str
    actor_function: str
    made_at: datetime
    previous: str

    @property
    def content_hash(self) -> str:
        """The hash over everything that the receipt says, and over the one before it."""
        one = self.brought
        return digest(
            {
                "actor": [self.actor, self.actor_name, self.actor_function],
                "at": stamp(self.made_at),
                "brought": [one.brought_by, one.door.value, one.file_name, one.file_hash],
                "dataset": self.dataset,
                "district": [self.district, self.district_name],
                "forms": sorted([form.code, form.name, form.period] for form in self.forms),
                "handed": stamp(one.handed_at),
                "number": self.number,
                "previous": self.previous,
                "region": [self.region, self.region_name],
            }
        )

    @property
    def code(self) -> str:
        """The code by which anybody checks it: twelve signs of the hash."""
        return code_of(self.content_hash)

    @property
    def days_back(self) -> int:
        """How many days after the handing over it was recorded."""
        return (local_date(self.made_at) - local_date(self.brought.handed_at)).days


@dataclass(frozen=True, slots=True)
class Claim:
    """A form that a receipt is to be about, with what decides about it: its days, how far it has come."""

    form: Form
    period: Period
    opening: Opening | None
    held: Standing


def receiving(
    brought: Brought, claims: Sequence[Claim], *, now: datetime, longest_back: int
) -> Iterator[Finding]:
    """Say everything that holds back recording a receipt."""
    if not _says(brought.brought_by, SHORTEST_NAME, LONGEST_NAME):
        yield Finding(
            "RECEIPT_BRINGER", "Yang menyerahkan belum disebut.", "Tulis nama dan jabatan yang menyerahkan."
        )
    if not claims:
        yield Finding(
            "RECEIPT_NOTHING", "Belum ada formulir yang dipilih.", "Pilih formulir yang diserahkan."
        )
    if brought.handed_at > now:
        say = f"{moment(brought.handed_at)} belum tiba."
        yield Finding("RECEIPT_FUTURE", say, "Tulis hari dan jam penyerahannya yang sebenarnya.")
    elif (local_date(now) - local_date(brought.handed_at)).days > longest_back:
        days = format_number(longest_back)
        say = f"Penyerahan {format_date(local_date(brought.handed_at))} sudah lebih dari {days} hari lalu."
        remedy = "Tanda terima yang selambat itu tidak dicatat; minta walidata memperpanjang masa pengisian."
        yield Finding("RECEIPT_OLD", say, remedy)
    for one in claims:
        yield from _claimed(brought, one)


def _claimed(brought: Brought, one: Claim) -> Iterator[Finding]:
    begins = one.opening.opens_date if one.opening else one.period.first_day
    named = f"{one.form.name}, {one.form.period}"
    if local_date(brought.handed_at) < begins:
        say = f"{named}: baru diterima mulai {format_date(begins)}."
        yield Finding("RECEIPT_EARLY", say, "Periksa hari penyerahan dan periodenya.", value=one.form.code)
    if one.held.level > Level.DRAFT:
        say = f"{named}: sudah {one.held.level.words}."
        remedy = "Tanda terima dicatat sebelum isian dikirim; sesudahnya hari kirimnya yang berlaku."
        yield Finding("RECEIPT_SENT", say, remedy, value=one.form.code)
    elif (sent := sent_without(one.held)) is not None and brought.handed_at < sent:
        say = f"{named}: sudah pernah dikirim {moment(sent)} tanpa tanda terima."
        remedy = "Tanda terima dicatat sebelum isian dikirim; hari kirim yang pertama tetap berlaku."
        yield Finding("RECEIPT_SENT", say, remedy, value=one.form.code)
    since = opened_at(one.held)
    if since is not None and brought.handed_at < since:
        say = f"{named}: baru dibuka kembali {moment(since)}."
        yield Finding("RECEIPT_EARLY", say, "Periksa hari dan jam penyerahannya.", value=one.form.code)


def opened_at(held: Standing) -> datetime | None:
    """Say when a submission was opened again that was sent before; what was handed over earlier is over."""
    if not held.is_opened:
        return None
    acts = (one for one in reversed(held.events) if one.act in {Act.RETURN, Act.CORRECT})
    return next((one.link.at for one in acts), None)


def sent_without(held: Standing) -> datetime | None:
    """Say when a submission was first sent without a receipt, since it was opened again if it was.

    Withdrawing the sending does not undo that: a receipt of an earlier day must not make it on time.
    """
    found = None
    for event in held.events:
        if event.act in {Act.RETURN, Act.CORRECT}:
            found = None
        elif event.act is Act.SEND and BY_RECEIPT not in event.link.reason:
            found = found or event.link.at
    return found


def withdrawing_receipt(reason: str, *, is_withdrawn: bool, counted: Sequence[str]) -> Iterator[Finding]:
    """Say what holds back withdrawing a receipt; `counted` are the forms that were sent by its day."""
    if is_withdrawn:
        yield Finding(
            "RECEIPT_WITHDRAWN", "Tanda terima ini sudah dibatalkan.", "Tidak ada yang perlu dilakukan."
        )
    if not _says(reason, SHORTEST_REASON, LONGEST_REASON):
        yield Finding("RECEIPT_REASON", "Pembatalan memerlukan alasan.", "Tulis apa yang keliru.")
    if counted:
        say = f"Harinya sudah dipakai: {', '.join(counted)} terkirim dengan tanda terima ini."
        yield Finding("RECEIPT_COUNTED", say, "Minta pengirimnya menarik kiriman itu dahulu.")


def on_time_by(handed_at: datetime, code: str) -> str:
    """Say by which receipt the day of a sending counts, in the words that its event keeps."""
    return f"diterima kecamatan {moment(handed_at)} {BY_RECEIPT}{code})"


def moment(at: datetime) -> str:
    """Write day and hour in Jakarta."""
    return f"{format_moment(at)} WIB"


def counting_day(sent: date, handed_at: datetime | None) -> date:
    """Give the day that decides whether a sending is late: the earlier one of receipt and sending."""
    return sent if handed_at is None else min(sent, local_date(handed_at))


def _says(text: str, least: int, most: int) -> bool:
    said = tidy(text)
    return said is not None and least <= len(said) <= most
