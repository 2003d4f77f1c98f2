"""Tokens of an account, and their uses, for itself and for who governs it."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Max, Q

from sidara.accounts.core import operations_of
from sidara.accounts.core.naming import device
from sidara.accounts.core.roles import KEEP_OWN
from sidara.accounts.core.token import Refusal, Token, TokenUse
from sidara.accounts.formats import content
from sidara.accounts.models import Token as TokenRow
from sidara.accounts.models import TokenUse as UseRow
from sidara.accounts.queries.acting import actor_of
from sidara.accounts.queries.people import READ, require_reach
from sidara.kernel.actor import PUBLIC_OPERATIONS, Actor
from sidara.kernel.clock import Clock, local_date, now


def tokens(actor: Actor, *, account_id: UUID, clock: Clock = now) -> tuple[Token, ...]:
    """Give the tokens of an account, the newest first."""
    require_reach(actor, READ, account_id)
    today = local_date(clock())
    rows = (
        TokenRow.objects.filter(account=account_id)
        .prefetch_related("places__region", "opens__grant")
        .annotate(used_at=Max("uses__at", filter=Q(uses__refusal="")))
        .order_by("-created_at", "-id")
    )
    return tuple(
        Token(
            id=row.pk,
            prefix=row.prefix,
            name=row.name,
            operations=tuple(filter(None, row.operations.split(","))),
            places=tuple(place.region.code for place in row.places.all()),
            sectors=tuple(filter(None, row.sectors.split(","))),
            created_at=row.created_at,
            created_by=row.created_by_name,
            last_day=row.last_day,
            used_at=row.used_at,
            revoked_at=row.revoked_at,
            has_grant=any(
                one.grant.valid_to is None or one.grant.valid_to >= today for one in row.opens.all()
            ),
        )
        for row in rows
    )


def token_of(actor: Actor, prefix: str) -> tuple[UUID, UUID] | None:
    """Give account and id of a token by its prefix, for its account and who governs it; else `None`."""
    row = TokenRow.objects.filter(prefix=prefix).first()
    if row is None:
        return None
    require_reach(actor, READ, row.account_id)
    return row.account_id, row.pk


def token_uses(actor: Actor, *, account_id: UUID, limit: int = 50) -> tuple[TokenUse, ...]:
    """Give the newest uses of all tokens of an account, and attempts with them."""
    require_reach(actor, READ, account_id)
    rows = UseRow.objects.filter(token__account=account_id).select_related("token").order_by("-pk")[:limit]
    return tuple(
        TokenUse(row.at, row.token.prefix, row.address, device(row.agent), Refusal(row.refusal))
        for row in rows
        if row.token is not None
    )


def token_choices(
    actor: Actor, *, account_id: UUID, clock: Clock = now
) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """Give what a token of an account can be narrowed to: operations with their words, and sectors.

    Operations are those that the API asks for, in the order of the content; no sectors = the account is not
    bounded by any.
    """
    require_reach(actor, READ, account_id)
    acting = actor_of(actor, account_id=account_id, day=local_date(clock()))
    if acting is None:
        return (), frozenset()
    held = (operations_of(acting.actor) - PUBLIC_OPERATIONS - {KEEP_OWN}) & content.programs()
    words = content.operations()
    grants = acting.actor.grants
    bound = (grant.sectors for grant in grants) if all(grant.sectors for grant in grants) else ()
    return (
        tuple((code, words.get(code, code)) for code in sorted(held, key=_place(tuple(words)))),
        frozenset[str]().union(*bound),
    )


def _place(order: tuple[str, ...]) -> Callable[[str], tuple[int, str]]:
    return lambda code: (order.index(code) if code in order else len(order), code)
