"""Delta tables (`delta`), the way into them (`pulling`), the plan in Ibis (`plan`), DuckDB (`duckdb`).

Engines are large, and most commands ask none: what is named `engines.duckdb` is loaded when it is first used.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sidara.warehouse.engines import device, duckdb, expressions, plan

__all__ = ["device", "duckdb", "expressions", "plan"]


def __getattr__(name: str) -> Any:
    """Load the engine of that name."""
    if name not in __all__:
        raise AttributeError(name)
    return importlib.import_module(f"{__name__}.{name}")


def load() -> None:
    """Load every engine, so that nobody who asks waits for it."""
    for name in __all__:
        __getattr__(name)
