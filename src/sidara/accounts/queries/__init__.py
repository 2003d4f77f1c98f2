"""Reads of the room; each takes the actor first: content, acting, people, log-ins and what happened."""

from sidara.accounts.queries.acting import LOG_IN, Acting, actor_of
from sidara.accounts.queries.audit import events, log_ins, throttled
from sidara.accounts.queries.content import Strip, as_picture, operations, roles, rules, sectors, strips
from sidara.accounts.queries.devices import (
    DEVICE_COOKIE,
    Revoked,
    device,
    device_here,
    devices,
    is_revoked,
    mark_here,
    revoked_here,
)
from sidara.accounts.queries.officers import regions_of_role
from sidara.accounts.queries.people import (
    READ,
    Listed,
    Page,
    may_do,
    may_end,
    offered_places,
    own,
    people,
    person,
    person_named,
    person_of_grant,
    sheet_districts,
)
from sidara.accounts.queries.places import region_fault
from sidara.accounts.queries.tokens import token_choices, token_of, token_uses, tokens

__all__ = [
    "DEVICE_COOKIE",
    "LOG_IN",
    "READ",
    "Acting",
    "Listed",
    "Page",
    "Revoked",
    "Strip",
    "actor_of",
    "as_picture",
    "device",
    "device_here",
    "devices",
    "events",
    "is_revoked",
    "log_ins",
    "mark_here",
    "may_do",
    "may_end",
    "offered_places",
    "operations",
    "own",
    "people",
    "person",
    "person_named",
    "person_of_grant",
    "region_fault",
    "regions_of_role",
    "revoked_here",
    "roles",
    "rules",
    "sectors",
    "sheet_districts",
    "strips",
    "throttled",
    "token_choices",
    "token_of",
    "token_uses",
    "tokens",
]
