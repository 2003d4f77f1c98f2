"""From an account to the actor of a request.

The grants of the day, withheld until the second step is there.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q

from sidara.accounts.core import Bounds, needs_totp
from sidara.accounts.core.roles import KEEP_OWN, as_grant
from sidara.accounts.formats import content
from sidara.accounts.models import Account, Grant
from sidara.kernel.actor import PUBLIC_OPERATIONS, Actor, require
from sidara.regions import queries as regions

LOG_IN = "accounts.log_in"


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts. `is_withheld`: rights wait, because a code from an app is obligatory and not there yet."""

    actor: Actor
    is_withheld: bool = False


def actor_of(actor: Actor, *, account_id: UUID, day: date) -> Acting | None:
    """Make the actor of an account on a day; `None` where it is unknown or not active.

    Three indexed reads, a fourth where a code from an app is obligatory. Grants whose role the content
    no longer has give nothing.
    """
    require(actor, LOG_IN)
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        return None
    roles, rules = content.roles(), content.rules()
    rows = (
        Grant.objects.filter(account=account_id, valid_from__lte=day)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day))
        .prefetch_related("places__region")
    )
    grants = tuple(
        as_grant(roles[row.role], str(row.pk), _bounds(actor, row), (row.valid_from, row.valid_to))
        for row in rows
        if row.role in roles
    )
    is_withheld = any(
        needs_totp(grant.area, rules.totp_levels) and roles[grant.role].logs_in for grant in grants
    ) and not _has_totp(account_id)
    operations = PUBLIC_OPERATIONS | {KEEP_OWN}
    return Acting(
        Actor(account.pk, str(account), account.function, operations, () if is_withheld else grants),
        is_withheld,
    )


def _bounds(actor: Actor, row: Grant) -> Bounds:
    """Give the bounds of a grant with every code that lies in them today."""
    bounds = row.as_bounds()
    codes = (regions.within(actor, place.region_id) for place in row.places.all())
    return replace(bounds, area=replace(bounds.area, codes=frozenset[str]().union(*codes)))


def _has_totp(account_id: UUID) -> bool:
    """Whether codes from an app are set up."""
    return Authenticator.objects.filter(user_id=account_id, type=Authenticator.Type.TOTP).exists()
