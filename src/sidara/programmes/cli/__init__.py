"""Commands of the room; each noun has a module."""

from collections.abc import Callable

import typer

from sidara.programmes.cli import alignment, equity, plan, register, target

APPS: dict[str, typer.Typer | Callable[..., None]] = {
    "alignment": alignment.app,
    "equity": equity.app,
    "plan": plan.app,
    "register": register.app,
    "target": target.app,
}
