"""Decisions of `dictionary`: entries read and written, faults found, forms laid out, answers derived."""

from sidara.dictionary.core.answers import Answers, Reader, computed, derived, skipped, total_of, typed
from sidara.dictionary.core.calendar import DayAfter, DayOfYear, Milestone, Window
from sidara.dictionary.core.dictionary import Dictionary, built, time_of
from sidara.dictionary.core.differences import Difference, KeyChange, Verdict, decided, differences
from sidara.dictionary.core.drafts import Clash, Draft, DraftState, Met, Put, findings_of, is_provisional
from sidara.dictionary.core.forms import (
    Questionnaire,
    Size,
    Task,
    cells_of,
    joined,
    questionnaire,
    size,
    version_hash,
)
from sidara.dictionary.core.lint import lint
from sidara.dictionary.core.metadata import Completeness, Readiness
from sidara.dictionary.core.openings import (
    Need,
    Opening,
    Standing,
    opening,
    openings_between,
    openings_in,
    window_of,
)
from sidara.dictionary.core.reading import plain, thing_of
from sidara.dictionary.core.search import Wanted, find
from sidara.dictionary.core.things import (
    AnyThing,
    Column,
    Feed,
    FeedInput,
    Form,
    Indicator,
    ListOfRows,
    Option,
    OtherCode,
    Rule,
    Variable,
)
from sidara.dictionary.core.uses import Uses, uses
from sidara.dictionary.core.words import Confidence, FilledBy, Frequency, Thing, Type

__all__ = [
    "Answers",
    "AnyThing",
    "Clash",
    "Column",
    "Completeness",
    "Confidence",
    "DayAfter",
    "DayOfYear",
    "Dictionary",
    "Difference",
    "Draft",
    "DraftState",
    "Feed",
    "FeedInput",
    "FilledBy",
    "Form",
    "Frequency",
    "Indicator",
    "KeyChange",
    "ListOfRows",
    "Met",
    "Milestone",
    "Need",
    "Opening",
    "Option",
    "OtherCode",
    "Put",
    "Questionnaire",
    "Reader",
    "Readiness",
    "Rule",
    "Size",
    "Standing",
    "Task",
    "Thing",
    "Type",
    "Uses",
    "Variable",
    "Verdict",
    "Wanted",
    "Window",
    "built",
    "cells_of",
    "computed",
    "decided",
    "derived",
    "differences",
    "find",
    "findings_of",
    "is_provisional",
    "joined",
    "lint",
    "opening",
    "openings_between",
    "openings_in",
    "plain",
    "questionnaire",
    "size",
    "skipped",
    "thing_of",
    "time_of",
    "total_of",
    "typed",
    "uses",
    "version_hash",
    "window_of",
]
