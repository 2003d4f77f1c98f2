"""Commands of `verification`: an operator sends and withdraws, the head of the village endorses.

Each is named by its author's message id: the same message again gets the answer that was given. A decision,
the levels that it brings and the lock of the cells are written in one transaction, or none of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sidara.collection import queries as collection
from sidara.collection import services as locks
from sidara.collection.core.answering import form_unknown, region_unknown
from sidara.collection.core.chain import GENESIS
from sidara.collection.core.judged import Judged, Told
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Opening
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.records.bulk import insert_records
from sidara.records.cursors import pipelined
from sidara.records.prepared import insert
from sidara.records.writing import next_number, writing
from sidara.regions import queries as regions
from sidara.verification import models, queries
from sidara.verification.core import (
    Act,
    Event,
    Level,
    Link,
    Sending,
    Standing,
    chain_hash,
    endorsing,
    sending,
    withdrawing,
)

SEND, WITHDRAW, ENDORSE = "verification.send", "verification.withdraw", "verification.endorse"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act: done or not, the level now, what held it back (`blocking`: findings of checks).

    `is_repeated`: the message had been answered before, and this is that answer.
    """

    is_done: bool
    level: Level
    findings: tuple[Finding, ...] = ()
    blocking: tuple[Told, ...] = ()
    event: Event | None = None
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class _Work:
    """An act while it is decided: who, on what, in which message, when."""

    actor: Actor
    act: Act
    key: SubmissionKey
    right: str
    sector: str
    message_id: UUID
    now: datetime
    reason: str = ""


def send_submission(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, key: SubmissionKey, revision: int, message_id: UUID, now: datetime, reason: str = ""
) -> Outcome:
    """Send a submission up the chain at the revision that the sender saw; all its cells are locked.

    `reason` says what belongs to it, such as when it was decided without a link. Held back by errors, by
    warnings that nobody explained, by cells with two contents and by the window of the form; after its due
    day it is marked late. Refuses (`NotAllowed`) an actor who may not send there.
    """
    work = _allowed(actor, SEND, Act.SEND, key, message_id, now, reason)
    if isinstance(work, Outcome):
        return work
    made = queries.judged(actor, work.key, today=local_date(now))
    if isinstance(made, Finding):
        return Outcome(is_done=False, level=Level.DRAFT, findings=(made,))
    opening = _opening(work)
    with writing():
        again = _again(work)
        if again is not None:
            return again
        held = queries.standing(actor, work.key)
        filled = collection.filled(actor, work.key)
        current = filled.state.revision if filled else 0
        asked = _asked(made, held, opening, seen=revision, current=current, today=local_date(now))
        findings = tuple(sending(asked))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings, blocking=made.blocking)
        cells = filled.state.cells.keys() | held.levels.keys()
        late = opening is not None and local_date(now) > opening.due_date
        due = opening.due_date if opening else None
        event = _record(work, held, filled, cells, is_late=late, due=due)
        _lock(work, event, is_locked=True)
    return Outcome(is_done=True, level=Level.SENT, event=event)


def withdraw_submission(
    actor: Actor, *, key: SubmissionKey, message_id: UUID, now: datetime, reason: str = ""
) -> Outcome:
    """Take a sent submission back before the first verification: its cells may be changed again.

    Only who sent it may; an endorsement lapses. Refuses (`NotAllowed`) an actor who may not withdraw there.
    """
    work = _allowed(actor, WITHDRAW, Act.WITHDRAW, key, message_id, now, reason)
    if isinstance(work, Outcome):
        return work
    with writing():
        again = _again(work)
        if again is not None:
            return again
        held = queries.standing(actor, work.key)
        filled = collection.filled(actor, work.key)
        findings = tuple(withdrawing(held.level, held.last_sent, str(actor.id)))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings)
        event = _record(work, held, filled, held.levels)
        _lock(work, event, is_locked=False)
    return Outcome(is_done=True, level=Level.DRAFT, event=event)


def endorse_submission(
    actor: Actor, *, key: SubmissionKey, content_hash: str, message_id: UUID, now: datetime
) -> Outcome:
    """Endorse a sent submission as head of the village; `content_hash` is that of the content that was seen.

    Refuses (`NotAllowed`) an actor who may not endorse there.
    """
    work = _allowed(actor, ENDORSE, Act.ENDORSE, key, message_id, now)
    if isinstance(work, Outcome):
        return work
    with writing():
        again = _again(work)
        if again is not None:
            return again
        held = queries.standing(actor, work.key)
        filled = collection.filled(actor, work.key)
        content = _content_sent(actor, held, filled)
        findings = tuple(endorsing(held.level, held.last_sent, content_hash, content))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings)
        event = _record(work, held, filled, held.levels)
    return Outcome(is_done=True, level=Level.ENDORSED, event=event)


def _content_sent(actor: Actor, held: Standing, filled: collection.Filled | None) -> str:
    """Give the hash of what was sent last, as it is now; empty where nothing was."""
    sent = held.last_sent
    if sent is None or filled is None:
        return ""
    return collection.contents_redacted(actor, filled.uid).get(sent.link.revision, sent.link.content_hash)


def _allowed(  # noqa: PLR0913, PLR0917 - the parts of an act
    actor: Actor, right: str, act: Act, key: SubmissionKey, message_id: UUID, now: datetime, reason: str = ""
) -> _Work | Outcome:
    """Find form and region and ask for the right; a finding where one of them does not exist."""
    place, forms = regions.resolve(actor, key.region), dictionary.dictionary(actor).forms
    form = forms.get(key.form)
    if place is None or form is None:
        unknown = region_unknown(key.region) if place is None else form_unknown(key.form, forms)
        return Outcome(is_done=False, level=Level.DRAFT, findings=(unknown,))
    require(actor, right, region=place.code, sector=form.sector, dataset=key.dataset)
    exact = SubmissionKey(key.form, place.code, key.period, key.dataset)
    return _Work(actor, act, exact, right, form.sector, message_id, now, reason)


def _opening(work: _Work) -> Opening | None:
    """Give the days of the form's window for that village; `None` where no window is set."""
    place, period = regions.resolve(work.actor, work.key.region), periods.parse(work.key.period)
    if place is None or period is None:
        return None
    return dictionary.opening(work.actor, work.key.form, period, place.id)


def _asked(  # noqa: PLR0913 - keyword-only but for what is read
    made: Judged, held: Standing, opening: Opening | None, *, seen: int, current: int, today: date
) -> Sending:
    """Put together what decides about sending; what was judged is not the present is not seen either."""
    return Sending(
        revision=current,
        seen=seen if made.revision == current else made.revision,
        level=held.level,
        blocking=len(made.blocking),
        conflicts=len(made.conflicts),
        opening=opening,
        days=opening.standing(today) if opening else None,
    )


def _again(work: _Work) -> Outcome | None:
    """Give the answer that this message had; refuse another act under its id."""
    before = queries.answered(work.actor, work.message_id)
    if before is None:
        return None
    filled = collection.filled(work.actor, work.key)
    event: Event = before["event"]
    same = event.act is work.act and filled is not None and event.link.submission == filled.uid
    if same and before["is_own"]:
        return Outcome(is_done=True, level=work.act.level, event=event, is_repeated=True)
    say = "Nomor kiriman ini sudah dipakai untuk hal lain. Tidak ada yang berubah."
    finding = Finding("MESSAGE_REUSED", say, "Muat ulang halaman, lalu ulangi.", value=str(work.message_id))
    return Outcome(is_done=False, level=Level.DRAFT, findings=(finding,))


def _record(  # noqa: PLR0913 - the parts of an event
    work: _Work,
    held: Standing,
    filled: collection.Filled,
    cells: Iterable[Key],
    *,
    is_late: bool = False,
    due: date | None = None,
) -> Event:
    """Write the event and the level of each cell; only inside `writing`."""
    link = Link(
        filled.uid,
        len(held.events) + 1,
        work.act,
        filled.state.revision,
        filled.content_hash,
        str(work.actor.id),
        work.now,
        str(work.message_id),
        work.reason,
        is_late,
        held.events[-1].chain_hash if held.events else GENESIS,
    )
    event = Event(link, work.actor.name, work.actor.function, due, chain_hash(link))
    sequence, first = next_number(models.Event), next_number(models.CellLevel)
    row = models.Event(
        sequence=sequence,
        submission_id=UUID(filled.uid),
        number=link.number,
        act=link.act.value,
        revision=link.revision,
        content_hash=link.content_hash,
        message_id=work.message_id,
        actor_id=work.actor.id,
        actor_name=event.actor_name,
        actor_function=event.actor_function,
        made_at=work.now,
        reason=work.reason,
        due_date=due,
        is_late=is_late,
        previous_hash=link.previous,
        chain_hash=event.chain_hash,
    )
    with pipelined():
        insert(row)
        insert_records(
            models.CellLevel,
            ("sequence", "event_id", "row", "variable", "breakdown", "level"),
            (
                (number, sequence, one.row, one.variable, one.breakdown, int(work.act.level))
                for number, one in enumerate(sorted(cells), first)
            ),
        )
    return event


def _lock(work: _Work, event: Event, *, is_locked: bool) -> None:
    """Write the lock of the cells into `collection`."""
    locks.lock_submission(
        work.actor,
        key=work.key,
        right=work.right,
        sector=work.sector,
        is_locked=is_locked,
        reference=f"verification:{event.link.number}",
        now=work.now,
    )
