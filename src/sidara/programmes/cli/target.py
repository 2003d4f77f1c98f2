"""Villages by need, and what a ceiling buys best: `sidara target rank | optimise`."""

import typer

from sidara.programmes.cli import optimise, rank

app = typer.Typer(
    no_args_is_help=True,
    help="""Desa sasaran: urutan kebutuhan dengan ketidakpastiannya, dan rencana terbaik untuk satu anggaran.

    Contoh: sidara target rank --index idm --item S34 --under 62.07""",
)
app.command()(rank.rank)
app.command()(optimise.optimise)
