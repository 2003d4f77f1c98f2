"""Acts of verifiers: a step stands for cells, or returns them for a reason and until a day."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from sidara.collection import queries as collection
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.records.writing import writing
from sidara.verification import queries
from sidara.verification.core import (
    WHOLE,
    Act,
    Seen,
    Step,
)
from sidara.verification.services.acting import (
    Outcome,
    Work,
    allowed,
)


def accept_cells(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    key: SubmissionKey,
    step: Step,
    revision: int,
    message_id: UUID,
    now: datetime,
    cells: Collection[Key] | None = None,
    but: Collection[Key] = (),
    reason: str = "",
) -> Outcome:
    """Stand for cells of a submission as a step of its chain, for all that wait for it without `cells`.

    Those in `but` are left out. `revision` is the one of the submission that was seen. A cell goes on once
    each step of its stage stands for it. The values stay as they are. Held back by cells that do not wait for
    the step or changed since. `reason` says what belongs to it, such as when it was decided without a link.
    Refuses (`NotAllowed`) an actor who may not take the step there.
    """
    work = allowed(
        actor,
        act=Act.ACCEPT,
        right=step.operation,
        key=key,
        message_id=message_id,
        now=now,
        step=step,
        reason=reason,
    )
    if isinstance(work, Outcome):
        return work
    with writing():
        begun = work.begin(None if cells is None else dict.fromkeys(cells, ""))
        if isinstance(begun, Outcome):
            return begun
        held, filled = begun
        seen = _seen(work, revision, filled, cells or ())
        return work.carry_out(work.stood_for(held, filled, seen, cells, but=but))


def accept_quiet(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, key: SubmissionKey, step: Step, revision: int, message_id: UUID, now: datetime
) -> Outcome:
    """Stand for all cells of a submission that wait for a step and of which nothing is said.

    As `accept_cells`; those that a check, an explanation or `tidak_tahu` makes doubtful stay in its hands.
    """
    return accept_cells(
        actor,
        key=key,
        step=step,
        revision=revision,
        message_id=message_id,
        now=now,
        but=queries.loud_cells(actor, key, today=local_date(now)),
    )


def return_cells(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    key: SubmissionKey,
    step: Step,
    reasons: Mapping[Key, str],
    due_date: date | None,
    revision: int,
    message_id: UUID,
    now: datetime,
    note: str = "",
) -> Outcome:
    """Return cells to the village, each for a reason, to be mended until a day; `WHOLE` returns the form.

    They and the cells that a check ties to them may be changed again, and pass the chain anew. Held back by
    cells that do not lie in the hands of the step or changed since, by a reason that says nothing and by a
    day that is over. `note` says what belongs to the act as a whole. Refuses (`NotAllowed`) an actor who may
    not take the step there.
    """
    work = allowed(
        actor,
        act=Act.RETURN,
        right=step.operation,
        key=key,
        message_id=message_id,
        now=now,
        step=step,
        reason=note,
    )
    if isinstance(work, Outcome):
        return work
    with writing():
        begun = work.begin(reasons)
        if isinstance(begun, Outcome):
            return begun
        held, filled = begun
        seen = _seen(work, revision, filled, reasons.keys() - {WHOLE})
        return work.carry_out(work.given_back(held, filled, seen, reasons, due_date))


def _seen(work: Work, revision: int, filled: collection.Filled | None, named: Collection[Key]) -> Seen:
    """Put together what a verifier looks at who `named` some cells."""
    if work.step is None:
        raise ValueError(work.act)
    cells = {key: one.revision for key, one in filled.state.cells.items()} if filled else {}
    return Seen(work.step, revision, cells, collection.strange_cells(work.actor, work.key, named))
