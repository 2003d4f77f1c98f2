"""The collection of a fresh demo beside its server: a process of its own, which the server's end ends."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sidara.web.cli import is_taken

PROGRAM = "from sidara.cli import main; main()"
YIELDING = 10
"""How much less than the server it is given of a busy processor (`nice`)."""
LONGEST = 120.0
"""Seconds for which it waits that the server answers."""


@contextmanager
def collecting(port: int, province: str) -> Iterator[None]:
    """Run `sidara demo collect` as long as the block lasts, from when a server answers on a port."""
    words = ("demo", "collect", "--province", province, "--after", str(port), "--plans")
    child = subprocess.Popen(  # noqa: S603 - our own program and words
        [sys.executable, "-c", PROGRAM, *words], start_new_session=True
    )
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            child.terminate()
        child.wait()


def waited(port: int) -> bool:
    """Wait until a server answers on a port, and give way to it from then on; false where none does."""
    until = time.monotonic() + LONGEST
    while not is_taken(port):
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
    with suppress(OSError):
        os.nice(YIELDING)
    return True
