"""What is worked out once a process for a thing that never changes, such as a version of the dictionary."""

from collections.abc import Callable, Hashable


class Kept[Made]:
    """The last results, by the thing itself that they were made of and a key beside it.

    The thing is held with its result, so that nothing else gets its id meanwhile. Threads may make the same
    twice; the last one stays.
    """

    def __init__(self, most: int) -> None:
        """Keep at most so many results; the oldest goes first."""
        self._most = most
        self._held: dict[tuple[int, Hashable], tuple[object, Made]] = {}

    def of(self, thing: object, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give the result for a thing and a key, making it where it is not there."""
        held = self._held.get((id(thing), key))
        if held is None:
            held = thing, make()
            while len(self._held) >= self._most:
                self._held.pop(next(iter(self._held)), None)
            self._held[id(thing), key] = held
        return held[1]
