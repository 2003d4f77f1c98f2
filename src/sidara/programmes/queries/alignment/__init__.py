"""Reads of the alignment: its rules, the tables it looks at, runs and findings as they stand."""

from sidara.programmes.queries.alignment.rules import kinds, rules

__all__ = ["kinds", "rules"]
