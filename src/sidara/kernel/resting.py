"""Rest for the collector of garbage while bulk work makes objects that are all needed.

Python looks through all that lives whenever much was made; in bulk work it finds nothing to throw away.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Rest:
    """Whether the collector rests: while anybody, in any thread, has work of that kind."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._was_on = False

    def begin(self) -> None:
        with self._lock:
            if not self._inside:
                self._was_on = gc.isenabled()
                gc.disable()
            self._inside += 1

    def end(self) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._was_on:
                gc.enable()


_REST = _Rest()


@contextmanager
def collector_resting() -> Iterator[None]:
    """Let the collector rest; what nothing refers to any more is freed as always, circles wait."""
    _REST.begin()
    try:
        yield
    finally:
        _REST.end()
