"""Commands of the room: `sidara query ask|indicators`, `warehouse refresh|rebuild|status`, `check eval`.

Figures go to standard output, progress and findings to standard error.
"""

import typer

from sidara.warehouse.cli import check, indicators, query, warehouse

query.app.command()(indicators.indicators)

APPS: dict[str, typer.Typer] = {"query": query.app, "warehouse": warehouse.app, "check": check.app}
