"""Reads of the programmes."""

from sidara.programmes.queries import alignment
from sidara.programmes.queries.catalogue import catalogue, find_codes
from sidara.programmes.queries.plan_kinds import may_plan, own_places, plan_kinds, require_plan
from sidara.programmes.queries.rights import (
    ALIGN,
    DECIDE,
    EXPLAIN,
    IMPORT_PLANS,
    PLAN,
    READ,
    READ_FINDINGS,
    TARGET,
)

__all__ = [
    "ALIGN",
    "DECIDE",
    "EXPLAIN",
    "IMPORT_PLANS",
    "PLAN",
    "READ",
    "READ_FINDINGS",
    "TARGET",
    "alignment",
    "catalogue",
    "find_codes",
    "may_plan",
    "own_places",
    "plan_kinds",
    "require_plan",
]
