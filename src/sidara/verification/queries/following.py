"""What follows submissions reads: which were acted on since, how they stand, what was ever returned."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched

from sidara.collection import queries as collection
from sidara.collection.core.submission import Key
from sidara.kernel.actor import Actor, require
from sidara.records.writing import last_number, numbered_after
from sidara.verification import models
from sidara.verification.core import Act, Level, Step
from sidara.verification.queries.levels import AT_ONCE, READ_LEVELS


def events_since(actor: Actor, cursor: int, *, limit: int) -> Sequence[collection.Followed]:
    """Give at most `limit` acts after `cursor`, in the order of commit.

    Start at 0; go on with the last `sequence` until there are none. Refuses (`NotAllowed`) an actor without
    `verification.read_levels`.
    """
    require(actor, READ_LEVELS)
    rows = numbered_after(models.Event, cursor, collection.FOLLOWED, limit=limit)
    return [collection.Followed.of(row) for row in rows]


def newest_event(actor: Actor) -> int:
    """Give the sequence of the newest act, 0 while there is none. Same right as `events_since`."""
    require(actor, READ_LEVELS)
    return last_number(models.Event)


def receipts_mark(actor: Actor) -> str:
    """Say which receipts there are: another text as soon as one is recorded or withdrawn. Same right."""
    require(actor, READ_LEVELS)
    recorded, withdrawn = models.Receipt.objects.count(), models.ReceiptWithdrawal.objects.count()
    return f"{recorded} {withdrawn}"


@dataclass(frozen=True, slots=True)
class Stood:
    """How a submission stands: its level, who it waits for since when (UTC), how many cells are returned.

    `sent_at` (UTC), `due_date` and `is_late` are of its first sending, `number` counts its acts.
    """

    level: Level
    waiting: frozenset[Step]
    since: datetime
    returned: int
    sent_at: datetime | None
    due_date: date | None
    number: int
    is_late: bool = False


def stood(actor: Actor, submissions: Collection[str]) -> dict[str, Stood]:
    """Give how submissions (uid) stand, those with which anything was done. Same right as `events_since`."""
    require(actor, READ_LEVELS)
    found: dict[str, Stood] = {}
    own = ("since", "returned", "sent_at", "due_date", "number", "is_late")
    fields = ("submission_id", "level", "waiting", *own)
    for uids in batched(sorted(submissions), AT_ONCE):
        rows = models.Stand.objects.filter(submission__uid__in=uids).order_by()
        for uid, level, waiting, *rest in rows.values_list(*fields):
            steps = frozenset(Step(one) for one in waiting.split())
            found[str(uid)] = Stood(Level(level), steps, *rest)
    return found


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What was ever returned of a submission: how often, which cells (`WHOLE` stands for all)."""

    times: int
    cells: frozenset[Key]


def returned_ever(actor: Actor, submissions: Collection[str]) -> dict[str, GivenBack]:
    """Give what verifiers ever returned of submissions (uid), mended since or not. Same right."""
    require(actor, READ_LEVELS)
    times: dict[str, set[int]] = {}
    cells: dict[str, set[Key]] = {}
    for uids in batched(sorted(submissions), AT_ONCE):
        rows = (
            models.CellLevel.objects.filter(event__submission__uid__in=uids, event__act=Act.RETURN.value)
            .exclude(reason="")
            .order_by()
        )
        fields = ("event__submission_id", "event__number", "row", "variable", "breakdown")
        for uid, number, *key in rows.values_list(*fields):
            times.setdefault(str(uid), set()).add(number)
            cells.setdefault(str(uid), set()).add(Key(*key))
    return {uid: GivenBack(len(times[uid]), frozenset(held)) for uid, held in cells.items()}
