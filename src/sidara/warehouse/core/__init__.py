"""Pure words and decisions of the warehouse: facts, query, areas, answer. No I/O, clock or engine."""

from sidara.collection.core import TOTAL
from sidara.warehouse.core.answer import Answer, Figure
from sidara.warehouse.core.areas import Areas, choose
from sidara.warehouse.core.facts import FACTS, KEY, Folded, Mark, Refreshed, Status, Step, facts_of, fold
from sidara.warehouse.core.figures import figures
from sidara.warehouse.core.query import (
    EVERY,
    Operation,
    Query,
    check,
    check_variables,
    end_of_day,
    is_open,
)

__all__ = [
    "EVERY",
    "FACTS",
    "KEY",
    "TOTAL",
    "Answer",
    "Areas",
    "Figure",
    "Folded",
    "Mark",
    "Operation",
    "Query",
    "Refreshed",
    "Status",
    "Step",
    "check",
    "check_variables",
    "choose",
    "end_of_day",
    "facts_of",
    "figures",
    "fold",
    "is_open",
]
