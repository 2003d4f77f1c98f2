"""Commands of `collection`: `sidara dataset …` (published), `sidara form export` (what is given out)."""

import typer

from sidara.collection.cli import forms
from sidara.collection.cli.datasets import app

form = typer.Typer(help="Formulir.\n\nContoh: sidara form export KEP_TRIWULAN --output kep.xlsx")
form.command()(forms.export)

APPS: dict[str, typer.Typer] = {"dataset": app, "form": form}
