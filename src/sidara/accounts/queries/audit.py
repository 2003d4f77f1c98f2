"""Log-ins and events of an account; and whether a name must wait before it is tried again."""

from datetime import datetime, timedelta
from uuid import UUID

from sidara.accounts.core import Event, EventKind, Failure, LogIn, Method, throttle
from sidara.accounts.core.naming import device
from sidara.accounts.formats import content
from sidara.accounts.models import Event as EventRow
from sidara.accounts.models import LogIn as LogInRow
from sidara.accounts.queries.acting import LOG_IN
from sidara.accounts.queries.people import READ, require_reach
from sidara.kernel.actor import Actor, require

COUNTED = (Failure.WRONG, Failure.CODE, Failure.SECOND_STEP)
"""Failures that fill a bucket: a refused attempt does not lengthen the wait."""


def log_ins(actor: Actor, *, account_id: UUID, limit: int = 50) -> tuple[LogIn, ...]:
    """Give the newest log-ins of an account, for itself and for who governs it."""
    require_reach(actor, READ, account_id)
    rows = LogInRow.objects.filter(account=account_id).order_by("-pk")[:limit]
    return tuple(
        LogIn(
            at=row.at,
            method=Method(row.method),
            address=row.address,
            device=device(row.agent),
            is_success=row.is_success,
            failure=Failure(row.failure),
        )
        for row in rows
    )


def events(actor: Actor, *, account_id: UUID, limit: int = 50) -> tuple[Event, ...]:
    """Give the newest events of an account, for itself and for who governs it."""
    require_reach(actor, READ, account_id)
    rows = EventRow.objects.filter(account=account_id).order_by("-pk")[:limit]
    return tuple(
        Event(row.at, EventKind(row.kind), row.actor_name, row.actor_function, row.detail) for row in rows
    )


def throttled(
    actor: Actor, *, name_key: str, address_key: str, device_key: str, moment: datetime
) -> throttle.Bucket | None:
    """Say which bucket of failures is full for an attempt (see `core.throttle`); `None` = go on.

    `device_key` is empty where the device never logged in with this name. Failures of an account before
    its last success on the same device or address are left as they are: success does not refill a
    guesser's bucket.
    """
    require(actor, LOG_IN)
    limits = content.rules().limits
    failed = LogInRow.objects.filter(
        is_success=False, failure__in=COUNTED, at__gte=moment - timedelta(minutes=limits.window_minutes)
    )
    if device_key:
        own = failed.filter(name_key=name_key, device_key=device_key).count()
        return throttle.full(throttle.Failures(device=own), limits, is_known_device=True)
    strangers = failed.filter(device_key="")
    named = strangers.filter(name_key=name_key)
    others = strangers.filter(address_key=address_key).exclude(name_key=name_key)
    failures = throttle.Failures(
        name_at_address=named.filter(address_key=address_key).count(),
        name=named.count(),
        names_at_address=others.values("name_key").distinct().count(),
    )
    return throttle.full(failures, limits, is_known_device=False)
