"""Commands of the room: `sidara award run | show`."""

import typer

from sidara.progress.cli import award

APPS: dict[str, typer.Typer] = {"award": award.app}
