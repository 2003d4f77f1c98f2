"""The words of an index: what a definition file says, as frozen dataclasses.

A definition has versions by year; a version has levels (a tree with the index on top), items that hang
on levels, thresholds, and quirks of what was published. Numbers are exact (`Fraction`).
"""

from sidara.indices.core.definition.item import (
    ACTORS,
    NUMERIC,
    Derived,
    Input,
    InputType,
    Item,
    Measure,
    Rule,
)
from sidara.indices.core.definition.version import (
    Aggregation,
    Class,
    Contradiction,
    Definition,
    Group,
    Level,
    Missing,
    Quirk,
    Result,
    Results,
    Thresholds,
    Version,
)

__all__ = [
    "ACTORS",
    "NUMERIC",
    "Aggregation",
    "Class",
    "Contradiction",
    "Definition",
    "Derived",
    "Group",
    "Input",
    "InputType",
    "Item",
    "Level",
    "Measure",
    "Missing",
    "Quirk",
    "Result",
    "Results",
    "Rule",
    "Thresholds",
    "Version",
]
