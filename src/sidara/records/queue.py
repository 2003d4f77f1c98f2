"""The queue of writers on SQLite: whoever waits goes on as soon as the one before is done.

SQLite itself lets a writer that finds the records taken look again after pauses that grow to a tenth of a
second, and late comers pass him meanwhile; in a crowd some wait for seconds. Nothing rests on the queue: the
lock of SQLite decides as before, and a process that dies leaves both.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Lock

try:
    import fcntl
except ImportError:  # pragma: no cover - a system without it has the queue of its own threads
    fcntl = None  # type: ignore[assignment]  # a module elsewhere

SUFFIX = "-antre"
"""What the name of the file of the queue adds to that of the records; it is always empty."""
PATIENCE = 30
"""Seconds for which threads of a process wait for each other, before they ask the records themselves."""
_threads = Lock()
_files: dict[str, int] = {}


@contextmanager
def turn(records: str) -> Iterator[Callable[[], None]]:
    """Wait for one's turn to write to the file of the records; with no name, for threads of the process.

    Gives what ends the turn before the block does.
    """
    with ExitStack() as held:
        if _threads.acquire(timeout=PATIENCE):
            held.callback(_threads.release)
            if records and (file := _file(records)) is not None:
                held.callback(fcntl.flock, file, fcntl.LOCK_UN)
        yield held.close


def _file(records: str) -> int | None:
    """Wait for the other processes; `None` where their queue cannot be kept."""
    with suppress(OSError, AttributeError):
        if records not in _files:
            _files[records] = os.open(records + SUFFIX, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(_files[records], fcntl.LOCK_EX)
        return _files[records]
    return None
