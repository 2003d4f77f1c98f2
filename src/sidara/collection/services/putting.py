"""Cells that a program made: the simulated province, and whatever else is made through services."""

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from sidara.collection import queries
from sidara.collection.core import Account, DataSet, Variable, dataset_faults, judge
from sidara.collection.core.dataset import is_simulated
from sidara.collection.services.importing import IMPORT
from sidara.collection.services.storing import Origin, Progress, store
from sidara.kernel.actor import Actor, require
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date


def put_cells(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    dataset: DataSet,
    variables: Sequence[Variable],
    cells: pl.DataFrame,
    now: datetime,
    progress: Progress | None = None,
    is_announced: bool = True,
) -> Account:
    """Put cells that a program made (the simulated province) into a data set.

    `cells`: region_id, period, variable, value (text; a choice by its code), and optionally breakdown
    (else `_T`) and state (else `nilai`). Same verdicts, change log and announcement as an import; without
    (`is_announced`) whoever saved waits for nobody, and the facts follow at the next refresh.
    Refuses (`ValueError`, the program's fault) provenance that is missing or a code whose kind does not
    fit `is_simulated`; refuses (`NotAllowed`) an actor without `collection.import`.
    """
    require(actor, IMPORT)
    faults = dataset_faults(dataset, today=local_date(now))
    if faults or dataset.is_simulated != is_simulated(dataset.code):
        raise ValueError(f"data set {dataset.code}: {[fault.message for fault in faults]}")
    defaults = {"breakdown": TOTAL, "state": State.VALUE.value}
    cells = cells.with_columns(
        pl.lit(text).alias(name) for name, text in defaults.items() if name not in cells.columns
    ).select(pl.col(name).cast(kind) for name, kind in queries.CELLS.items())
    return store(
        actor,
        wanted=dataset,
        variables=variables,
        melted=judge(cells, variables),
        origin=Origin(),
        now=now,
        progress=progress,
        is_announced=is_announced,
    )
