"""Areas through time: `sidara regions succession import | list`, `sidara regions history`."""

import io
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_date, format_number
from sidara.regions import queries, services
from sidara.regions.core import Change, Meaning
from sidara.regions.queries import Event
from sidara.ui import terminal

app = typer.Typer(
    no_args_is_help=True,
    help="""Perubahan wilayah: pemekaran, penggabungan, ganti nama, ganti kode, pindah induk, pembentukan.

    Contoh: sidara regions succession list""",
)

_LINES = {"read": "dibaca", "created": "baru", "unchanged": "tetap", "rejected": "ditolak"}


@app.command("import")
def import_(  # noqa: PLR0913 - one parameter an option
    *,
    file: Annotated[
        str, typer.Argument(help="Berkas CSV, XLSX, Parquet atau JSON; - untuk pipa (dengan --format).")
    ],
    scheme: Annotated[str, typer.Option(help="Skema kode pada berkas: kemendagri.")] = "",
    format: Annotated[str | None, typer.Option(help="csv, xlsx, parquet atau json.")] = None,  # noqa: A002 - the word of the command line
    sheet: Annotated[str | None, typer.Option(help="Lembar yang dibaca bila ada beberapa.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Periksa saja, tanpa menyimpan.")] = False,
    as_json: terminal.AsJson = False,
) -> None:
    """Impor perubahan wilayah; seluruh berkas disimpan, atau tidak sama sekali.

    Kolom: tanggal, jenis (pecah, gabung, baru, ganti_nama, ganti_kode, pindah_induk), kode_lama, kode_baru;
    bila perlu nama_lama, nama_baru, induk_lama, induk_baru, porsi, porsi_balik, dasar. Porsi ditulis 0,6 atau
    60 % atau 3/5; jumlahnya 1 untuk tiap wilayah lama. Baru + tetap + ditolak = dibaca.

    Contoh: sidara regions succession import pemekaran.csv --scheme kemendagri --dry-run
    """
    account = services.import_succession(
        OPERATOR,
        source=io.BytesIO(sys.stdin.buffer.read()) if file == "-" else Path(file),
        scheme=scheme,
        clock=now,
        format=format,
        sheet=sheet,
        dry_run=dry_run,
    )
    if as_json:
        terminal.write_json(
            {name: getattr(account, name) for name in _LINES}
            | {
                "regions_made": account.made,
                "kinds": dict(account.kinds),
                "stored": account.is_stored,
                "findings": [one.flat() for one in account.findings],
            }
        )
    else:
        for name, words in _LINES.items():
            typer.echo(f"{words:12}{format_number(getattr(account, name)):>8} baris")
        for kind, count in sorted(account.kinds.items()):
            typer.echo(f"  {Change(kind).label:18}{format_number(count):>4}")
        if account.made:
            typer.echo(f"{format_number(account.made)} wilayah dibuat.")
        typer.echo("Tersimpan." if account.is_stored else "Tidak ada yang disimpan.")
    terminal.say_findings(account.findings)
    raise typer.Exit(Exit.REFUSED if account.is_refused else Exit.GOOD)


@app.command("list")
def list_(*, as_json: terminal.AsJson = False) -> None:
    """Daftar banyaknya perubahan wilayah yang tercatat, menurut jenisnya.

    Contoh: sidara regions succession list --json
    """
    counts = Counter(one.kind for one in queries.lineage(OPERATOR).successions)
    if as_json:
        terminal.write_json({kind.value: counts[kind] for kind in Change})
        return
    if not counts:
        terminal.say("Belum ada perubahan wilayah. Impor dengan: sidara regions succession import --help")
        return
    table = Table("Jenis", "Baris")
    for kind in Change:
        table.add_row(kind.label, format_number(counts[kind]))
    terminal.page().print(table)


def history(
    *,
    code: Annotated[str, typer.Argument(help="Kode wilayah, juga kode lama, misalnya 62.01.02.2016.")],
    as_json: terminal.AsJson = False,
) -> None:
    """Riwayat sebuah wilayah: kodenya menurut tiap skema, dan perubahannya dari waktu ke waktu.

    Contoh: sidara regions history 62.01.02.2016 | sidara regions history 62.01.02.2016 --json
    """
    doubt = queries.ambiguity(OPERATOR, code) if "." not in code else None
    found = queries.meanings(OPERATOR, code)
    if doubt is not None:
        terminal.say_findings([doubt])
        raise typer.Exit(Exit.REFUSED)
    if not found:
        terminal.say(f"Kode {code} tidak dikenal, juga sebagai kode lama. Lihat: sidara regions find")
        raise typer.Exit(Exit.REFUSED)
    region = found[0].region
    codes = queries.codes_of(OPERATOR, region.id)
    events = queries.history(OPERATOR, region.id)
    if as_json:
        terminal.write_json(
            {
                "code": region.code,
                "name": region.name,
                "valid_from": region.valid_from and region.valid_from.isoformat(),
                "valid_to": region.valid_to and region.valid_to.isoformat(),
                "codes": [_code(one) for one in codes],
                "events": [_event(one) for one in events],
            }
        )
        return
    ended = f", sampai {format_date(region.valid_to)}" if region.valid_to else ""
    typer.echo(f"{region.full_name} ({region.code}){ended}")
    for one in codes:
        start = format_date(one.valid_from) if one.valid_from else "awal"
        end = format_date(one.valid_to) if one.valid_to else "sekarang"
        typer.echo(f"  {one.scheme:12}{one.code:16}{start} sampai {end}")
    table = Table("Tanggal", "Perubahan", "Dari", "Menjadi", "Porsi", "Dasar")
    for event in events:
        share = "" if event.share == 1 else str(event.share)
        table.add_row(event.day.isoformat(), event.kind.label, event.before, event.after, share, event.basis)
    if events:
        terminal.page().print(table)
    else:
        terminal.say("Belum ada perubahan yang tercatat untuk wilayah ini.")


def _code(one: Meaning) -> dict[str, object]:
    """Give a code as a plain row."""
    return {
        "scheme": one.scheme,
        "code": one.code,
        "valid_from": one.valid_from and one.valid_from.isoformat(),
        "valid_to": one.valid_to and one.valid_to.isoformat(),
    }


def _event(one: Event) -> dict[str, object]:
    """Give an event as a plain row."""
    return {
        "day": one.day.isoformat(),
        "kind": one.kind.value,
        "old": one.old and one.old.code,
        "new": one.new.code,
        "share": str(one.share),
        "share_back": str(one.share_back),
        "before": one.before,
        "after": one.after,
        "basis": one.basis,
    }
