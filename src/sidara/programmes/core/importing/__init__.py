"""Tables of plans out of disordered sheets: headings found, rows told apart, cells read, verdicts given."""

from sidara.programmes.core.importing.asking import Ask, key_of
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
from sidara.programmes.core.importing.making import make_rows
from sidara.programmes.core.importing.reading import PlanFile, Reading, read_plan, refuse
from sidara.programmes.core.importing.records import Lists, Offer, Places, Row, row_key
from sidara.programmes.core.importing.rows import Draft, Skip, Skipped
from sidara.programmes.core.importing.verdicts import Change, Held, Judged, Verdict, counts, judge

__all__ = [
    "Ask",
    "Change",
    "Column",
    "Draft",
    "Grid",
    "Held",
    "Judged",
    "Lists",
    "Need",
    "Offer",
    "Places",
    "PlanFile",
    "PlanTable",
    "PlanTables",
    "Reading",
    "Record",
    "Row",
    "Skip",
    "Skipped",
    "Type",
    "Verdict",
    "Words",
    "counts",
    "judge",
    "key_of",
    "make_rows",
    "plain",
    "read_plan",
    "read_tables",
    "refuse",
    "row_key",
]
