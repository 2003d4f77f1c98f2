"""Reads of `progress`; each takes the actor first: counts by form and area, rows of submissions, the mark."""

from sidara.progress.queries.awards import (
    READ_AWARD,
    Line,
    Run,
    award_formula,
    award_is_whole,
    award_lines,
    award_run,
    award_runs,
    award_score,
)
from sidara.progress.queries.marked import READ, AsOf, as_of, content, is_behind, laid_by, marked
from sidara.progress.queries.rights import READ_VILLAGES
from sidara.progress.queries.rolled import BY, Scope, rolled, total
from sidara.progress.queries.rows import Row, rows

__all__ = [
    "BY",
    "READ",
    "READ_AWARD",
    "READ_VILLAGES",
    "AsOf",
    "Line",
    "Row",
    "Run",
    "Scope",
    "as_of",
    "award_formula",
    "award_is_whole",
    "award_lines",
    "award_run",
    "award_runs",
    "award_score",
    "content",
    "is_behind",
    "laid_by",
    "marked",
    "rolled",
    "rows",
    "total",
]
