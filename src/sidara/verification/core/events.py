"""Acts of people on a submission in their order, chained, and where each of its cells stands by them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sidara.collection.core.chain import GENESIS, digest
from sidara.collection.core.submission import Key
from sidara.kernel.clock import stamp
from sidara.kernel.finding import Finding
from sidara.verification.core.chain import DRAFTED, Chain, Position
from sidara.verification.core.levels import Act, Level, Step

WHOLE = Key("", "*", "")
"""In place of a cell: all cells of the submission, those that come later included."""
NONE_LEFT = Key("", "*", "_")
"""In place of a cell: from here on each cell is named by itself, and none stands as all did before."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An event brought a cell (or `WHOLE`) to a level; `reason` says why it was returned."""

    key: Key
    level: Level
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What is chained of an event. `actor` = id of who acted, `at` = server time (UTC).

    `moved` is the hash of where it brought cells; empty for acts of a time that brought all to one level.
    """

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
    step: Step | None = None
    moved: str = ""


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
            **({"step": link.step.value} if link.step else {}),
            **({"moved": link.moved} if link.moved else {}),
        }
    )


def moved_hash(moved: Iterable[Moved]) -> str:
    """Give the hash of where an event brought cells, and why."""
    rows = sorted([*one.key.flat().values(), int(one.level), one.reason] for one in moved)
    return digest({"moved": rows})


_BEFORE = {Act.SEND: Level.SENT, Act.WITHDRAW: Level.DRAFT, Act.ENDORSE: Level.ENDORSED}
"""Where an act brought all cells of a submission while no hash was kept of it."""


@dataclass(frozen=True, slots=True)
class Event:
    """An act as it is kept. `due_date`: until when it was due, for a return until when it is to be mended."""

    link: Link
    actor_name: str
    actor_function: str
    due_date: date | None
    chain_hash: str
    is_whole: bool = True

    @property
    def act(self) -> Act:
        """What was done."""
        return self.link.act

    @property
    def sets_all(self) -> bool:
        """Whether it says by itself where all cells stand; accepting also asks who has accepted before."""
        return self.is_whole and self.act is not Act.ACCEPT


@dataclass(frozen=True)
class Standing:
    """How far a submission has come: its events, the oldest first, and where each of its cells stands.

    `whole` is the position of every cell that `cells` does not name; `None` where it names all of them.
    `reasons` say why cells were returned, those that are not sent again yet; `returns` why each one was
    returned last, sent again or not.
    """

    events: Sequence[Event] = ()
    whole: Position | None = None
    cells: Mapping[Key, Position] = field(default_factory=dict)
    reasons: Mapping[Key, str] = field(default_factory=dict)
    returns: Mapping[Key, str] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """The level of the submission: the lowest of its cells."""
        return min((one.level for one in self.positions), default=Level.DRAFT)

    @property
    def positions(self) -> frozenset[Position]:
        """Where its cells stand, each position once."""
        return frozenset(self.cells.values()) | ({self.whole} if self.whole else frozenset())

    def every(self, stored: Iterable[Key]) -> frozenset[Key]:
        """Give all cells of the submission: those that are `stored`, and those that were only returned."""
        return frozenset(stored) | self.cells.keys()

    def knowing(self, own: Mapping[Key, Collection[Key]]) -> "Standing":
        """Give the same with the own cells of lists and rows, each where the lowest it stands for is.

        Those that an act named, or that stand as all do, are known without.
        """
        if self.whole is not None:
            return self
        lowest = {
            key: min((self.at(one) for one in cells), key=lambda one: (one.level, len(one.accepted)))
            for key, cells in own.items()
            if cells and key not in self.cells
        }
        return replace(self, cells={**self.cells, **lowest}) if lowest else self

    def at(self, key: Key) -> Position:
        """Say where a cell stands."""
        return self.cells.get(key) or self.whole or DRAFTED

    @property
    def is_verified(self) -> bool:
        """Whether somebody above the village has accepted or returned some of it."""
        return any(one.act in {Act.ACCEPT, Act.RETURN} for one in self.events)

    @property
    def is_opened(self) -> bool:
        """Whether it was sent, and cells were opened again that are not sent since."""
        return self.level is Level.DRAFT and self.last_act in {Act.RETURN, Act.CORRECT}

    @property
    def last_act(self) -> Act | None:
        """The last act but those that stand beside open cells: accepting and endorsing others."""
        rest = (one.act for one in reversed(self.events))
        return next((act for act in rest if act not in {Act.ACCEPT, Act.ENDORSE}), None)

    @property
    def is_returned(self) -> bool:
        """Whether a verifier returned cells that are not sent again yet."""
        return any(one.is_returned for one in self.positions)

    def waiting(self, chain: Chain) -> frozenset[Step]:
        """Say who has to stand for some of its cells next."""
        return frozenset(step for one in self.positions for step in chain.waiting(one))

    def drafted(self, keys: Iterable[Key]) -> frozenset[Key]:
        """Give those of `keys` that may be changed: nobody sent them, or they were opened again."""
        return frozenset(key for key in keys if self.at(key).level is Level.DRAFT)

    @property
    def last_sent(self) -> Event | None:
        """The last time that it was sent as a whole, unless it was withdrawn since."""
        for one in reversed(self.events):
            if one.act is Act.WITHDRAW:
                return None
            if one.act is Act.SEND and one.is_whole:
                return one
        return None

    @property
    def first_sent(self) -> Event | None:
        """The first time that it was sent, since it was withdrawn: what came later only mends it."""
        first = None
        for one in self.events:
            if one.act is Act.WITHDRAW:
                first = None
            elif one.act is Act.SEND and first is None:
                first = one
        return first

    @property
    def is_late(self) -> bool:
        """Whether it was sent after its due day."""
        return self.first_sent is not None and self.first_sent.link.is_late

    @property
    def mend_by(self) -> date | None:
        """Until when returned cells are to be mended, the earliest day; `None` where none is returned."""
        days = []
        for one in reversed(self.events):
            if one.act is Act.SEND:
                break
            if one.act is Act.RETURN and one.due_date:
                days.append(one.due_date)
        return min(days, default=None)


def after(before: Standing, event: Event, moved: Iterable[Moved]) -> Standing:
    """Say how a submission stands after an event and what it moved."""
    whole, cells, reasons = before.whole, dict(before.cells), dict(before.reasons)
    returns = dict(before.returns)
    for one in moved:
        if one.key == NONE_LEFT:
            whole = None
        elif one.key == WHOLE:
            alike = next(iter(before.positions), DRAFTED)
            whole, cells, reasons = _moved_to(alike, event.link, one), {}, {}
        else:
            cells[one.key] = _moved_to(before.at(one.key), event.link, one)
        reasons.pop(one.key, None)
        if one.reason:
            reasons[one.key] = returns[one.key] = one.reason
    return Standing((*before.events, event), whole, cells, reasons, returns)


def _moved_to(before: Position, link: Link, moved: Moved) -> Position:
    if moved.level is before.level is not Level.DRAFT:
        stands = {link.step} if link.act is Act.ACCEPT and link.step else set()
        return Position(moved.level, before.accepted | stands)
    return Position(moved.level, is_returned=bool(moved.reason) and link.act is Act.RETURN)


def standing_of(events: Sequence[Event], moved: Mapping[int, Sequence[Moved]]) -> Standing:
    """Say how a submission stands by its events, the oldest first, and what each moved, by its number.

    Those before the last event that sets all cells need not be given.
    """
    made = Standing()
    for one in events:
        made = after(made, one, moved.get(one.link.number, ()))
    return made


def faults_of(
    named: str,
    uid: str,
    events: Sequence[Event],
    contents: Mapping[int, str],
    moved: Mapping[int, Sequence[Moved]],
) -> Iterator[Finding]:
    """Hold the events of a submission against their chain, their cells and the contents of its revisions."""
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
        if not _brought(one, moved.get(link.number, ())):
            say = f"{named}: tingkat sel pada peristiwa {number} berubah atau hilang sejak dicatat."
            yield _fault("EVENT_CELLS", say, one.chain_hash)
        previous = one.chain_hash


def _brought(event: Event, moved: Sequence[Moved]) -> bool:
    """Whether cells are where an event brought them, all of them alike where it says so."""
    if not event.link.moved:
        return {one.level for one in moved} == {_BEFORE.get(event.act)}
    is_whole = [one.key for one in moved] == [WHOLE]
    return moved_hash(moved) == event.link.moved and is_whole == event.is_whole


def _fault(code: str, message: str, value: str) -> Finding:
    remedy = "Pulihkan catatan dari cadangan sebelum kejadian, lalu bandingkan; jangan menyunting basis data."
    return Finding(code, message, remedy, value=value)
