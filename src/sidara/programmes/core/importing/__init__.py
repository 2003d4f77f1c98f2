"""Tables of plans out of disordered sheets: headings found, rows told apart, cells read, verdicts given."""

from sidara.programmes.core.importing.definition import (
    Column,
    Need,
    PlanTable,
    PlanTables,
    Record,
    Type,
    Words,
    plain,
    read_tables,
)
from sidara.programmes.core.importing.grid import Grid
from sidara.programmes.core.importing.reading import PlanFile, Reading, read_plan, refuse
from sidara.programmes.core.importing.rows import Draft, Skip, Skipped

__all__ = [
    "Column",
    "Draft",
    "Grid",
    "Need",
    "PlanFile",
    "PlanTable",
    "PlanTables",
    "Reading",
    "Record",
    "Skip",
    "Skipped",
    "Type",
    "Words",
    "plain",
    "read_plan",
    "read_tables",
    "refuse",
]
