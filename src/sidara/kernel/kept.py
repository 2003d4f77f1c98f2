"""What is worked out once a process: for a thing that never changes, or under a name that changes with it."""

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


class KeptByName:
    """The last results by a name that changes when they would: a stamp, a version and what was asked.

    Results may be of any type; the same name always stands for the same one.
    """

    def __init__(self, most: int) -> None:
        """Keep at most so many results; the oldest goes first."""
        self._most = most
        self._held: dict[Hashable, object] = {}

    def of[Made](self, name: Hashable, make: Callable[[], Made]) -> Made:
        """Give the result of a name, making it where it is not there."""
        if name not in self._held:
            made = make()
            while len(self._held) >= self._most:
                self._held.pop(next(iter(self._held)), None)
            self._held[name] = made
            return made
        return self._held[name]  # type: ignore[return-value]  # made under the same name

    def forget(self) -> None:
        """Keep nothing any more."""
        self._held.clear()
