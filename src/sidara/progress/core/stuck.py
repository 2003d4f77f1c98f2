"""Who holds up the collection and why: a village that owes forms, or a step that lets them lie."""

from dataclasses import dataclass
from enum import StrEnum

from sidara.progress.core.content import Limits
from sidara.verification.core import Step


class Reason(StrEnum):
    """Why forms do not go on, the one that explains most first."""

    NO_OFFICER = "no_officer"
    NO_LINK = "no_link"
    NOT_UNDERSTOOD = "not_understood"
    RETURNED = "returned"
    UNFINISHED = "unfinished"
    NOT_BEGUN = "not_begun"
    WAITING = "waiting"

    @property
    def words(self) -> str:
        """The reason in Indonesian."""
        return _REASONS[self]


_REASONS = {
    Reason.NO_OFFICER: "Tidak ada operator, atau akunnya tidak aktif",
    Reason.NO_LINK: "Tidak ada sinyal, berkas dibawa ke kecamatan",
    Reason.NOT_UNDERSTOOD: "Formulir belum dipahami, banyak kesalahan",
    Reason.RETURNED: "Dikembalikan, belum dibetulkan",
    Reason.UNFINISHED: "Sudah dimulai, belum selesai",
    Reason.NOT_BEGUN: "Belum dimulai, tanpa alasan tercatat",
    Reason.WAITING: "Menunggu pemeriksa, lebih lama dari batas",
}


@dataclass(frozen=True, slots=True)
class Owed:
    """What a village owes: forms that were due and did not come (`overdue`), or are being mended.

    `begun` of them were begun, `mending` wait for cells to be mended; `errors` and `returns` are the most of
    one form; `first_due` is the first day since when (`None` where it owes nothing).
    """

    forms: int
    overdue: int
    begun: int
    mending: int
    errors: int
    returns: int
    first_due: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a village: whether it has no link at all, whether anybody there may fill in.

    `has_officer` is `None` where nobody keeps accounts, as for example villages.
    """

    has_no_link: bool = False
    has_officer: bool | None = None


@dataclass(frozen=True, slots=True)
class Stuck:
    """Forms that lie in one hand: that of the village (`step` is `None`) or a step of the chain.

    `days` is how long: since the first due day, or since the first came into these hands.
    """

    region_id: int
    step: Step | None
    reason: Reason
    forms: int
    days: int


def reason_of(owed: Owed, known: Known, limits: Limits) -> Reason:
    """Say why a village owes forms, by what the records know."""
    if known.has_officer is False:
        return Reason.NO_OFFICER
    if known.has_no_link and owed.mending < owed.forms:
        return Reason.NO_LINK
    if owed.errors >= limits.errors or owed.returns >= limits.returns:
        return Reason.NOT_UNDERSTOOD
    if owed.mending:
        return Reason.RETURNED
    return Reason.UNFINISHED if owed.begun else Reason.NOT_BEGUN
