"""Answers that are kept as long as no refresh comes: all readers of a page ask the same."""

from collections.abc import Callable, Hashable

from sidara.kernel.actor import Actor, require
from sidara.progress.queries.marked import READ, marked
from sidara.regions import queries as regions

KEPT = 512
_kept: dict[Hashable, object] = {}


def forget(actor: Actor) -> None:
    """Keep nothing any more; for measuring."""
    require(actor, READ)
    _kept.clear()


def kept[Made](actor: Actor, name: Hashable, make: Callable[[], Made]) -> Made:
    """Give what was made under a name since the last refresh, making it where it was not."""
    whole = marked(actor), regions.register_version(actor), name
    if whole not in _kept:
        made = make()
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[whole] = made
        return made
    return _kept[whole]  # type: ignore[return-value]  # made under the same name
