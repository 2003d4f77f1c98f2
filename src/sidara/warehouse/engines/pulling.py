"""From the change log to the two Delta tables: `pull` what is new, `remake` everything.

Both know no room: they take the log and the variables as functions.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from sidara.collection.core import Changes, Variable
from sidara.kernel.finding import Finding
from sidara.warehouse.core import FACTS, Mark, Refreshed, Step, facts_of, fold
from sidara.warehouse.engines import delta

BATCH = 500_000
"""Changes read and committed at once."""

type Read = Callable[[int, int], Changes]
"""Gives the changes after a cursor, at most so many, in the order of their sequence.

Without any, the cursor given back is the end of the log, which may lie before the one asked from.
"""

type Variables = Callable[[], Mapping[tuple[str, str], Variable]]
"""Gives the variables by data set and code. Asked after the changes, so that it knows all they name."""

type Progress = Callable[[Step, Mark, int], None]
"""Is told each step as it is done, the mark it leads to, and the number of changes in it."""

OTHER_RECORDS = Finding(
    "FACTS_OF_OTHER_RECORDS",
    "Gudang data ini berasal dari catatan yang lain (misalnya dari cadangan yang berbeda).",
    "Susun ulang dari catatan yang ada: sidara warehouse rebuild",
)
AHEAD = Finding(
    "CURSOR_AHEAD",
    "Gudang data memuat perubahan yang tidak ada lagi dalam catatan (misalnya setelah pemulihan cadangan).",
    "Susun ulang dari catatan yang ada: sidara warehouse rebuild",
)


def silent(step: Step, mark: Mark, rows: int) -> None:
    """Tell nobody."""


def pull(where: Path, read: Read, variables: Variables, *, progress: Progress, batch: int) -> Refreshed:
    """`refresh` on any source of changes: batch by batch, `history` first, `current` second."""
    with delta.writing(where):
        pair = delta.newest_pair(where)
        before = pair.mark if pair else None
        if pair is None:
            delta.replace_all(where, _no_facts(), _no_facts(), Mark(read(0, 1).epoch, 0))
            pair = delta.newest_pair(where)
        total = Refreshed(before, before)
        while pair is not None:
            changes, interrupted = _next(where, pair, read, batch)
            if fault := _fault(pair.mark, changes, interrupted):
                return _sum(total, Refreshed(before, pair.mark, findings=(fault,)))
            mark = Mark(changes.epoch, changes.cursor)
            if mark == pair.mark:
                break
            rows = changes.rows.num_rows
            progress(Step.READ, mark, rows)
            facts, left_out, findings = facts_of(pl.DataFrame(changes.rows), variables())
            touched = tuple(sorted(facts["period"].unique()))
            folded = fold(delta.open_facts(pair, touched), facts)
            progress(Step.FOLDED, mark, rows)
            if interrupted is None:
                delta.append_history(where, folded.superseded, mark)
                progress(Step.HISTORY_WRITTEN, mark, rows)
            delta.overwrite_current(where, folded.current, folded.periods, mark)
            progress(Step.CURRENT_WRITTEN, mark, rows)
            closed = folded.superseded.height
            done = Refreshed(
                before, mark, rows, folded.opened, closed, left_out, interrupted is not None, findings
            )
            total = _sum(total, done)
            pair = delta.newest_pair(where)
        if pair is not None and total.read:
            delta.sweep(delta.gather(where, pair))
        return _sum(total, Refreshed(before, pair.mark if pair else None))


def remake(where: Path, read: Read, variables: Variables, *, progress: Progress, batch: int) -> Refreshed:
    """`rebuild` on any source of changes: fold everything, then replace both tables."""
    with delta.writing(where):
        delta.discard_broken(where)
        pair = delta.newest_pair(where)
        before = pair.mark if pair else None
        total = Refreshed(before, before)
        current, superseded = _no_facts(), [_no_facts()]
        mark = Mark(read(0, 1).epoch, 0)
        while True:
            changes = read(mark.cursor, batch)
            if changes.cursor == mark.cursor:
                break
            mark = Mark(changes.epoch, changes.cursor)
            progress(Step.READ, mark, changes.rows.num_rows)
            facts, left_out, findings = facts_of(pl.DataFrame(changes.rows), variables())
            folded = fold(current, facts)
            current = folded.current
            superseded.append(folded.superseded)
            closed = folded.superseded.height
            rows = changes.rows.num_rows
            total = _sum(
                total, Refreshed(before, mark, rows, folded.opened, closed, left_out, findings=findings)
            )
            progress(Step.FOLDED, mark, rows)
        delta.replace_all(where, current, pl.concat(superseded), mark)
        progress(Step.CURRENT_WRITTEN, mark, total.read)
        return _sum(total, Refreshed(before, mark))


def _no_facts() -> pl.DataFrame:
    return pl.DataFrame(schema=FACTS)


def _next(where: Path, pair: delta.Pair, read: Read, batch: int) -> tuple[Changes, Mark | None]:
    """Read the next changes; after an interrupted refresh exactly those whose closed facts are written.

    Gives the mark of the interrupted commit, else `None`.
    """
    ahead = delta.newest_history(where)
    if ahead is None or ahead.epoch != pair.mark.epoch or ahead.cursor <= pair.mark.cursor:
        return read(pair.mark.cursor, batch), None
    changes = read(pair.mark.cursor, ahead.cursor - pair.mark.cursor)
    if changes.cursor <= ahead.cursor:
        return changes, ahead
    rows = pl.DataFrame(changes.rows).filter(pl.col("sequence") <= ahead.cursor).to_arrow()
    return Changes(changes.epoch, ahead.cursor, rows), ahead


def _fault(mark: Mark, changes: Changes, interrupted: Mark | None) -> Finding | None:
    """Why these changes do not continue the facts; `None` when they do."""
    if changes.epoch != mark.epoch:
        return OTHER_RECORDS
    if changes.cursor < (interrupted or mark).cursor:
        return AHEAD
    return None


def _sum(one: Refreshed, two: Refreshed) -> Refreshed:
    """Both batches as one refresh."""
    return Refreshed(
        one.before,
        two.after,
        one.read + two.read,
        one.opened + two.opened,
        one.closed + two.closed,
        one.left_out + two.left_out,
        one.is_recovery or two.is_recovery,
        (*one.findings, *(finding for finding in two.findings if finding not in one.findings)),
    )
