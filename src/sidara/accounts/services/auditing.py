"""What is written down: log-ins, and what happened to accounts. Rows are added, never changed."""

from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession

from sidara.accounts.core import EventKind, Failure, Method
from sidara.accounts.core.naming import normal
from sidara.accounts.core.roles import KEEP_OWN
from sidara.accounts.formats import keys
from sidara.accounts.formats.keys import address_key
from sidara.accounts.models import Account, Event, LogIn
from sidara.accounts.queries import LOG_IN
from sidara.kernel.actor import Actor, NotAllowed, require
from sidara.kernel.clock import Clock, now
from sidara.records.writing import writing

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - an address that is none, for requests without one
LONGEST_AGENT = 300


def name_key(actor: Actor, *, login_name: str) -> str:
    """Give the keyed digest of a log-in name as typed: what is counted and kept instead of the name."""
    require(actor, LOG_IN)
    return keys.name_key(login_name)


def record_log_in(  # noqa: PLR0913 - one parameter a column
    actor: Actor,
    *,
    login_name: str,
    address: str,
    agent: str,
    device_key: str,
    method: Method,
    failure: Failure = Failure.NONE,
    clock: Clock = now,
) -> None:
    """Write down a log-in or an attempt. `failure` empty = it succeeded; `address` empty = not known.

    The name is kept as the account it means, else as its keyed digest only.
    """
    require(actor, LOG_IN)
    address = address or UNKNOWN_ADDRESS
    LogIn.objects.create(
        at=clock(),
        account=Account.objects.filter(login_name=normal(login_name)).first(),
        name_key=name_key(actor, login_name=login_name),
        address=address,
        address_key=address_key(address),
        device_key=device_key,
        agent=agent[:LONGEST_AGENT],
        method=method,
        is_success=failure is Failure.NONE,
        failure=failure,
    )


def write_event(
    actor: Actor, *, account_id: UUID, kind: EventKind, moment: datetime, detail: str = ""
) -> None:
    """Add an event, inside the transaction of a service that has asked for the right."""
    Event.objects.create(
        at=moment,
        account_id=account_id,
        kind=kind,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_function=actor.function,
        detail=detail[:500],
    )


def note(actor: Actor, *, kind: EventKind, clock: Clock = now) -> None:
    """Write down what somebody did to the own account: a password, a passkey, a code from an app."""
    if not actor.may(KEEP_OWN):
        raise NotAllowed(actor, KEEP_OWN)
    write_event(actor, account_id=actor.id, kind=kind, moment=clock())


@writing()
def end_sessions(actor: Actor, *, keep: str = "", clock: Clock = now) -> int:
    """End all sessions of the own account but the one whose key is `keep`; gives how many ended."""
    if not actor.may(KEEP_OWN):
        raise NotAllowed(actor, KEEP_OWN)
    ended = end_every_session(actor, account_id=actor.id, keep=keep)
    if ended:
        write_event(
            actor, account_id=actor.id, kind=EventKind.SESSIONS_ENDED, moment=clock(), detail=f"{ended} sesi"
        )
    return ended


def end_every_session(actor: Actor, *, account_id: UUID, keep: str = "") -> int:  # noqa: ARG001 - as all services
    """End the sessions of an account, inside the transaction of a service that has asked for the right."""
    rows = list(UserSession.objects.filter(user_id=account_id).exclude(session_key=keep))
    for row in rows:
        row.end()
    return len(rows)
