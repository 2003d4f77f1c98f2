"""Commands of the room: `sidara regions load | check | find | history | boundaries | succession | codes`."""

import typer

from sidara.regions.cli import boundaries, codes, register, succession

app = typer.Typer(
    no_args_is_help=True,
    help="""Daftar wilayah: memuat, memeriksa, mencari, menelusuri riwayatnya, memuat batasnya.

    Contoh: sidara regions load --province 62 --yes""",
)
app.command()(register.load)
app.command()(register.check)
app.command()(register.find)
app.command()(succession.history)
app.command()(boundaries.boundaries)
app.add_typer(succession.app, name="succession")
app.add_typer(codes.app, name="codes")

APPS: dict[str, typer.Typer] = {"regions": app}
