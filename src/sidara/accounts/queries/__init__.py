"""Reads of the room; each takes the actor first: content, acting, people, log-ins and what happened."""

from sidara.accounts.queries.acting import LOG_IN, Acting, actor_of
from sidara.accounts.queries.audit import events, log_ins, throttled
from sidara.accounts.queries.content import as_picture, operations, roles, rules, sectors
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
    province_codes,
    sheet_districts,
)
from sidara.accounts.queries.tokens import token_choices, token_of, token_uses, tokens

__all__ = [
    "LOG_IN",
    "READ",
    "Acting",
    "Listed",
    "Page",
    "actor_of",
    "as_picture",
    "events",
    "log_ins",
    "may_do",
    "may_end",
    "offered_places",
    "operations",
    "own",
    "people",
    "person",
    "person_named",
    "person_of_grant",
    "province_codes",
    "roles",
    "rules",
    "sectors",
    "sheet_districts",
    "throttled",
    "token_choices",
    "token_of",
    "token_uses",
    "tokens",
]
