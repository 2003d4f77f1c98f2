"""How far the records are, beside the facts: whether something waits, whether they still belong together."""

from sidara.collection import queries as collection
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
from sidara.verification import queries as verification
from sidara.warehouse import engines
from sidara.warehouse.core import Mark
from sidara.warehouse.core.facts import misfit
from sidara.warehouse.engines import delta
from sidara.warehouse.queries.asking import ASK

SEVERAL = "several"
"""Says of facts that questions with several options are among them."""


def seal(actor: Actor, cursor: int, level: int) -> str:
    """Say which change and which level stand at two cursors."""
    return f"{collection.seal_of(actor, cursor)} {verification.seal_of(actor, level)}"


def shape(actor: Actor) -> str:
    """Name what becomes a fact beside single figures and choices: facts of another shape are made again."""
    return f"{collection.rollups_digest(actor)} {SEVERAL}"


def is_behind(actor: Actor) -> bool:
    """Whether a refresh has something to do, or, where facts and records do not fit, to say."""
    require(actor, ASK)
    reader = engines.duckdb.reader(delta.folder())
    mark = reader.mark if reader else None
    head, level = collection.head(actor), verification.newest_level(actor)
    if mark is None:
        return bool(head or level)
    return mark != Mark(collection.epoch(actor), head, level, seal(actor, head, level), shape(actor))


def strangeness(actor: Actor) -> Finding | None:
    """Why the facts are not of these records (a restored backup): lasts until a rebuild. Else `None`."""
    require(actor, ASK)
    reader = engines.duckdb.reader(delta.folder())
    if reader is None:
        return None
    mark = reader.mark
    return misfit(mark, collection.epoch(actor), seal(actor, mark.cursor, mark.levels or 0))
