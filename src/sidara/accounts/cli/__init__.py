"""Commands of people and of tokens: `sidara users …`, `sidara users token …`."""

import typer

from sidara.accounts.cli import tokens
from sidara.accounts.cli.people import app

app.add_typer(tokens.app, name="token")

APPS: dict[str, typer.Typer] = {"users": app}

__all__ = ["APPS", "app"]
