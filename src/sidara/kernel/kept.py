"""What is worked out once a process for a thing that never changes, such as a version of the dictionary."""

from collections.abc import Callable, Hashable
from threading import Lock, RLock


class Kept[Made]:
    """The last results, by the thing itself that they were made of and a key beside it.

    The thing is held with its result, so that nothing else gets its id meanwhile. Where several threads want
    the same, one makes it and the others wait for it.
    """

    def __init__(self, most: int) -> None:
        """Keep at most so many results; the oldest goes first."""
        self._most = most
        self._held: dict[tuple[int, Hashable], tuple[object, Made]] = {}
        self._making: dict[tuple[int, Hashable], RLock] = {}
        self._keeping = Lock()

    def of(self, thing: object, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give the result for a thing and a key, making it where it is not there."""
        name = id(thing), key
        held = self._held.get(name)
        if held is None:
            with self._keeping:
                making = self._making.setdefault(name, RLock())
            with making:
                held = self._held.get(name) or self._made(name, thing, make)
        return held[1]

    def _made(
        self, name: tuple[int, Hashable], thing: object, make: Callable[[], Made]
    ) -> tuple[object, Made]:
        try:
            held = thing, make()
            with self._keeping:
                self._held[name] = held
                while len(self._held) > self._most:
                    del self._held[next(iter(self._held))]
        finally:
            with self._keeping:
                self._making.pop(name, None)
        return held
