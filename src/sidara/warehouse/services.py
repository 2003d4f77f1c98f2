"""Commands of the warehouse: `refresh` pulls what is new, `rebuild` makes all facts again.

Both only copy what the change log of `collection` and the levels of `verification` say; they can be killed
and repeated at any moment.
"""

from collections.abc import Mapping
from functools import partial

import polars as pl

from sidara.collection import queries as collection
from sidara.collection.core import Changes, Variable
from sidara.kernel.actor import Actor, require
from sidara.verification import queries as verification
from sidara.warehouse import queries
from sidara.warehouse.core import Refreshed
from sidara.warehouse.core.facts import LEVELS
from sidara.warehouse.core.rollups import rolled_levels
from sidara.warehouse.engines import delta, pulling
from sidara.warehouse.engines.pulling import Levels, Progress, Read, Source, Variables

REFRESH = "warehouse.refresh"
CHUNK = 100_000
"""Levels read at once."""


def refresh(actor: Actor, *, progress: Progress = pulling.silent, batch: int = pulling.BATCH) -> Refreshed:
    """Pull changes and levels since the last refresh into the facts. Twice = nothing new.

    Refuses (`NotAllowed`) an actor without `warehouse.refresh`; refuses with a finding, changing nothing,
    when the facts are of other records or ahead of them (see `rebuild`).
    """
    require(actor, REFRESH)
    return pulling.pull(delta.folder(), _source(actor), progress=progress, batch=batch)


def rebuild(actor: Actor, *, progress: Progress = pulling.silent, batch: int = pulling.BATCH) -> Refreshed:
    """Make all facts again from the whole change log, whatever lies there now.

    Readers keep the old facts until the new ones are complete. Same right as `refresh`.
    """
    require(actor, REFRESH)
    return pulling.remake(delta.folder(), _source(actor), progress=progress, batch=batch)


def _source(actor: Actor) -> Source:
    return Source(
        _log(actor),
        _variables(actor),
        _levels(actor),
        partial(queries.seal, actor),
        queries.shape(actor),
    )


def _log(actor: Actor) -> Read:
    """Read the change log of `collection`, and behind it what it makes of roll-ups of lists.

    Asked from beyond its end, it gives its end as the cursor.
    """

    def read(cursor: int, limit: int) -> Changes:
        changes = collection.changes_since(actor, cursor, limit=limit)
        if changes.rows.num_rows:
            rolled = collection.rollups_since(actor, cursor, changes.cursor)
            both = pl.concat([pl.DataFrame(changes.rows), rolled], how="vertical_relaxed")
            return Changes(
                changes.epoch, changes.cursor, both.sort("sequence", maintain_order=True).to_arrow()
            )
        return Changes(changes.epoch, min(cursor, collection.head(actor)), changes.rows)

    return read


def _levels(actor: Actor) -> Levels:
    """Read the levels of `verification`, as far as they are about changes that were read."""

    def read(cursor: int, upto: int) -> tuple[int, pl.DataFrame]:
        parts, at = [], cursor
        while True:
            found = verification.levels_since(actor, at, limit=CHUNK)
            parts.append(found.rows)
            at = found.cursor
            if found.is_last or found.rows.filter(pl.col("after") > upto).height:
                break
        measures = {one.code: one.measure for one in collection.datasets(actor)}
        measure = pl.col("dataset").replace_strict(measures, return_dtype=pl.String)
        known = collection.rollups(actor)
        levels = pl.concat(parts).with_columns(measure=measure)
        beside = verification.levels_beside(actor, cursor, at, known).with_columns(measure=measure)
        rolled = rolled_levels(levels, beside, known)
        both = pl.concat([levels.select(list(LEVELS)), rolled]).sort("sequence", maintain_order=True)
        return min(cursor, verification.newest_level(actor)), both

    return read


def _variables(actor: Actor) -> Variables:
    """Read the variables of all data sets when asked."""

    def read() -> Mapping[tuple[str, str], Variable]:
        return {
            (dataset.code, variable.code): variable
            for dataset in collection.datasets(actor)
            for variable in collection.variables(actor, dataset.code)
        }

    return read
