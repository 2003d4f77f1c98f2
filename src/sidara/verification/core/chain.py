"""How far a submission has come: acts of people in their order, chained, and the level of each cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from sidara.checks.core import Stage
from sidara.collection.core.chain import GENESIS, digest
from sidara.collection.core.submission import Key
from sidara.kernel.clock import stamp
from sidara.kernel.finding import Finding


class Level(IntEnum):
    """How far a cell has come: how many governments stand for it. A submission has its lowest cell's level.

    4 is the level of what others published (`collection.core.PUBLISHED_LEVEL`).
    """

    DRAFT = -1
    SENT = 0
    ENDORSED = 1
    DISTRICT = 2
    REGENCY = 3
    PROVINCE = 4

    @property
    def words(self) -> str:
        """The level in Indonesian."""
        return _LEVELS[self]

    @property
    def stage(self) -> Stage:
        """How far that is for checks between submissions."""
        if self is Level.DRAFT:
            return Stage.DRAFT
        return Stage.FINAL if self is Level.PROVINCE else Stage.SENT


_LEVELS = {
    Level.DRAFT: "draf",
    Level.SENT: "terkirim, menunggu pengesahan kepala desa",
    Level.ENDORSED: "disahkan kepala desa",
    Level.DISTRICT: "diperiksa kecamatan",
    Level.REGENCY: "diperiksa kabupaten",
    Level.PROVINCE: "final",
}


class Act(StrEnum):
    """What somebody did with a submission."""

    SEND = "send"
    WITHDRAW = "withdraw"
    ENDORSE = "endorse"

    @property
    def level(self) -> Level:
        """The level to which it brings all cells."""
        return {Act.SEND: Level.SENT, Act.WITHDRAW: Level.DRAFT, Act.ENDORSE: Level.ENDORSED}[self]

    @property
    def words(self) -> str:
        """What was done, in Indonesian."""
        return {Act.SEND: "dikirim", Act.WITHDRAW: "ditarik kembali", Act.ENDORSE: "disahkan kepala desa"}[
            self
        ]


@dataclass(frozen=True, slots=True)
class Link:
    """What is chained of an event. `actor` = id of who acted, `at` = server time (UTC)."""

    submission: str
    number: int
    act: Act
    revision: int
    content_hash: str
    actor: str
    at: datetime
    message: str
    reason: str
    is_late: bool
    previous: str = GENESIS


def chain_hash(link: Link) -> str:
    """Give the hash that chains an event to the one before it on the same submission."""
    return digest(
        {
            "act": link.act.value,
            "actor": link.actor,
            "at": stamp(link.at),
            "content": link.content_hash,
            "late": link.is_late,
            "message": link.message,
            "number": link.number,
            "previous": link.previous,
            "reason": link.reason,
            "revision": link.revision,
            "submission": link.submission,
        }
    )


@dataclass(frozen=True, slots=True)
class Event:
    """An act as it is kept; `due_date` is that of the window on that day, `None` where there was none."""

    link: Link
    actor_name: str
    actor_function: str
    due_date: date | None
    chain_hash: str

    @property
    def act(self) -> Act:
        """What was done."""
        return self.link.act


@dataclass(frozen=True)
class Standing:
    """How far a submission has come: its events, the oldest first, and the level of each of its cells.

    `levels` are those given since it was sent or withdrawn the last time: both are about all cells.
    """

    events: Sequence[Event] = ()
    levels: Mapping[Key, Level] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """The level of the submission: the lowest of its cells; that of the last act where it has none."""
        last = self.events[-1].act.level if self.events else Level.DRAFT
        return min(self.levels.values(), default=last)

    @property
    def last_sent(self) -> Event | None:
        """The last time that it was sent, unless it was withdrawn since."""
        found = [one for one in self.events if one.act is Act.SEND]
        return found[-1] if found and self.level > Level.DRAFT else None

    @property
    def is_late(self) -> bool:
        """Whether it was sent after its due day."""
        return self.last_sent is not None and self.last_sent.link.is_late


def faults_of(
    named: str, uid: str, events: Sequence[Event], contents: Mapping[int, str]
) -> Iterator[Finding]:
    """Hold the events of a submission against their chain and against the contents of its revisions."""
    previous = GENESIS
    for number, one in enumerate(events, 1):
        link = one.link
        if link.number != number or link.submission != uid or link.previous != previous:
            yield _fault("EVENT_MISSING", f"{named}: rantai putus pada peristiwa {number}.", one.chain_hash)
        if chain_hash(link) != one.chain_hash:
            yield _fault(
                "EVENT_CHANGED", f"{named}: peristiwa {number} berubah sejak dicatat.", one.chain_hash
            )
        if contents.get(link.revision) != link.content_hash:
            say = f"{named}: peristiwa {number} menyebut isi yang bukan isi revisi {link.revision}."
            yield _fault("EVENT_CONTENT", say, link.content_hash)
        previous = one.chain_hash


def _fault(code: str, message: str, value: str) -> Finding:
    remedy = "Pulihkan catatan dari cadangan sebelum kejadian, lalu bandingkan; jangan menyunting basis data."
    return Finding(code, message, remedy, value=value)
