"""The commands `sidara audit verify | root`: whether the past of all submissions is whole."""

from typing import Annotated

import typer

from sidara.collection import queries, services
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.kernel.exits import Exit
from sidara.ui import terminal

app = typer.Typer(help="Memeriksa keutuhan riwayat isian.", no_args_is_help=True)


@app.command()
def verify(*, as_json: terminal.AsJson = False) -> None:
    """Hitung ulang semua rantai revisi, isi sel, dan akar malam; sebut yang tidak cocok.

    Menemukan baris yang diubah, isian yang dihapus, dan ekor rantai yang dipotong. Kode keluar 0 hanya bila
    semuanya utuh, selain itu 1.

    Contoh: sidara audit verify --json
    """
    findings = tuple(queries.audit(OPERATOR))
    if as_json:
        terminal.write_json({"whole": not findings, "findings": [one.flat() for one in findings]})
    else:
        typer.echo("Semua rantai utuh." if not findings else f"{len(findings)} ketidakcocokan ditemukan.")
        terminal.say_findings(findings)
    if findings:
        raise typer.Exit(Exit.REFUSED)


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
