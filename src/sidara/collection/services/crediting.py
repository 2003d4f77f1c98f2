"""Where cells were taken over from: what a door says of it is held against what sources offer."""

from collections.abc import Iterable, Sequence

import polars as pl

from sidara.collection import models, queries
from sidara.collection.core.answering import Asking, Given
from sidara.collection.core.bulk.merging import each_once
from sidara.collection.core.bulk.placing import Target
from sidara.collection.core.prefill import Origin, confirmed, origin_gone
from sidara.collection.core.submission import Content, Delta, Key
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Place
from sidara.kernel.period import Period
from sidara.regions.core import Region

LONGEST = 500


def credited(
    actor: Actor,
    *,
    found: tuple[Asking, Region, Period],
    dataset: str,
    given: Sequence[Given],
    deltas: Iterable[Delta],
) -> tuple[dict[Key, Origin], list[Finding]]:
    """Give the origins of cells that change, and a warning for each whose source does not say so any more.

    `found` is what `queries.readable` gave. Sources are asked only where a cell names one.
    """
    named = {Key(one.row.lower(), one.variable, one.breakdown): one for one in given if one.origin}
    if not named:
        return {}, []
    claims = {one.key: (named[one.key].origin, one.new) for one in deltas if one.key in named}
    origins = confirmed(claims, queries.offers(actor, found, dataset)) if claims else {}
    return origins, [origin_gone(found[0], key, named[key].place) for key in claims if key not in origins]


def credited_in_bulk(
    actor: Actor, *, dataset: str, targets: Sequence[Target], cells: pl.DataFrame, changed: pl.DataFrame
) -> tuple[dict[tuple[int, Key], Origin], list[tuple[int, Finding]]]:
    """Give the same for the cells of a file, by number of the submission; each warning with that of its cell.

    `cells` are those sent (`Incoming.sent` with `sub`), `changed` those of them that change.
    """
    named = cells.filter(pl.col("origin").fill_null("") != "").select("at", "origin")
    if named.is_empty():
        return {}, []
    told = each_once(changed).join(named, on="at")
    origins: dict[tuple[int, Key], Origin] = {}
    doubts: list[tuple[int, Finding]] = []
    for (number,), part in told.group_by("sub", maintain_order=True):
        target = targets[int(str(number))]
        found = target.asking, target.place, target.period
        names = ("at", "row", "variable", "breakdown", "state", "value", "origin")
        rows = list(part.select(names).iter_rows())
        claims = {
            Key(row, variable, breakdown): (origin, Content(State(state), value))
            for _, row, variable, breakdown, state, value, origin in rows
        }
        own = confirmed(claims, queries.offers(actor, found, dataset))
        origins |= {(target.number, key): origin for key, origin in own.items()}
        doubts += [
            (at, origin_gone(target.asking, Key(*key), Place()))
            for at, *key, _, _, _ in rows
            if Key(*key) not in own
        ]
    return origins, doubts


def keep_origins(actor: Actor, *, origins: Iterable[tuple[int, int, Origin]]) -> None:
    """Keep where cells were taken over from (revision, cell, origin); only inside `writing`."""
    del actor
    models.Provenance.objects.bulk_create(
        models.Provenance(record_id=record, cell_id=cell, origin=one.reference, words=one.words[:LONGEST])
        for record, cell, one in origins
    )
