"""Commands of the room: load, check, find, history, boundaries; groups: succession, codes, conditions."""

import typer

from sidara.regions.cli import boundaries, codes, conditions, register, succession

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
app.add_typer(conditions.app, name="conditions")

APPS: dict[str, typer.Typer] = {"regions": app}
