"""Conditions of villages: `sidara regions conditions import | list`."""

import io
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Severity
from sidara.kernel.number import format_date, format_number
from sidara.regions import queries, services
from sidara.ui import terminal

app = typer.Typer(
    no_args_is_help=True,
    help="""Kesulitan dan sambungan desa: seberapa sulit dijangkau, dan di mana ada sambungan.

    Contoh: sidara regions conditions list --under 62.07""",
)
_LINES = {"read": "dibaca", "stated": "baru", "unchanged": "tetap", "rejected": "ditolak"}


@app.command("import")
def import_(  # noqa: PLR0913 - one parameter an option
    *,
    file: Annotated[
        str, typer.Argument(help="Berkas CSV, XLSX, Parquet atau JSON; - untuk pipa (dengan --format).")
    ],
    source: Annotated[str, typer.Option(help="Keputusan atau daftar yang menyatakannya.")],
    since: Annotated[
        date, typer.Option(parser=terminal.day, metavar="TANGGAL", help="Sejak kapan keadaan itu berlaku.")
    ],
    format: Annotated[str | None, typer.Option(help="csv, xlsx, parquet atau json.")] = None,  # noqa: A002 - the word of the command line
    sheet: Annotated[str | None, typer.Option(help="Lembar yang dibaca bila ada beberapa.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Periksa saja, tanpa menyimpan.")] = False,
    as_json: terminal.AsJson = False,
) -> None:
    """Catat kesulitan dan sambungan desa dari berkas; baris yang salah ditolak, yang lain disimpan.

    Kolom: kode_kemendagri, lalu kesulitan (normal, sulit, ekstrem), sambungan (tidak ada, kantor, seluler),
    atau salah satunya. Baru + tetap + ditolak = dibaca.

    Contoh: sidara regions conditions import sinyal.csv --source "SK Gubernur 12/2026" --since 2026-05-31
    """
    account = services.import_conditions(
        OPERATOR,
        file=io.BytesIO(sys.stdin.buffer.read()) if file == "-" else Path(file),
        source=source,
        since=since,
        clock=now,
        format=format,
        sheet=sheet,
        dry_run=dry_run,
    )
    counts = {name: getattr(account, name) for name in _LINES}
    if as_json:
        findings = [one.flat() for one in account.findings]
        terminal.write_json(counts | {"stored": account.is_stored, "findings": findings})
    else:
        for name, words in _LINES.items():
            typer.echo(f"{words:14}{format_number(counts[name]):>8} baris")
        typer.echo("Tersimpan." if account.is_stored else "Tidak ada yang disimpan.")
    terminal.say_findings(account.findings)
    if not account.is_stored and any(one.severity is Severity.ERROR for one in account.findings):
        raise typer.Exit(Exit.REFUSED)
    raise typer.Exit(Exit.PARTIAL if account.rejected else Exit.GOOD)


@app.command("list")
def list_(
    *,
    under: Annotated[str, typer.Option(help="Wilayah yang desanya disebut, misalnya 62.07.")],
    examples: Annotated[bool, typer.Option("--examples", help="Desa contoh, bukan desa nyata.")] = False,
    as_json: terminal.AsJson = False,
) -> None:
    """Kesulitan dan sambungan desa di sebuah wilayah, dengan sumber dan harinya.

    Contoh: sidara regions conditions list --under 62.07 --json
    """
    villages = queries.villages(OPERATOR, under, examples=examples)
    if not villages:
        terminal.say(f"Tidak ada desa di {under}. Sebut kode kabupaten atau kecamatan, misalnya 62.07.")
        raise typer.Exit(Exit.REFUSED)
    held = queries.conditions(OPERATOR, [one.id for one in villages])
    stated = [(one, held[one.id]) for one in villages if one.id in held]
    if as_json:
        terminal.write_json(
            [
                {
                    "region": place.code,
                    "name": place.name,
                    "difficulty": one.difficulty,
                    "connection": one.connection,
                    "since": str(one.since),
                    "source": one.source,
                }
                for place, one in stated
            ]
        )
        return
    table = Table("Kode", "Desa", "Kesulitan", "Sambungan", "Sejak", "Sumber")
    for place, one in stated:
        table.add_row(
            place.code,
            place.name,
            one.difficulty.label if one.difficulty else "belum dicatat",
            one.connection.label if one.connection else "belum dicatat",
            format_date(one.since) if one.since else "",
            one.source,
        )
    terminal.page().print(table)
    terminal.say(f"{format_number(len(stated))} dari {format_number(len(villages))} desa dicatat keadaannya.")
