"""From the change log to the two Delta tables: `pull` what is new, `remake` everything.

Both know no room: they take the log and the variables as functions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sidara.collection.core import Changes, Variable
from sidara.kernel.finding import Finding
from sidara.warehouse.core import FACTS, Mark, Refreshed, Step, facts_of, fold, together
from sidara.warehouse.core.facts import AHEAD, LEVELS, misfit
from sidara.warehouse.engines import delta

BATCH = 500_000
"""Changes read and committed at once."""

type Read = Callable[[int, int], Changes]
"""Gives the changes after a cursor, at most so many, in the order of their sequence.

Without any, the cursor given back is the end of the log, which may lie before the one asked from.
"""

type Variables = Callable[[], Mapping[tuple[str, str], Variable]]
"""Gives the variables by data set and code. Asked after the changes, so that it knows all they name."""

type Levels = Callable[[int, int], tuple[int, pl.DataFrame]]
"""Gives levels (columns `LEVELS`) after a cursor, in the order of their sequence, and the end of all levels.

All that name a change up to the second number and stand before any that does not; it may give more.
"""

type Progress = Callable[[Step, Mark, int], None]
"""Is told each step as it is done, the mark it leads to, and the number of changes in it."""

type Seal = Callable[[int, int], str]
"""Says which change and which level stand at two cursors; never the same for others."""


def no_levels(cursor: int, _upto: int) -> tuple[int, pl.DataFrame]:
    """Know no levels: all facts keep those of the log."""
    return cursor, pl.DataFrame(schema=LEVELS)


def no_seal(_cursor: int, _level: int) -> str:
    """Tell no change from another one."""
    return ""


def silent(step: Step, mark: Mark, rows: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Source:
    """Where facts come from: the change log, the variables, the levels of its cells, and which these are.

    `shape` names what the log tells beside stored cells.
    """

    changes: Read
    variables: Variables
    levels: Levels = no_levels
    seal: Seal = no_seal
    shape: str = ""

    def sealed(self, epoch: str, cursor: int = 0, levels: int = 0) -> Mark:
        """Give the mark of two cursors."""
        return Mark(epoch, cursor, levels, self.seal(cursor, levels), self.shape)


def pull(where: Path, source: Source, *, progress: Progress, batch: int) -> Refreshed:
    """`refresh` on any source of changes: batch by batch, `history` first, `current` second.

    It ends with what the log held when its last batch was read.
    """
    with delta.writing(where):
        pair = delta.newest_pair(where)
        before = pair.mark if pair else None
        if before is not None and (fault := _misfit(before, source)):
            return Refreshed(before, before, findings=(fault,))
        if before is not None and (
            before.levels is None or before.seal is None or before.shape != source.shape
        ):
            return _remade(where, source, before, progress=progress, batch=batch)
        if pair is None:
            delta.replace_all(where, _no_facts(), _no_facts(), source.sealed(source.changes(0, 1).epoch))
            pair = delta.newest_pair(where)
        total = Refreshed(before, before)
        while pair is not None:
            stretch = _next(where, pair, source, batch)
            if not _continues(pair.mark, stretch):
                return _sum(total, Refreshed(before, pair.mark, findings=(AHEAD,)))
            mark, rows = stretch.mark, stretch.rows.height
            if mark == pair.mark:
                break
            progress(Step.READ, mark, rows)
            facts, left_out, findings = facts_of(stretch.rows, source.variables())
            touched = tuple(sorted(facts["period"].unique()))
            folded = fold(delta.open_facts(pair, touched), facts)
            progress(Step.FOLDED, mark, rows)
            if not stretch.is_interrupted:
                delta.append_history(where, folded.superseded, mark)
                progress(Step.HISTORY_WRITTEN, mark, rows)
            delta.overwrite_current(where, folded.current, folded.periods, mark)
            progress(Step.CURRENT_WRITTEN, mark, rows)
            closed = folded.superseded.height
            done = Refreshed(
                before, mark, rows, folded.opened, closed, left_out, stretch.is_interrupted, findings
            )
            total = _sum(total, done)
            pair = delta.newest_pair(where)
            if stretch.is_last:
                break  # What is saved meanwhile comes with the next refresh: in a crowd there is always some.
        if pair is not None and total.read:
            delta.sweep(delta.gather(where, pair))
        return _sum(total, Refreshed(before, pair.mark if pair else None))


def remake(where: Path, source: Source, *, progress: Progress, batch: int) -> Refreshed:
    """`rebuild` on any source of changes: fold everything, then replace both tables."""
    with delta.writing(where):
        delta.discard_broken(where)
        pair = delta.newest_pair(where)
        return _remade(where, source, pair.mark if pair else None, progress=progress, batch=batch)


def _remade(where: Path, source: Source, before: Mark | None, *, progress: Progress, batch: int) -> Refreshed:
    total = Refreshed(before, before)
    current, superseded = _no_facts(), [_no_facts()]
    mark = source.sealed(source.changes(0, 1).epoch)
    while True:
        stretch = _stretch(source, mark, batch)
        if stretch.mark == mark:
            break
        mark, rows = stretch.mark, stretch.rows.height
        progress(Step.READ, mark, rows)
        facts, left_out, findings = facts_of(stretch.rows, source.variables())
        folded = fold(current, facts)
        current = folded.current
        superseded.append(folded.superseded)
        closed = folded.superseded.height
        total = _sum(total, Refreshed(before, mark, rows, folded.opened, closed, left_out, findings=findings))
        progress(Step.FOLDED, mark, rows)
    delta.replace_all(where, current, pl.concat(superseded), mark)
    progress(Step.CURRENT_WRITTEN, mark, total.read)
    return _sum(total, Refreshed(before, mark))


def _no_facts() -> pl.DataFrame:
    return pl.DataFrame(schema=FACTS)


@dataclass(frozen=True, eq=False)
class _Stretch:
    """The changes and levels after a mark, in one order, and the mark behind them."""

    mark: Mark
    rows: pl.DataFrame
    ahead: Mark | None = None
    """The mark of an interrupted commit that this finishes."""
    is_last: bool = False
    """Whether nothing more was there when it was read."""

    @property
    def is_interrupted(self) -> bool:
        return self.ahead is not None


def _next(where: Path, pair: delta.Pair, source: Source, batch: int) -> _Stretch:
    """Read what comes next; after an interrupted refresh exactly that whose closed facts are written."""
    ahead = delta.newest_history(where)
    if ahead is None or ahead.epoch != pair.mark.epoch or _far(ahead) <= _far(pair.mark):
        return _stretch(source, pair.mark, batch)
    return _stretch(source, pair.mark, ahead.cursor - pair.mark.cursor, ahead)


def _far(mark: Mark) -> tuple[int, int]:
    return mark.cursor, mark.levels or 0


def _stretch(source: Source, mark: Mark, limit: int, ahead: Mark | None = None) -> _Stretch:
    """Read at most `limit` changes after a mark, and the levels that belong to what was read by then.

    Changes are read before levels: a level that is read with a change behind it was committed before that
    change. Of the levels after the mark those are taken, in their order, that name changes already read;
    every level that lies before one of these changes is among them. `ahead`: up to this mark, not beyond.
    """
    changes = source.changes(mark.cursor, limit)
    rows, cursor = pl.DataFrame(changes.rows), changes.cursor
    if ahead is not None and cursor > ahead.cursor:
        rows, cursor = rows.filter(pl.col("sequence") <= ahead.cursor), ahead.cursor
    end, levels = source.levels(mark.levels or 0, cursor)
    risen = levels.filter(pl.col("after").cum_max() <= cursor)
    if ahead is not None:
        risen = risen.filter(pl.col("sequence") <= (ahead.levels or 0))
    far = int(risen["sequence"][-1]) if risen.height else min(mark.levels or 0, end)
    is_last = ahead is None and changes.rows.num_rows < limit
    return _Stretch(source.sealed(changes.epoch, cursor, far), together(rows, risen), ahead, is_last)


def _misfit(mark: Mark, source: Source) -> Finding | None:
    """Why the facts are not of these records; `None` when they are."""
    changes = source.changes(mark.cursor, 1)
    fault = misfit(mark, changes.epoch, source.seal(mark.cursor, mark.levels or 0))
    if fault or mark.seal is not None:
        return fault
    end, _ = source.levels(mark.levels or 0, mark.cursor)
    return AHEAD if changes.cursor < mark.cursor or end < (mark.levels or 0) else None


def _continues(mark: Mark, stretch: _Stretch) -> bool:
    """Whether what was read goes on from the facts, or finishes what was interrupted, as it was begun."""
    reached, wanted = stretch.mark, stretch.ahead or mark
    if stretch.ahead is not None and reached.seal != wanted.seal:
        return False
    return reached.cursor >= wanted.cursor and (reached.levels or 0) >= (wanted.levels or 0)


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
