"""Commands of the room, by their nouns: `sidara alignment | board | equity | plan | register | target`."""

from collections.abc import Callable

import typer

from sidara.programmes.cli import alignment, board, equity, plan, register, target

APPS: dict[str, typer.Typer | Callable[..., None]] = {
    "alignment": alignment.app,
    "board": board.app,
    "equity": equity.app,
    "plan": plan.app,
    "register": register.app,
    "target": target.app,
}
