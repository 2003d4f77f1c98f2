"""Answers that are kept as long as no refresh comes: all readers of a page ask the same."""

from collections.abc import Callable, Hashable

from sidara.kernel.actor import Actor, require
from sidara.kernel.kept import KeptByName
from sidara.progress.queries.marked import READ, marked
from sidara.regions import queries as regions

KEPT = 512
_kept = KeptByName(KEPT)


def forget(actor: Actor) -> None:
    """Keep nothing any more; for measuring."""
    require(actor, READ)
    _kept.forget()


def kept[Made](actor: Actor, name: Hashable, make: Callable[[], Made]) -> Made:
    """Give what was made under a name since the last refresh, making it where it was not."""
    return _kept.of((marked(actor), regions.register_version(actor), name), make)
