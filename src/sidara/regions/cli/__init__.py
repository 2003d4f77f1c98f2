"""Commands of `regions`: `sidara regions VERB`, the register and its boundaries."""

import typer

from sidara.regions.cli import areas, boundaries

app = typer.Typer(
    no_args_is_help=True,
    help="""Daftar wilayah: memuat, memeriksa terhadap keputusan menteri, mencari, batasnya.

    Contoh: sidara regions load --province 62 --yes""",
)
APPS: dict[str, typer.Typer] = {"regions": app}

app.command("load")(areas.load)
app.command("check")(areas.check)
app.command("find")(areas.find)
app.command("boundaries")(boundaries.boundaries)
