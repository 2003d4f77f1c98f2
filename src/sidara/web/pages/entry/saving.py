"""From what a browser sends to a save, and from its answer to what the browser takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sidara.collection import queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Asking, Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import Actor
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Place
from sidara.kernel.period import Period
from sidara.regions.core import Region
from sidara.web.bodies import is_name, is_revision, moment_of

MOST_CELLS = 2000


@dataclass(frozen=True)
class Sent:
    """A save as the script sends it, read; `filler`: who filled it in, where another one sends it."""

    message_id: UUID
    base: int
    claimed_at: datetime | None
    cells: tuple[Given, ...]
    filler: str = ""


def read(body: Any) -> Sent | None:
    """Read the JSON of the script; `None` where it has another form."""
    try:
        cells = tuple(_cell(number, one) for number, one in enumerate(body["cells"]))
        base, claimed, filler = body["base"], body.get("claimed_at") or "", body.get("filler", "")
        if not is_revision(base) or not is_name(filler) or len(cells) > MOST_CELLS:
            return None
        at = moment_of(claimed) if claimed else None
        return Sent(UUID(body["message_id"]), base, at, cells, filler)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _cell(number: int, one: Mapping[str, Any]) -> Given:
    texts = {
        name: one.get(name, "")
        for name in ("row", "variable", "breakdown", "state", "value", "explanation", "origin")
    }
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError
    return Given(
        texts["variable"],
        texts["value"],
        texts["state"],
        texts["breakdown"] or TOTAL,
        texts["row"],
        texts["explanation"],
        Place(line=number),
        texts["origin"],
    )


def save(
    actor: Actor,
    found: tuple[Asking, Region, Period],
    sent: Sent,
    *,
    now: datetime,
    device: UUID | None = None,
) -> dict[str, Any] | Finding:
    """Save what the script sent to the form that `queries.readable` found.

    Gives faults by number of the cell, and the form as it stands then.
    """
    asking, place, period = found
    key = SubmissionKey(asking.questionnaire.form.code, place.code, str(period))
    one = services.Save(
        key,
        sent.base,
        sent.message_id,
        Source.WEB,
        sent.cells,
        sent.claimed_at,
        sent.filler,
        device=device,
    )
    saved = services.save_cells(actor, save=one, now=now, found=found)
    after = queries.entry(actor, key, today=local_date(now), found=found, state=saved.state)
    if isinstance(after, Finding):
        return after
    faults = [_fault(one) for one in saved.account.findings]
    return {
        "stored": saved.account.is_stored,
        "repeated": saved.is_repeated,
        "refused": faults if saved.account.is_refused else [],
        "faults": [] if saved.account.is_refused else faults,
        "held": after.held,
    }


def _fault(one: Finding) -> dict[str, Any]:
    return {
        "index": -1 if one.place.line is None else one.place.line,
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
        "remedy": one.remedy,
    }
