"""Levels as they are handed up, and the audit of what stands behind them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any

import polars as pl

from sidara.collection import queries as collection
from sidara.collection.core.submission import Key
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
from sidara.records.writing import last_number
from sidara.verification import models
from sidara.verification.core import WHOLE, Level, Moved, faults_of

READ_LEVELS = "verification.read_levels"
AUDIT = "verification.audit"
AT_ONCE = 500
"""Submissions whose levels are read together."""
LEVELS: Mapping[str, Any] = {
    "sequence": pl.Int64,
    "event": pl.Int64,
    "after": pl.Int64,
    "dataset": pl.String,
    "region_id": pl.Int64,
    "period": pl.String,
    "row": pl.String,
    "variable": pl.String,
    "breakdown": pl.String,
    "level": pl.Int8,
    "revision": pl.Int64,
    "changed_at": pl.Datetime("us", "UTC"),
}
"""Levels as they are handed up; `revision` is the one of the submission that was brought there, `after` the
newest change of `collection` in that content: the level holds from there on. Cells that one row of the
records brought there together share its `sequence`, all that one `event` moved follow one another."""
_FIELDS = (
    "sequence",
    "event_id",
    "event__submission__dataset__code",
    "event__submission__region_id",
    "event__submission__period",
    "row",
    "variable",
    "breakdown",
    "level",
    "event__revision",
    "event__made_at",
    "event__submission__uid",
)
"""What is read of a row; `_KEPT` has the same order."""
_KEPT = pl.Schema({name: dtype for name, dtype in LEVELS.items() if name != "after"} | {"uid": pl.String})


@dataclass(frozen=True, eq=False)
class Levels:
    """A stretch of levels in the order of commit (see `LEVELS`); `cursor` is the sequence of the last one.

    `is_last`: nothing stood behind it when it was read.
    """

    cursor: int
    rows: pl.DataFrame
    is_last: bool


def levels_since(actor: Actor, cursor: int, *, limit: int) -> Levels:
    """Give the levels of the next `limit` rows of the records after `cursor`, in the order of commit.

    A row that brought a whole submission to a level gives one level for each of its cells. Start at 0; go on
    with the cursor that was given until there are no rows. What was given once is given the same again for
    ever. Refuses (`NotAllowed`) an actor without `verification.read_levels`.
    """
    require(actor, READ_LEVELS)
    rows = models.CellLevel.objects.filter(sequence__gt=cursor).order_by("sequence")
    kept = _laid(rows.values_list(*_FIELDS)[:limit])
    if kept.is_empty():
        return Levels(cursor, pl.DataFrame(schema=LEVELS), is_last=True)
    return Levels(int(kept["sequence"][-1]), _told(actor, kept), kept.height < limit)


def levels_beside(actor: Actor, cursor: int, upto: int, variables: Collection[str]) -> pl.DataFrame:
    """Give the levels (`LEVELS`) of cells of `variables` at `cursor`, where events up to `upto` move some.

    Those of the submissions of which such an event names single cells: the others stay where they are. An
    event that moves all cells of a submission needs none. Same right as `levels_since`.
    """
    require(actor, READ_LEVELS)
    named = models.CellLevel.objects.filter(
        sequence__gt=cursor, sequence__lte=upto, event__is_whole=False, variable__in=list(variables)
    )
    uids = set(named.order_by().values_list("event__submission", flat=True)) if cursor else set()
    parts = [pl.DataFrame(schema=_KEPT)]
    for some in batched(sorted(uids), AT_ONCE):
        rows = models.CellLevel.objects.filter(
            sequence__lte=cursor, event__submission__in=some, variable__in=[*variables, WHOLE.variable]
        )
        parts.append(_laid(rows.order_by("sequence").values_list(*_FIELDS)))
    kept = pl.concat(parts)
    cell = ("dataset", "region_id", "period", "row", "variable", "breakdown")
    told = _told(actor, kept).filter(pl.col("variable").is_in(list(variables)))
    return told.unique(cell, keep="last", maintain_order=True)


def _laid(rows: Iterable[tuple[Any, ...]]) -> pl.DataFrame:
    """Lay rows of the records (`_FIELDS`) in a table."""
    return pl.DataFrame([(*one[:-1], str(one[-1])) for one in rows], schema=_KEPT, orient="row")


def _told(actor: Actor, kept: pl.DataFrame) -> pl.DataFrame:
    """Give what rows of the records say of cells (`LEVELS`), each with the change that it stands behind."""
    ends = collection.ends_of(actor, set(kept["uid"]))
    after = pl.DataFrame(
        [(uid, revision, end) for (uid, revision), end in ends.items()],
        schema={"uid": pl.String, "revision": pl.Int64, "after": pl.Int64},
        orient="row",
    )
    made = _spread(actor, kept).join(after, on=["uid", "revision"], how="left", maintain_order="left")
    return made.with_columns(pl.col("after").fill_null(0)).select(list(LEVELS))


def _spread(actor: Actor, kept: pl.DataFrame) -> pl.DataFrame:
    """Put the cells of a submission in place of a row that is about all of them."""
    is_whole = pl.col("variable") == WHOLE.variable
    whole = kept.filter(is_whole & (pl.col("breakdown") == WHOLE.breakdown))
    if whole.is_empty():
        return kept.filter(~is_whole)
    cells = collection.cells_at(actor, set(whole["uid"]))
    own = ("row", "variable", "breakdown")
    spread = (
        whole.drop(own)
        .join(cells, on="uid")
        .filter(pl.col("first_revision") <= pl.col("revision"))
        .select(kept.columns)
        .sort("sequence", *own)
    )
    return pl.concat([kept.filter(~is_whole), spread]).sort("sequence", maintain_order=True)


def newest_level(actor: Actor) -> int:
    """Give the sequence of the newest level; 0 while there is none. Same right as `levels_since`."""
    require(actor, READ_LEVELS)
    return last_number(models.CellLevel)


def seal_of(actor: Actor, sequence: int) -> str:
    """Say which level has a sequence: the chain hash of its event. Empty where there is none."""
    require(actor, READ_LEVELS)
    rows = models.CellLevel.objects.filter(sequence=sequence)
    return rows.values_list("event__chain_hash", flat=True).first() or ""


def audit(actor: Actor) -> Iterator[Finding]:
    """Hold every event against its chain, its cells, and the contents that `collection` has.

    Refuses (`NotAllowed`) an actor without `verification.audit`.
    """
    require(actor, AUDIT)
    held: dict[str, list[models.Event]] = {}
    rows = models.Event.objects.select_related("submission__region").prefetch_related("levels")
    for row in rows.iterator(chunk_size=2_000):
        held.setdefault(str(row.submission.uid), []).append(row)
    for uid, events in held.items():
        one = events[0].submission
        named = f"{one.form} {one.period}, wilayah {one.region.code}"
        contents = collection.content_hashes(actor, uid)
        moved = {row.number: [_moved(level) for level in row.levels.all()] for row in events}
        yield from faults_of(named, uid, [row.kept for row in events], contents, moved)


def _moved(row: models.CellLevel) -> Moved:
    return Moved(Key(row.row, row.variable, row.breakdown), Level(row.level), row.reason)
