"""Long work that says now and then what it is at, so that nobody takes it for dead."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

type Say = Callable[[str], None]
EVERY = 15.0
"""Seconds of silence after which the last line is said again."""


@contextmanager
def alive(say: Say, every: float = EVERY) -> Iterator[Say]:
    """Give a `say` whose last line is repeated as long as the next one is not there."""
    last = ""
    spoken, ended = Event(), Event()

    def told(line: str) -> None:
        nonlocal last
        last = line
        say(line)
        spoken.set()

    def repeat() -> None:
        while not ended.is_set():
            if spoken.wait(every):
                spoken.clear()
            elif last:
                say(f"masih: {last}")

    voice = Thread(target=repeat, name="masih", daemon=True)
    voice.start()
    try:
        yield told
    finally:
        ended.set()
        spoken.set()
        voice.join()
