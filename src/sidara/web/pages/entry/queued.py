"""The act of sending as a device carries it out that waited for a link: its message, and the verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sidara.collection.core.submission import SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.verification import services
from sidara.verification.core import decided_on_device
from sidara.web.bodies import is_revision, moment_of

MOST_FAULTS = 20
NO_SUCH = frozenset({"REGION_UNKNOWN", "FORM_UNKNOWN"})


@dataclass(frozen=True)
class Queued:
    """A sending that waited.

    `claimed_at` is when the operator decided it, by the clock of the device; `None` where that is wrong by
    generations.
    """

    message_id: UUID
    revision: int
    claimed_at: datetime | None


def read(body: Any) -> Queued | None:
    """Read the JSON of the script; `None` where it has another form."""
    try:
        revision, at = body["revision"], moment_of(body["claimed_at"])
        return Queued(UUID(body["message_id"]), revision, at) if is_revision(revision) else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def may_send(actor: Actor, key: SubmissionKey) -> bool:
    """Whether the actor may send the form up, so that the device offers it."""
    form = dictionary.dictionary(actor).forms.get(key.form)
    sector = form.sector if form else ""
    return actor.may(services.SEND, region=key.region, sector=sector, dataset=key.dataset)


def carry_out(actor: Actor, key: SubmissionKey, one: Queued, *, now: datetime) -> dict[str, Any] | None:
    """Send the form at the revision that the device saw; `None` where form or village do not exist.

    Gives whether it is done, whether this message had been answered before, and what holds it back.
    """
    done = services.send_submission(
        actor,
        key=key,
        revision=one.revision,
        message_id=one.message_id,
        now=now,
        reason=decided_on_device(one.claimed_at),
    )
    if any(found.code in NO_SUCH for found in done.findings):
        return None
    return {"done": done.is_done, "repeated": done.is_repeated, "faults": list(_faults(done))}


def _faults(done: services.Outcome) -> Iterator[dict[str, str]]:
    """Give what holds it back, and the first findings of checks that do."""
    told: list[Finding] = [*done.findings, *(one.finding for one in done.blocking)]
    for one in told[:MOST_FAULTS]:
        yield {"code": one.code, "message": one.message, "remedy": one.remedy}
