"""Commands of `dictionary`: `sidara dictionary …` (entries) and `sidara form …` (forms, XLSForm)."""

import typer

from sidara.dictionary.cli import entries, forms, windows

dictionary = typer.Typer(
    no_args_is_help=True,
    help="Kamus data: elemen, klasifikasi, formulir, indikator.\n\nContoh: sidara dictionary show KEP_001",
)
dictionary.command(name="list")(entries.list_)
dictionary.command()(entries.show)
dictionary.command()(entries.load)
dictionary.command()(entries.diff)
dictionary.command()(entries.validate)

form = typer.Typer(
    no_args_is_help=True,
    help="Formulir: bidang kali frekuensi, dengan versinya.\n\nContoh: sidara form show KEP_SEMESTER",
)
form.command(name="list")(forms.list_)
form.command()(forms.show)
form.command()(windows.windows)
form.command(name="import")(forms.import_)

APPS: dict[str, typer.Typer] = {"dictionary": dictionary, "form": form}
