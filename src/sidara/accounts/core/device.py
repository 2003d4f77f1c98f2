"""Devices of an account: a browser in which it logged in and worked, with a name by which people know it."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from sidara.kernel.finding import Finding

MARK = "sidara.device"
"""Key in a session: the mark of the device on which it was begun."""
KNOWN = "sidara.device.id"
"""Key in a session: the device as it stands in the records."""
LONGEST = 60
LONGEST_REASON = 200
MOST = 100
"""Devices of one account that are not revoked: a browser that keeps nothing is a new one each time."""
SEEN_EVERY = timedelta(minutes=10)
"""How often it is written down that a device is in use."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device as its holder and who governs the account see it. `what` is what its browser tells of itself.

    `cleared_at`: when it told that it took off what it held, `left` how many answers wait there unsent.
    """

    id: UUID
    account_id: UUID
    name: str
    what: str
    enrolled_at: datetime
    seen_at: datetime
    revoked_at: datetime | None = None
    revoked_by: str = ""
    reason: str = ""
    cleared_at: datetime | None = None
    left: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it may be worked on."""
        return self.revoked_at is None


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of renaming or revoking. With findings nothing was changed."""

    device_id: UUID | None = None
    ended: int = 0
    findings: tuple[Finding, ...] = field(default_factory=tuple)

    @property
    def is_refused(self) -> bool:
        """Whether nothing was changed."""
        return bool(self.findings)


def told(text: str, longest: int = LONGEST) -> str:
    """Write words as they are kept: NFC, one line, no signs that are not seen, not too long."""
    shown = "".join(
        " " if unicodedata.category(sign)[0] in "ZC" else sign for sign in unicodedata.normalize("NFC", text)
    )
    return " ".join(shown.split())[:longest].rstrip()


def free(base: str, taken: Collection[str]) -> str:
    """Give a name that no other device of the account has: `base`, `base 2`, `base 3` …."""
    held = {name.casefold() for name in taken}
    names = (base if number == 1 else f"{base[: LONGEST - 5]} {number}" for number in count(1))
    return next(name for name in names if name.casefold() not in held)


def is_stale(seen_at: datetime, moment: datetime) -> bool:
    """Whether it is to be written down again that the device is in use."""
    return moment - seen_at >= SEEN_EVERY
