"""Acts on many submissions in one transaction, each as the act on one: same events, hashes, levels, locks.

What is done alike to all cells of a submission of which the verdict says nothing is decided without its cells
and written with the others. Everything else goes through the act on one submission, in its turn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sidara.collection import queries as collection
from sidara.collection.core.judged import Judged
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import local_date
from sidara.records.writing import writing
from sidara.regions import queries as regions
from sidara.verification import queries
from sidara.verification.core import WHOLE, Act, Seen, Step
from sidara.verification.services.acting import Decided, Outcome, Work, allowed
from sidara.verification.services.verifying import accept_cells, accept_quiet, return_cells
from sidara.verification.services.village import ENDORSE, SEND, endorse_submission, send_submission


@dataclass(frozen=True, slots=True)
class Order:
    """One act among many: what on which submission, in which message, and what its author saw.

    `revision` is that of the submission that was seen, for endorsing `content_hash`. `step` accepts (where it
    `is_quiet` only what nothing is said of) or returns for `reasons` until `due_date`. `by` acts where it is
    not who gives the orders.
    """

    act: Act
    key: SubmissionKey
    message_id: UUID
    revision: int = 0
    content_hash: str = ""
    step: Step | None = None
    is_quiet: bool = False
    reasons: Mapping[Key, str] | None = None
    due_date: date | None = None
    reason: str = ""
    by: Actor | None = None

    @property
    def right(self) -> str:
        """The operation by which it is allowed."""
        if self.act is Act.SEND:
            return SEND
        return ENDORSE if self.step is None else self.step.operation

    @property
    def seen(self) -> Seen:
        """What its author saw of a submission of which all cells stand alike."""
        if self.step is None:
            raise ValueError(self.act)
        return Seen(self.step, self.revision, {WHOLE: self.revision})


def act_together(actor: Actor, *, orders: Sequence[Order], now: datetime) -> list[Outcome]:
    """Carry out orders in their order, all in one transaction; gives what came of each, as its own act would.

    Acts are sending, endorsing, accepting and returning. An order that is held back leaves the others as they
    are. Refuses (`NotAllowed`), and carries out none, where the author of one may not do it there.
    """
    with writing():
        return list(_Together(actor, orders, now).outcomes())


class _Together:
    """Orders while they are carried out: what is known of their submissions, what is not written yet."""

    def __init__(self, actor: Actor, orders: Sequence[Order], now: datetime) -> None:
        self.actor, self.orders, self.now = actor, orders, now
        self.ground = queries.ground(actor, {one.key for one in orders})
        self.repeated = queries.carried_out(actor, [one.message_id for one in orders])
        self.decided: list[Decided] = []
        self.moved: set[SubmissionKey] = set()
        self.used: set[UUID] = set()
        judged = [
            self.ground[one.key].stub
            for one in orders
            if (one.act is Act.SEND or one.is_quiet) and one.key in self.ground
        ]
        self.silence = collection.silence(actor, judged, today=local_date(now))

    def outcomes(self) -> Iterator[Outcome]:
        """Carry out each order."""
        for one in self.orders:
            decided = self._alike(one)
            if decided is None:
                self._write()
                yield self._alone(one)
                self.moved.add(self._exact(one.key))
            else:
                self.decided.append(decided)
                yield decided.outcome
            self.moved.add(one.key)
            self.used.add(one.message_id)
        self._write()

    def _exact(self, key: SubmissionKey) -> SubmissionKey:
        """Name a submission by the code of today: an order may name the region in another way."""
        place = regions.resolve(self.actor, key.region)
        return key if place is None else replace(key, region=place.code)

    def _write(self) -> None:
        if self.decided:
            Decided.write(self.decided)
            self.decided.clear()

    def _alike(self, one: Order) -> Decided | None:
        """Decide about an act that is done alike to all cells; `None` = it is to be looked at by itself."""
        ground = self.ground.get(one.key)
        is_told = one.message_id in self.repeated or one.message_id in self.used
        if ground is None or one.key in self.moved or is_told:
            return None
        work = allowed(
            one.by or self.actor,
            act=one.act,
            right=one.right,
            key=one.key,
            message_id=one.message_id,
            now=self.now,
            reason=one.reason,
            step=one.step,
        )
        if isinstance(work, Outcome) or work.key != one.key:
            return None
        form = dictionary.dictionary(work.actor).forms[one.key.form]
        require(work.actor, READ, region=one.key.region, sector=form.sector, dataset=one.key.dataset)
        made = self._decide(one, work, ground)
        return made if isinstance(made, Decided) else None

    def _decide(self, one: Order, work: Work, ground: queries.Ground) -> Decided | Outcome | None:
        held, filled, stub = ground.held, ground.filled, ground.stub
        match one.act:
            case Act.SEND if one.key in self.silence.silent:
                judged = Judged(work.key, stub.revision, stub.form_number, stub.form_version, "")
                return work.sent(judged, work.opening, held, filled, seen=one.revision)
            case Act.ENDORSE if not stub.is_redacted:
                sent = held.last_sent
                content = sent.link.content_hash if sent else ""
                return work.endorsed(held, filled, seen=one.content_hash, content=content)
            case Act.ACCEPT if one.revision == stub.revision and (
                not one.is_quiet or (one.key in self.silence.quiet and not held.returns)
            ):
                return work.stood_for(held, filled, one.seen, None)
            case Act.RETURN if one.revision == stub.revision and set(one.reasons or ()) == {WHOLE}:
                return work.given_back(held, filled, one.seen, one.reasons or {}, one.due_date)
        return None

    def _alone(self, one: Order) -> Outcome:
        """Carry out an order as the act on one submission."""
        actor, key, named, now = one.by or self.actor, one.key, one.message_id, self.now
        if one.act is Act.SEND:
            return send_submission(
                actor, key=key, revision=one.revision, message_id=named, now=now, reason=one.reason
            )
        if one.act is Act.ENDORSE:
            return endorse_submission(
                actor, key=key, content_hash=one.content_hash, message_id=named, now=now
            )
        if one.step is None or one.act not in {Act.ACCEPT, Act.RETURN}:
            raise ValueError(one.act)
        if one.act is Act.RETURN:
            return return_cells(
                actor,
                key=key,
                step=one.step,
                reasons=one.reasons or {},
                due_date=one.due_date,
                revision=one.revision,
                message_id=named,
                now=now,
            )
        accept = accept_quiet if one.is_quiet else accept_cells
        return accept(actor, key=key, step=one.step, revision=one.revision, message_id=named, now=now)
