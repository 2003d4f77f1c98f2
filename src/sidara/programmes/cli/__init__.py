"""Commands of the room: `sidara alignment check`."""

from collections.abc import Callable

import typer

from sidara.programmes.cli import alignment

APPS: dict[str, typer.Typer | Callable[..., None]] = {"alignment": alignment.app}
