"""Prefill: a person takes over what sources offer; each cell keeps where it came from."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sidara.collection import queries
from sidara.collection.core import Account, Source
from sidara.collection.core.prefill import agreed, given_of, offer_gone
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.collection.services.saving import Save, Saved, save_cells
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding


def prefill_cells(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor,
    *,
    key: SubmissionKey,
    base: int,
    chosen: Sequence[tuple[Key, str]] | None,
    message_id: UUID,
    now: datetime,
) -> Saved:
    """Save what was chosen (cell, reference of its origin) as `save_cells` does, with where it came from.

    `None` chooses every empty cell whose sources agree. What was chosen and is offered no more is rejected
    (`OFFER_GONE`). In one transaction: cells, revision (source `prefill`), provenance. Refuses
    (`NotAllowed`) as `save_cells`.
    """
    found = queries.readable(actor, key)
    if isinstance(found, Finding):
        return Saved(Account.refused((found,)))
    asking, place, period = found
    own = SubmissionKey(key.form, place.code, str(period), key.dataset)
    submission = queries.state_of(actor, queries.submission_row(actor, own, place.id))
    if chosen is None:
        wanted = agreed(queries.suggested(actor, found, own, submission))
    else:
        wanted = list(dict.fromkeys(chosen))
    offered = queries.offers(actor, found, own.dataset)
    cells, gone = [], []
    for cell, reference in wanted:
        offer = next((one for one in offered.get(cell, ()) if one.origin.reference == reference), None)
        if offer is None:
            gone.append(offer_gone(asking, cell))
        else:
            cells.append(given_of(cell, offer.content, submission.content(cell).explanation, reference))
    request = ("agreed",) if chosen is None else ("chosen", *(text for one in chosen for text in _asked(one)))
    save = Save(
        key,
        base,
        message_id,
        Source.PREFILL,
        cells,
        request=request,
        unread=tuple(gone),
    )
    return save_cells(actor, save=save, now=now, found=found)


def _asked(chosen: tuple[Key, str]) -> tuple[str, ...]:
    cell, reference = chosen
    row = (cell.row,) if cell.row else ()
    return *row, cell.variable, cell.breakdown, reference
