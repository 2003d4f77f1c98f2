"""Throttled log-in: who guesses waits, and nobody can make others wait.

A limit by address alone would let one guesser lock out a whole village office behind one dish; a limit
by name alone would let anybody lock out anybody. So failures are counted in buckets: a device that once
logged in to an account (a signed cookie says so) has a bucket of its own for that account, which
strangers cannot fill; everybody else shares the bucket of (name, address), then that of the name; and
an address waits only when many *different* names fail from it, which one forgetful person never does.
Idea: OWASP, "Slow down online guessing attacks with device cookies".
"""

from dataclasses import dataclass
from enum import StrEnum


class Bucket(StrEnum):
    """Which count is full."""

    DEVICE = "device"
    NAME_AT_ADDRESS = "name_at_address"
    NAME = "name"
    NAMES_AT_ADDRESS = "names_at_address"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many failures within the window each bucket takes."""

    window_minutes: int
    name_at_address: int
    name: int
    names_at_address: int
    device: int


@dataclass(frozen=True, slots=True)
class Failures:
    """Failures within the window. Those of known devices count in `device` alone.

    `names_at_address` counts different names, the one that is tried now left out.
    """

    device: int = 0
    name_at_address: int = 0
    name: int = 0
    names_at_address: int = 0


def full(failures: Failures, limits: Limits, *, is_known_device: bool) -> Bucket | None:
    """Say which bucket is full, so that the attempt must wait; `None` = it may go on."""
    if is_known_device:
        return Bucket.DEVICE if failures.device >= limits.device else None
    if failures.name_at_address >= limits.name_at_address:
        return Bucket.NAME_AT_ADDRESS
    if failures.name >= limits.name:
        return Bucket.NAME
    if failures.names_at_address >= limits.names_at_address:
        return Bucket.NAMES_AT_ADDRESS
    return None
