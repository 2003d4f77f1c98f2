"""Decisions of `checks`: rules judged, findings said; a case read and bound, a verdict said."""

from sidara.checks.core.across import Stage, Submission, opened, reopened
from sidara.checks.core.book import Item, Rule, RuleBook, Type
from sidara.checks.core.bulk import Judged, Tally, judge_table
from sidara.checks.core.case import Case, case_of, cases_of
from sidara.checks.core.cell_table import COLUMNS, CellTable, typed
from sidara.checks.core.copies import are_copied, copies_in, copies_in_table
from sidara.checks.core.derived import Kind, derived
from sidara.checks.core.judge import CellFinding, CellKey, Cells, Context, Judgement, judge
from sidara.checks.core.of_dictionary import rule_book
from sidara.checks.core.pinned import Reference, reference_rules, span_rules
from sidara.checks.core.programme import Task, faults, programme
from sidara.checks.core.rows import KNOWN, REQUIRED, Read, read_rows
from sidara.checks.core.spans import Against, Settings, Span, Spans, after_before, among_peers
from sidara.checks.core.unusual import SpanTable, spans_of, unusual_in, unusual_in_table
from sidara.checks.core.verdict import Evaluate, Verdict, verdicts, written
from sidara.checks.core.whole import Checked, Choice, check_all, without_repeats

__all__ = [
    "COLUMNS",
    "KNOWN",
    "REQUIRED",
    "Against",
    "Case",
    "CellFinding",
    "CellKey",
    "CellTable",
    "Cells",
    "Checked",
    "Choice",
    "Context",
    "Evaluate",
    "Item",
    "Judged",
    "Judgement",
    "Kind",
    "Read",
    "Reference",
    "Rule",
    "RuleBook",
    "Settings",
    "Span",
    "SpanTable",
    "Spans",
    "Stage",
    "Submission",
    "Tally",
    "Task",
    "Type",
    "Verdict",
    "after_before",
    "among_peers",
    "are_copied",
    "case_of",
    "cases_of",
    "check_all",
    "copies_in",
    "copies_in_table",
    "derived",
    "faults",
    "judge",
    "judge_table",
    "opened",
    "programme",
    "read_rows",
    "reference_rules",
    "reopened",
    "rule_book",
    "span_rules",
    "spans_of",
    "typed",
    "unusual_in",
    "unusual_in_table",
    "verdicts",
    "without_repeats",
    "written",
]
