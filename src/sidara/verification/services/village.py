"""Acts of the village: an operator sends and withdraws, the head endorses, final cells are opened again."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sidara.collection import queries as collection
from sidara.collection.core.judged import Judged
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Opening
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.records.writing import writing
from sidara.verification import queries
from sidara.verification.core import (
    Act,
    Level,
    Moved,
    Sending,
    Standing,
    Step,
    correcting,
    endorsing,
    sending,
    waiting_for,
    withdrawing,
)
from sidara.verification.core.receipts import counting_day, on_time_by
from sidara.verification.services.acting import (
    Outcome,
    Recorded,
    Work,
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
    opening = _opening(work)
    with writing():
        begun = work.begin()
        if isinstance(begun, Outcome):
            return begun
        held, filled = begun
        current = filled.state.revision if filled else 0
        window = None if held.is_opened else opening
        handed = queries.counting(actor, work.key, work.region_id, held)
        day = counting_day(local_date(now), handed[0] if handed else None)
        asked = _asked(made, held, window, seen=revision, current=current, today=day)
        findings = tuple(sending(asked))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings, blocking=made.blocking)
        due = held.mend_by if held.is_opened else opening.due_date if opening else None
        said = "; ".join(filter(None, (reason, on_time_by(*handed) if handed else "")))
        return replace(work, reason=said).record(
            held,
            filled,
            Recorded(
                [Moved(one, Level.SENT) for one in sorted(held.drafted(held.every(filled.state.cells)))],
                is_late=due is not None and day > due,
                due=due,
                doubts=sum(one.finding.needs_explanation for one in made.told) + made.counts.unknown,
            ),
        )


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
        return work.record(held, filled, Recorded(moved))


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
        findings = tuple(endorsing(held, content_hash, _content_sent(actor, held, filled)))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings)
        cells = waiting_for(held, work.chain, Step.VILLAGE, held.every(filled.state.cells))
        return work.record(held, filled, Recorded([Moved(one, Level.ENDORSED) for one in sorted(cells)]))


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
        begun = work.begin()
        if isinstance(begun, Outcome):
            return begun
        held, filled = begun
        strange = collection.strange_cells(actor, work.key, cells)
        findings = tuple(correcting(held, cells, strange, reason))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings)
        tied = collection.tied(actor, work.key, cells)
        moved = [Moved(one, Level.DRAFT) for one in sorted({*cells, *tied})]
        return work.record(held, filled, Recorded(moved))


def _content_sent(actor: Actor, held: Standing, filled: collection.Filled | None) -> str:
    """Give the hash of what was sent last, as it is now; empty where nothing was."""
    sent = next((one for one in reversed(held.events) if one.act is Act.SEND), None)
    if sent is None or held.last_sent is None or filled is None:
        return ""
    return collection.contents_redacted(actor, filled.uid).get(sent.link.revision, sent.link.content_hash)


def _opening(work: Work) -> Opening | None:
    """Give the days of the form's window for that village; `None` where no window is set."""
    period = periods.parse(work.key.period)
    return None if period is None else dictionary.opening(work.actor, work.key.form, period, work.region_id)


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
