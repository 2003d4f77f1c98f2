"""Reads of the indices: definitions, what disagreed, files of villages, villages that the warehouse holds."""

from sidara.indices.queries.collected import Collected, CollectedQuery, collected
from sidara.indices.queries.definitions import (
    READ,
    DefinitionFault,
    PublishedFinding,
    definition,
    definitions,
    published_findings,
)
from sidara.indices.queries.feeding import compute_cells, computed, feed_of, feeds
from sidara.indices.queries.files import (
    Computation,
    PathSearch,
    compute_file,
    explain_row,
    paths_file,
    sensitivity_file,
    whatif_file,
)
from sidara.indices.queries.held import (
    Priced,
    VillageTable,
    Wish,
    costs,
    costs_of_file,
    paths,
    sensitivity,
    share,
    table,
    whatif,
)

__all__ = [
    "READ",
    "Collected",
    "CollectedQuery",
    "Computation",
    "DefinitionFault",
    "PathSearch",
    "Priced",
    "PublishedFinding",
    "VillageTable",
    "Wish",
    "collected",
    "compute_cells",
    "compute_file",
    "computed",
    "costs",
    "costs_of_file",
    "definition",
    "definitions",
    "explain_row",
    "feed_of",
    "feeds",
    "paths",
    "paths_file",
    "published_findings",
    "sensitivity",
    "sensitivity_file",
    "share",
    "table",
    "whatif",
    "whatif_file",
]
