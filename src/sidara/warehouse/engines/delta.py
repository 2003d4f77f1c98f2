"""Two Delta tables and one cursor: `current` (one row a cell) and `history` (superseded, append only).

Two tables are not one transaction. Therefore every commit carries the cursor as a Delta application
transaction, the epoch and the seal in its metadata; `history` commits first, `current` second; and a reader
takes the newest pair of snapshots with equal marks. A kill between the two commits is invisible: the
pair is still the old one, and the next refresh repeats the second commit. One writer at a time.
Source: Delta transaction log protocol, "Transaction Identifiers".
"""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Transaction, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError
from django.conf import settings

from sidara.warehouse.core import FACTS, Mark
from sidara.warehouse.core.facts import ORDER

_APPLICATION, _LEVELS = "refresh", "levels"
_EPOCH, _SEAL, _SHAPE = "sidara.epoch", "sidara.seal", "sidara.shape"
_PARTITION = "period"
_PROPERTIES = WriterProperties(compression="ZSTD", max_row_group_size=131_072)
_KEEP_HOURS = 7 * 24
MAX_FILES = 32
"""Files of a period in `history` before they are written together."""


@dataclass(frozen=True, eq=False)
class Pair:
    """One consistent state: both tables at the versions whose marks are equal."""

    current: DeltaTable
    history: DeltaTable
    mark: Mark

    @property
    def version(self) -> int:
        """The version of `current`, which commits last."""
        return self.current.version()


def folder() -> Path:
    """Where the tables lie (setting `SIDARA_WAREHOUSE`)."""
    return Path(settings.SIDARA_WAREHOUSE)


def _path(folder: Path, table: str) -> str:
    return str(folder / table)


def _commit_file(folder: Path, table: str, version: int) -> Path:
    return folder / table / "_delta_log" / f"{version:020d}.json"


def _mark(folder: Path, name: str, table: DeltaTable) -> Mark:
    """Read the mark that the commit of the loaded version carries.

    From the commit's own file: `DeltaTable.history` tells of the newest commits, not of the loaded one.
    """
    lines = _commit_file(folder, name, table.version()).read_text(encoding="utf-8").splitlines()
    commit = next(action["commitInfo"] for line in lines if "commitInfo" in (action := json.loads(line)))
    levels = table.transaction_version(_LEVELS)
    cursor = int(table.transaction_version(_APPLICATION) or 0)
    known = None if levels is None else int(levels)
    return Mark(str(commit[_EPOCH]), cursor, known, commit.get(_SEAL), commit.get(_SHAPE))


def _open(folder: Path, table: str, version: int | None = None) -> DeltaTable | None:
    try:
        return DeltaTable(_path(folder, table), version=version)
    except TableNotFoundError:
        return None


def newest_pair(folder: Path) -> Pair | None:
    """Open the newest two snapshots with equal marks; `None` while there is no warehouse.

    `current` is read first: `history`, which commits before it, is then at the same mark or ahead, and
    stepping back through its versions finds the partner.
    """
    current = _open(folder, "current")
    history = _open(folder, "history")
    if current is None or history is None:
        return None
    wanted = _mark(folder, "current", current)
    while _mark(folder, "history", history) != wanted:
        if history.version() == 0:
            return None
        history.load_as_version(history.version() - 1)
    return Pair(current, history, wanted)


def discard_broken(folder: Path) -> None:
    """Remove both tables when their logs cannot be read; only a rebuild may, for it makes all facts again."""
    try:
        newest_pair(folder)
    except (DeltaError, OSError, ValueError, LookupError):
        for table in ("history", "current"):
            shutil.rmtree(folder / table, ignore_errors=True)


def newest_history(folder: Path) -> Mark | None:
    """Read the mark of the newest commit of `history`; ahead of the pair's after an interrupted refresh."""
    history = _open(folder, "history")
    return None if history is None else _mark(folder, "history", history)


def stamp(folder: Path, version: int) -> tuple[int, int] | None:
    """Tell the newest commit of `current` from any other: equal as long as `version` is the newest.

    `None` when another commit followed, or when the folder was made anew. Two looks for a file.
    """
    try:
        state = _commit_file(folder, "current", version).stat()
    except FileNotFoundError:
        return None
    is_newest = not _commit_file(folder, "current", version + 1).exists()
    return (state.st_ino, state.st_mtime_ns) if is_newest else None


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the only writer; another one waits. The system frees the lock when the process dies."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "refresh.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _commit(mark: Mark) -> CommitProperties:
    done = [Transaction(_APPLICATION, mark.cursor)]
    if mark.levels is not None:
        done.append(Transaction(_LEVELS, mark.levels))
    more = {_SEAL: mark.seal, _SHAPE: mark.shape}
    said = {_EPOCH: mark.epoch} | {name: text for name, text in more.items() if text is not None}
    return CommitProperties(custom_metadata=said, app_transactions=done)


def _arrow(facts: pl.DataFrame) -> pa.Table:
    return facts.select(FACTS.names()).to_arrow()


def append_history(folder: Path, superseded: pl.DataFrame, mark: Mark) -> None:
    """First commit: add closed facts."""
    write_deltalake(
        _path(folder, "history"),
        _arrow(superseded),
        partition_by=[_PARTITION],
        mode="append",
        writer_properties=_PROPERTIES,
        commit_properties=_commit(mark),
    )


def overwrite_current(folder: Path, current: pl.DataFrame, periods: tuple[str, ...], mark: Mark) -> None:
    """Second commit: put `current` in the place of all open facts of `periods`; others stay as they are.

    Without periods (nothing but texts in the log) the commit only moves the mark.
    """
    listed = ", ".join(f"'{period}'" for period in periods)
    write_deltalake(
        _path(folder, "current"),
        _arrow(current),
        partition_by=[_PARTITION],
        mode="overwrite",
        predicate=f"{_PARTITION} IN ({listed})" if periods else "false",
        writer_properties=_PROPERTIES,
        commit_properties=_commit(mark),
    )


def replace_all(folder: Path, current: pl.DataFrame, superseded: pl.DataFrame, mark: Mark) -> None:
    """Both commits of a rebuild, or the first ones of a new warehouse: all facts are replaced."""
    for table, facts in (("history", superseded), ("current", current)):
        write_deltalake(
            _path(folder, table),
            _arrow(facts),
            partition_by=[_PARTITION],
            mode="overwrite",
            schema_mode="overwrite",
            writer_properties=_PROPERTIES,
            commit_properties=_commit(mark),
        )


def open_facts(pair: Pair, periods: tuple[str, ...]) -> pl.DataFrame:
    """Read the open facts of some periods, with the columns `FACTS`."""
    if not periods:
        return pl.DataFrame(schema=FACTS)
    return _read(pair.current.file_uris(file_pruning_predicate=[(_PARTITION, "in", list(periods))]))


def _read(files: list[str]) -> pl.DataFrame:
    if not files:
        return pl.DataFrame(schema=FACTS)
    frame = pl.read_parquet(files, hive_partitioning=True, hive_schema={_PARTITION: pl.String})
    return frame.select(pl.col(name).cast(dtype) for name, dtype in FACTS.items())


def gather(folder: Path, pair: Pair) -> Pair:
    """Write the small files of `history` together, period by period, under the same mark."""
    files: dict[str, list[str]] = {}
    for file in pair.history.file_uris():
        files.setdefault(Path(file).parent.name.removeprefix(f"{_PARTITION}="), []).append(file)
    many = {period: small for period, small in files.items() if len(small) > MAX_FILES}
    for period, small in many.items():
        write_deltalake(
            _path(folder, "history"),
            _arrow(_read(small).sort(ORDER)),
            partition_by=[_PARTITION],
            mode="overwrite",
            predicate=f"{_PARTITION} = '{period}'",
            writer_properties=_PROPERTIES,
            commit_properties=_commit(pair.mark),
        )
    return (newest_pair(folder) or pair) if many else pair


def sweep(pair: Pair) -> None:
    """Remove files that no version of the last week needs."""
    commit = _commit(pair.mark)
    for table in (pair.current, pair.history):
        table.vacuum(retention_hours=_KEEP_HOURS, dry_run=False, commit_properties=commit)
