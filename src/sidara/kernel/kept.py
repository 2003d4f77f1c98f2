"""What is worked out once a process for a thing that never changes, such as a version of the dictionary."""

from collections.abc import Callable, Hashable
from threading import Lock


class Kept[Made]:
    """The last results, by the thing itself that they were made of and a key beside it.

    The thing is held with its result, so that nothing else gets its id meanwhile. Threads may make the same
    at once; all get what was kept first.
    """

    def __init__(self, most: int) -> None:
        """Keep at most so many results; the oldest goes first."""
        self._most = most
        self._held: dict[tuple[int, Hashable], tuple[object, Made]] = {}
        self._keeping = Lock()

    def of(self, thing: object, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give the result for a thing and a key, making it where it is not there."""
        held = self._held.get((id(thing), key))
        if held is None:
            made = thing, make()
            with self._keeping:
                held = self._held.setdefault((id(thing), key), made)
                while len(self._held) > self._most:
                    del self._held[next(iter(self._held))]
        return held[1]
