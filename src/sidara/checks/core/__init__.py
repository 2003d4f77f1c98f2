"""Decisions of `checks`: rules judged, findings said; a case read and bound, a verdict said."""

from sidara.checks.core.book import Item, Rule, RuleBook, Type
from sidara.checks.core.bulk import Judged, Tally, judge_table
from sidara.checks.core.case import Case, case_of
from sidara.checks.core.cell_table import COLUMNS, CellTable, typed
from sidara.checks.core.derived import Kind, derived
from sidara.checks.core.judge import CellFinding, CellKey, Cells, Context, Judgement, judge
from sidara.checks.core.programme import Task, faults, programme
from sidara.checks.core.verdict import Evaluate, Verdict, verdicts, written

__all__ = [
    "COLUMNS",
    "Case",
    "CellFinding",
    "CellKey",
    "CellTable",
    "Cells",
    "Context",
    "Evaluate",
    "Item",
    "Judged",
    "Judgement",
    "Kind",
    "Rule",
    "RuleBook",
    "Tally",
    "Task",
    "Type",
    "Verdict",
    "case_of",
    "derived",
    "faults",
    "judge",
    "judge_table",
    "programme",
    "typed",
    "verdicts",
    "written",
]
