"""The tables that can be brought in, from `content/plan_tables.yaml`."""

from functools import cache

from sidara.kernel import content
from sidara.programmes.core.importing import PlanTables, read_tables

PACKAGE = "sidara.programmes"


@cache
def plan_tables() -> PlanTables:
    """Read the tables, once in a process."""
    return read_tables(content.load(PACKAGE, "plan_tables"))
