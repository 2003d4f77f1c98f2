"""Commands of the room: `sidara alignment check`, `sidara equity show`."""

from collections.abc import Callable

import typer

from sidara.programmes.cli import alignment, equity, register

APPS: dict[str, typer.Typer | Callable[..., None]] = {
    "alignment": alignment.app,
    "equity": equity.app,
    "register": register.app,
}
