"""Commands of `collection`: `sidara dataset …`, `form export`, `submission …`, `check run`, `audit …`."""

import typer

from sidara.collection.cli import audit, check, datasets, forms, submissions

form = typer.Typer(help="Formulir.\n\nContoh: sidara form export KEP_TRIWULAN --output kep.xlsx")
form.command()(forms.export)

APPS: dict[str, typer.Typer] = {
    "dataset": datasets.app,
    "form": form,
    "submission": submissions.app,
    "audit": audit.app,
    "check": check.app,
}
