"""Pure words and decisions of `collection`: data set, declaration, cell, verdict, account, merge."""

from sidara.collection.core.account import Account, Verdict
from sidara.collection.core.cells import CELLS, Melted, judge, melt, within
from sidara.collection.core.dataset import (
    COLLECTION,
    EXAMPLES,
    PUBLISHED_LEVEL,
    Aggregation,
    Changes,
    Choice,
    DataSet,
    Stored,
    ValueType,
    Variable,
    dataset_faults,
    dataset_of,
)
from sidara.collection.core.declaration import Declaration, DeclarationFault, build, variables_of
from sidara.collection.core.merge import merge
from sidara.collection.core.places import locate
from sidara.collection.core.submission import Source
from sidara.collection.core.wording import counted, outside_finding

__all__ = [
    "CELLS",
    "COLLECTION",
    "EXAMPLES",
    "PUBLISHED_LEVEL",
    "Account",
    "Aggregation",
    "Changes",
    "Choice",
    "DataSet",
    "Declaration",
    "DeclarationFault",
    "Melted",
    "Source",
    "Stored",
    "ValueType",
    "Variable",
    "Verdict",
    "build",
    "counted",
    "dataset_faults",
    "dataset_of",
    "judge",
    "locate",
    "melt",
    "merge",
    "outside_finding",
    "variables_of",
    "within",
]
