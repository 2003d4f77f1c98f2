"""From an account to the actor of a request.

The grants of the day, withheld until the second step is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q

from sidara.accounts.core import Bounds, needs_totp
from sidara.accounts.core.roles import KEEP_OWN, as_grant
from sidara.accounts.formats import content
from sidara.accounts.models import Account, Grant, GrantRegion
from sidara.kernel.actor import PUBLIC_OPERATIONS, Actor, require
from sidara.records.prepared import Prepared, slot
from sidara.regions import queries as regions

LOG_IN = "accounts.log_in"
_ACCOUNT = Prepared(lambda: Account.objects.filter(pk=slot(Account, "id")))
_GRANTS = Prepared(
    lambda: Grant.objects.filter(
        account_id=slot(Grant, "account"), valid_from__lte=slot(Grant, "from_day", "valid_from")
    ).filter(Q(valid_to=None) | Q(valid_to__gte=slot(Grant, "to_day", "valid_to")))
)
_PLACES = Prepared(
    lambda: GrantRegion.objects.filter(grant__account_id=slot(Grant, "account")).values_list(
        "grant_id", "region_id", "region__code"
    )
)


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts. `is_withheld`: rights wait, because a code from an app is obligatory and not there yet."""

    actor: Actor
    is_withheld: bool = False


def actor_of(
    actor: Actor, *, account_id: UUID, day: date, account: AbstractBaseUser | None = None
) -> Acting | None:
    """Make the actor of an account on a day; `None` where it is unknown or not active.

    Two indexed reads, one more for the account where the door has not read it for this request (`account`),
    and one where a code from an app is obligatory. Grants whose role the content no longer has give nothing.
    """
    require(actor, LOG_IN)
    if not isinstance(account, Account) or account.pk != account_id:
        account = _ACCOUNT.model(id=account_id)
    if account is None or not account.is_active:
        return None
    roles, rules = content.roles(), content.rules()
    places: dict[UUID, list[tuple[int, str]]] = {}
    for grant_id, region_id, code in _PLACES.rows(account=account_id):
        places.setdefault(grant_id, []).append((region_id, code))
    grants = tuple(
        as_grant(
            roles[row.role],
            str(row.pk),
            _bounds(actor, row, places.get(row.pk, ())),
            (row.valid_from, row.valid_to),
        )
        for row in _GRANTS.models(account=account_id, from_day=day, to_day=day)
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


def _bounds(actor: Actor, row: Grant, places: Sequence[tuple[int, str]]) -> Bounds:
    """Give the bounds of a grant with every code that lies in them today; `places` = its regions."""
    bounds = row.bounded(code for _, code in places)
    codes = (regions.within(actor, region_id) for region_id, _ in places)
    return replace(bounds, area=replace(bounds.area, codes=frozenset[str]().union(*codes)))


def _has_totp(account_id: UUID) -> bool:
    """Whether codes from an app are set up."""
    return Authenticator.objects.filter(user_id=account_id, type=Authenticator.Type.TOTP).exists()
