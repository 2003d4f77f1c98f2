"""The server keeps facts and progress near to what was saved: a thread of the process that watches workers.

It looks now and then whether the log has moved, and pulls what is new. For facts it only reads the records,
for progress and registers it writes in short transactions, so no save waits long; it yields the processor to
whoever answers. Two never run at once: a refresh holds a lock.
"""

import logging
import os
from contextlib import suppress
from threading import Event, Thread, get_native_id
from time import monotonic

from django.db import connections

from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.kernel.finding import Finding
from sidara.programmes import queries as programmes
from sidara.programmes import services as registers
from sidara.progress import queries as progress
from sidara.progress import services as counting
from sidara.warehouse import queries, services

_log = logging.getLogger(__name__)
YIELDING = 10
"""How much less than a worker it is given of a busy processor (`nice`)."""
RESTS = 9
"""For how many times as long as it took it rests at least: what a crowd saves is pulled in larger pieces."""


def start(seconds: int) -> Thread | None:
    """Follow every so many seconds as long as the process lives; 0 = not at all."""
    if not seconds:
        return None
    thread = Thread(target=_run, args=(seconds,), name="susul", daemon=True)
    thread.start()
    return thread


def _run(seconds: int) -> None:
    with suppress(OSError, AttributeError):  # a system that knows no weights of threads does without
        os.setpriority(os.PRIO_PROCESS, get_native_id(), YIELDING)
    follower, never, rest = Follower(), Event(), float(seconds)
    while not never.wait(rest):
        began = monotonic()
        for follow, what in (
            (follower.follow, "facts"),
            (follow_progress, "progress"),
            (follow_registers, "registers"),
        ):
            try:
                follow()
            except Exception:  # noqa: BLE001 - logged; whatever it is, the next time may heal it
                _log.exception("%s were not refreshed; tried again in %s s", what, seconds)
            finally:
                connections.close_all()
        rest = rest_after(seconds, monotonic() - began)


def rest_after(seconds: int, took: float) -> float:
    """Give for how many seconds it rests after a look that took so many."""
    return max(float(seconds), RESTS * took)


def follow_progress() -> bool:
    """Count again what was saved or decided, if anything was. Gives whether there was something."""
    if not progress.is_behind(OPERATOR, local_date(now())):
        return False
    return counting.refresh(OPERATOR).is_changed


def follow_registers() -> bool:
    """Read the lists again that were saved or decided, if any were. Gives whether there was something."""
    if not programmes.is_behind(OPERATOR):
        return False
    return registers.refresh_registers(OPERATOR).is_changed


class Follower:
    """Pulls what is new; a state that lasts (facts that are not of these records) is logged once."""

    def __init__(self) -> None:
        """Nothing was told yet."""
        self._told: tuple[Finding, ...] = ()

    def follow(self) -> bool:
        """Pull what is new, if anything is; what hinders it is logged. Gives whether there was something."""
        if not queries.is_behind(OPERATOR):
            self._told = ()
            return False
        done = services.refresh(OPERATOR)
        for finding in done.findings:
            if finding not in self._told:
                _log.warning("%s: %s %s", finding.code, finding.message, finding.remedy)
        self._told = () if done.read else done.findings
        return True
