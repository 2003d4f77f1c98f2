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
    days_to_zero,
)
from sidara.progress.queries.marked import (
    READ,
    AsOf,
    as_of,
    content,
    is_behind,
    is_expected,
    laid_by,
    marked,
    years,
)
from sidara.progress.queries.rights import READ_VILLAGES
from sidara.progress.queries.rolled import BY, Scope, rolled, total
from sidara.progress.queries.rows import Row, count, rows
from sidara.progress.queries.stuck import Wait, owing, reasons, stuck, villages_owing, waits

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
    "Wait",
    "as_of",
    "award_formula",
    "award_is_whole",
    "award_lines",
    "award_run",
    "award_runs",
    "award_score",
    "content",
    "count",
    "days_to_zero",
    "is_behind",
    "is_expected",
    "laid_by",
    "marked",
    "owing",
    "reasons",
    "rolled",
    "rows",
    "stuck",
    "total",
    "villages_owing",
    "waits",
    "years",
]
