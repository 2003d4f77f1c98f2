"""Decisions of `verification`: levels, acts, what may be sent, withdrawn, endorsed."""

from sidara.verification.core.chain import Act, Event, Level, Link, Standing, chain_hash, faults_of
from sidara.verification.core.sending import Sending, decided_on_device, endorsing, sending, withdrawing

__all__ = [
    "Act",
    "Event",
    "Level",
    "Link",
    "Sending",
    "Standing",
    "chain_hash",
    "decided_on_device",
    "endorsing",
    "faults_of",
    "sending",
    "withdrawing",
]
