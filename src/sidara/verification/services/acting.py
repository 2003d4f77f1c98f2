"""What every act shares: who may, whether it was done before, how it is recorded, what it locks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
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
    Seen,
    Sending,
    Standing,
    Step,
    accepted,
    accepting,
    after,
    chain_hash,
    correcting,
    does_same,
    endorsing,
    gathered,
    moved_hash,
    returned,
    returning,
    sending,
    staying,
    waiting_for,
)
from sidara.verification.core.receipts import counting_day, on_time_by


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

    `doubts` are warnings that were explained, known when it is sent. With `opens_rows` a list takes new rows.
    """

    moved: Sequence[Moved]
    is_late: bool = False
    due: date | None = None
    doubts: int | None = None
    opens_rows: bool = False


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

    def begin(
        self, named: Mapping[Key, str] | None = None
    ) -> "tuple[Standing, collection.Filled | None] | Outcome":
        """Give how the submission stands and what is in it; only inside `writing`.

        What this message was answered, where it was carried out before; another act under its id is refused,
        and so is the same on other cells, or for another reason, where it has `named` them.
        """
        filled = collection.filled(self.actor, self.key)
        held = queries.standing(self.actor, self.key)
        before = queries.answered(self.actor, self.message_id)
        if before is None:
            return held, filled
        event: Event = before["event"]
        same = event.act is self.act and event.link.step is self.step
        if same and named is not None:
            moved = queries.moved_by(self.actor, before["sequence"])
            same = event.link.reason == self.reason and does_same(self.act, named, moved)
        if same and before["is_own"] and filled is not None and event.link.submission == filled.uid:
            return Outcome(is_done=True, level=held.level, event=event, is_repeated=True)
        say = "Nomor kiriman ini sudah dipakai untuk hal lain. Tidak ada yang berubah."
        finding = Finding(
            "MESSAGE_REUSED", say, "Muat ulang halaman, lalu ulangi.", value=str(self.message_id)
        )
        return Outcome(is_done=False, level=Level.DRAFT, findings=(finding,))

    @property
    def opening(self) -> Opening | None:
        """The days of the form's window for that village; `None` where no window is set."""
        period = periods.parse(self.key.period)
        if period is None:
            return None
        return dictionary.opening(self.actor, self.key.form, period, self.region_id)

    def sent(
        self,
        made: Judged,
        opening: Opening | None,
        held: Standing,
        filled: collection.Filled | None,
        *,
        seen: int,
    ) -> "Outcome | Decided":
        """Decide about sending what was judged and stands so, at the revision that its sender saw.

        What was judged is not the present is not seen either. Of what was handed over at the kecamatan the
        day of the receipt counts.
        """
        current = filled.state.revision if filled else 0
        handed = queries.counting(self.actor, self.key, self.region_id, held)
        today = counting_day(local_date(self.now), handed[0] if handed else None)
        window = None if held.is_opened else opening
        asked = Sending(
            revision=current,
            seen=seen if made.revision == current else made.revision,
            level=held.level,
            blocking=len(made.blocking),
            conflicts=len(made.conflicts),
            opening=window,
            days=window.standing(today) if window else None,
        )
        findings = tuple(sending(asked))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings, blocking=made.blocking)
        due = held.mend_by if held.is_opened else opening.due_date if opening else None
        doubts = sum(one.finding.needs_explanation for one in made.told) + made.counts.unknown
        moved = [Moved(one, Level.SENT) for one in sorted(held.drafted(held.every(filled.state.cells)))]
        is_late = due is not None and today > due
        said = "; ".join(filter(None, (self.reason, on_time_by(*handed) if handed else "")))
        one = Recorded(moved, is_late=is_late, due=due, doubts=doubts)
        return replace(self, reason=said).decided(held, filled, one)

    def endorsed(
        self, held: Standing, filled: collection.Filled | None, *, seen: str, content: str
    ) -> "Outcome | Decided":
        """Decide about endorsing; `content` is the hash of what was sent as it is now, `seen` that seen."""
        findings = tuple(endorsing(held, seen, content))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings)
        cells = waiting_for(held, self.chain, Step.VILLAGE, held.every(filled.state.cells))
        return self.decided(held, filled, Recorded([Moved(one, Level.ENDORSED) for one in sorted(cells)]))

    def stood_for(
        self,
        held: Standing,
        filled: collection.Filled | None,
        seen: Seen,
        cells: Collection[Key] | None,
        *,
        but: Collection[Key] = (),
    ) -> "Outcome | Decided":
        """Decide about a step that stands for cells, without `cells` for all that wait for it, but some."""
        waiting = waiting_for(held, self.chain, seen.step, held.every(seen.cells)) if cells is None else cells
        wanted = frozenset(waiting).difference(but)
        findings = tuple(accepting(held, self.chain, seen, wanted))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings)
        return self.decided(held, filled, Recorded(accepted(held, self.chain, seen.step, wanted)))

    def given_back(
        self,
        held: Standing,
        filled: collection.Filled | None,
        seen: Seen,
        reasons: Mapping[Key, str],
        due_date: date | None,
    ) -> "Outcome | Decided":
        """Decide about returning cells, each for a reason; those that a check ties to them go with them.

        Where a cell of a list is returned, or a list, rows may be added and taken out.
        """
        own = {} if WHOLE in reasons else collection.own_cells(self.actor, self.key)
        held = held.knowing(own)
        findings = tuple(returning(held, self.chain, seen, reasons, due_date, local_date(self.now)))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings)
        with_ = () if WHOLE in reasons else queries.opens_with(self.actor, self.key, reasons)
        moved = returned(reasons, [one for one in with_ if held.at(one).level is not Level.PROVINCE])
        return self.decided(held, filled, Recorded(moved, due=due_date, opens_rows=_opens_rows(own, moved)))

    def corrected(
        self, held: Standing, filled: collection.Filled | None, cells: Collection[Key]
    ) -> "Outcome | Decided":
        """Decide about opening final cells for the reason of the act, and those that go with them."""
        own = collection.own_cells(self.actor, self.key)
        held = held.knowing(own)
        strange = collection.strange_cells(self.actor, self.key, cells)
        findings = tuple(correcting(held, cells, strange, self.reason))
        if findings or filled is None:
            return Outcome(is_done=False, level=held.level, findings=findings)
        with_ = queries.opens_with(self.actor, self.key, cells)
        moved = [Moved(one, Level.DRAFT) for one in sorted({*cells, *with_})]
        return self.decided(held, filled, Recorded(moved, opens_rows=_opens_rows(own, moved)))

    @staticmethod
    def carry_out(one: "Outcome | Decided") -> Outcome:
        """Write an act that was decided, and say what its author is told; only inside `writing`."""
        if isinstance(one, Outcome):
            return one
        Decided.write([one])
        return one.outcome

    def decided(self, held: Standing, filled: collection.Filled, one: Recorded) -> "Decided":
        """Put together what an act writes on a submission that stands so; nothing is written yet.

        Its event, where it brings cells, how the submission stands, which cells may be changed.
        """
        every = held.every(filled.state.cells)
        stays = staying(one.moved, held, every) if one.opens_rows else []
        moved = gathered([*one.moved, *stays], held, self.act, every)
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
        cells = made.every(filled.state.cells)
        drafted = made.drafted(cells)
        opened = None if drafted == held.drafted(cells) else drafted
        return Decided(self, event, moved, held, made, one.doubts, opened)

    def event_row(self, event: Event, sequence: int) -> models.Event:
        """Give an event as a row of the records."""
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


@dataclass(frozen=True, slots=True)
class Decided:
    """An act as it is written: its event, what it moves, how the submission stood and stands after it.

    `opened` are the cells that may be changed from now on; `None` = those of before.
    """

    work: Work
    event: Event
    moved: Sequence[Moved]
    before: Standing
    made: Standing
    doubts: int | None
    opened: frozenset[Key] | None

    @property
    def outcome(self) -> Outcome:
        """What its author is told."""
        return Outcome(is_done=True, level=self.made.level, event=self.event)

    def stand(self) -> dict[str, Any]:
        """Give what changes of how the submission stands, for lists."""
        chain = self.work.chain
        waiting, was = self.made.waiting(chain), self.before.waiting(chain)
        sent = self.made.first_sent
        values: dict[str, Any] = {
            "level": int(self.made.level),
            "waiting": f" {' '.join(sorted(waiting))} " if waiting else "",
            "returned": len(self.made.reasons),
            "mend_by": self.made.mend_by,
            "sent_at": sent.link.at if sent else None,
            "due_date": sent.due_date if sent else None,
            "is_late": self.made.is_late,
            "number": len(self.made.events),
        }
        goes_on = self.made.level is not self.before.level
        if goes_on or (waiting != was and not waiting & was) or not self.before.events:
            values["since"] = self.work.now
        if self.doubts is not None:
            values["doubts"] = self.doubts
        return values

    def lock(self) -> None:
        """Write into `collection` which cells may be changed: those that are drafts, of a draft all."""
        made, work = self.made, self.work
        is_open = made.whole is not None and made.whole.level is Level.DRAFT and len(made.positions) == 1
        locks.lock_submission(
            work.actor,
            key=work.key,
            right=work.right,
            sector=work.sector,
            is_locked=not is_open,
            reference=f"verification:{self.event.link.number}",
            now=work.now,
            opened=() if is_open else self.opened or (),
        )

    @staticmethod
    def write(several: "Sequence[Decided]") -> None:
        """Write acts on different submissions in their order; only inside `writing`."""
        numbered = list(enumerate(several, next_number(models.Event)))
        levels = [
            (at, each.key.row, each.key.variable, each.key.breakdown, int(each.level), each.reason)
            for at, one in numbered
            for each in one.moved
        ]
        first = next_number(models.CellLevel)
        with pipelined():
            for at, one in numbered:
                insert(one.work.event_row(one.event, at))
            insert_records(
                models.CellLevel,
                ("sequence", "event_id", "row", "variable", "breakdown", "level", "reason"),
                ((number, *row) for number, row in enumerate(levels, first)),
            )
        _stand(several)
        for one in several:
            if one.opened is not None:
                one.lock()


def _opens_rows(own: Collection[Key], moved: Collection[Moved]) -> bool:
    """Whether a list takes new rows from now on; `own` are the own cells of lists and rows."""
    return any(not one.key.row and one.key in own and one.level is Level.DRAFT for one in moved)


def _stand(several: Sequence[Decided]) -> None:
    """Keep how submissions stand, for lists; what an act does not say stays as it was."""
    groups: dict[tuple[str, ...], list[models.Stand]] = {}
    for one in several:
        values = one.stand()
        row = models.Stand(
            submission_id=UUID(one.event.link.submission), **({"since": one.work.now} | values)
        )
        groups.setdefault(tuple(values), []).append(row)
    for names, rows in groups.items():
        models.Stand.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["submission"], update_fields=names
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
