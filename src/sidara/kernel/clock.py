"""Time as a parameter: UTC in storage, Asia/Jakarta (WIB) on screen."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")

EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between these a device's clock says something; one without a battery begins anywhere."""

type Clock = Callable[[], datetime]
"""Gives the present moment, aware, in UTC. Cores take a moment, services take a clock."""


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Write a moment as hashes take it: in UTC, with microseconds, whichever zone it came in."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def local_date(moment: datetime) -> date:
    """The calendar day of `moment` in Asia/Jakarta."""
    return moment.astimezone(WIB).date()


def claimed(moment: datetime | None) -> datetime | None:
    """Give an aware moment by the clock of a device; `None` where that is wrong by generations."""
    return moment if moment is not None and EARLIEST <= moment <= LATEST else None
