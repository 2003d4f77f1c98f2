"""The bounds of log-in, read from content."""

from dataclasses import dataclass
from datetime import timedelta

from sidara.accounts.core.roles import Level
from sidara.accounts.core.throttle import Limits


@dataclass(frozen=True, slots=True)
class TokenRules:
    """Days of a token (when none are said, at most), how many an account has, failures of an address."""

    days: int
    longest_days: int
    most: int
    failures: int


@dataclass(frozen=True, slots=True)
class Rules:
    """How long codes, sessions and tokens live, how many failures are let go, where TOTP is obligatory."""

    totp_levels: frozenset[Level]
    recover: timedelta
    first: timedelta
    idle: timedelta
    limits: Limits
    token: TokenRules


SHARED = "sidara.shared"
"""Key in a session: the computer is shared."""
CHOSEN = "sidara.shared.chosen"
"""Key in a session: what was chosen at the first step of log-in."""
SEEN = "sidara.seen"
"""Key in a session: when a shared computer's session was last in use, seconds since 1970."""
