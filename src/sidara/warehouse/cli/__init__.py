"""Commands of the room: `sidara query ask`, `sidara warehouse refresh|rebuild|status`, `sidara check eval`.

Figures go to standard output, progress and findings to standard error.
"""

import typer

from sidara.warehouse.cli import check, query, warehouse

APPS: dict[str, typer.Typer] = {"query": query.app, "warehouse": warehouse.app, "check": check.app}
