"""Decisions of `checks`: a case read and bound, a verdict said."""

from sidara.checks.core.case import Case, case_of
from sidara.checks.core.verdict import Evaluate, Verdict, judge, written

__all__ = ["Case", "Evaluate", "Verdict", "case_of", "judge", "written"]
