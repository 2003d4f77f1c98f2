"""Decisions of `verification`: levels, chains, acts, what may be sent, endorsed, accepted, returned."""

from sidara.verification.core.chain import Chain, Chains, Position, Stage, chains_of
from sidara.verification.core.events import (
    WHOLE,
    Event,
    Link,
    Moved,
    Standing,
    after,
    chain_hash,
    faults_of,
    moved_hash,
    standing_of,
)
from sidara.verification.core.levels import Act, Level, Step
from sidara.verification.core.minutes import Entry, Minutes, code_of, file_hash, read_code
from sidara.verification.core.sending import Sending, decided_on_device, endorsing, sending, withdrawing
from sidara.verification.core.verifying import (
    Seen,
    accepted,
    accepting,
    correcting,
    gathered,
    returnable,
    returned,
    returning,
    waiting_for,
)

__all__ = [
    "WHOLE",
    "Act",
    "Chain",
    "Chains",
    "Entry",
    "Event",
    "Level",
    "Link",
    "Minutes",
    "Moved",
    "Position",
    "Seen",
    "Sending",
    "Stage",
    "Standing",
    "Step",
    "accepted",
    "accepting",
    "after",
    "chain_hash",
    "chains_of",
    "code_of",
    "correcting",
    "decided_on_device",
    "endorsing",
    "faults_of",
    "file_hash",
    "gathered",
    "moved_hash",
    "read_code",
    "returnable",
    "returned",
    "returning",
    "sending",
    "standing_of",
    "waiting_for",
    "withdrawing",
]
