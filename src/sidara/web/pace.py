"""How soon a device should send its next message: at once, unless a crowd asks for more than can be answered.

Most of what a crowd sends on the last day are messages of a single cell. A process that has too many requests
in hand asks devices to wait before the next message; what is typed meanwhile goes with it. So there is less
work instead of a longer line, and nothing is refused. The wait grows and shrinks with what is in hand, second
by second, and each device is told another one, so that they do not come back all at once (ADR 0022).
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from django.http import HttpRequest, HttpResponse

FREE = 1
"""How many other requests may be in hand before the wait grows."""
PER_SECOND = 3.0
"""By how many seconds the wait grows each second for each further request, or shrinks for each that lacks."""
LONGEST = 120.0
"""No device is asked to wait longer, in seconds, but for its share of `SPREAD`."""
SPREAD = 0.5
"""By how much of the wait that of a device is shorter or longer."""
AT_ONCE = 1.0
"""The longest time between two saves for which the wait grows; it shrinks for all the time that passed."""


class Pace:
    """What a process knows of its crowd: the requests that it has in hand, and the wait that it asks for."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Nobody asks."""
        self._clock = clock
        self._lock = Lock()
        self._in_hand = 0
        self._wait, self._at = 0.0, clock()

    @contextmanager
    def among(self) -> Iterator[None]:
        """Count a request while it is in hand."""
        with self._lock:
            self._in_hand += 1
        try:
            yield
        finally:
            with self._lock:
                self._in_hand -= 1

    def wait(self) -> int:
        """Give for how many whole seconds a device should wait whose save is in hand; 0 = not at all."""
        with self._lock:
            now = self._clock()
            passed, self._at = now - self._at, now
            more = self._in_hand - 1 - FREE
            passed = min(passed, AT_ONCE) if more > 0 else passed
            self._wait = min(LONGEST, max(0.0, self._wait + more * PER_SECOND * passed))
            return round(self._wait * random.uniform(1 - SPREAD, 1 + SPREAD))  # noqa: S311 - no secret


HERE = Pace()
"""The requests of this process."""


def counted(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count each request while it is in hand: middleware, behind that of unchanging files."""

    def handle(request: HttpRequest) -> HttpResponse:
        with HERE.among():
            return get_response(request)

    return handle
