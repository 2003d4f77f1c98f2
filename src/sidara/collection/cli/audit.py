"""The command `sidara audit root`: the nightly root; `audit verify` is of `verification`, above."""

from typing import Annotated

import typer

from sidara.collection import services
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.ui import terminal

app = typer.Typer(help="Memeriksa keutuhan riwayat isian.", no_args_is_help=True)


@app.command()
def root(
    *,
    day: Annotated[str, typer.Option(help="Hari akar, TTTT-BB-HH; bawaan: hari ini (WIB).")] = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Buat akar malam: satu sidik jari atas semua isian yang berubah sejak akar sebelumnya.

    Jalankan setiap malam dan simpan hasilnya di luar mesin ini; hari yang sudah berakar memberi akar yang
    sama.

    Contoh: sidara audit root --json
    """
    at = terminal.day(day) if day else local_date(now())
    made = services.make_root(OPERATOR, day=at, now=now())
    if as_json:
        terminal.write_json({"day": at.isoformat(), "root": made})
    else:
        typer.echo(f"{at.isoformat()}  {made}")
