"""Devices of an account, for itself and for who governs it; and which of a browser were revoked."""

from dataclasses import dataclass
from uuid import UUID

from sidara.accounts.core.device import Device
from sidara.accounts.core.roles import KEEP_OWN
from sidara.accounts.formats import keys, marks
from sidara.accounts.models import Device as Row
from sidara.accounts.queries.acting import LOG_IN
from sidara.accounts.queries.people import READ, require_reach
from sidara.kernel.actor import Actor, require

DEVICE_COOKIE = marks.COOKIE
"""The cookie with the marks of a browser."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """A device that was revoked, as its browser is told: of which account, by which name, why."""

    account_id: UUID
    holder: str
    device: Device


def devices(actor: Actor, *, account_id: UUID) -> tuple[Device, ...]:
    """Give the devices of an account, the one that was seen last first."""
    require_reach(actor, READ, account_id)
    return tuple(row.as_word() for row in Row.objects.filter(account=account_id).order_by("-seen_at", "-id"))


def device(actor: Actor, device_id: UUID) -> Device | None:
    """Give a device of an account within reach; `None` where there is none such."""
    row = Row.objects.filter(pk=device_id).first()
    if row is None:
        return None
    require_reach(actor, READ, row.account_id)
    return row.as_word()


def device_here(actor: Actor, *, mark: str) -> UUID | None:
    """Give the id of the actor's own device by the mark that its session holds."""
    if not mark or not actor.may(KEEP_OWN):
        return None
    return Row.objects.filter(account=actor.id, mark=mark).values_list("pk", flat=True).first()


def revoked_here(actor: Actor, *, cookie: str) -> tuple[Revoked, ...]:
    """Give the devices that a browser is by its marks (`marks.COOKIE`) and that were revoked.

    Whoever holds the browser is told: the marks are signed, and only it has them.
    """
    require(actor, LOG_IN)
    held = [marks.key(nonce) for nonce in marks.read(cookie).values()] if cookie else []
    if not held:
        return ()
    rows = Row.objects.filter(mark__in=held, revoked_at__isnull=False).select_related("account")
    return tuple(
        Revoked(row.account_id, str(row.account), row.as_word()) for row in rows.order_by("revoked_at")
    )


def mark_here(actor: Actor, *, cookie: str, login_name: str) -> str:
    """Give the mark that a browser has for a log-in name, as it is kept; empty where it has none."""
    require(actor, LOG_IN)
    return marks.key(marks.read(cookie).get(keys.name_key(login_name)[: marks.SHORT], "")) if cookie else ""


def is_revoked(actor: Actor, *, mark: str) -> bool:
    """Whether a device was revoked: then its mark opens nothing any more, not even a bucket of its own."""
    require(actor, LOG_IN)
    return bool(mark) and Row.objects.filter(mark=mark, revoked_at__isnull=False).exists()
