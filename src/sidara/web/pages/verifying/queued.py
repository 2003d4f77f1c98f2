"""What a verifier decided on a device that waited for a link: its message, and the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sidara.collection.core.proof import cell_of
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import Actor
from sidara.verification import services
from sidara.verification.core import WHOLE, Step, decided_on_device, verifying_step
from sidara.web.bodies import is_revision, moment_of
from sidara.web.pages.verifying.review import day_of, why

ACCEPT, RETURN, RETURN_WHOLE = "accept", "return", "return-whole"
MOST_FAULTS = 20
NO_SUCH = frozenset({"REGION_UNKNOWN", "FORM_UNKNOWN"})


@dataclass(frozen=True)
class Queued:
    """A decision that waited: the act as a step on cells that were seen at a revision.

    `reasons` say why cells are returned, until `due`. `claimed_at` is when it was decided, by the clock of
    the device; `None` where that is wrong by generations. `is_online`: there was a link when it was decided,
    which the device keeps with it, so that the message says the same however often it comes.
    """

    message_id: UUID
    step: Step
    act: str
    cells: tuple[Key, ...]
    reason: str
    due: date | None
    revision: int
    claimed_at: datetime | None
    is_online: bool = False

    @property
    def reasons(self) -> Mapping[Key, str]:
        """Why each cell is returned; the form is one of them where it is returned whole."""
        return dict.fromkeys([WHOLE] if self.act == RETURN_WHOLE else self.cells, self.reason)


def read(body: Any, step: str) -> Queued | None:
    """Read the JSON of the script; `None` where it has another form."""
    try:
        taken, revision, act, texts = verifying_step(step), body["revision"], body["act"], body["cells"]
        cells = [cell_of(text) if text.count("|") == 2 else None for text in texts]
        told = body["reason"], body["note"], body["due"]
        is_told = all(isinstance(one, str) for one in told)
        if taken is None or act not in {ACCEPT, RETURN, RETURN_WHOLE} or None in cells or not is_told:
            return None
        if not is_revision(revision):
            return None
        return Queued(
            UUID(body["message_id"]),
            taken,
            act,
            tuple(one for one in cells if one is not None),
            why(told[0], told[1]),
            day_of(told[2]),
            revision,
            moment_of(body["claimed_at"]),
            body.get("online") is True,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def carry_out(actor: Actor, key: SubmissionKey, one: Queued, *, now: datetime) -> dict[str, Any] | None:
    """Do what was decided, as of the revision that the device saw; `None` where form or village do not exist.

    Gives whether it is done, whether this message had been answered before, and what holds it back.
    """
    said = "" if one.is_online else decided_on_device(one.claimed_at)
    common: dict[str, Any] = {"key": key, "step": one.step, "revision": one.revision}
    common |= {"message_id": one.message_id, "now": now}
    if one.act == ACCEPT:
        done = services.accept_cells(actor, cells=one.cells, reason=said, **common)
    else:
        done = services.return_cells(actor, reasons=one.reasons, due_date=one.due, note=said, **common)
    if any(found.code in NO_SUCH for found in done.findings):
        return None
    faults = [
        {"code": found.code, "message": found.message, "remedy": found.remedy}
        for found in done.findings[:MOST_FAULTS]
    ]
    return {"done": done.is_done, "repeated": done.is_repeated, "faults": faults}
