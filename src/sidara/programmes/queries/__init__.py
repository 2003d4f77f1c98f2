"""Reads of the programmes."""

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

__all__ = ["ALIGN", "DECIDE", "EXPLAIN", "IMPORT_PLANS", "PLAN", "READ", "READ_FINDINGS", "TARGET"]
