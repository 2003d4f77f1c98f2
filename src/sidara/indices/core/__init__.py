"""Pure decisions of the indices: what a definition says, what it gives for a table of villages, and why.

`definition` (the words), `lint` (is it complete), `answers`, `readback` and `scoring` (exact figures for
all villages at once), `compute` (a table in, a table and findings out), `explain` (one village opened).
"""

from sidara.indices.core.compute import Computed, compute
from sidara.indices.core.definition import Definition, Item, Level, Rule, Version
from sidara.indices.core.evaluate import Depth
from sidara.indices.core.explain import Explanation, ItemExplanation, explain
from sidara.indices.core.lint import lint

__all__ = [
    "Computed",
    "Definition",
    "Depth",
    "Explanation",
    "Item",
    "ItemExplanation",
    "Level",
    "Rule",
    "Version",
    "compute",
    "explain",
    "lint",
]
