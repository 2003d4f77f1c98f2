"""Commands of the room; each noun has a module."""

from collections.abc import Callable

import typer

from sidara.programmes.cli import alignment, register

APPS: dict[str, typer.Typer | Callable[..., None]] = {
    "alignment": alignment.app,
    "register": register.app,
}
