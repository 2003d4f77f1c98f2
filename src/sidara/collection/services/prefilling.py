"""Prefill: a person takes over what sources offer; each cell keeps where it came from."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sidara.collection import models, queries
from sidara.collection.core import Account, Source
from sidara.collection.core.prefill import Offer, agreed, given_of
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.collection.services.saving import Save, Saved, save_cells
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.records.writing import writing

LONGEST = 500


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

    `None` chooses every empty cell whose sources agree. What is offered no more is left out. In one
    transaction: cells, revision (source `prefill`), provenance. Refuses (`NotAllowed`) as `save_cells`.
    """
    offered = queries.suggestions(actor, key)
    if isinstance(offered, Finding):
        return Saved(Account.refused((offered,)))
    by_key = {one.key: one for one in offered}
    taken: dict[Key, Offer] = {}
    for cell, reference in agreed(offered) if chosen is None else chosen:
        offer = by_key[cell].offer(reference) if cell in by_key else None
        if offer is not None:
            taken[cell] = offer
    held = {cell: by_key[cell].held for cell in taken}
    cells = [given_of(cell, one.content, held[cell].explanation) for cell, one in sorted(taken.items())]
    words = sorted({one.origin.words for one in taken.values()})
    request = ("agreed",) if chosen is None else ("chosen", *(text for one in chosen for text in _asked(one)))
    save = Save(
        key,
        base,
        message_id,
        Source.PREFILL,
        cells,
        reason="; ".join(words)[:LONGEST],
        request=request,
    )
    with writing():
        saved = save_cells(actor, save=save, now=now)
        if not saved.is_repeated and saved.revision:
            _keep(message_id, taken)
    return saved


def _asked(chosen: tuple[Key, str]) -> tuple[str, str, str]:
    cell, reference = chosen
    return cell.variable, cell.breakdown, reference


def _keep(message_id: UUID, taken: dict[Key, Offer]) -> None:
    """Keep where the cells came from that the revision of this message changed."""
    changes = models.Change.objects.filter(record__message_id=message_id).select_related(
        "cell__variable", "record"
    )
    rows = []
    for one in changes:
        offer = taken.get(Key(one.cell.row, one.cell.variable.code, one.cell.breakdown))
        if offer is not None:
            origin = offer.origin
            rows.append(
                models.Provenance(
                    record=one.record, cell=one.cell, origin=origin.reference, words=origin.words[:LONGEST]
                )
            )
    models.Provenance.objects.bulk_create(rows)
