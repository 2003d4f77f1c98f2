"""Reads of the alignment: its rules, the tables it looks at, runs and findings as they stand."""

from sidara.programmes.queries.alignment.findings import (
    FindingQuery,
    FindingRow,
    OpenFindings,
    RowSeen,
    RunRow,
    documents_of,
    finding,
    findings,
    open_findings,
    runs,
)
from sidara.programmes.queries.alignment.places import Label
from sidara.programmes.queries.alignment.planned import (
    Planned,
    only_made_up,
    planned,
    year_worked_on,
    years_of,
)
from sidara.programmes.queries.alignment.rules import kinds, rules
from sidara.programmes.queries.alignment.tables import Looked, looked
from sidara.programmes.queries.alignment.villages import needs

__all__ = [
    "FindingQuery",
    "FindingRow",
    "Label",
    "Looked",
    "OpenFindings",
    "Planned",
    "RowSeen",
    "RunRow",
    "documents_of",
    "finding",
    "findings",
    "kinds",
    "looked",
    "needs",
    "only_made_up",
    "open_findings",
    "planned",
    "rules",
    "runs",
    "year_worked_on",
    "years_of",
]
