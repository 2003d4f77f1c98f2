"""Commands of people, tokens and devices: `sidara users …`, `users token …`, `users device …`."""

import typer

from sidara.accounts.cli import devices, tokens
from sidara.accounts.cli.people import app

app.add_typer(tokens.app, name="token")
app.add_typer(devices.app, name="device")

APPS: dict[str, typer.Typer] = {"users": app}

__all__ = ["APPS", "app"]
