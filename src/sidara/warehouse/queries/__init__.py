"""Reads of the warehouse: `ask` (the one question), `indicators`, what there is to ask, `evaluate`.

Rights live here, not in templates: `ask` itself decides what the actor may see.
"""

from sidara.warehouse.engines import load as load_engines
from sidara.warehouse.queries.asking import (
    ASK,
    ASK_ALL,
    EMPTY,
    Engine,
    ask,
    evaluate,
    open_datasets,
    periods,
    status,
    years,
)
from sidara.warehouse.queries.computing import indicators
from sidara.warehouse.queries.recorded import is_behind, seal, shape, strangeness

__all__ = [
    "ASK",
    "ASK_ALL",
    "EMPTY",
    "Engine",
    "ask",
    "evaluate",
    "indicators",
    "is_behind",
    "load_engines",
    "open_datasets",
    "periods",
    "seal",
    "shape",
    "status",
    "strangeness",
    "years",
]
