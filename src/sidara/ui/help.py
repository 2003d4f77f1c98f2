"""The help of commands in Indonesian: what the library itself writes around our words.

Its own means are used: classes of commands, the words of the line of usage, and its fixed strings, which it
reads when it lays help out.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

USAGE = "Pakai: "
OPTIONS, VERB = "[PILIHAN]", "PERINTAH [ISI]..."
SHOWS_HELP = "Tampilkan penjelasan ini."
FIXED = {
    "DEPRECATED_STRING": "(tidak dipakai lagi) ",
    "DEFAULT_STRING": "[bawaan: {}]",
    "ENVVAR_STRING": "[peubah lingkungan: {}]",
    "REQUIRED_LONG_STRING": "[wajib]",
    "ARGUMENTS_PANEL_TITLE": "Isi",
    "OPTIONS_PANEL_TITLE": "Pilihan",
    "COMMANDS_PANEL_TITLE": "Perintah",
    "ERRORS_PANEL_TITLE": "Kesalahan",
}
"""The library's fixed strings (`typer.rich_utils`) in our words."""
TYPES = {
    "<bool>": "",
    "<str>": "<teks>",
    "<int>": "<bilangan>",
    "<int range>": "<bilangan>",
    "<float>": "<angka>",
    "<float range>": "<angka>",
    "<path>": "<berkas>",
    "<file>": "<berkas>",
    "<dir>": "<folder>",
    "<date>": "<tanggal>",
    "<datetime>": "<waktu>",
    "<UUID>": "<uuid>",
    "<list[str]>": "<teks>, boleh berulang",
}
"""What the library says that an option takes, in our words; a flag takes nothing."""


class _Indonesian:
    """What commands and nouns share."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line of usage."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]  # of the library's class beside it
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=USAGE)

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option `--help`."""
        option = super().get_help_option(ctx)  # type: ignore[misc]  # of the library's class beside it
        if option is not None:
            option.help = SHOWS_HELP
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Lay the help out in our words."""
        with _worded(self.get_params(ctx)):  # type: ignore[attr-defined]  # of the library's class beside it
            super().format_help(ctx, formatter)  # type: ignore[misc]  # of the library's class beside it


class Command(_Indonesian, TyperCommand):
    """A verb."""


class Group(_Indonesian, TyperGroup):
    """A noun with its verbs."""


def in_indonesian(app: typer.Typer) -> typer.Typer:
    """Make the help of an application and of all that is below it Indonesian; gives the application."""
    for info in (app.info, app.registered_callback):
        if info is not None:
            info.cls, info.options_metavar, info.subcommand_metavar = Group, OPTIONS, VERB
    for command in app.registered_commands:
        command.cls, command.options_metavar = Command, OPTIONS
    for group in app.registered_groups:
        if group.typer_instance is not None:
            in_indonesian(group.typer_instance)
    return app


@contextmanager
def _worded(parameters: list[Any]) -> Iterator[None]:
    """Have the library's words in ours while it lays help out."""
    from typer import rich_utils  # slow to import, and needed by help alone

    for name, words in FIXED.items():
        setattr(rich_utils, name, words)
    for one in parameters:
        one.display_type_rich = partial(_type_of, one.display_type_rich)
    try:
        yield
    finally:
        for one in parameters:
            del one.display_type_rich


def _type_of(shown: Callable[..., str | None], ctx: Any) -> str | None:
    said = shown(ctx=ctx)
    return TYPES.get(said or "", said)
