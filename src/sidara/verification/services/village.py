"""Acts of the village: an operator sends and withdraws, the head endorses, final cells are opened again."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sidara.collection import queries as collection
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.records.writing import writing
from sidara.verification import queries
from sidara.verification.core import (
    Act,
    Level,
    Moved,
    Standing,
    Step,
    withdrawing,
)
from sidara.verification.services.acting import (
    Outcome,
    Recorded,
    allowed,
)

SEND, WITHDRAW = "verification.send", "verification.withdraw"
ENDORSE, CORRECT = Step.VILLAGE.operation, "verification.correct"


def send_submission(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, key: SubmissionKey, revision: int, message_id: UUID, now: datetime, reason: str = ""
) -> Outcome:
    """Send a submission up the chain at the revision that the sender saw; all its cells are locked.

    After a return or for a correction only the cells that were opened are sent; the others stay where they
    are. `reason` says what belongs to it, such as when it was decided without a link. Held back by errors, by
    warnings that nobody explained, by cells with two contents and, the first time, by the window of the form;
    after its due day (or that of the return) it is marked late. The day on which it was handed over at the
    kecamatan counts in the place of today where there is a receipt; the event says so. Refuses
    (`NotAllowed`) an actor who may not send there.
    """
    work = allowed(actor, act=Act.SEND, right=SEND, key=key, message_id=message_id, now=now, reason=reason)
    if isinstance(work, Outcome):
        return work
    made = queries.judged(actor, work.key, today=local_date(now))
    if isinstance(made, Finding):
        return Outcome(is_done=False, level=Level.DRAFT, findings=(made,))
    opening = work.opening
    with writing():
        begun = work.begin()
        if isinstance(begun, Outcome):
            return begun
        return work.carry_out(work.sent(made, opening, *begun, seen=revision))


def withdraw_submission(
    actor: Actor, *, key: SubmissionKey, message_id: UUID, now: datetime, reason: str = ""
) -> Outcome:
    """Take a sent submission back before the first verification: its cells may be changed again.

    Only who sent it may; an endorsement lapses. Refuses (`NotAllowed`) an actor who may not withdraw there.
    """
    work = allowed(
        actor, act=Act.WITHDRAW, right=WITHDRAW, key=key, message_id=message_id, now=now, reason=reason
    )
    if isinstance(work, Outcome):
        return work
    with writing():
        begun = work.begin()
        if isinstance(begun, Outcome):
            return begun
        held, filled = begun
        findings = tuple(withdrawing(held, str(actor.id)))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings)
        moved = [Moved(one, Level.DRAFT) for one in sorted(held.every(filled.state.cells))]
        return work.carry_out(work.decided(held, filled, Recorded(moved)))


def endorse_submission(
    actor: Actor, *, key: SubmissionKey, content_hash: str, message_id: UUID, now: datetime
) -> Outcome:
    """Endorse what was sent as head of the village; `content_hash` is that of the content that was seen.

    Refuses (`NotAllowed`) an actor who may not endorse there.
    """
    work = allowed(actor, act=Act.ENDORSE, right=ENDORSE, key=key, message_id=message_id, now=now)
    if isinstance(work, Outcome):
        return work
    with writing():
        begun = work.begin()
        if isinstance(begun, Outcome):
            return begun
        held, filled = begun
        content = _content_sent(actor, held, filled)
        return work.carry_out(work.endorsed(held, filled, seen=content_hash, content=content))


def correct_cells(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, key: SubmissionKey, cells: Collection[Key], message_id: UUID, now: datetime, reason: str
) -> Outcome:
    """Open final cells, and those that a check ties to them, for a correction; it passes the chain again.

    Held back by cells that are not final and by a reason that says nothing. Refuses (`NotAllowed`) an actor
    who may not correct there.
    """
    work = allowed(
        actor, act=Act.CORRECT, right=CORRECT, key=key, message_id=message_id, now=now, reason=reason.strip()
    )
    if isinstance(work, Outcome):
        return work
    with writing():
        begun = work.begin(dict.fromkeys(cells, ""))
        if isinstance(begun, Outcome):
            return begun
        held, filled = begun
        return work.carry_out(work.corrected(held, filled, cells))


def _content_sent(actor: Actor, held: Standing, filled: collection.Filled | None) -> str:
    """Give the hash of what was sent last, as it is now; empty where nothing was."""
    sent = next((one for one in reversed(held.events) if one.act is Act.SEND), None)
    if sent is None or held.last_sent is None or filled is None:
        return ""
    return collection.contents_redacted(actor, filled.uid).get(sent.link.revision, sent.link.content_hash)
