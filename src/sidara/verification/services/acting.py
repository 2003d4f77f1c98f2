"""What every act shares: who may, whether it was done before, how it is recorded, what it locks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sidara.collection import queries as collection
from sidara.collection import services as locks
from sidara.collection.core.answering import form_unknown, region_unknown
from sidara.collection.core.chain import GENESIS
from sidara.collection.core.judged import Told
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
from sidara.records.bulk import insert_records
from sidara.records.cursors import pipelined
from sidara.records.prepared import insert
from sidara.records.writing import next_number
from sidara.regions import queries as regions
from sidara.verification import models, queries
from sidara.verification.core import (
    WHOLE,
    Act,
    Chain,
    Event,
    Level,
    Link,
    Moved,
    Standing,
    Step,
    after,
    chain_hash,
    gathered,
    moved_hash,
)


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


@dataclass(frozen=True)
class Recorded:
    """What an act writes: what it moves, whether it is late, by when it was or is to be done.

    `doubts` are warnings that were explained, known when it is sent.
    """

    moved: Sequence[Moved]
    is_late: bool = False
    due: date | None = None
    doubts: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """An act while it is decided: who, on what, in which message, when, as whom."""

    actor: Actor
    act: Act
    key: SubmissionKey
    region_id: int
    right: str
    sector: str
    message_id: UUID
    now: datetime
    reason: str = ""
    step: Step | None = None

    @property
    def chain(self) -> Chain:
        """The chain of its form."""
        return queries.chain(self.actor, self.key.form, self.sector)

    def begin(self) -> "tuple[Standing, collection.Filled | None] | Outcome":
        """Give how the submission stands and what is in it; only inside `writing`.

        What this message was answered, where it was carried out before; another act under its id is refused.
        """
        filled = collection.filled(self.actor, self.key)
        held = queries.standing(self.actor, self.key)
        before = queries.answered(self.actor, self.message_id)
        if before is None:
            return held, filled
        event: Event = before["event"]
        same = event.act is self.act and event.link.step is self.step
        if same and before["is_own"] and filled is not None and event.link.submission == filled.uid:
            return Outcome(is_done=True, level=held.level, event=event, is_repeated=True)
        say = "Nomor kiriman ini sudah dipakai untuk hal lain. Tidak ada yang berubah."
        finding = Finding(
            "MESSAGE_REUSED", say, "Muat ulang halaman, lalu ulangi.", value=str(self.message_id)
        )
        return Outcome(is_done=False, level=Level.DRAFT, findings=(finding,))

    def record(self, held: Standing, filled: collection.Filled, one: Recorded) -> Outcome:
        """Write the event, where it brings cells, how the submission stands, which cells may be changed.

        Only inside `writing`.
        """
        moved = gathered(list(one.moved), held, self.act, held.every(filled.state.cells))
        is_whole = [each.key for each in moved] == [WHOLE]
        link = Link(
            filled.uid,
            len(held.events) + 1,
            self.act,
            filled.state.revision,
            filled.content_hash,
            str(self.actor.id),
            self.now,
            str(self.message_id),
            self.reason,
            one.is_late,
            held.events[-1].chain_hash if held.events else GENESIS,
            self.step,
            moved_hash(moved),
        )
        event = Event(link, self.actor.name, self.actor.function, one.due, chain_hash(link), is_whole)
        made = after(held, event, moved)
        sequence, first = next_number(models.Event), next_number(models.CellLevel)
        with pipelined():
            insert(self._event_row(event, sequence))
            insert_records(
                models.CellLevel,
                ("sequence", "event_id", "row", "variable", "breakdown", "level", "reason"),
                (
                    (
                        number,
                        sequence,
                        each.key.row,
                        each.key.variable,
                        each.key.breakdown,
                        int(each.level),
                        each.reason,
                    )
                    for number, each in enumerate(moved, first)
                ),
            )
        self._stand(held, made, doubts=one.doubts)
        cells = made.every(filled.state.cells)
        if made.drafted(cells) != held.drafted(cells):
            self._lock(event, made, cells)
        return Outcome(is_done=True, level=made.level, event=event)

    def _event_row(self, event: Event, sequence: int) -> models.Event:
        link = event.link
        return models.Event(
            sequence=sequence,
            submission_id=UUID(link.submission),
            number=link.number,
            act=link.act.value,
            step=link.step.value if link.step else "",
            is_whole=event.is_whole,
            revision=link.revision,
            content_hash=link.content_hash,
            message_id=self.message_id,
            actor_id=self.actor.id,
            actor_name=event.actor_name,
            actor_function=event.actor_function,
            made_at=self.now,
            reason=self.reason,
            due_date=event.due_date,
            is_late=link.is_late,
            moved_hash=link.moved,
            previous_hash=link.previous,
            chain_hash=event.chain_hash,
        )

    def _stand(self, before: Standing, made: Standing, *, doubts: int | None) -> None:
        """Keep how a submission stands, for lists; `doubts` are those of its sending, `None` = as before."""
        waiting, was = made.waiting(self.chain), before.waiting(self.chain)
        moved_on = waiting != was or (made.level is Level.DRAFT) != (before.level is Level.DRAFT)
        sent = made.first_sent
        values = {
            "level": int(made.level),
            "waiting": f" {' '.join(sorted(waiting))} " if waiting else "",
            "returned": len(made.reasons),
            "mend_by": made.mend_by,
            "sent_at": sent.link.at if sent else None,
            "due_date": sent.due_date if sent else None,
            "is_late": made.is_late,
            "number": len(made.events),
        }
        if moved_on or not before.events:
            values["since"] = self.now
        if doubts is not None:
            values["doubts"] = doubts
        models.Stand.objects.update_or_create(
            submission_id=made.events[-1].link.submission,
            defaults=values,
            create_defaults={"since": self.now, **values},
        )

    def _lock(self, event: Event, made: Standing, cells: Iterable[Key]) -> None:
        """Write into `collection` which cells may be changed: those that are drafts, of a draft all."""
        is_open = made.whole is not None and made.whole.level is Level.DRAFT and len(made.positions) == 1
        locks.lock_submission(
            self.actor,
            key=self.key,
            right=self.right,
            sector=self.sector,
            is_locked=not is_open,
            reference=f"verification:{event.link.number}",
            now=self.now,
            opened=() if is_open else made.drafted(cells),
        )


def allowed(  # noqa: PLR0913 - keyword-only, the parts of an act
    actor: Actor,
    *,
    act: Act,
    right: str,
    key: SubmissionKey,
    message_id: UUID,
    now: datetime,
    reason: str = "",
    step: Step | None = None,
) -> Work | Outcome:
    """Find form and region and ask for the right; a finding where one of them does not exist."""
    place, forms = regions.resolve(actor, key.region), dictionary.dictionary(actor).forms
    form = forms.get(key.form)
    if place is None or form is None:
        unknown = region_unknown(key.region) if place is None else form_unknown(key.form, forms)
        return Outcome(is_done=False, level=Level.DRAFT, findings=(unknown,))
    require(actor, right, region=place.code, sector=form.sector, dataset=key.dataset)
    exact = SubmissionKey(key.form, place.code, key.period, key.dataset)
    return Work(actor, act, exact, place.id, right, form.sector, message_id, now, reason, step)
