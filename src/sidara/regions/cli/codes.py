"""Codes of other schemes: `sidara regions codes import | list | show | review`."""

import io
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.table import Table

from sidara import tables
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.regions import queries, services
from sidara.ui import terminal

app = typer.Typer(
    no_args_is_help=True,
    help="""Kode wilayah menurut skema lain (misalnya BPS) selain kode Kemendagri.

    Contoh: sidara regions codes list""",
)

Scheme = Annotated[str, typer.Option(help="Skema kode dengan tahunnya, misalnya bps:2023.")]
_LINES = {
    "read": "dibaca",
    "created": "baru",
    "unchanged": "tetap",
    "unmatched": "belum cocok",
    "rejected": "ditolak",
}


@app.command("import")
def import_(  # noqa: PLR0913 - one parameter an option
    *,
    file: Annotated[
        str, typer.Argument(help="Berkas CSV, XLSX, Parquet atau JSON; - untuk pipa (dengan --format).")
    ],
    scheme: Scheme,
    valid_from: Annotated[
        date | None,
        typer.Option(
            parser=terminal.day, metavar="TANGGAL", help="Sejak kapan; perlu bila kode yang ada berganti."
        ),
    ] = None,
    format: Annotated[str | None, typer.Option(help="csv, xlsx, parquet atau json.")] = None,  # noqa: A002 - the word of the command line
    sheet: Annotated[str | None, typer.Option(help="Lembar yang dibaca bila ada beberapa.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Periksa saja, tanpa menyimpan.")] = False,
    as_json: terminal.AsJson = False,
) -> None:
    """Impor kode skema lain sebagai kode tambahan; yang belum cocok masuk daftar tinjau.

    Kolom: kode_kemendagri dan kode (atau kode_bps untuk skema bps:…); bila ada: desa_bps, kecamatan_bps,
    kabupaten_bps, cara_cocok. Baru + tetap + belum cocok + ditolak = dibaca.

    Contoh: sidara regions codes import kode_bps.csv --scheme bps:2023
    """
    account = services.import_codes(
        OPERATOR,
        source=io.BytesIO(sys.stdin.buffer.read()) if file == "-" else Path(file),
        scheme=scheme,
        clock=now,
        valid_from=valid_from,
        format=format,
        sheet=sheet,
        dry_run=dry_run,
    )
    counts = {name: getattr(account, name) for name in _LINES}
    if as_json:
        terminal.write_json(
            counts
            | {
                "similar": account.similar,
                "clashing": account.clashing,
                "stored": account.is_stored,
                "findings": [one.flat() for one in account.findings],
            }
        )
    else:
        for name, words in _LINES.items():
            typer.echo(f"{words:14}{format_number(counts[name]):>8} baris")
        typer.echo("Tersimpan." if account.is_stored else "Tidak ada yang disimpan.")
    terminal.say_findings(account.findings)
    if account.is_refused:
        raise typer.Exit(Exit.REFUSED)
    raise typer.Exit(Exit.PARTIAL if account.rejected else Exit.GOOD)


@app.command("list")
def list_(*, as_json: terminal.AsJson = False) -> None:
    """Skema kode yang dikenal, dengan banyaknya kode yang berlaku.

    Contoh: sidara regions codes list --json
    """
    found = queries.schemes(OPERATOR)
    if as_json:
        terminal.write_json(dict(found))
        return
    table = Table("Skema", "Kode", "Perlu ditinjau")
    for scheme, count in found.items():
        review = len(queries.codes_to_review(OPERATOR, scheme))
        table.add_row(scheme, format_number(count), format_number(review))
    terminal.page().print(table)


@app.command()
def show(
    *,
    code: Annotated[str, typer.Argument(help="Kode menurut skema apa pun.")],
    as_json: terminal.AsJson = False,
) -> None:
    """Arti sebuah kode menurut tiap skema.

    Contoh: sidara regions codes show 6201062001 --json
    """
    found = queries.meanings(OPERATOR, code)
    rows = [
        {"scheme": one.scheme, "code": one.code, "region": one.region.code, "name": one.region.full_name}
        for one in found
    ]
    if as_json:
        terminal.write_json(rows)
        return
    if not rows:
        terminal.say(f"Kode {code} tidak dikenal menurut skema mana pun.")
        raise typer.Exit(Exit.REFUSED)
    table = Table("Skema", "Kode", "Kode Kemendagri", "Wilayah")
    for row in rows:
        table.add_row(row["scheme"], row["code"], row["region"], row["name"])
    terminal.page().print(table)
    doubt = queries.ambiguity(OPERATOR, code)
    if doubt is not None:
        terminal.say_findings([doubt])


@app.command()
def review(
    *,
    scheme: Annotated[str | None, typer.Option(help="Hanya skema ini, misalnya bps:2023.")] = None,
    output: Annotated[
        Path | None, typer.Option(help="Tulis daftarnya ke berkas ini (CSV, XLSX, Parquet, JSON).")
    ] = None,
    as_json: terminal.AsJson = False,
) -> None:
    """Kode yang perlu ditinjau orang: belum cocok, atau cocok hanya menurut ejaan yang mirip.

    Contoh: sidara regions codes review --scheme bps:2023 --output tinjau.csv
    """
    rows = queries.codes_to_review(OPERATOR, scheme)
    if output is not None:
        if tables.format_of(output) is None:
            raise typer.BadParameter("Pakai akhiran .csv, .xlsx, .parquet atau .json.", param_hint="--output")
        columns = ("skema", "kode", "nama", "wilayah", "kode_kemendagri", "nama_kemendagri", "alasan")
        tables.write(pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String)), output)
        terminal.say(f"{format_number(len(rows))} kode ditulis ke {output}.")
    elif as_json:
        terminal.write_json(rows)
    else:
        table = Table("Skema", "Kode", "Nama", "Di", "Kode Kemendagri", "Alasan")
        for row in rows:
            table.add_row(
                row["skema"],
                row["kode"],
                row["nama"],
                row["wilayah"],
                row["kode_kemendagri"] or "",
                row["alasan"],
            )
        terminal.page().print(table)
