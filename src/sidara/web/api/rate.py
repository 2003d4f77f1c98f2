"""How often one asker may ask: so many requests a minute, counted in this process.

Nothing is written to count, so that reading never waits for a writer. With several processes an asker may
have as many times more. Words: asker (a token, an account, or an address without log-in).
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import time

WINDOW = 60
LIMITS = {"token": 600, "account": 600, "address": 240}
"""Requests in a window by the kind of asker; the kind stands before the colon of its key."""


@dataclass(frozen=True, slots=True)
class Spent:
    """How many requests are left in the window, and in how many seconds the next one begins."""

    limit: int
    left: int
    seconds: int

    @property
    def is_over(self) -> bool:
        """Whether this request was one too many."""
        return self.left < 0


class Counter:
    """Counts of the present window; those of the one before are forgotten as a whole."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        """Begin with nothing counted."""
        self._clock, self._lock = clock, Lock()
        self._window, self._counts = -1, dict[str, int]()

    def spend(self, key: str) -> Spent:
        """Count one request of an asker."""
        moment = self._clock()
        window = int(moment // WINDOW)
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, {}
            count = self._counts[key] = self._counts.get(key, 0) + 1
        limit = LIMITS[key.partition(":")[0]]
        return Spent(limit, limit - count, WINDOW - int(moment % WINDOW))

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._counts = {}


COUNTER = Counter()
