"""Commands of the room: `sidara progress`, `sidara award run | show`."""

from collections.abc import Callable

import typer

from sidara.progress.cli import award, counting

APPS: dict[str, typer.Typer | Callable[..., None]] = {"progress": counting.progress, "award": award.app}
