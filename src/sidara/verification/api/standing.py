"""What waits for a step, and how a submission stands: its level, that of each cell, reasons, days, acts."""

from collections.abc import Sequence
from datetime import date, datetime

from ninja import Router, Schema
from ninja.params.functions import Query

from sidara.collection import queries as collection
from sidara.collection.core.dataset import is_simulated
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import NotAllowed
from sidara.kernel.finding import Finding
from sidara.ui.api import Cursor, Limit, Page, Paged, Text, not_one_of, page, reads, refused
from sidara.ui.rights import Asking
from sidara.verification import queries
from sidara.verification.core import (
    VERIFYING,
    WHOLE,
    Chain,
    Correction,
    Event,
    Moved,
    Standing,
    Step,
    verifying_step,
)

router = Router(tags=["verification"])
STEP = "Langkah: district, community, sector, province; kosong berarti langkah Anda yang pertama."


class QueuedOut(Schema):
    """A submission that waits for the step: since when (UTC), how late, how doubtful, what is mended."""

    form: str
    region: str
    period: str
    dataset: str
    simulated: bool
    level: str
    since: datetime
    due_date: date | None
    late: bool
    doubts: int
    returned: int


class CellStandingOut(Schema):
    """Where a cell stands: its level, the steps that accepted it there and that it waits for.

    `reason` says why a verifier returned it, until it is sent again. Of a cell that is being corrected
    `final_value` is what it said when it was final, and `correction` why it was opened.
    """

    row: str
    variable: str
    breakdown: str
    level: str
    accepted: list[str]
    waiting: list[str]
    reason: str
    correction: str
    final_value: str | None


class ActOut(Schema):
    """Who did what, when (UTC), at which revision; `cells` are those that it opened, each with its reason."""

    number: int
    act: str
    step: str
    by: str
    function: str
    at: datetime
    reason: str
    late: bool
    due_date: date | None
    revision: int
    content_hash: str
    cells: list[dict[str, str]]


class StandingOut(Schema):
    """How a submission stands: the `level` of its lowest cell, the steps that some cell is `waiting` for.

    `reason` says why the whole form was returned; `mend_by` until when returned cells are to be mended.
    """

    form: str
    region: str
    dataset: str
    simulated: bool
    period: str
    level: str
    waiting: list[str]
    late: bool
    mend_by: date | None
    reason: str
    revision: int
    content_hash: str
    cells: list[CellStandingOut]
    events: list[ActOut]


@reads(router, "/queue", right=queries.READ_QUEUE, response=Paged[QueuedOut])
def verification_queue(
    request: Asking,
    step: Text = Query("", description=STEP),
    under: Text = "",
    form: Text = "",
    period: Text = "",
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Page[dict[str, object]]:
    """Kiriman yang menunggu langkah Anda: yang terlambat dan meragukan lebih dahulu."""
    taken = step_of(request, step)
    found = queries.queue(request.actor, taken, under=under, form=form, period=period)
    numbered = list(enumerate(found))
    shown = page(numbered, key=lambda one: f"{one[0]:010}", cursor=cursor, limit=limit)
    return Page([_queued(one) for _, one in shown.items], shown.next)


@reads(router, "/submissions/{form}/{region}/{period}", right=READ, response=StandingOut)
def show_standing(request: Asking, form: Text, region: Text, period: Text) -> dict[str, object]:
    """Sejauh mana sebuah kiriman diperiksa: tingkat tiap sel, alasan, hari, dan riwayatnya."""
    key = SubmissionKey(form, region, period)
    found = collection.asking_of(request.actor, key)
    if isinstance(found, Finding):
        raise refused(found)
    asking, place, at = found
    key = SubmissionKey(form, place.code, str(at), key.dataset)
    held, filled = queries.standing(request.actor, key), collection.filled(request.actor, key)
    chain = queries.chain(request.actor, form, asking.questionnaire.form.sector)
    cells = held.every(filled.state.cells if filled else ())
    corrected = queries.corrections(request.actor, key, held)
    return {
        "form": form,
        "region": place.code,
        "dataset": key.dataset,
        "simulated": is_simulated(key.dataset),
        "period": key.period,
        "level": held.level.name.lower(),
        "waiting": sorted(held.waiting(chain)),
        "late": held.is_late,
        "mend_by": held.mend_by,
        "reason": held.reasons.get(WHOLE, ""),
        "revision": filled.state.revision if filled else 0,
        "content_hash": filled.content_hash if filled else "",
        "cells": [_cell(held, chain, one, corrected.get(one)) for one in sorted(cells)],
        "events": _events(request, key, held),
    }


def step_of(request: Asking, text: str, *, key: SubmissionKey | None = None) -> Step:
    """Read a step; without one the first that the asker takes (there). Refuses what is none."""
    if text:
        named = verifying_step(text)
        if named is None:
            raise not_one_of("Langkah", text, [one.value for one in VERIFYING])
        return named
    if key is None:
        own = queries.steps_of(request.actor)
    else:
        found = collection.asking_of(request.actor, key)
        if isinstance(found, Finding):
            raise refused(found)
        sector = found[0].questionnaire.form.sector
        own = queries.steps_of(request.actor, region=found[1].code, sector=sector, dataset=key.dataset)
    if not own:
        raise NotAllowed(request.actor, VERIFYING[0].operation)
    return own[0]


def _queued(one: queries.Queued) -> dict[str, object]:
    return {
        "form": one.form,
        "region": one.region,
        "period": one.period,
        "dataset": one.dataset,
        "simulated": is_simulated(one.dataset),
        "level": one.level.name.lower(),
        "since": one.since,
        "due_date": one.due_date,
        "late": one.is_late,
        "doubts": one.doubts,
        "returned": one.returned,
    }


def _cell(held: Standing, chain: Chain, key: Key, told: Correction | None) -> dict[str, object]:
    position = held.at(key)
    return {
        **key.flat(),
        "level": position.level.name.lower(),
        "accepted": sorted(position.accepted),
        "waiting": sorted(chain.waiting(position)),
        "reason": held.reasons.get(key, ""),
        "correction": told.event.link.reason if told else "",
        "final_value": told.before.value if told else None,
    }


def _events(request: Asking, key: SubmissionKey, held: Standing) -> list[dict[str, object]]:
    opened = queries.opened_by(request.actor, key, held)
    return [_event(one, opened.get(one.link.number, ())) for one in held.events]


def _event(one: Event, opened: Sequence[Moved]) -> dict[str, object]:
    return {
        "number": one.link.number,
        "act": one.act.value,
        "step": one.link.step.value if one.link.step else "",
        "by": one.actor_name,
        "function": one.actor_function,
        "at": one.link.at,
        "reason": one.link.reason,
        "late": one.link.is_late,
        "due_date": one.due_date,
        "revision": one.link.revision,
        "content_hash": one.link.content_hash,
        "cells": [each.key.flat() | {"reason": each.reason} for each in opened],
    }
