"""Reads of `verification`; each takes the actor first: standing of a submission, queues, levels, audit."""

from sidara.verification.queries.levels import (
    AUDIT,
    LEVELS,
    READ_LEVELS,
    Levels,
    audit,
    levels_beside,
    levels_since,
    newest_level,
    seal_of,
)
from sidara.verification.queries.queue import READ_QUEUE, Queued, queue, steps_of
from sidara.verification.queries.standing import (
    Returned,
    answered,
    chain,
    judged,
    loud_cells,
    returned,
    stages,
    standing,
    village_levels,
)

__all__ = [
    "AUDIT",
    "LEVELS",
    "READ_LEVELS",
    "READ_QUEUE",
    "Levels",
    "Queued",
    "Returned",
    "answered",
    "audit",
    "chain",
    "judged",
    "levels_beside",
    "levels_since",
    "loud_cells",
    "newest_level",
    "queue",
    "returned",
    "seal_of",
    "stages",
    "standing",
    "steps_of",
    "village_levels",
]
