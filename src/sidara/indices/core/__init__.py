"""Pure decisions of the indices: what a definition says, what it gives for a table of villages, and why.

`definition` (the words), `lint` (is it complete), `reading` (text to typed columns), `answers`, `spans`,
`readback` and `scoring` (exact figures for all villages at once), `gaps` (what is missing, and what it could
change), `contradictions` (answers that cannot all be true), `layout` (how rows go out), `compute` (a table
in, a table and findings out), `explain` (one village opened), `whatif`, `path`, `sensitivity` (what to do).
"""

from sidara.indices.core.compute import Computed, compute
from sidara.indices.core.definition import Definition, Item, Level, Rule, Version
from sidara.indices.core.evaluate import Depth
from sidara.indices.core.explain import Explanation, ItemExplanation, explain
from sidara.indices.core.gaps import Gap, Reason
from sidara.indices.core.lint import lint

__all__ = [
    "Computed",
    "Definition",
    "Depth",
    "Explanation",
    "Gap",
    "Item",
    "ItemExplanation",
    "Level",
    "Reason",
    "Rule",
    "Version",
    "compute",
    "explain",
    "lint",
]
