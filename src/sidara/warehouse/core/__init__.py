"""Pure words and decisions of the warehouse: facts, query, areas, answer. No I/O, clock or engine."""

from sidara.warehouse.core.answer import Answer, Figure
from sidara.warehouse.core.areas import Areas, choose
from sidara.warehouse.core.facts import (
    FACTS,
    KEY,
    Folded,
    Mark,
    Refreshed,
    Status,
    Step,
    facts_of,
    fold,
    together,
)
from sidara.warehouse.core.figures import figures
from sidara.warehouse.core.indicators import IndicatorAnswer, IndicatorFigure, IndicatorQuery
from sidara.warehouse.core.moving import MIXED, MOVED, MOVING, Flag, Moved, move, needed
from sidara.warehouse.core.query import (
    EVERY,
    Operation,
    Query,
    check,
    check_variables,
    end_of_day,
    is_open,
)
from sidara.warehouse.core.vintage import (
    AS_REPORTED,
    TODAY,
    Moves,
    Vintage,
    VintageKind,
    moves,
    of_year,
    stretches,
)
from sidara.warehouse.core.vintage import parse as vintage_of

__all__ = [
    "AS_REPORTED",
    "EVERY",
    "FACTS",
    "KEY",
    "MIXED",
    "MOVED",
    "MOVING",
    "TODAY",
    "Answer",
    "Areas",
    "Figure",
    "Flag",
    "Folded",
    "IndicatorAnswer",
    "IndicatorFigure",
    "IndicatorQuery",
    "Mark",
    "Moved",
    "Moves",
    "Operation",
    "Query",
    "Refreshed",
    "Status",
    "Step",
    "Vintage",
    "VintageKind",
    "check",
    "check_variables",
    "choose",
    "end_of_day",
    "facts_of",
    "figures",
    "fold",
    "is_open",
    "move",
    "moves",
    "needed",
    "of_year",
    "stretches",
    "together",
    "vintage_of",
]
